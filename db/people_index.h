/**
 * Keeps the people in memory (db/people.h) up to date with the store.
 *
 * It holds nothing until the first search. Then a thread reads all people once, and later reads
 * again each person that a commit has changed. A search waits for all earlier commits. Threads:
 * any.
 */
#ifndef DOUDI_DB_PEOPLE_INDEX_H
#define DOUDI_DB_PEOPLE_INDEX_H

#include "base/result.h"
#include "base/words.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct people_index;
struct store;

struct people_index *people_index_new(struct store *store);
/** Stops the thread. */
void people_index_free(struct people_index **index);

/** Starts the reading, unless it has started. */
void people_index_begin(struct people_index *index);

/** A person that a transaction has changed, and the village of a case that was put or removed (""
 *  for the person's own record). */
struct touched {
    uint64_t person;
    char area[AREA_TEXT];
};
/** Who wants to hear of changed persons: called after each commit, by the committing thread. */
typedef void (*people_changed_fn)(const struct touched *touched, size_t count, void *arg);
/** Set it before others use the store; one at most. Nothing in a store that only reads. */
void people_index_watch(struct store *store, people_changed_fn changed, void *arg);

/** Call after the commit. */
void people_index_tell(struct people_index *index, const struct touched *touched, size_t count);

/** As people_find(), after all earlier changes are applied. Deadlocks inside a writing
 *  transaction. */
enum result people_index_find(struct people_index *index, const char *area, const char *key,
                              uint64_t *ids, size_t most, size_t *ret_count, bool *ret_more);

#endif
