/**
 * Drawing: text, lines and bars on a canvas.
 *
 * A canvas is a rectangle of the terminal with its own coordinates. Everything is drawn anew at
 * each paint and curses sends only what differs, so nothing here thinks about what was there
 * before. Text is UTF-8 and put out cluster by cluster; what the terminal cannot show becomes 〓.
 * Drawing outside the canvas is cut off.
 */
#ifndef DOUDI_TUI_KIT_DRAW_H
#define DOUDI_TUI_KIT_DRAW_H

#include "tui/kit/term.h"

#include <stdbool.h>
#include <stddef.h>

struct canvas;

/** What a text is; how it looks is decided in one table. No meaning is carried by colour alone. */
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
};

/** The canvas that covers the screen; canvas_free(). */
struct canvas *canvas_screen(struct term_look look);
/** A canvas in the middle of `behind` and in front of those made before, empty and with a frame;
 *  canvas_free(). */
struct canvas *canvas_popup(const struct canvas *behind, int rows, int columns);
/** A part of a canvas; the part's rows and columns are cut to the whole. Not to be freed. */
struct canvas canvas_part(const struct canvas *whole, int y, int x, int rows, int columns);
void canvas_free(struct canvas **canvas);
/** Empties it and, for the screen, takes up its present size. */
void canvas_clear(struct canvas *canvas);
/** Hands what was drawn to the terminal's next term_show(), back to front. */
void canvas_commit(struct canvas *const *canvases, size_t count);

struct canvas {
    void *window;            /**< WINDOW */
    void *panel;             /**< PANEL, NULL for the screen */
    int y, x, rows, columns; /**< in the window */
    int cursor_y, cursor_x;  /**< where the cursor stands, -1 = hidden */
    struct term_look look;
};

/** Draws at most `columns` columns of a text; returns the columns used. */
int draw_text(struct canvas *canvas, int y, int x, int columns, const char *text, enum style style);
/** A table's cell: exactly `columns` wide, "…" where it was cut. */
void draw_cell(struct canvas *canvas, int y, int x, int columns, const char *text, bool right,
               enum style style);
/** A text in what is left of the line, "…" where it was cut; returns the columns used. */
int draw_rest(struct canvas *canvas, int y, int x, const char *text, enum style style);
int draw_format(struct canvas *canvas, int y, int x, enum style style, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/** The heading of a section: a short rule and its title. */
void draw_heading(struct canvas *canvas, int y, const char *title);
/** part ÷ whole as a bar of `columns`; full only if part = whole. */
void draw_meter(struct canvas *canvas, int y, int x, int columns, unsigned long part,
                unsigned long whole);
/** Puts the cursor there, e.g. for an input method. */
void draw_cursor(struct canvas *canvas, int y, int x);
/** The sign in front of the selected row. */
const char *draw_marker(const struct canvas *canvas);

#endif
