#include "service/memory/people_changes.h"

#include "base/mem.h"
#include "base/words.h"
#include "db/people_index.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    REMEMBERED = 64,
    LASTS_FIRST = 1024,
    LASTS_MOST = 262144 /**< persons whose last change is known by itself: 4 MB */
};

/** A person's last change. */
struct last {
    uint64_t person; /**< 0 = an empty slot */
    uint64_t number;
};

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
    size_t last_count, last_capacity; /**< a table by person, never more than half full */
    struct last *lasts;
    uint64_t floor; /**< nobody's last change is taken to be earlier */
    size_t next;    /**< the slot that is overwritten next */
    struct remembered slots[REMEMBERED];
};

struct people_changes *people_changes_new(void)
{
    struct people_changes *changes = mem_new(sizeof *changes);

    pthread_mutex_init(&changes->turn, NULL);
    pthread_mutex_init(&changes->lock, NULL);
    changes->last_capacity = LASTS_FIRST;
    changes->lasts = mem_array(changes->last_capacity, sizeof *changes->lasts);
    return changes;
}

void people_changes_free(struct people_changes **changes)
{
    if (*changes == NULL)
        return;
    pthread_mutex_destroy(&(*changes)->turn);
    pthread_mutex_destroy(&(*changes)->lock);
    free((*changes)->ids);
    free((*changes)->lasts);
    free(*changes);
    *changes = NULL;
}

/** The slot of a person, or the empty one where it would be. */
static struct last *last_of(struct last *lasts, size_t capacity, uint64_t person)
{
    static const uint64_t SPREAD = 0x9E3779B97F4A7C15U; /* ids follow one another */
    size_t at = (size_t)((person * SPREAD) >> 32) & (capacity - 1);

    while (lasts[at].person != 0 && lasts[at].person != person)
        at = (at + 1) & (capacity - 1);
    return &lasts[at];
}

static void grow_lasts(struct people_changes *changes)
{
    size_t capacity = changes->last_capacity * 2;
    struct last *lasts = mem_array(capacity, sizeof *lasts);

    for (size_t i = 0; i < changes->last_capacity; i++)
        if (changes->lasts[i].person != 0)
            *last_of(lasts, capacity, changes->lasts[i].person) = changes->lasts[i];
    free(changes->lasts);
    changes->lasts = lasts;
    changes->last_capacity = capacity;
}

/** With too many persons the table begins anew: everybody counts as changed now. */
static void note_last(struct people_changes *changes, uint64_t person)
{
    if (changes->last_count == LASTS_MOST) {
        memset(changes->lasts, 0, changes->last_capacity * sizeof *changes->lasts);
        changes->last_count = 0;
        changes->floor = changes->number + 1;
    }
    if (changes->last_count * 2 >= changes->last_capacity)
        grow_lasts(changes);
    struct last *last = last_of(changes->lasts, changes->last_capacity, person);
    changes->last_count += last->person == 0;
    *last = (struct last){.person = person, .number = changes->number + 1};
}

uint64_t people_changes_of(struct people_changes *changes, uint64_t person)
{
    pthread_mutex_lock(&changes->lock);
    const struct last *last = last_of(changes->lasts, changes->last_capacity, person);
    uint64_t number = last->number > changes->floor ? last->number : changes->floor;
    pthread_mutex_unlock(&changes->lock);
    return number;
}

static void note(const struct touched *touched, size_t count, void *arg)
{
    struct people_changes *changes = arg;

    pthread_mutex_lock(&changes->lock);
    for (size_t i = 0; i < count; i++) {
        note_last(changes, touched[i].person);
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
