#include "domain/workday.h"

/** Index of the first change on or after the day. */
static size_t first_from(const struct workday_calendar *calendar, day_t day)
{
    size_t low = 0, high = calendar->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (calendar->changes[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_known(const struct workday_calendar *calendar, day_t day)
{
    int year, month, of_month;

    date_split(day, &year, &month, &of_month);
    size_t at = first_from(calendar, date_make(year, 1, 1));
    return at < calendar->count && calendar->changes[at].day <= date_make(year, 12, 31);
}

enum result workday_is(const struct workday_calendar *calendar, day_t day, bool *ret_worked)
{
    enum { FRIDAY = 5 };

    if (!date_is_valid(day) || !is_known(calendar, day))
        return RESULT_NOTFOUND;
    size_t at = first_from(calendar, day);
    bool changed = at < calendar->count && calendar->changes[at].day == day;
    *ret_worked = changed ? calendar->changes[at].worked : date_weekday(day) <= FRIDAY;
    return RESULT_OK;
}

enum result workday_add(const struct workday_calendar *calendar, day_t day, int count,
                        day_t *ret_day)
{
    int step = count < 0 ? -1 : 1;

    if (count == 0)
        return RESULT_INVALID;
    while (count != 0) {
        bool worked = false;
        day += step;
        if (workday_is(calendar, day, &worked) != 0) {
            *ret_day = day;
            return RESULT_NOTFOUND;
        }
        count -= worked ? step : 0;
    }
    *ret_day = day;
    return RESULT_OK;
}
