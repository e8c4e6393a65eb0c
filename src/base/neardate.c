#include "base/neardate.h"

#include "base/month.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { DAYS_MOST = 999, MONTHS_BACK = 2 /* a month with that day is at most so far back */ };

/** "-", "-3", "+3": the number of days, false if it is something else. */
static bool read_distance(const char *text, int *ret_days)
{
    size_t count;
    int days;

    if (*text != '-' && *text != '+')
        return false;
    count = strspn(text + 1, "0123456789");
    days = count == 0 ? 1 : count <= 3 ? date_digits(text + 1, count) : DAYS_MOST + 1;
    if (text[1 + count] != '\0' || days > DAYS_MOST)
        return false;
    *ret_days = *text == '-' ? -days : days;
    return true;
}

/** "1126" or "11-26"; false if it is something else. */
static bool read_month_day(const char *text, int *ret_month, int *ret_day)
{
    static const char *const marks[] = {"-", "/", ".", "月"};
    size_t count = strspn(text, "0123456789");
    const char *rest = text + count;

    if (count == 4 && *rest == '\0') {
        *ret_month = date_digits(text, 2);
        *ret_day = date_digits(text + 2, 2);
        return true;
    }
    if (count < 1 || count > 2)
        return false;
    *ret_month = date_digits(text, count);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (!text_starts(rest, marks[i]))
            continue;
        rest += strlen(marks[i]);
        count = strspn(rest, "0123456789");
        *ret_day = count == 1 || count == 2 ? date_digits(rest, count) : 0;
        rest += count;
        return *rest == '\0' || strcmp(rest, "日") == 0 || strcmp(rest, "号") == 0;
    }
    return false;
}

/** The day of that number in the month; 0 if the month has none. */
static day_t day_in(month_t month, int number)
{
    return date_make(month_year(month), month_number(month), number);
}

static day_t of_month(const struct neardate *near, int number)
{
    month_t present = month_of(near->today);
    month_t month = near->shown != 0 ? near->shown : present;
    day_t day = day_in(month, number);

    if (near->ahead || month < present)
        return near->ahead || day <= near->today ? day : 0;
    if (month > present) /* nobody has been anywhere in a month to come */
        month = present;
    for (int back = 0; back <= MONTHS_BACK; back++) {
        day = day_in(month - back, number);
        if (day != 0 && day <= near->today)
            return day;
    }
    return 0;
}

static day_t of_year(const struct neardate *near, int month, int number)
{
    int year = month_year(month_of(near->today));
    day_t best = 0;

    for (int i = -1; i <= 1; i++) {
        day_t day = date_make(year + i, month, number);
        if (day == 0 || (!near->ahead && day > near->today))
            continue;
        if (best == 0 || abs(day - near->today) < abs(best - near->today))
            best = day;
    }
    return best;
}

/** Month and day that come so soon that the year before is not meant; 0 if they do not. */
static day_t soon(const struct neardate *near, int month, int number)
{
    struct neardate ahead = {.today = near->today, .ahead = true};
    day_t day = of_year(&ahead, month, number);

    return !near->ahead && day > near->today && day <= near->today + NEARDATE_SOON ? day : 0;
}

static day_t read_clean(const char *text, const struct neardate *near)
{
    int month = 0, number = 0;

    if (strcmp(text, ".") == 0 || strcmp(text, "。") == 0)
        return near->today;
    if (read_distance(text, &number)) {
        day_t day = near->today + number;
        return date_is_valid(day) && (near->ahead || number <= 0) ? day : 0;
    }
    if (text_is_digits(text) && strlen(text) <= 2)
        return of_month(near, date_digits(text, strlen(text)));
    if (!read_month_day(text, &month, &number) || soon(near, month, number) != 0)
        return 0;
    return of_year(near, month, number);
}

enum result neardate_parse(const char *text, const struct neardate *near, day_t *ret_day)
{
    char *clean = text_clean(text);
    day_t day = *clean == '\0' ? 0 : read_clean(clean, near);

    free(clean);
    if (day == 0)
        return RESULT_INVALID;
    *ret_day = day;
    return RESULT_OK;
}

bool neardate_is_soon(const char *text, const struct neardate *near, day_t *ret_day)
{
    char *clean = text_clean(text);
    int month = 0, number = 0;
    day_t day = read_month_day(clean, &month, &number) ? soon(near, month, number) : 0;

    free(clean);
    if (day == 0)
        return false;
    *ret_day = day;
    return true;
}

enum result neardate_month(const char *text, day_t today, month_t *ret_month)
{
    int distance = 0;

    if (strcmp(text, ".") != 0 && !read_distance(text, &distance))
        return RESULT_INVALID;
    *ret_month = month_of(today) + (month_t)distance;
    return RESULT_OK;
}
