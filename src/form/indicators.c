#include "form/indicators.h"

#include "base/text.h"
#include "form/expr.h"
#include "form/loader.h"
#include "form/raw_rules.h"
#include "form/rules.h"
#include "form/rules_facts.h"

#include <stdio.h>
#include <string.h>

/** Owned by the catalogue. */
struct indicators {
    size_t count, capacity;
    struct form_indicator *items;
};

// ---- one indicator

/** Values are kept under it, and `--no` takes it or a number of the plan. */
static bool is_id(const char *id)
{
    size_t length = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_");

    return length > 0 && id[length] == '\0' && id[strspn(id, "0123456789")] != '\0';
}

static enum result check_texts(struct forms *forms, const struct source *source, const char *where,
                               const struct raw_indicator *raw)
{
    const char *const texts[] = {raw->name, raw->source, raw->no,
                                 raw->unit, raw->base,   raw->target};

    if (*raw->name == '\0' || *raw->source == '\0')
        return loader_refuse(forms, source, where, "指标的 id、name、source 都要写");
    if (!is_id(raw->id))
        return loader_refuse(forms, source, where,
                             "指标的 id 用小写字母、数字和下划线写，不能只有数字：%s", raw->id);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (texts[i] != NULL && text_has_control(texts[i]))
            return loader_refuse(forms, source, where, "指标 %s 的文字里不能有换行", raw->id);
    return RESULT_OK;
}

/** Every file's indicators are one list; a second one of a name would never be found. */
static enum result check_new(struct forms *forms, const struct source *source, const char *where,
                             const struct raw_indicator *raw)
{
    const struct form_indicator *other;

    if (forms_indicator_find(forms, raw->id) != NULL)
        return loader_refuse(forms, source, where, "指标 %s 写了两次", raw->id);
    if (raw->no != NULL && *raw->no != '\0' &&
        (other = forms_indicator_find(forms, raw->no)) != NULL)
        return loader_refuse(forms, source, where, "指标号 %s 已是“%s”的，请换一个号，或不写 no",
                             raw->no, other->name);
    for (size_t i = 0; (other = forms_indicator(forms, i)) != NULL; i++)
        if (strcmp(other->name, raw->name) == 0)
            return loader_refuse(forms, source, where, "已有指标“%s”，请换一个名称", raw->name);
    return RESULT_OK;
}

static enum result check_kind(struct forms *forms, const struct source *source, const char *where,
                              const struct raw_indicator *raw)
{
    bool shares = raw->among != NULL;

    if (shares != (raw->met != NULL) || (raw->unknown != NULL && !shares))
        return loader_refuse(forms, source, where, "指标 %s 的 among 和 met 要一起写", raw->id);
    if (raw->figure != NULL && (shares || strcmp(raw->figure, INDICATOR_VISIT_RATE) != 0))
        return loader_refuse(forms, source, where, "指标 %s：figure 只能是 %s，不能再写 among",
                             raw->id, INDICATOR_VISIT_RATE);
    if (shares != (raw->example_count > 0))
        return loader_refuse(forms, source, where,
                             shares ? "指标 %s 要有示例" : "指标 %s 是录入的，不写示例", raw->id);
    return RESULT_OK;
}

static enum result compile(struct forms *forms, struct form_builder *facts,
                           const struct source *source, const char *where, const char *key,
                           const char *text, const struct expr **ret_expr)
{
    return text == NULL ? RESULT_OK
                        : loader_compile_checked(forms, facts, source,
                                                 loader_where(forms, "%s.%s", where, key), "", text,
                                                 ret_expr);
}

static void find_lack(const struct forms *forms, const struct source *source,
                      struct form_indicator *indicator)
{
    const struct expr *const conditions[] = {indicator->among, indicator->met, indicator->unknown};

    indicator->lacks = "";
    for (size_t i = 0; i < sizeof conditions / sizeof conditions[0]; i++) {
        const char *lacks = rules_facts_lack(forms, source->rules, conditions[i]);
        if (*lacks != '\0')
            indicator->lacks = lacks;
    }
}

static enum result make_indicator(struct forms *forms, struct form_builder *facts,
                                  const struct source *source, const char *where,
                                  const struct raw_indicator *raw, struct form_indicator *indicator)
{
    enum result result = check_texts(forms, source, where, raw);

    if (result == 0)
        result = check_new(forms, source, where, raw);
    if (result == 0)
        result = check_kind(forms, source, where, raw);
    *indicator = (struct form_indicator){
        .id = raw->id,
        .no = loader_text_or_empty(raw->no),
        .name = raw->name,
        .unit = loader_text_or_empty(raw->unit),
        .base = loader_text_or_empty(raw->base),
        .target = loader_text_or_empty(raw->target),
        .source = raw->source,
        .figure = loader_text_or_empty(raw->figure),
        .household = raw->subject == FORM_HOUSEHOLD,
    };
    if (result == 0)
        result = compile(forms, facts, source, where, "among", raw->among, &indicator->among);
    if (result == 0)
        result = compile(forms, facts, source, where, "met", raw->met, &indicator->met);
    if (result == 0)
        result = compile(forms, facts, source, where, "unknown", raw->unknown, &indicator->unknown);
    if (result == 0)
        find_lack(forms, source, indicator);
    return result;
}

// ---- its examples

static enum result run_example(struct forms *forms, const struct source *source, const char *where,
                               const struct raw_rule_example *raw,
                               const struct form_indicator *indicator)
{
    static const char *const words[] = {"不在内", "达到", "未达到", "未登记", "是否在内未登记"};
    struct type_context context = {.today = date_make(2026, 1, 1)};
    struct fields values = {0};
    enum result result = RESULT_OK;

    if (raw->today != NULL && date_parse(raw->today, &context.today) != 0)
        return loader_refuse(forms, source, where, "示例的 today 不是日期：%s", raw->today);
    for (unsigned i = 0; i < raw->given_count && result == 0; i++)
        result = rules_facts_read(forms, source, where, raw->given[i], &context, &values);
    enum indicator_standing got = indicators_judge(forms, indicator, &values, context.today);
    if (result == 0 && got != (enum indicator_standing)raw->expect)
        result = loader_refuse(forms, source, where, "指标 %s 的示例应当“%s”，结果“%s”",
                               indicator->id, words[raw->expect], words[got]);
    fields_free(&values);
    return result;
}

enum result indicators_load(struct forms *forms, struct form_builder *facts,
                            const struct source *source)
{
    enum result result = RESULT_OK;
    char where[WHERE_TEXT];

    if (forms->indicators == NULL)
        forms->indicators = loader_array(forms, 1, sizeof *forms->indicators);
    struct indicators *all = forms->indicators;
    for (size_t i = 0; i < source->rules->indicator_count && result == 0; i++) {
        const struct raw_indicator *raw = &source->rules->indicators[i];
        (void)snprintf(where, sizeof where, "indicators.%zu", i);
        all->items = loader_grow(forms, all->items, all->count, &all->capacity, sizeof *all->items);
        result = make_indicator(forms, facts, source, where, raw, &all->items[all->count]);
        for (unsigned k = 0; k < raw->example_count && result == 0; k++) {
            (void)snprintf(where, sizeof where, "indicators.%zu.examples.%u", i, k);
            result = run_example(forms, source, where, &raw->examples[k], &all->items[all->count]);
        }
        all->count++;
    }
    return result;
}

void indicators_finish(struct forms *forms)
{
    struct indicators *all = forms->indicators;

    if (all != NULL)
        all->items = loader_final(forms, all->items, all->count, sizeof *all->items);
}

// ---- questions

const struct form_indicator *forms_indicator(const struct forms *forms, size_t index)
{
    const struct indicators *all = forms->indicators;

    return all != NULL && index < all->count ? &all->items[index] : NULL;
}

const struct form_indicator *forms_indicator_find(const struct forms *forms, const char *name)
{
    const struct form_indicator *indicator;

    for (size_t i = 0; (indicator = forms_indicator(forms, i)) != NULL; i++)
        if (strcmp(indicator->id, name) == 0 ||
            (*indicator->no != '\0' && strcmp(indicator->no, name) == 0))
            return indicator;
    return NULL;
}

bool indicators_counts(const struct form_indicator *indicator)
{
    return indicator->among != NULL;
}

enum indicator_standing indicators_judge(const struct forms *forms,
                                         const struct form_indicator *indicator,
                                         const struct fields *facts, day_t today)
{
    const struct form *form = forms_facts(forms);

    if (indicator->household && !rules_is_head(forms, facts))
        return INDICATOR_OUT;
    bool among = expr_true(indicator->among, form, facts, today);
    bool unknown = indicator->unknown != NULL && expr_true(indicator->unknown, form, facts, today);
    if (unknown)
        return among ? INDICATOR_UNKNOWN : INDICATOR_UNKNOWN_AMONG;
    if (!among)
        return INDICATOR_OUT;
    return expr_true(indicator->met, form, facts, today) ? INDICATOR_MET : INDICATOR_MISSING;
}
