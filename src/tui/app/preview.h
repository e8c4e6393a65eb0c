/**
 * 打印: lays a list out as text pages and shows them, writes a file, or prints on a printer or the
 * terminal's own. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_PREVIEW_H
#define DOUDI_TUI_APP_PREVIEW_H

#include "tui/app/app.h"

/** What to print. The sheet is taken, texts are copied, columns are constant tables. */
struct preview_of {
    const char *title;
    const char *what; /**< for the log: "due" */
    const char *area;
    struct sheet *sheet;
    const char *const *columns, *const *labels; /**< as in report/text.h */
    size_t column_count;
    const char *group, *group_name; /**< a page per value; NULL = none */
};

void preview_open(struct app *app, const struct preview_of *of);

extern const struct screen_ops PREVIEW_OPS;

#endif
