#include "base/month.h"

#include <stdio.h>
#include <string.h>

month_t month_make(int year, int month)
{
    if (year < 1900 || year > 2199 || month < 1 || month > 12)
        return 0;
    month_t made = year * 12 + month - 1;
    return made >= 1900 * 12 + 2 ? made : 0;
}

month_t month_of(day_t day)
{
    if (!date_is_valid(day))
        return 0;
    int year, month, of_month;
    date_split(day, &year, &month, &of_month);
    return month_make(year, month);
}

int month_year(month_t month)
{
    return month / 12;
}

int month_number(month_t month)
{
    return month % 12 + 1;
}

day_t month_first(month_t month)
{
    return date_make(month_year(month), month_number(month), 1);
}

day_t month_last(month_t month)
{
    return date_make(month_year(month), month_number(month), month_days(month));
}

int month_days(month_t month)
{
    return date_month_days(month_year(month), month_number(month));
}

enum result month_parse(const char *text, month_t *ret_month)
{
    if (strlen(text) != MONTH_TEXT - 1 || text[4] != '-')
        return RESULT_INVALID;
    month_t month = month_make(date_digits(text, 4), date_digits(text + 5, 2));
    if (month == 0)
        return RESULT_INVALID;
    *ret_month = month;
    return RESULT_OK;
}

enum result month_parse_loose(const char *text, month_t *ret_month)
{
    int year, number, day;
    if (!date_parse_parts(text, &year, &number, &day))
        return RESULT_INVALID;
    month_t month = month_make(year, number);
    if (month == 0 || (day != 0 && date_make(year, number, day) == 0))
        return RESULT_INVALID;
    *ret_month = month;
    return RESULT_OK;
}

const char *month_format(month_t month, char buffer[MONTH_TEXT])
{
    buffer[0] = '\0';
    if (month <= 0 || month_make(month_year(month), month_number(month)) == 0)
        return buffer;
    snprintf(buffer, MONTH_TEXT, "%04u-%02u", (unsigned)month_year(month) % 10000u,
             (unsigned)month_number(month) % 100u);
    return buffer;
}
