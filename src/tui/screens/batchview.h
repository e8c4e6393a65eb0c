/**
 * Draws 批量登记: the grid, its head and the numbers of the choices. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_BATCHVIEW_H
#define DOUDI_TUI_SCREENS_BATCHVIEW_H

#include "form/form.h"
#include "tui/kit/canvas.h"
#include "tui/screens/batchrow.h"

struct batch_screen {
    struct screen screen;
    struct list list;
    struct batch_rows rows;
    enum cell column;
    struct lineedit edit; /* of the current cell */
    bool editing;
    int names, widths[CELL_COUNT]; /* columns of the names and of each cell, as drawn */
    char *kept;                    /* as last saved (batchrow.h) */
    char *waiting;    /* an older draft that the officer did not resume: it is saved along */
    bool draft_asked; /* the server was asked for a draft */
};

/** The form of the visits of a row's programme; NULL if it has none. */
const struct form *batchview_form(struct app *app, const struct batch_row *row);
/** The field of the row's programme for a cell; NULL if the programme has no visits. */
const struct form_field *batchview_field(struct app *app, const struct batch_row *row,
                                         enum cell cell);
void batchview_paint(struct batch_screen *batch, struct canvas *canvas);

#endif
