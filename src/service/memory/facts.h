/**
 * What a home is, as it is held in memory: its place, its day, its months, its rules.
 *
 * Private to src/service; what others may know of it is in service/service.h. Threads: any.
 */
#ifndef DOUDI_SERVICE_MEMORY_FACTS_H
#define DOUDI_SERVICE_MEMORY_FACTS_H

#include "domain/duty.h"
#include "form/form.h"
#include "service/service.h"

struct store;
struct totals;

/** Seconds since 1970; with a fixed date, that day at the clock's time of day. */
int64_t service_now(const struct service *service);
/** The caller of timers and maintenance. */
struct caller service_system(const struct service *service);
/** The last month whose duties have been made. */
month_t service_opened_month(const struct service *service);
/** The last month all of whose duties are made; those up to service_opened_month() are being made. */
month_t service_complete_month(const struct service *service);

/** The service's parts. */
struct store *service_store(struct service *service);
struct totals *service_totals(struct service *service);
/** True if the division exists; for form checks too (arg = service). */
bool service_area_exists(const char *code, void *arg);
struct type_context service_type_context(const struct service *service);
/** Rules in force for a month (standards, else the defaults). */
struct duty_rules service_rules(const struct service *service, month_t month);
/** A dated value for an area on a day, `fallback` if none is set. */
int64_t service_standard(const struct service *service, const char *name, const char *area,
                         day_t day, int64_t fallback);
/** Value of a parameter of the whole home on a day; its default (service/memory/standards.h) if none is
 *  set. */
int64_t service_parameter(const struct service *service, const char *name, day_t day);

#endif
