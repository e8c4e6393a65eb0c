/**
 * Drawing: text, lines and bars on a canvas.
 *
 * A canvas is a rectangle of the terminal with its own coordinates. Everything is drawn anew at
 * each paint and curses sends only what differs, so no function looks at what was there before.
 * Text is UTF-8 and is written cluster by cluster; a character that the terminal cannot show
 * becomes 〓. Drawing outside the canvas is cut off.
 */
#ifndef DOUDI_TUI_KIT_DRAW_H
#define DOUDI_TUI_KIT_DRAW_H

#include "tui/kit/canvas.h"
#include "tui/kit/term.h"

#include <stdbool.h>
#include <stddef.h>

/** What a text is; one table says how each looks. Colour is never the only sign. */
enum style {
    STYLE_PLAIN,
    STYLE_STRONG,   /**< headings, names */
    STYLE_FAINT,    /**< labels, rules */
    STYLE_BAR,      /**< status line, key numbers */
    STYLE_SELECTED, /**< the short first column of the selected row */
    STYLE_FIELD,    /**< a field that is being typed into */
    STYLE_GOOD,
    STYLE_WARN,
    STYLE_BAD,
    STYLE_LATE, /**< a row behind its number, in one piece: a cursor key then sends no colour */
};

/** Tells curses the colours of the styles; once, when the screen begins. */
void draw_begin_colours(struct term_look look);
/** Draws at most `columns` columns of a text; returns the columns used. */
int draw_text(struct canvas *canvas, int y, int x, int columns, const char *text, enum style style);
/** A table's cell: exactly `columns` wide, "…" where it was cut. */
void draw_cell(struct canvas *canvas, int y, int x, int columns, const char *text, bool right,
               enum style style);
/** A text in the rest of the line, "…" where it was cut; returns the columns used. */
int draw_rest(struct canvas *canvas, int y, int x, const char *text, enum style style);
/** A text that is never cut: if it does not fit behind `x`, it is on lines of its own from column 1 on.
 *  Returns the lines used; a canvas without rows only counts them. */
int draw_lines(struct canvas *canvas, int y, int x, const char *text, enum style style);
int draw_format(struct canvas *canvas, int y, int x, enum style style, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/** The heading of a section: a short rule and its title. */
void draw_heading(struct canvas *canvas, int y, const char *title);
/** The signs of a bar of at most `columns`, for a cell of a table: as many blocks and eighths as part ÷
 *  whole has; "#" and "." on a terminal of plain signs. New string. */
char *draw_bar(int columns, unsigned long part, unsigned long whole);
/** part ÷ whole as a bar of `columns`; full only if part = whole. */
void draw_meter(struct canvas *canvas, int y, int x, int columns, unsigned long part,
                unsigned long whole);
/** Puts the cursor there, e.g. for an input method. */
void draw_cursor(struct canvas *canvas, int y, int x);
/** The sign in front of the selected row. */
const char *draw_marker(const struct canvas *canvas);

#endif
