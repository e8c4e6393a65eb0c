/**
 * A row of the ledger as facts for duty_judge(): how it stands.
 *
 * Private to src/service. Threads: pure functions over borrowed records.
 */
#ifndef DOUDI_SERVICE_MEMORY_JUDGE_H
#define DOUDI_SERVICE_MEMORY_JUDGE_H

#include "db/tables.h"
#include "domain/duty.h"
#include "service/memory/facts.h"

enum { DUTIES_DAYS = 31 };

/** Stays where it is: `facts` points into it. A day on which several visits count is one credit, late
 *  if one of them was. */
struct judge_facts {
    struct duty_facts facts;
    struct duty_credit credits[DUTIES_DAYS];
};
void judge_facts(const Rec__Duty *duty, struct judge_facts *facts);
/** How a stored duty stands (its facts through duty_judge()). */
struct duty_view judge_row(const struct service *service, const Rec__Duty *duty, day_t today);
/** As judge_row(), with the rules of the duty's month at hand. */
struct duty_view judge_duty(const Rec__Duty *duty, const struct duty_rules *rules, day_t today);
/** True while the month is closed where the row stands. */
bool judge_is_closed(const Rec__Duty *duty);

#endif
