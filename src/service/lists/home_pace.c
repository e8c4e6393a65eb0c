#include "service/lists/home_pace.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"

#include <inttypes.h>
#include <stdlib.h>

/** Before this day of the month a few visits would decide the forecast. */
enum { FORECAST_FROM = 5 };

char *home_pace_forecast(month_t month, day_t today, const struct figures *figures)
{
    day_t gone = today - month_first(month) + 1;
    char rate[RATE_TEXT];

    if (month_of(today) != month || figures->owed == 0)
        return mem_copy("");
    if (gone < FORECAST_FROM)
        return mem_copy(HOME_PACE_EARLY);
    uint64_t reached = figures->reached * (uint64_t)month_days(month) / (uint64_t)gone;
    if (reached > figures->owed)
        reached = figures->owed;
    return mem_copy(rate_format(reached, figures->owed, "", rate));
}

char *home_pace_words(month_t month, day_t today, const struct figures *figures)
{
    uint64_t missing = figures->owed - figures->reached;
    int days = (int)(month_last(month) - today) + 1;

    if (month_of(today) != month || figures->owed == 0)
        return mem_copy("");
    if (missing == 0)
        return mem_copy("应访的人本月都已访到");
    if (days == 1)
        return mem_printf("差 %" PRIu64 " 人，今天是最后一天", missing);
    return mem_printf("差 %" PRIu64 " 人，含今天还有 %d 天，每天 %" PRIu64 " 人", missing, days,
                      rate_per_day(missing, days));
}

char *home_pace_urgent(const struct urgent *urgent)
{
    struct str text = {0};

    str_printf(&text, "今日到期 %zu 件  逾期 %zu 件", urgent->today, urgent->overdue);
    if (urgent->missing > 0)
        str_printf(&text, "  还差 %zu 次", urgent->missing);
    return str_take(&text);
}
