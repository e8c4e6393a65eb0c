#include "service/memory/urgent_kept.h"

#include "db/changes.h"
#include "service/memory/kept.h"
#include "service/memory/state.h"

#include <string.h>

enum { MOST = 2048 /* streets; a city has some hundreds */ };

struct item {
    struct urgent_kept_of of; /* first: it is found by that */
    struct urgent urgent;
    const void *stamp;
    uint64_t seen; /* the transaction's number */
};

static int compare(const void *left, const void *right)
{
    const struct urgent_kept_of *a = left, *b = right;

    return strcmp(a->street, b->street);
}

struct kept *urgent_kept_new(void)
{
    return kept_new(sizeof(struct item), MOST, compare);
}

bool urgent_kept_recall(struct service *service, const struct txn *txn,
                        const struct urgent_kept_of *of, struct urgent *ret_urgent)
{
    struct item item;
    char prefix[AREA_TEXT];

    area_prefix(of->street, prefix);
    if (!kept_get(service->urgent_kept, of, &item) || item.of.month != of->month ||
        item.of.today != of->today || item.stamp != cache_counted(service->cache) ||
        changes_last(txn, of->month, of->month, prefix) > item.seen)
        return false;
    *ret_urgent = item.urgent;
    return true;
}

void urgent_kept_remember(struct service *service, const struct txn *txn,
                          const struct urgent_kept_of *of, const void *stamp,
                          const struct urgent *urgent)
{
    struct item item = {.of = *of, .urgent = *urgent, .stamp = stamp, .seen = changes_seen(txn)};

    kept_count(service->urgent_kept);
    kept_put(service->urgent_kept, &item);
}
