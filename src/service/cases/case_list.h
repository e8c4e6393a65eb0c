/**
 * Rows of cases and visits in sheets. Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_CASES_CASE_LIST_H
#define DOUDI_SERVICE_CASES_CASE_LIST_H

#include "service/frame/usecase.h"

/** Adds a row to a sheet of COLUMNS_CASES or COLUMNS_ROSTER, the ID number masked unless `full` (case_list.c). */
enum result case_list_add_case(struct usecase *usecase, struct sheet *sheet,
                               const Rec__Case *record, bool full);
/** Adds a row to a sheet of COLUMNS_VISITS. */
enum result case_list_add_visit(struct usecase *usecase, struct sheet *sheet,
                                const Rec__Visit *visit);

#endif
