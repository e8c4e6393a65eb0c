/**
 * A full screen with a caption and a table; most screens are one.
 *
 * A screen with more state has a struct that begins with this one, and a `done` of its own that
 * calls list_screen_done() last. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_LISTSCREEN_H
#define DOUDI_TUI_APP_LISTSCREEN_H

#include "tui/app/app.h"
#include "tui/app/personpane.h"
#include "tui/kit/canvas.h"

struct list_screen {
    struct screen screen;
    struct table table;
    struct str caption;      /**< the line above the table */
    struct sheet *figures;   /**< drawn above the table if there is a row; owned */
    struct person_pane pane; /**< below it, if the officer wants it */
    uint64_t back_to;        /**< case that the cursor goes to with the next rows, 0 = none */
};

/** The slots of screen_ops for such a screen. */
#define LIST_SCREEN_OPS                                                                            \
    .clear = list_screen_clear, .attend = list_screen_attend, .paint = list_screen_paint,          \
    .key = list_screen_key, .list = list_screen_list, .table = list_screen_table,                  \
    .done = list_screen_done

/** A new screen of `size` bytes that begins with a struct list_screen. */
void *list_screen_new(size_t size, const struct screen_ops *ops, const struct table_column *columns,
                      size_t count, const char *key, const char *empty);
void list_screen_clear(struct screen *screen);
void list_screen_attend(struct screen *screen);
void list_screen_paint(struct screen *screen, struct canvas *canvas);
bool list_screen_key(struct screen *screen, int key);
struct list *list_screen_list(struct screen *screen);
struct table *list_screen_table(struct screen *screen);
/** Frees the list's parts and the screen itself. */
void list_screen_done(struct screen *screen);
/** Call it after an action on a case: leaves the case's rows (table_leave()). Does nothing if the
 *  screen lists no cases. */
void list_screen_leave(struct screen *screen, uint64_t case_id);
/** The list is about to be asked for again: the cursor then goes to the case's row. */
void list_screen_go_back(struct screen *screen, uint64_t case_id);
/** Call it when the rows were asked for again: the row of list_screen_go_back() is selected. */
void list_screen_take_back(struct list_screen *list);
void list_screen_caption(struct list_screen *list, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Handlers of common keys: they work on the top screen's list or table. */
void list_screen_up(struct app *app);
void list_screen_down(struct app *app);
void list_screen_page_up(struct app *app);
void list_screen_page_down(struct app *app);
void list_screen_go_first(struct app *app);
void list_screen_go_last(struct app *app);
void list_screen_toggle_mark(struct app *app);
void list_screen_toggle_all(struct app *app);
void list_screen_ask_range(struct app *app);
void list_screen_start_filter(struct app *app);
void list_screen_show(struct app *app);
void list_screen_toggle_pane(struct app *app);

#endif
