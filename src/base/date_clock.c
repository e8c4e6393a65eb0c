/*
 * Clock times and weekdays beside a date, as offices and spreadsheets write them.
 */
#include "base/date.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { HOUR = 60, DAY = 24 * HOUR, CHINA = 8 * HOUR };

// ---- weekdays

/** Bytes of a weekday at the start of the text (星期三, 周日, （礼拜天）), 0 if there is none. */
static size_t weekday_span(const char *text)
{
    static const char *const words[] = {"星期", "礼拜", "周"};
    static const char *const days[] = {"一", "二", "三", "四", "五", "六", "日", "天"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const char *day = text + strlen(words[i]);
        for (size_t k = 0; k < sizeof days / sizeof days[0] && text_starts(text, words[i]); k++)
            if (text_starts(day, days[k]))
                return (size_t)(day - text) + strlen(days[k]);
    }
    return 0;
}

/** The text with a blank in place of a weekday and its brackets. */
static char *without_weekday(const char *text)
{
    struct str rest = {0};

    while (*text != '\0') {
        size_t bracket = *text == '(';
        size_t span = weekday_span(text + bracket);
        if (span > 0 && (bracket == 0 || text[bracket + span] == ')')) {
            text += bracket + span + bracket;
            str_add_char(&rest, ' ');
        } else {
            str_add_char(&rest, *text++);
        }
    }
    return str_take(&rest);
}

// ---- clock times

/** Moves past one of the words and returns its index, -1 if none is there. */
static int take_word(const char **text, const char *const *words)
{
    *text += strspn(*text, " ");
    for (int i = 0; words[i] != NULL; i++) {
        if (strncasecmp(*text, words[i], strlen(words[i])) != 0)
            continue;
        *text += strlen(words[i]);
        return i;
    }
    return -1;
}

static int take_digits(const char **text)
{
    size_t count = strspn(*text, "0123456789");
    int value = count >= 1 && count <= 2 ? (int)strtol(*text, NULL, 10) : -1;

    *text += count;
    return value;
}

/** The words before AFTERNOON are for the morning. */
static const char *const half_days[] = {"上午", "早上", "早晨", "凌晨", "清晨", "AM",
                                        "下午", "晚上", "傍晚", "中午", "PM",   NULL};
enum { AFTERNOON = 6 };

/** Reads the minutes after the hour: "30:15.5", "30分15秒", "半". */
static int take_minutes(const char **text, bool colon)
{
    static const char *const colons[] = {":", NULL};
    static const char *const minute[] = {"分", NULL};
    static const char *const second[] = {"秒", NULL};
    static const char *const half[] = {"半", NULL};

    if (!colon && take_word(text, half) == 0)
        return HOUR / 2;
    if (!colon && strspn(*text, "0123456789") == 0)
        return 0;
    int value = take_digits(text);
    bool more = colon ? take_word(text, colons) >= 0 : take_word(text, minute) == 0;
    if (more && strspn(*text, "0123456789") > 0) {
        if (take_digits(text) < 0)
            return -1;
        if (**text == '.')
            *text += 1 + strspn(*text + 1, "0123456789");
        take_word(text, second);
    }
    return value < HOUR ? value : -1;
}

/** Minutes from the zone to China's time. Systems write only UTC and China's own. */
static int take_zone(const char **text)
{
    static const char *const zones[] = {"Z", "+00:00", "+08:00", "+0800", NULL};
    int zone = take_word(text, zones);

    return zone == 0 || zone == 1 ? CHINA : 0;
}

/** The whole text as a clock time in minutes, -1 if it is none; a zone can carry it past the
 *  day. */
static int parse_clock(const char *text)
{
    static const char *const separators[] = {":", "时", "点", NULL};
    int half = take_word(&text, half_days);

    text += strspn(text, " ");
    int hour = take_digits(&text);
    int separator = hour >= 0 ? take_word(&text, separators) : -1;
    if (separator < 0 || hour > 23)
        return -1;
    int minute = take_minutes(&text, separator == 0);
    if (half < 0)
        half = take_word(&text, half_days);
    int zone = take_zone(&text);
    text += strspn(text, " ");
    if (minute < 0 || *text != '\0')
        return -1;
    if (half >= AFTERNOON && hour > 0 && hour < 12)
        hour += 12;
    else if (half >= 0 && half < AFTERNOON && hour == 12)
        hour = 0;
    return hour * HOUR + minute + zone;
}

// ---- both

/** Reads a spreadsheet's moment: 46300.395833. */
static bool parse_serial(const char *text, day_t *ret_day, int *ret_minute)
{
    char *end = NULL;

    if (strspn(text, "0123456789") != 5 || text[5] != '.')
        return false;
    size_t digits = strspn(text + 6, "0123456789");
    if (digits == 0 || digits > 15 || text[6 + digits] != '\0')
        return false;
    long fraction = 0;
    long scale = 1;
    for (size_t i = 0; i < digits && i < 9; i++) {
        fraction = fraction * 10 + (text[6 + i] - '0');
        scale *= 10;
    }
    *ret_day = (day_t)strtol(text, &end, 10);
    *ret_minute = (int)((fraction * DAY + scale / 2) / scale);
    return date_make(1900, 3, 1) <= *ret_day;
}

/** Tries each place where the clock time may begin. */
static bool parse_both(const char *text, day_t *ret_day, int *ret_minute)
{
    for (size_t at = 1; *text != '\0' && text[at] != '\0'; at++) {
        bool letter = text[at] == 'T';
        bool inside =
            text[at] >= '0' && text[at] <= '9' && text[at - 1] >= '0' && text[at - 1] <= '9';
        int minute = inside ? -1 : parse_clock(text + at + letter);
        if (minute < 0)
            continue;
        char *date = mem_copy_bytes(text, at);
        bool found = date_parse_loose(date, ret_day) == 0;
        free(date);
        if (found) {
            *ret_minute = minute;
            return true;
        }
    }
    return false;
}

enum result date_parse_moment(const char *text, day_t *ret_day, int *ret_minute)
{
    day_t day = 0;
    int minute = -1;
    enum result result = date_parse_loose(text, &day);

    if (result != 0) {
        char *clean = text_clean(text);
        char *rest = without_weekday(clean);
        if (date_parse_loose(rest, &day) == 0 || parse_serial(rest, &day, &minute) ||
            parse_both(rest, &day, &minute))
            result = RESULT_OK;
        free(clean);
        free(rest);
    }
    if (result != 0)
        return result;
    *ret_day = day + (minute >= DAY ? 1 : 0);
    *ret_minute = minute >= DAY ? minute - DAY : minute;
    return RESULT_OK;
}
