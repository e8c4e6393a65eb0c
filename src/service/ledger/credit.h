/**
 * Changes duties when a person's visits change (recording, correcting, voiding, undoing an import).
 *
 * Load the duties before the visits change. Afterwards credit_store() counts them again from the
 * visits (service/ledger/recount.h), so that every duty always agrees with its visits.
 *
 * Private to src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_LEDGER_CREDIT_H
#define DOUDI_SERVICE_LEDGER_CREDIT_H

#include "domain/duty.h"
#include "service/frame/usecase.h"
#include "service/ledger/recount.h"

/** A duty as stored and as counted again. */
struct credit_change {
    Rec__Duty *was;
    Rec__Duty *is;
    struct duty_view was_view, is_view; /**< how they stand; once credit_put() has been called */
};

/** `{0}` is empty. */
struct credit_changes {
    size_t count;
    size_t capacity;
    struct credit_change *items;
    month_t from; /**< the earliest month in which a visit changes */
};

/** Adds the case's visit duties of `from` and later months. Call before the visits change. */
enum result credit_load(struct usecase *usecase, const Rec__Case *record, month_t from,
                        struct credit_changes *changes);
/** After they changed: counts every duty anew and stores those that differ. `known` holds the visits
 *  of one of the months as they are now, so that they are not read; NULL if none does. */
enum result credit_store(struct usecase *usecase, struct credit_changes *changes,
                         const struct month_visits *known);
/** Judges the duties and stores those that differ. */
enum result credit_put(struct usecase *usecase, struct credit_changes *changes);
void credit_changes_free(struct credit_changes *changes);

#endif
