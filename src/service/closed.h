/**
 * Which street-months are closed, remembered in memory.
 *
 * A month is closed for a street when the latest statement of both was not reopened. Statements are
 * large, so each is read once; closing and reopening correct the memory after their commit (marks
 * of struct ledger_delta). Threads: any number.
 */
#ifndef DOUDI_SERVICE_CLOSED_H
#define DOUDI_SERVICE_CLOSED_H

#include "db/tables.h"

#include <stdbool.h>

struct closed_months;

struct closed_months *closed_months_new(void);
void closed_months_free(struct closed_months **closed);
/** `area`: anything in the street. An area that lies in no street is never closed. */
enum result closed_months_ask(struct closed_months *closed, struct txn *txn, month_t month,
                              const char *area, bool *ret_closed);
void closed_months_set(struct closed_months *closed, month_t month, const char *area, bool value);

#endif
