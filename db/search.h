/**
 * The keys by which a person is found as somebody types (store_person_find()).
 *
 * A letter says what kind of key it is, the text follows: n name, i pinyin initials, y full
 * pinyin, d ID number, t its last digits, p phone, a address.
 */
#ifndef DOUDI_DB_SEARCH_H
#define DOUDI_DB_SEARCH_H

#include "db/key.h"

#include <stdbool.h>

/** Bytes of a key that are kept in the index: the letter and 8 Chinese characters. */
enum { SEARCH_KEY_MAX = 25 };

/** The person's keys for the index, cut to SEARCH_KEY_MAX. */
void search_keys(const void *person, struct keys *to);
/** True if one of the person's whole keys begins with `key`. */
bool search_matches(const void *person, const char *key);

#endif
