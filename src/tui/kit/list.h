/**
 * A list on a screen: the rows shown, the selected row, the marked rows.
 *
 * Rows are numbers 0 to count - 1 of whatever the caller lists. The view is the rows that pass the
 * filter, in order; the cursor is a place in the view. After list_leave() it is on no row, and no
 * action has a row until the cursor moves. No function uses a terminal.
 */
#ifndef DOUDI_TUI_KIT_LIST_H
#define DOUDI_TUI_KIT_LIST_H

#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>

struct list {
    size_t count;
    size_t *view; /**< rows shown; owned */
    size_t view_count;
    size_t cursor; /**< place in the view, 0 when it is empty */
    bool away;     /**< the cursor is on no row */
    size_t top;    /**< place in the view of the first line on the screen */
    size_t page;   /**< lines on the screen, at least 1 once painted */
    int line;      /**< the terminal's line of the first of them */
    bool *marks;   /**< by row; owned */
    size_t mark_count;
};

/** For new or changed rows: shows all of them, keeps the cursor's place, takes all marks away. */
void list_reset(struct list *list, size_t count);
/** Shows only the rows for which `match` is true; the selected row stays selected if it passes. */
void list_filter(struct list *list, bool (*match)(size_t row, void *arg), void *arg);
/** The selected row, or -1 when there is none. */
long list_row(const struct list *list);
/** Selects no row; the next movement selects the one where the cursor was. */
void list_leave(struct list *list);
/** Selects a row if it is shown. */
void list_select(struct list *list, size_t row);
/** Moves by `delta` places, stopping at the ends. True if it moved. */
bool list_move(struct list *list, long delta);
void list_first(struct list *list);
void list_last(struct list *list);
/** Moves by whole screens. */
void list_page(struct list *list, int pages);
/** Sets the screen's number of lines and scrolls the cursor onto the screen. */
void list_scroll(struct list *list, size_t page);
/** The place in the view that is painted on the terminal's line, -1 = none. */
long list_place_at(const struct list *list, int line);
/** Marks or unmarks the selected row and goes to the next. */
void list_mark(struct list *list);
void list_mark_all(struct list *list, bool marked);
/** Takes away all marks, also those of hidden rows. */
void list_unmark(struct list *list);
/** Marks exactly the rows for which `marks` is true. */
void list_set_marks(struct list *list, const bool *marks);
/** Marks places of the view as written by people: "1,3-7" counted from 1, full-width signs too.
 *  RESULT_INVALID (nothing marked) if it is no such text or beyond the list. */
enum result list_mark_range(struct list *list, const char *text);
bool list_marked(const struct list *list, size_t row);
void list_free(struct list *list);

#endif
