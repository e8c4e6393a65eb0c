/**
 * A row of 批量登记: one person, and what is filled in about a visit. Rows that are filled in but not
 * filed are kept as the officer's draft, one for each month. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_BATCHROW_H
#define DOUDI_TUI_SCREENS_BATCHROW_H

#include "tui/app/app.h"

/** The cells of a row that can be filled in, in their order on the screen. */
enum cell { CELL_DATE, CELL_MODE, CELL_RESULT, CELL_BY, CELL_NOTE, CELL_COUNT };

struct batch_row {
    uint64_t case_id;
    char *case_no, *name, *kind, *usual; /**< usual: who usually visits */
    char *cells[CELL_COUNT];
    char *outcome; /**< what the server said, NULL = not sent */
    bool filed;
    bool remarked; /**< refused for remarks that may be passed over */
};

/** A growing list of rows. */
struct batch_rows {
    size_t count, capacity;
    struct batch_row *items; /**< owned */
};

/** Adds a row with empty cells and returns it, good until the next is added. */
struct batch_row *batchrows_add(struct batch_rows *rows, const struct sheet *sheet, size_t row);
void batchrows_free(struct batch_rows *rows);
/** The field of the visit's form that says what may stand in a cell. */
const char *batchrow_field(enum cell cell);
/** True if something stands in a cell. */
bool batchrow_filled(const struct batch_row *row);

/** What would be lost: the rows that are filled in and not filed, a line each; new string. */
char *batchrows_text(const struct batch_rows *rows);
/** The same with the rows of an older draft that is waiting, apart from those filed meanwhile. */
char *batchrows_join(const struct batch_rows *rows, const char *waiting, const char *text);
/** Puts such a text away as the month's draft; an empty one takes the draft away. */
enum result batchrows_keep(struct app *app, const char *month, const char *text);
/** The month's draft and, in *ret_at, when it was put away; NULL if there is none. New strings. */
char *batchrows_draft(struct app *app, const char *month, char **ret_at);
/** Puts the rows of a draft's text into those of the same case and adds the others. Returns their
 *  number. */
size_t batchrows_take(struct batch_rows *rows, const char *text);

/** The form under which the officer's drafts of this kind are listed. */
#define BATCH_DRAFT "batch"

#endif
