/*
 * Reads the worked examples of a form and runs them, so that a wrong file is refused.
 */
#include "base/date.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "form/dates.h"
#include "form/form_lookup.h"
#include "form/loader.h"
#include "form/loader_limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reads "field = value". */
static enum result read_given(struct forms *forms, const struct form_builder *builder,
                              const char *where, const char *given, struct fields *values)
{
    const char *sign = strchr(given, '=');
    if (sign == NULL)
        return loader_refuse(forms, builder->source, where, "示例应写成 字段 = 值：%s", given);
    char *raw_name = mem_copy_bytes(given, (size_t)(sign - given));
    char *name = text_clean(raw_name);
    char *value = text_clean(sign + 1);
    enum result result = RESULT_OK;
    if (form_field(builder->form, name) == NULL)
        result = loader_refuse(forms, builder->source, where, "示例里的字段 %s 不存在", name);
    else
        fields_set(values, name, value);
    free(raw_name);
    free(name);
    free(value);
    return result;
}

// ---- what an amount's example gives

/* Reads "name = value" pairs of any names. */
static enum result read_pairs(struct forms *forms, const struct form_builder *builder,
                              const char *where, const char **texts, size_t count,
                              struct form_pairs *pairs)
{
    struct field *items = loader_array(forms, count, sizeof *items);
    *pairs = (struct form_pairs){.count = count, .items = items};
    for (size_t i = 0; i < count; i++) {
        const char *sign = strchr(texts[i], '=');
        if (sign == NULL)
            return loader_refuse(forms, builder->source, where, "示例应写成 名称 = 值：%s",
                                 texts[i]);
        char *raw_name = mem_copy_bytes(texts[i], (size_t)(sign - texts[i]));
        char *name = text_clean(raw_name);
        char *value = text_clean(sign + 1);
        items[i].name = (char *)loader_text(forms, "%s", name);
        items[i].value = (char *)loader_text(forms, "%s", value);
        free(raw_name);
        free(name);
        free(value);
    }
    return RESULT_OK;
}

static bool is_about_amount(const struct form_example *example)
{
    return example->expect == FORM_EXPECT_AMOUNT || example->expect == FORM_EXPECT_NO_AMOUNT;
}

static enum result read_amount(struct forms *forms, const struct form_builder *builder,
                               const char *where, const struct raw_example *raw,
                               struct form_example *example)
{
    if (is_about_amount(example) && (example->month == 0 || builder->form->benefit == NULL))
        return loader_refuse(forms, builder->source, where,
                             "amount、no_amount 要有 month，且业务要有待遇（benefit）");
    enum result result =
        read_pairs(forms, builder, where, raw->standards, raw->standard_count, &example->standards);
    if (result == 0)
        result = read_pairs(forms, builder, where, raw->others, raw->other_count, &example->others);
    if (result == 0)
        result = read_pairs(forms, builder, where, raw->gives, raw->give_count, &example->gives);
    return result;
}

/* Keeps the values for the service. */
static void keep_given(struct forms *forms, const struct fields *values,
                       struct form_example *example)
{
    struct field *items = loader_array(forms, values->count, sizeof *items);
    for (size_t i = 0; i < values->count; i++) {
        items[i].name = (char *)loader_text(forms, "%s", values->items[i].name);
        items[i].value = (char *)loader_text(forms, "%s", values->items[i].value);
    }
    example->given = (struct form_pairs){.count = values->count, .items = items};
}

// ---- an example

static enum result read_example(struct forms *forms, struct form_builder *builder,
                                const char *where, const struct raw_example *raw,
                                struct fields *given, struct form_example *example)
{
    enum result result = RESULT_OK;
    *example = (struct form_example){
        .expect = (enum form_expect)raw->expect,
        .say = loader_text_or_empty(raw->say),
        .file = builder->file,
    };
    for (size_t i = 0; i < raw->given_count && result == 0; i++)
        result = read_given(forms, builder, where, raw->given[i], given);
    if (result != 0)
        return result;
    if (raw->today != NULL && date_parse(raw->today, &example->today) != 0)
        return loader_refuse(forms, builder->source, where, "示例的 today 不是日期：%s",
                             raw->today);
    if (raw->since != NULL && date_parse(raw->since, &example->since) != 0)
        return loader_refuse(forms, builder->source, where, "示例的 since 不是日期：%s",
                             raw->since);
    if (raw->month != NULL && month_parse(raw->month, &example->month) != 0)
        return loader_refuse(forms, builder->source, where, "示例的 month 不是年月：%s",
                             raw->month);
    bool duty =
        example->expect == FORM_EXPECT_COUNTED || example->expect == FORM_EXPECT_NOT_COUNTED;
    if (duty && (example->since == 0 || example->month == 0 || !builder->form->has_visits))
        return loader_refuse(forms, builder->source, where,
                             "counted、not_counted 要有 since 和 month，且业务要有探访");
    return read_amount(forms, builder, where, raw, example);
}

static bool was_said(const struct problems *problems, const char *say)
{
    for (size_t i = 0; i < problems->count; i++)
        if (!problems->items[i].warning && strstr(problems->items[i].text, say) != NULL)
            return true;
    return false;
}

// ---- dates

struct dated {
    const char *say;
    bool found;
};

/* An example names the date's own words and its day, or the words alone. */
static void look_at_date(const struct form_date *date, day_t day, size_t row, void *arg)
{
    struct dated *dated = arg;
    char text[DATE_TEXT];
    const char *what = day != 0 ? date->what : date->undated;
    char *words = mem_printf("%s %s", what, day != 0 ? date_format(day, text) : "");

    (void)row;
    dated->found |= strcmp(words, dated->say) == 0 || strcmp(what, dated->say) == 0;
    free(words);
}

/* The examples that expect a date, or none. */
static enum result check_dated(struct forms *forms, const struct form_builder *builder,
                               const char *where, const struct fields *values, day_t today,
                               const struct form_example *example)
{
    struct dated dated = {.say = example->say};
    bool wanted = example->expect == FORM_EXPECT_DATED;

    if (!wanted && example->expect != FORM_EXPECT_NOT_DATED)
        return RESULT_OK;
    form_dates(builder->form, values, today, look_at_date, &dated);
    if (dated.found == wanted)
        return RESULT_OK;
    return loader_refuse(forms, builder->source, where, "示例应当%s到期事项“%s”，结果相反",
                         wanted ? "有" : "没有", example->say);
}

/* The examples that expect somebody met, or nobody. */
static enum result check_unmet(struct forms *forms, const struct form_builder *builder,
                               const char *where, const struct fields *values,
                               const struct form_example *example)
{
    bool wanted = example->expect == FORM_EXPECT_UNMET;

    if (!wanted && example->expect != FORM_EXPECT_MET)
        return RESULT_OK;
    if (builder->form->alarm.unmet == NULL)
        return loader_refuse(forms, builder->source, where,
                             "没有 alarm.unmet 的文件不能有 unmet、met 的示例");
    if (form_is_unmet(builder->form, values) == wanted)
        return RESULT_OK;
    return loader_refuse(forms, builder->source, where, "示例应当%s没有见到人，结果相反",
                         wanted ? "算" : "不算");
}

/* Those that say something of an accepted record. */
static bool is_accepted(const struct form_example *example)
{
    static const enum form_expect accepted[] = {FORM_EXPECT_OK, FORM_EXPECT_ALARM,
                                                FORM_EXPECT_NO_ALARM, FORM_EXPECT_UNMET,
                                                FORM_EXPECT_MET};

    for (size_t i = 0; i < sizeof accepted / sizeof accepted[0]; i++)
        if (example->expect == accepted[i])
            return true;
    return is_about_amount(example);
}

static enum result run_example(struct forms *forms, const struct form_builder *builder,
                               const char *where, const struct fields *given,
                               struct form_example *example)
{
    struct type_context context = {.today = example->today != 0 ? example->today
                                                                : date_make(2026, 1, 1)};
    struct fields values = {0};
    struct problems problems = {0};
    enum result result = RESULT_OK;
    fields_copy(&values, given);
    form_fill(builder->form, &values, context.today);
    bool fine = form_check(builder->form, &context, &values, &problems);
    bool owed = form_owes_visits(builder->form, &values, context.today);
    bool alarm = form_raises_alarm(builder->form, &values);
    bool about_alarm =
        example->expect == FORM_EXPECT_ALARM || example->expect == FORM_EXPECT_NO_ALARM;
    if (is_accepted(example) && !fine)
        result = loader_refuse(forms, builder->source, where, "示例应当通过，却被拒绝：%s",
                               problems_first(&problems));
    else if (example->expect == FORM_EXPECT_REFUSED && !was_said(&problems, example->say))
        result = loader_refuse(forms, builder->source, where, "示例应当被拒绝（%s），结果是：%s",
                               example->say, fine ? "通过" : problems_first(&problems));
    else if ((example->expect == FORM_EXPECT_OWED && !owed) ||
             (example->expect == FORM_EXPECT_NOT_OWED && owed))
        result = loader_refuse(forms, builder->source, where, "示例应当%s探访，结果相反",
                               owed ? "不必" : "");
    else if (about_alarm && alarm != (example->expect == FORM_EXPECT_ALARM))
        result = loader_refuse(forms, builder->source, where, "示例应当%s警示，结果相反",
                               alarm ? "不必" : "");
    if (result == 0 && is_about_amount(example))
        keep_given(forms, &values, example);
    if (result == 0)
        result = check_unmet(forms, builder, where, &values, example);
    if (result == 0)
        result = check_dated(forms, builder, where, &values, context.today, example);
    if (result == 0)
        result = loader_check_beside(forms, builder, where, &values, example, context.today);
    if (result == 0)
        result = loader_check_limits(forms, builder, where, &values, example, context.today);
    fields_free(&values);
    problems_free(&problems);
    return result;
}

enum result loader_make_examples(struct forms *forms, struct form_builder *builder)
{
    const struct raw_form *raw = builder->source->form;
    enum result result = RESULT_OK;
    char where[WHERE_TEXT];
    struct form_example *examples = loader_array(forms, raw->example_count, sizeof *examples);
    builder->file = loader_text(forms, "%s", builder->source->path);
    for (size_t i = 0; i < raw->example_count && result == 0; i++) {
        struct fields given = {0};
        (void)snprintf(where, sizeof where, "examples.%zu", i);
        result = read_example(forms, builder, where, &raw->examples[i], &given, &examples[i]);
        if (result == 0)
            result = run_example(forms, builder, where, &given, &examples[i]);
        fields_free(&given);
    }
    builder->form->examples = examples;
    builder->form->example_count = raw->example_count;
    return result;
}

char *form_example_place(const struct form *form, size_t index)
{
    char where[WHERE_TEXT];
    (void)snprintf(where, sizeof where, "examples.%zu", index);
    return source_place(form->examples[index].file, SOURCE_FORM, where);
}
