#include "service/memory/delta.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void delta_count(struct delta *delta, const struct totals_key *key, const struct duty_view *view,
                 int sign)
{
    struct ledger_change *change = NULL;

    /* Rows come village by village, so the row before usually has the same key. */
    if (delta->count > 0)
        change = &delta->changes[delta->count - 1];
    if (change == NULL || change->month != key->month || strcmp(change->area, key->area) != 0 ||
        strcmp(change->kind, key->kind) != 0 || strcmp(change->officer, key->officer) != 0) {
        mem_grow((void **)&delta->changes, delta->count, &delta->capacity, sizeof *change);
        change = &delta->changes[delta->count++];
        *change = (struct ledger_change){
            .month = key->month,
            .kind = mem_copy(key->kind),
            .officer = mem_copy(key->officer),
        };
        snprintf(change->area, sizeof change->area, "%s", key->area);
    }
    figures_count(&change->figures, view, sign);
}

void delta_mark(struct delta *delta, month_t month, const char *area, bool closed)
{
    mem_grow((void **)&delta->marks, delta->mark_count, &delta->mark_capacity,
             sizeof *delta->marks);
    struct ledger_mark *mark = &delta->marks[delta->mark_count++];
    *mark = (struct ledger_mark){.month = month, .closed = closed};
    snprintf(mark->area, sizeof mark->area, "%s", area);
}

void delta_register(struct delta *delta, const struct delta_registered *change)
{
    mem_grow((void **)&delta->registered, delta->registered_count, &delta->registered_capacity,
             sizeof *delta->registered);
    delta->registered[delta->registered_count++] = *change;
}

void delta_clear(struct delta *delta)
{
    for (size_t i = 0; i < delta->count; i++) {
        free(delta->changes[i].kind);
        free(delta->changes[i].officer);
    }
    free(delta->changes);
    free(delta->marks);
    free(delta->registered);
    *delta = (struct delta){0};
}
