/**
 * Officers by number and by name: whom a case means by its visitor.
 *
 * A ledger writes 1001 or 刘洋 for the same officer. In figures, filters and lists both are one: the
 * number, if the name means one officer of that place.
 *
 * Private to src/service. Threads: one use case.
 */
#ifndef DOUDI_SERVICE_LEDGER_ROSTER_H
#define DOUDI_SERVICE_LEDGER_ROSTER_H

#include "service/frame/usecase.h"

/** `{0}` is empty. roster_free() releases it. */
struct roster {
    size_t count, capacity;
    struct roster_officer {
        char *id, *name, *area;
    } * items; /**< by id */
};

enum result roster_load(struct usecase *usecase, struct roster *roster);
void roster_free(struct roster *roster);

/** The number of the officer whom `text` means at `area`; the text itself if it means nobody or more
 *  than one. Borrowed from the roster or the text. */
const char *roster_key(const struct roster *roster, const char *area, const char *text);
/** The name of an officer's number; any other text as it is. Borrowed. */
const char *roster_name(const struct roster *roster, const char *key);
/** True if the text means an officer of the home, by number or by name. */
bool roster_knows(const struct roster *roster, const char *text);

#endif
