#include "service/memory/people_changes.h"

#include "base/mem.h"
#include "base/words.h"
#include "db/people_index.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REMEMBERED = 64 };

struct remembered {
    char area[AREA_TEXT];
    day_t today;
    uint64_t number;
    struct people_count count;
};

struct people_changes {
    pthread_mutex_t turn; /**< taken before `lock` */
    pthread_mutex_t lock; /**< for the members below */
    uint64_t number;
    size_t count, capacity;
    uint64_t *ids;
    size_t next; /**< the slot that is overwritten next */
    struct remembered slots[REMEMBERED];
};

struct people_changes *people_changes_new(void)
{
    struct people_changes *changes = mem_new(sizeof *changes);

    pthread_mutex_init(&changes->turn, NULL);
    pthread_mutex_init(&changes->lock, NULL);
    return changes;
}

void people_changes_free(struct people_changes **changes)
{
    if (*changes == NULL)
        return;
    pthread_mutex_destroy(&(*changes)->turn);
    pthread_mutex_destroy(&(*changes)->lock);
    free((*changes)->ids);
    free(*changes);
    *changes = NULL;
}

static void note(const struct touched *touched, size_t count, void *arg)
{
    struct people_changes *changes = arg;

    pthread_mutex_lock(&changes->lock);
    for (size_t i = 0; i < count; i++) {
        if (changes->count > 0 && changes->ids[changes->count - 1] == touched[i].person)
            continue;
        mem_grow((void **)&changes->ids, changes->count, &changes->capacity, sizeof *changes->ids);
        changes->ids[changes->count++] = touched[i].person;
    }
    changes->number++;
    pthread_mutex_unlock(&changes->lock);
}

void people_changes_watch(struct people_changes *changes, struct store *store)
{
    people_index_watch(store, note, changes);
}

static int compare_ids(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

size_t people_changes_take(struct people_changes *changes, uint64_t **ret_ids)
{
    size_t kept = 0;

    pthread_mutex_lock(&changes->lock);
    uint64_t *ids = changes->ids;
    size_t count = changes->count;
    changes->ids = NULL;
    changes->count = changes->capacity = 0;
    pthread_mutex_unlock(&changes->lock);
    if (count > 1)
        qsort(ids, count, sizeof *ids, compare_ids);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || ids[kept - 1] != ids[i])
            ids[kept++] = ids[i];
    *ret_ids = ids;
    return kept;
}

uint64_t people_changes_number(struct people_changes *changes)
{
    pthread_mutex_lock(&changes->lock);
    uint64_t number = changes->number;
    pthread_mutex_unlock(&changes->lock);
    return number;
}

bool people_changes_recall(struct people_changes *changes, const char *area, day_t today,
                           struct people_count *ret_count)
{
    bool found = false;

    pthread_mutex_lock(&changes->lock);
    for (size_t i = 0; i < REMEMBERED && !found; i++) {
        const struct remembered *slot = &changes->slots[i];
        found = slot->today == today && slot->number == changes->number &&
                strcmp(slot->area, area) == 0;
        if (found)
            *ret_count = slot->count;
    }
    pthread_mutex_unlock(&changes->lock);
    return found;
}

void people_changes_remember(struct people_changes *changes, const char *area, day_t today,
                             uint64_t number, const struct people_count *count)
{
    pthread_mutex_lock(&changes->lock);
    struct remembered *slot = &changes->slots[changes->next];
    changes->next = (changes->next + 1) % REMEMBERED;
    *slot = (struct remembered){.today = today, .number = number, .count = *count};
    (void)snprintf(slot->area, sizeof slot->area, "%s", area);
    pthread_mutex_unlock(&changes->lock);
}

bool people_changes_begin(struct people_changes *changes, bool wait)
{
    if (!wait)
        return pthread_mutex_trylock(&changes->turn) == 0;
    pthread_mutex_lock(&changes->turn);
    return true;
}

void people_changes_end(struct people_changes *changes)
{
    pthread_mutex_unlock(&changes->turn);
}
