/*
 * Reading proposals: lists of them, and one with its values.
 */
#include "base/mem.h"
#include "base/words.h"
#include "service/cases/notice.h"
#include "service/cases/proposal.h"
#include "service/frame/event.h"
#include "service/ledger/rows.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct list_job {
    struct usecase *usecase;
    const char *area, *kind;
    bool at_once;
    day_t decided_from; /**< of those that have ended */
    struct sheet *sheet;
};

static enum result add_row(const Rec__Proposal *proposal, void *arg)
{
    const struct list_job *job = arg;
    struct sheet *sheet = job->sheet;

    if (*job->kind != '\0' && strcmp(job->kind, proposal->kind) != 0)
        return RESULT_OK;
    if (job->decided_from != 0 && date_of_time(proposal->decided_at) < job->decided_from)
        return RESULT_OK;
    const struct form *form = forms_get(service_forms(job->usecase->service), proposal->kind);
    if (job->at_once && form != NULL && form->steps.life.count > 0)
        return RESULT_OK;
    size_t row = sheet_add_row(sheet);
    char *by = rows_officer_name(job->usecase, proposal->by);
    char stamp[STAMP_TEXT];
    char day[DATE_TEXT];

    sheet_set(sheet, row, "name", proposal->name);
    sheet_set(sheet, row, "kind", proposal->kind);
    sheet_set(sheet, row, "kind_name", rows_kind_name(job->usecase->service, proposal->kind));
    sheet_set(sheet, row, "area", proposal->area);
    sheet_set(sheet, row, "area_name", service_area_name(job->usecase->service, proposal->area));
    sheet_set(sheet, row, "state", proposal->state);
    sheet_set(sheet, row, "since", date_format(date_of_time(proposal->at), day));
    sheet_set(sheet, row, "officer", by);
    sheet_set(sheet, row, "reason", proposal->reason);
    sheet_set(sheet, row, "at", date_format_stamp(proposal->at, stamp));
    sheet_setf(sheet, row, "proposal", "%" PRIu64, proposal->id);
    if (strcmp(proposal->state, PROPOSAL_REFUSED) == 0)
        sheet_set(sheet, row, "words", notice_words(form, proposal));
    free(by);
    return RESULT_OK;
}

enum result proposal_rows(struct usecase *usecase, const char *state, const char *area,
                          const char *kind, bool at_once, struct sheet *sheet)
{
    struct list_job job = {.usecase = usecase, .sheet = sheet, .kind = kind, .at_once = at_once};
    char prefix[AREA_TEXT];

    area_prefix(area, prefix);
    return store_proposal_scan(usecase->txn, state, prefix, add_row, &job);
}

enum result proposal_refused_rows(struct usecase *usecase, const char *area, struct sheet *sheet)
{
    enum { DAYS_TOLD = 30 };
    struct list_job job = {
        .usecase = usecase, .sheet = sheet, .kind = "", .decided_from = usecase->today - DAYS_TOLD};
    char prefix[AREA_TEXT];

    area_prefix(area, prefix);
    return store_proposal_scan(usecase->txn, PROPOSAL_REFUSED, prefix, add_row, &job);
}

static enum result list_body(struct usecase *usecase, void *arg)
{
    struct list_job *job = arg;

    sheet_free(&job->sheet);
    job->sheet = column_sheet(&COLUMNS_PROPOSALS);
    enum result result =
        proposal_rows(usecase, PROPOSAL_WAITING, job->area, job->kind, false, job->sheet);
    return result != 0
               ? result
               : proposal_rows(usecase, PROPOSAL_RETURNED, job->area, job->kind, false, job->sheet);
}

enum result proposal_list(struct service *service, const struct caller *caller, const char *area,
                          const char *kind, struct sheet **ret_sheet, struct reply *reply)
{
    char code[AREA_TEXT];
    struct list_job job = {.area = code, .kind = kind};
    enum result result = rows_query_area(service, caller, area, code, reply);

    if (result == 0)
        result = usecase_read(service, caller, ACTION_CASE_DRAFT, code, list_body, &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}

struct view_job {
    uint64_t id;
    struct proposal_view view;
};

static enum result view_body(struct usecase *usecase, void *arg)
{
    struct view_job *job = arg;
    Rec__Proposal *proposal = NULL;
    char stamp[STAMP_TEXT];

    proposal_view_free(&job->view);
    const struct caller *caller = usecase->caller;
    /* The county drafts nothing, but does steps. */
    bool drafts = access_allowed(caller->role, caller->area, ACTION_CASE_DRAFT, caller->area);
    enum result result =
        proposal_load(usecase, job->id, drafts ? ACTION_CASE_DRAFT : ACTION_STEP_DO, &proposal);
    if (result != 0)
        return result;
    job->view = (struct proposal_view){
        .id = proposal->id,
        .kind = mem_copy(proposal->kind),
        .state = mem_copy(proposal->state),
        .by = rows_officer_name(usecase, proposal->by),
        .at = mem_copy(date_format_stamp(proposal->at, stamp)),
        .reason = mem_copy(proposal->reason),
        .version = proposal->version,
        .prior = proposal->prior,
    };
    store_fields_read(proposal->n_fields, proposal->fields, &job->view.values);
    event_name_record(usecase, proposal->area, "proposal:%" PRIu64, proposal->id);
    rec__proposal__free_unpacked(proposal, NULL);
    return RESULT_OK;
}

enum result proposal_get(struct service *service, const struct caller *caller, uint64_t id,
                         struct proposal_view *ret_view, struct reply *reply)
{
    struct view_job job = {.id = id};
    enum result result =
        usecase_read(service, caller, ACTION_CASE_OPEN, NULL, view_body, &job, reply);

    if (result == 0)
        *ret_view = job.view;
    else
        proposal_view_free(&job.view);
    return result;
}

void proposal_view_free(struct proposal_view *view)
{
    free(view->kind);
    free(view->state);
    free(view->by);
    free(view->at);
    free(view->reason);
    fields_free(&view->values);
    *view = (struct proposal_view){0};
}
