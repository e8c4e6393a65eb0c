/**
 * Draws 批量登记: the grid, its head and the numbers of the choices. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_BATCHVIEW_H
#define DOUDI_TUI_SCREENS_BATCHVIEW_H

#include "form/form.h"
#include "tui/kit/canvas.h"
#include "tui/screens/batchrow.h"

/** What a typed date was. */
enum batch_jump {
    BATCH_JUMP_NONE,  /**< a day of the cursor's row */
    BATCH_JUMP_ROW,   /**< another row, to which the cursor went */
    BATCH_JUMP_DAY,   /**< another row and its day: the rest of the text */
    BATCH_JUMP_FAILED /**< a row that is not there; the message line says so */
};

struct batch_screen;

/** What one such screen has of its own. */
struct batch_kind {
    const char *draft; /**< the form under which its drafts are kept */
    const char *hint;  /**< stands in the last line while nothing else does; NULL = nothing */
    void (*paint_head)(const struct batch_screen *batch, struct canvas *canvas);
    /** Looks for a row at the beginning of a typed date, and removes it there; NULL = none may stand
     *  there. */
    enum batch_jump (*jump)(struct batch_screen *batch, char **text);
};

struct batch_screen {
    struct screen screen;
    const struct batch_kind *kind;
    struct list list;
    struct batch_rows rows;
    enum cell column;
    struct lineedit edit; /* of the current cell */
    bool editing;
    int names, widths[CELL_COUNT]; /* columns of the names and of each cell, as drawn */
    char *kept;                    /* as last saved (batchrow.h) */
    char *waiting;    /* an older draft that the officer did not resume: it is saved along */
    bool draft_asked; /* the server was asked for a draft */
    bool went_on;     /* the last key completed a day and went to the next row */
};

/** The form of the visits of a row's programme; NULL if it has none. */
const struct form *batchview_form(struct app *app, const struct batch_row *row);
/** The field of the row's programme for a cell; NULL if the programme has no visits. */
const struct form_field *batchview_field(struct app *app, const struct batch_row *row,
                                         enum cell cell);
void batchview_paint(struct batch_screen *batch, struct canvas *canvas);

#endif
