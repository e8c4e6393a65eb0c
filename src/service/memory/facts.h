/**
 * Facts about the home, in memory: its area, today's date, its months, its rules.
 *
 * Private to src/service; service/service.h has the public part. Threads: any.
 */
#ifndef DOUDI_SERVICE_MEMORY_FACTS_H
#define DOUDI_SERVICE_MEMORY_FACTS_H

#include "base/str.h"
#include "domain/duty.h"
#include "form/form.h"
#include "service/service.h"

struct cache_standard;
struct store;
struct totals;

/** Seconds since 1970; with a fixed date, the clock's time of day on that date. */
int64_t facts_now(const struct service *service);
/** The same, and the microseconds of that second. */
int64_t facts_moment(const struct service *service, uint32_t *ret_micros);
/** The caller for timers and maintenance. */
struct caller facts_system(const struct service *service);
/** The last month that was opened. */
month_t facts_opened_month(const struct service *service);
/** The last month whose duties are all made; those of later months up to facts_opened_month() are
 *  being made. */
month_t facts_complete_month(const struct service *service);

/** The next id of a sequence ("person", "case", "alarm"), unique between homes (base/ids.h). */
enum result facts_next_id(struct service *service, const char *sequence, uint64_t *ret_id);

/** The service's parts. */
struct store *facts_store(struct service *service);
struct totals *facts_totals(struct service *service);
/** The name that a division had at a month's end, "" if unknown. Borrowed for the request. */
const char *facts_area_name_in(const struct service *service, const char *code, month_t month);
/** The code (12 digits) that has followed `code`, or `code` itself (service/memory/cache.h). */
const char *facts_area_present(const struct service *service, const char *code);
/** True if the division exists and takes in people. If not, adds why to *ret_fault (NULL = not
 *  wanted). */
bool facts_area_lives(const struct service *service, const char *code, struct str *ret_fault);
/** True if the division is known, also one that is gone; for form checks too (arg = service). */
bool facts_area_exists(const char *code, void *arg);
struct type_context facts_type_context(const struct service *service);
/** The rules for a month, from the standards or else the defaults. */
struct duty_rules facts_duty_rules(const struct service *service, month_t month);
/** The standard for an area on a day, `fallback` if none is set. */
int64_t facts_standard(const struct service *service, const char *name, const char *area, day_t day,
                       int64_t fallback);
/** The standard's row (service/memory/cache.h), NULL if none is set. Borrowed for the request. */
const struct cache_standard *facts_standard_row(const struct service *service, const char *name,
                                                const char *area, day_t day);
/** Every row that is a number, NULL at the end. Borrowed for the request. */
const struct cache_standard *facts_standard_at(const struct service *service, size_t index);
/** The value of the home's parameter on a day, or its default (service/memory/standards.h). */
int64_t facts_parameter(const struct service *service, const char *name, day_t day);

#endif
