/**
 * Visits: recording, correcting, voiding.
 *
 * A successful visit by a mode that counts is credited, by its date, to the duties of all cases of
 * the person whose programme accepts it. It is never overwritten: a correction supersedes it. A
 * visit in a closed month is kept and changes the known figure, not the reported one. Threads: any.
 */
#ifndef DOUDI_SERVICE_LEDGER_VISIT_H
#define DOUDI_SERVICE_LEDGER_VISIT_H

#include "domain/duty.h"
#include "domain/rate.h"
#include "service/frame/usecase.h"
#include "service/service.h"

/** What recording or voiding a visit changed. `area` and `month` ask for the rows of a list, which
 *  then need not be asked for again. `known` stays false where an earlier request did it. */
struct visit_change {
    month_t month;
    const char *area; /**< of the list; borrowed, NULL = no rows are wanted */
    bool known;
    bool counted;                       /**< there are figures: not while the month is being read */
    struct figures before, after;       /**< of the caller's area in the visit's month */
    uint64_t moves_before, moves_after; /**< totals_moves() of `area` without and with it */
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
    const struct fields *values; /**< values of the visit's form; may be NULL */
    bool confirm;                /**< the officer has read the warnings */
    bool refuse_double;          /**< refuse a second visit of the day in the same mode even then */
    const char *replaces;        /**< "DATE:SEQ" of the visit this one corrects, "" otherwise */
    const char *batch;           /**< import batch, "" otherwise */
    const char *name;            /**< the person's name in a ledger, to compare; NULL = none */
    const char *sheet;  /**< code of the printed sheet it is entered from; NULL, "" = none */
    uint32_t sheet_row; /**< … and the row, which is entered once */
    bool check_only;    /**< check everything, write nothing */
    struct visit_change *change; /**< filled when it is done now; NULL = not wanted */
};

/** Records a visit. The reply has the warnings. values: visit, credited (case numbers, separated by
 *  blanks), status, done, need, late (是), alarm (是). The figures are in `change` alone: the answer
 *  is kept with the event, and figures of then would mislead whoever asks again. */
enum result visit_add(struct service *service, const struct caller *caller,
                      const struct visit_input *input, struct reply *reply);

/** The values of a visit's form, of the visit "DATE:SEQ" of the case's person, "" = of the last one:
 *  for correcting it and for 多头填报, so also for who may only read. RESULT_CONFLICT if it was corrected or voided already. */
enum result visit_get(struct service *service, const struct caller *caller, uint64_t case_id,
                      const char *reference, struct fields *ret_values, struct reply *reply);

struct void_input {
    uint64_t case_id; /**< or 0 and id_no */
    const char *id_no;
    const char *visit; /**< "DATE:SEQ", or "DATE" if the day has only one valid visit */
    const char *reason;
    struct visit_change *change; /**< as in visit_input */
};

/** Voids a visit that was entered twice or for the wrong person (作废): it is kept with officer, time
 *  and reason, and no longer counts. The officer who recorded it or the street may do it, until the
 *  month is closed; it cannot be undone. Voiding a correction does not bring the replaced visit
 *  back. values: visit, status, done, need, alarm as above. */
enum result visit_void(struct service *service, const struct caller *caller,
                       const struct void_input *input, struct reply *reply);

struct usecase;
/** visit_add() inside an open transaction (import). A refusal writes nothing. */
enum result visit_record(struct usecase *usecase, const struct visit_input *input);

#endif
