#include "tui/screens/homeband.h"

#include "tui/kit/draw.h"

#include <stdlib.h>
#include <string.h>

enum {
    LEAST_ROWS = 36,
    LEAST_COLUMNS = 110,
    LEFT = 7,   /* of the days: room for the number of people */
    DAY = 2,    /* columns of a day */
    STRIP = 72, /* where the marks begin */
    GROUP = 5,  /* marks between blanks */
    EACH = 5    /* days between two numbers */
};

bool homeband_fits(int rows, int columns)
{
    return rows >= LEAST_ROWS && columns >= LEAST_COLUMNS;
}

int homeband_level(unsigned long left, unsigned long owed)
{
    if (owed == 0 || left == 0)
        return 0;
    if (left > owed)
        left = owed;
    return (int)((left * HOMEBAND_LEVELS + owed - 1) / owed);
}

const char *homeband_mark(const char *rate, bool ascii)
{
    static const char *const digits[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    static const char *const blocks[] = {"▁", "▁", "▂", "▂", "▃", "▄", "▅", "▅", "▆", "▇"};
    long tens = strtol(rate, NULL, 10) / 10;

    if (rate[0] == '\0')
        return "-";
    if (strcmp(rate, "100.0") == 0)
        return ascii ? "*" : "█";
    tens = tens < 0 ? 0 : tens > 9 ? 9 : tens;
    return ascii ? digits[tens] : blocks[tens];
}

// ---- the days

static unsigned long number(const struct sheet *sheet, size_t row, const char *id)
{
    return strtoul(sheet_get(sheet, row, id), NULL, 10);
}

static unsigned long left_of(const struct sheet *days, size_t row, const char *done)
{
    unsigned long owed = number(days, row, "owed");
    unsigned long gone = number(days, row, done);

    return gone < owed ? owed - gone : 0;
}

static void paint_day(struct canvas *canvas, const struct sheet *days, size_t row)
{
    unsigned long owed = number(days, row, "owed");
    bool come = sheet_get(days, row, "so_far")[0] != '\0';
    int level = come ? homeband_level(left_of(days, row, "so_far"), owed) : 0;
    int pace = homeband_level(left_of(days, row, "pace"), owed);
    int x = LEFT + (int)row * DAY;

    for (int at = 1; at <= HOMEBAND_LEVELS; at++) {
        int y = 1 + HOMEBAND_LEVELS - at;
        if (at <= level)
            (void)draw_text(canvas, y, x, 1, canvas->look.ascii ? "#" : "█", STYLE_PLAIN);
        if (at == pace)
            (void)draw_text(canvas, y, x + 1, 1, "-", STYLE_STRONG);
    }
    if ((row + 1) % EACH == 0 || row == 0)
        (void)draw_format(canvas, 1 + HOMEBAND_LEVELS, x, STYLE_FAINT, "%zu", row + 1);
}

static void paint_days(struct canvas *canvas, const struct sheet *days)
{
    unsigned long owed = days->row_count > 0 ? number(days, 0, "owed") : 0;

    if (owed == 0)
        return;
    draw_heading(canvas, 0, "还没访到的人");
    (void)draw_format(canvas, 1, 0, STYLE_FAINT, "%6lu", owed);
    (void)draw_text(canvas, HOMEBAND_LEVELS, 0, LEFT, "     0", STYLE_FAINT);
    for (size_t row = 0; row < days->row_count; row++)
        paint_day(canvas, days, row);
    (void)draw_text(canvas, 2 + HOMEBAND_LEVELS, LEFT, STRIP - LEFT,
                    canvas->look.ascii ? "# 当天还剩的人   - 按进度应剩的人"
                                       : "█ 当天还剩的人   - 按进度应剩的人",
                    STYLE_FAINT);
}

// ---- the divisions

static void paint_strip(struct canvas *canvas, const struct sheet *strip)
{
    int x = 0, y = 1;
    size_t whole = 0;

    draw_heading(canvas, 0, "各单位探访率，按区划顺序");
    for (size_t row = 0; row < strip->row_count; row++) {
        const char *rate = sheet_get(strip, row, "rate");
        bool all = strcmp(rate, "100.0") == 0;
        if (x >= canvas->columns - 1) {
            x = 0;
            y++;
        }
        if (y > HOMEBAND_LEVELS)
            break;
        (void)draw_text(canvas, y, x, 1, homeband_mark(rate, canvas->look.ascii),
                        all ? STYLE_GOOD : STYLE_WARN);
        x += (row + 1) % GROUP == 0 ? 2 : 1;
        whole += all;
    }
    (void)draw_format(canvas, 1 + HOMEBAND_LEVELS, 0, STYLE_PLAIN, "%zu 个单位，%zu 个已到 100%%",
                      strip->row_count, whole);
    (void)draw_text(canvas, 2 + HOMEBAND_LEVELS, 0, canvas->columns,
                    canvas->look.ascii ? "0-9 不到一成至九成多，* 全部访到，- 无应访"
                                       : "越高越多，█ 只给全部访到的，- 无应访",
                    STYLE_FAINT);
}

void homeband_paint(struct canvas *canvas, const struct sheet *days, const struct sheet *strip)
{
    bool some = days->row_count > 0 && number(days, 0, "owed") > 0;
    int x = some ? STRIP : 1;
    struct canvas left = canvas_part(canvas, 0, 1, canvas->rows, STRIP - 2);
    struct canvas right = canvas_part(canvas, 0, x, canvas->rows, canvas->columns - x);

    paint_days(&left, days);
    if (strip->row_count > 0)
        paint_strip(&right, strip);
}
