#include "tui/kit/canvas.h"

#include "base/mem.h"
#include "tui/kit/draw.h"

#include <curses.h>
#include <panel.h>
#include <stdbool.h>
#include <stdlib.h>
#include <wchar.h>

enum { LINE_SEEN = 64 /* characters that are looked at */ };

static void take_size(struct canvas *canvas)
{
    canvas->rows = getmaxy((WINDOW *)canvas->window);
    canvas->columns = getmaxx((WINDOW *)canvas->window);
}

struct canvas *canvas_screen(struct term_look look)
{
    struct canvas *canvas = mem_new(sizeof *canvas);

    draw_begin_colours(look);
    canvas->look = look;
    canvas->window = stdscr;
    canvas_clear(canvas);
    return canvas;
}

static void draw_frame(struct canvas *canvas)
{
    if (canvas->look.linear)
        return;
    if (canvas->look.slow) /* what is behind ends at one side, and at blank lines */
        (void)mvwvline(canvas->window, 0, 0, '|', canvas->rows);
    else if (canvas->look.ascii)
        (void)wborder(canvas->window, '|', '|', '-', '-', '+', '+', '+', '+');
    else /* as characters: changing to the line set and back costs ten bytes a line */
        (void)wborder_set(canvas->window, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
}

static int centred(int size, int within)
{
    return (within - size) / 2;
}

/** A window's first column: on a slow line up to the right edge, so that one sequence clears behind
 *  its words, and what the rows begin with stays. */
static int left_of(const struct canvas *behind, int columns)
{
    return behind->x +
           (behind->look.slow ? behind->columns - columns : centred(columns, behind->columns));
}

struct canvas *canvas_popup(const struct canvas *behind, int rows, int columns)
{
    struct canvas *canvas = mem_new(sizeof *canvas);

    canvas->look = behind->look;
    canvas->window =
        newwin(rows, columns, behind->y + centred(rows, behind->rows), left_of(behind, columns));
    canvas->panel = new_panel(canvas->window);
    canvas_clear(canvas);
    return canvas;
}

bool canvas_stands(const struct canvas *popup, const struct canvas *behind, int rows, int columns)
{
    return popup->rows == rows && popup->columns == columns &&
           (getbegy)(popup->window) == behind->y + centred(rows, behind->rows) &&
           (getbegx)(popup->window) == left_of(behind, columns);
}

struct canvas canvas_part(const struct canvas *whole, int y, int x, int rows, int columns)
{
    struct canvas part = *whole;

    y = y < 0 ? 0 : y > whole->rows ? whole->rows : y;
    x = x < 0 ? 0 : x > whole->columns ? whole->columns : x;
    part.y += y;
    part.x += x;
    part.rows = rows < whole->rows - y ? rows : whole->rows - y;
    part.columns = columns < whole->columns - x ? columns : whole->columns - x;
    return part;
}

int canvas_line(const struct canvas *canvas, int y)
{
    return getbegy((WINDOW *)canvas->window) + canvas->y + y;
}

void canvas_free(struct canvas **canvas)
{
    if (*canvas == NULL)
        return;
    if ((*canvas)->panel != NULL) {
        (void)del_panel((*canvas)->panel);
        (void)delwin((*canvas)->window);
    }
    free(*canvas);
    *canvas = NULL;
}

void canvas_clear(struct canvas *canvas)
{
    (void)werase(canvas->window);
    take_size(canvas);
    canvas->y = canvas->x = 0;
    canvas->cursor_y = canvas->cursor_x = -1;
    if (canvas->panel != NULL)
        draw_frame(canvas);
}

static bool has_words(WINDOW *window, int y)
{
    wchar_t text[LINE_SEEN] = {0};

    return mvwinnwstr(window, y, 0, text, LINE_SEEN - 1) != ERR &&
           text[wcsspn(text, L" ")] != L'\0';
}

/** The line that a screen reader reads where nothing is selected: the message, or the first one. */
static int line_to_read(const struct canvas *top)
{
    int first = top->panel == NULL ? 1 : 0; /* below the status line */

    if (top->panel == NULL && has_words(top->window, top->rows - 1))
        return top->rows - 1;
    for (int y = first; y < top->rows; y++)
        if (has_words(top->window, y))
            return y;
    return top->rows - 1;
}

void canvas_commit(struct canvas *const *canvases, size_t count)
{
    const struct canvas *top = canvases[count - 1];
    int y = top->cursor_y;
    int x = top->cursor_x;

    if (y < 0 && top->look.linear) { /* a screen reader follows the cursor */
        y = line_to_read(top);
        x = 0;
    }
    update_panels();
    (void)curs_set(y < 0 ? 0 : 1);
    if (y >= 0)
        (void)wmove(top->window, y, x);
    (void)wnoutrefresh(top->window); /* update_panels() leaves stdscr out while no panel is shown */
}
