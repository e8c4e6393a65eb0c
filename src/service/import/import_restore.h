/**
 * Giving known persons back what an import changed of them.
 *
 * Private to the import (import_undo.c).
 */
#ifndef DOUDI_SERVICE_IMPORT_IMPORT_RESTORE_H
#define DOUDI_SERVICE_IMPORT_IMPORT_RESTORE_H

#include "service/frame/usecase.h"

/** Changes of persons as a batch's events have them. `{0}` is empty. */
struct import_restore {
    size_t count, capacity;
    struct import_changed {
        uint64_t person;
        char *field, *old, *new;
    } * items;
};

/** Takes a change of an event, if it is one of a known person. */
void import_restore_take(struct import_restore *restore, const char *name, const char *old,
                         const char *new);
/** Puts the old value back, the latest change first, and counts it; one that was changed since is left
 *  and named in `left` (COLUMNS_UNRESTORED). */
enum result import_restore_person(struct usecase *usecase, const struct import_restore *restore,
                                  size_t nth, struct sheet *left, uint64_t *restored);
void import_restore_free(struct import_restore *restore);

#endif
