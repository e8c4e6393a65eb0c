#include "service/ledger/recount.h"

#include "base/mem.h"
#include "base/month.h"
#include "service/frame/record.h"

#include <stdlib.h>
#include <string.h>

bool recount_visit_stands(const Rec__Visit *visit)
{
    return !visit->superseded && visit->voided == NULL;
}

/** True for a valid visit that is not after the person's death. */
static bool is_of_the_living(const Rec__Visit *visit)
{
    return recount_visit_stands(visit) && !visit->after_death;
}

bool recount_visit_counts(const struct form *form, const Rec__Visit *visit)
{
    return is_of_the_living(visit) && strcmp(visit->result, VISIT_SUCCESS) == 0 &&
           form_mode_counts(form, visit->mode) && form_accepts(form, visit->kind);
}

bool recount_visit_attempted(const struct form *form, const Rec__Visit *visit)
{
    return is_of_the_living(visit) && strcmp(visit->result, VISIT_SUCCESS) != 0 &&
           form_accepts(form, visit->kind);
}

bool recount_on_books(day_t since, day_t closed_on, day_t day)
{
    return day >= since && (closed_on == 0 || day <= closed_on);
}

enum result recount_visit_corrected(struct usecase *usecase, const Rec__Visit *visit,
                                    bool *ret_corrected)
{
    Rec__Visit *replaced = NULL;

    *ret_corrected = false;
    if (visit->replaces == 0)
        return RESULT_OK;
    enum result result = store_visit_get(usecase->txn, visit->person, visit->replaces_date,
                                         visit->replaces - 1, &replaced);
    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_CORRUPT : result;
    *ret_corrected = strcmp(replaced->result, VISIT_SUCCESS) != 0;
    rec__visit__free_unpacked(replaced, NULL);
    return RESULT_OK;
}

struct recount {
    const struct form *form;
    Rec__Duty *duty;
    size_t credits, attempts; /**< capacities of the duty's arrays */
};

static enum result recount_visit(const Rec__Visit *visit, void *arg)
{
    struct recount *recount = arg;
    Rec__Duty *duty = recount->duty;

    if (!recount_on_books(duty->since, duty->closed_on, visit->date))
        return RESULT_OK;
    if (recount_visit_counts(recount->form, visit)) {
        Rec__Credit *credit = mem_new(sizeof *credit);
        rec__credit__init(credit);
        credit->date = visit->date;
        credit->seq = visit->seq;
        credit->late = visit->late;
        mem_grow((void **)&duty->credits, duty->n_credits, &recount->credits,
                 sizeof(Rec__Credit *));
        duty->credits[duty->n_credits++] = credit;
    } else if (recount_visit_attempted(recount->form, visit)) {
        mem_grow((void **)&duty->attempts, duty->n_attempts, &recount->attempts, sizeof(int32_t));
        duty->attempts[duty->n_attempts++] = visit->date;
    }
    return RESULT_OK;
}

static void forget_visits(Rec__Duty *duty)
{
    for (size_t i = 0; i < duty->n_credits; i++)
        rec__credit__free_unpacked(duty->credits[i], NULL);
    free(duty->credits);
    free(duty->attempts);
    duty->credits = NULL;
    duty->attempts = NULL;
    duty->n_credits = duty->n_attempts = 0;
}

enum result recount_visits(struct usecase *usecase, const struct form *form, Rec__Duty *duty)
{
    struct recount recount = {.form = form, .duty = duty};

    forget_visits(duty);
    return store_visit_scan(usecase->txn, duty->person, month_first(duty->month),
                            month_last(duty->month), recount_visit, &recount);
}

// ---- the visits of a month, held

static void insert_visit(struct month_visits *visits, size_t at, const Rec__Visit *visit)
{
    mem_grow((void **)&visits->items, visits->count, &visits->capacity, sizeof *visits->items);
    memmove(visits->items + at + 1, visits->items + at,
            (visits->count - at) * sizeof *visits->items);
    visits->items[at] = record_copy(visit);
    visits->count++;
}

static enum result add_visit(const Rec__Visit *visit, void *arg)
{
    struct month_visits *visits = arg;

    insert_visit(visits, visits->count, visit);
    return RESULT_OK;
}

enum result recount_month_load(struct usecase *usecase, uint64_t person, month_t month,
                               struct month_visits *ret_visits)
{
    *ret_visits = (struct month_visits){.month = month};
    return store_visit_scan(usecase->txn, person, month_first(month), month_last(month), add_visit,
                            ret_visits);
}

static bool is_before(const Rec__Visit *a, const Rec__Visit *b)
{
    return a->date != b->date ? a->date < b->date : a->seq < b->seq;
}

void recount_month_put(struct month_visits *visits, const Rec__Visit *visit)
{
    size_t at = 0;

    if (month_of(visit->date) != visits->month)
        return;
    while (at < visits->count && is_before(visits->items[at], visit))
        at++;
    if (at == visits->count || is_before(visit, visits->items[at])) {
        insert_visit(visits, at, visit);
        return;
    }
    rec__visit__free_unpacked(visits->items[at], NULL);
    visits->items[at] = record_copy(visit);
}

void recount_month_free(struct month_visits *visits)
{
    for (size_t i = 0; i < visits->count; i++)
        rec__visit__free_unpacked(visits->items[i], NULL);
    free(visits->items);
    *visits = (struct month_visits){0};
}

void recount_month(const struct month_visits *visits, const struct form *form, Rec__Duty *duty)
{
    struct recount recount = {.form = form, .duty = duty};

    forget_visits(duty);
    for (size_t i = 0; i < visits->count; i++)
        (void)recount_visit(visits->items[i], &recount);
}

// ---- before the month

struct last_visit {
    const struct form *form;
    day_t day;
};

static enum result note_last(const Rec__Visit *visit, void *arg)
{
    struct last_visit *last = arg;

    if (recount_visit_counts(last->form, visit))
        last->day = visit->date;
    return RESULT_OK;
}

enum result recount_last_before(struct usecase *usecase, const struct form *form, uint64_t person,
                                month_t month, day_t *ret_day)
{
    struct last_visit last = {.form = form};
    enum result result =
        store_visit_scan(usecase->txn, person, 0, month_first(month) - 1, note_last, &last);

    if (result == 0)
        *ret_day = last.day;
    return result;
}

enum result recount_last_after(struct usecase *usecase, const struct form *form,
                               const Rec__Duty *before, day_t *ret_day)
{
    day_t first = month_first(before->month);
    day_t last = month_last(before->month);

    /* The row has no credits for visits before its first day or after its last one. */
    if (!recount_on_books(before->since, before->closed_on, first) ||
        !recount_on_books(before->since, before->closed_on, last))
        return recount_last_before(usecase, form, before->person, before->month + 1, ret_day);
    *ret_day =
        before->n_credits > 0 ? before->credits[before->n_credits - 1]->date : before->last_before;
    return RESULT_OK;
}

/** Puts the case on the visit's list of credited cases, or takes it off. */
static enum result list_credit(struct usecase *usecase, const Rec__Duty *duty,
                               const Rec__Credit *credit, bool listed)
{
    Rec__Visit *visit;
    enum result result =
        store_visit_get(usecase->txn, duty->person, credit->date, credit->seq, &visit);
    size_t kept = 0;

    if (result != 0)
        return result;
    for (size_t i = 0; i < visit->n_credited; i++)
        if (visit->credited[i] != duty->case_id)
            visit->credited[kept++] = visit->credited[i];
    if (listed != (kept < visit->n_credited)) {
        visit->credited = mem_resize(visit->credited, kept + 1, sizeof *visit->credited);
        if (listed)
            visit->credited[kept++] = duty->case_id;
        visit->n_credited = kept;
        result = store_visit_put(usecase->txn, visit);
    }
    rec__visit__free_unpacked(visit, NULL);
    return result;
}

static bool has_credit(const Rec__Duty *duty, const Rec__Credit *credit)
{
    for (size_t i = 0; i < duty->n_credits; i++)
        if (duty->credits[i]->date == credit->date && duty->credits[i]->seq == credit->seq)
            return true;
    return false;
}

enum result recount_list_credits(struct usecase *usecase, const Rec__Duty *old,
                                 const Rec__Duty *duty)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < duty->n_credits && result == 0; i++)
        if (old == NULL || !has_credit(old, duty->credits[i]))
            result = list_credit(usecase, duty, duty->credits[i], true);
    for (size_t i = 0; old != NULL && i < old->n_credits && result == 0; i++)
        if (!has_credit(duty, old->credits[i]))
            result = list_credit(usecase, duty, old->credits[i], false);
    return result;
}
