/* Divisions in forms: offers only those that the field takes, and checks typed ones at once. */
#include "tui/form/form.h"

#include "base/arealevel.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/app/areas.h"

#include <stdlib.h>
#include <string.h>

static bool is_place(const struct form_field *field)
{
    return field != NULL && strcmp(field->type->name, "area") == 0;
}

/** A field that says where somebody lives takes a village; other fields take any level. */
const char *form_place_level(const struct form_screen *form, const struct form_field *field)
{
    const struct form *programme = form->spec.form;
    const char *last = strrchr(field->id, '.');

    if (form->spec.place_level != NULL)
        return form->spec.place_level(form);
    if (form->spec.dialog != NULL)
        return "";
    return strcmp(field->id, programme->roles.area) == 0 ||
                   strcmp(last != NULL ? last + 1 : field->id, "area") == 0
               ? "village"
               : "";
}

char *form_place_read(const struct form_screen *form, const struct formitem *item, char *text)
{
    const char *code = NULL;
    size_t count = 0;

    if (is_place(item->field) && text[0] != '\0' && !text_is_digits(text))
        code = areas_named(form->screen.app, form_place_level(form, item->field), text, &count);
    if (code != NULL) {
        free(text);
        text = mem_copy(code);
    }
    return text;
}

/** The words of what is wrong with a place; NULL if nothing is, or it is not known. New string. */
static char *fault(const struct form_screen *form, const struct form_field *field,
                   const char *value)
{
    const char *level = form_place_level(form, field);
    const char *label = level[0] == '\0' ? "区划" : arealevel_label(level);
    size_t count = 0;

    if (!text_is_digits(value)) {
        (void)areas_named(form->screen.app, level, value, &count);
        return count > 1 ? mem_printf("有 %zu 个%s是“%s”，请多打几个字母，或按 F4 选", count, label,
                                      value)
                         : mem_printf("没有叫“%s”的%s，请按 F4 选", value, label);
    }
    if (level[0] == '\0')
        return NULL;
    if (areas_name(form->screen.app, value)[0] == '\0')
        return mem_printf("辖区里没有这个%s，请按 F4 选", label);
    return strcmp(areas_level(value), level) == 0 ? NULL
                                                  : mem_printf("应填到%s，请按 F4 选", label);
}

static const struct form_field *find_field(const struct form_screen *form, const char *name)
{
    const struct form *fields = form->spec.form;

    if (form->spec.dialog == NULL)
        return form_field(fields, name);
    for (size_t i = 0; i < fields->field_count; i++)
        if (strcmp(fields->fields[i].id, name) == 0)
            return &fields->fields[i];
    return NULL;
}

/** Replaces the field's other problems: one message is enough. */
static void look_at(struct form_screen *form, const char *name)
{
    const struct form_field *field = find_field(form, name);
    const char *value = fields_get(form->values, name);
    char *text = NULL;

    if (!is_place(field) || value[0] == '\0')
        return;
    text = fault(form, field, value);
    if (text != NULL) {
        formmodel_forget(&form->model, name);
        problems_add(form->model.problems, name, value, "%s", text);
    }
    free(text);
}

void form_place_check(struct form_screen *form, const char *name)
{
    look_at(form, name);
    formmodel_layout(&form->model);
}

void form_places_check(struct form_screen *form)
{
    for (size_t i = 0; i < form->values->count; i++) {
        char *name = mem_copy(form->values->items[i].name);
        look_at(form, name);
        free(name);
    }
    formmodel_layout(&form->model);
}
