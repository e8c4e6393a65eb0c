/**
 * The keys by which a person is found as somebody types (store_person_find()).
 *
 * A letter says what kind of key it is, the text follows: n the name and each of its endings, b the
 * name from its beginning, e the name as a whole, i pinyin initials and y full pinyin in every reading,
 * d ID number, t its last 4 and last 6, p telephone and its last 4, q only these, a the address from
 * each of its first 12 characters.
 */
#ifndef DOUDI_DB_SEARCH_H
#define DOUDI_DB_SEARCH_H

#include "db/record.pb-c.h"

#include <stdbool.h>

/** True if one of the person's keys begins with `key`, or for e is all of it. */
bool search_matches(const Rec__Person *person, const char *key);

#endif
