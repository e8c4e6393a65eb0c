/*
 * Months whose roster is confirmed and whose amount is another one today, as a list.
 */
#include "service/payroll/payroll_raises.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "service/cases/benefit.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"
#include "service/payroll/payroll_kept.h"
#include "service/payroll/payroll_record.h"
#include "service/payroll/payroll_settle.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- the list

struct raises_job {
    struct usecase *usecase;
    const struct payroll_query *query;
    bool all;
    struct settled_stamp stamp;
    struct payroll_kept_stamp rosters;
    char area[AREA_TEXT];
    const struct payroll_history *history;
    size_t count, capacity;
    struct raises_place *places; /**< cases to be read; owned */
    struct sheet *sheet;         /**< NULL = nothing is listed */
    size_t undecided, pending;
};

/** A case that may have lines, and where they stand. */
struct raises_place {
    size_t programme;
    char area[AREA_TEXT];
    uint64_t case_id;
};

/** A case whose months are read. */
struct raises_case {
    struct raises_job *job;
    const Rec__Case *casefile;
};

/** "" = not for this list. */
static const char *state_of(const struct payroll_settle *settle, int64_t paid, bool all)
{
    bool decided = settle->how == SETTLED_DECIDED;

    if (settle->due && settle->pending != NULL)
        return "待确认";
    if (settle->how == SETTLED_SAME || !settle->due)
        return "";
    if ((decided || settle->how == SETTLED_STANDARD) && settle->owed > paid)
        return "下次补发";
    if ((decided || settle->how == SETTLED_STANDARD) && settle->owed < paid)
        return "已列多发";
    if (settle->how == SETTLED_UNCLEAR && (!settle->known || settle->today != paid))
        return "待决定";
    if (decided && settle->today != paid)
        return all ? "决定不变" : "";
    return all && settle->how == SETTLED_LATER ? "次月起" : "";
}

static enum result write_name(struct raises_job *job, const Rec__Case *casefile, size_t row)
{
    Rec__Person *person = NULL;
    enum result result = store_person_get(job->usecase->txn, casefile->person, &person);

    if (result != 0)
        return result;
    char *id_no = job->query->full ? mem_copy(person->id_no) : text_mask_id(person->id_no);
    sheet_set(job->sheet, row, "name", person->name);
    sheet_set(job->sheet, row, "id_no", id_no);
    free(id_no);
    rec__person__free_unpacked(person, NULL);
    return RESULT_OK;
}

/** Why the month is on the list; what waits for another officer is said first. New string. */
static char *words_of(const struct payroll_settle *settle)
{
    const Rec__Settled *pending = settle->pending;
    const char *why = settle->why != NULL ? settle->why : "";

    if (pending == NULL)
        return mem_copy(why);
    return mem_printf("决定%s：%s%s%s", pending->keep ? "按已发的不变" : "按现在算的", pending->why,
                      *why != '\0' ? "；" : "", why);
}

static enum result write_month(const struct raises_case *of, month_t month, int64_t paid,
                               const struct payroll_settle *settle, const char *state)
{
    struct raises_job *job = of->job;
    const Rec__Case *casefile = of->casefile;
    const struct service *service = job->usecase->service;
    struct sheet *sheet = job->sheet;
    size_t row = sheet_add_row(sheet);
    char text[MONTH_TEXT];
    const char *decider = settle->pending != NULL ? settle->pending->by : settle->decided_by;
    char *by = rows_officer_name(job->usecase, decider);
    char *why = words_of(settle);

    sheet_set(sheet, row, "case_no", casefile->number);
    sheet_set(sheet, row, "area", casefile->area);
    sheet_set(sheet, row, "area_name", service_area_name(service, casefile->area));
    sheet_set(sheet, row, "kind", casefile->kind);
    sheet_set(sheet, row, "kind_name", rows_kind_name(service, casefile->kind));
    sheet_set(sheet, row, "month", month_format(month, text));
    payroll_set_fen(sheet, row, "paid", true, paid);
    payroll_set_fen(sheet, row, "now", settle->known, settle->today);
    payroll_set_fen(sheet, row, "difference", settle->known, settle->today - paid);
    sheet_set(sheet, row, "state", state);
    sheet_set(sheet, row, "why", why);
    sheet_set(sheet, row, "decided_by", by);
    sheet_setf(sheet, row, "case_id", "%" PRIu64, casefile->id);
    rows_mark_secret(service, casefile->kind, sheet);
    free(by);
    free(why);
    return write_name(job, casefile, row);
}

/** A month of a case, as it is remembered. */
static struct settled_month month_of_rosters(const struct raises_job *job, uint64_t case_id,
                                             month_t month, const struct payroll_basis *basis,
                                             int64_t *ret_raised)
{
    const char *returned = NULL;

    *ret_raised = payroll_history_raised(job->history, case_id, month, &returned);
    return payroll_settle_month(case_id, month, basis, *ret_raised);
}

static enum result read_month(month_t month, const struct payroll_basis *basis, void *arg)
{
    const struct raises_case *of = arg;
    struct payroll_settle settle = {0};
    struct raises_job *job = of->job;
    int64_t raised = 0;
    struct settled_month remembered =
        month_of_rosters(job, of->casefile->id, month, basis, &raised);
    enum result result =
        payroll_settle_recall(job->usecase, of->casefile, &job->stamp, &remembered, basis, &settle);

    if (result == 0 && job->sheet != NULL) {
        const char *state = state_of(&settle, basis->fen + raised, job->all);
        job->undecided += strcmp(state, "待决定") == 0;
        job->pending += strcmp(state, "待确认") == 0;
        if (*state != '\0')
            result = write_month(of, month, basis->fen + raised, &settle, state);
    }
    payroll_settle_free(&settle);
    return result;
}

// ---- cases that may have a line

/** What need not be looked at again: nothing of it is on this list. */
static unsigned nothing_to_list(const struct raises_job *job)
{
    unsigned nothing = SETTLED_AS_PAID | SETTLED_NOT_DUE;

    if (job->sheet == NULL)
        nothing |= SETTLED_HAS_VERDICT;
    else if (!job->all)
        nothing |= SETTLED_IS_LATER;
    return nothing;
}

struct looking {
    const struct raises_job *job;
    uint64_t case_id;
};

/** Stops with RESULT_EXISTS at a month that must be looked at. */
static enum result look_at(month_t month, const struct payroll_basis *basis, void *arg)
{
    const struct looking *looking = arg;
    const struct raises_job *job = looking->job;
    int64_t raised;
    struct settled_month of = month_of_rosters(job, looking->case_id, month, basis, &raised);
    unsigned found = settled_recall(job->usecase->service, &of, NULL);

    return (found & nothing_to_list(job)) != 0 ? RESULT_OK : RESULT_EXISTS;
}

static bool is_wanted(const struct raises_job *job, uint64_t case_id)
{
    struct looking looking = {job, case_id};

    return payroll_history_months(job->history, case_id, look_at, &looking) != 0;
}

static bool has_kind(const struct raises_job *job, const char *kind)
{
    const char *wanted = job->query != NULL ? job->query->kind : "";

    return benefit_has(job->usecase->service, kind) &&
           (*wanted == '\0' || strcmp(wanted, kind) == 0);
}

/** The next case of the history, from the line *at on, that must be looked at; 0 at the end. */
static uint64_t next_case(const struct raises_job *job, size_t *at)
{
    const struct payroll_history *history = job->history;

    while (*at < history->count) {
        const struct payroll_past *past = &history->items[*at];
        while (*at < history->count && history->items[*at].case_id == past->case_id)
            ++*at;
        if (has_kind(job, history->rosters[past->source].kind) && is_wanted(job, past->case_id))
            return past->case_id;
    }
    return 0;
}

/** A case that was withdrawn has no raises. */
static enum result read_case(struct raises_job *job, uint64_t case_id)
{
    struct raises_case of = {.job = job};
    Rec__Case *casefile = NULL;
    enum result result = store_case_get(job->usecase->txn, case_id, &casefile);

    of.casefile = casefile;
    if (result == 0)
        result = payroll_history_months(job->history, case_id, read_month, &of);
    if (casefile != NULL)
        rec__case__free_unpacked(casefile, NULL);
    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

enum result payroll_raises_judge(struct usecase *usecase, const struct settled_stamp *stamp,
                                 const struct payroll_history *history, size_t most, size_t *at)
{
    struct raises_job job = {.usecase = usecase, .stamp = *stamp, .history = history};
    enum result result = RESULT_OK;
    uint64_t case_id;

    for (size_t i = 0; i < most && result == 0 && (case_id = next_case(&job, at)) != 0; i++)
        result = read_case(&job, case_id);
    return result;
}

// ---- the list, by programme, village and case

static size_t programme_of(const struct service *service, const char *kind)
{
    const struct form *form;
    size_t i = 0;

    while ((form = forms_programme(service_forms(service), i)) != NULL &&
           strcmp(form->kind, kind) != 0)
        i++;
    return i;
}

static enum result add_place(struct raises_job *job, uint64_t case_id)
{
    Rec__Case *casefile = NULL;
    enum result result = store_case_get(job->usecase->txn, case_id, &casefile);

    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_OK : result;
    if (area_contains(job->area, casefile->area)) {
        struct raises_place place = {
            .programme = programme_of(job->usecase->service, casefile->kind), .case_id = case_id};
        (void)snprintf(place.area, sizeof place.area, "%s", casefile->area);
        mem_grow((void **)&job->places, job->count, &job->capacity, sizeof *job->places);
        job->places[job->count++] = place;
    }
    rec__case__free_unpacked(casefile, NULL);
    return RESULT_OK;
}

static int compare_places(const void *a, const void *b)
{
    const struct raises_place *x = a;
    const struct raises_place *y = b;
    int areas = strcmp(x->area, y->area);

    if (x->programme != y->programme)
        return x->programme < y->programme ? -1 : 1;
    if (areas != 0)
        return areas;
    return (x->case_id > y->case_id) - (x->case_id < y->case_id);
}

static enum result list_cases(struct raises_job *job)
{
    enum result result = RESULT_OK;
    uint64_t case_id;

    for (size_t at = 0; result == 0 && (case_id = next_case(job, &at)) != 0;)
        result = add_place(job, case_id);
    if (job->count > 1)
        qsort(job->places, job->count, sizeof *job->places, compare_places);
    for (size_t i = 0; i < job->count && result == 0; i++)
        result = read_case(job, job->places[i].case_id);
    return result;
}

static enum result raises_body(struct usecase *usecase, void *arg)
{
    struct raises_job *job = arg;

    sheet_free(&job->sheet);
    payroll_kept_return(usecase->service, &job->history); /* a body may run again */
    job->sheet = column_sheet(&COLUMNS_RAISES);
    job->usecase = usecase;
    job->undecided = job->pending = job->count = 0;
    enum result result = payroll_kept_borrow(usecase, &job->rosters, &job->history);
    if (result == 0)
        result = list_cases(job);
    if (result == 0)
        reply_say(usecase->reply, RESULT_OK, "%zu 笔待决定，%zu 笔待另一人确认。", job->undecided,
                  job->pending);
    return result;
}

enum result payroll_raises(struct service *service, const struct caller *caller,
                           const struct payroll_query *query, bool all, struct sheet **ret_sheet,
                           struct reply *reply)
{
    struct raises_job job = {.query = query,
                             .all = all,
                             .stamp = settled_stamp(service),
                             .rosters = payroll_kept_stamp(service)};
    enum result result = rows_query_area(service, caller, query->area, job.area, reply);

    if (result == 0)
        result = rows_query_kind(service, query->kind, reply);
    if (result == 0)
        result = service_check(service, caller, ACTION_PAYROLL_LIST, job.area, reply);
    if (result == 0)
        result = usecase_read(service, caller, query->full ? ACTION_PRINT : ACTION_PAYROLL_LIST,
                              job.area, raises_body, &job, reply);
    payroll_kept_return(service, &job.history);
    free(job.places);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
