/*
 * Ends the second case of a household and brings what is still to be done to the first one; and takes
 * that back.
 */
#include "service/cases/merge_house.h"

#include "base/mem.h"
#include "base/month.h"
#include "db/alarm.h"
#include "db/lead.h"
#include "service/cases/case_beside.h"
#include "service/cases/case_edit.h"
#include "service/frame/event.h"
#include "service/ledger/counted.h"
#include "service/ledger/duties.h"
#include "service/memory/census.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// ---- marks of the duties: undone, the rows are what they were

struct rows {
    size_t count, capacity;
    Rec__Duty **items; /**< owned */
};

static enum result add_duty(const Rec__Duty *duty, void *arg)
{
    struct rows *rows = arg;

    mem_grow((void **)&rows->items, rows->count, &rows->capacity, sizeof *rows->items);
    rows->items[rows->count++] = record_copy(duty);
    return RESULT_OK;
}

static void rows_free(struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        rec__duty__free_unpacked(rows->items[i], NULL);
    free(rows->items);
    *rows = (struct rows){0};
}

static enum result rows_load(struct usecase *usecase, const Rec__Merge *merge, struct rows *rows)
{
    enum result result = store_duty_of_case(usecase->txn, merge->kept_case, add_duty, rows);

    return result == 0 ? store_duty_of_case(usecase->txn, merge->gone_case, add_duty, rows)
                       : result;
}

static const Rec__Duty *find_row(const struct rows *rows, const Rec__Duty *like)
{
    for (size_t i = 0; i < rows->count; i++)
        if (rows->items[i]->case_id == like->case_id && rows->items[i]->month == like->month &&
            strcmp(rows->items[i]->type, like->type) == 0)
            return rows->items[i];
    return NULL;
}

/** Keeps which marks the merge has put on the rows. */
static enum result note_marks(struct usecase *usecase, Rec__Merge *merge, const struct rows *before)
{
    struct rows rows = {0};
    enum result result = rows_load(usecase, merge, &rows);

    merge->duties = mem_array(rows.count + 1, sizeof *merge->duties);
    for (size_t i = 0; i < rows.count && result == 0; i++) {
        const Rec__Duty *duty = rows.items[i];
        const Rec__Duty *was = find_row(before, duty);
        Rec__MergedDuty *merged = mem_new(sizeof *merged);
        rec__merged_duty__init(merged);
        merged->case_id = duty->case_id;
        merged->month = duty->month;
        record_set(&merged->type, duty->type);
        merged->marks = was != NULL ? (uint32_t)was->n_marks : 0;
        merged->added = (uint32_t)duty->n_marks - merged->marks;
        merge->duties[merge->n_duties++] = merged;
    }
    rows_free(&rows);
    return result;
}

static void remove_marks(Rec__Duty *duty, size_t from, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < duty->n_marks; i++)
        if (i >= from && i < from + count)
            rec__mark__free_unpacked(duty->marks[i], NULL);
        else
            duty->marks[kept++] = duty->marks[i];
    duty->n_marks = kept;
    if (kept == 0) {
        free(duty->marks);
        duty->marks = NULL;
    }
}

/** `before` are the rows before the merge was taken back. */
static enum result trim_row(struct usecase *usecase, const Rec__Merge *merge,
                            const struct rows *before, const Rec__Duty *row)
{
    const Rec__Duty *was = find_row(before, row);
    Rec__Duty *duty = record_copy(row);
    enum result result = RESULT_OK;

    if (was != NULL)
        remove_marks(duty, was->n_marks, duty->n_marks - was->n_marks);
    for (size_t i = 0; i < merge->n_duties; i++) {
        const Rec__MergedDuty *merged = merge->duties[i];
        if (merged->case_id == row->case_id && merged->month == row->month &&
            strcmp(merged->type, row->type) == 0)
            remove_marks(duty, merged->marks, merged->added);
    }
    if (!record_equal(row, duty))
        result = counted_duty_put(usecase, row, duty);
    rec__duty__free_unpacked(duty, NULL);
    return result;
}

static enum result trim_marks(struct usecase *usecase, const Rec__Merge *merge,
                              const struct rows *before)
{
    struct rows rows = {0};
    enum result result = rows_load(usecase, merge, &rows);

    for (size_t i = 0; i < rows.count && result == 0; i++)
        result = trim_row(usecase, merge, before, rows.items[i]);
    rows_free(&rows);
    return result;
}

// ---- alarms

struct alarms {
    size_t count, capacity;
    Rec__Alarm **items;
};

static enum result add_alarm(const Rec__Alarm *alarm, void *arg)
{
    struct alarms *alarms = arg;

    mem_grow((void **)&alarms->items, alarms->count, &alarms->capacity, sizeof *alarms->items);
    alarms->items[alarms->count++] = record_copy(alarm);
    return RESULT_OK;
}

static bool is_moved(const Rec__Merge *merge, uint64_t alarm)
{
    for (size_t i = 0; i < merge->n_alarms; i++)
        if (merge->alarms[i] == alarm)
            return true;
    return false;
}

/** From one case to the other; with `moved` only those that had gone there. */
static enum result move_alarms(struct usecase *usecase, uint64_t from, const Rec__Case *to,
                               const Rec__Merge *moved, struct alarms *alarms)
{
    enum result result = store_alarm_of_case(usecase->txn, from, add_alarm, alarms);

    for (size_t i = 0; i < alarms->count && result == 0; i++) {
        Rec__Alarm *alarm = alarms->items[i];
        if (moved != NULL && !is_moved(moved, alarm->id))
            continue;
        alarm->case_id = to->id;
        if (store_alarm_is_open(alarm))
            record_set(&alarm->area, to->area);
        result = store_alarm_put(usecase->txn, alarm);
    }
    return result;
}

static void alarms_free(struct alarms *alarms)
{
    for (size_t i = 0; i < alarms->count; i++)
        rec__alarm__free_unpacked(alarms->items[i], NULL);
    free(alarms->items);
}

static enum result bring_alarms(struct usecase *usecase, Rec__Merge *merge, const Rec__Case *to)
{
    struct alarms alarms = {0};
    enum result result = move_alarms(usecase, merge->gone_case, to, NULL, &alarms);

    merge->alarms = mem_array(alarms.count + 1, sizeof *merge->alarms);
    for (size_t i = 0; i < alarms.count; i++)
        merge->alarms[merge->n_alarms++] = alarms.items[i]->id;
    alarms_free(&alarms);
    return result;
}

static enum result return_alarms(struct usecase *usecase, const Rec__Merge *merge,
                                 const Rec__Case *to)
{
    struct alarms alarms = {0};
    enum result result = move_alarms(usecase, merge->kept_case, to, merge, &alarms);

    alarms_free(&alarms);
    return result;
}

// ---- rows of printed sheets

struct sheets {
    const Rec__Merge *merge;
    bool back;
    size_t count, capacity;
    Rec__Sheet **items;
};

static enum result add_row(const Rec__Sheet *row, void *arg)
{
    struct sheets *sheets = arg;
    const Rec__Merge *merge = sheets->merge;
    char *name = mem_printf("%s:%" PRIu32, row->code, row->number);
    bool moves = !sheets->back && row->case_id == merge->gone_case;

    for (size_t i = 0; i < merge->n_sheets && sheets->back && !moves; i++)
        moves = row->case_id == merge->kept_case && strcmp(merge->sheets[i], name) == 0;
    free(name);
    if (!moves)
        return RESULT_OK;
    mem_grow((void **)&sheets->items, sheets->count, &sheets->capacity, sizeof *sheets->items);
    sheets->items[sheets->count++] = record_copy(row);
    return RESULT_OK;
}

static enum result move_sheets(struct usecase *usecase, Rec__Merge *merge, bool back)
{
    struct sheets sheets = {.merge = merge, .back = back};
    enum result result = store_sheet_scan_all(usecase->txn, add_row, &sheets);

    if (!back)
        merge->sheets = mem_array(sheets.count + 1, sizeof *merge->sheets);
    for (size_t i = 0; i < sheets.count; i++) {
        Rec__Sheet *row = sheets.items[i];
        row->case_id = back ? merge->gone_case : merge->kept_case;
        if (!back)
            merge->sheets[merge->n_sheets++] = mem_printf("%s:%" PRIu32, row->code, row->number);
        if (result == 0)
            result = store_sheet_put(usecase->txn, row);
        rec__sheet__free_unpacked(row, NULL);
    }
    free(sheets.items);
    return result;
}

// ---- leads: also those that somebody has answered

struct leads {
    uint64_t case_id;
    size_t count, capacity;
    Rec__Lead **items;
};

static enum result add_lead(const Rec__Lead *lead, void *arg)
{
    struct leads *leads = arg;

    if (lead->case_id != leads->case_id)
        return RESULT_OK;
    mem_grow((void **)&leads->items, leads->count, &leads->capacity, sizeof *leads->items);
    leads->items[leads->count++] = record_copy(lead);
    return RESULT_OK;
}

static enum result bring_leads(struct usecase *usecase, Rec__Merge *merge, const Rec__Case *to)
{
    struct leads leads = {.case_id = merge->gone_case};
    enum result result = store_lead_scan(usecase->txn, add_lead, &leads);

    for (size_t i = 0; i < leads.count && result == 0; i++) {
        Rec__Lead *lead = record_copy(leads.items[i]);
        lead->case_id = to->id;
        record_set(&lead->area, to->area);
        result = store_lead_put(usecase->txn, lead);
        rec__lead__free_unpacked(lead, NULL);
    }
    merge->leads = leads.items; /* the merge has them now */
    merge->n_leads = leads.count;
    return result;
}

static bool is_handled(const Rec__Lead *lead, int64_t since)
{
    for (size_t i = 0; i < lead->n_steps; i++)
        if (lead->steps[i]->at > since && strcmp(lead->steps[i]->by, "system") != 0)
            return true;
    return false;
}

static enum result return_leads(struct usecase *usecase, const Rec__Merge *merge)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < merge->n_leads && result == 0; i++) {
        Rec__Lead *now = NULL;
        result = store_lead_get(usecase->txn, merge->leads[i]->person, merge->leads[i]->rule, &now);
        if (result == 0 && is_handled(now, merge->decided_at))
            result = reply_say(usecase->reply, RESULT_CONFLICT,
                               "合户以后办理过 %s 的线索，不能整步撤销；请在个案里逐项更正。",
                               merge->gone_name);
        if (result == 0 || result == RESULT_NOTFOUND)
            result = store_lead_put(usecase->txn, merge->leads[i]);
        if (now != NULL)
            rec__lead__free_unpacked(now, NULL);
    }
    return result;
}

// ---- the cases

/** The last day of the month before both stand side by side. */
static day_t end_of(const struct usecase *usecase, const struct house_pair *pair)
{
    day_t later = pair->kept->since > pair->gone->since ? pair->kept->since : pair->gone->since;

    return later == 0 ? usecase->today : month_first(month_of(later)) - 1;
}

static Rec__MergedCase *merged_case(uint64_t id, const Rec__Case *before, const Rec__Case *after)
{
    Rec__MergedCase *merged = mem_new(sizeof *merged);

    rec__merged_case__init(merged);
    merged->case_id = id;
    merged->before = before != NULL ? record_copy(before) : NULL;
    merged->after = before != NULL ? record_copy(after) : NULL;
    return merged;
}

static enum result put_case(struct usecase *usecase, const Rec__Case *old,
                            const Rec__Case *casefile)
{
    enum result result = counted_case_put(usecase, old, casefile);

    return result == 0 ? duties_follow_case(usecase, old, casefile) : result;
}

static enum result change_cases(struct usecase *usecase, Rec__Merge *merge,
                                const struct house_pair *pair, const Rec__Case *made)
{
    Rec__Case *gone = record_copy(pair->gone);
    char *reason = mem_printf(MERGE_HOUSE_EXIT "%s", pair->kept->number);
    bool taken = !record_equal(made, pair->kept);
    enum result result = taken ? put_case(usecase, pair->kept, made) : RESULT_OK;

    if (result == 0)
        result = case_end(usecase, gone, end_of(usecase, pair), reason);
    merge->cases = mem_array(2, sizeof *merge->cases);
    merge->cases[merge->n_cases++] = merged_case(pair->kept->id, taken ? pair->kept : NULL, made);
    merge->cases[merge->n_cases++] = merged_case(pair->gone->id, pair->gone, gone);
    rec__case__free_unpacked(gone, NULL);
    free(reason);
    return result;
}

enum result merge_house_apply(struct usecase *usecase, Rec__Merge *merge)
{
    struct house_pair pair = {0};
    struct rows before = {0};
    Rec__Case *made = NULL;
    enum result result = merge_house_load(usecase, merge->kept_case, merge->gone_case, &pair);

    if (result == 0)
        result = merge_house_check(usecase, &pair, merge->n_taken, merge->taken);
    if (result == 0)
        result = merge_house_make(usecase, &pair, merge->n_taken, merge->taken, &made);
    if (result == 0)
        result = rows_load(usecase, merge, &before);
    if (result == 0)
        result = change_cases(usecase, merge, &pair, made);
    if (result == 0)
        result = bring_alarms(usecase, merge, made);
    if (result == 0)
        result = move_sheets(usecase, merge, false);
    if (result == 0)
        result = bring_leads(usecase, merge, made);
    if (result == 0)
        result = note_marks(usecase, merge, &before);
    if (made != NULL)
        rec__case__free_unpacked(made, NULL);
    rows_free(&before);
    merge_house_free(&pair);
    return result;
}

// ---- taken back

static enum result check_case(struct usecase *usecase, const Rec__MergedCase *merged,
                              const Rec__Case *now)
{
    if (merged->before == NULL || record_equal(now, merged->after))
        return RESULT_OK;
    return reply_say(usecase->reply, RESULT_CONFLICT,
                     "%s 合户以后又改过，不能整步撤销；请先把改过的改回去，或另行登记。",
                     now->number);
}

/** What would have been done about the second household had it been on the books. */
static enum result check_deaths(struct usecase *usecase, const Rec__Merge *merge,
                                const Rec__Case *gone)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < gone->n_members && result == 0; i++) {
        Rec__Person *person = NULL;
        result = store_person_get(usecase->txn, gone->members[i]->person, &person);
        if (result == 0 && person->death != 0 && person->at > merge->decided_at)
            result =
                reply_say(usecase->reply, RESULT_CONFLICT,
                          "合户以后登记了 %s 死亡，不能整步撤销；请先撤销死亡登记。", person->name);
        if (person != NULL)
            rec__person__free_unpacked(person, NULL);
    }
    return result;
}

/** A case that began meanwhile may not stand beside the household that comes back. */
static enum result check_person(struct usecase *usecase, const Rec__Merge *merge,
                                const Rec__Case *gone, uint64_t person)
{
    struct record_cases cases = {0};
    enum result result = record_cases_load(usecase, person, &cases);

    for (size_t i = 0; i < cases.count && result == 0; i++) {
        const Rec__Case *other = cases.items[i];
        struct case_beside_pair beside = {gone, other, person, person};
        struct beside_clash clash = {0};
        char *words = NULL;
        if (other->id == merge->kept_case || other->id == gone->id || !census_is_active(other) ||
            other->at <= merge->decided_at)
            continue;
        result = case_beside_compare(usecase, &beside, &clash, &words);
        if (result == 0 && words != NULL && (clash.rule == NULL || !clash.rule->warning))
            result = reply_say(
                usecase->reply, RESULT_CONFLICT,
                "合户以后又有了个案 %s，与 %s 不能同时在册，不能整步撤销；请先办其中一个的退出。",
                other->number, gone->number);
        free(words);
    }
    record_cases_free(&cases);
    return result;
}

struct both {
    Rec__Case *kept, *gone;
};

static enum result load_both(struct usecase *usecase, const Rec__Merge *merge, struct both *both)
{
    enum result result = store_case_get(usecase->txn, merge->kept_case, &both->kept);

    if (result == 0)
        result = store_case_get(usecase->txn, merge->gone_case, &both->gone);
    if (result == RESULT_NOTFOUND)
        return reply_say(
            usecase->reply, RESULT_CONFLICT,
            "其中一户的个案已经不在（撤销导入），不能撤销合并；请重新导入或新增那一户。");
    if (result == 0)
        result = check_case(usecase, merge->cases[0], both->kept);
    if (result == 0)
        result = check_case(usecase, merge->cases[1], both->gone);
    if (result == 0)
        result = check_deaths(usecase, merge, both->gone);
    const Rec__Case *before = merge->cases[1]->before;
    for (size_t i = 0; i < before->n_members && result == 0; i++)
        if (before->members[i]->until == 0)
            result = check_person(usecase, merge, before, before->members[i]->person);
    return result;
}

static enum result restore(struct usecase *usecase, const Rec__Merge *merge,
                           const struct both *both)
{
    Rec__Merge *moved = record_copy(merge);
    const Rec__MergedCase *kept = merge->cases[0];
    enum result result =
        kept->before != NULL ? put_case(usecase, both->kept, kept->before) : RESULT_OK;

    if (result == 0)
        result = put_case(usecase, both->gone, merge->cases[1]->before);
    if (result == 0)
        result = return_alarms(usecase, merge, merge->cases[1]->before);
    if (result == 0)
        result = move_sheets(usecase, moved, true);
    if (result == 0)
        result = return_leads(usecase, merge);
    rec__merge__free_unpacked(moved, NULL);
    return result;
}

enum result merge_house_undo(struct usecase *usecase, const Rec__Merge *merge)
{
    struct both both = {0};
    struct rows before = {0};
    enum result result = merge_check_later(usecase, merge);

    if (result == 0)
        result = load_both(usecase, merge, &both);
    if (result == 0)
        result = rows_load(usecase, merge, &before);
    if (result == 0)
        result = restore(usecase, merge, &both);
    if (result == 0)
        result = trim_marks(usecase, merge, &before);
    rows_free(&before);
    if (both.kept != NULL)
        rec__case__free_unpacked(both.kept, NULL);
    if (both.gone != NULL)
        rec__case__free_unpacked(both.gone, NULL);
    return result;
}
