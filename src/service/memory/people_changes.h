/**
 * Persons that commits have changed: the rules of leads look at each of them again.
 *
 * A commit adds the persons whose record, case or household it changed; the next run of the rules
 * takes them. What a stopped server had not worked off is made good by the next run over everybody
 * (service/lists/lead_run.h).
 *
 * Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_MEMORY_PEOPLE_CHANGES_H
#define DOUDI_SERVICE_MEMORY_PEOPLE_CHANGES_H

#include "base/date.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct people_changes;
struct store;

struct people_changes *people_changes_new(void);
void people_changes_free(struct people_changes **changes);
/** From now on hears of the store's commits. */
void people_changes_watch(struct people_changes *changes, struct store *store);

/** Takes all ids, sorted, each once; free *ret_ids. */
size_t people_changes_take(struct people_changes *changes, uint64_t **ret_ids);
/** The number of the last change of a person, 0 if there was none since the start. */
uint64_t people_changes_of(struct people_changes *changes, uint64_t person);
/** Rises with every change. */
uint64_t people_changes_number(struct people_changes *changes);

/** A count of dates ahead that first screens ask for again and again. */
struct people_count {
    size_t all, late;
};
/** What was remembered for the area and day, if nobody has changed since. */
bool people_changes_recall(struct people_changes *changes, const char *area, day_t today,
                           struct people_count *ret_count);
/** `number`: people_changes_number() before the counting. */
void people_changes_remember(struct people_changes *changes, const char *area, day_t today,
                             uint64_t number, const struct people_count *count);

/** One run of the rules at a time: the turn is held during it. With `wait` false it may be denied. */
bool people_changes_begin(struct people_changes *changes, bool wait);
void people_changes_end(struct people_changes *changes);

#endif
