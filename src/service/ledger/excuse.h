/**
 * Excuses (免访): asked for by one officer, decided by another, taken back. Threads: any.
 */
#ifndef DOUDI_SERVICE_LEDGER_EXCUSE_H
#define DOUDI_SERVICE_LEDGER_EXCUSE_H

#include "service/service.h"

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
