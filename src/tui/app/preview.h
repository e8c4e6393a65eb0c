/**
 * 打印: makes a document of a list, shows it as pages of text, prints it (tui/app/printer.h) or
 * writes it to a file, as PDF or as text. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_PREVIEW_H
#define DOUDI_TUI_APP_PREVIEW_H

#include "report/document.h"
#include "tui/app/app.h"

/** What to print. The document is taken; columns are constant tables. */
struct preview_of {
    struct document *document; /**< preview_document(), with facts and tables added as need be */
    const char *what;          /**< for the log: "due" */
    const char *const *columns, *const *labels; /**< of the table "rows", as in report/text.h */
    size_t column_count;
    const char *group, *group_name; /**< a page per value; NULL = none */
};

/** A document with the facts that every print has, and the table "rows", which is taken. `area`:
 *  of the list, "" for the officer's own. */
struct document *preview_document(struct app *app, const char *layout, const char *title,
                                  const char *area, struct sheet **rows);
void preview_open(struct app *app, const struct preview_of *of);

extern const struct screen_ops PREVIEW_OPS;

#endif
