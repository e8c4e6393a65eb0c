#include "service/memory/lent.h"

#include "base/mem.h"
#include "db/leave.h"
#include "domain/area.h"
#include "service/memory/state.h"

#include <stdlib.h>
#include <string.h>

struct lent_leave {
    char *substitute, *officer;
    char area[AREA_TEXT];
    day_t from, last;
};

struct lent {
    pthread_rwlock_t lock;
    size_t count, capacity;
    struct lent_leave *items; /**< that run or are to come */
};

static void clear(struct lent *lent)
{
    for (size_t i = 0; i < lent->count; i++) {
        free(lent->items[i].substitute);
        free(lent->items[i].officer);
    }
    lent->count = 0;
}

struct lent *lent_new(void)
{
    struct lent *lent = mem_new(sizeof *lent);

    pthread_rwlock_init(&lent->lock, NULL);
    return lent;
}

void lent_free(struct lent **lent)
{
    if (*lent == NULL)
        return;
    clear(*lent);
    pthread_rwlock_destroy(&(*lent)->lock);
    free((*lent)->items);
    free(*lent);
    *lent = NULL;
}

// ---- reading

struct loading {
    struct lent lent;
    day_t today;
};

static enum result see_leave(const Rec__Leave *leave, void *arg)
{
    struct loading *loading = arg;
    struct lent *lent = &loading->lent;
    bool ended = *leave->ended_by != '\0';
    day_t last = ended ? date_earlier(leave->to, leave->ended_on) : leave->to;

    if (last < loading->today || last < leave->from || strlen(leave->area) != AREA_TEXT - 1)
        return RESULT_OK;
    mem_grow((void **)&lent->items, lent->count, &lent->capacity, sizeof *lent->items);
    struct lent_leave *item = &lent->items[lent->count++];
    *item = (struct lent_leave){.substitute = mem_copy(leave->substitute),
                                .officer = mem_copy(leave->officer),
                                .from = leave->from,
                                .last = last};
    memcpy(item->area, leave->area, AREA_TEXT);
    return RESULT_OK;
}

static enum result load_body(struct txn *txn, void *arg)
{
    struct loading *loading = arg;

    clear(&loading->lent); /* a body may run again */
    return store_leave_scan(txn, see_leave, loading);
}

enum result lent_load(struct service *service)
{
    struct loading loading = {.today = service_today(service)};
    struct lent *lent = service->lent;
    enum result result = store_run(service->store, STORE_READ, load_body, &loading);

    if (result == 0) {
        pthread_rwlock_wrlock(&lent->lock);
        clear(lent);
        free(lent->items);
        lent->items = loading.lent.items;
        lent->count = loading.lent.count;
        lent->capacity = loading.lent.capacity;
        pthread_rwlock_unlock(&lent->lock);
    } else {
        clear(&loading.lent);
        free(loading.lent.items);
    }
    return result;
}

// ---- asking

static bool runs(const struct lent_leave *item, const char *substitute, day_t today)
{
    return today >= item->from && today <= item->last && strcmp(item->substitute, substitute) == 0;
}

/** A division that is gone is the officer's of the one that has followed it. */
static bool is_around(const struct service *service, const struct lent_leave *item,
                      const char *area)
{
    const char *place = facts_area_present(service, item->area);

    return *area != '\0' &&
           (area_contains(place, area) || area_contains(place, facts_area_present(service, area)));
}

char *lent_for(const struct service *service, const char *substitute, const char *area, day_t today)
{
    struct lent *lent = service->lent;
    char *officer = NULL;

    pthread_rwlock_rdlock(&lent->lock);
    for (size_t i = 0; i < lent->count && officer == NULL; i++)
        if (runs(&lent->items[i], substitute, today) && is_around(service, &lent->items[i], area))
            officer = mem_copy(lent->items[i].officer);
    pthread_rwlock_unlock(&lent->lock);
    return officer;
}

bool lent_has(const struct service *service, const char *substitute, const char *area, day_t today)
{
    char *officer = lent_for(service, substitute, area, today);
    bool has = officer != NULL;

    free(officer);
    return has;
}

// ---- places

static void add_place(struct lent_places *places, const char *area)
{
    mem_grow((void **)&places->prefixes, places->count, &places->capacity,
             sizeof *places->prefixes);
    area_prefix(area, places->prefixes[places->count++]);
}

static int compare_places(const void *a, const void *b)
{
    return strcmp(a, b);
}

/** A place that lies in the one before it is read with that one. */
static void drop_inner_places(struct lent_places *places)
{
    size_t kept = 1;

    qsort(places->prefixes, places->count, sizeof *places->prefixes, compare_places);
    for (size_t i = 1; i < places->count; i++) {
        const char *before = places->prefixes[kept - 1];
        if (strncmp(before, places->prefixes[i], strlen(before)) != 0)
            memmove(places->prefixes[kept++], places->prefixes[i], AREA_TEXT);
    }
    places->count = kept;
}

struct lent_places lent_places(const struct service *service, const char *substitute,
                               const char *own, day_t today)
{
    struct lent *lent = service->lent;
    struct lent_places places = {0};

    add_place(&places, own);
    pthread_rwlock_rdlock(&lent->lock);
    for (size_t i = 0; i < lent->count; i++)
        if (runs(&lent->items[i], substitute, today))
            add_place(&places, facts_area_present(service, lent->items[i].area));
    pthread_rwlock_unlock(&lent->lock);
    drop_inner_places(&places);
    return places;
}
