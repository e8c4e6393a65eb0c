/**
 * What the confirmed rosters of a programme say of a case's month: paid, still owed, or nothing. All
 * streets of the home are asked, because a case may have been paid elsewhere before it moved.
 *
 * The lines of a case and month follow one another: one that was not paid is carried by the next
 * roster. At most one of them is paid. Private to src/service. Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_PAYROLL_PAYROLL_HISTORY_H
#define DOUDI_SERVICE_PAYROLL_PAYROLL_HISTORY_H

#include "service/payroll/payroll_record.h"

enum payroll_standing {
    PAYROLL_NEVER, /**< on no roster, or it was not owed: to be paid if it is owed now */
    PAYROLL_OWED,  /**< on a roster and not paid: the next one carries it */
    PAYROLL_PAID   /**< or known to be nothing */
};

/** A line of a confirmed roster. */
struct payroll_past {
    uint64_t case_id;
    month_t month;
    month_t roster; /**< the month of the roster on which it stands */
    bool ours;      /**< of the street, or of one that has gone into it */
    bool
        other; /**< paid to a household that has gone into the case (service/cases/merge_house.h) */
    enum payroll_standing standing;
    Rec__PayrollLine *open; /**< if it is owed: a copy, `cause` says since when; owned */
};

struct payroll_history {
    size_t count, capacity;
    struct payroll_past *items; /**< by case, month and roster; owned */
    size_t month_count, month_capacity;
    month_t *months; /**< before the key's that were confirmed in the street, ascending; owned */
};

/** Of all confirmed rosters but the key's own. */
enum result payroll_history_read(struct usecase *usecase, const struct payroll_key *key,
                                 struct payroll_history *ret_history);
void payroll_history_free(struct payroll_history *history);

enum payroll_standing payroll_history_find(const struct payroll_history *history, uint64_t case_id,
                                           month_t month);

/** True if the case itself was paid, not a household that has gone into it. */
bool payroll_history_paid(const struct payroll_history *history, uint64_t case_id, month_t month);

/** The line at an index if it is what the key's roster must carry; NULL otherwise. Borrowed. */
const Rec__PayrollLine *payroll_history_open(const struct payroll_history *history, size_t index,
                                             month_t month);

#endif
