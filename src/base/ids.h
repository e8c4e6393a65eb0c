/**
 * Ids of persons, cases and alarms.
 *
 * An id is unique between homes: its upper 30 bits are the first nine digits of the area of the home
 * that gave it, the lower 34 count. A home that was made before has ids without an area; whoever
 * takes in its records puts the area in front. Ids need all 64 bits: never keep one as a signed
 * number. Threads: any.
 */
#ifndef DOUDI_BASE_IDS_H
#define DOUDI_BASE_IDS_H

#include <stdbool.h>
#include <stdint.h>

enum { IDS_TEXT = 21, IDS_COUNT_BITS = 34 };

/** The nine digits of a 12-digit code, as a number. */
uint32_t ids_origin(const char *area);
/** The origin in an id, 0 if it has none. */
uint32_t ids_origin_of(uint64_t id);
/** The id without its origin. */
uint64_t ids_count_of(uint64_t id);
/** The id with this origin. */
uint64_t ids_make(uint32_t origin, uint64_t count);

/** Strict decimal digits, at least 1; false otherwise. */
bool ids_parse(const char *text, uint64_t *ret_id);
/** The digits, at a place in `buffer`. */
const char *ids_format(uint64_t id, char buffer[IDS_TEXT]);

#endif
