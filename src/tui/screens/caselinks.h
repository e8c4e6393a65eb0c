/**
 * The one page of a case besides its fields: applications, other cases, the household, this month, visits,
 * amounts. Each row leads on. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_CASELINKS_H
#define DOUDI_TUI_SCREENS_CASELINKS_H

#include "tui/screens/case_private.h"

/** What Enter on a row opens: column "goal". */
#define CASELINKS_CASE "case" /**< the case in column "id" */
#define CASELINKS_STEP "step" /**< the application "id" in 办理 */
#define CASELINKS_PAGE "page" /**< the page whose number is "id" */
#define CASELINKS_ROW "row"   /**< the row "row" of page "id", in full */

/** True if the terminal has room for two columns of a case. */
bool caselinks_fits(int columns);
/** Rows of "label", "text" and the columns above; lines of `width` columns, longer ones go on in the
 *  next row. A heading leads to the whole page. What is left out is counted. */
struct sheet *caselinks_sheet(const struct case_screen *one, int width);
/** A line each of this month's amount and the newest of the log, as far as they are known. */
struct sheet *caselinks_latest(const struct case_screen *one, int width);
/** The fields with those rows among them: the latest behind the case's number, the others behind the
 *  person and how to reach the person. Takes all. */
struct sheet *caselinks_merge(struct sheet *fields, struct sheet *latest, struct sheet *links,
                              bool household);
/** The place of the next (+1) or previous (-1) heading that leads to a page; -1 if there is none. */
long caselinks_next(const struct table *table, int step);

extern const struct table_column CASELINKS_STEP_COLUMNS[];
extern const struct table_column CASELINKS_HOUSE_COLUMNS[];
enum { CASELINKS_STEP_COLUMN_COUNT = 5, CASELINKS_HOUSE_COLUMN_COUNT = 8 };

/* Cells (struct table) of the applications and of the household. */
char *caselinks_step_cell(const struct table *table, size_t row, const char *id);
char *caselinks_house_cell(const struct table *table, size_t row, const char *id);

#endif
