/**
 * Who stands in for whom today (替班): officers on leave and their substitutes.
 *
 * Responsible officers and figures stay as they are; lists of today name the substitute beside them.
 * A leave ends by itself. Private to src/service. Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_LEDGER_STANDIN_H
#define DOUDI_SERVICE_LEDGER_STANDIN_H

#include "service/frame/usecase.h"

/** `{0}` is empty. */
struct standin {
    size_t count, capacity;
    Rec__Leave **items; /**< leaves that run on the day, owned */
};

/** The last day of a leave: earlier than `to` if it was ended. */
day_t standin_last(const Rec__Leave *leave);
bool standin_runs(const Rec__Leave *leave, day_t day);
/** Those of a day. */
enum result standin_load(struct usecase *usecase, day_t day, struct standin *standin);
void standin_free(struct standin *standin);
/** The 工号 of who stands in for this officer, "" if nobody does. Borrowed. */
const char *standin_of(const struct standin *standin, const char *officer);
/** True if the caller may do it there, by the own right or by one that a leave lends today. */
bool standin_may(const struct usecase *usecase, enum action action, const char *area);
/** For whom the caller acts today on this case: the 工号 of the officer on leave whose case it is, or
 *  whose place, where the caller has no right of the own. "" = for nobody. New string. */
char *standin_for(struct usecase *usecase, const Rec__Case *record);
/** True if `substitute` stands in for `officer`. */
bool standin_is(const struct standin *standin, const char *substitute, const char *officer);

#endif
