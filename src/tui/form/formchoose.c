/* The form screen: lists to choose from, and help for a field. */
#include "tui/form/form_private.h"

#include "base/mem.h"
#include "tui/app/areas.h"
#include "tui/app/ask.h"
#include "tui/app/officers.h"
#include "tui/app/pick.h"

#include <stdlib.h>
#include <string.h>

// ---- lists to choose from, and help

/** A case names its visitor by 工号, a visit by name, as it is printed and read out. A window's field
 *  is known by its name. */
bool form_is_visitor(const struct form_screen *form, const struct formitem *item)
{
    const struct form *programme = form->spec.form;

    if (form->spec.dialog != NULL)
        return strcmp(item->field->id, FORM_DIALOG_VISITOR) == 0 ||
               strcmp(item->field->id, FORM_DIALOG_SUBSTITUTE) == 0;
    return programme->subject == FORM_VISIT
               ? strcmp(item->field->id, "by") == 0
               : programme->roles.officer != NULL &&
                     strcmp(item->field->id, programme->roles.officer) == 0;
}

/** The part of the chosen line that goes into the field; new string. */
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
    if (!pick_open(app, form->spec.form, item->field, formmodel_value(&form->model, item),
                   form_take, form))
        form_explain(app);
}

// ---- what belongs into a field

/** How to fill the field in, for types whose own words do not say it to an officer. */
static const char *how_typed(const struct form_field *field)
{
    static const struct {
        const char *type, *words;
    } hows[] = {
        {"text", "照实填写，一行以内"},
        {"memo", "照实填写，可以几行，Ctrl+N 换行"},
        {"choice", "打前面的号，或按 F4 列出来选"},
        {"set", "打前面的号，可选几项，再打一次去掉；或按 F4 列出来选"},
        {"bool", "打前面的号"},
        {"area", "打名字或代码，或按 F4 列出来选"},
    };

    for (size_t i = 0; i < sizeof hows / sizeof hows[0]; i++)
        if (strcmp(hows[i].type, field->type->name) == 0)
            return hows[i].words;
    return field->type->hint == NULL ? "" : field->type->hint;
}

/** Adds the other names that offices use, from the known headings of ledgers. */
static void add_names(struct str *text, const struct form *form, const struct formitem *item)
{
    enum { NAMES = 6 };
    size_t count = 0;

    for (size_t i = 0; i < form->alias_count && count < NAMES; i++) {
        const struct form_field *field = form_field(form, form->aliases[i].field);
        if (field == item->field && strcmp(form->aliases[i].header, item->field->label) != 0) {
            str_printf(text, "%s%s", count == 0 ? "台账里也叫：" : "、", form->aliases[i].header);
            count++;
        }
    }
    if (count > 0)
        str_add(text, "\n");
}

void form_explain(struct app *app)
{
    const struct form_screen *form = (const struct form_screen *)app->top;
    const struct formitem *item = formmodel_item(&form->model);
    struct str text = {0};

    if (item == NULL || item->field == NULL)
        return;
    if (item->field->help != NULL && item->field->help[0] != '\0')
        str_printf(&text, "%s\n", item->field->help);
    if (form->spec.dialog == NULL)
        add_names(&text, form->spec.form, item);
    str_printf(&text, "%s", how_typed(item->field));
    if (item->field->max > 0)
        str_printf(&text, "，最多 %d 个字", item->field->max);
    str_add(&text, formmodel_required(&form->model, item) ? "；必填" : "；可以空着");
    ask_show(app, item->field->label, str_text(&text));
    str_free(&text);
}
