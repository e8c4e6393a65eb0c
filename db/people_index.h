/**
 * Keeps everybody who can be found in memory (db/people.h) as the store has them.
 *
 * Nothing is held until somebody is looked for. Then a thread reads who there is, once, and from
 * then on reads anew whoever a commit has changed. A search waits until all that was committed
 * before it is in. Threads: any.
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
/** Ends the thread. */
void people_index_free(struct people_index **index);

/** Begins to read, if that has not begun. */
void people_index_begin(struct people_index *index);

/** Somebody a transaction has changed, and the village of a case that was put or removed ("" if it
 *  was the person's own record). */
struct touched {
    uint64_t person;
    char area[AREA_TEXT];
};
/** After the commit. */
void people_index_tell(struct people_index *index, const struct touched *touched, size_t count);

/** As people_find(), when all that was told before is in. Not within a transaction that has written:
 *  what it holds is waited for. */
enum result people_index_find(struct people_index *index, const char *area, const char *key,
                              uint64_t *ids, size_t most, size_t *ret_count, bool *ret_more);

#endif
