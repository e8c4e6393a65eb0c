/*
 * Visits' alarms: reads their condition and fields, and judges a visit's findings.
 */
#include "base/mem.h"
#include "form/expr.h"
#include "form/form_lookup.h"
#include "form/loader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- making

/** Collects the fields that the alarm tells. */
struct telling {
    struct forms *forms;
    const struct form_builder *builder;
    const char *where;
    bool *told; /**< one for each of the form's own fields */
    enum result result;
};

static void tell(struct telling *telling, const char *name, bool needed)
{
    const struct form *form = telling->builder->form;
    const struct form_field *field = form_field(form, name);

    if (telling->result != 0 || (field == NULL && !needed))
        return;
    /* Only the visit's own values: the person's record may change later. */
    for (size_t i = 0; i < form->field_count; i++) {
        if (&form->fields[i] == field) {
            telling->told[i] = true;
            return;
        }
    }
    telling->result = loader_refuse(telling->forms, telling->builder->source, telling->where,
                                    "警示只能用探访表单自己的字段：%s", name);
}

static void tell_name(const char *name, const char *list, void *arg)
{
    (void)list;
    tell(arg, name, false);
}

/** FNV-1a, but never 0. */
static uint32_t mark_of(const char *text)
{
    uint32_t mark = 2166136261u;

    for (; *text != '\0'; text++)
        mark = (mark ^ (unsigned char)*text) * 16777619u;
    return mark != 0 ? mark : 1;
}

static enum result find_told(struct forms *forms, struct form_builder *builder,
                             const struct raw_alarm *raw)
{
    struct form *form = builder->form;
    struct form_alarm *alarm = &form->alarm;
    bool *told = mem_array(form->field_count + 1, sizeof *told);
    struct telling telling = {
        .forms = forms, .builder = builder, .where = "alarm.when", .told = told};
    char where[WHERE_TEXT];

    expr_names(alarm->when, tell_name, &telling);
    for (size_t i = 0; i < raw->tell_count; i++) {
        (void)snprintf(where, sizeof where, "alarm.tell.%zu", i);
        telling.where = where;
        tell(&telling, raw->tell[i], true);
    }
    const struct form_field **fields = loader_array(forms, form->field_count, sizeof *fields);
    for (size_t i = 0; i < form->field_count; i++)
        if (told[i])
            fields[alarm->field_count++] = &form->fields[i];
    alarm->fields = fields;
    free(told);
    return telling.result;
}

enum result loader_make_alarm(struct forms *forms, struct form_builder *builder)
{
    const struct raw_alarm *raw = builder->source->form->alarm;
    struct form_alarm *alarm = &builder->form->alarm;

    if (raw == NULL)
        return RESULT_OK;
    if (builder->form->subject != FORM_VISIT)
        return loader_refuse(forms, builder->source, "alarm", "只有探访表单才有警示（alarm）");
    *alarm = (struct form_alarm){.say = raw->say, .mark = mark_of(raw->when)};
    enum result result = loader_compile_checked(forms, builder, builder->source, "alarm.when", "",
                                                raw->when, &alarm->when);
    if (result == 0 && raw->unmet != NULL)
        result = loader_compile_checked(forms, builder, builder->source, "alarm.unmet", "",
                                        raw->unmet, &alarm->unmet);
    return result == 0 ? find_told(forms, builder, raw) : result;
}

// ---- judging a visit

bool form_raises_alarm(const struct form *form, const struct fields *values)
{
    return form->alarm.when != NULL && expr_true(form->alarm.when, form, values, 0);
}

bool form_is_unmet(const struct form *form, const struct fields *values)
{
    return form->alarm.unmet != NULL && expr_true(form->alarm.unmet, form, values, 0);
}

static bool is_ordinary(const struct form_field *field, const char *value)
{
    return *value == '\0' || (field->codes != NULL && field->codes->count > 0 &&
                              strcmp(field->codes->labels[0], value) == 0);
}

char *form_findings(const struct form *form, const struct fields *values)
{
    struct str words = {0};
    bool coded = false; /* the part before is also a code: 健康异常、安全关注 */

    for (size_t i = 0; i < form->alarm.field_count; i++) {
        const struct form_field *field = form->alarm.fields[i];
        const char *value = fields_get(values, field->id);
        bool choice = strcmp(field->type->name, "choice") == 0;
        if (is_ordinary(field, value))
            continue;
        const char *joint = words.length == 0 ? "" : choice && coded ? "、" : "；";
        char *text = field->type->format(field, value);
        str_printf(&words, "%s%s%s%s", joint, field->label, choice ? "" : "：", text);
        coded = choice;
        free(text);
    }
    return str_take(&words);
}
