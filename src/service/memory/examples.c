#include "service/memory/examples.h"

#include "base/mem.h"
#include "base/month.h"
#include "domain/duty.h"
#include "domain/lifecycle.h"
#include "service/memory/calendar.h"

#include <stdlib.h>

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

static bool holds(const struct form_example *example)
{
    switch (example->expect) {
    case FORM_EXPECT_COUNTED:
        return is_counted(example);
    case FORM_EXPECT_NOT_COUNTED:
        return !is_counted(example);
    default:
        return true; /* forms_load() runs it */
    }
}

// ---- clocks of steps

static struct lifecycle_due due_of(const struct form_steps *steps,
                                   const struct form_step_example *example,
                                   const struct workday_calendar *calendar)
{
    const struct life_clock *clock = example->step < steps->life.count
                                         ? &steps->life.items[example->step].clock
                                         : &steps->life.whole;
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
                       due.on != 0 ? date_format(due.on, day) : "unknown（缺工作日历或没有时限）");
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
        for (size_t e = 0; e < form->example_count && result == 0; e++) {
            if (!holds(&form->examples[e])) {
                *ret_message = mem_printf("%s：例子与应访规则不符，请核对起始日和月份",
                                          form->examples[e].where);
                result = RESULT_INVALID;
            }
        }
        if (result == 0)
            result = check_clocks(form, &calendar, ret_message);
    }
    calendar_free(&calendar);
    return result;
}
