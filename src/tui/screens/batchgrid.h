/**
 * The grid that 批量登记 and 照表录入 are: rows of people, cells of a visit, their editing, drafts and
 * filing. A screen that is one begins with struct batch_screen (tui/screens/batchview.h); handlers
 * work on the top screen. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_BATCHGRID_H
#define DOUDI_TUI_SCREENS_BATCHGRID_H

#include "tui/screens/batchview.h"

/** The slots of screen_ops for such a screen. */
#define BATCHGRID_OPS                                                                              \
    .paint = batchgrid_paint, .key = batchgrid_key, .list = batchgrid_list,                        \
    .save = batchgrid_save, .done = batchgrid_done

/** A new screen of `size` bytes that begins with a struct batch_screen. */
void *batchgrid_new(size_t size, const struct screen_ops *ops, const struct batch_kind *kind);
void batchgrid_paint(struct screen *screen, struct canvas *canvas);
bool batchgrid_key(struct screen *screen, int key);
struct list *batchgrid_list(struct screen *screen);
void batchgrid_save(struct screen *screen);
/** Frees the grid's parts and the screen itself. */
void batchgrid_done(struct screen *screen);

/** The cursor's row, NULL if there is none. */
struct batch_row *batchgrid_row(struct batch_screen *batch);
/** Puts the typed text into its cell. If it cannot be read, it stays and the message line says so;
 *  false. */
bool batchgrid_end_edit(struct batch_screen *batch);
/** Fills the ordinary case: that day unless there is one, at home, successful, by the usual visitor. */
void batchgrid_fill(struct app *app, struct batch_row *row, const char *date);
/** Empties the cells of a row that can be entered. */
void batchgrid_empty(struct batch_row *row);
/** The officer's draft for these rows and, in *ret_at, when it was kept; it is waiting until it is
 *  taken. NULL if there is none, and from the second call on; new strings. */
char *batchgrid_draft(struct batch_screen *batch, char **ret_at);
/** Puts the waiting draft into the rows. */
void batchgrid_take_draft(struct app *app, struct batch_screen *batch);
/** Files all rows with a date and says what became of them; the cursor goes to the first that was
 *  refused. With `confirm` also those whose remarks were read. */
void batchgrid_file(struct app *app, struct batch_screen *batch, bool confirm);

/* Handlers. */
void batchgrid_down(struct app *app);
void batchgrid_up(struct app *app);
void batchgrid_right(struct app *app);
void batchgrid_left(struct app *app);
void batchgrid_page_down(struct app *app);
void batchgrid_page_up(struct app *app);
void batchgrid_clear(struct app *app);
void batchgrid_cancel(struct app *app);

#endif
