/**
 * The excuses (免访) of a case, and the one that concerns a month.
 *
 * An excuse belongs to the case: it has a first and a last day and may span several months. Each
 * duty keeps a copy of the excuse that concerns its month, so that the duty can be judged by
 * itself.
 *
 * Private to src/service. Threads: pure functions over borrowed records.
 */
#ifndef DOUDI_SERVICE_MEMORY_EXCUSES_H
#define DOUDI_SERVICE_MEMORY_EXCUSES_H

#include "db/tables.h"

#define EXCUSE_ASKED "asked"
#define EXCUSE_GRANTED "granted"
#define EXCUSE_REFUSED "refused"
#define EXCUSE_REVOKED "revoked"

/** True if a day of the excuse lies in the month. */
bool excuses_touch(const Rec__Excuse *excuse, month_t month);
/** The excuse that concerns the month: of those that touch it a granted one (of several, the one
 *  with the most days in the month), else a waiting one, else the last that was refused or revoked.
 *  NULL if none touches it. Borrowed. */
const Rec__Excuse *excuses_of_month(const Rec__Case *record, month_t month);
/** The excuse that waits for a decision, NULL if there is none. Borrowed. */
Rec__Excuse *excuses_waiting(const Rec__Case *record);

#endif
