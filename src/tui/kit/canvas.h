/**
 * A canvas: a rectangle of the terminal with its own coordinates.
 *
 * Everything is drawn anew at each paint and curses sends only what differs. Threads: only the one
 * that draws the screen.
 */
#ifndef DOUDI_TUI_KIT_CANVAS_H
#define DOUDI_TUI_KIT_CANVAS_H

#include "tui/kit/term.h"

#include <stddef.h>

/** The canvas that covers the screen; canvas_free(). */
struct canvas *canvas_screen(struct term_look look);
/** A canvas in the middle of `behind` and in front of those made before, empty and with a frame;
 *  canvas_free(). */
struct canvas *canvas_popup(const struct canvas *behind, int rows, int columns);
/** True if that window would be made as this one is. */
bool canvas_stands(const struct canvas *popup, const struct canvas *behind, int rows, int columns);
/** A part of a canvas; the part's rows and columns are cut to the whole. Not to be freed. */
struct canvas canvas_part(const struct canvas *whole, int y, int x, int rows, int columns);
void canvas_free(struct canvas **canvas);
/** The terminal's line on which the canvas's line y is. */
int canvas_line(const struct canvas *canvas, int y);
/** Empties the canvas; the screen's canvas also takes the terminal's present size. */
void canvas_clear(struct canvas *canvas);
/** Gives the drawings to the terminal's next term_show(), back to front. */
void canvas_commit(struct canvas *const *canvases, size_t count);

struct canvas {
    void *window;            /**< WINDOW */
    void *panel;             /**< PANEL, NULL for the screen */
    int y, x, rows, columns; /**< in the window */
    int cursor_y, cursor_x;  /**< where the cursor stands, -1 = hidden */
    struct term_look look;
};

#endif
