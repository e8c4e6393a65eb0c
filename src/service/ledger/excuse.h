/**
 * Excuses (免访): one officer asks, another decides or revokes. Threads: any.
 */
#ifndef DOUDI_SERVICE_LEDGER_EXCUSE_H
#define DOUDI_SERVICE_LEDGER_EXCUSE_H

#include "service/service.h"

/** An excuse belongs to the case and may span several months; it counts in each month of which it
 *  covers enough days (domain/duty.h). `month` is one month that it touches. */
struct excuse_input {
    uint64_t case_id;
    const char *month, *reason, *from, *to, *note;
};
enum result excuse_ask(struct service *service, const struct caller *caller,
                       const struct excuse_input *input, struct reply *reply);
enum result excuse_decide(struct service *service, const struct caller *caller, uint64_t case_id,
                          const char *month, bool grant, const char *note, struct reply *reply);
/** Revokes the granted excuse that touches the month; needs the right to grant. */
enum result excuse_revoke(struct service *service, const struct caller *caller, uint64_t case_id,
                          const char *month, const char *reason, struct reply *reply);

#endif
