/**
 * A command's list as a document: text for line printers, and by doudi-report PDF or a workbook.
 *
 * What a document shows is said by its layout (report/plan.h). That names of people leave the system
 * on paper is an event, as it is when a screen prints them.
 */
#ifndef DOUDI_CLI_PAPER_H
#define DOUDI_CLI_PAPER_H

#include "base/str.h"
#include "cli/cli.h"
#include "report/document.h"

/** All divisions, NULL if they cannot be asked for. The caller's. */
struct sheet *paper_areas(struct cli *cli);
/** A document with the facts that every print has, and the table "rows", which is taken. `area`: whose
 *  list it is; NULL or "": the one asked for, else the officer's, else the home's. */
struct document *paper_document(struct cli *cli, const struct sheet *areas, const char *layout,
                                const char *title, const char *area, struct sheet **rows);
/** Names the streets of all its rows; called when its last table is there. */
void paper_name_streets(struct document *document, struct sheet *areas);
/** A month as a title has it: 2026年11月. New string. */
char *paper_month(const char *month);
/** Makes a file's bytes in a format of doudi-report ("pdf", "xlsx"); prints why if it cannot. */
enum result paper_make(struct cli *cli, const struct document *document, const char *format,
                       struct str *bytes);
/** Lays it out as text, as wide as --width says. */
enum result paper_text(struct cli *cli, const struct document *document, bool pages,
                       struct str *bytes);
/** Records that the rows are printed; prints why if that is refused. `what`: its id in the
 *  history. */
enum result paper_log(struct cli *cli, const char *what, const struct document *document);

#endif
