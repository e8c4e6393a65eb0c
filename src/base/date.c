#include "base/date.h"

#include "base/month.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    DAY_FIRST = 61,       /* 1900-03-01 */
    DAY_LAST = 109574,    /* 2199-12-31 */
    DAY_OF_EPOCH = 25569, /* 1970-01-01 */
    CHINA_OFFSET = 8 * 3600,
    SECONDS_A_DAY = 86400,
};

static bool year_is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int date_month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && year_is_leap(year) ? 1 : 0);
}

/*
 * A year that begins in March ends with the leap day, so (153 m + 2) / 5 days come before a month
 * in every year; 719468 days lie between 0000-03-01 and 1970-01-01.
 */
static int32_t serial_of(int year, int month, int day)
{
    int shifted = month > 2 ? month - 3 : month + 9;
    int y = month > 2 ? year : year - 1;
    int before_month = (153 * shifted + 2) / 5;
    return y * 365 + y / 4 - y / 100 + y / 400 + before_month + day - 1 - 719468 + DAY_OF_EPOCH;
}

day_t date_make(int year, int month, int day)
{
    if (year < 1900 || year > 2199 || month < 1 || month > 12)
        return 0;
    if (day < 1 || day > date_month_days(year, month))
        return 0;
    day_t serial = serial_of(year, month, day);
    return serial >= DAY_FIRST ? serial : 0;
}

bool date_is_valid(day_t day)
{
    return day >= DAY_FIRST && day <= DAY_LAST;
}

void date_split(day_t day, int *ret_year, int *ret_month, int *ret_day)
{
    int32_t z = day - DAY_OF_EPOCH + 719468;
    int32_t century = z / 146097;
    int32_t of_era = z - century * 146097;
    int32_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int32_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int32_t shifted = (5 * of_year + 2) / 153;
    int32_t month = shifted < 10 ? shifted + 3 : shifted - 9;
    *ret_day = of_year - (153 * shifted + 2) / 5 + 1;
    *ret_month = month;
    *ret_year = year + century * 400 + (month <= 2 ? 1 : 0);
}

int date_digits(const char *text, size_t count)
{
    int value = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

enum result date_parse(const char *text, day_t *ret_day)
{
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return RESULT_INVALID;
    day_t day = date_make(date_digits(text, 4), date_digits(text + 5, 2), date_digits(text + 8, 2));
    if (day == 0)
        return RESULT_INVALID;
    *ret_day = day;
    return RESULT_OK;
}

/* Reads 1 to `max` digits and moves past them; -1 if there are none or more. */
static int take_number(const char **text, size_t max)
{
    size_t count = strspn(*text, "0123456789");
    if (count == 0 || count > max)
        return -1;
    int value = date_digits(*text, count);
    *text += count;
    return value;
}

/* Moves past a separator if it is next. */
static bool take(const char **text, const char *separator)
{
    if (!text_starts(*text, separator))
        return false;
    *text += strlen(separator);
    return true;
}

struct date_parts {
    int year, month, day; /* day 0: only a month was written */
};

/*
 * 2025-1-2, 2025/1/2, 2025.1.2, 2025年1月2日 (日 or 号 may be missing) and the same without the
 * day. A separator used once must be used again.
 */
static bool parse_separated(const char *text, struct date_parts *ret_parts)
{
    static const struct {
        const char *after_year, *after_month, *after_day;
    } styles[] = {
        {"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}, {"年", "月", "号"},
    };
    for (size_t i = 0; i < sizeof styles / sizeof styles[0]; i++) {
        const char *rest = text;
        struct date_parts parts = {0};
        if (strspn(rest, "0123456789") != 4)
            return false;
        parts.year = take_number(&rest, 4);
        if (!take(&rest, styles[i].after_year))
            continue;
        parts.month = take_number(&rest, 2);
        if (parts.month < 1)
            continue;
        bool more = take(&rest, styles[i].after_month);
        if (more && *rest != '\0') {
            parts.day = take_number(&rest, 2);
            if (parts.day < 1)
                continue;
            take(&rest, styles[i].after_day);
        } else if (more && i < 3) {
            continue; /* accepts "2025-1-" */
        }
        if (*rest != '\0')
            continue;
        *ret_parts = parts;
        return true;
    }
    return false;
}

/* Spreadsheets and databases add midnight after a date: drop it. */
static void cut_midnight(char *text)
{
    static const char *const endings[] = {"00:00:00", "0:00:00", "00:00", "0:00"};
    size_t length = strlen(text);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t cut = strlen(endings[i]);
        if (length <= cut + 1 || strcmp(text + length - cut, endings[i]) != 0)
            continue;
        char before = text[length - cut - 1];
        if (before != ' ' && before != 'T')
            continue;
        text[length - cut - 1] = '\0';
        return;
    }
}

/*
 * Half-width, trimmed, without midnight and without blanks beside separators ("2025年 1月 2日").
 * Returns "" for two numbers with only blanks between: joining them would invent a date.
 */
static char *date_clean(const char *text)
{
    char *clean = text_clean(text);
    cut_midnight(clean);
    char *to = clean;
    for (const char *from = clean; *from != '\0'; from++) {
        bool after_blank = from > clean && from[-1] == ' ';
        if (*from == ' ')
            continue;
        if (after_blank && date_digits(from, 1) >= 0 && date_digits(to - 1, 1) >= 0) {
            clean[0] = '\0';
            return clean;
        }
        *to++ = *from;
    }
    *to = '\0';
    return clean;
}

/* Reads a date in any of its forms; parts.day is 0 for a month only. */
static bool parse_parts(const char *text, struct date_parts *ret_parts)
{
    if (!text_is_digits(text))
        return parse_separated(text, ret_parts);
    switch (strlen(text)) {
    case 5:
        date_split(date_digits(text, 5), &ret_parts->year, &ret_parts->month, &ret_parts->day);
        return true;
    case 6:
        *ret_parts = (struct date_parts){date_digits(text, 4), date_digits(text + 4, 2), 0};
        return true;
    case 8:
        *ret_parts = (struct date_parts){date_digits(text, 4), date_digits(text + 4, 2),
                                         date_digits(text + 6, 2)};
        return ret_parts->day > 0;
    default:
        return false;
    }
}

static bool parse_any(const char *text, struct date_parts *ret_parts)
{
    char *clean = date_clean(text);
    bool found = parse_parts(clean, ret_parts);
    free(clean);
    return found;
}

bool date_parse_parts(const char *text, int *ret_year, int *ret_month, int *ret_day)
{
    struct date_parts parts = {0};
    if (!parse_any(text, &parts))
        return false;
    *ret_year = parts.year;
    *ret_month = parts.month;
    *ret_day = parts.day;
    return true;
}

enum result date_parse_loose(const char *text, day_t *ret_day)
{
    struct date_parts parts = {0};
    if (!parse_any(text, &parts))
        return RESULT_INVALID;
    day_t day = date_make(parts.year, parts.month, parts.day);
    if (day == 0)
        return RESULT_INVALID;
    *ret_day = day;
    return RESULT_OK;
}

/* printf() takes ten times as long, and exports write millions of days. */
static void put_two(char *place, unsigned number)
{
    place[0] = (char)('0' + number / 10 % 10);
    place[1] = (char)('0' + number % 10);
}

const char *date_format(day_t day, char buffer[DATE_TEXT])
{
    buffer[0] = '\0';
    if (!date_is_valid(day))
        return buffer;
    int year, month, of_month;
    date_split(day, &year, &month, &of_month);
    put_two(buffer, (unsigned)year / 100);
    put_two(buffer + 2, (unsigned)year % 100);
    buffer[4] = buffer[7] = '-';
    put_two(buffer + 5, (unsigned)month);
    put_two(buffer + 8, (unsigned)of_month);
    buffer[10] = '\0';
    return buffer;
}

day_t date_add_months(day_t day, int months)
{
    int year, month, of_month;
    date_split(day, &year, &month, &of_month);
    month_t target = month_of(day) + months;
    int last = month_days(target);
    return date_make(month_year(target), month_number(target), of_month < last ? of_month : last);
}

day_t date_earlier(day_t a, day_t b)
{
    return a < b ? a : b;
}

day_t date_later(day_t a, day_t b)
{
    return a > b ? a : b;
}

int date_age(day_t birth, day_t on)
{
    int birth_year, birth_month, birth_day, year, month, day;
    date_split(birth, &birth_year, &birth_month, &birth_day);
    date_split(on, &year, &month, &day);
    bool before_birthday = month < birth_month || (month == birth_month && day < birth_day);
    return year - birth_year - (before_birthday ? 1 : 0);
}

day_t date_of_age(day_t birth, int years)
{
    if (birth == 0 || month_year(month_of(birth)) + years >= month_year(month_of(DAY_LAST)))
        return 0;
    day_t day = date_add_months(birth, years * 12);
    return date_age(birth, day) < years ? day + 1 : day;
}

int date_weekday(day_t day)
{
    /* Serial 2 was a Monday. */
    return (day - 2) % 7 + 1;
}

day_t date_of_time(int64_t seconds)
{
    static const int64_t most = (int64_t)DAY_LAST * SECONDS_A_DAY;
    if (seconds > most || seconds < -most)
        return 0;
    int64_t local = seconds + CHINA_OFFSET;
    int64_t days = local / SECONDS_A_DAY - (local % SECONDS_A_DAY < 0 ? 1 : 0);
    return (day_t)(days + DAY_OF_EPOCH);
}

day_t date_today(const char *fixed)
{
    day_t day = 0;
    if (fixed != NULL && date_parse(fixed, &day) == 0)
        return day;
    return date_of_time(time(NULL));
}

/* "HH:MM:SS" or "HH:MM" in seconds, -1 for anything else. */
static int parse_clock(const char *text)
{
    static const char shape[] = "00:00:00";
    size_t length = strlen(text);
    if (length != 5 && length != 8)
        return -1;
    for (size_t i = 0; i < length; i++)
        if (shape[i] == ':' ? text[i] != ':' : text[i] < '0' || text[i] > '9')
            return -1;
    int hour = (text[0] - '0') * 10 + text[1] - '0';
    int minute = (text[3] - '0') * 10 + text[4] - '0';
    int second = length == 8 ? (text[6] - '0') * 10 + text[7] - '0' : 0;
    return hour < 24 && minute < 60 && second < 60 ? (hour * 60 + minute) * 60 + second : -1;
}

enum result date_parse_stamp(const char *text, int64_t *ret_seconds)
{
    char date[DATE_TEXT];
    day_t day;
    if (strlen(text) < DATE_TEXT || text[DATE_TEXT - 1] != ' ')
        return RESULT_INVALID;
    memcpy(date, text, DATE_TEXT - 1);
    date[DATE_TEXT - 1] = '\0';
    int clock = parse_clock(text + DATE_TEXT);
    if (clock < 0 || date_parse(date, &day) != 0)
        return RESULT_INVALID;
    *ret_seconds = (int64_t)(day - DAY_OF_EPOCH) * SECONDS_A_DAY + clock - CHINA_OFFSET;
    return RESULT_OK;
}

const char *date_format_stamp(int64_t seconds, char buffer[STAMP_TEXT])
{
    buffer[0] = '\0';
    if (seconds == 0)
        return buffer;
    char date[DATE_TEXT];
    if (*date_format(date_of_time(seconds), date) == '\0')
        return buffer;
    int64_t local = seconds + CHINA_OFFSET;
    unsigned of_day = (unsigned)(((local % SECONDS_A_DAY) + SECONDS_A_DAY) % SECONDS_A_DAY);
    memcpy(buffer, date, DATE_TEXT);
    char *time = buffer + DATE_TEXT - 1;
    time[0] = ' ';
    put_two(time + 1, of_day / 3600);
    time[3] = time[6] = ':';
    put_two(time + 4, of_day / 60 % 60);
    put_two(time + 7, of_day % 60);
    time[9] = '\0';
    return buffer;
}
