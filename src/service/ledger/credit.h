/**
 * Duties that change because a person's visits do (recording, correcting, undoing an import).
 *
 * The duties are loaded before, and counted anew from the visits afterwards (service/ledger/duties.h), so
 * that no way of changing a visit can leave a duty that its visits do not explain.
 *
 * Private to src/service.
 */
#ifndef DOUDI_SERVICE_LEDGER_CREDIT_H
#define DOUDI_SERVICE_LEDGER_CREDIT_H

#include "service/frame/usecase.h"

/** A duty as it was and as its visits make it. */
struct credit_change {
    Rec__Duty *was;
    Rec__Duty *is;
};

/** `{0}` is empty. */
struct credit_changes {
    size_t count;
    size_t capacity;
    struct credit_change *items;
    month_t from; /**< the earliest month in which a visit changes */
};

/** Adds the case's visit duties of `from` and later months: before the visits change. */
enum result credit_load(struct usecase *usecase, const Rec__Case *record, month_t from,
                        struct credit_changes *changes);
/** After they changed: counts every duty anew and stores those that differ. */
enum result credit_store(struct usecase *usecase, struct credit_changes *changes);
/** Stores those that differ. */
enum result credit_put(struct usecase *usecase, const struct credit_changes *changes);
void credit_changes_free(struct credit_changes *changes);

#endif
