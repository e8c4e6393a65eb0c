/**
 * Decides which duty counts if a person has several cases of a programme in a month.
 *
 * domain/share.h has the rule. It needs the rows of all the cases, so each row keeps its result,
 * and a change of one row decides all of them again.
 *
 * Private to src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_LEDGER_SHARING_H
#define DOUDI_SERVICE_LEDGER_SHARING_H

#include "service/frame/usecase.h"
#include "service/ledger/credit.h"

/** Sets on each row of `changes`, all of one person, whether it counts. In memory only. */
void sharing_settle(const struct usecase *usecase, struct credit_changes *changes);

/** True if another case of the person and programme may share a month with this one from `first`
 *  on, because this case begins or ends there. */
bool sharing_possible(const Rec__Case *record, month_t first);

/** Loads the rows of all cases of this person and programme; none if there is only one case. */
enum result sharing_load(struct usecase *usecase, uint64_t person, const char *kind,
                         struct credit_changes *changes);
/** Decides the rows of all cases of this person and programme again, and stores those that
 *  change. */
enum result sharing_store(struct usecase *usecase, uint64_t person, const char *kind);

#endif
