#include "service/month.h"

#include "base/str.h"
#include "base/text.h"
#include "service/duties.h"
#include "service/opening.h"
#include "service/record.h"
#include "service/rows.h"

#include <inttypes.h>
#include <string.h>

/** What an elder can be excused for; 其他 needs a note. */
static const char *const reasons[] = {"住院", "外出", "旅居", "拒绝", "其他"};

#define REASON_OTHER "其他"

/** One excuse asked for or decided on. */
struct excuse_job {
    const struct excuse_input *input; /**< asking */
    day_t from, to;
    uint64_t case_id;
    month_t month;
    bool grant; /**< deciding */
    const char *note;
    Rec__Case *record;
    Rec__Duty *was; /**< the duty as it is stored */
    Rec__Duty *is;  /**< and as it becomes */
};

static void job_free(struct excuse_job *job)
{
    if (job->record != NULL)
        rec__case__free_unpacked(job->record, NULL);
    if (job->was != NULL)
        rec__duty__free_unpacked(job->was, NULL);
    if (job->is != NULL)
        rec__duty__free_unpacked(job->is, NULL);
    job->record = NULL;
    job->was = job->is = NULL;
}

/** The duty both use cases are about, if it may still be excused. */
static enum result load_duty(struct work *work, struct excuse_job *job, enum action action)
{
    bool closed = false;
    enum result result = store_case_get(work->txn, job->case_id, &job->record);

    if (result == RESULT_NOTFOUND)
        return reply_say(work->reply, result, "没有这个个案，请重新查找。");
    if (result == RESULT_OK)
        result = work_allow(work, action, job->record->area);
    if (result == RESULT_OK)
        result = work_open_pending(work, job->record);
    if (result == RESULT_OK)
        result = record_duty_find(work, job->record, job->month, DUTY_TYPE_VISIT, &job->was);
    if (result != RESULT_OK)
        return result;
    if (job->was == NULL)
        return reply_say(work->reply, RESULT_NOTFOUND, "该月没有这个人的应访任务。");
    result = work_month_settled(work, job->month, job->was->area, &closed);
    if (result == RESULT_OK && closed)
        return reply_say(work->reply, RESULT_CLOSED,
                         "该月已月结，不能再办免访；确需更改请负责人先重新打开该月。");
    job->is = record_copy(job->was);
    return result;
}

static enum result store_duty(struct work *work, const struct excuse_job *job)
{
    const Rec__Excuse *was = job->was->excuse;
    const Rec__Excuse *is = job->is->excuse;
    char month[MONTH_TEXT];

    work_record(work, job->record->area, "case:%" PRIu64, job->record->id);
    work_change(work, "excuse", was == NULL ? "" : was->state, is->state);
    work_note(work, "%s 免访：%s %s", month_format(job->month, month), is->reason, is->note);
    fields_set(&work->reply->values, "number", job->record->number);
    return work_duty_put(work, job->was, job->is);
}

// ---- asking

static bool reason_known(const char *reason)
{
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (strcmp(reasons[i], reason) == 0)
            return true;
    return false;
}

static void check_day(struct problems *problems, const char *field, const char *label,
                      const char *text, day_t *ret_day)
{
    if (date_parse_loose(text == NULL ? "" : text, ret_day) != RESULT_OK)
        problems_add(problems, field, text, "%s日期不存在或写法不对，请写成 2026-11-23 这样",
                     label);
}

static enum result check_input(struct excuse_job *job, struct reply *reply)
{
    const struct excuse_input *input = job->input;
    struct problems *problems = &reply->problems;
    const char *reason = input->reason == NULL ? "" : input->reason;
    const char *note = input->note == NULL ? "" : input->note;

    if (!reason_known(reason))
        problems_add(problems, "reason", reason, "免访原因应为住院、外出、旅居、拒绝或其他");
    if (strcmp(reason, REASON_OTHER) == 0 && *note == '\0')
        problems_add(problems, "note", "", "原因为其他的，请在备注中说明");
    check_day(problems, "from", "起始", input->from, &job->from);
    check_day(problems, "to", "截止", input->to, &job->to);
    if (job->from != 0 && job->to != 0 &&
        (job->from > job->to || job->from > month_last(job->month) ||
         job->to < month_first(job->month)))
        problems_add(problems, "to", input->to, "免访起止日期应先后相连，并与该月有重合");
    if (problems_any(problems))
        return reply_say(reply, RESULT_INVALID, "%s。", problems_first(problems));
    return RESULT_OK;
}

/** Only who still waits for a visit can be excused from it. */
static enum result check_state(struct work *work, const struct excuse_job *job)
{
    struct duty_view view = work_judge(work->service, job->was, work->today);
    const Rec__Excuse *excuse = job->was->excuse;

    if (view.state == DUTY_EXCUSED)
        return reply_say(work->reply, RESULT_EXISTS, "该月已批准免访。");
    if (view.state == DUTY_REACHED)
        return reply_say(work->reply, RESULT_INVALID, "该月已探访，不需要免访。");
    if (view.state == DUTY_NOT_COUNTED)
        return reply_say(work->reply, RESULT_INVALID, "该月本来不计（%s），不需要免访。",
                         view.reason);
    if (excuse != NULL && strcmp(excuse->state, "asked") == 0)
        return reply_say(work->reply, RESULT_EXISTS, "已有一份免访申请在等待审批。");
    return RESULT_OK;
}

static void fill_excuse(struct work *work, struct excuse_job *job)
{
    Rec__Excuse empty = REC__EXCUSE__INIT;

    if (job->is->excuse != NULL)
        rec__excuse__free_unpacked(job->is->excuse, NULL);
    Rec__Excuse *excuse = job->is->excuse = record_copy(&empty);
    record_set(&excuse->reason, job->input->reason);
    record_set(&excuse->note, job->input->note);
    record_set(&excuse->asked_by, work->caller->officer);
    record_set(&excuse->state, "asked");
    excuse->from = job->from;
    excuse->to = job->to;
    excuse->asked_at = work->now;
}

static enum result ask_body(struct work *work, void *arg)
{
    struct excuse_job *job = arg;
    enum result result = check_input(job, work->reply);

    if (result == RESULT_OK)
        result = load_duty(work, job, ACTION_EXCUSE_ASK);
    if (result == RESULT_OK)
        result = check_state(work, job);
    if (result == RESULT_OK) {
        fill_excuse(work, job);
        result = store_duty(work, job);
    }
    job_free(job);
    if (result == RESULT_OK)
        return reply_say(work->reply, result, "免访申请已提交，待另一名有权限的人员审批。");
    return result;
}

enum result excuse_ask(struct service *service, const struct caller *caller,
                       const struct excuse_input *input, struct reply *reply)
{
    struct excuse_job job = {.input = input, .case_id = input->case_id};
    enum result result = rows_month(service, input->month, &job.month, reply);

    if (result != RESULT_OK)
        return result;
    return service_write(service, caller, ACTION_EXCUSE_ASK, NULL, ask_body, &job, reply);
}

// ---- deciding

static enum result check_decision(struct work *work, const struct excuse_job *job)
{
    const Rec__Excuse *excuse = job->was->excuse;

    if (excuse == NULL || strcmp(excuse->state, "asked") != 0)
        return reply_say(work->reply, RESULT_NOTFOUND, "没有等待审批的免访申请。");
    enum result result = work_other(work, excuse->asked_by, "不能审批自己提出的申请");
    if (result != RESULT_OK)
        return result;
    if (!job->grant && (job->note == NULL || *job->note == '\0')) {
        problems_add(&work->reply->problems, "note", "", "不批准的，请写明理由");
        return reply_say(work->reply, RESULT_INVALID, "不批准的，请写明理由。");
    }
    return RESULT_OK;
}

static enum result decide_body(struct work *work, void *arg)
{
    struct excuse_job *job = arg;
    enum result result = load_duty(work, job, ACTION_EXCUSE_DECIDE);

    if (result == RESULT_OK)
        result = check_decision(work, job);
    if (result == RESULT_OK) {
        Rec__Excuse *excuse = job->is->excuse;
        record_set(&excuse->state, job->grant ? "granted" : "refused");
        record_set(&excuse->decided_by, work->caller->officer);
        record_set(&excuse->decision_note, job->note);
        excuse->decided_at = work->now;
        result = store_duty(work, job);
    }
    job_free(job);
    if (result == RESULT_OK)
        return reply_say(work->reply, result, job->grant ? "已批准免访。" : "已退回，未批准免访。");
    return result;
}

enum result excuse_decide(struct service *service, const struct caller *caller, uint64_t case_id,
                          const char *month, bool grant, const char *note, struct reply *reply)
{
    struct excuse_job job = {.case_id = case_id, .grant = grant, .note = note};
    enum result result = rows_month(service, month, &job.month, reply);

    if (result != RESULT_OK)
        return result;
    return service_write(service, caller, ACTION_EXCUSE_DECIDE, NULL, decide_body, &job, reply);
}
