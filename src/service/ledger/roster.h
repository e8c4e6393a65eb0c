/**
 * Officers by number and by name: finds the officer in a case's visitor field.
 *
 * A case may have 1001 or 刘洋 for the same officer. Figures, filters and lists use the number for
 * both, if only one officer of that place has the name.
 *
 * A home that takes in bundles has the officers of its senders. Two streets may have the same 工号,
 * so a number there is "SENDER:工号" (211103001:1001), also of a text that means no officer
 * (211103001:刘洋). An officer of the home itself visits nobody.
 *
 * Private to src/service. Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_LEDGER_ROSTER_H
#define DOUDI_SERVICE_LEDGER_ROSTER_H

#include "service/ledger/standin.h"

/** `{0}` is empty. roster_free() releases it. */
struct roster {
    month_t month;
    bool sent; /**< officers of other homes */
    size_t count, capacity;
    struct roster_officer {
        char *id, *name, *area;
        char *same; /**< NULL = an officer; otherwise the id that a text of a village means */
    } * items;      /**< sorted by id */
    struct standin standin; /**< filled in by rows_load_roster() if the filter wants it */
};

/** The officers with the areas that they had in the month. */
enum result roster_load(struct usecase *usecase, month_t month, struct roster *roster);
void roster_free(struct roster *roster);

/** The number of the officer that `text` means at `area`; the text itself if it means no officer or
 *  several. Borrowed from the roster or the text. */
const char *roster_key(struct roster *roster, const char *area, const char *text);
/** The name for an officer's number; other texts are returned as they are. Borrowed. */
const char *roster_name(const struct roster *roster, const char *key);
/** True if the text means an officer of the home, by number or by name. */
bool roster_knows(const struct roster *roster, const char *area, const char *text);

/** "SENDER:工号" and its sender, 12 digits; "" for a number without one. */
enum { ROSTER_ID = AREA_TEXT + OFFICER_TEXT + 64 };
void roster_sender(const char *key, char area[AREA_TEXT]);
/** The ids under which the text may stand in sent_officer, by `turn`; false after the last. */
bool roster_sent_ids(const char *area, const char *text, size_t turn, char id[ROSTER_ID]);
/** True if the officer of that id works there: in a county's home officers of a street do, its own
 *  clerks do not. */
bool roster_sent_fits(const char *area, const char *id, const char *officer_area);

#endif
