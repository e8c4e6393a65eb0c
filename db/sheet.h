/**
 * Printed sheets: which rows a printed list has, and which of them came back. db/tables.h says what
 * holds for every table.
 */
#ifndef DOUDI_DB_SHEET_H
#define DOUDI_DB_SHEET_H

#include "base/date.h"
#include "base/result.h"
#include "db/record.pb-c.h"
#include "db/store.h"

/* sheet: by code and number, 0 = the sheet itself; secondary by the day on which it was printed */
typedef enum result (*store_sheet_fn)(const Rec__Sheet *sheet, void *arg);
enum result store_sheet_get(struct txn *txn, const char *code, uint32_t number,
                            Rec__Sheet **ret_sheet);
enum result store_sheet_put(struct txn *txn, const Rec__Sheet *sheet);
enum result store_sheet_del(struct txn *txn, const char *code, uint32_t number);
/** The sheet itself, then its rows in their order. */
enum result store_sheet_scan(struct txn *txn, const char *code, store_sheet_fn each, void *arg);
enum result store_sheet_scan_all(struct txn *txn, store_sheet_fn each, void *arg);
/** Sheets, without their rows, printed before the day, the oldest first. */
enum result store_sheet_printed_before(struct txn *txn, day_t day, store_sheet_fn each, void *arg);

#endif
