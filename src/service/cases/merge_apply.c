/*
 * Puts everything that names the second person under the first one.
 */
#include "service/cases/merge_private.h"

#include "base/mem.h"
#include "db/lead.h"
#include "service/ledger/counted.h"
#include "service/ledger/recredit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- cases

void merge_replace_person(Rec__Case *casefile, uint64_t from, uint64_t to)
{
    if (casefile->person == from)
        casefile->person = to;
    if (casefile->deceased == from)
        casefile->deceased = to;
    for (size_t i = 0; i < casefile->n_members; i++)
        if (casefile->members[i]->person == from)
            casefile->members[i]->person = to;
}

static bool names(const Rec__Case *casefile, uint64_t person)
{
    bool named = casefile->person == person || casefile->deceased == person;

    for (size_t i = 0; i < casefile->n_members; i++)
        named |= casefile->members[i]->person == person;
    return named;
}

static enum result move_case(struct usecase *usecase, Rec__Merge *merge, const Rec__Case *old)
{
    Rec__Case *casefile = record_copy(old);
    Rec__MergedCase *moved = mem_new(sizeof *moved);

    rec__merged_case__init(moved);
    moved->case_id = old->id;
    merge_replace_person(casefile, merge->gone, merge->kept);
    if (names(old, merge->kept)) {
        moved->before = record_copy(old);
        moved->after = record_copy(casefile);
    }
    merge->cases[merge->n_cases++] = moved;
    enum result result = counted_case_put(usecase, old, casefile);
    rec__case__free_unpacked(casefile, NULL);
    return result;
}

static enum result move_cases(struct usecase *usecase, Rec__Merge *merge,
                              const struct merge_pair *pair)
{
    const struct record_cases *own = &pair->kept_cases;
    const struct record_cases *cases = &pair->gone_cases;
    enum result result = RESULT_OK;

    merge->own_cases = mem_array(own->count + 1, sizeof *merge->own_cases);
    for (size_t i = 0; i < own->count; i++)
        merge->own_cases[merge->n_own_cases++] = own->items[i]->id;
    merge->cases = mem_array(cases->count + 1, sizeof(Rec__MergedCase *));
    for (size_t i = 0; i < cases->count && result == 0; i++)
        result = move_case(usecase, merge, cases->items[i]);
    return result;
}

// ---- visits

static enum result add_visit(const Rec__Visit *visit, void *arg)
{
    struct merge_visits *visits = arg;

    mem_grow((void **)&visits->items, visits->count, &visits->capacity, sizeof *visits->items);
    visits->items[visits->count++] = record_copy(visit);
    return RESULT_OK;
}

enum result merge_visits_load(struct usecase *usecase, uint64_t person,
                              struct merge_visits *ret_visits)
{
    *ret_visits = (struct merge_visits){0};
    return store_visit_scan(usecase->txn, person, 0, INT32_MAX, add_visit, ret_visits);
}

void merge_visits_free(struct merge_visits *visits)
{
    for (size_t i = 0; i < visits->count; i++)
        rec__visit__free_unpacked(visits->items[i], NULL);
    free(visits->items);
    *visits = (struct merge_visits){0};
}

uint32_t merge_map_seq(const Rec__Merge *merge, day_t date, uint32_t seq, bool back)
{
    for (size_t i = 0; i < merge->n_visits; i++) {
        const Rec__MergedVisit *visit = merge->visits[i];
        if (visit->date == date && (back ? visit->is : visit->was) == seq)
            return back ? visit->was : visit->is;
    }
    return seq;
}

bool merge_is_moved_visit(const Rec__Merge *merge, day_t date, uint32_t seq)
{
    for (size_t i = 0; i < merge->n_visits; i++)
        if (merge->visits[i]->date == date && merge->visits[i]->is == seq)
            return true;
    return false;
}

enum result merge_move_visits(struct usecase *usecase, const Rec__Merge *merge,
                              const struct merge_visits *visits, bool back)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < visits->count && result == 0; i++) {
        const Rec__Visit *old = visits->items[i];
        result = store_visit_del(usecase->txn, old->person, old->date, old->seq);
    }
    for (size_t i = 0; i < visits->count && result == 0; i++) {
        Rec__Visit *visit = record_copy(visits->items[i]);
        visit->person = back ? merge->gone : merge->kept;
        visit->seq = merge_map_seq(merge, visit->date, visit->seq, back);
        if (visit->replaces != 0)
            visit->replaces =
                merge_map_seq(merge, visit->replaces_date, visit->replaces - 1, back) + 1;
        result = store_visit_put(usecase->txn, visit);
        rec__visit__free_unpacked(visit, NULL);
    }
    return result;
}

static Rec__MergedVisit *merged_visit(const Rec__Visit *visit, uint32_t is)
{
    Rec__MergedVisit *merged = mem_new(sizeof *merged);

    rec__merged_visit__init(merged);
    merged->date = visit->date;
    merged->was = visit->seq;
    merged->is = is;
    return merged;
}

/** Behind the first person's visits of a day those of the second, in their order. */
static void number_visits(Rec__Merge *merge, const struct merge_visits *own,
                          const struct merge_visits *visits)
{
    merge->own_visits = mem_array(own->count + 1, sizeof(Rec__MergedVisit *));
    merge->visits = mem_array(visits->count + 1, sizeof(Rec__MergedVisit *));
    for (size_t i = 0; i < own->count; i++)
        merge->own_visits[merge->n_own_visits++] = merged_visit(own->items[i], own->items[i]->seq);
    for (size_t i = 0; i < visits->count; i++) {
        const Rec__Visit *visit = visits->items[i];
        uint32_t first = 0;
        for (size_t k = 0; k < own->count; k++)
            if (own->items[k]->date == visit->date && own->items[k]->seq >= first)
                first = own->items[k]->seq + 1;
        merge->visits[merge->n_visits++] = merged_visit(visit, first + visit->seq);
    }
}

static enum result move_visits(struct usecase *usecase, Rec__Merge *merge)
{
    struct merge_visits own = {0};
    struct merge_visits visits = {0};
    enum result result = merge_visits_load(usecase, merge->kept, &own);

    if (result == 0)
        result = merge_visits_load(usecase, merge->gone, &visits);
    if (result == 0) {
        number_visits(merge, &own, &visits);
        result = merge_move_visits(usecase, merge, &visits, false);
    }
    merge_visits_free(&own);
    merge_visits_free(&visits);
    return result;
}

// ---- rows of printed sheets

struct sheets {
    const Rec__Merge *merge;
    bool back;
    size_t count, capacity;
    Rec__Sheet **items;
};

static bool is_moved_row(const Rec__Merge *merge, const Rec__Sheet *row)
{
    char *name = mem_printf("%s:%" PRIu32, row->code, row->number);
    bool moved = false;

    for (size_t i = 0; i < merge->n_sheets && !moved; i++)
        moved = strcmp(merge->sheets[i], name) == 0;
    for (size_t i = 0; i < merge->n_cases && !moved; i++)
        moved = merge->cases[i]->before == NULL && merge->cases[i]->case_id == row->case_id;
    free(name);
    return moved;
}

static enum result add_row(const Rec__Sheet *row, void *arg)
{
    struct sheets *sheets = arg;
    uint64_t person = sheets->back ? sheets->merge->kept : sheets->merge->gone;

    if (row->person != person || (sheets->back && !is_moved_row(sheets->merge, row)))
        return RESULT_OK;
    mem_grow((void **)&sheets->items, sheets->count, &sheets->capacity, sizeof *sheets->items);
    sheets->items[sheets->count++] = record_copy(row);
    return RESULT_OK;
}

enum result merge_move_sheets(struct usecase *usecase, Rec__Merge *merge, bool back)
{
    struct sheets sheets = {.merge = merge, .back = back};
    enum result result = store_sheet_scan_all(usecase->txn, add_row, &sheets);

    if (!back)
        merge->sheets = mem_array(sheets.count + 1, sizeof *merge->sheets);
    for (size_t i = 0; i < sheets.count; i++) {
        Rec__Sheet *row = sheets.items[i];
        row->person = back ? merge->gone : merge->kept;
        if (row->visit_seq != 0)
            row->visit_seq = merge_map_seq(merge, row->visit_date, row->visit_seq - 1, back) + 1;
        if (!back)
            merge->sheets[merge->n_sheets++] = mem_printf("%s:%" PRIu32, row->code, row->number);
        if (result == 0)
            result = store_sheet_put(usecase->txn, row);
        rec__sheet__free_unpacked(row, NULL);
    }
    free(sheets.items);
    return result;
}

// ---- leads

struct leads {
    size_t count, capacity;
    Rec__Lead **items;
};

static enum result add_lead(const Rec__Lead *lead, void *arg)
{
    struct leads *leads = arg;

    mem_grow((void **)&leads->items, leads->count, &leads->capacity, sizeof *leads->items);
    leads->items[leads->count++] = record_copy(lead);
    return RESULT_OK;
}

/** The second person's lead goes on unless the first one has it and somebody is at it. */
static enum result move_lead(struct usecase *usecase, const Rec__Merge *merge,
                             const Rec__Lead *lead)
{
    Rec__Lead *there = NULL;
    enum result result = store_lead_del(usecase->txn, lead->person, lead->rule);

    if (result == 0)
        result = store_lead_get(usecase->txn, merge->kept, lead->rule, &there);
    if (result != 0 && result != RESULT_NOTFOUND)
        return result;
    bool goes = there == NULL || strcmp(there->state, LEAD_CLOSED) == 0;
    if (there != NULL)
        rec__lead__free_unpacked(there, NULL);
    if (!goes)
        return RESULT_OK;
    Rec__Lead *moved = record_copy(lead);
    moved->person = merge->kept;
    result = store_lead_put(usecase->txn, moved);
    rec__lead__free_unpacked(moved, NULL);
    return result;
}

static enum result move_leads(struct usecase *usecase, Rec__Merge *merge)
{
    struct leads leads = {0};
    enum result result = store_lead_of_person(usecase->txn, merge->kept, add_lead, &leads);

    if (result == 0)
        result = store_lead_of_person(usecase->txn, merge->gone, add_lead, &leads);
    for (size_t i = 0; i < leads.count && result == 0; i++)
        if (leads.items[i]->person == merge->gone)
            result = move_lead(usecase, merge, leads.items[i]);
    merge->leads = leads.items; /* the merge has them now */
    merge->n_leads = leads.count;
    return result;
}

// ---- all

enum result merge_apply(struct usecase *usecase, Rec__Merge *merge)
{
    struct merge_pair pair = {0};
    Rec__Person *person = NULL;
    enum result result = merge_pair_load(usecase, merge->kept, merge->gone, &pair);

    if (result == 0)
        result = merge_check(usecase, &pair);
    if (result == 0)
        result = merge_make_person(usecase, &pair, merge->n_taken, merge->taken, &person);
    if (result == 0)
        result = merge_check_waiting(usecase, &pair, person);
    if (result == 0)
        result = move_cases(usecase, merge, &pair);
    if (result == 0)
        result = move_visits(usecase, merge);
    if (result == 0)
        result = merge_move_alarms(usecase, merge, false);
    if (result == 0)
        result = merge_move_sheets(usecase, merge, false);
    if (result == 0)
        result = move_leads(usecase, merge);
    if (result == 0)
        result = counted_person_del(usecase, merge->gone);
    if (result == 0)
        result = counted_person_put(usecase, person, false);
    if (result == 0)
        result = recredit_person(usecase, merge->kept);
    if (result == 0)
        result = merge_judge_alarms(usecase, merge);
    if (result == 0) {
        merge->kept_was = record_copy(pair.kept);
        merge->gone_was = record_copy(pair.gone);
        merge->kept_is = record_copy(person);
    }
    if (person != NULL)
        rec__person__free_unpacked(person, NULL);
    merge_pair_free(&pair);
    return result;
}
