/*
 * Acts on an application: done, returned, papers asked for, refused; the last step makes the case.
 */
#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "base/words.h"
#include "domain/area.h"
#include "service/cases/application.h"
#include "service/cases/case.h"
#include "service/cases/proposal.h"
#include "service/frame/event.h"
#include "service/frame/reason.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"
#include "service/memory/calendar.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct act_job {
    const struct application_input *input;
    enum lifecycle_act act;
    struct usecase *usecase;
    Rec__Proposal *record;
    struct application now;
    const struct life_step *step; /**< under way */
    struct fields values;
};

static void job_clear(struct act_job *job)
{
    if (job->record != NULL)
        rec__proposal__free_unpacked(job->record, NULL);
    job->record = NULL;
    fields_free(&job->values);
}

static enum result refuse(const struct act_job *job, enum result result, const char *words)
{
    return reply_say(job->usecase->reply, result, "%s", words);
}

static enum result begin(struct act_job *job)
{
    struct usecase *usecase = job->usecase;
    struct workday_calendar calendar = calendar_new(service_forms(usecase->service));
    enum result result = proposal_load(usecase, job->input->id, ACTION_STEP_DO, &job->record);
    bool known = result == 0 && application_judge(usecase, &calendar, job->record, &job->now);

    calendar_free(&calendar);
    if (result != 0)
        return result;
    if (!known)
        return refuse(job, RESULT_USAGE, "这项业务没有办理步骤，请在草拟的个案里受理。");
    if (job->input->version != 0 && job->input->version != job->record->version)
        return refuse(job, RESULT_CONFLICT, "他人刚刚办过这份申请，请刷新后再办。");
    if (job->now.stand.state == LIFECYCLE_RETURNED && job->act != LIFECYCLE_WITHDRAW)
        return refuse(job, RESULT_CONFLICT, "这份申请已退回修改，改好再报后才能办。");
    job->step = &job->now.form->steps.life.items[job->now.stand.step];
    store_fields_read(job->record->n_fields, job->record->fields, &job->values);
    return RESULT_OK;
}

static enum result check_mine(const struct act_job *job)
{
    char *why = NULL;
    enum result result = RESULT_OK;

    if (!application_is_mine(job->usecase, &job->now, &why))
        result = refuse(job, RESULT_DENIED, why);
    free(why);
    return result;
}

// ---- done

/** Fills the dates that the step stands for, where the form has none. */
static void fill_dates(struct act_job *job)
{
    if (job->record->prior) /* its document says when */
        return;
    const struct life_step *step = job->step;
    const struct {
        const char *field;
        day_t day;
    } dates[] = {{step->begun, job->now.stand.began}, {step->done, job->usecase->today}};
    char text[DATE_TEXT];

    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++)
        if (*dates[i].field != '\0' && *fields_get(&job->values, dates[i].field) == '\0')
            fields_set(&job->values, dates[i].field, date_format(dates[i].day, text));
}

/** The first paid month is not before the month after the decision. */
static void fill_first(struct act_job *job, const struct life_step *step)
{
    month_t next = month_of(job->usecase->today) + 1, stated = 0;
    char text[MONTH_TEXT];

    if (*step->first == '\0' || job->record->prior)
        return;
    if (month_parse(fields_get(&job->values, step->first), &stated) != 0 || stated < next)
        fields_set(&job->values, step->first, month_format(next, text));
}

/** The case is the street's, whoever confirms it: what its officers may enter of people who live
 *  elsewhere is judged as if the street entered it. */
static enum result run_case(struct act_job *job, bool check_only)
{
    const struct caller *caller = job->usecase->caller;
    struct caller street = *caller;
    struct fields none = {0};
    struct case_input input = {
        .kind = job->record->kind,
        .values = &job->values,
        .base = &none,
        .confirm = true,
        .check_only = check_only,
        .applying = check_only,
    };

    street.role = ROLE_STREET;
    area_ancestor(job->record->area, AREA_STREET, street.area);
    job->usecase->caller = &street;
    enum result result = case_record(job->usecase, &input);
    job->usecase->caller = caller;
    return result;
}

/** Checks that the form lacks nothing; the first month follows only from the decision. */
static enum result check_complete(struct act_job *job)
{
    const struct life_steps *steps = &job->now.form->steps.life;
    struct fields kept = {0};

    if (!job->step->complete)
        return RESULT_OK;
    fields_copy(&kept, &job->values);
    for (size_t i = 0; i < steps->count; i++)
        fill_first(job, &steps->items[i]);
    enum result result = run_case(job, true);
    fields_free(&job->values);
    job->values = kept;
    return result;
}

static size_t next_step(const struct act_job *job)
{
    size_t step = job->now.stand.step + 1;

    while (step < job->now.form->steps.life.count &&
           !form_takes_step(job->now.form, step, &job->values, job->usecase->today))
        step++;
    return step;
}

static enum result make_case(struct act_job *job)
{
    struct usecase *usecase = job->usecase;
    enum result result = run_case(job, false);

    if (result != 0)
        return result;
    record_set(&job->record->state, PROPOSAL_ACCEPTED);
    job->record->case_id = strtoull(fields_get(&usecase->reply->values, "case_id"), NULL, 10);
    char *by = rows_officer_name(usecase, job->record->by);
    event_add_change(usecase, "proposal", "", by);
    free(by);
    return reply_say(usecase->reply, RESULT_OK, "%s 的%s已确认，在册 %s，%s 起。",
                     job->record->name, job->now.form->brief,
                     fields_get(&usecase->reply->values, "number"),
                     fields_get(&job->values, job->now.form->roles.since));
}

static enum result say_next(const struct act_job *job, const struct life_step *next)
{
    struct reply *reply = job->usecase->reply;
    const char *name = job->record->name, *done = job->step->label;
    struct str words = {0};
    char day[DATE_TEXT];
    enum result result = RESULT_OK;

    if (next->publish)
        return reply_say(reply, RESULT_OK, "%s %s通过。公示从今日起，请当天张贴；%s 起可办下一步。",
                         name, done, date_format(job->usecase->today + next->clock.days, day));
    if (next->apart) {
        result = application_other(job->usecase, job->record, next, &words);
    } else {
        char *who = application_who(next);
        str_printf(&words, "%s由%s办。", next->label, who);
        free(who);
    }
    if (result == 0)
        result = reply_say(reply, RESULT_OK, "%s %s通过，下一步%s", name, done, str_text(&words));
    str_free(&words);
    return result;
}

static enum result act_done(struct act_job *job)
{
    char day[DATE_TEXT];
    enum result result = check_mine(job);

    if (result == 0 && job->now.stand.state == LIFECYCLE_PAUSED)
        result = refuse(job, RESULT_CONFLICT, "正在等申请人补正；材料收齐后先办“补正收齐”。");
    if (result == 0 && job->now.ready > job->usecase->today)
        result = reply_say(job->usecase->reply, RESULT_CONFLICT, "“%s”到 %s 才满期，请到期再办结。",
                           job->step->label, date_format(job->now.ready, day));
    if (result != 0)
        return result;
    fill_dates(job);
    fill_first(job, job->step);
    result = check_complete(job);
    size_t next = next_step(job);
    bool last = next >= job->now.form->steps.life.count;
    const struct life_step *to = last ? NULL : &job->now.form->steps.life.items[next];
    if (result == 0 && last)
        result = make_case(job);
    if (result != 0)
        return result;
    application_record(job->usecase, job->record, LIFECYCLE_DONE, job->step->id, last ? "" : to->id,
                       job->input->opinion);
    store_fields_free(job->record->n_fields, job->record->fields);
    store_fields_write(&job->values, &job->record->n_fields, &job->record->fields);
    return last ? RESULT_OK : say_next(job, to);
}

// ---- the others

/** The office only compares it with its document. */
static const char PRIOR_ONLY[] = "补录的个案已有决定：与文书相符的确认，不符的退回修改。";

static bool may_go_back(const struct life_step *step, const char *to)
{
    for (size_t i = 0; step->back[i] != NULL; i++)
        if (strcmp(step->back[i], to) == 0)
            return true;
    return false;
}

static enum result act_return(struct act_job *job)
{
    const struct life_steps *steps = &job->now.form->steps.life;
    const char *to = job->input->to;
    enum result result = check_mine(job);

    if (result != 0)
        return result;
    bool to_maker = job->now.stand.step == 0 || job->record->prior;
    if (to_maker ? *to != '\0' : !may_go_back(job->step, to))
        return refuse(job, RESULT_INVALID, "这一步不能退回到那里，请重选。");
    application_record(job->usecase, job->record, LIFECYCLE_RETURN, job->step->id, to,
                       job->input->opinion);
    if (*to == '\0') {
        record_set(&job->record->state, PROPOSAL_RETURNED);
        record_set(&job->record->reason, job->input->opinion);
        return reply_say(job->usecase->reply, RESULT_OK, "%s 已退回，填报人改后可以再报。",
                         job->record->name);
    }
    return reply_say(job->usecase->reply, RESULT_OK, "%s 已从%s退回到%s。", job->record->name,
                     job->step->label, steps->items[lifecycle_find(steps, to)].label);
}

static enum result act_pause(struct act_job *job)
{
    enum result result = check_mine(job);
    char day[DATE_TEXT];
    day_t until = 0;

    if (result != 0)
        return result;
    if (job->now.stand.state == LIFECYCLE_PAUSED)
        return refuse(job, RESULT_CONFLICT, "已经在等申请人补正。");
    if (job->step->least)
        return refuse(job, RESULT_CONFLICT, "公示期间不办补正；需要重新调查的请退回。");
    if (job->record->prior)
        return refuse(job, RESULT_CONFLICT, PRIOR_ONLY);
    if (date_parse_loose(job->input->until, &until) != 0 || until <= job->usecase->today ||
        until > job->usecase->today + LIFESTEP_PAUSE_MOST)
        return refuse(job, RESULT_INVALID,
                      "请填补正期限：告知书上写的最后一天，明日以后、一年以内，如 2026-12-10。");
    application_record(job->usecase, job->record, LIFECYCLE_PAUSE, job->step->id, "",
                       job->input->opinion);
    job->record->steps[job->record->n_steps - 1]->until = until;
    return reply_say(job->usecase->reply, RESULT_OK, "%s 已转补正，到 %s 止；时限从明日起暂停。",
                     job->record->name, date_format(until, day));
}

static enum result act_resume(struct act_job *job)
{
    enum result result = check_mine(job);

    if (result != 0)
        return result;
    if (job->now.stand.state != LIFECYCLE_PAUSED)
        return refuse(job, RESULT_CONFLICT, "没有在等补正。");
    application_record(job->usecase, job->record, LIFECYCLE_RESUME, job->step->id, "",
                       job->input->opinion);
    return reply_say(job->usecase->reply, RESULT_OK, "%s 补正材料已收齐，时限从明日起接着算。",
                     job->record->name);
}

/** While papers are awaited it is refused only when their day has passed without them. */
static enum result check_refusable(const struct act_job *job)
{
    const struct lifecycle_stand *stand = &job->now.stand;
    char day[DATE_TEXT];

    if (job->record->prior)
        return refuse(job, RESULT_CONFLICT, PRIOR_ONLY);
    if (stand->state != LIFECYCLE_PAUSED && *job->step->refuse == '\0')
        return reply_say(job->usecase->reply, RESULT_INVALID,
                         "“%s”这一步不能不予，请退回或提出意见。", job->step->label);
    if (stand->state == LIFECYCLE_PAUSED && stand->until >= job->usecase->today)
        return reply_say(job->usecase->reply, RESULT_CONFLICT,
                         "补正期限到 %s，期满没有补齐才能不予。", date_format(stand->until, day));
    return RESULT_OK;
}

static enum result act_refuse(struct act_job *job)
{
    const char *words = application_refusal(&job->now.form->steps.life, job->now.stand.step);
    enum result result = check_mine(job);

    if (result == 0)
        result = check_refusable(job);
    if (result != 0)
        return result;
    application_record(job->usecase, job->record, LIFECYCLE_REFUSE, job->step->id, "",
                       job->input->opinion);
    record_set(&job->record->state, PROPOSAL_REFUSED);
    record_set(&job->record->reason, job->input->opinion);
    return reply_say(job->usecase->reply, RESULT_OK,
                     "%s 已%s，请打印告知书送达申请人（办理里按 F5，不予名单）。",
                     job->record->name, words);
}

/** The applicant takes it back: any officer who may change cases there enters that, or whose move it is. */
static enum result act_withdraw(struct act_job *job)
{
    const struct caller *caller = job->usecase->caller;
    bool ours = access_allowed(caller->role, caller->area, ACTION_CASE_SAVE, job->record->area);
    enum result result = ours ? RESULT_OK : check_mine(job);

    if (result != 0)
        return result;
    application_record(job->usecase, job->record, LIFECYCLE_WITHDRAW, job->step->id, "",
                       job->input->opinion);
    record_set(&job->record->state, PROPOSAL_WITHDRAWN);
    record_set(&job->record->reason, job->input->opinion);
    return reply_say(job->usecase->reply, RESULT_OK, "%s 的申请已撤回。", job->record->name);
}

/** A difficult case gets more time, once, before its time is over; who does the last step decides. */
static enum result act_extend(struct act_job *job)
{
    const struct life_steps *steps = &job->now.form->steps.life;
    const struct life_step *last = &steps->items[steps->count - 1];
    struct reply *reply = job->usecase->reply;

    if (!application_names(last, job->usecase->caller->role)) {
        char *who = application_who(last);
        enum result result = reply_say(reply, RESULT_DENIED, "延长由%s决定，请转交办理。", who);
        free(who);
        return result;
    }
    if (steps->longer.days == 0 || job->record->prior)
        return reply_say(reply, RESULT_CONFLICT, "%s没有可以延长的时限。", job->now.form->brief);
    if (job->now.stand.accepted == 0)
        return refuse(job, RESULT_CONFLICT, "还没有受理，时限没有开始；请先办理受理。");
    if (job->now.stand.extended)
        return refuse(job, RESULT_CONFLICT, "已经延长过一次，不能再延长。");
    if (job->now.whole.on != 0 && job->now.whole.on < job->usecase->today)
        return refuse(job, RESULT_CONFLICT, "时限已过，不能再延长；照实逾期办理。");
    application_record(job->usecase, job->record, LIFECYCLE_EXTEND, job->step->id, "",
                       job->input->opinion);
    return reply_say(reply, RESULT_OK, "%s 的全程时限延长 %d 个%s（%s）。", job->record->name,
                     steps->longer.days, steps->longer.unit == LIFE_WORKDAYS ? "工作日" : "日",
                     steps->longer.source);
}

// ---- the use case

/** What each act does, and what an officer is asked for. */
static const struct {
    enum result (*act)(struct act_job *job);
    const char *ask; /**< NULL = the opinion may be empty */
} ACTS[LIFECYCLE_ACT_COUNT] = {
    [LIFECYCLE_DONE] = {act_done, NULL},
    [LIFECYCLE_RETURN] = {act_return, "请写明退回的理由"},
    [LIFECYCLE_PAUSE] = {act_pause, "请写明要补正的材料"},
    [LIFECYCLE_RESUME] = {act_resume, NULL},
    [LIFECYCLE_REFUSE] = {act_refuse, "请写明不予的理由"},
    [LIFECYCLE_WITHDRAW] = {act_withdraw, "请写明撤回的理由"},
    [LIFECYCLE_EXTEND] = {act_extend, "请写明延长的理由"},
};

/** What the log says of the act: of papers also until when they are awaited. */
static void note_act(const struct act_job *job)
{
    const Rec__ProposalStep *last = job->record->steps[job->record->n_steps - 1];
    char until[DATE_TEXT] = "";
    bool pause = job->act == LIFECYCLE_PAUSE;

    if (pause)
        (void)date_format(last->until, until);
    event_add_note(job->usecase, "%s %s%s%s%s%s", job->step->label, lifecycle_act_label(job->act),
                   *job->input->opinion != '\0' ? "：" : "", job->input->opinion,
                   pause ? "，到 " : "", pause ? until : "");
}

static enum result act_body(struct usecase *usecase, void *arg)
{
    struct act_job *job = arg;

    job_clear(job);
    job->usecase = usecase;
    enum result result = begin(job);
    if (result == 0)
        result = ACTS[job->act].act(job);
    if (result != 0)
        return result;
    job->record->version++;
    record_set(&job->record->decided_by, usecase->caller->officer);
    job->record->decided_at = usecase->now;
    if (job->record->case_id == 0)
        event_name_record(usecase, job->record->area, "proposal:%" PRIu64, job->record->id);
    note_act(job);
    return store_proposal_put(usecase->txn, job->record);
}

static enum result read_input(struct act_job *job, struct reply *reply)
{
    const struct application_input *input = job->input;

    if (lifecycle_act_find(input->act, &job->act) != 0 || ACTS[job->act].act == NULL)
        return reply_say(reply, RESULT_USAGE, "没有这种办理，请按 Ctrl+R 重取后再选。");
    if (ACTS[job->act].ask == NULL && *input->opinion == '\0')
        return RESULT_OK;
    return reason_check("opinion", input->opinion,
                        ACTS[job->act].ask != NULL ? ACTS[job->act].ask : "意见请写 2 至 200 字",
                        reply);
}

enum result application_act_record(struct usecase *usecase, const struct application_input *input)
{
    struct act_job job = {.input = input};
    enum result result = read_input(&job, usecase->reply);

    if (result == 0)
        result = act_body(usecase, &job);
    job_clear(&job);
    return result;
}

enum result application_act(struct service *service, const struct caller *caller,
                            const struct application_input *input, struct reply *reply)
{
    struct act_job job = {.input = input};

    reply_free(reply);
    enum result result = read_input(&job, reply);
    if (result == 0)
        result = usecase_write(service, caller, ACTION_STEP_DO, NULL, act_body, &job, reply);
    job_clear(&job);
    return result;
}
