/*
 * How a cell's format shows its number: format codes, dates and decimals.
 */
#include "exchange/xlsx_private.h"

#include "base/date.h"
#include "base/mem.h"

#include <math.h> /* only functions that the compiler builds in */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- format codes

/** The relevant parts of a format code: its letters outside texts, escapes and brackets. */
struct seen {
    bool year, month, day, clock, seconds, elapsed;
    unsigned decimals, zeros;
    bool point, fixed, other;
};

static const char *skip_until(const char *at, char c)
{
    const char *found = strchr(at + 1, c);

    return found != NULL ? found : at + strlen(at) - 1;
}

/** Notes one character outside texts. */
static void see(struct seen *seen, char c)
{
    switch (c) {
    case 'y':
    case 'Y':
    case 'e':
    case 'E':
        seen->year = true;
        break;
    case 'm':
    case 'M':
        seen->month = true;
        break;
    case 'd':
    case 'D':
        seen->day = true;
        break;
    case 's':
    case 'S':
        seen->seconds = true;
        seen->clock = true;
        break;
    case 'h':
    case 'H':
        seen->clock = true;
        break;
    case '.':
        seen->point = true;
        break;
    case '0':
        seen->decimals += seen->point;
        seen->zeros += !seen->point;
        break;
    default:
        seen->other = seen->other || strchr("#?%,@*", c) != NULL;
        break;
    }
}

/** Reads the first part of a code, which is for positive numbers. */
static struct seen look_at(const char *code)
{
    struct seen seen = {0};

    for (const char *at = code; *at != '\0' && *at != ';'; at++) {
        if (*at == '"')
            at = skip_until(at, '"');
        else if (*at == '[') {
            seen.elapsed = seen.elapsed || strchr("hHmMsS", at[1]) != NULL;
            at = skip_until(at, ']');
        } else if ((*at == '\\' || *at == '_' || *at == '*') && at[1] != '\0') {
            at++;
        } else {
            see(&seen, *at);
        }
    }
    return seen;
}

struct xlsx_format xlsx_format_of(const char *code)
{
    enum { ZEROS_MAX = 30 };
    struct seen seen = look_at(code);
    bool general = strncasecmp(code, "general", 7) == 0;
    bool date = !general && (seen.year || seen.day || (seen.month && !seen.clock));
    bool clock = !general && (seen.clock || seen.elapsed);

    if (date || clock)
        return (struct xlsx_format){
            .date = date,
            .month = date && seen.year && seen.month && !seen.day && !clock,
            .clock = clock,
            .seconds = seen.seconds,
        };
    bool fixed = seen.decimals > 0 && seen.decimals <= 9;
    bool padded = seen.zeros > 1 && seen.zeros <= ZEROS_MAX && !seen.point && !seen.other;
    return (struct xlsx_format){
        .fixed = !general && fixed && !seen.other,
        .decimals = (uint8_t)(fixed ? seen.decimals : 0),
        .zeros = (uint8_t)(!general && padded ? seen.zeros : 0),
    };
}

struct xlsx_format xlsx_format_builtin(unsigned id)
{
    /* ECMA-376 part 1, 18.8.30, with the Chinese formats. */
    static const struct {
        unsigned from, to;
        struct xlsx_format format;
    } builtins[] = {
        {2, 2, {.fixed = true, .decimals = 2}},
        {14, 16, {.date = true}},
        {17, 17, {.date = true, .month = true}},
        {18, 21, {.clock = true}},
        {22, 22, {.date = true, .clock = true}},
        {27, 27, {.date = true, .month = true}},
        {28, 31, {.date = true}},
        {32, 35, {.clock = true}},
        {36, 36, {.date = true, .month = true}},
        {45, 47, {.clock = true}},
        {50, 50, {.date = true, .month = true}},
        {51, 51, {.date = true}},
        {52, 52, {.date = true, .month = true}},
        {53, 54, {.date = true}},
        {55, 56, {.clock = true}},
        {57, 57, {.date = true, .month = true}},
        {58, 58, {.date = true}},
    };

    for (size_t i = 0; i < sizeof builtins / sizeof builtins[0]; i++)
        if (id >= builtins[i].from && id <= builtins[i].to)
            return builtins[i].format;
    return (struct xlsx_format){0};
}

// ---- numbers

/** A spreadsheet keeps fifteen digits: a longer number is written as 2.11103E+17, which shows the
 *  loss. */
static void add_plain(double number, const struct xlsx_format *format, struct str *to)
{
    static const double whole_max = 1e15;

    if (format->fixed && fabs(number) < whole_max)
        str_printf(to, "%.*f", (int)format->decimals, number);
    else if (fabs(number) >= whole_max)
        str_printf(to, "%.5E", number);
    else if (format->zeros > 0 && number >= 0 && number == (double)(int64_t)number)
        str_printf(to, "%0*.0f", (int)format->zeros, number);
    else
        str_printf(to, "%.15g", number);
}

static void add_moment(const struct xlsx_book *book, double number,
                       const struct xlsx_format *format, struct str *to)
{
    enum { HOUR = 3600, DAY = 24 * HOUR, SHIFT_1904 = 1462 };
    long unit = format->seconds ? 1 : 60;
    day_t days = (day_t)number;
    long second = (long)((number - days) * (DAY / (double)unit) + 0.5) * unit;
    char text[DATE_TEXT];

    if (second == DAY) {
        days++;
        second = 0;
    }
    date_format(days + (book->from_1904 ? SHIFT_1904 : 0), text);
    if (format->date || days >= 1)
        str_add_bytes(to, text, format->month && *text != '\0' ? strlen("2026-11") : strlen(text));
    if (format->clock && (second > 0 || days < 1))
        str_printf(to, "%s%02ld:%02ld", days >= 1 ? " " : "", second / HOUR, second % HOUR / 60);
    if (format->clock && second % 60 > 0)
        str_printf(to, ":%02ld", second % 60);
}

void xlsx_add_number(const struct xlsx_book *book, const char *number,
                     const struct xlsx_format *format, struct str *to)
{
    static const double days_max = 200000;
    char *end = NULL;
    double value = strtod(number, &end);

    if (*number == '\0')
        return;
    if (*end != '\0' || !isfinite(value))
        str_add(to, number);
    else if ((format->date || format->clock) && value >= 0 && value < days_max)
        add_moment(book, value, format, to);
    else
        add_plain(value, format, to);
}
