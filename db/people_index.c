#include "db/people_index.h"

#include "base/log.h"
#include "base/mem.h"
#include "db/case.h"
#include "db/env.h"
#include "db/item.h"
#include "db/people.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    PENDING_PER_STEP = 256,
};

struct people_index {
    struct store *store;
    people_changed_fn watcher; /* NULL = nobody */
    void *watcher_arg;
    pthread_rwlock_t lock; /* for `people` */
    struct people *people;

    pthread_mutex_t mutex; /* for the members below */
    pthread_cond_t changed;
    bool begun;
    atomic_bool listening; /* set before the reading begins: later commits must be reported */
    atomic_bool stopping;
    pthread_t thread;
    size_t pending_count, pending_capacity;
    struct touched *pending;
    bool again; /* all people must be read again */
    /* Each full reading and each reported change takes a ticket. */
    uint64_t tickets_issued, done;
    enum result failure; /* of the last work: memory differs from the store */
};

// ---- reading all people

/* A case or person, and the index of a village in `areas`. */
struct pair {
    uint64_t id;
    uint32_t area;
};

struct pairs {
    size_t count, capacity;
    struct pair *items;
};

struct reading {
    struct people_index *index;
    struct people *people;
    size_t area_count, area_capacity;
    char (*areas)[AREA_TEXT];
    struct pairs cases;   /* each case's village, by id */
    struct pairs persons; /* each person's villages, by id */
    size_t next;          /* index in `persons` */
};

static enum result stopped(const struct reading *reading)
{
    return atomic_load(&reading->index->stopping) ? (enum result)STORE_STOP : RESULT_OK;
}

static void pairs_add(struct pairs *pairs, uint64_t id, uint32_t area)
{
    mem_grow((void **)&pairs->items, pairs->count, &pairs->capacity, sizeof *pairs->items);
    pairs->items[pairs->count++] = (struct pair){id, area};
}

static uint64_t read_id(const uint8_t *bytes)
{
    uint64_t big;
    memcpy(&big, bytes, sizeof big);
    return be64toh(big);
}

/* An entry of the index by area: 12 bytes of area first, the case's id last. */
static enum result read_case_area(const struct item *item, void *arg)
{
    struct reading *reading = arg;
    char area[AREA_TEXT] = {0};
    if (item->key_length < KEY_AREA + sizeof(uint64_t))
        return RESULT_CORRUPT;
    memcpy(area, item->key, KEY_AREA);
    if (reading->area_count == 0 || strcmp(reading->areas[reading->area_count - 1], area) != 0) {
        mem_grow((void **)&reading->areas, reading->area_count, &reading->area_capacity,
                 sizeof *reading->areas);
        memcpy(reading->areas[reading->area_count++], area, AREA_TEXT);
    }
    pairs_add(&reading->cases, read_id(item->key + item->key_length - sizeof(uint64_t)),
              (uint32_t)reading->area_count - 1);
    return stopped(reading);
}

static int compare_pairs(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static void pairs_sort(struct pairs *pairs)
{
    if (pairs->count > 1)
        qsort(pairs->items, pairs->count, sizeof *pairs->items, compare_pairs);
}

/* An entry of the index by person: the person's id, then the case's. */
static enum result read_case_person(const struct item *item, void *arg)
{
    struct reading *reading = arg;
    if (item->key_length != 2 * sizeof(uint64_t))
        return RESULT_CORRUPT;
    const struct pair wanted = {.id = read_id(item->key + sizeof(uint64_t))};
    const struct pair *found =
        bsearch(&wanted, reading->cases.items, reading->cases.count, sizeof wanted, compare_pairs);
    /* A case filed meanwhile will be reported. */
    if (found == NULL)
        return RESULT_OK;
    pairs_add(&reading->persons, read_id(item->key), found->area);
    people_expect(reading->people, reading->areas[found->area]);
    return stopped(reading);
}

static enum result read_person(const Rec__Person *person, void *arg)
{
    struct reading *reading = arg;
    const struct pairs *pairs = &reading->persons;
    while (reading->next < pairs->count && pairs->items[reading->next].id < person->id)
        reading->next++;
    for (; reading->next < pairs->count && pairs->items[reading->next].id == person->id;
         reading->next++)
        people_put(reading->people, reading->areas[pairs->items[reading->next].area], person);
    return stopped(reading);
}

static enum result read_body(struct txn *txn, void *arg)
{
    struct reading *reading = arg;
    const struct opened *cases = &txn->store->tables[TABLE_CASE];
    reading->area_count = reading->cases.count = reading->persons.count = reading->next = 0;
    people_free(&reading->people);
    reading->people = people_new();
    enum result result = scan_file(txn, cases->indexes[CASE_BY_AREA].file, read_case_area, reading);
    if (result == 0) {
        pairs_sort(&reading->cases);
        result = scan_file(txn, cases->indexes[CASE_BY_PERSON].file, read_case_person, reading);
    }
    return result == 0 ? store_person_scan(txn, 0, read_person, reading) : result;
}

static enum result read_everybody(struct people_index *index)
{
    struct reading reading = {.index = index};
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    enum result result = store_run(index->store, STORE_READ, read_body, &reading);
    clock_gettime(CLOCK_MONOTONIC, &to);
    if (result == 0) {
        log_debug("%zu places of people read in %ld ms, %zu KiB", reading.persons.count,
                  (to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000,
                  people_size(reading.people) / 1024);
        pthread_rwlock_wrlock(&index->lock);
        struct people *old = index->people;
        index->people = reading.people;
        pthread_rwlock_unlock(&index->lock);
        reading.people = old;
    }
    people_free(&reading.people);
    free(reading.areas);
    free(reading.cases.items);
    free(reading.persons.items);
    return result;
}

// ---- reading changed persons

/* Changed persons, and the villages of one person's cases. */
struct renewing {
    struct people_index *index;
    const struct touched *pending;
    size_t count;
    size_t area_count, area_capacity;
    char (*areas)[AREA_TEXT]; /* of one person's cases */
};

static enum result add_area(const Rec__Case *record, void *arg)
{
    struct renewing *renewing = arg;
    mem_grow((void **)&renewing->areas, renewing->area_count, &renewing->area_capacity,
             sizeof *renewing->areas);
    char *area = renewing->areas[renewing->area_count++];
    snprintf(area, AREA_TEXT, "%s", record->area);
    return RESULT_OK;
}

static bool has_area(const struct renewing *renewing, const char *area, size_t before)
{
    for (size_t i = 0; i < before; i++)
        if (strcmp(renewing->areas[i], area) == 0)
            return true;
    return false;
}

static void place_person(struct renewing *renewing, uint64_t id, const Rec__Person *person,
                         const struct touched *pending, size_t count)
{
    struct people *people = renewing->index->people;
    pthread_rwlock_wrlock(&renewing->index->lock);
    for (size_t i = 0; i < count; i++)
        if (person == NULL || !has_area(renewing, pending[i].area, renewing->area_count))
            people_remove(people, pending[i].area, id);
    for (size_t i = 0; person != NULL && i < renewing->area_count; i++)
        if (!has_area(renewing, renewing->areas[i], i))
            people_put(people, renewing->areas[i], person);
    pthread_rwlock_unlock(&renewing->index->lock);
}

static enum result renew_person(struct txn *txn, struct renewing *renewing,
                                const struct touched *pending, size_t count)
{
    uint64_t id = pending->person;
    Rec__Person *person = NULL;
    renewing->area_count = 0;
    enum result result = store_person_get(txn, id, &person);
    if (result == 0)
        result = store_case_of_person(txn, id, add_area, renewing);
    if (result == 0 || result == RESULT_NOTFOUND) {
        place_person(renewing, id, person, pending, count);
        result = RESULT_OK;
    }
    if (person != NULL)
        rec__person__free_unpacked(person, NULL);
    return result;
}

static enum result renew_body(struct txn *txn, void *arg)
{
    struct renewing *renewing = arg;
    enum result result = RESULT_OK;
    for (size_t from = 0, to; from < renewing->count && result == 0; from = to) {
        for (to = from + 1; to < renewing->count &&
                            renewing->pending[to].person == renewing->pending[from].person;)
            to++;
        result = renew_person(txn, renewing, renewing->pending + from, to - from);
    }
    return result;
}

static int compare_touched(const void *a, const void *b)
{
    const struct touched *x = a, *y = b;
    return (x->person > y->person) - (x->person < y->person);
}

static enum result renew(struct people_index *index, struct touched *pending, size_t count)
{
    struct renewing renewing = {.index = index, .pending = pending, .count = count};
    qsort(pending, count, sizeof *pending, compare_touched);
    enum result result = store_run(index->store, STORE_READ, renew_body, &renewing);
    free(renewing.areas);
    return result;
}

// ---- the thread

static void settle(struct people_index *index, uint64_t tickets, enum result result)
{
    pthread_mutex_lock(&index->mutex);
    index->done += tickets;
    index->failure = result;
    pthread_cond_broadcast(&index->changed);
    pthread_mutex_unlock(&index->mutex);
}

struct task {
    bool again;
    size_t count;
    struct touched *pending;
};

/* Waits for work; false if the thread must end. */
static bool take_task(struct people_index *index, struct task *task)
{
    pthread_mutex_lock(&index->mutex);
    while (index->pending_count == 0 && !index->again && !atomic_load(&index->stopping))
        pthread_cond_wait(&index->changed, &index->mutex);
    bool stopping = atomic_load(&index->stopping);
    if (!stopping) {
        *task = (struct task){index->again, index->pending_count, index->pending};
        index->again = false;
        index->pending = NULL;
        index->pending_count = index->pending_capacity = 0;
    }
    pthread_mutex_unlock(&index->mutex);
    return !stopping;
}

static void *keep(void *arg)
{
    struct people_index *index = arg;
    struct task task;
    while (take_task(index, &task)) {
        if (task.again)
            settle(index, 1, read_everybody(index));
        for (size_t i = 0; i < task.count && !atomic_load(&index->stopping);
             i += PENDING_PER_STEP) {
            size_t step = task.count - i < PENDING_PER_STEP ? task.count - i : PENDING_PER_STEP;
            enum result result = renew(index, task.pending + i, step);
            if (result != 0)
                result = read_everybody(index);
            settle(index, step, result);
        }
        free(task.pending);
    }
    return NULL;
}

struct people_index *people_index_new(struct store *store)
{
    struct people_index *index = mem_new(sizeof *index);
    index->store = store;
    index->people = people_new();
    pthread_rwlock_init(&index->lock, NULL);
    pthread_mutex_init(&index->mutex, NULL);
    pthread_cond_init(&index->changed, NULL);
    return index;
}

void people_index_free(struct people_index **index)
{
    struct people_index *old = *index;
    if (old == NULL)
        return;
    pthread_mutex_lock(&old->mutex);
    atomic_store(&old->stopping, true);
    pthread_cond_broadcast(&old->changed);
    pthread_mutex_unlock(&old->mutex);
    if (old->begun)
        pthread_join(old->thread, NULL);
    people_free(&old->people);
    pthread_rwlock_destroy(&old->lock);
    pthread_mutex_destroy(&old->mutex);
    pthread_cond_destroy(&old->changed);
    free(old->pending);
    free(old);
    *index = NULL;
}

void people_index_begin(struct people_index *index)
{
    pthread_mutex_lock(&index->mutex);
    if (!index->begun) {
        atomic_store(&index->listening, true);
        index->again = true;
        index->tickets_issued++;
        index->begun = pthread_create(&index->thread, NULL, keep, index) == 0;
    }
    pthread_mutex_unlock(&index->mutex);
}

void people_index_watch(struct store *store, people_changed_fn changed, void *arg)
{
    if (store->people_index == NULL)
        return;
    store->people_index->watcher = changed;
    store->people_index->watcher_arg = arg;
}

void people_index_tell(struct people_index *index, const struct touched *touched, size_t count)
{
    if (count > 0 && index->watcher != NULL)
        index->watcher(touched, count, index->watcher_arg);
    if (count == 0 || !atomic_load(&index->listening))
        return;
    pthread_mutex_lock(&index->mutex);
    for (size_t i = 0; i < count; i++) {
        mem_grow((void **)&index->pending, index->pending_count, &index->pending_capacity,
                 sizeof *index->pending);
        index->pending[index->pending_count++] = touched[i];
    }
    index->tickets_issued += count;
    pthread_cond_broadcast(&index->changed);
    pthread_mutex_unlock(&index->mutex);
}

// ---- searching

static enum result await_pending(struct people_index *index)
{
    people_index_begin(index);
    pthread_mutex_lock(&index->mutex);
    if (index->failure != 0 && !index->again) {
        index->again = true;
        index->tickets_issued++;
        pthread_cond_broadcast(&index->changed);
    }
    uint64_t ticket = index->tickets_issued;
    enum result result = index->begun ? RESULT_OK : RESULT_AGAIN;
    while (result == 0 && index->done < ticket)
        pthread_cond_wait(&index->changed, &index->mutex);
    if (result == 0)
        result = index->failure;
    pthread_mutex_unlock(&index->mutex);
    return result;
}

enum result people_index_find(struct people_index *index, const char *area, const char *key,
                              uint64_t *ids, size_t most, size_t *ret_count, bool *ret_more)
{
    enum result result = await_pending(index);
    if (result != 0)
        return result;
    pthread_rwlock_rdlock(&index->lock);
    *ret_count = people_find(index->people, area, key, ids, most, ret_more);
    pthread_rwlock_unlock(&index->lock);
    return RESULT_OK;
}
