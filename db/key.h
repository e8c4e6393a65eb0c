/**
 * Keys: short byte strings whose memcmp() order is the order of the records.
 *
 * Numbers are big-endian; an area is 12 bytes padded with NUL, so that a shorter area is a prefix;
 * other text ends with a NUL. A part that does not fit makes the key invalid (`overflow`); the
 * table functions refuse it with RESULT_INVALID.
 */
#ifndef DOUDI_DB_KEY_H
#define DOUDI_DB_KEY_H

#include "base/result.h"

#include <db.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KEY_MAX = 192, KEY_AREA = 12 };

struct key {
    size_t length;
    bool overflow;
    uint8_t bytes[KEY_MAX + 1]; /**< one more, for key_next() */
};

void key_add_u32(struct key *key, uint32_t number);
void key_add_u64(struct key *key, uint64_t number);
void key_add_area(struct key *key, const char *area);
void key_add_text(struct key *key, const char *text);
/** Adds bytes without an end mark: fixed-size parts, and beginnings to search by. */
void key_add_bytes(struct key *key, const void *bytes, size_t length);
/** Adds the beginning of an area (NULL and "" for every area). */
void key_add_prefix(struct key *key, const char *text);

/** Turns the key into the next greater one. */
void key_next(struct key *key);
/** Compares the first `length` bytes at most: 0 also if one key is a prefix of the other. */
int key_compare_prefix(const struct key *key, const struct key *prefix);
int key_compare(const struct key *a, const struct key *b);

/** Hexadecimal text of a key, and back (RESULT_INVALID for other text). */
char *key_text(const struct key *key);
enum result key_parse(const char *text, struct key *ret_key);

/** For Berkeley DB; borrows the bytes. */
DBT key_dbt(const struct key *key);

/** A growing list of keys; zeroed is empty. */
struct keys {
    size_t count;
    size_t capacity;
    struct key *items; /**< owned */
};

/** Adds an empty key and returns it; borrowed until the next one is added. */
struct key *keys_add(struct keys *keys);
/** Sorts and removes duplicates. */
void keys_settle(struct keys *keys);
void keys_free(struct keys *keys);

#endif
