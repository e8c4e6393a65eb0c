/**
 * Several cases of one person and programme in a month: which of their duties counts.
 *
 * domain/share.h has the rule. It needs the rows of all the cases, so what it answers is kept on
 * each row and worked out anew whenever one of them changes.
 *
 * Private to src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_LEDGER_SHARING_H
#define DOUDI_SERVICE_LEDGER_SHARING_H

#include "service/frame/usecase.h"
#include "service/ledger/credit.h"

/** Says on each row of `changes`, all of one person, whether it counts. In memory only. */
void sharing_settle(const struct usecase *usecase, struct credit_changes *changes);

/** True if another case of the person and programme may stand beside this one in a month from
 *  `first` on: it begins or ends. */
bool sharing_possible(const Rec__Case *record, month_t first);

/** Loads the rows of all cases of this person and programme; none if there is only one case. */
enum result sharing_load(struct usecase *usecase, uint64_t person, const char *kind,
                         struct credit_changes *changes);
/** Works out the rows of all cases of this person and programme, and stores those that change. */
enum result sharing_store(struct usecase *usecase, uint64_t person, const char *kind);

#endif
