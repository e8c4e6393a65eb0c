/**
 * A sheet as people read it: which of its columns, under which headings.
 *
 * The contract's columns are for programs: ids of programmes, states in English. A workbook and the
 * CSV for a spreadsheet program have what the screens show: names and words in their place,
 * headings in Chinese, no column that has none.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_REPORT_VIEW_H
#define DOUDI_REPORT_VIEW_H

#include "base/sheet.h"
#include "report/plan.h"

#include <stddef.h>

struct view {
    const struct sheet *sheet; /**< borrowed */
    size_t count;
    size_t *columns;       /**< of the sheet; owned */
    const char **headings; /**< borrowed from constant tables; the array is owned */
};

/** Of the first `columns` columns, and the village's name beside its code. `naming` is the heading of
 *  the column "name" where that is not a person's; NULL if it is. Other headings are those of the
 *  plan, so that paper and workbook call a thing the same; NULL = it has none. */
void view_make(const struct sheet *sheet, size_t columns, const char *naming,
               const struct plan *plan, struct view *ret_view);
void view_free(struct view *view);

/** Has a document of the view's sheet use its headings: facts "heading.ID". */
void view_name_headings(const struct view *view, struct fields *facts);

/** The id of the view's nth column. */
const char *view_id(const struct view *view, size_t column);
/** A sheet of the view's columns. The caller's. */
struct sheet *view_sheet(const struct view *view);

#endif
