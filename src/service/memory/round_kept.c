#include "service/memory/round_kept.h"

#include "base/mem.h"
#include "db/changes.h"
#include "service/memory/settled.h"
#include "service/memory/state.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 8192 /* a county of 60 streets with 130 rounds each: 2 MB */ };

struct item {
    struct round_kept_of of;
    struct figures figures;
    const void *stamp;
    uint64_t seen; /**< the transaction's number */
};

struct round_kept {
    pthread_mutex_t lock;
    uint64_t counted;
    size_t count, capacity;
    struct item *items; /**< by round and area */
};

struct round_kept *round_kept_new(void)
{
    struct round_kept *kept = mem_new(sizeof *kept);

    pthread_mutex_init(&kept->lock, NULL);
    return kept;
}

void round_kept_free(struct round_kept **kept)
{
    if (*kept == NULL)
        return;
    pthread_mutex_destroy(&(*kept)->lock);
    free((*kept)->items);
    free(*kept);
    *kept = NULL;
}

const void *round_kept_stamp(const struct service *service)
{
    return cache_counted(service->cache);
}

static int compare(const struct round_kept_of *a, const struct round_kept_of *b)
{
    return a->round != b->round ? (a->round < b->round ? -1 : 1) : strcmp(a->area, b->area);
}

/** The place of the item, or where it belongs. */
static size_t find(const struct round_kept *kept, const struct round_kept_of *of)
{
    size_t low = 0, high = kept->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(&kept->items[middle].of, of) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool holds(const struct item *item, const struct service *service, const struct txn *txn,
                  const struct round_kept_of *of)
{
    return item->of.today == of->today && item->of.ended_at == of->ended_at &&
           item->of.from == of->from && item->of.to == of->to &&
           item->stamp == round_kept_stamp(service) &&
           changes_last(txn, of->from, of->to, of->prefix) <= item->seen &&
           changes_last(txn, of->from, of->to, of->later) <= item->seen;
}

bool round_kept_recall(struct service *service, const struct txn *txn,
                       const struct round_kept_of *of, struct figures *ret_figures)
{
    struct round_kept *kept = service->round_kept;
    bool found;

    pthread_mutex_lock(&kept->lock);
    size_t place = find(kept, of);
    found = place < kept->count && compare(&kept->items[place].of, of) == 0 &&
            holds(&kept->items[place], service, txn, of);
    if (found)
        *ret_figures = kept->items[place].figures;
    pthread_mutex_unlock(&kept->lock);
    return found;
}

void round_kept_remember(struct service *service, const struct txn *txn,
                         const struct round_kept_of *of, const void *stamp,
                         const struct figures *figures)
{
    struct round_kept *kept = service->round_kept;
    struct item item = {.of = *of, .figures = *figures, .stamp = stamp, .seen = changes_seen(txn)};

    pthread_mutex_lock(&kept->lock);
    if (kept->count == MOST)
        kept->count = 0;
    size_t place = find(kept, of);
    bool there = place < kept->count && compare(&kept->items[place].of, of) == 0;
    if (!there) {
        mem_grow((void **)&kept->items, kept->count, &kept->capacity, sizeof *kept->items);
        memmove(kept->items + place + 1, kept->items + place,
                (kept->count - place) * sizeof *kept->items);
        kept->count++;
    }
    kept->items[place] = item;
    pthread_mutex_unlock(&kept->lock);
}

void round_kept_count(const struct service *service)
{
    struct round_kept *kept = service->round_kept;

    pthread_mutex_lock(&kept->lock);
    kept->counted++;
    pthread_mutex_unlock(&kept->lock);
}

uint64_t round_kept_counted(const struct service *service)
{
    struct round_kept *kept = service->round_kept;

    pthread_mutex_lock(&kept->lock);
    uint64_t counted = kept->counted;
    pthread_mutex_unlock(&kept->lock);
    return counted;
}
