/**
 * Areas and standards in memory.
 *
 * Both change seldom and are read often, so each reload makes a new immutable snapshot. Old
 * snapshots are kept until the end, because callers borrow names from them. Threads: any.
 */
#ifndef DOUDI_SERVICE_MEMORY_CACHE_H
#define DOUDI_SERVICE_MEMORY_CACHE_H

#include "db/tables.h"
#include "domain/duty.h"

#include <stdbool.h>

struct cache;

struct cache *cache_new(void);
void cache_free(struct cache **cache);
/** Reads both tables again. */
enum result cache_load(struct cache *cache, struct store *store);
/** The same within a transaction that changes them: call cache_load() if it fails. */
enum result cache_load_within(struct cache *cache, struct txn *txn);
/** Another one after each change of areas or standards; only to be compared. */
const void *cache_edition(const struct cache *cache);
/** The same, but not after a change by which nobody is counted elsewhere: the tables were read again
 *  and are equal, a division got another name or is new. */
const void *cache_counted(const struct cache *cache);

/** A division, NULL if unknown; `code` of 12 digits. Borrowed from the cache. */
const Rec__Area *cache_area(const struct cache *cache, const char *code);
/** All divisions by code. */
const Rec__Area *cache_area_at(const struct cache *cache, size_t index);

/** False if a change of divisions has ended it (service/keeping/area_change.h). */
bool cache_area_lives(const Rec__Area *area);
/** The division's name on a day. Borrowed from the area. */
const char *cache_area_name_on(const Rec__Area *area, day_t day);
/** The code that has followed `code` (12 digits) by now; `code` itself if it lives or went nowhere.
 *  Borrowed from the cache or the caller. */
const char *cache_area_present(const struct cache *cache, const char *code);

/** The value in force for `area` on `day`: the latest one that has begun, of the smallest division
 *  around `area` that has a value. */
int64_t cache_standard(const struct cache *cache, const char *name, const char *area, day_t day,
                       int64_t fallback);
/** A standard that is a number: money in fen. */
struct cache_standard {
    char *name;
    char area[AREA_TEXT];
    day_t from;
    int64_t value;
};
/** The row of that value, NULL if there is none. Borrowed from the cache. */
const struct cache_standard *cache_standard_row(const struct cache *cache, const char *name,
                                                const char *area, day_t day);
/** All of them, in the store's order; NULL at the end. */
const struct cache_standard *cache_standard_at(const struct cache *cache, size_t index);
struct duty_rules cache_rules(const struct cache *cache, month_t month);

#endif
