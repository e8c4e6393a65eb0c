/**
 * The month: opening, excuses, closing, reopening, statements.
 *
 * A month opens for the whole home on its first day (or when the home is first used in it) and
 * closes street by street, on the 6th of the next month or earlier by the chief. Closing freezes
 * every duty's state and writes a statement with names and a hash; reopening needs a reason and
 * leads to a next version. Nobody decides on their own request, and nobody reopens what they closed
 * (RESULT_DENIED); what the system closed any chief reopens.
 */
#ifndef DOUDI_SERVICE_LEDGER_MONTH_H
#define DOUDI_SERVICE_LEDGER_MONTH_H

#include "service/service.h"

/** values: streets, missed. `area`: a street, or anything larger (all its open streets). */
enum result month_close(struct service *service, const struct caller *caller, const char *month,
                        const char *area, struct reply *reply);
enum result month_reopen(struct service *service, const struct caller *caller, const char *month,
                         const char *area, const char *reason, struct reply *reply);
/** COLUMNS_MONTHS */
enum result statement_list(struct service *service, const struct caller *caller, const char *area,
                           struct sheet **ret_sheet, struct reply *reply);
/** COLUMNS_STATEMENT; version 0 = the latest. values: version, hash, closed_at, closed_by. */
enum result statement_show(struct service *service, const struct caller *caller, const char *month,
                           const char *area, uint32_t version, struct sheet **ret_sheet,
                           struct reply *reply);

/** An excuse (免访) is the case's and may reach over several months; it counts in those of which it
 *  covers enough days (domain/duty.h). `month`: one that it touches. */
struct excuse_input {
    uint64_t case_id;
    const char *month, *reason, *from, *to, *note;
};
enum result excuse_ask(struct service *service, const struct caller *caller,
                       const struct excuse_input *input, struct reply *reply);
enum result excuse_decide(struct service *service, const struct caller *caller, uint64_t case_id,
                          const char *month, bool grant, const char *note, struct reply *reply);
/** Takes back the granted one that touches the month; by whoever may grant. */
enum result excuse_revoke(struct service *service, const struct caller *caller, uint64_t case_id,
                          const char *month, const char *reason, struct reply *reply);

#endif
