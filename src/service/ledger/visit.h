/**
 * Visits: recording, correcting, and what they are credited to.
 *
 * A successful visit by a mode that counts is credited, by its date, to the duty of every case of
 * the person whose programme accepts it. It is never overwritten: a correction supersedes it. A
 * visit dated in a closed month is kept and changes the figure as known, not the one reported.
 */
#ifndef DOUDI_SERVICE_LEDGER_VISIT_H
#define DOUDI_SERVICE_LEDGER_VISIT_H

#include "domain/duty.h"
#include "service/frame/usecase.h"
#include "service/service.h"

/** What a visit changed of a month's duties, for a list that need not be asked for again. `{.month,
 *  .area}` asks for it; `known` stays false where it was not recorded now. */
struct visit_change {
    month_t month;
    const char *area; /**< of the list; borrowed */
    bool known;
    uint64_t moves_before, moves_after; /**< totals_moves() of the area without and with it */
    size_t count;
    struct visit_changed {
        Rec__Duty *duty; /**< owned */
        struct duty_view view;
    } * items;
};
void visit_change_free(struct visit_change *change);

struct visit_input {
    uint64_t case_id; /**< or 0 and id_no */
    const char *id_no;
    const char *date, *mode, *result, *by;
    const struct fields *values; /**< of the visit's form, may be NULL */
    bool confirm;                /**< warnings (plausibility) have been read */
    bool refuse_double;   /**< a second one of the day in the same mode is refused all the same */
    const char *replaces; /**< "DATE:SEQ" of the visit this one corrects, "" otherwise */
    const char *batch;    /**< import batch, "" otherwise */
    const char *name;     /**< whose the ID number is, as a ledger says; NULL = not said */
    bool check_only;      /**< everything is checked and nothing written */
    struct visit_change *change; /**< filled when the visit was recorded; NULL = not wanted */
};

/** The reply keeps the warnings. values: visit, credited (case numbers, blank-separated), status, done, need, late (是), alarm
 *  (是), before ("REACHED OWED RATE" of the caller's area in that month), after. */
enum result visit_add(struct service *service, const struct caller *caller,
                      const struct visit_input *input, struct reply *reply);

/** The values of a visit that is to be corrected, "DATE:SEQ" of the case's person: those of the
 *  visit's form. RESULT_CONFLICT if it was corrected already. */
enum result visit_get(struct service *service, const struct caller *caller, uint64_t case_id,
                      const char *reference, struct fields *ret_values, struct reply *reply);

struct void_input {
    uint64_t case_id; /**< or 0 and id_no */
    const char *id_no;
    const char *visit; /**< "DATE:SEQ", or "DATE" where one visit of the day stands */
    const char *reason;
};

/** A visit that was entered for the wrong person, or twice (作废): kept with who, when and why, and
 *  counting for nothing from now on. By who recorded it or the street, until the month is closed;
 *  not undone. What a voided correction had replaced does not come back. values: visit, status,
 *  done, need, alarm, before, after as above. */
enum result visit_void(struct service *service, const struct caller *caller,
                       const struct void_input *input, struct reply *reply);

struct usecase;
/** visit_add() inside a transaction that is open already (import). Writes nothing when it refuses. */
enum result visit_record(struct usecase *usecase, const struct visit_input *input);

#endif
