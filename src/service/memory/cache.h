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

/** A division, NULL if unknown; `code` of 12 digits. Borrowed from the cache. */
const Rec__Area *cache_area(const struct cache *cache, const char *code);
/** All divisions by code. */
const Rec__Area *cache_area_at(const struct cache *cache, size_t index);

/** The value in force for `area` on `day`: the latest one that has begun, of the smallest division
 *  around `area` that has a value. */
int64_t cache_standard(const struct cache *cache, const char *name, const char *area, day_t day,
                       int64_t fallback);
struct duty_rules cache_rules(const struct cache *cache, month_t month);

#endif
