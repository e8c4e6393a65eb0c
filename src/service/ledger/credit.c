#include "service/ledger/credit.h"

#include "base/mem.h"
#include "base/month.h"
#include "service/frame/record.h"
#include "service/ledger/counted.h"
#include "service/ledger/duties.h"
#include "service/ledger/sharing.h"
#include "service/memory/judge.h"

#include <stdlib.h>
#include <string.h>

struct loading {
    struct credit_changes *changes;
    month_t from;
};

static void add_change(struct credit_changes *changes, Rec__Duty *was)
{
    enum { FEW = 2 }; /* nearly every visit changes one duty, and an item is large */

    if (changes->items == NULL) {
        changes->items = mem_array(FEW, sizeof *changes->items);
        changes->capacity = FEW;
    }
    mem_grow((void **)&changes->items, changes->count, &changes->capacity, sizeof *changes->items);
    changes->items[changes->count++] = (struct credit_change){.was = was, .is = record_copy(was)};
}

static enum result load_duty(const Rec__Duty *duty, void *arg)
{
    struct loading *loading = arg;

    if (duty->month >= loading->from && strcmp(duty->type, DUTY_TYPE_VISIT) == 0)
        add_change(loading->changes, record_copy(duty));
    return RESULT_OK;
}

enum result credit_load(struct usecase *usecase, const Rec__Case *casefile, month_t from,
                        struct credit_changes *changes)
{
    struct loading loading = {.changes = changes, .from = from};
    Rec__Duty *duty = NULL;

    if (changes->from == 0 || from < changes->from)
        changes->from = from;
    /* Nearly every visit is in this month: read only one row, by its key. */
    if (from == month_of(usecase->today)) {
        enum result result = store_duty_get(usecase->txn, from, casefile->area, casefile->id,
                                            DUTY_TYPE_VISIT, &duty);
        if (result == 0)
            add_change(changes, duty);
        if (result != RESULT_NOTFOUND)
            return result;
    }
    return store_duty_of_case(usecase->txn, casefile->id, load_duty, &loading);
}

/** Finds the last counting visit before the month. Uses the row of the month before if it was just
 *  counted. */
static enum result find_last_before(struct usecase *usecase, const struct form *form,
                                    const struct credit_changes *changes, size_t at)
{
    Rec__Duty *duty = changes->items[at].is;
    const Rec__Duty *before = at > 0 ? changes->items[at - 1].is : NULL;

    if (before == NULL || before->case_id != duty->case_id || before->month != duty->month - 1)
        return recount_last_before(usecase, form, duty->person, duty->month, &duty->last_before);
    return recount_last_after(usecase, form, before, &duty->last_before);
}

static enum result recount(struct usecase *usecase, struct credit_changes *changes, size_t at,
                           const struct month_visits *known)
{
    Rec__Duty *duty = changes->items[at].is;
    const struct form *form = forms_get(service_forms(usecase->service), duty->kind);

    if (form == NULL)
        return RESULT_OK;
    enum result result = RESULT_OK;
    if (known != NULL && known->month == duty->month)
        recount_month(known, form, duty);
    else
        result = recount_visits(usecase, form, duty);
    if (result == 0 && duty->month > changes->from)
        result = find_last_before(usecase, form, changes, at);
    return result;
}

enum result credit_put(struct usecase *usecase, struct credit_changes *changes)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < changes->count && result == 0; i++) {
        struct credit_change *change = &changes->items[i];
        change->was_view = judge_row(usecase->service, change->was, usecase->today);
        change->is_view = change->was_view;
        if (record_equal(change->was, change->is))
            continue;
        change->is_view = judge_row(usecase->service, change->is, usecase->today);
        result = counted_duty_judged(usecase, change->was, &change->was_view, change->is,
                                     &change->is_view);
    }
    return result;
}

enum result credit_store(struct usecase *usecase, struct credit_changes *changes,
                         const struct month_visits *known)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < changes->count && result == 0; i++)
        result = recount(usecase, changes, i, known);
    if (result != 0)
        return result;
    sharing_settle(usecase, changes);
    return credit_put(usecase, changes);
}

void credit_changes_free(struct credit_changes *changes)
{
    for (size_t i = 0; i < changes->count; i++) {
        rec__duty__free_unpacked(changes->items[i].was, NULL);
        rec__duty__free_unpacked(changes->items[i].is, NULL);
    }
    free(changes->items);
    *changes = (struct credit_changes){0};
}
