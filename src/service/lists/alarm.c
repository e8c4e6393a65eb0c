#include "service/lists/alarm.h"

#include "base/mem.h"
#include "service/frame/event.h"
#include "service/frame/reason.h"
#include "service/frame/record.h"
#include "service/ledger/alarm_raise.h"
#include "service/ledger/rows.h"
#include "service/ledger/standin.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// ---- finding an alarm

static bool may_act(const struct usecase *usecase, const Rec__Alarm *alarm)
{
    const struct alarm_kind *kind = alarm_kind_find(alarm->kind);

    return kind != NULL && standin_may(usecase, kind->right, alarm->area);
}

/** Loads the alarm if the caller may see it. */
static enum result load_alarm(struct usecase *usecase, uint64_t id, Rec__Alarm **ret_alarm)
{
    Rec__Alarm *alarm = NULL;
    enum result result = store_alarm_get(usecase->txn, id, &alarm);

    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "没有这件事，请刷新首页再看。");
    if (result == 0)
        result = usecase_allow(usecase, ACTION_ALARM_LIST, alarm->area);
    if (result == 0 && usecase->caller->role != ROLE_COUNTY && !may_act(usecase, alarm))
        result = reply_say(usecase->reply, RESULT_DENIED, "这件事由镇街办理。");
    if (result == 0)
        *ret_alarm = alarm;
    else if (alarm != NULL)
        rec__alarm__free_unpacked(alarm, NULL);
    return result;
}

// ---- the window of an alarm

struct view_job {
    uint64_t id;
    struct usecase *usecase;
    struct alarm_view view;
};

/** "张敏 2026-11-23 15:10", "" for nobody; new string. */
static char *who_and_when(struct usecase *usecase, const char *area, const char *officer,
                          int64_t at)
{
    enum { MINUTES = 16 };
    char stamp[STAMP_TEXT];

    if (at == 0)
        return mem_copy("");
    char *name = rows_officer_name_at(usecase, area, officer);
    char *words = mem_printf("%s %.*s", name, MINUTES, date_format_stamp(at, stamp));
    free(name);
    return words;
}

static enum result read_person(struct view_job *job, const Rec__Alarm *alarm)
{
    struct usecase *usecase = job->usecase;
    Rec__Person *person = NULL;
    enum result result = store_person_get(usecase->txn, alarm->person, &person);

    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_CORRUPT : result;
    job->view.name = mem_copy(person->name);
    job->view.age = person->birth == 0 ? mem_copy("")
                                       : mem_printf("%d", date_age(person->birth, usecase->today));
    job->view.address = mem_copy(person->address);
    job->view.phone = mem_copy(person->phone);
    rec__person__free_unpacked(person, NULL);
    return RESULT_OK;
}

static enum result read_visit(struct view_job *job, const Rec__Alarm *alarm)
{
    Rec__Visit *visit = NULL;
    char date[DATE_TEXT];

    if (alarm->visit_date == 0) {
        job->view.visit = mem_copy("");
        return RESULT_OK;
    }
    enum result result = store_visit_get(job->usecase->txn, alarm->person, alarm->visit_date,
                                         alarm->visit_seq, &visit);
    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_CORRUPT : result;
    job->view.visit = mem_printf("%s %s %s %s", date_format(visit->date, date), visit->mode,
                                 visit->result, visit->by);
    rec__visit__free_unpacked(visit, NULL);
    return RESULT_OK;
}

static void read_alarm(struct view_job *job, const Rec__Alarm *alarm)
{
    struct usecase *usecase = job->usecase;
    const struct alarm_kind *kind = alarm_kind_find(alarm->kind);
    struct alarm_view *view = &job->view;
    bool open = store_alarm_is_open(alarm);
    bool may = open && kind != NULL && kind->by_words && may_act(usecase, alarm);
    char clock[ALARM_CLOCK] = "";

    if (open)
        alarm_clock_words(alarm_deadline(usecase->service, alarm), usecase->now, clock);
    view->alarm = alarm->id;
    view->case_id = alarm->case_id;
    view->what = mem_copy(kind != NULL ? kind->label : alarm->kind);
    view->state = mem_copy(alarm->state);
    view->area_name = mem_copy(service_area_name(usecase->service, alarm->area));
    view->text = mem_copy(alarm->text);
    view->clock = mem_copy(clock);
    view->raised = who_and_when(usecase, alarm->area, alarm->raised_by, alarm->raised_at);
    view->taken = who_and_when(usecase, alarm->area, alarm->taken_by, alarm->taken_at);
    view->done = who_and_when(usecase, alarm->area, alarm->done_by, alarm->done_at);
    view->note = mem_copy(alarm->done_note);
    view->may_finish = may;
    view->may_take =
        may && kind->clock != NULL && strcmp(alarm->taken_by, usecase->caller->officer) != 0;
}

static enum result view_body(struct usecase *usecase, void *arg)
{
    struct view_job *job = arg;
    Rec__Alarm *alarm = NULL;

    alarm_view_free(&job->view);
    job->usecase = usecase;
    enum result result = load_alarm(usecase, job->id, &alarm);
    if (result != 0)
        return result;
    read_alarm(job, alarm);
    result = read_person(job, alarm);
    if (result == 0)
        result = read_visit(job, alarm);
    rec__alarm__free_unpacked(alarm, NULL);
    return result;
}

enum result alarm_get(struct service *service, const struct caller *caller, uint64_t alarm,
                      struct alarm_view *ret_view, struct reply *reply)
{
    struct view_job job = {.id = alarm};
    enum result result =
        usecase_read(service, caller, ACTION_ALARM_LIST, NULL, view_body, &job, reply);

    if (result == 0)
        *ret_view = job.view;
    else
        alarm_view_free(&job.view);
    return result;
}

void alarm_view_free(struct alarm_view *view)
{
    char *const texts[] = {view->what, view->state,  view->name,  view->age,   view->area_name,
                           view->text, view->visit,  view->clock, view->phone, view->address,
                           view->note, view->raised, view->taken, view->done};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        free(texts[i]);
    *view = (struct alarm_view){0};
}

// ---- taking and finishing

struct act_job {
    uint64_t id;
    const char *note;
};

/** Says who has finished the alarm already. */
static enum result refuse_over(struct usecase *usecase, const Rec__Alarm *alarm)
{
    char *by = rows_officer_name(usecase, alarm->done_by);

    reply_say(usecase->reply, RESULT_CLOSED, "这件事已由%s%s：%s。", by,
              strcmp(alarm->state, ALARM_DONE) == 0 ? "办结" : "撤销", alarm->done_note);
    free(by);
    return RESULT_CLOSED;
}

/** Loads an open alarm if the caller may act on it; the event names its record. */
static enum result load_open(struct usecase *usecase, uint64_t id, Rec__Alarm **ret_alarm)
{
    Rec__Alarm *alarm = NULL;
    char date[DATE_TEXT];
    enum result result = load_alarm(usecase, id, &alarm);

    if (result != 0)
        return result;
    const struct alarm_kind *kind = alarm_kind_find(alarm->kind);
    if (!may_act(usecase, alarm))
        result = reply_say(usecase->reply, RESULT_DENIED, "请由镇街或村(社区)的人员办理。");
    else if (!store_alarm_is_open(alarm))
        result = refuse_over(usecase, alarm);
    else if (!kind->by_words)
        result = reply_say(usecase->reply, RESULT_INVALID, "改好个案以后自动办结，不能直接办结。");
    if (result != 0) {
        rec__alarm__free_unpacked(alarm, NULL);
        return result;
    }
    if (alarm->visit_date != 0)
        event_name_record(usecase, alarm->area, "visit:%" PRIu64 ":%s:%" PRIu32, alarm->person,
                          date_format(alarm->visit_date, date), alarm->visit_seq);
    else
        event_name_record(usecase, alarm->area, "case:%" PRIu64, alarm->case_id);
    *ret_alarm = alarm;
    return RESULT_OK;
}

static void take(struct usecase *usecase, Rec__Alarm *alarm)
{
    char *old = rows_officer_name(usecase, alarm->taken_by);
    char *new = rows_officer_name(usecase, usecase->caller->officer);

    event_add_change(usecase, "alarm.taken", old, new);
    record_set(&alarm->state, ALARM_TAKEN);
    record_set(&alarm->taken_by, usecase->caller->officer);
    alarm->taken_at = usecase->now;
    free(old);
    free(new);
}

static enum result take_body(struct usecase *usecase, void *arg)
{
    const struct act_job *job = arg;
    Rec__Alarm *alarm = NULL;
    enum result result = load_open(usecase, job->id, &alarm);

    if (result != 0)
        return result;
    if (strcmp(alarm->taken_by, usecase->caller->officer) == 0) {
        result = reply_say(usecase->reply, RESULT_EXISTS, "您已经接手了这件事，办好后请登记结果。");
    } else {
        char *before = rows_officer_name(usecase, alarm->taken_by);
        take(usecase, alarm);
        result = store_alarm_put(usecase->txn, alarm);
        if (result == 0)
            reply_say(usecase->reply, RESULT_OK, "已接手%s%s%s，办完请办结，写明结果。",
                      *before != '\0' ? "（原由" : "", before, *before != '\0' ? "接手）" : "");
        free(before);
    }
    rec__alarm__free_unpacked(alarm, NULL);
    return result;
}

enum result alarm_take(struct service *service, const struct caller *caller, uint64_t alarm,
                       struct reply *reply)
{
    struct act_job job = {.id = alarm};

    return usecase_write(service, caller, ACTION_ALARM_TAKE, NULL, take_body, &job, reply);
}

static enum result finish_body(struct usecase *usecase, void *arg)
{
    const struct act_job *job = arg;
    Rec__Alarm *alarm = NULL;
    enum result result = load_open(usecase, job->id, &alarm);

    if (result != 0)
        return result;
    if (*alarm->taken_by == '\0')
        take(usecase, alarm);
    result = alarm_cover_unmet(usecase, alarm);
    if (result == 0)
        result = alarm_end(usecase, alarm, ALARM_DONE, job->note);
    rec__alarm__free_unpacked(alarm, NULL);
    return result == 0 ? reply_say(usecase->reply, RESULT_OK, "已办结。") : result;
}

enum result alarm_finish(struct service *service, const struct caller *caller, uint64_t alarm,
                         const char *note, struct reply *reply)
{
    struct act_job job = {.id = alarm, .note = note};
    enum result result = reason_check("note", note, "请写明办理结果", reply);

    if (result != 0)
        return result;
    return usecase_write(service, caller, ACTION_ALARM_DONE, NULL, finish_body, &job, reply);
}
