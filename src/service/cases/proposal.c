#include "service/cases/proposal.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/words.h"
#include "service/cases/application.h"
#include "service/cases/case_edit.h"
#include "service/cases/mask.h"
#include "service/frame/event.h"
#include "service/frame/reason.h"
#include "service/ledger/rows.h"
#include "service/memory/calendar.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_open(const Rec__Proposal *proposal)
{
    return strcmp(proposal->state, PROPOSAL_WAITING) == 0 ||
           strcmp(proposal->state, PROPOSAL_RETURNED) == 0;
}

static void note_proposal(struct usecase *usecase, const Rec__Proposal *proposal)
{
    event_name_record(usecase, proposal->area, "proposal:%" PRIu64, proposal->id);
}

/** How it has ended. */
static const char *end_words(const char *state)
{
    static const struct {
        const char *state, *words;
    } table[] = {{PROPOSAL_ACCEPTED, "受理"}, {PROPOSAL_REFUSED, "不予办理"}};

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (strcmp(table[i].state, state) == 0)
            return table[i].words;
    return "撤回";
}

enum result proposal_load(struct usecase *usecase, uint64_t id, enum action action,
                          Rec__Proposal **ret_proposal)
{
    Rec__Proposal *proposal = NULL;
    enum result result = store_proposal_get(usecase->txn, id, &proposal);

    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "没有这份草拟的个案，请刷新清单。");
    if (result == 0)
        result = usecase_allow(usecase, action, proposal->area);
    if (result == 0 && !is_open(proposal))
        result = reply_say(usecase->reply, RESULT_CONFLICT, "这份草拟的个案已经%s，请刷新清单。",
                           end_words(proposal->state));
    if (result == 0)
        *ret_proposal = proposal;
    else if (proposal != NULL)
        rec__proposal__free_unpacked(proposal, NULL);
    return result;
}

// ---- drafting

struct put_job {
    const struct proposal_input *input;
    const struct form *form;
    Rec__Proposal *record;
    struct fields before, values;
};

static void put_clear(struct put_job *job)
{
    if (job->record != NULL)
        rec__proposal__free_unpacked(job->record, NULL);
    job->record = NULL;
    fields_free(&job->before);
    fields_free(&job->values);
}

static bool has_steps(const struct form *form)
{
    return form != NULL && form->steps.life.count > 0;
}

/** An application may be changed by its maker until it is accepted, later only in the steps that
 *  say so and by who may do them. */
static enum result check_changeable(struct usecase *usecase, const struct put_job *job)
{
    struct workday_calendar calendar = calendar_new(service_forms(usecase->service));
    struct application now;
    bool known = application_judge(usecase, &calendar, job->record, &now);
    char *why = NULL;
    enum result result = RESULT_OK;

    calendar_free(&calendar);
    if (!known || now.stand.state == LIFECYCLE_RETURNED ||
        (now.stand.step == 0 && now.stand.accepted == 0))
        return RESULT_OK;
    const struct life_step *step = &now.form->steps.life.items[now.stand.step];
    if (!step->changes)
        result = reply_say(usecase->reply, RESULT_CONFLICT,
                           "这份申请已到“%s”，要改须先退回到前面的步骤。", step->label);
    else if (!application_is_mine(usecase, &now, &why))
        result =
            reply_say(usecase->reply, RESULT_DENIED, "这份申请已受理。%s", why != NULL ? why : "");
    free(why);
    return result;
}

/** Remembers who entered values: they may not confirm them. */
static void add_maker(const struct usecase *usecase, Rec__Proposal *record)
{
    const char *officer = usecase->caller->officer;
    size_t count = record->n_makers;

    for (size_t i = 0; i < count; i++)
        if (strcmp(record->makers[i], officer) == 0)
            return;
    record->makers = mem_resize(record->makers, count + 1, sizeof *record->makers);
    record->makers[count] = mem_copy(officer);
    record->n_makers = count + 1;
}

/** A new or corrected application is submitted; one under way stays where it is. */
static void submit(const struct usecase *usecase, Rec__Proposal *record, bool is_new)
{
    bool anew = is_new || strcmp(record->state, PROPOSAL_RETURNED) == 0;

    add_maker(usecase, record);
    if (anew)
        application_record(usecase, record, LIFECYCLE_SUBMIT, "", "", "");
    if (is_new) {
        record_set(&record->by, usecase->caller->officer);
        record->at = usecase->now;
    }
}

static enum result begin(struct usecase *usecase, struct put_job *job)
{
    Rec__Proposal empty = REC__PROPOSAL__INIT;
    enum result result = RESULT_OK;

    if (job->input->id == 0)
        job->record = record_copy(&empty);
    else
        result = proposal_load(usecase, job->input->id, ACTION_CASE_DRAFT, &job->record);
    if (result != 0)
        return result;
    if (job->input->id != 0 && job->input->version != job->record->version)
        return reply_say(usecase->reply, RESULT_CONFLICT,
                         "他人刚刚改过这份草拟的个案，请重新打开。");
    const char *kind = job->input->id == 0 ? job->input->kind : job->record->kind;
    job->form = forms_programme_find(service_forms(usecase->service), kind);
    if (job->form == NULL)
        return reply_say(usecase->reply, RESULT_USAGE, "没有“%s”这项业务。", kind);
    store_fields_read(job->record->n_fields, job->record->fields, &job->before);
    fields_copy(&job->values, job->input->values);
    return job->input->id != 0 ? check_changeable(usecase, job) : RESULT_OK;
}

/** Keeps the problems except missing values: the street completes those. */
static void keep_faults(const struct problems *found, struct problems *to)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct problem *problem = &found->items[i];
        if (!problem->warning && *problem->value != '\0')
            problems_add(to, problem->field, problem->value, "%s", problem->text);
    }
}

static const char *subject_name(const struct put_job *job)
{
    const struct fields *values = &job->values;

    return job->form->subject == FORM_HOUSEHOLD
               ? fields_get_row(values, "members", form_head_row(values), "name")
               : fields_get(values, "person.name");
}

/** Refuses a draft of a case that exists already. */
static enum result check_others(struct usecase *usecase, struct put_job *job)
{
    struct case_input input = {.kind = job->form->kind, .values = &job->values};
    struct case_edit edit = {.usecase = usecase, .input = &input, .form = job->form};

    fields_copy(&edit.values, &job->values);
    enum result result = case_edit_find(&edit);
    if (result == 0)
        result = case_edit_check_others(&edit);
    case_edit_free(&edit);
    return result;
}

static enum result check(struct usecase *usecase, struct put_job *job)
{
    struct problems *problems = &usecase->reply->problems;
    struct type_context context = facts_type_context(usecase->service);
    struct problems found = {0};
    struct str fault = {0};
    enum result result = RESULT_OK;

    (void)form_check(job->form, &context, &job->values, &found);
    mask_refuse(job->form, &job->values, &found);
    keep_faults(&found, problems);
    problems_free(&found);
    const char *area = fields_get(&job->values, job->form->roles.area);
    if (*subject_name(job) == '\0')
        problems_add(problems, job->form->subject == FORM_HOUSEHOLD ? "members" : "person.name", "",
                     "请至少填写姓名");
    if (area_level(area) != AREA_VILLAGE)
        problems_add(problems, job->form->roles.area, area, "区划代码应填到村或社区（12位）");
    else if (!facts_area_lives(usecase->service, area, &fault))
        problems_add(problems, job->form->roles.area, area, "%s", str_text(&fault));
    str_free(&fault);
    if (!problems_any(problems))
        result = check_others(usecase, job);
    if (result == 0 && problems_any(problems))
        result = reply_say(usecase->reply, RESULT_INVALID, "%s。", problems_first(problems));
    return result == 0 ? usecase_allow(usecase, ACTION_CASE_DRAFT, area) : result;
}

static void note_change(const char *name, const char *old, const char *new, void *arg)
{
    event_add_change(arg, name, old, new);
}

static enum result store(struct usecase *usecase, struct put_job *job)
{
    Rec__Proposal *record = job->record;
    char id[NUMBER_TEXT];

    if (has_steps(job->form)) {
        submit(usecase, record, job->input->id == 0);
    } else {
        record_set(&record->by, usecase->caller->officer);
        record->at = usecase->now;
    }

    record_set(&record->kind, job->form->kind);
    record_set(&record->area, fields_get(&job->values, job->form->roles.area));
    record_set(&record->name, subject_name(job));
    record_set(&record->state, PROPOSAL_WAITING);
    record_set(&record->reason, "");
    record->version++;
    store_fields_free(record->n_fields, record->fields);
    store_fields_write(&job->values, &record->n_fields, &record->fields);
    enum result result = store_proposal_put(usecase->txn, record);
    note_proposal(usecase, record);
    fields_diff(&job->before, &job->values, note_change, usecase);
    snprintf(id, sizeof id, "%" PRIu64, record->id);
    fields_set(&usecase->reply->values, "proposal", id);
    return result != 0 ? result
                       : reply_say(usecase->reply, RESULT_OK, "%s 的%s已报镇街，受理前不算在册。",
                                   record->name, job->form->brief);
}

static enum result put_body(struct usecase *usecase, void *arg)
{
    struct put_job *job = arg;

    put_clear(job);
    enum result result = begin(usecase, job);
    if (result == 0)
        result = check(usecase, job);
    if (result == 0 && job->input->id == 0)
        result = store_next(facts_store(usecase->service), "proposal", &job->record->id);
    return result == 0 ? store(usecase, job) : result;
}

enum result proposal_put(struct service *service, const struct caller *caller,
                         const struct proposal_input *input, struct reply *reply)
{
    struct put_job job = {.input = input};
    enum result result =
        usecase_write(service, caller, ACTION_CASE_DRAFT, NULL, put_body, &job, reply);

    put_clear(&job);
    return result;
}

// ---- ending a proposal

struct end_job {
    uint64_t id;
    enum action action;
    const char *state, *reason;
};

/** What bypasses the steps of an application. */
static enum result refuse_bypass(struct usecase *usecase)
{
    return reply_say(usecase->reply, RESULT_CONFLICT,
                     "这份申请按步骤办，请在“办理”里受理、退回或确认。");
}

static enum result end_body(struct usecase *usecase, void *arg)
{
    const struct end_job *job = arg;
    Rec__Proposal *proposal = NULL;
    enum result result = proposal_load(usecase, job->id, job->action, &proposal);

    if (result != 0)
        return result;
    bool steps = has_steps(forms_get(service_forms(usecase->service), proposal->kind));
    if (steps && strcmp(job->state, PROPOSAL_RETURNED) == 0) {
        rec__proposal__free_unpacked(proposal, NULL);
        return refuse_bypass(usecase);
    }
    if (steps)
        application_record(usecase, proposal, LIFECYCLE_WITHDRAW, "", "", "");
    record_set(&proposal->state, job->state);
    record_set(&proposal->reason, job->reason);
    record_set(&proposal->decided_by, usecase->caller->officer);
    proposal->decided_at = usecase->now;
    proposal->version++;
    note_proposal(usecase, proposal);
    bool returned = strcmp(job->state, PROPOSAL_RETURNED) == 0;
    if (returned)
        event_add_note(usecase, "退回：%s", job->reason);
    else
        event_add_note(usecase, "撤回");
    result = store_proposal_put(usecase->txn, proposal);
    if (result == 0)
        result = reply_say(usecase->reply, RESULT_OK, "%s 已%s。", proposal->name,
                           returned ? "退回，村(社区)可以改后再报" : "撤回");
    rec__proposal__free_unpacked(proposal, NULL);
    return result;
}

enum result proposal_return(struct service *service, const struct caller *caller, uint64_t id,
                            const char *reason, struct reply *reply)
{
    struct end_job job = {id, ACTION_CASE_SAVE, PROPOSAL_RETURNED, reason == NULL ? "" : reason};

    enum result result = reason_check("reason", job.reason, "请写明退回的理由", reply);

    if (result != 0)
        return result;
    return usecase_write(service, caller, ACTION_CASE_SAVE, NULL, end_body, &job, reply);
}

enum result proposal_withdraw(struct service *service, const struct caller *caller, uint64_t id,
                              struct reply *reply)
{
    struct end_job job = {id, ACTION_CASE_DRAFT, PROPOSAL_WITHDRAWN, ""};

    return usecase_write(service, caller, ACTION_CASE_DRAFT, NULL, end_body, &job, reply);
}

enum result proposal_accept(struct usecase *usecase, uint64_t id, uint64_t case_id)
{
    Rec__Proposal *proposal = NULL;
    enum result result = proposal_load(usecase, id, ACTION_CASE_SAVE, &proposal);

    if (result != 0)
        return result;
    if (has_steps(forms_get(service_forms(usecase->service), proposal->kind))) {
        rec__proposal__free_unpacked(proposal, NULL);
        return refuse_bypass(usecase);
    }
    record_set(&proposal->state, PROPOSAL_ACCEPTED);
    record_set(&proposal->decided_by, usecase->caller->officer);
    proposal->decided_at = usecase->now;
    proposal->case_id = case_id;
    proposal->version++;
    char *by = rows_officer_name(usecase, proposal->by);
    event_add_change(usecase, "proposal", "", by);
    free(by);
    result = store_proposal_put(usecase->txn, proposal);
    rec__proposal__free_unpacked(proposal, NULL);
    return result;
}

// ---- reading proposals

struct list_job {
    struct usecase *usecase;
    const char *area, *kind;
    bool at_once;
    struct sheet *sheet;
};

static enum result add_row(const Rec__Proposal *proposal, void *arg)
{
    const struct list_job *job = arg;
    struct sheet *sheet = job->sheet;

    if (*job->kind != '\0' && strcmp(job->kind, proposal->kind) != 0)
        return RESULT_OK;
    if (job->at_once && has_steps(forms_get(service_forms(job->usecase->service), proposal->kind)))
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
    enum result result = proposal_load(usecase, job->id, ACTION_CASE_DRAFT, &proposal);
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
    };
    store_fields_read(proposal->n_fields, proposal->fields, &job->view.values);
    note_proposal(usecase, proposal);
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
