/**
 * Leaves of officers with a substitute (请假、替班), and villages that a new officer takes over in one
 * step (接管).
 *
 * An officer enters the own leave, the chief anybody's. Meanwhile the substitute's due list has the
 * absent officer's people, marked; who is responsible and every figure stay as they are, and visits
 * stand in the name of who made them (service/ledger/standin.h). Threads: any.
 */
#ifndef DOUDI_SERVICE_CASES_LEAVE_H
#define DOUDI_SERVICE_CASES_LEAVE_H

#include "service/service.h"

struct leave_input {
    const char *officer, *substitute; /**< 工号 */
    const char *from, *to, *reason;
};
/** values: leave, its id. */
enum result leave_make(struct service *service, const struct caller *caller,
                       const struct leave_input *input, struct reply *reply);
/** Ends a leave with today's beginning: from today on the officer is back. */
enum result leave_end(struct service *service, const struct caller *caller, uint64_t leave,
                      const char *reason, struct reply *reply);
/** COLUMNS_LEAVES: leaves and handovers of an area, the newest first. */
enum result leave_list(struct service *service, const struct caller *caller, const char *area,
                       struct sheet **ret_sheet, struct reply *reply);

struct takeover_input {
    const char *area;    /**< village */
    const char *officer; /**< 工号 */
    const char *reason;
    bool dry_run;
    uint64_t undo; /**< takes this one back instead */
};
/** The reply's words say how many people go over and whose they were. values: handover, its id. */
enum result leave_takeover(struct service *service, const struct caller *caller,
                           const struct takeover_input *input, struct reply *reply);

#endif
