#include "report/value.h"

#include "base/columns.h"
#include "base/date.h"
#include "base/month.h"

#include <stdlib.h>
#include <string.h>

enum value_kind value_kind_of(const char *column)
{
    static const enum value_kind kinds[] = {
        [COLUMN_PLAIN] = VALUE_TEXT, [COLUMN_MONEY] = VALUE_MONEY, [COLUMN_RATE] = VALUE_RATE,
        [COLUMN_DATE] = VALUE_DATE,  [COLUMN_MONTH] = VALUE_MONTH, [COLUMN_TIME] = VALUE_TIME,
    };
    const struct sheet_column *known = column_find(column);

    if (known == NULL)
        return VALUE_TEXT;
    return known->form == COLUMN_PLAIN && known->number ? VALUE_NUMBER : kinds[known->form];
}

/** "12", "-3", "0.5"; no sign +, no leading zero, at most the fifteen digits that are kept. */
static bool read_amount(const char *text, double *ret_number)
{
    enum { DIGITS_MAX = 15 };
    const char *at = text + (*text == '-');
    size_t whole = strspn(at, "0123456789");
    size_t behind = at[whole] == '.' ? strspn(at + whole + 1, "0123456789") : 0;
    const char *end = at + whole + (at[whole] == '.' ? behind + 1 : 0);

    if (whole == 0 || *end != '\0' || (at[0] == '0' && whole > 1) || whole + behind > DIGITS_MAX ||
        (at[whole] == '.' && behind == 0))
        return false;
    *ret_number = strtod(text, NULL);
    return true;
}

static bool read_day(const char *text, double *ret_number)
{
    day_t day;

    if (date_parse(text, &day) != 0)
        return false;
    *ret_number = day;
    return true;
}

static bool read_month(const char *text, double *ret_number)
{
    month_t month;

    if (month_parse(text, &month) != 0)
        return false;
    *ret_number = month_first(month);
    return true;
}

/** A day's fraction is its time. */
static bool read_time(const char *text, double *ret_number)
{
    enum { DAY = 24 * 3600, CHINA = 8 * 3600, DAY_OF_1970 = 25569 };
    int64_t seconds;

    if (strlen(text) != STAMP_TEXT - 1 || date_parse_stamp(text, &seconds) != 0)
        return false;
    *ret_number = (double)(seconds + CHINA) / DAY + DAY_OF_1970;
    return true;
}

bool value_read(enum value_kind kind, const char *text, double *ret_number)
{
    static bool (*const readers[VALUE_KINDS])(const char *, double *) = {
        [VALUE_NUMBER] = read_amount, [VALUE_MONEY] = read_amount, [VALUE_RATE] = read_amount,
        [VALUE_DATE] = read_day,      [VALUE_MONTH] = read_month,  [VALUE_TIME] = read_time,
    };

    return readers[kind] != NULL && readers[kind](text, ret_number);
}

void value_escape(const char *text, struct str *to)
{
    str_clear(to);
    for (const char *at = text; *at != '\0'; at++) {
        bool escape = strncmp(at, "_x", 2) == 0 && strspn(at + 2, "0123456789ABCDEFabcdef") >= 4 &&
                      at[6] == '_';
        if (escape)
            str_add(to, "_x005F_");
        else
            str_add_char(to, *at);
    }
}
