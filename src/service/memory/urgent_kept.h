/**
 * What presses in each street (今日到期、逾期、还差), kept until something it was counted from changes, so
 * that the first screen of a county need not read all duties at each refresh.
 *
 * It holds on one day, and while no commit has written a duty of the street and month (db/changes.h)
 * and the divisions are the same. Nothing here is needed: what is not kept is counted.
 *
 * Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_MEMORY_URGENT_KEPT_H
#define DOUDI_SERVICE_MEMORY_URGENT_KEPT_H

#include "base/date.h"
#include "domain/area.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct kept;
struct service;
struct txn;

/** What presses among the duties of a month. */
struct urgent {
    size_t due, reviews;   /**< visit duties that something is due of, and reviews */
    size_t today, overdue; /**< of the visit duties */
    size_t missing;        /**< visits that people who were reached are owed besides */
};

/** What is kept: of a street in a month on a day. */
struct urgent_kept_of {
    char street[AREA_TEXT];
    month_t month;
    day_t today;
};

struct kept *urgent_kept_new(void);

/** False if it is to be counted. */
bool urgent_kept_recall(struct service *service, const struct txn *txn,
                        const struct urgent_kept_of *of, struct urgent *ret_urgent);
/** `stamp`: cache_counted() of before anything was read. */
void urgent_kept_remember(struct service *service, const struct txn *txn,
                          const struct urgent_kept_of *of, const void *stamp,
                          const struct urgent *urgent);

#endif
