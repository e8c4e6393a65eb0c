/*
 * Makes the exclusions and requirements of a programme, and runs their examples.
 */
#include "base/mem.h"
#include "form/benefit.h"
#include "form/beside.h"
#include "form/form_lookup.h"
#include "form/loader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The list whose rows a condition over a person's case may name: a household's members. */
static const char *rows_of(const struct form_builder *builder)
{
    return builder->form->subject == FORM_HOUSEHOLD ? FORM_MEMBERS : "";
}

static struct form_builder *find_programme(const struct forms *forms, const char *kind)
{
    struct form_builder *builder = loader_find_builder(forms, kind);

    return builder != NULL && (builder->form->subject == FORM_PERSON ||
                               builder->form->subject == FORM_HOUSEHOLD)
               ? builder
               : NULL;
}

/* A pair of programmes stands in one file, so that its two sides cannot differ. */
static enum result check_pair(struct forms *forms, const struct form_builder *builder,
                              const char *where, const struct raw_exclude *raw,
                              const struct form_builder *other)
{
    const struct raw_form *there = other->source->form;
    const char *keeps = loader_text_or_empty(raw->keeps);

    for (size_t i = 0; other != builder && i < there->exclude_count; i++)
        if (strcmp(there->excludes[i].kind, builder->form->kind) == 0)
            return loader_refuse(forms, builder->source, where,
                                 "与 %s 的互斥在 %s 里已写过，只写一处（另一方的话写 back）",
                                 raw->kind, other->source->path);
    if (*keeps != '\0' && strcmp(keeps, raw->kind) != 0 && strcmp(keeps, builder->form->kind) != 0)
        return loader_refuse(forms, builder->source, where, "keeps 应是 %s 或 %s", raw->kind,
                             builder->form->kind);
    return RESULT_OK;
}

static bool has_exit(const struct form *form, const char *reason)
{
    for (size_t i = 0; form->exits[i] != NULL; i++)
        if (strcmp(form->exits[i], reason) == 0)
            return true;
    return false;
}

/* `within`, with the fields and exits that belong to it. */
static enum result make_apart(struct forms *forms, struct form_builder *builder, const char *where,
                              const struct raw_exclude *raw, const struct form_builder *other,
                              struct form_apart *apart)
{
    if (raw->within == NULL && raw->same_count + raw->unless_count == 0 && !raw->household)
        return RESULT_OK;
    if (raw->within == NULL)
        return loader_refuse(forms, builder->source, where,
                             "same、unless、household 要与 within 一起写");
    *apart = (struct form_apart){
        .months = form_benefit_standard(builder->form, raw->within),
        .same = loader_strings(forms, raw->same, raw->same_count),
        .unless = loader_strings(forms, raw->unless, raw->unless_count),
        .household = raw->household,
    };
    if (apart->months == NULL || !apart->months->has_fallback)
        return loader_refuse(forms, builder->source, where,
                             "within 的参数 %s 应写在本文件 limits 或 benefit 的 standards 里，"
                             "带 default（月数）和 source",
                             raw->within);
    for (size_t i = 0; i < raw->same_count; i++)
        if (form_field(builder->form, raw->same[i]) == NULL ||
            form_field(other->form, raw->same[i]) == NULL)
            return loader_refuse(forms, builder->source, where, "same 的字段 %s 应在两项业务里都有",
                                 raw->same[i]);
    for (size_t i = 0; i < raw->unless_count; i++)
        if (!has_exit(builder->form, raw->unless[i]) && !has_exit(other->form, raw->unless[i]))
            return loader_refuse(forms, builder->source, where,
                                 "unless 的 %s 不是这两项业务的退出原因（exits）", raw->unless[i]);
    return RESULT_OK;
}

static enum result make_exclude(struct forms *forms, struct form_builder *builder,
                                const char *where, const struct raw_exclude *raw,
                                struct form_exclude *exclude)
{
    struct form_builder *other = find_programme(forms, raw->kind);

    if (other == NULL)
        return loader_refuse(forms, builder->source, where, "业务 %s 不存在", raw->kind);
    *exclude = (struct form_exclude){
        .kind = raw->kind,
        .keeps = loader_text_or_empty(raw->keeps),
        .warning = raw->warning,
        .follows = raw->follows,
        .say = raw->say,
        .back = loader_text_or_empty(raw->back),
    };
    enum result result = check_pair(forms, builder, where, raw, other);
    if (result == 0)
        result = make_apart(forms, builder, where, raw, other, &exclude->apart);
    if (result == 0)
        result = loader_compile_checked(forms, builder, builder->source, where, rows_of(builder),
                                        raw->when, &exclude->when);
    if (result == 0)
        result = loader_compile_checked(forms, other, builder->source, where, rows_of(other),
                                        raw->other, &exclude->other);
    return result;
}

static enum result make_require(struct forms *forms, struct form_builder *builder,
                                const char *where, const struct raw_require *raw,
                                struct form_require *require)
{
    if (raw->kind_count == 0)
        return loader_refuse(forms, builder->source, where, "没有写需要哪个业务（kinds）");
    for (size_t i = 0; i < raw->kind_count; i++)
        if (find_programme(forms, raw->kinds[i]) == NULL)
            return loader_refuse(forms, builder->source, where, "业务 %s 不存在", raw->kinds[i]);
    *require = (struct form_require){
        .kinds = loader_strings(forms, raw->kinds, raw->kind_count),
        .household = raw->household,
        .warning = raw->warning,
        .say = raw->say,
    };
    return loader_compile_checked(forms, builder, builder->source, where, rows_of(builder),
                                  raw->when, &require->when);
}

enum result loader_make_beside(struct forms *forms, struct form_builder *builder)
{
    const struct raw_form *raw = builder->source->form;
    struct form_exclude *excludes = loader_array(forms, raw->exclude_count, sizeof *excludes);
    struct form_require *requires = loader_array(forms, raw->require_count, sizeof *requires);
    enum result result = RESULT_OK;
    char where[WHERE_TEXT];

    for (size_t i = 0; i < raw->exclude_count && result == 0; i++) {
        (void)snprintf(where, sizeof where, "excludes.%zu", i);
        result = make_exclude(forms, builder, where, &raw->excludes[i], &excludes[i]);
    }
    for (size_t i = 0; i < raw->require_count && result == 0; i++) {
        (void)snprintf(where, sizeof where, "requires.%zu", i);
        result = make_require(forms, builder, where, &raw->requires[i], &requires[i]);
    }
    builder->form->excludes = excludes;
    builder->form->exclude_count = raw->exclude_count;
    builder->form->requires = requires;
    builder->form->require_count = raw->require_count;
    return result;
}

// ---- examples

enum { OTHERS_MAX = 8 };

/* The cases that an example puts beside its own. */
struct others {
    size_t count;
    struct beside items[OTHERS_MAX];
    struct fields values[OTHERS_MAX];
};

static void free_others(struct others *others)
{
    for (size_t i = 0; i < others->count; i++)
        fields_free(&others->values[i]);
}

static size_t find_other(struct others *others, const struct form *form)
{
    for (size_t i = 0; i < others->count; i++)
        if (others->items[i].form == form)
            return i;
    if (others->count == OTHERS_MAX)
        return OTHERS_MAX;
    others->items[others->count] = (struct beside){
        .form = form,
        .values = &others->values[others->count],
        .row = form->subject == FORM_HOUSEHOLD ? 0 : FORM_NO_ROW,
    };
    return others->count++;
}

/* Sets "dibao.m_cov = 是": of a household the first member's field, else the case's own. */
static enum result set_other(struct forms *forms, const struct form_builder *builder,
                             const char *where, const struct field *pair, struct others *others)
{
    struct type_context context = {.today = date_make(2026, 1, 1)};
    const char *dot = strchr(pair->name, '.');
    char *kind = dot != NULL ? mem_copy_bytes(pair->name, (size_t)(dot - pair->name)) : NULL;
    const struct form_builder *other = kind != NULL ? find_programme(forms, kind) : NULL;
    size_t index = other != NULL ? find_other(others, other->form) : OTHERS_MAX;
    const struct form_field *field = NULL;
    char *name = NULL;
    char *canonical = NULL;
    char *error = NULL;
    enum result result = RESULT_OK;

    if (index < OTHERS_MAX) {
        const struct form_field *members = form_field(other->form, FORM_MEMBERS);
        bool member = members != NULL && form_column(members, dot + 1) != NULL;
        name = mem_printf("%s%s", member ? FORM_MEMBERS ".0." : "", dot + 1);
        field = form_field(other->form, name);
    }
    if (field == NULL)
        result = loader_refuse(forms, builder->source, where,
                               "示例的 others 应写成 业务.字段 = 值：%s", pair->name);
    else if (field->type->parse(field, &context, pair->value, &canonical, &error) != 0)
        result = loader_refuse(forms, builder->source, where, "示例里的 %s：%s", pair->name, error);
    else
        fields_set(&others->values[index], name, canonical);
    free(error);
    free(canonical);
    free(name);
    free(kind);
    return result;
}

/* A case with a last month has ended then; without a word on it, the benefit covers the person. */
static void finish_side(struct beside *side)
{
    const char *covered = fields_get(side->values, FORM_MEMBERS ".0." FORM_COVERED);

    (void)month_parse_loose(fields_get(side->values, side->form->roles.since), &side->from);
    (void)month_parse_loose(fields_get(side->values, side->form->roles.until), &side->until);
    side->active = side->until == 0;
    side->covered = side->form->subject != FORM_HOUSEHOLD || strcmp(covered, "否") != 0;
}

static enum result compare(struct forms *forms, const struct form_builder *builder,
                           const char *where, const struct form_example *example, bool wanted,
                           bool found, const char *words)
{
    if (found == wanted && (!wanted || strstr(words, example->say) != NULL))
        return RESULT_OK;
    return loader_refuse(forms, builder->source, where, "示例应当%s（%s），结果是：%s",
                         wanted ? "被拦下" : "通过", example->say, found ? words : "通过");
}

static bool standard_of(const char *name, month_t month, int64_t *ret_value, void *arg)
{
    (void)month;
    return form_example_standard(name, ret_value, arg);
}

static enum result run_clash(struct forms *forms, const struct form_builder *builder,
                             const char *where, const struct form_example *example, day_t today,
                             const struct beside *own, const struct others *others)
{
    struct str words = {0};
    bool found = false;

    const struct beside_ask ask = {
        .today = today, .standard = standard_of, .arg = (void *)(uintptr_t)example};

    for (size_t i = 0; i < others->count; i++) {
        struct beside_clash clash;
        if (!beside_find_clash(own, &others->items[i], &ask, &clash))
            continue;
        char *text = beside_clash_words(own, &others->items[i], &clash);
        str_printf(&words, "%s；", text);
        free(text);
        found = true;
    }
    enum result result = compare(forms, builder, where, example,
                                 example->expect == FORM_EXPECT_EXCLUDED, found, str_text(&words));
    str_free(&words);
    return result;
}

static enum result run_lack(struct forms *forms, const struct form_builder *builder,
                            const char *where, const struct form_example *example, day_t today,
                            const struct beside *own, const struct others *others)
{
    size_t at = 0;
    const struct form_require *lack =
        beside_find_lack(own, others->items, others->count, today, &at);

    return compare(forms, builder, where, example, example->expect == FORM_EXPECT_LACKING,
                   lack != NULL, lack != NULL ? lack->say : "");
}

enum result loader_check_beside(struct forms *forms, const struct form_builder *builder,
                                const char *where, const struct fields *values,
                                const struct form_example *example, day_t today)
{
    static enum result (*const runs[])(struct forms *, const struct form_builder *, const char *,
                                       const struct form_example *, day_t, const struct beside *,
                                       const struct others *) = {
        [FORM_EXPECT_EXCLUDED] = run_clash,
        [FORM_EXPECT_TOGETHER] = run_clash,
        [FORM_EXPECT_LACKING] = run_lack,
        [FORM_EXPECT_NOT_LACKING] = run_lack,
    };
    struct beside own = {
        .form = builder->form,
        .values = values,
        .row = builder->form->subject == FORM_HOUSEHOLD ? 0 : FORM_NO_ROW,
    };
    struct others others = {0};
    enum result result = RESULT_OK;

    if ((size_t)example->expect >= sizeof runs / sizeof runs[0] || runs[example->expect] == NULL)
        return RESULT_OK;
    for (size_t i = 0; i < example->others.count && result == 0; i++)
        result = set_other(forms, builder, where, &example->others.items[i], &others);
    finish_side(&own);
    own.active = true; /* it is being entered */
    for (size_t i = 0; i < others.count; i++)
        finish_side(&others.items[i]);
    if (result == 0)
        result = runs[example->expect](forms, builder, where, example, today, &own, &others);
    free_others(&others);
    return result;
}
