/**
 * Everybody who can be found, in memory, street by street.
 *
 * A person stands in each village where one of their cases is kept. The people of a street's
 * villages lie side by side in memory, so that a search of a province takes a thousand steps. Each
 * kind of key is packed into a 64-bit word, and a search compares one word for each person: a
 * million take about a millisecond, the officer's own village a few microseconds. Registering a
 * person writes only the record. Words are cut and may be alike: a search finds candidates, and the
 * record decides (search_matches()).
 *
 * Threads: none of its own; several may search at once while no one changes it (db/people_index.h).
 */
#ifndef DOUDI_DB_PEOPLE_H
#define DOUDI_DB_PEOPLE_H

#include "db/record.pb-c.h"

#include <stdbool.h>
#include <stddef.h>

struct people;

struct people *people_new(void);
void people_free(struct people **people);

/** Announces a person in a village before people_put(): the street then allocates exact arrays,
 *  without slack and without holes from growing. */
void people_expect(struct people *people, const char *area);

/** Enters a person in a village; replaces an earlier entry there. */
void people_put(struct people *people, const char *area, const Rec__Person *person);
/** Removes a person from a village; does nothing if they are not there. */
void people_remove(struct people *people, const char *area, uint64_t person);

/** Ids of persons in an area (a prefix) who may have a search key that begins with `key`
 *  (db/search.h): at most `most`, unordered, perhaps twice. Returns their number; *ret_more says
 *  whether there are others. */
size_t people_find(const struct people *people, const char *area, const char *key, uint64_t *ids,
                   size_t most, bool *ret_more);

/** Bytes held, for the log. */
size_t people_size(const struct people *people);

#endif
