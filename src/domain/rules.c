#include "domain/rules.h"

#include "base/month.h"

struct duty_rules duty_rules_default(void)
{
    return (struct duty_rules){
        .entry_until = 25,
        .late_days = 3,
        .alarm_after = 3,
        .close_on = 6,
        .excuse_days = 15,
        .reopen_days = 7,
    };
}

bool duty_exists(day_t since, day_t closed_on, month_t month)
{
    return since <= month_last(month) && (closed_on == 0 || closed_on >= month_first(month));
}

bool duty_is_late(day_t date, day_t recorded, const struct duty_rules *rules)
{
    return recorded - date >= rules->late_days;
}

day_t duty_closing_day(month_t month, const struct duty_rules *rules)
{
    return month_first(month + 1) + rules->close_on - 1;
}

month_t duty_review_month(day_t last, int cycle)
{
    return last == 0 || cycle <= 0 ? 0 : month_of(last) + cycle;
}
