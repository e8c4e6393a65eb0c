/**
 * The keys by which a person is found while an officer types (store_person_find()).
 *
 * The first letter is the kind of key, the text follows: n the name from each of its characters, b
 * the name from its beginning, e the whole name, i pinyin initials and y full pinyin in every
 * reading, d ID number, t its last 4 and last 6, p telephone and its last 4, q only the last 4, a
 * the address from each of its first 12 characters.
 */
#ifndef DOUDI_DB_SEARCH_H
#define DOUDI_DB_SEARCH_H

#include "db/record.pb-c.h"

#include <stdbool.h>

/** True if one of the person's keys begins with `key`; for e, if it equals it. */
bool search_matches(const Rec__Person *person, const char *key);

#endif
