#include "service/ledger/excuse.h"

#include "service/ledger/month.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "base/text.h"
#include "service/frame/event.h"
#include "service/frame/reason.h"
#include "service/frame/record.h"
#include "service/ledger/counted.h"
#include "service/ledger/duties.h"
#include "service/ledger/opening.h"
#include "service/ledger/rows.h"
#include "service/memory/excuses.h"
#include "service/memory/judge.h"

#include <inttypes.h>
#include <string.h>

/** The reasons for an excuse; 其他 needs a note. */
static const char *const reasons[] = {"住院", "外出", "旅居", "拒绝", "其他"};

#define REASON_OTHER "其他"

/** A longer absence needs a new excuse, so that nobody is forgotten for years. */
enum { MONTHS_MOST = 12, NOTE_MOST = 200 };

/** An excuse being asked for, decided or revoked. */
struct excuse_job {
    const struct excuse_input *input; /**< set when asking */
    day_t from, to;
    uint64_t case_id;
    month_t month; /**< a month that the excuse concerns */
    bool grant;    /**< set when deciding */
    const char *note;
    Rec__Case *old;    /**< the case as it is stored */
    Rec__Case *record; /**< the case as it will be stored */
    Rec__Duty *duty;   /**< the duty of `month` */
};

static void job_free(struct excuse_job *job)
{
    if (job->old != NULL)
        rec__case__free_unpacked(job->old, NULL);
    if (job->record != NULL)
        rec__case__free_unpacked(job->record, NULL);
    if (job->duty != NULL)
        rec__duty__free_unpacked(job->duty, NULL);
    job->old = job->record = NULL;
    job->duty = NULL;
}

static enum result load_case(struct usecase *usecase, struct excuse_job *job, enum action action)
{
    enum result result = store_case_get(usecase->txn, job->case_id, &job->old);

    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "没有这个个案，请重新查找。");
    if (result == 0)
        result = usecase_allow(usecase, action, job->old->area);
    if (result == 0)
        result = opening_open_case(usecase, job->old);
    if (result == 0)
        job->record = record_copy(job->old);
    return result;
}

/** Stores the case; the duties of the open months follow from it. */
static enum result store_case(struct usecase *usecase, const struct excuse_job *job,
                              const char *was, const Rec__Excuse *excuse)
{
    char from[DATE_TEXT];
    char to[DATE_TEXT];

    job->record->at = usecase->now;
    event_name_record(usecase, job->record->area, "case:%" PRIu64, job->record->id);
    event_add_change(usecase, "excuse", was, excuse->state);
    event_add_note(usecase, "免访 %s 至 %s：%s %s", date_format(excuse->from, from),
                   date_format(excuse->to, to), excuse->reason,
                   *excuse->revoked_note != '\0' ? excuse->revoked_note : excuse->note);
    fields_set(&usecase->reply->values, "number", job->record->number);
    enum result result = counted_case_put(usecase, job->old, job->record);
    return result == 0 ? duties_follow_case(usecase, job->old, job->record) : result;
}

// ---- effect of the days

/** The duty's facts, with these days as its excuse. */
static struct duty_facts facts_with(const Rec__Duty *duty, day_t from, day_t to)
{
    struct judge_facts facts;

    judge_facts(duty, &facts);
    facts.facts.excuse_from = from;
    facts.facts.excuse_to = to;
    facts.facts.credits = NULL; /* they point into `facts`, which ends here */
    facts.facts.credit_count = 0;
    return facts.facts;
}

/** The months in which the excuse counts, and those in which it is too short. */
struct reach {
    size_t count;
    struct str counts, shorts; /**< "11 月、12 月"; "11 月 3 天" */
};

static void see_reach(struct usecase *usecase, const struct excuse_job *job, struct reach *reach)
{
    for (month_t month = month_of(job->from); month <= month_of(job->to); month++) {
        struct duty_facts facts = facts_with(job->duty, job->from, job->to);
        struct duty_rules rules = facts_duty_rules(usecase->service, month);
        bool counts;

        facts.month = month;
        counts = duty_excuse_counts(&facts, &rules);
        struct str *text = counts ? &reach->counts : &reach->shorts;
        reach->count += counts;
        str_printf(text, "%s%d 月", text->length > 0 ? "、" : "", month_number(month));
        if (!counts)
            str_printf(text, " %d 天", duty_excuse_days(&facts, NULL));
    }
}

static void reach_free(struct reach *reach)
{
    str_free(&reach->counts);
    str_free(&reach->shorts);
}

/** Says in which months the excuse counts; refuses it if it counts in none. */
static enum result say_reach(struct usecase *usecase, const struct excuse_job *job)
{
    struct duty_rules rules = facts_duty_rules(usecase->service, job->month);
    struct reach reach = {0};
    enum result result = RESULT_OK;

    see_reach(usecase, job, &reach);
    if (reach.count == 0) {
        problems_add(&usecase->reply->problems, "from", job->input->from,
                     "免访天数不够（%s），请改日期", str_text(&reach.shorts));
        result = reply_say(usecase->reply, RESULT_INVALID,
                           "一个月免访满 %d 天才不计，这次 %s，不够，当月仍需探访。",
                           rules.excuse_days, str_text(&reach.shorts));
    } else if (reach.shorts.length > 0) {
        reply_say(usecase->reply, RESULT_OK,
                  "免访申请已提交，待另一名有权限的人员审批：%s免访；%s，不够 %d 天，仍需探访。",
                  str_text(&reach.counts), str_text(&reach.shorts), rules.excuse_days);
    } else {
        reply_say(usecase->reply, RESULT_OK, "免访申请已提交，待另一名有权限的人员审批：%s免访。",
                  str_text(&reach.counts));
    }
    reach_free(&reach);
    return result;
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
    if (date_parse_loose(text == NULL ? "" : text, ret_day) != 0)
        problems_add(problems, field, text, "%s日期不存在或写法不对，请写成 2026-11-23 这样",
                     label);
}

static void check_days(struct excuse_job *job, struct problems *problems)
{
    const struct excuse_input *input = job->input;

    check_day(problems, "from", "起始", input->from, &job->from);
    check_day(problems, "to", "截止", input->to, &job->to);
    if (job->from == 0 || job->to == 0)
        return;
    if (job->from > job->to)
        problems_add(problems, "to", input->to, "截止日不得早于起始日，请改日期");
    else if (job->from > month_last(job->month) || job->to < month_first(job->month))
        problems_add(problems, "from", input->from, "免访日期应有一天在 %d 月内",
                     month_number(job->month));
    else if (month_of(job->to) - month_of(job->from) >= MONTHS_MOST)
        problems_add(problems, "to", input->to, "一次最多申请 %d 个月，到期请再申请", MONTHS_MOST);
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
    if (text_length(note) > NOTE_MOST || text_has_control(note))
        problems_add(problems, "note", note, "备注请写在一行内，不超过 %d 个字", NOTE_MOST);
    check_days(job, problems);
    if (problems_any(problems))
        return reply_say(reply, RESULT_INVALID, "%s。", problems_first(problems));
    return RESULT_OK;
}

/** Refuses a second excuse for the same days. */
static enum result check_others(struct usecase *usecase, const struct excuse_job *job)
{
    if (excuses_waiting(job->old) != NULL)
        return reply_say(usecase->reply, RESULT_EXISTS, "已有一份免访申请在等待审批。");
    for (size_t i = 0; i < job->old->n_excuses; i++) {
        const Rec__Excuse *other = job->old->excuses[i];
        char from[DATE_TEXT];
        char to[DATE_TEXT];
        if (strcmp(other->state, EXCUSE_GRANTED) == 0 && other->from <= job->to &&
            other->to >= job->from)
            return reply_say(usecase->reply, RESULT_EXISTS,
                             "%s 至 %s 已批准免访，请从 %s 的次日起申请。",
                             date_format(other->from, from), date_format(other->to, to), to);
    }
    return RESULT_OK;
}

/** The month must be open, and the person must have a duty in it that counts. */
static enum result check_month(struct usecase *usecase, struct excuse_job *job)
{
    bool closed = false;
    enum result result =
        record_duty_find(usecase, job->old, job->month, DUTY_TYPE_VISIT, &job->duty);

    if (result != 0)
        return result;
    if (job->duty == NULL)
        return reply_say(usecase->reply, RESULT_NOTFOUND, "该月没有这个人的应访任务，请核对月份。");
    result = month_closed_in_time(usecase, job->month, job->duty->area, &closed);
    if (result != 0)
        return result;
    if (closed)
        return reply_say(usecase->reply, RESULT_CLOSED,
                         "该月已月结，不能再办免访；确需更改请负责人先重新打开该月。");
    struct duty_view view = judge_row(usecase->service, job->duty, usecase->today);
    if (view.state == DUTY_NOT_COUNTED)
        return reply_say(usecase->reply, RESULT_INVALID, "该月本来不计（%s），不需要免访。",
                         view.reason);
    return RESULT_OK;
}

static const Rec__Excuse *add_excuse(struct usecase *usecase, struct excuse_job *job)
{
    Rec__Excuse empty = REC__EXCUSE__INIT;
    Rec__Excuse *excuse = record_copy(&empty);
    Rec__Case *casefile = job->record;

    record_set(&excuse->reason, job->input->reason);
    record_set(&excuse->note, job->input->note);
    record_set(&excuse->asked_by, usecase->caller->officer);
    record_set(&excuse->state, EXCUSE_ASKED);
    excuse->from = job->from;
    excuse->to = job->to;
    excuse->asked_at = usecase->now;
    casefile->excuses =
        mem_resize(casefile->excuses, casefile->n_excuses + 1, sizeof *casefile->excuses);
    casefile->excuses[casefile->n_excuses++] = excuse;
    return excuse;
}

static enum result ask_body(struct usecase *usecase, void *arg)
{
    struct excuse_job *job = arg;
    enum result result = check_input(job, usecase->reply);

    if (result == 0)
        result = load_case(usecase, job, ACTION_EXCUSE_ASK);
    if (result == 0)
        result = check_month(usecase, job);
    if (result == 0)
        result = check_others(usecase, job);
    if (result == 0)
        result = say_reach(usecase, job);
    if (result == 0)
        result = store_case(usecase, job, "", add_excuse(usecase, job));
    job_free(job);
    return result;
}

enum result excuse_ask(struct service *service, const struct caller *caller,
                       const struct excuse_input *input, struct reply *reply)
{
    struct excuse_job job = {.input = input, .case_id = input->case_id};
    enum result result = rows_query_month(service, input->month, &job.month, reply);

    if (result != 0)
        return result;
    return usecase_write(service, caller, ACTION_EXCUSE_ASK, NULL, ask_body, &job, reply);
}

// ---- deciding

/** True in *ret_open if the excuse touches a month that is not closed. */
static enum result touches_open_month(struct usecase *usecase, const struct excuse_job *job,
                                      const Rec__Excuse *excuse, bool *ret_open)
{
    month_t opened = facts_opened_month(usecase->service);
    enum result result = RESULT_OK;

    *ret_open = month_of(excuse->to) > opened;
    for (month_t month = month_of(excuse->from);
         month <= opened && month <= month_of(excuse->to) && !*ret_open && result == 0; month++) {
        Rec__Duty *duty = NULL;
        result = record_duty_find(usecase, job->old, month, DUTY_TYPE_VISIT, &duty);
        if (duty == NULL)
            continue;
        *ret_open = !judge_is_closed(duty);
        rec__duty__free_unpacked(duty, NULL);
    }
    return result;
}

static enum result check_decision(struct usecase *usecase, const struct excuse_job *job,
                                  const Rec__Excuse *excuse)
{
    bool open = false;

    if (excuse == NULL)
        return reply_say(usecase->reply, RESULT_NOTFOUND, "没有等待审批的免访申请。");
    enum result result = usecase_refuse_maker(usecase, excuse->asked_by, "不能审批自己提出的申请");
    if (result != 0)
        return result;
    if (!job->grant && *job->note == '\0') {
        problems_add(&usecase->reply->problems, "note", "", "不批准的，请写明理由");
        return reply_say(usecase->reply, RESULT_INVALID, "不批准的，请写明理由。");
    }
    result = touches_open_month(usecase, job, excuse, &open);
    if (result == 0 && job->grant && !open)
        return reply_say(usecase->reply, RESULT_CLOSED,
                         "申请的月份已月结，不能再批准；请退回，确需更改请负责人先重新打开该月。");
    return result;
}

static enum result decide_body(struct usecase *usecase, void *arg)
{
    struct excuse_job *job = arg;
    enum result result = load_case(usecase, job, ACTION_EXCUSE_DECIDE);
    Rec__Excuse *excuse = result == 0 ? excuses_waiting(job->record) : NULL;

    if (result == 0)
        result = check_decision(usecase, job, excuse);
    if (result == 0) {
        record_set(&excuse->state, job->grant ? EXCUSE_GRANTED : EXCUSE_REFUSED);
        record_set(&excuse->decided_by, usecase->caller->officer);
        record_set(&excuse->decision_note, job->note);
        excuse->decided_at = usecase->now;
        result = store_case(usecase, job, EXCUSE_ASKED, excuse);
    }
    job_free(job);
    if (result == 0)
        return reply_say(usecase->reply, result,
                         job->grant ? "已批准免访。" : "已退回，未批准免访。");
    return result;
}

enum result excuse_decide(struct service *service, const struct caller *caller, uint64_t case_id,
                          const char *month, bool grant, const char *note, struct reply *reply)
{
    struct excuse_job job = {.case_id = case_id, .grant = grant, .note = note == NULL ? "" : note};
    enum result result = rows_query_month(service, month, &job.month, reply);

    if (result != 0)
        return result;
    return usecase_write(service, caller, ACTION_EXCUSE_DECIDE, NULL, decide_body, &job, reply);
}

// ---- revoking

/** Finds the granted excuse that concerns the month. */
static Rec__Excuse *find_granted(const struct excuse_job *job)
{
    const Rec__Excuse *nearest = excuses_of_month(job->record, job->month);

    for (size_t i = 0; i < job->record->n_excuses; i++)
        if (job->record->excuses[i] == nearest && strcmp(nearest->state, EXCUSE_GRANTED) == 0)
            return job->record->excuses[i];
    return NULL;
}

/** In a closed month an excuse cannot be revoked: the month must be reopened first. */
static enum result check_revoking(struct usecase *usecase, struct excuse_job *job,
                                  const Rec__Excuse *excuse)
{
    bool closed = false;

    if (excuse == NULL)
        return reply_say(usecase->reply, RESULT_NOTFOUND, "该月没有已批准的免访，请核对月份。");
    enum result result =
        record_duty_find(usecase, job->old, job->month, DUTY_TYPE_VISIT, &job->duty);
    if (result == 0 && job->duty != NULL)
        result = month_closed_in_time(usecase, job->month, job->duty->area, &closed);
    if (result == 0 && closed)
        result = reply_say(usecase->reply, RESULT_CLOSED,
                           "该月已月结，免访不能再撤销；确需更改请负责人先重新打开该月。");
    return result;
}

static enum result revoke_body(struct usecase *usecase, void *arg)
{
    struct excuse_job *job = arg;
    enum result result = load_case(usecase, job, ACTION_EXCUSE_DECIDE);
    Rec__Excuse *excuse = result == 0 ? find_granted(job) : NULL;

    if (result == 0)
        result = check_revoking(usecase, job, excuse);
    if (result == 0) {
        record_set(&excuse->state, EXCUSE_REVOKED);
        record_set(&excuse->revoked_by, usecase->caller->officer);
        record_set(&excuse->revoked_note, job->note);
        excuse->revoked_at = usecase->now;
        result = store_case(usecase, job, EXCUSE_GRANTED, excuse);
    }
    job_free(job);
    if (result == 0)
        return reply_say(usecase->reply, result, "已撤销免访，未月结的月份恢复应访。");
    return result;
}

enum result excuse_revoke(struct service *service, const struct caller *caller, uint64_t case_id,
                          const char *month, const char *reason, struct reply *reply)
{
    struct excuse_job job = {.case_id = case_id, .note = reason == NULL ? "" : reason};
    enum result result = rows_query_month(service, month, &job.month, reply);

    if (result != 0)
        return result;
    result = reason_check("note", job.note, "请写明撤销免访的原因", reply);
    if (result != 0)
        return result;
    return usecase_write(service, caller, ACTION_EXCUSE_DECIDE, NULL, revoke_body, &job, reply);
}
