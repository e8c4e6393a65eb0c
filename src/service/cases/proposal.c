#include "service/cases/proposal.h"

#include "base/mem.h"
#include "base/str.h"
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
    bool returned;      /**< it was given back to be corrected */
    size_t missing;     /**< values that the form still needs */
    struct str remarks; /**< limits that the decision will ask about */
};

static void put_clear(struct put_job *job)
{
    if (job->record != NULL)
        rec__proposal__free_unpacked(job->record, NULL);
    job->record = NULL;
    fields_free(&job->before);
    fields_free(&job->values);
    str_free(&job->remarks);
}

static bool has_steps(const struct form *form)
{
    return form != NULL && form->steps.life.count > 0;
}

/** The last step of a programme; without steps all its texts are "". */
static struct life_step last_step(const struct form *form)
{
    const struct life_steps *life = &form->steps.life;

    return life->count > 0 ? life->items[life->count - 1]
                           : (struct life_step){.id = "", .done = "", .number = ""};
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
static void submit(const struct usecase *usecase, const struct life_steps *life,
                   Rec__Proposal *record, bool is_new)
{
    bool anew = is_new || strcmp(record->state, PROPOSAL_RETURNED) == 0;

    add_maker(usecase, record);
    if (anew)
        application_record(usecase, record, LIFECYCLE_SUBMIT, "",
                           record->prior ? life->items[life->count - 1].id : "", "");
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
        return reply_say(usecase->reply, RESULT_USAGE, "没有“%s”这项业务，请从业务列表里选。",
                         kind);
    if (job->input->id == 0)
        job->record->prior = job->input->prior;
    if (job->record->prior && *last_step(job->form).number == '\0')
        return reply_say(usecase->reply, RESULT_USAGE, "%s没有补录已确认个案的办法，请直接新增。",
                         job->form->brief);
    store_fields_read(job->record->n_fields, job->record->fields, &job->before);
    fields_copy(&job->values, job->input->values);
    return job->input->id != 0 ? check_changeable(usecase, job) : RESULT_OK;
}

/** Keeps the problems except missing values: the street completes those. Returns how many are
 *  missing. */
static size_t keep_faults(const struct problems *found, struct problems *to)
{
    size_t missing = 0;

    for (size_t i = 0; i < found->count; i++) {
        const struct problem *problem = &found->items[i];
        if (!problem->warning && *problem->value != '\0')
            problems_add(to, problem->field, problem->value, "%s", problem->text);
        else if (!problem->warning)
            missing++;
    }
    return missing;
}

static const char *subject_name(const struct put_job *job)
{
    const struct fields *values = &job->values;

    return job->form->subject == FORM_HOUSEHOLD
               ? fields_get_row(values, "members", form_head_row(values), "name")
               : fields_get(values, "person.name");
}

/** Empties what nobody typed of a person whom others registered: the form's own first values must not
 *  replace what they know. */
static void leave_untyped(const struct case_person *person, const struct fields *typed,
                          struct fields *values)
{
    for (size_t i = 0; i < person->field_count; i++) {
        const char *id = person->fields[i].id;
        bool whole = text_starts(id, person->prefix);
        char *name = mem_printf("%s%s", whole ? "" : person->prefix, id);
        if (person->fields[i].person && *fields_get(typed, name) == '\0')
            fields_set(values, name, "");
        free(name);
    }
}

/** Checks the values; those that are empty come from the records of known persons, of strangers
 *  they stay empty. */
static enum result check_values(struct usecase *usecase, struct put_job *job)
{
    struct type_context context = facts_type_context(usecase->service);
    struct case_input input = {.kind = job->form->kind, .values = job->input->values};
    struct case_edit edit = {.usecase = usecase, .input = &input, .form = job->form};
    struct problems found = {0};

    fields_copy(&edit.values, &job->values);
    enum result result = case_edit_find(&edit);
    for (size_t i = 0; i < edit.person_count; i++)
        if (edit.persons[i].stranger)
            leave_untyped(&edit.persons[i], &job->values, &edit.values);
    fields_free(&job->values);
    fields_copy(&job->values, &edit.values);
    (void)form_check(job->form, &context, &job->values, &found);
    for (size_t i = 0; i < edit.person_count; i++)
        if (edit.persons[i].stranger)
            leave_untyped(&edit.persons[i], &edit.values, &job->values);
    mask_refuse(job->form, &job->values, &found);
    job->missing = keep_faults(&found, &usecase->reply->problems);
    problems_free(&found);
    case_edit_free(&edit);
    return result;
}

/** What refuses only at the review or the decision; who enters the application hears of it at once. */
static void add_remarks(struct put_job *job, const struct problems *found, bool warnings)
{
    for (size_t i = 0; i < found->count; i++)
        if (!warnings || found->items[i].warning)
            str_printf(&job->remarks, "%s%s", job->remarks.length > 0 ? "；" : "",
                       found->items[i].text);
}

static void note_limits(struct put_job *job, struct case_edit *edit)
{
    struct problems found = {0};

    case_edit_check_limits(edit, &found);
    add_remarks(job, &found, false);
    problems_free(&found);
}

/** Refuses a draft of a case that exists already. */
static enum result check_others(struct usecase *usecase, struct put_job *job)
{
    struct case_input input = {.kind = job->form->kind, .values = &job->values, .applying = true};
    struct case_edit edit = {.usecase = usecase, .input = &input, .form = job->form};

    fields_copy(&edit.values, &job->values);
    enum result result = case_edit_find(&edit);
    if (result == 0)
        result = case_edit_check_others(&edit);
    add_remarks(job, &usecase->reply->problems, true);
    if (result == 0 && !job->record->prior)
        note_limits(job, &edit);
    case_edit_free(&edit);
    return result;
}

/** What was decided before has its document, and lacks nothing. */
static enum result check_prior(struct usecase *usecase, struct put_job *job)
{
    const struct life_step last = last_step(job->form);
    const struct {
        const char *field, *ask;
    } needed[] = {{last.number, "补录要填确认文书的文号"}, {last.done, "补录要填文书上的确认日期"}};
    struct problems *problems = &usecase->reply->problems;
    struct fields none = {0};
    struct case_input whole = {.kind = job->form->kind,
                               .values = &job->values,
                               .base = &none,
                               .confirm = true,
                               .check_only = true};

    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
        if (*fields_get(&job->values, needed[i].field) == '\0')
            problems_add(problems, needed[i].field, "", "%s", needed[i].ask);
    if (problems_any(problems))
        return reply_say(usecase->reply, RESULT_INVALID, "%s。", problems_first(problems));
    return case_record(usecase, &whole);
}

/** The name and the village, typed or known. */
static void check_place(const struct usecase *usecase, const struct put_job *job)
{
    const struct form *form = job->form;
    struct problems *problems = &usecase->reply->problems;
    const char *area = fields_get(&job->values, form->roles.area);
    struct str fault = {0};

    if (*subject_name(job) == '\0')
        problems_add(problems, form->subject == FORM_HOUSEHOLD ? "members" : "person.name", "",
                     "请至少填写姓名");
    if (area_level(area) != AREA_VILLAGE)
        problems_add(problems, form->roles.area, area, "区划代码应填到村或社区（12位）");
    else if (!facts_area_lives(usecase->service, area, &fault))
        problems_add(problems, form->roles.area, area, "%s", str_text(&fault));
    str_free(&fault);
}

static enum result check(struct usecase *usecase, struct put_job *job)
{
    struct problems *problems = &usecase->reply->problems;
    bool prior = job->record->prior;
    enum result result = check_values(usecase, job);

    if (result == 0)
        check_place(usecase, job);
    if (result == 0 && !problems_any(problems))
        result = check_others(usecase, job);
    if (result == 0 && problems_any(problems))
        result = reply_say(usecase->reply, RESULT_INVALID, "%s。", problems_first(problems));
    if (result == 0)
        result = usecase_allow(usecase, prior ? ACTION_CASE_SAVE : ACTION_CASE_DRAFT,
                               fields_get(&job->values, job->form->roles.area));
    return result == 0 && prior ? check_prior(usecase, job) : result;
}

static void note_change(const char *name, const char *old, const char *new, void *arg)
{
    event_add_change(arg, name, old, new);
}

static enum result say_prior(struct usecase *usecase, const struct put_job *job)
{
    struct life_step last = last_step(job->form);
    struct str words = {0};
    enum result result = application_other(usecase, job->record, &last, &words);

    if (result == 0)
        result = reply_say(usecase->reply, RESULT_OK, "%s 的%s%s，%s", job->record->name,
                           job->form->brief, job->input->id == 0 ? "已补录" : "补录已修改",
                           str_text(&words));
    str_free(&words);
    return result;
}

/** What has become of it: entered, changed, or corrected after a return. */
static const char *put_words(const struct put_job *job, bool village)
{
    static const char *const words[][3] = {{"申请已登记", "申请已修改", "申请已改好，重新登记"},
                                           {"已报镇街，受理前不算在册",
                                            "已改好报镇街，受理前不算在册",
                                            "已改好重报镇街，受理前不算在册"}};

    return words[village][job->input->id == 0 ? 0 : job->returned ? 2 : 1];
}

/** Says where it is now, and what comes next. */
static enum result say_put(struct usecase *usecase, const struct put_job *job)
{
    bool village = !has_steps(job->form) || usecase->caller->role == ROLE_VILLAGE;
    struct str words = {0};

    if (job->record->prior)
        return say_prior(usecase, job);
    str_printf(&words, "%s 的%s%s", job->record->name, job->form->brief, put_words(job, village));
    if (!village && job->missing > 0)
        str_printf(&words, "，还缺 %zu 项", job->missing);
    if (!village)
        str_add(&words, "，请在“办理”里办");
    if (job->remarks.length > 0)
        str_printf(&words, "。提醒：%s", str_text(&job->remarks));
    enum result result = reply_say(usecase->reply, RESULT_OK, "%s。", str_text(&words));
    str_free(&words);
    return result;
}

static enum result store(struct usecase *usecase, struct put_job *job)
{
    Rec__Proposal *record = job->record;
    char id[NUMBER_TEXT];

    job->returned = strcmp(record->state, PROPOSAL_RETURNED) == 0;
    if (has_steps(job->form)) {
        submit(usecase, &job->form->steps.life, record, job->input->id == 0);
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
    return result != 0 ? result : say_put(usecase, job);
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

enum result proposal_record(struct usecase *usecase, const struct proposal_input *input)
{
    struct put_job job = {.input = input};
    enum result result = put_body(usecase, &job);

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
                     "这份申请按步骤办，请在“办理”里受理、退回、撤回或确认。");
}

/** From the acceptance on the street withdraws it, with the reason. */
static bool is_accepted(struct usecase *usecase, const Rec__Proposal *proposal)
{
    struct workday_calendar calendar = calendar_new(service_forms(usecase->service));
    struct application now = {0};

    (void)application_judge(usecase, &calendar, proposal, &now);
    calendar_free(&calendar);
    return now.stand.accepted != 0;
}

static enum result end_body(struct usecase *usecase, void *arg)
{
    const struct end_job *job = arg;
    Rec__Proposal *proposal = NULL;
    enum result result = proposal_load(usecase, job->id, job->action, &proposal);

    if (result != 0)
        return result;
    bool steps = has_steps(forms_get(service_forms(usecase->service), proposal->kind));
    if (steps && (strcmp(job->state, PROPOSAL_RETURNED) == 0 || is_accepted(usecase, proposal))) {
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
