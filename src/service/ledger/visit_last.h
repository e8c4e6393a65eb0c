/**
 * The visit that somebody wants to take back or to correct without looking for it: the officer's own
 * newest record, over all logins, or the last one of a person. Threads: any.
 */
#ifndef DOUDI_SERVICE_LEDGER_VISIT_LAST_H
#define DOUDI_SERVICE_LEDGER_VISIT_LAST_H

#include "base/fields.h"
#include "service/service.h"

/** visit_last_free() releases it. */
struct visit_last {
    uint64_t case_id;
    char *name;      /**< of the person */
    char *kind;      /**< programme of the case */
    char *visit;     /**< "DATE:SEQ" */
    char *stood_for; /**< name of the officer on leave for whom it was entered; "" = nobody */
    char *note; /**< what the officer recorded later and cannot take back, and why; "" = nothing */
    struct fields values; /**< of the visit's form */
};

/** With `case_id`, the last visit of the case's person by its programme, successful or not, that stands.
 *  With 0, what the caller recorded last, by the time of recording: it stands, its month is not
 *  closed, and the caller may void it today. What an import recorded is left out. Reads the caller's own
 *  events back to the first month that is not closed. RESULT_NOTFOUND with words if there is none. */
enum result visit_last_get(struct service *service, const struct caller *caller, uint64_t case_id,
                           struct visit_last *ret_last, struct reply *reply);
void visit_last_free(struct visit_last *last);

#endif
