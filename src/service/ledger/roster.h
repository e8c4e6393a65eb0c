/**
 * Officers by number and by name: finds the officer in a case's visitor field.
 *
 * A case may have 1001 or 刘洋 for the same officer. Figures, filters and lists use the number for
 * both, if only one officer of that place has the name.
 *
 * Private to src/service. Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_LEDGER_ROSTER_H
#define DOUDI_SERVICE_LEDGER_ROSTER_H

#include "service/frame/usecase.h"

/** `{0}` is empty. roster_free() releases it. */
struct roster {
    month_t month;
    size_t count, capacity;
    struct roster_officer {
        char *id, *name, *area;
    } * items; /**< sorted by id */
};

/** The officers with the areas that they had in the month. */
enum result roster_load(struct usecase *usecase, month_t month, struct roster *roster);
void roster_free(struct roster *roster);

/** The number of the officer that `text` means at `area`; the text itself if it means no officer or
 *  several. Borrowed from the roster or the text. */
const char *roster_key(const struct roster *roster, const char *area, const char *text);
/** The name for an officer's number; other texts are returned as they are. Borrowed. */
const char *roster_name(const struct roster *roster, const char *key);
/** True if the text means an officer of the home, by number or by name. */
bool roster_knows(const struct roster *roster, const char *text);

#endif
