/**
 * A row of 批量登记: one person and the cells of a visit. Filled rows that are not filed are kept as
 * the officer's draft, one for each month or printed sheet. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_BATCHROW_H
#define DOUDI_TUI_SCREENS_BATCHROW_H

#include "tui/app/app.h"

/** The cells of a row, in the order of the screen. */
enum cell { CELL_DATE, CELL_MODE, CELL_RESULT, CELL_BY, CELL_NOTE, CELL_COUNT };

struct batch_row {
    uint64_t case_id;
    char *case_no, *name, *kind, *usual; /**< usual: the usual visitor */
    char *cells[CELL_COUNT];
    char *outcome; /**< the server's answer, NULL = not sent */
    char *row_code,
        *remark;     /**< of a printed sheet: as printed, what has changed since; else NULL */
    uint32_t number; /**< … its number, else 0 */
    bool gone;       /**< … its case was deleted */
    bool filed;
    bool remarked; /**< refused only for remarks, which may be confirmed */
};

/** A growing list of rows. */
struct batch_rows {
    size_t count, capacity;
    struct batch_row *items; /**< owned */
    char *code;              /**< of the printed sheet, NULL = they are of none; owned */
};

/** Where the filled rows are kept. */
struct batch_draft {
    const char *form, *record; /**< as drafts are named */
    const char *title;         /**< of the screen */
};

/** Adds a row with empty cells and returns it; valid until the next one is added. */
struct batch_row *batchrows_add(struct batch_rows *rows, const struct sheet *sheet, size_t row);
void batchrows_free(struct batch_rows *rows);
/** The field of the visit's form for a cell. */
const char *batchrow_field(enum cell cell);
/** True if a cell is not empty. */
bool batchrow_filled(const struct batch_row *row);
/** True if nothing can be entered into the row (any more). */
bool batchrow_is_shut(const struct batch_row *row);
/** How many rows have a date and are not filed. */
size_t batchrows_dated(const struct batch_rows *rows);

/** The rows that would be lost: filled and not filed, a line each; new string. */
char *batchrows_text(const struct batch_rows *rows);
/** The same, with the rows of an older draft (`waiting`) that were not filed meanwhile. */
char *batchrows_join(const struct batch_rows *rows, const char *waiting, const char *text);
/** Saves such a text as a draft; an empty one removes it. */
enum result batchrows_keep(struct app *app, const struct batch_draft *draft, const char *text);
/** The draft and, in *ret_at, when it was saved; NULL if there is none. New strings. */
char *batchrows_draft(struct app *app, const struct batch_draft *draft, char **ret_at);
/** Puts the rows of a draft into the rows of the same cases and adds the others. Returns their
 *  number. */
size_t batchrows_take(struct batch_rows *rows, const char *text);

/** The forms under which the officer's drafts of these kinds are listed: of a month, of a sheet. */
#define BATCH_DRAFT "batch"
#define PAPER_DRAFT "sheet"

#endif
