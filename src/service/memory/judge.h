/**
 * Judges a row of the ledger: makes the facts for duty_judge().
 *
 * Private to src/service. Threads: pure functions over borrowed records.
 */
#ifndef DOUDI_SERVICE_MEMORY_JUDGE_H
#define DOUDI_SERVICE_MEMORY_JUDGE_H

#include "db/tables.h"
#include "domain/duty.h"
#include "service/memory/facts.h"

enum { DUTIES_DAYS = 31 };

/** Do not copy it: `facts` points into it. Several counting visits of a day are one credit, late if
 *  one of them was late. */
struct judge_facts {
    struct duty_facts facts;
    struct duty_credit credits[DUTIES_DAYS];
};
void judge_facts(const Rec__Duty *duty, struct judge_facts *facts);
/** The state of a stored duty. */
struct duty_view judge_row(const struct service *service, const Rec__Duty *duty, day_t today);
/** As judge_row(), for a caller that has the rules of the duty's month. */
struct duty_view judge_duty(const Rec__Duty *duty, const struct duty_rules *rules, day_t today);
/** True while the row's month is closed in the row's street. */
bool judge_is_closed(const Rec__Duty *duty);

#endif
