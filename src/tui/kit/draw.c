#include "tui/kit/draw.h"

#include "base/mem.h"
#include "base/plain.h"
#include "base/str.h"
#include "base/text.h"

#include <curses.h>
#include <panel.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

enum { SUBSTITUTE = 0x3013 /* 〓 */, RULE = 2, MANY_COLOURS = 256 };

enum pair { PAIR_NONE, PAIR_GOOD, PAIR_WARN, PAIR_BAD, PAIR_BAR };

/* On the terminal's own background, white or black: green, yellow and cyan cannot be read on white.
 * Where there are 256 colours, darker ones of the same kind have more than 4 : 1 on both. */
static const struct {
    enum pair pair;
    short colour, many;
} PAIRS[] = {
    {PAIR_GOOD, COLOR_GREEN, 28},
    {PAIR_WARN, COLOR_YELLOW, 130},
    {PAIR_BAD, COLOR_RED, COLOR_RED},
    {PAIR_BAR, COLOR_CYAN, 30},
};

static const struct {
    attr_t attributes;
    enum pair pair;
} STYLES[] = {
    [STYLE_PLAIN] = {A_NORMAL, PAIR_NONE},     [STYLE_STRONG] = {A_BOLD, PAIR_NONE},
    [STYLE_FAINT] = {A_NORMAL, PAIR_NONE},     [STYLE_BAR] = {A_NORMAL, PAIR_BAR},
    [STYLE_SELECTED] = {A_REVERSE, PAIR_NONE}, [STYLE_FIELD] = {A_UNDERLINE, PAIR_NONE},
    [STYLE_GOOD] = {A_NORMAL, PAIR_GOOD},      [STYLE_WARN] = {A_NORMAL, PAIR_WARN},
    [STYLE_BAD] = {A_BOLD, PAIR_BAD},          [STYLE_LATE] = {A_NORMAL, PAIR_BAD},
};

/* High contrast: nothing but reverse and bold. */
static const attr_t CONTRAST[] = {
    [STYLE_PLAIN] = A_NORMAL,
    [STYLE_STRONG] = A_BOLD,
    [STYLE_FAINT] = A_NORMAL,
    [STYLE_BAR] = A_REVERSE,
    [STYLE_SELECTED] = A_REVERSE | A_BOLD,
    [STYLE_FIELD] = A_REVERSE,
    [STYLE_GOOD] = A_NORMAL,
    [STYLE_WARN] = A_BOLD,
    [STYLE_BAD] = A_REVERSE | A_BOLD,
    [STYLE_LATE] = A_NORMAL,
};

/* A slow line: what must be seen, and no more. */
static const attr_t SLOW[] = {
    [STYLE_PLAIN] = A_NORMAL, [STYLE_STRONG] = A_NORMAL,    [STYLE_FAINT] = A_NORMAL,
    [STYLE_BAR] = A_NORMAL,   [STYLE_SELECTED] = A_REVERSE, [STYLE_FIELD] = A_UNDERLINE,
    [STYLE_GOOD] = A_NORMAL,  [STYLE_WARN] = A_NORMAL,      [STYLE_BAD] = A_BOLD,
    [STYLE_LATE] = A_NORMAL,
};

static attr_t attributes_of(struct term_look look, enum style style)
{
    return look.contrast ? CONTRAST[style] : look.slow ? SLOW[style] : STYLES[style].attributes;
}

void draw_begin_colours(struct term_look look)
{
    for (size_t i = 0; look.colour && i < sizeof PAIRS / sizeof PAIRS[0]; i++)
        (void)init_pair((short)PAIRS[i].pair,
                        COLORS >= MANY_COLOURS ? PAIRS[i].many : PAIRS[i].colour, -1);
}

/** What stands for a sign of frames, bars and arrows where the terminal has plain ones. */
static uint32_t plain_sign(uint32_t code)
{
    enum {
        STROKES = 0x2500,
        VERTICAL = 0x2502,
        CORNERS = 0x250c,
        BLOCKS = 0x2580,
        FULL = 0x2588,
        BLOCKS_END = 0x25a0,
        ARROW = 0x25b8
    };

    if (code == ARROW)
        return '>';
    if (code < STROKES || code >= BLOCKS_END)
        return code;
    if (code >= BLOCKS)
        return code == FULL ? '#' : '.';
    return code >= CORNERS ? '+' : code >= VERTICAL ? '|' : '-';
}

/** One cluster from `text`: its wide characters and columns; returns its bytes. */
static int take_cluster(const char *text, bool ascii, wchar_t wide[CCHARW_MAX + 1],
                        int *ret_columns)
{
    uint32_t code = 0;
    int used = text_decode(text, &code);
    int total = used > 0 ? used : 1;
    size_t count = 0;

    if (ascii)
        code = plain_sign(code);

    if (used < 0 || wcwidth((wchar_t)code) < 0)
        code = SUBSTITUTE;
    *ret_columns = text_width_code(code);
    if (*ret_columns == 0) {
        wide[count++] = L' '; /* a mark without a base */
        *ret_columns = 1;
    }
    if (!plain_is_turning(code))
        wide[count++] = (wchar_t)code;
    while ((used = text_decode(text + total, &code)) > 0 && text_width_code(code) == 0) {
        if (count < CCHARW_MAX && !plain_is_turning(code))
            wide[count++] = (wchar_t)code;
        total += used;
    }
    wide[count] = L'\0';
    return total;
}

int draw_text(struct canvas *canvas, int y, int x, int columns, const char *text, enum style style)
{
    WINDOW *window = canvas->window;
    int limit = columns < canvas->columns - x ? columns : canvas->columns - x;
    int used = 0;

    if (y < 0 || y >= canvas->rows || x < 0 || limit <= 0)
        return 0;
    (void)wmove(window, canvas->y + y, canvas->x + x);
    while (*text != '\0') {
        wchar_t wide[CCHARW_MAX + 1];
        cchar_t cell;
        int width = 0;
        int bytes = take_cluster(text, canvas->look.ascii, wide, &width);

        if (used + width > limit)
            break;
        (void)setcchar(&cell, wide, attributes_of(canvas->look, style),
                       canvas->look.colour ? (short)STYLES[style].pair : 0, NULL);
        (void)wadd_wch(window, &cell);
        used += width;
        text += bytes;
    }
    return used;
}

/** Draws a padded text again without its blanks at both ends. */
static void draw_words(struct canvas *canvas, int y, int x, const char *padded, enum style style)
{
    size_t before = strspn(padded, " ");
    size_t length = strlen(padded);

    while (length > before && padded[length - 1] == ' ')
        length--;
    char *words = mem_copy_bytes(padded + before, length - before);
    (void)draw_text(canvas, y, x + (int)before, canvas->columns, words, style);
    free(words);
}

void draw_cell(struct canvas *canvas, int y, int x, int columns, const char *text, bool right,
               enum style style)
{
    struct str padded = {0};

    if (columns > canvas->columns - x)
        columns = canvas->columns - x;
    if (columns > 0) {
        bool block =
            canvas->look.contrast && style == STYLE_BAD; /* of the words, not of the cell */
        text_pad(&padded, text, columns, right);
        (void)draw_text(canvas, y, x, columns, str_text(&padded), block ? STYLE_PLAIN : style);
        if (block)
            draw_words(canvas, y, x, str_text(&padded), style);
    }
    str_free(&padded);
}

int draw_rest(struct canvas *canvas, int y, int x, const char *text, enum style style)
{
    int room = canvas->columns - x;

    if (text_width(text) <= room)
        return draw_text(canvas, y, x, room, text, style);
    draw_cell(canvas, y, x, room, text, false, style);
    return room;
}

int draw_lines(struct canvas *canvas, int y, int x, const char *text, enum style style)
{
    int from = y;

    if (text_width(text) <= canvas->columns - x) {
        (void)draw_text(canvas, y, x, canvas->columns, text, style);
        return 1;
    }
    if (x > 1) /* read in one piece */
        y++;
    while (*text != '\0') {
        const char *line = text;
        char *words = mem_copy_bytes(line, text_take_line(&text, canvas->columns - 1));
        (void)draw_text(canvas, y++, 1, canvas->columns - 1, words, style);
        free(words);
    }
    return y - from;
}

int draw_format(struct canvas *canvas, int y, int x, enum style style, const char *format, ...)
{
    struct str text = {0};
    va_list args;
    int used;

    va_start(args, format);
    str_vprintf(&text, format, args);
    va_end(args);
    used = draw_text(canvas, y, x, canvas->columns - x, str_text(&text), style);
    str_free(&text);
    return used;
}

void draw_heading(struct canvas *canvas, int y, const char *title)
{
    if (y < 0 || y >= canvas->rows)
        return;
    if (canvas->look.linear) {
        (void)draw_rest(canvas, y, 0, title, STYLE_STRONG);
        return;
    }
    if (canvas->look.ascii)
        (void)mvwhline(canvas->window, canvas->y + y, canvas->x, '-', RULE);
    else
        (void)mvwhline_set(canvas->window, canvas->y + y, canvas->x, WACS_HLINE, RULE);
    (void)draw_rest(canvas, y, RULE + 1, title, STYLE_STRONG);
}

char *draw_bar(int columns, unsigned long part, unsigned long whole)
{
    enum { EIGHTHS = 8 };
    static const char *const eighths[EIGHTHS] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    unsigned long cells = whole == 0 ? 0 : part * (unsigned long)columns * EIGHTHS / whole;
    struct str bar = {0};

    for (unsigned long i = 0; i < cells / EIGHTHS; i++)
        str_add(&bar, "█");
    str_add(&bar, eighths[cells % EIGHTHS]);
    return str_take(&bar);
}

void draw_meter(struct canvas *canvas, int y, int x, int columns, unsigned long part,
                unsigned long whole)
{
    char *bar;

    if (canvas->look.linear || canvas->look.slow) /* the rate stands beside it */
        return;
    for (int i = 0; canvas->look.ascii && i < columns; i++)
        (void)draw_text(canvas, y, x + i, 1, ".", STYLE_PLAIN);
    bar = draw_bar(columns, part, whole);
    (void)draw_text(canvas, y, x, columns, bar, STYLE_PLAIN);
    free(bar);
}

void draw_cursor(struct canvas *canvas, int y, int x)
{
    canvas->cursor_y = canvas->y + y;
    canvas->cursor_x = canvas->x + x;
}

const char *draw_marker(const struct canvas *canvas)
{
    return canvas->look.ascii ? ">" : "▸";
}
