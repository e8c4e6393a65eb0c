#include "tui/screens/homeband.h"

#include "base/mem.h"
#include "base/text.h"
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

static bool is_whole(const struct sheet *strip, size_t row)
{
    return strcmp(sheet_get(strip, row, "rate"), "100.0") == 0;
}

/** How many divisions have reached everybody, of how many that owe anybody a visit. */
static char *strip_words(const struct sheet *strip)
{
    size_t whole = 0, none = 0;

    for (size_t row = 0; row < strip->row_count; row++) {
        whole += is_whole(strip, row) ? 1 : 0;
        none += sheet_get(strip, row, "rate")[0] == '\0' ? 1 : 0;
    }
    return none == 0 ? mem_printf("%zu 个单位，%zu 个已到 100%%", strip->row_count, whole)
                     : mem_printf("%zu 个单位，%zu 个已到 100%%，%zu 个无应访", strip->row_count,
                                  whole, none);
}

static void draw_mark(struct canvas *canvas, int y, int x, const struct sheet *strip, size_t row)
{
    (void)draw_text(canvas, y, x, 1,
                    homeband_mark(sheet_get(strip, row, "rate"), canvas->look.ascii),
                    is_whole(strip, row) ? STYLE_GOOD : STYLE_WARN);
}

/** The column behind a mark. */
static int next_mark(int x, size_t row)
{
    return x + ((row + 1) % GROUP == 0 ? 2 : 1);
}

/** How many marks fit into so many columns. */
static size_t marks_in(int columns, size_t count)
{
    size_t row = 0;

    for (int x = 0; row < count && x < columns; row++)
        x = next_mark(x, row);
    return row;
}

int homeband_paint_line(struct canvas *canvas, int y, const struct sheet *strip)
{
    enum { BETWEEN = 2, NOTE = 20 /* columns of the words about the others */ };

    if (strip->row_count < 2)
        return 0;
    char *words = strip_words(strip);
    int x = 1 + text_width(words) + BETWEEN;
    size_t count = marks_in(canvas->columns - 1 - x, strip->row_count);
    if (canvas->look.linear) { /* a screen reader reads no marks */
        count = 0;
    } else if (count < strip->row_count) {
        count = marks_in(canvas->columns - 1 - x - NOTE, strip->row_count);
        char *more = mem_printf("%s，前 %zu 个是", words, count);
        mem_replace(&words, more);
        free(more);
        x = 1 + text_width(words) + BETWEEN;
    }
    (void)draw_text(canvas, y, 1, canvas->columns, words, STYLE_PLAIN);
    for (size_t row = 0; row < count; row++) {
        draw_mark(canvas, y, x, strip, row);
        x = next_mark(x, row);
    }
    free(words);
    return 1;
}

static void paint_strip(struct canvas *canvas, const struct sheet *strip)
{
    int x = 0, y = 1;

    draw_heading(canvas, 0, "各单位探访率，按区划顺序");
    for (size_t row = 0; row < strip->row_count; row++) {
        if (x >= canvas->columns - 1) {
            x = 0;
            y++;
        }
        if (y > HOMEBAND_LEVELS)
            break;
        draw_mark(canvas, y, x, strip, row);
        x = next_mark(x, row);
    }
    char *words = strip_words(strip);
    (void)draw_text(canvas, 1 + HOMEBAND_LEVELS, 0, canvas->columns, words, STYLE_PLAIN);
    free(words);
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
