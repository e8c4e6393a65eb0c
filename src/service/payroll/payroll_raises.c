/*
 * Months whose roster is confirmed and whose amount is another one today, as a list.
 */
#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "service/cases/benefit.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"
#include "service/payroll/payroll_record.h"
#include "service/payroll/payroll_settle.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// ---- the list

struct raises_job {
    struct usecase *usecase;
    const struct payroll_query *query;
    bool all;
    struct settled_stamp stamp;
    char area[AREA_TEXT];
    struct payroll_history history; /**< of the programme that is read */
    struct sheet *sheet;
    size_t undecided, pending;
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

/** Whether the month was judged before, and gives no line of this list. */
static bool is_known(const struct raises_job *job, unsigned found)
{
    return (found & SETTLED_IS_SAME) != 0 || (!job->all && (found & SETTLED_IS_LATER) != 0);
}

static void remember(const struct raises_job *job, const struct settled_month *of,
                     const struct payroll_settle *settle)
{
    unsigned found = settle->how == SETTLED_SAME    ? SETTLED_IS_SAME
                     : settle->how == SETTLED_LATER ? SETTLED_IS_LATER
                                                    : 0;

    if (found != 0 && payroll_settle_is_plain(settle))
        settled_remember(job->usecase->service, &job->stamp, of, found, settle->people.ids,
                         settle->people.count);
}

static enum result read_month(month_t month, const struct payroll_basis *basis, void *arg)
{
    const struct raises_case *of = arg;
    struct payroll_settle settle = {0};
    const char *returned = NULL;
    struct raises_job *job = of->job;
    struct service *service = job->usecase->service;
    int64_t raised = payroll_history_raised(&job->history, of->casefile->id, month, &returned);
    int64_t paid = basis->fen + raised;
    struct settled_month remembered = payroll_settle_month(of->casefile->id, month, basis, raised);
    if (is_known(job, settled_recall(service, &remembered)))
        return RESULT_OK;
    enum result result = payroll_settle_read(job->usecase, of->casefile, month, basis, &settle);

    if (result == 0) {
        remember(job, &remembered, &settle);
        const char *state = state_of(&settle, paid, job->all);
        job->undecided += strcmp(state, "待决定") == 0;
        job->pending += strcmp(state, "待确认") == 0;
        if (*state != '\0')
            result = write_month(of, month, paid, &settle, state);
    }
    payroll_settle_free(&settle);
    return result;
}

static enum result read_case(const Rec__Case *casefile, void *arg)
{
    struct raises_job *job = arg;
    struct raises_case of = {.job = job, .casefile = casefile};

    return payroll_history_months(&job->history, casefile->id, read_month, &of);
}

static enum result read_kind(struct raises_job *job, const struct form *form)
{
    struct payroll_key key = {.kind = form->kind, .form = form};
    char prefix[AREA_TEXT];
    enum result result = payroll_history_read(job->usecase, &key, &job->history);

    area_prefix(job->area, prefix);
    if (result == 0)
        result = store_case_of_area(job->usecase->txn, prefix, form->kind, NULL, read_case, job);
    payroll_history_free(&job->history);
    return result;
}

static enum result raises_body(struct usecase *usecase, void *arg)
{
    struct raises_job *job = arg;
    const struct form *form;
    enum result result = RESULT_OK;

    sheet_free(&job->sheet);
    job->sheet = column_sheet(&COLUMNS_RAISES);
    job->usecase = usecase;
    job->undecided = job->pending = 0;
    for (size_t i = 0;
         result == 0 && (form = forms_programme(service_forms(usecase->service), i)) != NULL; i++)
        if (benefit_has(usecase->service, form->kind) &&
            (*job->query->kind == '\0' || strcmp(job->query->kind, form->kind) == 0))
            result = read_kind(job, form);
    if (result == 0)
        reply_say(usecase->reply, RESULT_OK, "%zu 笔待决定，%zu 笔待另一人确认。", job->undecided,
                  job->pending);
    return result;
}

enum result payroll_raises(struct service *service, const struct caller *caller,
                           const struct payroll_query *query, bool all, struct sheet **ret_sheet,
                           struct reply *reply)
{
    struct raises_job job = {.query = query, .all = all, .stamp = settled_stamp(service)};
    enum result result = rows_query_area(service, caller, query->area, job.area, reply);

    if (result == 0)
        result = rows_query_kind(service, query->kind, reply);
    if (result == 0)
        result = service_check(service, caller, ACTION_PAYROLL_LIST, job.area, reply);
    if (result == 0)
        result = usecase_read(service, caller, query->full ? ACTION_PRINT : ACTION_PAYROLL_LIST,
                              job.area, raises_body, &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
