#include "service/payroll/payroll_history.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "service/cases/merge.h"
#include "service/frame/record.h"
#include "service/memory/state.h"
#include "service/payroll/payroll_amount.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reading {
    struct usecase *usecase;
    const struct payroll_key *key;
    struct merge_gone_cases gone;
    struct payroll_history history;
};

// ---- reading

static Rec__PayrollLine *copy_open(const Rec__PayrollLine *line, const Rec__PayrollReturn *returned)
{
    Rec__PayrollLine *copy = record_copy(line);
    char month[MONTH_TEXT];
    char *cause = mem_printf("补 %s：%s%s", month_format(line->month, month),
                             returned != NULL ? "银行退回 " : "",
                             returned != NULL ? returned->reason : line->why);

    record_set(&copy->cause, cause);
    free(cause);
    return copy;
}

static void put_past(struct payroll_history *history, const struct payroll_past *past)
{
    mem_grow((void **)&history->items, history->count, &history->capacity, sizeof *history->items);
    history->items[history->count++] = *past;
}

/** What was paid to a household's other case was paid to the household. */
static void add_merged(struct reading *reading, const struct payroll_past *past,
                       const Rec__PayrollLine *line)
{
    struct payroll_past merged = *past;

    merged.case_id = merge_gone_case_find(&reading->gone, past->case_id);
    merged.other = true;
    merged.open = NULL;
    if (merged.case_id != past->case_id && past->standing == PAYROLL_PAID && line->total > 0)
        put_past(&reading->history, &merged);
}

/** One text for all lines with the same standards. */
static const char *keep_standards(struct payroll_history *history, const Rec__PayrollLine *line)
{
    struct str text = {0};

    for (size_t i = 0; i < line->n_standards; i++)
        str_printf(&text, "%s=%s\n", line->standards[i]->name, line->standards[i]->value);
    for (size_t i = history->text_count; i-- > 0;)
        if (strcmp(history->texts[i], str_text(&text)) == 0) {
            str_free(&text);
            return history->texts[i];
        }
    mem_grow((void **)&history->texts, history->text_count, &history->text_capacity,
             sizeof *history->texts);
    return history->texts[history->text_count++] = str_take(&text);
}

static bool is_stated(const Rec__PayrollLine *line)
{
    for (size_t i = 0; i < line->n_facts; i++)
        if (strcmp(line->facts[i]->name, PAYROLL_STATED) == 0)
            return true;
    return false;
}

static void add_raise(struct payroll_history *history, const Rec__Payroll *payroll, size_t index)
{
    const Rec__PayrollLine *line = payroll->lines[index];
    const Rec__PayrollReturn *returned = payroll_returned(payroll, index);

    mem_grow((void **)&history->raises, history->raise_count, &history->raise_capacity,
             sizeof *history->raises);
    history->raises[history->raise_count++] = (struct payroll_raise){
        .case_id = line->case_id,
        .month = line->month,
        .roster = payroll->month,
        .paid = returned == NULL && *line->why == '\0',
        .fen = line->total,
        .returned = returned != NULL ? mem_copy(returned->reason) : NULL,
    };
}

static void add_past(struct reading *reading, const Rec__Payroll *payroll, size_t index, bool ours)
{
    const Rec__PayrollLine *line = payroll->lines[index];
    const Rec__PayrollReturn *returned = payroll_returned(payroll, index);
    struct payroll_past past = {
        .basis = {.known = line->known,
                  .stated = is_stated(line),
                  .fen = line->total,
                  .standards = keep_standards(&reading->history, line)},
        .case_id = line->case_id,
        .month = line->month,
        .roster = payroll->month,
        .source = (uint32_t)reading->history.roster_count - 1,
        .ours = ours,
        .standing = PAYROLL_PAID,
    };

    (void)snprintf(past.basis.area, sizeof past.basis.area, "%s", line->area);
    /* An amount of nothing was decided: what makes it more today was not so then. */
    if (line->ended)
        past.standing = PAYROLL_NEVER;
    else if (line->known && line->total <= 0)
        past.standing = PAYROLL_PAID;
    else if (returned != NULL || *line->why != '\0')
        past.standing = PAYROLL_OWED;
    if (past.standing == PAYROLL_OWED && ours)
        past.open = copy_open(line, returned);
    put_past(&reading->history, &past);
    add_merged(reading, &past, line);
}

static void add_month(struct payroll_history *history, month_t month)
{
    size_t at = history->month_count;

    for (size_t i = 0; i < history->month_count; i++)
        if (history->months[i] == month)
            return;
    mem_grow((void **)&history->months, history->month_count, &history->month_capacity,
             sizeof *history->months);
    for (; at > 0 && history->months[at - 1] > month; at--)
        history->months[at] = history->months[at - 1];
    history->months[at] = month;
    history->month_count++;
}

static void add_source(struct payroll_history *history, const Rec__Payroll *payroll)
{
    struct payroll_source source = {.kind = mem_copy(payroll->kind), .month = payroll->month};

    (void)snprintf(source.area, sizeof source.area, "%s", payroll->area);
    mem_grow((void **)&history->rosters, history->roster_count, &history->roster_capacity,
             sizeof *history->rosters);
    history->rosters[history->roster_count++] = source;
}

static void add_handed(struct payroll_history *history, const Rec__Payroll *payroll, size_t index)
{
    const Rec__PayrollLine *line = payroll->lines[index];

    if (*line->why != '\0' || payroll_returned(payroll, index) != NULL)
        return;
    mem_grow((void **)&history->handed, history->handed_count, &history->handed_capacity,
             sizeof *history->handed);
    history->handed[history->handed_count++] = (struct payroll_handed){
        .case_id = line->case_id,
        .source = (uint32_t)history->roster_count - 1,
        .line = (uint32_t)index,
        .month = line->month,
        .raise = line->raise,
        .fen = line->total,
    };
}

static enum result read_roster(const Rec__Payroll *payroll, void *arg)
{
    struct reading *reading = arg;
    const struct payroll_key *key = reading->key;
    const struct cache *cache = reading->usecase->service->cache;
    bool ours = strcmp(cache_area_present(cache, payroll->area), key->street) == 0;

    if (!payroll_is_confirmed(payroll))
        return RESULT_OK;
    add_source(&reading->history, payroll);
    for (size_t i = 0; i < payroll->n_lines; i++) {
        add_handed(&reading->history, payroll, i);
        if (payroll->lines[i]->raise)
            add_raise(&reading->history, payroll, i);
        else
            add_past(reading, payroll, i, ours);
    }
    reading->history.doubts += ours ? payroll->n_doubts : 0;
    if (ours && payroll->month < key->month)
        add_month(&reading->history, payroll->month);
    return RESULT_OK;
}

static int compare_past(const void *a, const void *b)
{
    const struct payroll_past *x = a;
    const struct payroll_past *y = b;

    if (x->case_id != y->case_id)
        return x->case_id < y->case_id ? -1 : 1;
    if (x->month != y->month)
        return x->month < y->month ? -1 : 1;
    if (x->roster != y->roster)
        return x->roster < y->roster ? -1 : 1;
    return (int)x->standing - (int)y->standing;
}

static int compare_raises(const void *a, const void *b)
{
    const struct payroll_raise *x = a;
    const struct payroll_raise *y = b;

    if (x->case_id != y->case_id)
        return x->case_id < y->case_id ? -1 : 1;
    if (x->month != y->month)
        return x->month < y->month ? -1 : 1;
    return (x->roster > y->roster) - (x->roster < y->roster);
}

static int compare_handed(const void *a, const void *b)
{
    const struct payroll_handed *x = a;
    const struct payroll_handed *y = b;

    if (x->case_id != y->case_id)
        return x->case_id < y->case_id ? -1 : 1;
    if (x->source != y->source)
        return x->source < y->source ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

static void sort_history(struct payroll_history *history)
{
    if (history->count > 1)
        qsort(history->items, history->count, sizeof *history->items, compare_past);
    if (history->raise_count > 1)
        qsort(history->raises, history->raise_count, sizeof *history->raises, compare_raises);
    if (history->handed_count > 1)
        qsort(history->handed, history->handed_count, sizeof *history->handed, compare_handed);
}

enum result payroll_history_read(struct usecase *usecase, const struct payroll_key *key,
                                 struct payroll_history *ret_history)
{
    struct reading reading = {.usecase = usecase, .key = key};
    const Rec__Area *area;
    enum result result = merge_gone_cases_load(usecase, &reading.gone);

    for (size_t i = 0; (area = cache_area_at(usecase->service->cache, i)) != NULL && result == 0;
         i++)
        if (area_level_parse(area->level) == AREA_STREET)
            result = store_payroll_scan(usecase->txn, area->code, key->kind, read_roster, &reading);
    free(reading.gone.items);
    if (result != 0) {
        payroll_history_free(&reading.history);
        return result;
    }
    sort_history(&reading.history);
    *ret_history = reading.history;
    return RESULT_OK;
}

void payroll_history_free(struct payroll_history *history)
{
    for (size_t i = 0; i < history->count; i++)
        if (history->items[i].open != NULL)
            rec__payroll_line__free_unpacked(history->items[i].open, NULL);
    for (size_t i = 0; i < history->raise_count; i++)
        free(history->raises[i].returned);
    for (size_t i = 0; i < history->text_count; i++)
        free(history->texts[i]);
    for (size_t i = 0; i < history->roster_count; i++)
        free(history->rosters[i].kind);
    free(history->rosters);
    free(history->handed);
    free(history->items);
    free(history->raises);
    free(history->texts);
    free(history->months);
    *history = (struct payroll_history){0};
}

// ---- asking

static bool is_same(const struct payroll_past *past, uint64_t case_id, month_t month)
{
    return past->case_id == case_id && past->month == month;
}

/** The first line of a case and month, or where it would be. */
static size_t find_first(const struct payroll_history *history, uint64_t case_id, month_t month)
{
    size_t low = 0;
    size_t high = history->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct payroll_past *past = &history->items[middle];
        bool before = past->case_id < case_id || (past->case_id == case_id && past->month < month);
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Paid once is paid, whichever roster says so: rosters of earlier months may be made later. */
enum payroll_standing payroll_history_find(const struct payroll_history *history, uint64_t case_id,
                                           month_t month)
{
    enum payroll_standing standing = PAYROLL_NEVER;

    for (size_t i = find_first(history, case_id, month);
         i < history->count && is_same(&history->items[i], case_id, month); i++) {
        if (history->items[i].standing == PAYROLL_PAID)
            return PAYROLL_PAID;
        standing = history->items[i].standing;
    }
    return standing;
}

bool payroll_history_paid(const struct payroll_history *history, uint64_t case_id, month_t month)
{
    for (size_t i = find_first(history, case_id, month);
         i < history->count && is_same(&history->items[i], case_id, month); i++)
        if (history->items[i].standing == PAYROLL_PAID && !history->items[i].other)
            return true;
    return false;
}

/* What was paid counts, whichever roster says so, to the case itself before a household that has gone
 * into it; else what the last one carries on. */
const struct payroll_basis *payroll_history_basis(const struct payroll_history *history,
                                                  uint64_t case_id, month_t month)
{
    const struct payroll_past *best = NULL;

    for (size_t i = find_first(history, case_id, month);
         i < history->count && is_same(&history->items[i], case_id, month); i++) {
        const struct payroll_past *past = &history->items[i];
        bool settled = best != NULL && best->standing == PAYROLL_PAID;
        if (!settled || (best->other && past->standing == PAYROLL_PAID && !past->other))
            best = past;
    }
    return best != NULL && best->standing != PAYROLL_NEVER && best->basis.known ? &best->basis
                                                                                : NULL;
}

/** The first raise of a case and month, or where it would be. */
static size_t find_raise(const struct payroll_history *history, uint64_t case_id, month_t month)
{
    size_t low = 0;
    size_t high = history->raise_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct payroll_raise *raise = &history->raises[middle];
        if (raise->case_id < case_id || (raise->case_id == case_id && raise->month < month))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int64_t payroll_history_raised(const struct payroll_history *history, uint64_t case_id,
                               month_t month, const char **ret_returned)
{
    int64_t fen = 0;

    *ret_returned = NULL;
    for (size_t i = find_raise(history, case_id, month);
         i < history->raise_count && history->raises[i].case_id == case_id &&
         history->raises[i].month == month;
         i++) {
        fen += history->raises[i].paid ? history->raises[i].fen : 0;
        *ret_returned = history->raises[i].returned;
    }
    return fen;
}

enum result payroll_history_months(const struct payroll_history *history, uint64_t case_id,
                                   payroll_month_fn each, void *arg)
{
    enum result result = RESULT_OK;
    month_t last = 0;

    for (size_t i = find_first(history, case_id, 0);
         i < history->count && history->items[i].case_id == case_id && result == 0; i++) {
        month_t month = history->items[i].month;
        const struct payroll_basis *basis = payroll_history_basis(history, case_id, month);
        if (month != last && basis != NULL)
            result = each(month, basis, arg);
        last = month;
    }
    return result;
}

const Rec__PayrollLine *payroll_history_open(const struct payroll_history *history, size_t index,
                                             month_t month)
{
    const struct payroll_past *past = &history->items[index];
    bool last = index + 1 == history->count ||
                !is_same(&history->items[index + 1], past->case_id, past->month);

    if (!last || past->open == NULL || past->roster >= month ||
        payroll_history_find(history, past->case_id, past->month) != PAYROLL_OWED)
        return NULL;
    return past->open;
}
