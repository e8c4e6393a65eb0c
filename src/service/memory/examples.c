#include "service/memory/examples.h"

#include "base/mem.h"
#include "base/month.h"
#include "domain/duty.h"

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

enum result examples_check(const struct forms *forms, char **ret_message)
{
    const struct form *form = NULL;

    for (size_t i = 0; (form = forms_programme(forms, i)) != NULL; i++) {
        for (size_t e = 0; e < form->example_count; e++) {
            if (!holds(&form->examples[e])) {
                *ret_message = mem_printf("%s：例子与应访规则不符，请核对起始日和月份",
                                          form->examples[e].where);
                return RESULT_INVALID;
            }
        }
    }
    return RESULT_OK;
}
