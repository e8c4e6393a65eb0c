/**
 * 打印: makes a document of a list, shows it as pages of text, prints it (tui/app/printer.h) or
 * writes it to a file, as PDF, text or workbook. Private to src/tui.
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
/** Makes the rows as they go out: with what only paper has. False with the message line said. */
typedef bool preview_rows_fn(struct app *app, void *arg, struct sheet **ret_rows);
/** The same, but `make` is asked for the rows once something is printed or saved. `arg` lives as
 *  long as the screen that was on top. */
void preview_open_later(struct app *app, const char *what, struct document **document,
                        preview_rows_fn *make, void *arg);

extern const struct screen_ops PREVIEW_OPS;

#endif
