/**
 * Filing the rows of 批量登记 that have a date, each with its own request: a row says what became of it.
 * Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_BATCHFILE_H
#define DOUDI_TUI_SCREENS_BATCHFILE_H

#include "tui/screens/batchrow.h"

/** What filing many rows came to; batchfile_free(). */
struct batch_filed {
    size_t filed, refused, remarked; /**< remarked: refused for remarks only */
    char *before, *after; /**< the area's figures, as in VisitDone; NULL if none was filed */
};

/** Files them; with `confirm`, those whose remarks have been read, too. The rows of `list` that show
 *  the same cases are left (list_screen_leave()). */
void batchfile_rows(struct app *app, struct batch_rows *rows, struct screen *list, bool confirm,
                    struct batch_filed *ret_filed);
void batchfile_free(struct batch_filed *filed);

#endif
