/*
 * Takes a merge back: what was moved goes back, if nothing newer builds on it.
 */
#include "service/cases/merge_private.h"

#include "base/ids.h"
#include "base/mem.h"
#include "service/ledger/counted.h"
#include "service/ledger/recount.h"
#include "service/ledger/recredit.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// ---- what is newer

static enum result check_person(struct usecase *usecase, const Rec__Merge *merge)
{
    Rec__Person *now = NULL;
    enum result result = store_person_get(usecase->txn, merge->kept, &now);

    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, RESULT_CONFLICT,
                         "%s 后来又并入了别人，请先撤销后一次合并。", merge->kept_name);
    if (result == 0 && !record_equal(now, merge->kept_is))
        result = reply_say(
            usecase->reply, RESULT_CONFLICT,
            "合并以后又改过 %s 的资料，不能整步撤销；请先把改过的改回去，或分开另行登记。",
            merge->kept_name);
    if (now != NULL)
        rec__person__free_unpacked(now, NULL);
    return result;
}

// ---- later merges are taken back first

struct later {
    const Rec__Merge *merge;
    uint64_t number;
};

static bool has_case(const Rec__Merge *merge, uint64_t case_id)
{
    for (size_t i = 0; i < merge->n_cases; i++)
        if (merge->cases[i]->case_id == case_id)
            return true;
    return false;
}

/** They share the first person, or a case that both have changed. */
static bool builds_on(const Rec__Merge *other, const Rec__Merge *merge)
{
    bool persons = strcmp(other->what, MERGE_PERSONS) == 0 &&
                   strcmp(merge->what, MERGE_PERSONS) == 0 && other->kept == merge->kept;

    for (size_t i = 0; i < merge->n_cases && !persons; i++)
        persons = has_case(other, merge->cases[i]->case_id) &&
                  (merge_is_of_houses(other) || merge_is_of_houses(merge));
    return persons;
}

static bool is_later(const Rec__Merge *other, const Rec__Merge *merge)
{
    return other->decided_at > merge->decided_at ||
           (other->decided_at == merge->decided_at && other->id > merge->id);
}

static enum result see_merge(const Rec__Merge *other, void *arg)
{
    struct later *later = arg;

    if (strcmp(other->state, MERGE_DONE) == 0 && is_later(other, later->merge) &&
        builds_on(other, later->merge))
        later->number = ids_count_of(other->id);
    return RESULT_OK;
}

enum result merge_check_later(struct usecase *usecase, const Rec__Merge *merge)
{
    struct later later = {.merge = merge};
    enum result result = store_merge_scan(usecase->txn, see_merge, &later);

    if (result == 0 && later.number != 0)
        result = reply_say(usecase->reply, RESULT_CONFLICT, "请先撤销后来的合并 %" PRIu64 "。",
                           later.number);
    return result;
}

static const Rec__MergedCase *find_case(const Rec__Merge *merge, uint64_t id)
{
    for (size_t i = 0; i < merge->n_cases; i++)
        if (merge->cases[i]->case_id == id)
            return merge->cases[i];
    return NULL;
}

static bool is_own_case(const Rec__Merge *merge, uint64_t id)
{
    for (size_t i = 0; i < merge->n_own_cases; i++)
        if (merge->own_cases[i] == id)
            return true;
    return false;
}

static enum result check_cases(struct usecase *usecase, const Rec__Merge *merge,
                               const struct record_cases *cases)
{
    for (size_t i = 0; i < cases->count; i++) {
        const Rec__Case *casefile = cases->items[i];
        const Rec__MergedCase *moved = find_case(merge, casefile->id);
        if (moved == NULL && !is_own_case(merge, casefile->id))
            return reply_say(
                usecase->reply, RESULT_CONFLICT,
                "合并以后又有了个案 %s，分不清是谁的，不能整步撤销；请先核实，办它的退出。",
                casefile->number);
        if (moved != NULL && moved->before != NULL && !record_equal(casefile, moved->after))
            return reply_say(usecase->reply, RESULT_CONFLICT,
                             "两人同在的个案 %s 合并以后又改过，不能整步撤销。", casefile->number);
    }
    return RESULT_OK;
}

static bool is_numbered(Rec__MergedVisit *const *visits, size_t count, const Rec__Visit *visit)
{
    for (size_t i = 0; i < count; i++)
        if (visits[i]->date == visit->date && visits[i]->is == visit->seq)
            return true;
    return false;
}

static bool is_newer(const Rec__Merge *merge, const Rec__Visit *visit)
{
    return !is_numbered(merge->visits, merge->n_visits, visit) &&
           !is_numbered(merge->own_visits, merge->n_own_visits, visit);
}

/** The first one in a row of corrections; NULL if that is not there. */
static const Rec__Visit *find_first(const Rec__Merge *merge, const struct merge_visits *visits,
                                    const Rec__Visit *visit)
{
    while (visit != NULL && visit->replaces != 0 && is_newer(merge, visit)) {
        const Rec__Visit *before = NULL;
        for (size_t i = 0; i < visits->count; i++)
            if (visits->items[i]->date == visit->replaces_date &&
                visits->items[i]->seq == visit->replaces - 1)
                before = visits->items[i];
        visit = before;
    }
    return visit;
}

/** A visit that was recorded since and stands may be either's; one that was voided stays with the first
 *  person and counts for nobody. A correction is whose the corrected visit was. */
static enum result check_newer(struct usecase *usecase, const Rec__Merge *merge,
                               const struct merge_visits *visits, const Rec__Visit *visit)
{
    char date[DATE_TEXT];
    const Rec__Visit *first = find_first(merge, visits, visit);

    date_format(visit->date, date);
    if (first != NULL && is_numbered(merge->visits, merge->n_visits, first))
        return reply_say(usecase->reply, RESULT_CONFLICT,
                         "合并以后更正过 %s 的探访，不能整步撤销；请在个案里逐项更正。", date);
    if (recount_visit_stands(visit) && (first == NULL || is_newer(merge, first)))
        return reply_say(
            usecase->reply, RESULT_CONFLICT,
            "合并以后又登记了 %s 的探访，分不清是谁的，不能整步撤销；请先核实，作废那次探访。",
            date);
    return RESULT_OK;
}

/** Leaves the visits that go back. */
static enum result check_visits(struct usecase *usecase, const Rec__Merge *merge,
                                struct merge_visits *visits)
{
    size_t kept = 0;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < visits->count && result == 0; i++)
        if (is_newer(merge, visits->items[i]))
            result = check_newer(usecase, merge, visits, visits->items[i]);
    for (size_t i = 0; i < visits->count; i++) {
        Rec__Visit *visit = visits->items[i];
        if (is_numbered(merge->visits, merge->n_visits, visit))
            visits->items[kept++] = visit;
        else
            rec__visit__free_unpacked(visit, NULL);
    }
    visits->count = kept;
    return result;
}

struct newer_leads {
    int64_t since;
    const char *rule;
    size_t count, capacity;
    char **rules; /**< of the first person, owned */
};

static enum result see_lead(const Rec__Lead *lead, void *arg)
{
    struct newer_leads *leads = arg;

    for (size_t i = 0; i < lead->n_steps; i++)
        if (lead->steps[i]->at > leads->since && strcmp(lead->steps[i]->by, "system") != 0)
            leads->rule = lead->rule;
    mem_grow((void **)&leads->rules, leads->count, &leads->capacity, sizeof *leads->rules);
    leads->rules[leads->count++] = mem_copy(lead->rule);
    return RESULT_OK;
}

// ---- going back

/** What rules found is found again; what officers did about it before the merge comes back. */
static enum result restore_leads(struct usecase *usecase, const Rec__Merge *merge)
{
    struct newer_leads leads = {.since = merge->decided_at};
    enum result result = store_lead_of_person(usecase->txn, merge->kept, see_lead, &leads);

    if (result == 0 && leads.rule != NULL)
        result = reply_say(usecase->reply, RESULT_CONFLICT,
                           "合并以后办理过 %s 的线索，不能整步撤销；请在个案里逐项更正。",
                           merge->kept_name);
    for (size_t i = 0; i < leads.count; i++) {
        if (result == 0)
            result = store_lead_del(usecase->txn, merge->kept, leads.rules[i]);
        free(leads.rules[i]);
    }
    free(leads.rules);
    for (size_t i = 0; i < merge->n_leads && result == 0; i++)
        result = store_lead_put(usecase->txn, merge->leads[i]);
    return result;
}

static enum result restore_cases(struct usecase *usecase, const Rec__Merge *merge,
                                 const struct record_cases *cases)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < cases->count && result == 0; i++) {
        const Rec__Case *old = cases->items[i];
        const Rec__MergedCase *moved = find_case(merge, old->id);
        if (moved == NULL)
            continue;
        Rec__Case *casefile = record_copy(moved->before != NULL ? moved->before : old);
        if (moved->before == NULL)
            merge_replace_person(casefile, merge->kept, merge->gone);
        result = counted_case_put(usecase, old, casefile);
        rec__case__free_unpacked(casefile, NULL);
    }
    return result;
}

static enum result restore(struct usecase *usecase, const Rec__Merge *merge,
                           const struct record_cases *cases, const struct merge_visits *visits)
{
    Rec__Merge *moves = record_copy(merge);
    enum result result = restore_cases(usecase, merge, cases);

    if (result == 0)
        result = merge_move_visits(usecase, merge, visits, true);
    if (result == 0)
        result = merge_unjudge_alarms(usecase, merge);
    if (result == 0)
        result = merge_move_alarms(usecase, moves, true);
    if (result == 0)
        result = merge_move_sheets(usecase, moves, true);
    if (result == 0)
        result = restore_leads(usecase, merge);
    if (result == 0)
        result = counted_person_put(usecase, merge->kept_was, false);
    if (result == 0)
        result = counted_person_put(usecase, merge->gone_was, true);
    if (result == 0)
        result = recredit_person(usecase, merge->kept);
    if (result == 0)
        result = recredit_person(usecase, merge->gone);
    if (result == 0)
        result = merge_judge_apart(usecase, merge->kept);
    if (result == 0)
        result = merge_judge_apart(usecase, merge->gone);
    rec__merge__free_unpacked(moves, NULL);
    return result;
}

enum result merge_undo(struct usecase *usecase, const Rec__Merge *merge)
{
    struct record_cases cases = {0};
    struct merge_visits visits = {0};
    enum result result = merge_check_later(usecase, merge);

    if (result == 0)
        result = check_person(usecase, merge);
    if (result == 0)
        result = record_cases_load(usecase, merge->kept, &cases);
    if (result == 0)
        result = check_cases(usecase, merge, &cases);
    if (result == 0)
        result = merge_visits_load(usecase, merge->kept, &visits);
    if (result == 0)
        result = check_visits(usecase, merge, &visits);
    if (result == 0)
        result = restore(usecase, merge, &cases, &visits);
    merge_visits_free(&visits);
    record_cases_free(&cases);
    return result;
}
