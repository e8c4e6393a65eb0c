/**
 * Rights that a leave lends (替班): from its first day to its last the substitute may do in the places of
 * the officer on leave what the table of rights lends (struct access_action). They end by themselves.
 *
 * A role's own rights are asked first: nobody may do there what the role may nowhere.
 *
 * Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_MEMORY_LENT_H
#define DOUDI_SERVICE_MEMORY_LENT_H

#include "base/date.h"
#include "base/result.h"
#include "domain/area.h"

#include <stdbool.h>
#include <stddef.h>

struct lent;
struct service;

struct lent *lent_new(void);
void lent_free(struct lent **lent);
/** Reads the leaves again: at the start, and after one was entered or ended. */
enum result lent_load(struct service *service);

/** True if the officer stands in on that day for one whose place is, or lies around, `area`. */
bool lent_has(const struct service *service, const char *substitute, const char *area, day_t today);
/** The 工号 of that one; new string, NULL if there is none. */
char *lent_for(const struct service *service, const char *substitute, const char *area,
               day_t today);
/** Prefixes of the places that an officer reads, in the order of their codes; none lies in another. */
struct lent_places {
    size_t count, capacity;
    char (*prefixes)[AREA_TEXT];
};

/** `own` and the places that are lent to the officer on that day; with "" as `substitute` only `own`.
 *  Free `prefixes`. */
struct lent_places lent_places(const struct service *service, const char *substitute,
                               const char *own, day_t today);

#endif
