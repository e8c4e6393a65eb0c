/**
 * Reported figures (上报数): the rows of the last statement of each street.
 *
 * A statement never changes, so later facts do not change reported figures. While a month is
 * reopened, its last statement is still the reported one.
 *
 * Private to src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_LEDGER_REPORTED_H
#define DOUDI_SERVICE_LEDGER_REPORTED_H

#include "service/frame/usecase.h"
#include "service/ledger/rows.h"

/** A row of a statement; its view has state and figures, but no due day. All borrowed. */
struct reported_row {
    const Rec__Statement *statement;
    const Rec__StatementRow *row;
    struct duty_view view;
};
/** Returns as a scan callback (db/tables.h). */
typedef enum result (*reported_fn)(const struct reported_row *row, void *arg);

/** The `basis` of sheets with reported figures. */
#define REPORTED_BASIS "上报数"

/** Calls `each` for the rows that the filter wants, street by street. RESULT_NOTFOUND with words if
 *  no street of the area has closed the month; the reply names the streets that have not. */
enum result reported_scan(struct usecase *usecase, const struct rows_filter *filter,
                          reported_fn each, void *arg);

/** The reported state of a row and its reason. New string. */
char *reported_words(const struct reported_row *row);

#endif
