/**
 * Printed sheets (应访表): a due list that goes out on paper, a sheet for each village, and comes back
 * by its code (base/sheetcode.h).
 *
 * The rows of a sheet never change; what was entered from them is in the sheet too
 * (service/ledger/visit_sheet.h). A sheet is kept for LIMIT_SHEET_DAYS. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_PAPER_H
#define DOUDI_SERVICE_LISTS_PAPER_H

#include "service/lists/due.h"
#include "service/service.h"

/** Makes a sheet for each village of the list, of the same rows as due_list() gives, in its order or
 *  in that of the query: COLUMNS_SHEET_MADE. Pages end with a village. Sent again it makes nothing and answers the rows as
 *  they stand now. values: sheets (their codes, separated by blanks). */
enum result paper_make_sheets(struct service *service, const struct caller *caller,
                              const struct due_query *query, struct sheet **ret_sheet,
                              struct due_place **ret_next, struct reply *reply);

/* The column `state` of COLUMNS_SHEET; "" = the row can be entered. */
#define PAPER_FILED "filed" /**< entered from this sheet */
#define PAPER_GONE "gone"   /**< its case was deleted */

/** COLUMNS_SHEET: the rows as printed, with how each stands today and what has changed since. The
 *  sheet's basis says so if its month is closed. RESULT_USAGE for a wrong code, with words that say
 *  which part is wrong. */
enum result paper_read(struct service *service, const struct caller *caller, const char *code,
                       struct sheet **ret_sheet, struct reply *reply);

/** Timer work: removes some of the sheets that are too old. */
enum result paper_clean(struct service *service);

#endif
