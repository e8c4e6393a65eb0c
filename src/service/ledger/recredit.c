#include "service/ledger/recredit.h"

#include "base/mem.h"
#include "base/month.h"
#include "service/frame/record.h"
#include "service/ledger/counted.h"
#include "service/ledger/credit.h"
#include "service/ledger/month.h"
#include "service/ledger/sharing.h"
#include "service/memory/stored.h"

#include <stdlib.h>
#include <string.h>

struct recredit {
    struct usecase *usecase;
    uint64_t person;
    struct credit_changes visits; /**< visit duties */
    size_t review_count, review_capacity;
    Rec__Duty **reviews; /**< owned */
};

static enum result collect_duty(const Rec__Duty *duty, void *arg)
{
    struct recredit *recredit = arg;

    if (strcmp(duty->type, DUTY_TYPE_VISIT) == 0) {
        struct credit_changes *changes = &recredit->visits;
        mem_grow((void **)&changes->items, changes->count, &changes->capacity,
                 sizeof *changes->items);
        changes->items[changes->count++] =
            (struct credit_change){.was = record_copy(duty), .is = record_copy(duty)};
        return RESULT_OK;
    }
    mem_grow((void **)&recredit->reviews, recredit->review_count, &recredit->review_capacity,
             sizeof(Rec__Duty *));
    recredit->reviews[recredit->review_count++] = record_copy(duty);
    return RESULT_OK;
}

static enum result collect(struct recredit *recredit)
{
    struct record_cases cases = {0};
    enum result result = record_cases_load(recredit->usecase, recredit->person, &cases);

    for (size_t i = 0; i < cases.count && result == 0; i++)
        if (cases.items[i]->person == recredit->person)
            result = store_duty_of_case(recredit->usecase->txn, cases.items[i]->id, collect_duty,
                                        recredit);
    record_cases_free(&cases);
    return result;
}

// ---- the duties

static enum result recount(struct recredit *recredit, Rec__Duty *duty)
{
    struct usecase *usecase = recredit->usecase;
    const struct form *form = forms_get(service_forms(usecase->service), duty->kind);
    bool unused;
    enum result result = month_closed_in_time(usecase, duty->month, duty->area, &unused);

    duty->person = recredit->person;
    if (result != 0 || form == NULL)
        return result;
    result = recount_visits(usecase, form, duty);
    return result == 0
               ? recount_last_before(usecase, form, duty->person, duty->month, &duty->last_before)
               : result;
}

static enum result store_duties(struct recredit *recredit)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < recredit->visits.count && result == 0; i++)
        result = recount(recredit, recredit->visits.items[i].is);
    if (result == 0) {
        sharing_settle(recredit->usecase, &recredit->visits);
        result = credit_put(recredit->usecase, &recredit->visits);
    }
    for (size_t i = 0; i < recredit->review_count && result == 0; i++) {
        Rec__Duty *old = recredit->reviews[i];
        if (old->person == recredit->person)
            continue;
        Rec__Duty *duty = record_copy(old);
        duty->person = recredit->person;
        result = counted_duty_put(recredit->usecase, old, duty);
        rec__duty__free_unpacked(duty, NULL);
    }
    return result;
}

// ---- the visits' lists of cases

static bool is_credited(const struct recredit *recredit, const Rec__Visit *visit, uint64_t case_id)
{
    for (size_t i = 0; i < recredit->visits.count; i++) {
        const Rec__Duty *duty = recredit->visits.items[i].is;
        for (size_t k = 0; duty->case_id == case_id && k < duty->n_credits; k++)
            if (duty->credits[k]->date == visit->date && duty->credits[k]->seq == visit->seq)
                return true;
    }
    return false;
}

static bool is_listed(const Rec__Visit *visit, size_t count, uint64_t case_id)
{
    for (size_t i = 0; i < count; i++)
        if (visit->credited[i] == case_id)
            return true;
    return false;
}

/** Keeps the order of what stays, so that going back gives the same list. */
static void list_cases(const struct recredit *recredit, Rec__Visit *visit)
{
    size_t kept = 0;

    for (size_t i = 0; i < visit->n_credited; i++)
        if (is_credited(recredit, visit, visit->credited[i]))
            visit->credited[kept++] = visit->credited[i];
    for (size_t i = 0; i < recredit->visits.count; i++) {
        uint64_t case_id = recredit->visits.items[i].is->case_id;
        if (is_listed(visit, kept, case_id) || !is_credited(recredit, visit, case_id))
            continue;
        visit->credited = mem_resize(visit->credited, kept + 1, sizeof *visit->credited);
        visit->credited[kept++] = case_id;
    }
    visit->n_credited = kept;
}

static enum result list_visit(const Rec__Visit *old, void *arg)
{
    struct recredit *recredit = arg;
    Rec__Visit *visit = record_copy(old);

    list_cases(recredit, visit);
    enum result result =
        record_equal(old, visit) ? RESULT_OK : store_visit_put(recredit->usecase->txn, visit);
    rec__visit__free_unpacked(visit, NULL);
    return result;
}

static void recredit_free(struct recredit *recredit)
{
    credit_changes_free(&recredit->visits);
    for (size_t i = 0; i < recredit->review_count; i++)
        rec__duty__free_unpacked(recredit->reviews[i], NULL);
    free(recredit->reviews);
}

enum result recredit_person(struct usecase *usecase, uint64_t person)
{
    struct recredit recredit = {.usecase = usecase, .person = person};
    enum result result = collect(&recredit);

    if (result == 0)
        result = store_duties(&recredit);
    if (result == 0)
        result = store_visit_scan(usecase->txn, person, 0, INT32_MAX, list_visit, &recredit);
    recredit_free(&recredit);
    return result;
}
