/**
 * Payment rosters by street, programme, month and version. db/tables.h says what holds for every
 * table and includes this header. Threads: within one transaction.
 */
#ifndef DOUDI_DB_PAYROLL_H
#define DOUDI_DB_PAYROLL_H

#include "base/date.h"
#include "base/result.h"
#include "db/record.pb-c.h"
#include "db/store.h"

typedef enum result (*store_payroll_fn)(const Rec__Payroll *payroll, void *arg);
/** The latest version. */
enum result store_payroll_get(struct txn *txn, const char *area, const char *kind, month_t month,
                              Rec__Payroll **ret_payroll);
enum result store_payroll_put(struct txn *txn, const Rec__Payroll *payroll);
/** All versions, by street, programme and month; `kind` "" for all, otherwise `area` is a street's
 *  code. */
enum result store_payroll_scan(struct txn *txn, const char *area, const char *kind,
                               store_payroll_fn each, void *arg);

#endif
