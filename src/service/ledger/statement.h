/**
 * Statements (月结表): the report of a street for a month. Threads: any. statement_hash() and
 * statement_add() are private to src/service.
 */
#ifndef DOUDI_SERVICE_LEDGER_STATEMENT_H
#define DOUDI_SERVICE_LEDGER_STATEMENT_H

#include "base/digest.h"
#include "service/frame/usecase.h"
#include "service/service.h"

/** SHA-256 over month, street, version and every cell of the rows, in order. */
void statement_hash(const Rec__Statement *statement, uint8_t sum[DIGEST_SIZE]);

/** Adds the row of a duty that is being closed. */
enum result statement_add(struct usecase *usecase, Rec__Statement *statement, const Rec__Duty *duty,
                          const struct duty_view *view);

/** COLUMNS_MONTHS: the months of an area with their state. */
enum result statement_list(struct service *service, const struct caller *caller, const char *area,
                           struct sheet **ret_sheet, struct reply *reply);
/** COLUMNS_STATEMENT: as reported beside as known today; version 0 = the latest. Whoever was entered
 *  later stands at the end. values: version, hash, closed_at, closed_by. */
enum result statement_show(struct service *service, const struct caller *caller, const char *month,
                           const char *area, uint32_t version, struct sheet **ret_sheet,
                           struct reply *reply);

#endif
