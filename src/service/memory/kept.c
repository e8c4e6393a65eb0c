#include "service/memory/kept.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct kept {
    pthread_mutex_t lock;
    kept_compare_fn *compare;
    uint64_t counted;
    size_t size, most;
    size_t count, capacity;
    char *records;
};

struct kept *kept_new(size_t size, size_t most, kept_compare_fn *compare)
{
    struct kept *kept = mem_new(sizeof *kept);

    pthread_mutex_init(&kept->lock, NULL);
    kept->compare = compare;
    kept->size = size;
    kept->most = most;
    return kept;
}

void kept_free(struct kept **kept)
{
    if (*kept == NULL)
        return;
    pthread_mutex_destroy(&(*kept)->lock);
    free((*kept)->records);
    free(*kept);
    *kept = NULL;
}

static char *record_at(const struct kept *kept, size_t place)
{
    return kept->records + place * kept->size;
}

/** The place of the record, or where it belongs; true if it is there. */
static bool find(const struct kept *kept, const void *of, size_t *ret_place)
{
    size_t low = 0, high = kept->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (kept->compare(record_at(kept, middle), of) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *ret_place = low;
    return low < kept->count && kept->compare(record_at(kept, low), of) == 0;
}

bool kept_get(struct kept *kept, const void *of, void *ret_record)
{
    size_t place = 0;

    pthread_mutex_lock(&kept->lock);
    bool found = find(kept, of, &place);
    if (found)
        memcpy(ret_record, record_at(kept, place), kept->size);
    pthread_mutex_unlock(&kept->lock);
    return found;
}

void kept_put(struct kept *kept, const void *record)
{
    size_t place = 0;

    pthread_mutex_lock(&kept->lock);
    bool there = find(kept, record, &place);
    if (!there) {
        if (kept->count == kept->most)
            kept->count = place = 0;
        mem_grow((void **)&kept->records, kept->count, &kept->capacity, kept->size);
        memmove(record_at(kept, place + 1), record_at(kept, place),
                (kept->count - place) * kept->size);
        kept->count++;
    }
    memcpy(record_at(kept, place), record, kept->size);
    pthread_mutex_unlock(&kept->lock);
}

void kept_count(struct kept *kept)
{
    pthread_mutex_lock(&kept->lock);
    kept->counted++;
    pthread_mutex_unlock(&kept->lock);
}

uint64_t kept_counted(struct kept *kept)
{
    pthread_mutex_lock(&kept->lock);
    uint64_t counted = kept->counted;
    pthread_mutex_unlock(&kept->lock);
    return counted;
}
