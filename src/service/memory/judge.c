#include "service/memory/judge.h"

#include "service/memory/excuses.h"
#include "service/memory/stored.h"

#include <string.h>

static const struct {
    const char *state;
    enum duty_excuse excuse;
} excuses[] = {
    {EXCUSE_ASKED, DUTY_EXCUSE_ASKED},
    {EXCUSE_GRANTED, DUTY_EXCUSE_GRANTED},
    {EXCUSE_REFUSED, DUTY_EXCUSE_REFUSED},
    {EXCUSE_REVOKED, DUTY_EXCUSE_REVOKED},
};

static enum duty_excuse excuse_state(const Rec__Excuse *excuse)
{
    if (excuse == NULL)
        return DUTY_EXCUSE_NONE;
    for (size_t i = 0; i < sizeof excuses / sizeof excuses[0]; i++)
        if (strcmp(excuses[i].state, excuse->state) == 0)
            return excuses[i].excuse;
    return DUTY_EXCUSE_NONE;
}

bool judge_is_closed(const Rec__Duty *duty)
{
    return *duty->frozen != '\0' && !duty->reopened;
}

/** Makes one credit per day; the row's credits are sorted by date. */
static size_t fold_credits(const Rec__Duty *duty, struct duty_credit days[DUTIES_DAYS])
{
    size_t count = 0;

    for (size_t i = 0; i < duty->n_credits; i++) {
        const Rec__Credit *credit = duty->credits[i];
        if (count > 0 && days[count - 1].date == credit->date)
            days[count - 1].late |= credit->late;
        else if (count < DUTIES_DAYS)
            days[count++] = (struct duty_credit){.date = credit->date, .late = credit->late};
    }
    return count;
}

void judge_facts(const Rec__Duty *duty, struct judge_facts *facts)
{
    size_t credits = fold_credits(duty, facts->credits);

    facts->facts = (struct duty_facts){
        .month = duty->month,
        .type = strcmp(duty->type, DUTY_TYPE_REVIEW) == 0 ? DUTY_REVIEW : DUTY_VISIT,
        .need = (int)duty->need,
        .interval = (int)duty->interval,
        .since = duty->since,
        .present = duty->present,
        .closed_on = duty->closed_on,
        .exit_reason = duty->exit_reason,
        .shared = duty->shared,
        .unowed = duty->unowed,
        .credits = facts->credits,
        .credit_count = credits,
        .attempts = duty->attempts,
        .attempt_count = duty->n_attempts,
        .last_before = duty->last_before,
        .excuse = excuse_state(duty->excuse),
        .excuse_reason = duty->excuse != NULL ? duty->excuse->reason : "",
        .excuse_from = duty->excuse != NULL ? duty->excuse->from : 0,
        .excuse_to = duty->excuse != NULL ? duty->excuse->to : 0,
        .reached_on = duty->reached_on,
        .month_closed = judge_is_closed(duty),
    };
}

struct duty_view judge_duty(const Rec__Duty *duty, const struct duty_rules *rules, day_t today)
{
    struct judge_facts facts;

    judge_facts(duty, &facts);
    return duty_judge(&facts.facts, rules, today);
}

struct duty_view judge_row(const struct service *service, const Rec__Duty *duty, day_t today)
{
    struct duty_rules rules = facts_duty_rules(service, duty->month);

    return judge_duty(duty, &rules, today);
}
