/**
 * The state of each street's months, in memory.
 *
 * Months before a street's own first month (Rec__Area.first_month) count as closed.
 *
 * A street's month is closed if it has a statement, and reopened if its latest statement was
 * reopened. Statements are large, so each is read only once; closing and reopening correct the
 * memory after their commit (marks of struct delta). Threads: any.
 */
#ifndef DOUDI_SERVICE_MEMORY_CLOSED_H
#define DOUDI_SERVICE_MEMORY_CLOSED_H

#include "db/tables.h"

#include <stdbool.h>

enum month_state { MONTH_OPEN, MONTH_CLOSED, MONTH_REOPENED };

struct closed_months;

struct closed_months *closed_months_new(void);
void closed_months_free(struct closed_months **closed);
/** `area` is any area in the street. An area above the streets is open. */
enum result closed_months_ask(struct closed_months *closed, struct txn *txn, month_t month,
                              const char *area, enum month_state *ret_state);
/** Forgets all: streets have come or gone. */
void closed_months_clear(struct closed_months *closed);
void closed_months_set(struct closed_months *closed, month_t month, const char *area,
                       enum month_state value);

#endif
