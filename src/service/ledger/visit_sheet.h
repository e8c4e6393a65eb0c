/**
 * Visits entered from a printed sheet: each row at most once.
 *
 * The row of the sheet names the visit that was entered from it. While that visit stands, or a
 * correction of it, the row is entered; once it is voided the row can be entered again. The row is
 * read and written in the transaction that records the visit, so that of two officers one is refused.
 *
 * Private to src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_LEDGER_VISIT_SHEET_H
#define DOUDI_SERVICE_LEDGER_VISIT_SHEET_H

#include "service/ledger/visit_entry.h"

/** A record of the table; `number` 0 is the sheet itself. RESULT_NOTFOUND with words. */
enum result visit_sheet_find(struct usecase *usecase, const char *code, uint32_t number,
                             Rec__Sheet **ret_sheet);
/** The standing visit that was entered from a row; NULL in *ret_visit if there is none. */
enum result visit_sheet_filed(struct usecase *usecase, const Rec__Sheet *row,
                              Rec__Visit **ret_visit);

/** Loads the row that the input names, if it names one, and refuses if it is another person's or
 *  entered. */
enum result visit_sheet_take(struct visit_entry *entry);
/** Stores in the row that the entry's visit was entered from it. */
enum result visit_sheet_put(struct visit_entry *entry);

#endif
