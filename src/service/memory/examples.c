#include "service/memory/examples.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "domain/duty.h"
#include "domain/lifecycle.h"
#include "service/memory/calendar.h"
#include "service/memory/reckon.h"

#include <stdlib.h>
#include <string.h>

// ---- duties

static bool is_counted(const struct form_example *example)
{
    struct duty_rules rules = duty_rules_default();
    struct duty_facts facts = {
        .month = example->month,
        .type = DUTY_VISIT,
        .need = 1,
        .since = example->since,
        .exit_reason = "",
        .excuse_reason = "",
    };

    return duty_exists(facts.since, 0, facts.month) &&
           duty_judge(&facts, &rules, month_last(facts.month)).owed;
}

static char *check_duty(const struct form *form, const struct form_example *example)
{
    bool counted = example->expect == FORM_EXPECT_COUNTED;

    (void)form;
    return is_counted(example) == counted ? NULL
                                          : mem_copy("例子与应访规则不符，请核对起始日和月份");
}

// ---- amounts

/** The value of a name, NULL if there is none. */
static const char *find_pair(const struct form_pairs *pairs, const char *name)
{
    for (size_t i = 0; i < pairs->count; i++)
        if (strcmp(pairs->items[i].name, name) == 0)
            return pairs->items[i].value;
    return NULL;
}

/** The other case of an example has the parts that are given: "dibao.base", "dibao.own.add". */
static bool example_other(const char *kind, const char *what, bool own, char **ret_value, void *arg)
{
    const struct form_example *example = arg;
    const struct form_pairs *others = &example->others;
    char *prefix = mem_printf("%s.", kind);
    bool found = false;

    for (size_t i = 0; i < others->count; i++)
        found = found || text_starts(others->items[i].name, prefix);
    if (what != NULL) {
        char *name = mem_printf("%s%s%s", prefix, own ? "own." : "", what);
        const char *value = find_pair(others, name);
        *ret_value = mem_copy(value != NULL ? value : "");
        free(name);
    }
    free(prefix);
    return found;
}

/** What an example should give and does not; NULL if all is right. */
static char *compare_amount(const struct form_example *example, const struct benefit *benefit)
{
    char *words = benefit_words(benefit);
    char *fault = NULL;

    if (example->expect == FORM_EXPECT_NO_AMOUNT &&
        (benefit->known || strstr(words, example->say) == NULL))
        fault = mem_printf("例子应当没有金额（%s），结果是：%s", example->say,
                           benefit->known ? "有金额" : words);
    for (size_t i = 0; i < example->gives.count && fault == NULL; i++) {
        const struct field *gives = &example->gives.items[i];
        int64_t wanted = 0;
        int64_t fen = 0;
        char *value = reckon_value(benefit, gives->name, false, 0);
        bool same = text_to_fen(gives->value, &wanted) == 0 && text_to_fen(value, &fen) == 0
                        ? wanted == fen
                        : strcmp(gives->value, value) == 0;
        if (!same)
            fault = mem_printf("例子的 %s 应为 %s，算出的是 %s%s%s", gives->name, gives->value,
                               *value != '\0' ? value : "未知", *words != '\0' ? "：" : "", words);
        free(value);
    }
    free(words);
    return fault;
}

static char *check_amount(const struct form *form, const struct form_example *example)
{
    struct form_benefit_ask ask = {
        .month = example->month,
        .standard = form_example_standard,
        .other = example_other,
        .arg = (void *)(uintptr_t)example,
    };
    struct fields values = {0};
    struct reckon_input input = {.form = form, .values = &values};
    struct benefit benefit = {0};

    for (size_t i = 0; i < example->given.count; i++)
        fields_set(&values, example->given.items[i].name, example->given.items[i].value);
    (void)month_parse_loose(fields_get(&values, form->roles.since), &input.from);
    (void)month_parse_loose(fields_get(&values, form->roles.until), &input.until);
    reckon_benefit(&input, &ask, &benefit);
    char *fault = compare_amount(example, &benefit);
    benefit_free(&benefit);
    fields_free(&values);
    return fault;
}

// ---- all

/** Which rule runs an example: the others were run when the file was loaded. A check returns what is
 *  wrong, NULL if nothing is. */
static const struct {
    enum form_expect expect;
    char *(*check)(const struct form *form, const struct form_example *example);
} CHECKS[] = {
    {FORM_EXPECT_COUNTED, check_duty},
    {FORM_EXPECT_NOT_COUNTED, check_duty},
    {FORM_EXPECT_AMOUNT, check_amount},
    {FORM_EXPECT_NO_AMOUNT, check_amount},
};

static char *check_example(const struct form *form, const struct form_example *example)
{
    for (size_t i = 0; i < sizeof CHECKS / sizeof *CHECKS; i++)
        if (CHECKS[i].expect == example->expect)
            return CHECKS[i].check(form, example);
    return NULL;
}

// ---- clocks of steps

static struct lifecycle_due due_of(const struct form_steps *steps,
                                   const struct form_step_example *example,
                                   const struct workday_calendar *calendar)
{
    const struct lifecycle_stand stand = {.extended = example->longer};
    struct life_clock whole = lifecycle_whole(&steps->life, steps->life.whole, &stand);
    const struct life_clock *clock =
        example->step < steps->life.count ? &steps->life.items[example->step].clock : &whole;
    struct lifecycle_record *records = mem_array(example->pause_count + 1, sizeof *records);

    for (size_t i = 0; i < example->pause_count; i++)
        records[i] = (struct lifecycle_record){
            .act = i % 2 == 0 ? LIFECYCLE_PAUSE : LIFECYCLE_RESUME,
            .step = "",
            .to = "",
            .on = example->pauses[i],
        };
    struct lifecycle_due due =
        lifecycle_due(clock, example->began, records, example->pause_count, calendar);
    free(records);
    return due;
}

static enum result check_clocks(const struct form *form, const struct workday_calendar *calendar,
                                char **ret_message)
{
    for (size_t i = 0; i < form->steps.example_count; i++) {
        const struct form_step_example *example = &form->steps.examples[i];
        char day[DATE_TEXT];
        struct lifecycle_due due = due_of(&form->steps, example, calendar);
        if (due.on == example->due)
            continue;
        *ret_message =
            mem_printf("%s：例子与时限不符，算出来的是 %s", example->where,
                       due.on != 0 ? date_format(due.on, day) : "未知（缺工作日历或没有时限）");
        return RESULT_INVALID;
    }
    return RESULT_OK;
}

// ---- all of a form

static enum result check_form(const struct form *form, char **ret_message)
{
    for (size_t e = 0; e < form->example_count; e++) {
        char *fault = check_example(form, &form->examples[e]);
        if (fault == NULL)
            continue;
        char *place = form_example_place(form, e);
        *ret_message = mem_printf("%s：%s", place, fault);
        free(place);
        free(fault);
        return RESULT_INVALID;
    }
    return RESULT_OK;
}

enum result examples_check(const struct forms *forms, char **ret_message)
{
    struct workday_calendar calendar = calendar_new(forms);
    const struct form *form = NULL;
    enum result result = RESULT_OK;

    for (size_t i = 0; (form = forms_programme(forms, i)) != NULL && result == 0; i++) {
        result = check_form(form, ret_message);
        if (result == 0)
            result = check_clocks(form, &calendar, ret_message);
    }
    calendar_free(&calendar);
    return result;
}
