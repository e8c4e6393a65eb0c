#include "tui/form.h"

#include "base/mem.h"
#include "tui/areas.h"
#include "tui/ask.h"
#include "tui/officers.h"
#include "tui/pick.h"

#include <stdlib.h>
#include <string.h>

/* ---- lists to choose from, and help */

/** Who visits: of a case by 工号, of a visit by name, as it is printed and read out; in a window the
 *  field is called so. */
bool form_is_visitor(const struct form_screen *form, const struct formitem *item)
{
    const struct form *programme = form->spec.form;

    if (form->spec.dialog != NULL)
        return strcmp(item->field->id, FORM_DIALOG_VISITOR) == 0;
    return programme->subject == FORM_VISIT
               ? strcmp(item->field->id, "by") == 0
               : programme->roles.officer != NULL &&
                     strcmp(item->field->id, programme->roles.officer) == 0;
}

/** What of the chosen line goes into the field; new string. */
static char *chosen_value(const struct form_screen *form, const struct formitem *item,
                          const char *answer)
{
    if (strcmp(item->field->type->name, "area") == 0)
        return areas_code(answer);
    if (form_is_visitor(form, item))
        return form->spec.form->subject == FORM_VISIT ? officers_name(answer) : officers_id(answer);
    return mem_copy(answer);
}

void form_take(struct app *app, void *arg, const char *answer)
{
    struct form_screen *form = arg;
    const struct formitem *item = formmodel_item(&form->model);
    char *name = mem_copy(item->name);
    char *value = chosen_value(form, item, answer);

    (void)app;
    free(form->editing);
    form->editing = NULL;
    if (formmodel_put(&form->model, value)) {
        form_place_check(form, name);
        form_changed(form, name);
    }
    form_begin_edit(form);
    free(value);
    free(name);
}

void form_choose(struct app *app)
{
    struct form_screen *form = (struct form_screen *)app->top;
    const struct formitem *item = formmodel_item(&form->model);

    if (item == NULL || !formmodel_editable(item))
        return;
    if (strcmp(item->field->type->name, "area") == 0) {
        areas_choose(app, form_place_level(form, item->field), form_take, form);
        return;
    }
    if (form_is_visitor(form, item)) {
        officers_choose(app, form_take, form);
        return;
    }
    if (!pick_open(app, item->field, formmodel_value(&form->model, item), form_take, form))
        form_explain(app);
}

void form_explain(struct app *app)
{
    const struct formitem *item = formmodel_item(&((struct form_screen *)app->top)->model);
    struct str text = {0};

    if (item == NULL || item->field == NULL)
        return;
    if (item->field->help != NULL && item->field->help[0] != '\0')
        str_printf(&text, "%s\n", item->field->help);
    str_printf(&text, "类型：%s", item->field->type->label);
    if (item->field->type->hint != NULL && item->field->type->hint[0] != '\0')
        str_printf(&text, "，%s", item->field->type->hint);
    if (item->field->max > 0)
        str_printf(&text, "\n最多 %d 个字", item->field->max);
    ask_show(app, item->field->label, str_text(&text));
    str_free(&text);
}
