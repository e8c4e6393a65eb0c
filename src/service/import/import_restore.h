/**
 * Restores the values of known persons that an import changed.
 *
 * Private to the import (import_undo.c). Threads: within the undo's transactions.
 */
#ifndef DOUDI_SERVICE_IMPORT_IMPORT_RESTORE_H
#define DOUDI_SERVICE_IMPORT_IMPORT_RESTORE_H

#include "service/frame/usecase.h"

/** A batch's changes of persons, from its events. `{0}` is empty. */
struct import_restore {
    size_t count, capacity;
    struct import_changed {
        uint64_t person;
        char *field, *old, *new;
    } * items;
};

/** Takes over an event's change if it changed a known person. */
void import_restore_take(struct import_restore *restore, const char *name, const char *old,
                         const char *new);
/** Puts the old values back, the latest change first, and counts them. A value that was changed
 *  since is kept and listed in `left` (COLUMNS_UNRESTORED). */
enum result import_restore_person(struct usecase *usecase, const struct import_restore *restore,
                                  size_t nth, struct sheet *left, uint64_t *restored);
void import_restore_free(struct import_restore *restore);

/** Who a batch put on the list of deaths (import_listed.c); `{0}` is empty. */
struct import_listed {
    const char *batch;
    size_t count, capacity;
    char **id_nos;
};

enum result import_listed_find(struct txn *txn, const char *batch, struct import_listed *listed);
void import_listed_free(struct import_listed *listed);

#endif
