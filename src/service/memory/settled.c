#include "service/memory/settled.h"

#include "base/mem.h"
#include "service/memory/state.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
    MONTHS_MOST = 500000, /**< remembered at once: 12 MB and what is to be said of some */
    SLOTS_FIRST = 1024
};

struct found {
    uint64_t print;
    month_t month;
    unsigned found;
    struct settled_verdict *verdict; /**< NULL = none */
};

/** A case with its months, and on whom they rest. */
struct settled_case {
    uint64_t id; /**< 0 = an empty slot */
    struct settled_stamp stamp;
    size_t person_count, person_capacity;
    uint64_t *persons;
    size_t count, capacity;
    struct found *months;
};

struct settled {
    pthread_mutex_t lock;
    size_t months;          /**< of all cases */
    size_t count, capacity; /**< a table by id, never more than half full */
    struct settled_case *slots;
};

struct settled *settled_new(void)
{
    struct settled *settled = mem_new(sizeof *settled);

    pthread_mutex_init(&settled->lock, NULL);
    settled->capacity = SLOTS_FIRST;
    settled->slots = mem_array(settled->capacity, sizeof *settled->slots);
    return settled;
}

static void forget_verdict(struct found *month)
{
    if (month->verdict != NULL)
        free(month->verdict->why);
    free(month->verdict);
    month->verdict = NULL;
}

static void forget_verdicts(struct settled_case *item)
{
    for (size_t i = 0; i < item->count; i++)
        forget_verdict(&item->months[i]);
}

void settled_free(struct settled **settled)
{
    if (*settled == NULL)
        return;
    for (size_t i = 0; i < (*settled)->capacity; i++) {
        forget_verdicts(&(*settled)->slots[i]);
        free((*settled)->slots[i].persons);
        free((*settled)->slots[i].months);
    }
    pthread_mutex_destroy(&(*settled)->lock);
    free((*settled)->slots);
    free(*settled);
    *settled = NULL;
}

struct settled_stamp settled_stamp(struct service *service)
{
    return (struct settled_stamp){.people = people_changes_number(service->people_changes),
                                  .standards = cache_edition(service->cache)};
}

bool settled_stamp_holds(struct service *service, const struct settled_stamp *stamp)
{
    struct settled_stamp now = settled_stamp(service);

    return now.people == stamp->people && now.standards == stamp->standards;
}

// ---- the table

/** The slot of a case, or the empty one where it would be. */
static struct settled_case *slot_of(struct settled_case *slots, size_t capacity, uint64_t id)
{
    static const uint64_t SPREAD = 0x9E3779B97F4A7C15U; /* ids follow one another */
    size_t at = (size_t)((id * SPREAD) >> 32) & (capacity - 1);

    while (slots[at].id != 0 && slots[at].id != id)
        at = (at + 1) & (capacity - 1);
    return &slots[at];
}

static void grow(struct settled *settled)
{
    size_t capacity = settled->capacity * 2;
    struct settled_case *slots = mem_array(capacity, sizeof *slots);

    for (size_t i = 0; i < settled->capacity; i++)
        if (settled->slots[i].id != 0)
            *slot_of(slots, capacity, settled->slots[i].id) = settled->slots[i];
    free(settled->slots);
    settled->slots = slots;
    settled->capacity = capacity;
}

static struct found *month_of_case(const struct settled_case *item, month_t month)
{
    for (size_t i = 0; i < item->count; i++)
        if (item->months[i].month == month)
            return &item->months[i];
    return NULL;
}

/** Whether what is remembered of the case still holds. */
static bool holds(const struct service *service, const struct settled_case *item)
{
    if (item->stamp.standards != cache_edition(service->cache))
        return false;
    for (size_t i = 0; i < item->person_count; i++)
        if (people_changes_of(service->people_changes, item->persons[i]) > item->stamp.people)
            return false;
    return true;
}

/** Keeps the slot: its case will be judged anew. */
static void forget(struct settled *settled, struct settled_case *item)
{
    forget_verdicts(item);
    settled->months -= item->count;
    item->count = 0;
    item->person_count = 0;
}

// ---- asking and remembering

static void copy_verdict(const struct settled_verdict *verdict, struct settled_verdict *ret_copy)
{
    *ret_copy = *verdict;
    ret_copy->why = verdict->why != NULL ? mem_copy(verdict->why) : NULL;
}

unsigned settled_recall(struct service *service, const struct settled_month *of,
                        struct settled_verdict *ret_verdict)
{
    struct settled *settled = service->settled;
    unsigned found = 0;

    pthread_mutex_lock(&settled->lock);
    struct settled_case *item = slot_of(settled->slots, settled->capacity, of->case_id);
    if (item->count > 0 && !holds(service, item))
        forget(settled, item);
    const struct found *month = month_of_case(item, of->month);
    if (month != NULL && month->print == of->print)
        found = month->found;
    if ((found & SETTLED_HAS_VERDICT) != 0 && ret_verdict != NULL)
        copy_verdict(month->verdict, ret_verdict);
    pthread_mutex_unlock(&settled->lock);
    return found;
}

static void add_person(struct settled_case *item, uint64_t person)
{
    for (size_t i = 0; i < item->person_count; i++)
        if (item->persons[i] == person)
            return;
    mem_grow((void **)&item->persons, item->person_count, &item->person_capacity,
             sizeof *item->persons);
    item->persons[item->person_count++] = person;
}

static struct found *add_month(struct settled *settled, struct settled_case *item,
                               const struct settled_month *of)
{
    struct found *month = month_of_case(item, of->month);

    if (month == NULL) {
        mem_grow((void **)&item->months, item->count, &item->capacity, sizeof *item->months);
        month = &item->months[item->count++];
        *month = (struct found){.month = of->month, .print = of->print};
        settled->months++;
    }
    if (month->print != of->print) {
        forget_verdict(month);
        *month = (struct found){.month = of->month, .print = of->print};
    }
    return month;
}

static void note_month(struct settled *settled, struct settled_case *item,
                       const struct settled_month *of, unsigned found,
                       const struct settled_verdict *verdict)
{
    struct found *month = add_month(settled, item, of);

    month->found |= found;
    if (verdict != NULL) {
        forget_verdict(month);
        month->verdict = mem_new(sizeof *month->verdict);
        copy_verdict(verdict, month->verdict);
        month->found |= SETTLED_HAS_VERDICT;
    }
}

/** The slot of a case to which the month may be added; NULL if there is none. */
static struct settled_case *open_slot(struct service *service, const struct settled_month *of,
                                      bool whole)
{
    struct settled *settled = service->settled;

    if (settled->count * 2 >= settled->capacity)
        grow(settled);
    struct settled_case *item = slot_of(settled->slots, settled->capacity, of->case_id);
    if (item->count > 0 && !holds(service, item))
        forget(settled, item);
    const struct found *month = month_of_case(item, of->month);
    if (!whole && (month == NULL || month->print != of->print))
        return NULL;
    settled->count += item->id == 0;
    item->id = of->case_id;
    return item;
}

void settled_remember(struct service *service, const struct settled_stamp *stamp,
                      const struct settled_month *of, unsigned found,
                      const struct settled_verdict *verdict, const struct settled_persons *persons)
{
    struct settled *settled = service->settled;
    struct settled_case *item = NULL;

    pthread_mutex_lock(&settled->lock);
    if (settled->months < MONTHS_MOST && stamp->standards == cache_edition(service->cache))
        item = open_slot(service, of, persons->count > 0);
    if (item != NULL) {
        /* The months of a case may be of several transactions: the earliest counts for all. */
        if (item->count == 0 || stamp->people < item->stamp.people)
            item->stamp = *stamp;
        for (size_t i = 0; i < persons->count; i++)
            add_person(item, persons->ids[i]);
        note_month(settled, item, of, found, verdict);
    }
    pthread_mutex_unlock(&settled->lock);
}
