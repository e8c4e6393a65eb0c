/**
 * What was reported (上报数): the rows of the last statement of each street.
 *
 * A statement is never changed, so what was reported stays as it was whatever is learnt later; while
 * a month is reopened its last statement still is what was reported.
 *
 * Private to src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_LEDGER_REPORTED_H
#define DOUDI_SERVICE_LEDGER_REPORTED_H

#include "service/frame/usecase.h"
#include "service/ledger/rows.h"

/** A row of a statement; its view says state and figures, not what is due. All borrowed. */
struct reported_row {
    const Rec__Statement *statement;
    const Rec__StatementRow *row;
    struct duty_view view;
};
/** Returns as a scan callback (db/tables.h). */
typedef enum result (*reported_fn)(const struct reported_row *row, void *arg);

/** What figures as reported are called: the `basis` of their sheet. */
#define REPORTED_BASIS "上报数"

/** Calls `each` for the rows that the filter wants, street by street. RESULT_NOTFOUND with words if no
 *  street of the area has closed the month; those that have not are named in the reply. */
enum result reported_scan(struct usecase *usecase, const struct rows_filter *filter,
                          reported_fn each, void *arg);

/** How a row stood and why, as it was known then. New string. */
char *reported_words(const struct reported_row *row);

#endif
