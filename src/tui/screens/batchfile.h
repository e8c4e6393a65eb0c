/**
 * Files the rows of 批量登记 that have a date, each with its own request; each row shows its result.
 * Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_BATCHFILE_H
#define DOUDI_TUI_SCREENS_BATCHFILE_H

#include "tui/screens/batchrow.h"

/** The result of filing many rows; batchfile_free(). */
struct batch_filed {
    size_t filed, refused, remarked; /**< remarked: refused for remarks only */
    Wire__Standing *before, *after;  /**< the area's figures; owned, NULL if no row was filed */
};

/** Files the rows; with `confirm` also rows whose remarks the officer has read. Leaves the rows of
 *  `list` that show the same cases (list_screen_leave()). */
void batchfile_rows(struct app *app, struct batch_rows *rows, struct screen *list, bool confirm,
                    struct batch_filed *ret_filed);
void batchfile_free(struct batch_filed *filed);

#endif
