/**
 * Everybody who can be found, in memory: what a search compares, street by street.
 *
 * A person stands in each village where one of their cases is kept; the people of a street's villages
 * lie side by side, so that a province is walked through in a thousand steps. Each kind of key is packed into
 * a 64-bit word, so that a search is a comparison of one word a person: a million take about a
 * millisecond, the officer's own village a few microseconds, and nothing but the record itself is
 * written when somebody is registered. Words are cut and may be alike: what is found are candidates,
 * the record decides (search_matches()).
 *
 * Threads: none of its own; several may search at once while nobody changes anything (db/people_index.h).
 */
#ifndef DOUDI_DB_PEOPLE_H
#define DOUDI_DB_PEOPLE_H

#include "db/record.pb-c.h"

#include <stdbool.h>
#include <stddef.h>

struct people;

struct people *people_new(void);
void people_free(struct people **people);

/** Says that somebody will be entered in a village: a street whose number is known before is held
 *  without slack, and leaves no holes behind where its arrays have grown. */
void people_expect(struct people *people, const char *area);

/** Enters somebody in a village, in place of what was there of the same person. */
void people_put(struct people *people, const char *area, const Rec__Person *person);
/** Takes somebody out of a village; does nothing if they are not there. */
void people_remove(struct people *people, const char *area, uint64_t person);

/** Ids of persons in an area (a prefix) who may have a search key that begins with `key`
 *  (db/search.h): at most `most` of them, in no order; somebody may come twice. Returns their
 *  number, and in *ret_more whether there were others. */
size_t people_find(const struct people *people, const char *area, const char *key, uint64_t *ids,
                   size_t most, bool *ret_more);

/** Bytes held, for the log. */
size_t people_size(const struct people *people);

#endif
