#include "service/memory/urgent_kept.h"

#include "base/mem.h"
#include "db/changes.h"
#include "service/memory/state.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct item {
    struct urgent_kept_of of;
    struct urgent urgent;
    const void *stamp;
    uint64_t seen; /* the transaction's number */
};

struct urgent_kept {
    pthread_mutex_t lock;
    uint64_t counted;
    size_t count, capacity;
    struct item *items; /* one for each street, by code */
};

struct urgent_kept *urgent_kept_new(void)
{
    struct urgent_kept *kept = mem_new(sizeof *kept);

    pthread_mutex_init(&kept->lock, NULL);
    return kept;
}

void urgent_kept_free(struct urgent_kept **kept)
{
    if (*kept == NULL)
        return;
    pthread_mutex_destroy(&(*kept)->lock);
    free((*kept)->items);
    free(*kept);
    *kept = NULL;
}

const void *urgent_kept_stamp(const struct service *service)
{
    return cache_counted(service->cache);
}

/** The place of the street, or where it belongs. */
static size_t find(const struct urgent_kept *kept, const char *street)
{
    size_t low = 0, high = kept->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(kept->items[middle].of.street, street) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_of(const struct urgent_kept *kept, size_t place, const char *street)
{
    return place < kept->count && strcmp(kept->items[place].of.street, street) == 0;
}

bool urgent_kept_recall(struct service *service, const struct txn *txn,
                        const struct urgent_kept_of *of, struct urgent *ret_urgent)
{
    struct urgent_kept *kept = service->urgent_kept;
    char prefix[AREA_TEXT];

    area_prefix(of->street, prefix);
    uint64_t last = changes_last(txn, of->month, of->month, prefix);
    pthread_mutex_lock(&kept->lock);
    size_t place = find(kept, of->street);
    const struct item *item = is_of(kept, place, of->street) ? &kept->items[place] : NULL;
    bool holds = item != NULL && item->of.month == of->month && item->of.today == of->today &&
                 item->stamp == urgent_kept_stamp(service) && last <= item->seen;
    if (holds)
        *ret_urgent = item->urgent;
    pthread_mutex_unlock(&kept->lock);
    return holds;
}

void urgent_kept_remember(struct service *service, const struct txn *txn,
                          const struct urgent_kept_of *of, const void *stamp,
                          const struct urgent *urgent)
{
    struct urgent_kept *kept = service->urgent_kept;
    struct item item = {*of, *urgent, stamp, changes_seen(txn)};

    pthread_mutex_lock(&kept->lock);
    kept->counted++;
    size_t place = find(kept, of->street);
    if (!is_of(kept, place, of->street)) {
        mem_grow((void **)&kept->items, kept->count, &kept->capacity, sizeof *kept->items);
        memmove(kept->items + place + 1, kept->items + place,
                (kept->count - place) * sizeof *kept->items);
        kept->count++;
    }
    kept->items[place] = item;
    pthread_mutex_unlock(&kept->lock);
}

uint64_t urgent_kept_counted(const struct service *service)
{
    struct urgent_kept *kept = service->urgent_kept;

    pthread_mutex_lock(&kept->lock);
    uint64_t counted = kept->counted;
    pthread_mutex_unlock(&kept->lock);
    return counted;
}
