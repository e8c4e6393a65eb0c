#include "db/changes.h"

#include "base/mem.h"
#include "db/env.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

void changes_init(struct changes *changes)
{
    *changes = (struct changes){0};
    pthread_mutex_init(&changes->lock, NULL);
}

void changes_free(struct changes *changes)
{
    free(changes->items);
    pthread_mutex_destroy(&changes->lock);
}

// ---- noting

static bool is_same(const struct changed *a, const struct changed *b)
{
    return a->month == b->month && strcmp(a->street, b->street) == 0;
}

/** Records come sorted where many are written. */
static void add(struct txn *txn, const struct changed *changed)
{
    for (size_t i = txn->noted.count; i > 0; i--)
        if (is_same(&txn->noted.items[i - 1], changed))
            return;
    mem_grow((void **)&txn->noted.items, txn->noted.count, &txn->noted.capacity,
             sizeof *txn->noted.items);
    txn->noted.items[txn->noted.count++] = *changed;
}

/** A duty's key begins with month and village. What is counted by places changes with the divisions. */
void changes_note(struct txn *txn, const struct table *table, const struct key *key)
{
    struct changed changed = {0};
    uint32_t month;

    if (table->id == TABLE_DUTY && key->length >= sizeof month + CHANGES_STREET) {
        memcpy(&month, key->bytes, sizeof month);
        changed.month = (month_t)be32toh(month);
        memcpy(changed.street, key->bytes + sizeof month, CHANGES_STREET);
        add(txn, &changed);
    } else if (table->id == TABLE_AREA || table->id == TABLE_DUTY) {
        add(txn, &changed);
    }
}

void changes_begin(struct txn *txn)
{
    struct changes *changes = &txn->store->changes;

    txn->noted.count = 0;
    pthread_mutex_lock(&changes->lock);
    txn->noted.seen = changes->now;
    pthread_mutex_unlock(&changes->lock);
}

void changes_publish(struct txn *txn)
{
    struct changes *changes = &txn->store->changes;

    if (txn->noted.count == 0)
        return;
    pthread_mutex_lock(&changes->lock);
    changes->now++;
    for (size_t i = 0; i < txn->noted.count; i++) {
        size_t k = 0;
        while (k < changes->count && !is_same(&changes->items[k], &txn->noted.items[i]))
            k++;
        mem_grow((void **)&changes->items, changes->count, &changes->capacity,
                 sizeof *changes->items);
        changes->items[k] = txn->noted.items[i];
        changes->items[k].at = changes->now;
        changes->count += k == changes->count;
    }
    pthread_mutex_unlock(&changes->lock);
}

// ---- asking

uint64_t changes_seen(const struct txn *txn)
{
    return txn->noted.seen;
}

/** True if one of the texts begins with the other. */
static bool meets(const char *street, const char *area)
{
    size_t length = strlen(street) < strlen(area) ? strlen(street) : strlen(area);

    return strncmp(street, area, length) == 0;
}

uint64_t changes_last(const struct txn *txn, month_t from, month_t to, const char *area)
{
    struct changes *changes = &txn->store->changes;
    uint64_t last = 0;

    pthread_mutex_lock(&changes->lock);
    for (size_t i = 0; i < changes->count; i++) {
        const struct changed *item = &changes->items[i];
        bool in_months = item->month == 0 || (item->month >= from && item->month <= to);
        if (in_months && meets(item->street, area) && item->at > last)
            last = item->at;
    }
    pthread_mutex_unlock(&changes->lock);
    return last;
}
