#include "service/memory/round_kept.h"

#include "db/changes.h"
#include "service/memory/kept.h"
#include "service/memory/settled.h"
#include "service/memory/state.h"

#include <string.h>

enum { MOST = 8192 /* a county of 60 streets with 130 rounds each: 2 MB */ };

struct item {
    struct round_kept_of of; /**< first: it is found by that */
    struct figures figures;
    const void *stamp;
    uint64_t seen; /**< the transaction's number */
};

static int compare(const void *left, const void *right)
{
    const struct round_kept_of *a = left, *b = right;

    return a->round != b->round ? (a->round < b->round ? -1 : 1) : strcmp(a->area, b->area);
}

struct kept *round_kept_new(void)
{
    return kept_new(sizeof(struct item), MOST, compare);
}

static bool holds(const struct item *item, const struct service *service, const struct txn *txn,
                  const struct round_kept_of *of)
{
    return item->of.today == of->today && item->of.ended_at == of->ended_at &&
           item->of.from == of->from && item->of.to == of->to &&
           item->stamp == cache_counted(service->cache) &&
           changes_last(txn, of->from, of->to, of->prefix) <= item->seen &&
           changes_last(txn, of->from, of->to, of->later) <= item->seen;
}

bool round_kept_recall(struct service *service, const struct txn *txn,
                       const struct round_kept_of *of, struct figures *ret_figures)
{
    struct item item;

    if (!kept_get(service->round_kept, of, &item) || !holds(&item, service, txn, of))
        return false;
    *ret_figures = item.figures;
    return true;
}

void round_kept_remember(struct service *service, const struct txn *txn,
                         const struct round_kept_of *of, const void *stamp,
                         const struct figures *figures)
{
    struct item item = {.of = *of, .figures = *figures, .stamp = stamp, .seen = changes_seen(txn)};

    kept_put(service->round_kept, &item);
}
