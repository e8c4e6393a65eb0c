#include "service/memory/closed.h"

#include "base/mem.h"
#include "domain/area.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct street_month {
    uint64_t key;
    enum month_state state;
};

struct closed_months {
    pthread_rwlock_t lock;
    size_t count, capacity;
    struct street_month *items; /**< sorted by key */
};

struct closed_months *closed_months_new(void)
{
    struct closed_months *closed = mem_new(sizeof *closed);

    pthread_rwlock_init(&closed->lock, NULL);
    return closed;
}

void closed_months_free(struct closed_months **closed)
{
    if (*closed == NULL)
        return;
    pthread_rwlock_destroy(&(*closed)->lock);
    free((*closed)->items);
    free(*closed);
    *closed = NULL;
}

/** Makes one number of the month and the nine digits of the street. */
static uint64_t make_key(month_t month, const char street[AREA_TEXT])
{
    return (uint64_t)month * 1000000000u + strtoull(street, NULL, 10) / 1000u;
}

static size_t lower(const struct closed_months *closed, uint64_t key)
{
    size_t low = 0;
    size_t high = closed->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (closed->items[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool recall(struct closed_months *closed, uint64_t key, enum month_state *ret_state)
{
    pthread_rwlock_rdlock(&closed->lock);
    size_t at = lower(closed, key);
    bool known = at < closed->count && closed->items[at].key == key;
    if (known)
        *ret_state = closed->items[at].state;
    pthread_rwlock_unlock(&closed->lock);
    return known;
}

/** Stores a state; a state already known stays unless `replace` is set. */
static void remember(struct closed_months *closed, uint64_t key, enum month_state value,
                     bool replace)
{
    pthread_rwlock_wrlock(&closed->lock);
    size_t at = lower(closed, key);
    if (at == closed->count || closed->items[at].key != key) {
        mem_grow((void **)&closed->items, closed->count, &closed->capacity, sizeof *closed->items);
        memmove(&closed->items[at + 1], &closed->items[at],
                (closed->count - at) * sizeof *closed->items);
        closed->items[at] = (struct street_month){.key = key, .state = value};
        closed->count++;
    } else if (replace) {
        closed->items[at].state = value;
    }
    pthread_rwlock_unlock(&closed->lock);
}

/** The state of a month without a statement. Months from before the street count as closed:
 *  they were reported by the streets it was made from. */
static enum result ask_unreported(struct txn *txn, month_t month, const char *street,
                                  enum month_state *ret_state)
{
    Rec__Area *area = NULL;
    enum result result = store_area_get(txn, street, &area);

    *ret_state = MONTH_OPEN;
    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_OK : result;
    if (month < area->first_month)
        *ret_state = MONTH_CLOSED;
    rec__area__free_unpacked(area, NULL);
    return RESULT_OK;
}

void closed_months_clear(struct closed_months *closed)
{
    pthread_rwlock_wrlock(&closed->lock);
    closed->count = 0;
    pthread_rwlock_unlock(&closed->lock);
}

enum result closed_months_ask(struct closed_months *closed, struct txn *txn, month_t month,
                              const char *area, enum month_state *ret_state)
{
    char street[AREA_TEXT];
    Rec__Statement *statement;
    enum month_state value = MONTH_OPEN;

    area_ancestor(area, AREA_STREET, street);
    if (*street == '\0') {
        *ret_state = MONTH_OPEN;
        return RESULT_OK;
    }
    uint64_t key = make_key(month, street);
    if (recall(closed, key, ret_state))
        return RESULT_OK;
    enum result result = store_statement_get(txn, month, street, &statement);
    if (result == RESULT_NOTFOUND)
        result = ask_unreported(txn, month, street, &value);
    else if (result == 0) {
        value = statement->reopened_at == 0 ? MONTH_CLOSED : MONTH_REOPENED;
        rec__statement__free_unpacked(statement, NULL);
    }
    if (result != 0)
        return result;
    remember(closed, key, value, false);
    *ret_state = value;
    return RESULT_OK;
}

void closed_months_set(struct closed_months *closed, month_t month, const char *area,
                       enum month_state value)
{
    char street[AREA_TEXT];

    area_ancestor(area, AREA_STREET, street);
    if (*street != '\0')
        remember(closed, make_key(month, street), value, true);
}
