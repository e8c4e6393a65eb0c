/**
 * The excuses (免访) of a case, and the one that concerns a month.
 *
 * An excuse is the case's: it has days and may reach over several months. Each duty keeps a copy of
 * the one that concerns its month, so that it can be judged by itself.
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
/** Of those that touch the month a granted one, of several the one with the most days in it; else one
 *  that waits for a decision; else the last that was refused or revoked. NULL if none touches it.
 *  Borrowed. */
const Rec__Excuse *excuses_of_month(const Rec__Case *record, month_t month);
/** The one that waits for a decision, NULL if none does. Borrowed. */
Rec__Excuse *excuses_waiting(const Rec__Case *record);

#endif
