#include "form/rules_facts.h"

#include "base/mem.h"
#include "base/text.h"
#include "form/expr.h"
#include "form/form_lookup.h"
#include "form/rules.h"

#include <stdlib.h>
#include <string.h>

static struct form_field *add(struct forms *forms, struct field_set *set, const char *id,
                              const char *label, const char *type)
{
    set->fields =
        loader_grow(forms, set->fields, set->count, &set->field_capacity, sizeof *set->fields);
    struct form_field *field = &set->fields[set->count++];

    *field = (struct form_field){.id = id,
                                 .label = label,
                                 .type = type_find(type),
                                 .section = "",
                                 .help = "",
                                 .initial = "",
                                 .clock = "",
                                 .more = ""};
    return field;
}

static bool has(const struct field_set *set, const char *id)
{
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->fields[i].id, id) == 0)
            return true;
    return false;
}

/* Columns of a programme's list: what is the case's own, without further lists. */
static void add_columns(struct forms *forms, struct field_set *set, const struct form_field *fields,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct form_field *field = &fields[i];
        if (field->person || field->column_count > 0 || has(set, field->id))
            continue;
        struct form_field *column = add(forms, set, field->id, field->label, field->type->name);
        column->codes = field->codes;
        column->sensitive = field->sensitive;
    }
}

static void add_list(struct forms *forms, struct field_set *set, const char *kind,
                     const char *label, struct field_set *columns)
{
    (void)add(forms, columns, FACT_CASE_NO, "个案编号", "text");
    (void)add(forms, columns, FACT_CASE_COUNTY, "个案所在县区", "text");
    struct form_field *list = add(forms, set, kind, label, "list");
    list->columns = loader_final(forms, columns->fields, columns->count, sizeof *columns->fields);
    list->column_count = columns->count;
}

static void add_programme(struct forms *forms, struct field_set *set, const struct form *form)
{
    const struct form_field *members = form_field(form, FORM_MEMBERS);
    struct field_set columns = {0};

    add_columns(forms, &columns, form->fields, form->field_count);
    if (form->subject == FORM_HOUSEHOLD && members != NULL)
        add_columns(forms, &columns, members->columns, members->column_count);
    add_list(forms, set, form->kind, form->brief, &columns);
}

void rules_facts_need(struct forms *forms, struct form_builder *facts, const struct raw_need *need)
{
    struct field_set columns = {0};

    if (loader_find_builder(forms, need->kind) != NULL || has(&facts->set, need->kind))
        return;
    for (unsigned i = 0; i < need->field_count; i++)
        (void)add(forms, &columns, need->fields[i], need->fields[i], "text");
    add_list(forms, &facts->set, need->kind, need->title, &columns);
}

enum result rules_facts_make(struct forms *forms, struct form_builder *facts)
{
    struct form *form = loader_array(forms, 1, sizeof *form);
    const struct form_builder *person = loader_find_builder(forms, "person");
    struct field_set *set = &facts->set;

    for (size_t i = 0; i < person->form->field_count; i++) {
        const struct form_field *field = &person->form->fields[i];
        struct form_field *fact = add(forms, set, field->id, field->label, field->type->name);
        fact->codes = field->codes;
        fact->sensitive = field->sensitive;
    }
    (void)add(forms, set, FACT_EXCLUSION, "互斥的业务", "text");
    (void)add(forms, set, FACT_LACKING, "缺少的前提", "text");
    (void)add(forms, set, FACT_LISTED_DEATH, "死亡名单上的日期", "date");
    (void)add(forms, set, FACT_LISTED_NAME, "名单上的姓名不同", "name");
    for (size_t i = 0; i < forms->builder_count; i++) {
        const struct form *programme = forms->builders[i].form;
        if (programme->subject == FORM_PERSON || programme->subject == FORM_HOUSEHOLD)
            add_programme(forms, set, programme);
    }
    form->kind = "";
    form->subject = FORM_BLOCK;
    form->person = person->form;
    form->fields = loader_final(forms, set->fields, set->count, sizeof *set->fields);
    form->field_count = set->count;
    facts->form = form;
    facts->source = person->source;
    return loader_make_names(forms, facts);
}

// ---- what rules ask

/** Finds a programme that an expression names and that this office does not keep. */
struct lacking {
    const struct raw_rules *file;
    const struct forms *forms;
    const char *title;
};

static void look_for_lack(const char *name, const char *list, void *arg)
{
    struct lacking *lacking = arg;

    (void)list;
    for (size_t i = 0; i < lacking->file->need_count; i++)
        if (strcmp(lacking->file->needs[i].kind, name) == 0 &&
            forms_get(lacking->forms, name) == NULL)
            lacking->title = lacking->file->needs[i].title;
}

const char *rules_facts_lack(const struct forms *forms, const struct raw_rules *file,
                             const struct expr *when)
{
    struct lacking lacking = {.file = file, .forms = forms, .title = ""};

    if (when != NULL)
        expr_names(when, look_for_lack, &lacking);
    return lacking.title;
}

enum result rules_facts_read(struct forms *forms, const struct source *source, const char *where,
                             const char *given, struct type_context *context, struct fields *values)
{
    const char *sign = strchr(given, '=');

    if (sign == NULL)
        return loader_refuse(forms, source, where, "示例应写成 事实 = 值：%s", given);
    char *raw_name = mem_copy_bytes(given, (size_t)(sign - given));
    char *name = text_clean(raw_name);
    char *value = text_clean(sign + 1);
    char *canonical = NULL;
    char *error = NULL;
    enum result result = RESULT_OK;
    const struct form_field *field = form_field(forms_facts(forms), name);
    if (field == NULL || field->column_count > 0)
        result = loader_refuse(forms, source, where, "示例里的事实 %s 不存在", name);
    else if (field->type->parse(field, context, value, &canonical, &error) != 0)
        result = loader_refuse(forms, source, where, "示例里的 %s：%s", name, error);
    else
        fields_set(values, name, canonical);
    free(error);
    free(canonical);
    free(value);
    free(name);
    free(raw_name);
    return result;
}
