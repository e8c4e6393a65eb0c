/*
 * Reads `limits:`, and runs its examples.
 */
#include "form/loader_limits.h"
#include "form/form_lookup.h"
#include "form/limits.h"

#include <string.h>

static bool is_name(const struct form_builder *builder, const char *name)
{
    (void)builder;
    (void)name;
    return false;
}

static enum result make_limit(struct forms *forms, struct form_builder *builder,
                              const struct raw_limit *raw, const char *where,
                              struct form_limit *limit)
{
    *limit = (struct form_limit){.field = raw->field, .say = raw->say, .warning = raw->warning};
    if (form_field(builder->form, raw->field) == NULL)
        return loader_refuse(forms, builder->source, where, "字段 %s 不存在", raw->field);
    return loader_compile_checked(forms, builder, builder->source,
                                  loader_where(forms, "%s.when", where), "", raw->when,
                                  &limit->when);
}

enum result loader_make_limits(struct forms *forms, struct form_builder *builder)
{
    const struct raw_limits *raw = builder->source->form->limits;
    struct form *form = builder->form;

    if (raw == NULL)
        return RESULT_OK;
    if (form->subject != FORM_PERSON && form->subject != FORM_HOUSEHOLD)
        return loader_refuse(forms, builder->source, "limits", "只有业务才有限额（limits）");
    struct form_limit *limits = loader_array(forms, raw->rule_count, sizeof *limits);
    enum result result =
        loader_add_standards(forms, builder, "limits", raw->standards, raw->standard_count);

    form->limits = limits;
    builder->is_name = is_name; /* allows what amounts may ask */
    for (size_t i = 0; i < raw->rule_count && result == 0; i++) {
        result = make_limit(forms, builder, &raw->rules[i],
                            loader_where(forms, "limits.rules.%zu", i), &limits[i]);
        form->limit_count = i + 1;
    }
    builder->is_name = NULL;
    return result;
}

// ---- examples

enum result loader_check_limits(struct forms *forms, const struct form_builder *builder,
                                const char *where, const struct fields *values,
                                const struct form_example *example, day_t today)
{
    bool wanted = example->expect == FORM_EXPECT_LIMITED;
    struct form_benefit_ask ask = {
        .month = month_of(today),
        .standard = form_example_standard,
        .arg = (void *)(uintptr_t)example,
    };
    struct problems problems = {0};
    bool said = false;

    if (!wanted && example->expect != FORM_EXPECT_WITHIN)
        return RESULT_OK;
    form_limits_check(builder->form, values, today, &ask, false, &problems);
    for (size_t i = 0; i < problems.count; i++)
        said = said || strstr(problems.items[i].text, example->say) != NULL;
    enum result result = RESULT_OK;
    if (said != wanted || (!wanted && problems.count > 0))
        result = loader_refuse(forms, builder->source, where, "示例应当%s（%s），结果是：%s",
                               wanted ? "超过限额" : "在限额内", example->say,
                               problems.count > 0 ? problems.items[0].text : "在限额内");
    problems_free(&problems);
    return result;
}
