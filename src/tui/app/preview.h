/**
 * 打印: makes a document of a list, shows it as pages of text, prints it (tui/app/printer.h) or
 * writes it to a file, as PDF or as text. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_PREVIEW_H
#define DOUDI_TUI_APP_PREVIEW_H

#include "report/document.h"
#include "tui/app/app.h"

/** A document with the facts that every print has, and the table "rows", which is taken. `layout`:
 *  report/plan.h; `area`: of the list, "" for the officer's own. */
struct document *preview_document(struct app *app, const char *layout, const char *title,
                                  const char *area, struct sheet **rows);
/** Takes the document. `what`: for the log, "due". */
void preview_open(struct app *app, const char *what, struct document **document);

extern const struct screen_ops PREVIEW_OPS;

#endif
