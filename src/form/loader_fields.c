/*
 * Makes a form's fields from its file and its blocks, with their names, conditions and checks.
 */
#include "base/mem.h"
#include "base/text.h"
#include "form/expr.h"
#include "form/form_lookup.h"
#include "form/loader.h"

#include <stdlib.h>
#include <string.h>

#define PERSON_KIND "person"
#define PERSON_PREFIX "person."
#define FIRST_SECTION "基本"

/* Where collected fields go: a form or, with `list`, the columns of one of its lists. */
struct target {
    struct forms *forms;
    struct form_builder *builder;
    struct field_set *set;
    const char *list;
    bool person;        /* fields of the person's record */
    const char *prefix; /* of their names: "person." or "" */
};

// ---- one field

/* Lower-case letters, digits and _: expressions and record fields use the id as a name. */
static bool id_fits(const char *id)
{
    size_t length = strlen(id);
    return length > 0 && length <= 32 && id[0] >= 'a' && id[0] <= 'z' &&
           strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_") == length && !expr_is_reserved(id);
}

static enum result check_field(struct forms *forms, const struct origin *origin,
                               const struct form_field *field, bool column)
{
    const struct raw_field *raw = origin->raw;
    const struct source *source = origin->source;
    const char *where = origin->where;
    if (!id_fits(raw->id))
        return loader_refuse(forms, source, where,
                             "字段名 %s 只能用小写字母、数字和下划线，且不能是内部名", raw->id);
    if (*raw->label == '\0')
        return loader_refuse(forms, source, where, "字段 %s 没有名称（label）", raw->id);
    if (field->type == NULL)
        return loader_refuse(forms, source, where, "字段 %s 的类型 %s 不存在", raw->id, raw->type);
    bool coded = strcmp(raw->type, "choice") == 0 || strcmp(raw->type, "set") == 0;
    bool list = strcmp(raw->type, "list") == 0;
    if (coded && raw->codes == NULL)
        return loader_refuse(forms, source, where, "字段 %s 缺少代码表（codes）", raw->id);
    if (!coded && raw->codes != NULL)
        return loader_refuse(forms, source, where, "字段 %s 的类型 %s 不用代码表", raw->id,
                             raw->type);
    if (coded && field->codes == NULL)
        return loader_refuse(forms, source, where, "字段 %s 的代码表 %s 不存在", raw->id,
                             raw->codes);
    if (list && column)
        return loader_refuse(forms, source, where, "明细里不能再有明细：%s", raw->id);
    if (list != (raw->of_count + raw->column_count > 0))
        return loader_refuse(
            forms, source, where,
            list ? "明细 %s 没有列（of 或 columns）" : "字段 %s 不是明细，不能有列", raw->id);
    if (raw->max < 0 || raw->min_rows < 0)
        return loader_refuse(forms, source, where, "字段 %s 的长度或行数不能为负", raw->id);
    return RESULT_OK;
}

/* The field itself must accept its `default`. */
static enum result parse_initial(struct forms *forms, const struct origin *origin,
                                 struct form_field *field)
{
    struct type_context context = {0};
    char *value = NULL;
    char *error = NULL;
    field->initial = "";
    if (origin->raw->initial == NULL)
        return RESULT_OK;
    if (field->type->parse(field, &context, origin->raw->initial, &value, &error) != 0) {
        enum result result =
            loader_refuse(forms, origin->source, origin->where, "默认值不能用：%s", error);
        free(error);
        return result;
    }
    field->initial = loader_text(forms, "%s", value);
    free(value);
    return RESULT_OK;
}

static enum result make_columns(struct target *outer, struct origin *origin,
                                struct form_field *field);

/* The full name of another field of the same file. */
static const char *companion(struct target *target, const char *id)
{
    return id != NULL ? loader_text(target->forms, "%s%s", target->prefix, id) : "";
}

static enum result add_field(struct target *target, const struct source *source, const char *where,
                             const struct raw_field *raw, const char *section)
{
    struct forms *forms = target->forms;
    struct field_set *set = target->set;
    struct origin origin = {.raw = raw, .source = source, .where = where};
    struct form_field field = {
        .id = loader_text(forms, "%s%s", target->prefix, raw->id),
        .label = raw->label,
        .type = type_find(raw->type),
        .codes = raw->codes != NULL ? loader_find_codes(forms, raw->codes) : NULL,
        .section = section,
        .help = loader_text_or_empty(raw->help),
        .max = raw->max,
        .clock = companion(target, raw->clock),
        .more = companion(target, raw->more),
        .sensitive = raw->sensitive,
        .stated = raw->stated,
        .ahead = raw->ahead,
        .shared = raw->shared,
        .person = target->person,
        .min_rows = raw->min_rows,
    };
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->fields[i].id, field.id) == 0 ||
            (set->fields[i].person && strcmp(set->origins[i].raw->id, raw->id) == 0))
            return loader_refuse(forms, source, where, "字段 %s 重复", raw->id);
    enum result result = check_field(forms, &origin, &field, target->list != NULL);
    if (result == 0)
        result = parse_initial(forms, &origin, &field);
    if (result == 0 && raw->of_count + raw->column_count > 0)
        result = make_columns(target, &origin, &field);
    if (result != 0)
        return result;
    set->fields =
        loader_grow(forms, set->fields, set->count, &set->field_capacity, sizeof *set->fields);
    set->origins =
        loader_grow(forms, set->origins, set->count, &set->origin_capacity, sizeof *set->origins);
    set->fields[set->count] = field;
    set->origins[set->count++] = origin;
    return RESULT_OK;
}

// ---- the fields of a file

static void add_checks(struct target *target, const struct source *source)
{
    struct form_builder *builder = target->builder;
    for (size_t i = 0; i < source->form->check_count; i++) {
        const struct raw_check *raw = &source->form->checks[i];
        builder->checks = loader_grow(target->forms, builder->checks, builder->check_count,
                                      &builder->check_capacity, sizeof *builder->checks);
        builder->checks[builder->check_count++] = (struct check_origin){
            .raw = raw,
            .source = source,
            .where = loader_where(target->forms, "checks.%zu", i),
            .list = target->list != NULL ? target->list : loader_text_or_empty(raw->list),
            .prefix = target->prefix,
        };
    }
}

static void add_dates(struct target *target, const struct source *source)
{
    struct form_builder *builder = target->builder;
    for (size_t i = 0; i < source->form->date_count; i++) {
        const struct raw_date *raw = &source->form->dates[i];
        builder->dates = loader_grow(target->forms, builder->dates, builder->date_count,
                                     &builder->date_capacity, sizeof *builder->dates);
        builder->dates[builder->date_count++] = (struct date_origin){
            .raw = raw,
            .source = source,
            .where = loader_where(target->forms, "reviews.%zu", i),
            .list = target->list != NULL ? target->list : loader_text_or_empty(raw->list),
        };
    }
}

static enum result collect(struct target *target, const struct source *source);

static enum result collect_blocks(struct target *target, const char *const *kinds, size_t count)
{
    enum result result = RESULT_OK;
    for (size_t i = 0; i < count && result == 0; i++)
        result = collect(target, loader_find_builder(target->forms, kinds[i])->source);
    return result;
}

/* Collects the `begin` blocks, the file's own fields, then the `use` blocks. A field without a
 * section goes under the section of the field before it. */
static enum result collect(struct target *target, const struct source *source)
{
    const struct raw_form *raw = source->form;
    const char *section = FIRST_SECTION;
    enum result result = collect_blocks(target, raw->begin, raw->begin_count);
    for (size_t i = 0; i < raw->field_count && result == 0; i++) {
        if (raw->fields[i].section != NULL)
            section = raw->fields[i].section;
        result = add_field(target, source, loader_where(target->forms, "fields.%zu", i),
                           &raw->fields[i], section);
    }
    add_checks(target, source);
    add_dates(target, source);
    return result == 0 ? collect_blocks(target, raw->use, raw->use_count) : result;
}

/* Called when the set is complete. */
static void keep_fields(struct forms *forms, struct field_set *set)
{
    set->fields = loader_final(forms, set->fields, set->count, sizeof *set->fields);
    set->field_capacity = set->count;
}

static enum result make_columns(struct target *outer, struct origin *origin,
                                struct form_field *field)
{
    struct forms *forms = outer->forms;
    const struct raw_field *raw = origin->raw;
    struct target target = *outer;
    enum result result = RESULT_OK;
    target.set = loader_array(forms, 1, sizeof *target.set);
    target.list = raw->id;
    target.prefix = "";
    for (size_t i = 0; i < raw->of_count && result == 0; i++) {
        target.person = strcmp(raw->of[i], PERSON_KIND) == 0;
        result = collect(&target, loader_find_builder(forms, raw->of[i])->source);
    }
    target.person = false;
    for (size_t i = 0; i < raw->column_count && result == 0; i++)
        result = add_field(&target, origin->source,
                           loader_where(forms, "%s.columns.%zu", origin->where, i),
                           &raw->columns[i], field->section);
    keep_fields(forms, target.set);
    origin->columns = target.set;
    field->columns = target.set->fields;
    field->column_count = target.set->count;
    return result;
}

// ---- names

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const struct form_name *)a)->name, ((const struct form_name *)b)->name);
}

struct naming {
    struct forms *forms;
    struct form_name *names;
    size_t count, capacity;
};

static void add_name(struct naming *naming, const char *name, const char *path,
                     const struct form_field *field, bool head)
{
    naming->names = loader_grow(naming->forms, naming->names, naming->count, &naming->capacity,
                                sizeof *naming->names);
    naming->names[naming->count++] =
        (struct form_name){.name = name, .path = path, .field = field, .head = head};
}

static bool has_field(const struct form *form, const char *id)
{
    for (size_t i = 0; i < form->field_count; i++)
        if (strcmp(form->fields[i].id, id) == 0)
            return true;
    return false;
}

/* Names "members.name", and for a household's members "head.name" and plain "name" (the head's). */
static void name_columns(struct naming *naming, const struct form *form,
                         const struct form_field *list)
{
    bool members = form->subject == FORM_HOUSEHOLD && strcmp(list->id, FORM_MEMBERS) == 0;
    for (size_t i = 0; i < list->column_count; i++) {
        const struct form_field *column = &list->columns[i];
        const char *full = loader_text(naming->forms, "%s.%s", list->id, column->id);
        add_name(naming, full, full, column, false);
        if (!members)
            continue;
        add_name(naming, loader_text(naming->forms, FORM_HEAD ".%s", column->id), column->id,
                 column, true);
        if (!has_field(form, column->id))
            add_name(naming, column->id, column->id, column, true);
    }
}

static void name_fields(struct naming *naming, const struct form *form)
{
    for (size_t i = 0; i < form->field_count; i++) {
        const struct form_field *field = &form->fields[i];
        add_name(naming, field->id, field->id, field, false);
        if (field->person && text_starts(field->id, PERSON_PREFIX))
            add_name(naming, field->id + strlen(PERSON_PREFIX), field->id, field, false);
        name_columns(naming, form, field);
    }
}

static void make_index(struct forms *forms, struct form *form)
{
    struct naming naming = {.forms = forms};
    struct form_index *index = loader_array(forms, 1, sizeof *index);
    name_fields(&naming, form);
    if (form->subject == FORM_VISIT && form->person != NULL) {
        for (size_t i = 0; i < form->person->field_count; i++) {
            const struct form_field *field = &form->person->fields[i];
            const char *full = loader_text(forms, PERSON_PREFIX "%s", field->id);
            add_name(&naming, full, full, field, false);
        }
    }
    if (naming.count > 0)
        qsort(naming.names, naming.count, sizeof *naming.names, compare_names);
    index->names = loader_final(forms, naming.names, naming.count, sizeof *naming.names);
    index->count = naming.count;
    index->slots = loader_array(forms, form_index_slots(index->count), sizeof *index->slots);
    form_index_hash(index);
    form->index = index;
}

// ---- conditions

static enum result compile_field(struct forms *forms, struct form_builder *builder,
                                 const struct origin *origin, const char *list,
                                 struct form_field *field)
{
    const struct raw_field *raw = origin->raw;
    const struct {
        const char *key, *text;
        const struct expr **to;
    } conditions[] = {
        {"required", raw->required, &field->required},
        {"wanted", raw->wanted, &field->wanted},
        {"when", raw->when, &field->when},
        {"compute", raw->compute, &field->compute},
        {"fill", raw->fill, &field->fill},
        {"suggest", raw->suggest, &field->suggest},
        {"folded", raw->folded, &field->folded},
    };
    for (size_t i = 0; i < sizeof conditions / sizeof conditions[0]; i++) {
        char *where = mem_printf("%s.%s", origin->where, conditions[i].key);
        enum result result = loader_compile_checked(forms, builder, origin->source, where, list,
                                                    conditions[i].text, conditions[i].to);
        free(where);
        if (result != 0)
            return result;
    }
    return RESULT_OK;
}

/* A section whose first field is folded is folded as a whole. */
static void fold_sections(struct field_set *set)
{
    const struct form_field *first = NULL;

    for (size_t i = 0; i < set->count; i++) {
        struct form_field *field = &set->fields[i];
        if (first == NULL || strcmp(first->section, field->section) != 0)
            first = field;
        if (field->folded == NULL)
            field->folded = first->folded;
    }
}

static enum result compile_fields(struct forms *forms, struct form_builder *builder,
                                  struct field_set *set, const char *list)
{
    enum result result = RESULT_OK;
    for (size_t i = 0; i < set->count && result == 0; i++) {
        const struct origin *origin = &set->origins[i];
        result = compile_field(forms, builder, origin, list, &set->fields[i]);
        if (result == 0 && origin->columns != NULL)
            result = compile_fields(forms, builder, origin->columns, set->fields[i].id);
    }
    fold_sections(set);
    return result;
}

/* The fields named by `clock` and `more` must exist. */
static enum result check_companions(struct forms *forms, struct form_builder *builder,
                                    const struct field_set *set, const char *list)
{
    enum result result = RESULT_OK;
    for (size_t i = 0; i < set->count && result == 0; i++) {
        const struct origin *origin = &set->origins[i];
        const char *const ids[] = {set->fields[i].clock, set->fields[i].more};
        for (size_t k = 0; k < sizeof ids / sizeof ids[0]; k++) {
            char *name = mem_printf("%s%s%s", list, *list != '\0' ? "." : "", ids[k]);
            if (*ids[k] != '\0' && form_field(builder->form, name) == NULL)
                result =
                    loader_refuse(forms, origin->source, origin->where, "字段 %s 不存在", ids[k]);
            free(name);
        }
        if (result == 0 && origin->columns != NULL)
            result = check_companions(forms, builder, origin->columns, set->fields[i].id);
    }
    return result;
}

/* The full name of a check's field. */
static enum result find_checked(struct forms *forms, struct form_builder *builder,
                                const struct check_origin *origin, const char *id,
                                const char **ret_name)
{
    const char *name = id;
    *ret_name = "";
    if (id == NULL || *id == '\0')
        return RESULT_OK;
    if (*origin->list != '\0')
        name = loader_text(forms, "%s.%s", origin->list, id);
    else
        name = loader_text(forms, "%s%s", origin->prefix, id);
    const struct form_field *field = form_field(builder->form, name);
    if (field == NULL)
        return loader_refuse(forms, origin->source, origin->where, "检查里的字段 %s 不存在", id);
    *ret_name = field->id;
    return RESULT_OK;
}

static enum result compile_checks(struct forms *forms, struct form_builder *builder)
{
    struct form_check *checks = loader_array(forms, builder->check_count, sizeof *checks);
    enum result result = RESULT_OK;
    for (size_t i = 0; i < builder->check_count && result == 0; i++) {
        const struct check_origin *origin = &builder->checks[i];
        struct form_check *check = &checks[i];
        *check = (struct form_check){
            .say = origin->raw->say, .list = origin->list, .warning = origin->raw->warning};
        result = loader_compile_checked(forms, builder, origin->source, origin->where, origin->list,
                                        origin->raw->when, &check->when);
        if (result == 0)
            result = find_checked(forms, builder, origin, origin->raw->need, &check->need);
        if (result == 0)
            result = find_checked(forms, builder, origin, origin->raw->field, &check->field);
        if (*loader_text_or_empty(check->field) == '\0')
            check->field = check->need;
    }
    builder->form->checks = checks;
    builder->form->check_count = builder->check_count;
    return result;
}

// ---- a form

enum result loader_make_fields(struct forms *forms, struct form_builder *builder)
{
    struct form *form = builder->form;
    const struct form_builder *person = loader_find_builder(forms, PERSON_KIND);
    form->subject = (enum form_subject)builder->source->form->subject;
    if (person == NULL)
        return loader_refuse(forms, builder->source, "", "缺少人员表单 %s.yaml", PERSON_KIND);
    form->person = person != builder ? person->form : NULL;
    struct target target = {.forms = forms,
                            .builder = builder,
                            .set = &builder->set,
                            .person = true,
                            .prefix = PERSON_PREFIX};
    enum result result = RESULT_OK;
    if (form->subject == FORM_PERSON)
        result = collect(&target, person->source);
    target.person = person == builder;
    target.prefix = "";
    if (result == 0)
        result = collect(&target, builder->source);
    keep_fields(forms, &builder->set);
    form->fields = builder->set.fields;
    form->field_count = builder->set.count;
    return result;
}

enum result loader_make_names(struct forms *forms, struct form_builder *builder)
{
    struct form *form = builder->form;
    make_index(forms, form);
    /* A block's conditions may use fields of the forms that use it, so they are checked there. */
    if (form->subject == FORM_BLOCK && form->person != NULL)
        return RESULT_OK;
    enum result result = compile_fields(forms, builder, &builder->set, "");
    if (result == 0)
        result = check_companions(forms, builder, &builder->set, "");
    if (result == 0)
        result = compile_checks(forms, builder);
    return result;
}
