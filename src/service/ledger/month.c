#include "service/ledger/month.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "base/text.h"
#include "base/words.h"
#include "service/frame/clockwatch.h"
#include "service/frame/event.h"
#include "service/frame/reason.h"
#include "service/frame/record.h"
#include "service/ledger/counted.h"
#include "service/ledger/duties.h"
#include "service/ledger/rows.h"
#include "service/ledger/statement.h"
#include "service/ledger/street.h"
#include "service/memory/catching_up.h"
#include "service/memory/judge.h"
#include "service/memory/state.h"
#include "service/memory/steps.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- the duties of a street

struct street_duties {
    size_t count;
    size_t capacity;
    Rec__Duty **items; /**< owned */
};

static enum result add_duty(const Rec__Duty *duty, void *arg)
{
    struct street_duties *duties = arg;

    mem_grow((void **)&duties->items, duties->count, &duties->capacity, sizeof *duties->items);
    duties->items[duties->count++] = record_copy(duty);
    return RESULT_OK;
}

static enum result load_duties(struct usecase *usecase, month_t month, const char *street,
                               struct street_duties *duties)
{
    char prefix[AREA_TEXT];

    area_prefix(street, prefix);
    return store_duty_scan(usecase->txn, month, prefix, NULL, add_duty, duties);
}

static void free_duties(struct street_duties *duties)
{
    for (size_t i = 0; i < duties->count; i++)
        rec__duty__free_unpacked(duties->items[i], NULL);
    free(duties->items);
}

// ---- closing

struct close_job {
    month_t month;
    char street[AREA_TEXT];
    uint64_t streets;
    uint64_t missed;
};

/** The row after the closing: a person who still waits is missed. */
static Rec__Duty *close_row(struct usecase *usecase, const Rec__Duty *duty,
                            struct duty_view *ret_view)
{
    Rec__Duty *closed = record_copy(duty);

    record_set(&closed->frozen, duty_state_name(DUTY_MISSED));
    closed->reopened = false;
    *ret_view = judge_row(usecase->service, closed, usecase->today);
    record_set(&closed->frozen, duty_state_name(ret_view->state));
    return closed;
}

static enum result freeze_duties(struct usecase *usecase, const struct street_duties *duties,
                                 Rec__Statement *statement, uint64_t *missed)
{
    enum result result = RESULT_OK;

    statement->rows = mem_array(duties->count + 1, sizeof *statement->rows);
    for (size_t i = 0; i < duties->count && result == 0; i++) {
        struct duty_view view;
        Rec__Duty *closed = close_row(usecase, duties->items[i], &view);
        bool visit = strcmp(closed->type, DUTY_TYPE_VISIT) == 0;
        *missed += visit && view.state == DUTY_MISSED;
        result = counted_duty_put(usecase, duties->items[i], closed);
        if (result == 0 && visit)
            result = statement_add(usecase, statement, closed, &view);
        rec__duty__free_unpacked(closed, NULL);
    }
    return result;
}

/** The number of the next version; RESULT_CLOSED if the latest one was not reopened. */
static enum result next_version(struct usecase *usecase, const struct close_job *job,
                                uint32_t *ret_version)
{
    Rec__Statement *last = NULL;
    enum result result = store_statement_get(usecase->txn, job->month, job->street, &last);

    if (result == RESULT_NOTFOUND) {
        *ret_version = 1;
        return RESULT_OK;
    }
    if (result != 0)
        return result;
    if (last->reopened_at == 0)
        result = reply_say(usecase->reply, RESULT_CLOSED,
                           "%s该月已经月结，不用再结；要改的请负责人先重开。",
                           service_area_name(usecase->service, job->street));
    *ret_version = last->version + 1;
    rec__statement__free_unpacked(last, NULL);
    return result;
}

static enum result write_statement(struct usecase *usecase, const struct close_job *job,
                                   const struct street_duties *duties, uint32_t version,
                                   uint64_t *missed)
{
    Rec__Statement *statement = mem_new(sizeof *statement);

    rec__statement__init(statement);
    statement->month = job->month;
    statement->version = version;
    statement->closed_at = usecase->now;
    record_set(&statement->area, job->street);
    record_set(&statement->closed_by, usecase->caller->officer);
    enum result result = freeze_duties(usecase, duties, statement, missed);
    if (result == 0) {
        statement->hash.data = mem_new(DIGEST_SIZE);
        statement->hash.len = DIGEST_SIZE;
        statement_hash(statement, statement->hash.data);
        result = store_statement_put(usecase->txn, statement);
    }
    rec__statement__free_unpacked(statement, NULL);
    return result;
}

static enum result close_body(struct usecase *usecase, void *arg)
{
    struct close_job *job = arg;
    struct street_duties duties = {0};
    uint32_t version = 0;
    uint64_t missed = 0;
    char month[MONTH_TEXT];
    char number[NUMBER_TEXT];

    month_format(job->month, month);
    event_name_record(usecase, job->street, "month:%s:%s", month, job->street);
    enum result result = next_version(usecase, job, &version);
    if (result == 0)
        result = load_duties(usecase, job->month, job->street, &duties);
    if (result == 0)
        result = write_statement(usecase, job, &duties, version, &missed);
    free_duties(&duties);
    if (result != 0)
        return result;
    usecase_month_mark(usecase, job->month, job->street, true);
    atomic_store(&usecase->service->kept_for, 0);
    event_add_note(usecase, "第 %" PRIu32 " 版，未访 %" PRIu64 " 人", version, missed);
    job->missed = missed;
    fields_set(&usecase->reply->values, "streets", "1");
    snprintf(number, sizeof number, "%" PRIu64, missed);
    fields_set(&usecase->reply->values, "missed", number);
    return reply_say(usecase->reply, RESULT_OK,
                     "%s %s 已月结（第 %" PRIu32 " 版），未访 %" PRIu64 " 人。",
                     service_area_name(usecase->service, job->street), month, version, missed);
}

/** A month can be closed from the first day of the next month on: before, visits are still
 *  possible. */
static enum result check_closable(const struct service *service, month_t month, struct reply *reply)
{
    day_t earliest = month_first(month + 1);
    char day[DATE_TEXT];
    char text[MONTH_TEXT];

    month_format(month, text);
    if (month < service_first_month(service))
        return reply_say(reply, RESULT_NOTFOUND,
                         "%s 早于本系统启用的月份，没有可月结的内容，请换一个月份。", text);
    if (service_today(service) < earliest)
        return reply_say(reply, RESULT_INVALID, "%s 还没有结束，%s 起才能月结。", text,
                         date_format(earliest, day));
    /* duties are still being made: closing would freeze an incomplete month */
    if (month > facts_complete_month(service))
        return reply_say(reply, RESULT_AGAIN, "%s 的应访任务正在生成，请稍后再月结。", text);
    return RESULT_OK;
}

// ---- automatic closing days

/** A month from before the home was made must be filled in from paper first: it closes on the first
 *  closing day that leaves some days for that. */
day_t month_first_closing(const struct service *service, month_t month)
{
    struct duty_rules rules = facts_duty_rules(service, month);
    day_t day = duty_closing_day(month, &rules);

    if (month >= month_of(service->created))
        return day;
    while (day < service->created + rules.reopen_days)
        day = duty_closing_day(++month, &rules);
    return day;
}

/** The day at whose start the street's open month closes automatically. */
static enum result closing_day(struct usecase *usecase, month_t month, const char *street,
                               enum month_state state, day_t *ret_day)
{
    struct duty_rules rules = facts_duty_rules(usecase->service, month);
    Rec__Statement *statement = NULL;

    *ret_day = month_first_closing(usecase->service, month);
    if (state != MONTH_REOPENED)
        return RESULT_OK;
    enum result result = store_statement_get(usecase->txn, month, street, &statement);
    if (result != 0)
        return result;
    *ret_day = date_of_time(statement->reopened_at) + rules.reopen_days;
    rec__statement__free_unpacked(statement, NULL);
    return RESULT_OK;
}

enum result month_closing_day(struct usecase *usecase, month_t month, const char *street,
                              day_t *ret_day)
{
    enum month_state state;
    enum result result = usecase_month_state(usecase, month, street, &state);

    if (result != 0)
        return result;
    if (state != MONTH_CLOSED)
        return closing_day(usecase, month, street, state, ret_day);
    *ret_day = 0;
    return RESULT_OK;
}

// ---- many streets

struct streets {
    char area[AREA_TEXT];
    month_t month;
    day_t due; /**< for the timer: only streets whose closing day has come by this day; 0 = all */
    size_t count;
    size_t capacity;
    char (*codes)[AREA_TEXT];
    struct usecase *usecase;
};

static enum result add_street(const Rec__Area *area, void *arg)
{
    struct streets *streets = arg;
    enum month_state state;
    day_t due = 0;
    bool has;

    if (area_level_parse(area->level) != AREA_STREET)
        return RESULT_OK;
    enum result result = street_has_month(streets->usecase, area, streets->month, &has);
    if (result != 0 || !has)
        return result;
    result = usecase_month_state(streets->usecase, streets->month, area->code, &state);
    if (result == 0 && state != MONTH_CLOSED && streets->due != 0)
        result = closing_day(streets->usecase, streets->month, area->code, state, &due);
    if (result != 0 || state == MONTH_CLOSED || due > streets->due)
        return result;
    mem_grow((void **)&streets->codes, streets->count, &streets->capacity, sizeof *streets->codes);
    snprintf(streets->codes[streets->count++], AREA_TEXT, "%s", area->code);
    return RESULT_OK;
}

static enum result streets_body(struct usecase *usecase, void *arg)
{
    struct streets *streets = arg;
    char prefix[AREA_TEXT];

    area_prefix(streets->area, prefix);
    streets->count = 0;
    streets->usecase = usecase;
    return store_area_scan(usecase->txn, prefix, add_street, streets);
}

/** The streets to close. */
struct closing {
    struct service *service;
    const struct caller *caller;
    const struct streets *streets;
    struct close_job *job;
    uint64_t missed;
    struct reply *reply;
    size_t next; /**< the place: the streets before this one are closed */
};

/** Closes one street: each has its own transaction and event, so that closing a county never blocks
 *  others for long. */
static enum result close_portion(void *arg, bool *ret_done)
{
    struct closing *closing = arg;
    const struct caller *caller = closing->caller;
    const struct streets *streets = closing->streets;
    struct close_job *job = closing->job;
    struct caller each = *caller;

    each.number = 0; /* no receipt per street: the receipt is for the whole request */
    memcpy(job->street, streets->codes[closing->next], AREA_TEXT);
    enum result result = usecase_write(closing->service, &each, ACTION_MONTH_CLOSE, job->street,
                                       close_body, job, closing->reply);
    if (result != 0)
        return result;
    reply_free(closing->reply); /* it speaks of one street */
    job->streets++;
    closing->missed += job->missed;
    *ret_done = ++closing->next == streets->count;
    return caller->progress == NULL
               ? RESULT_OK
               : caller->progress(closing->next, streets->count, "月结", caller->arg);
}

static enum result close_streets(struct service *service, const struct caller *caller,
                                 const struct streets *streets, struct close_job *job,
                                 uint64_t *ret_missed, struct reply *reply)
{
    struct closing closing = {
        .service = service, .caller = caller, .streets = streets, .job = job, .reply = reply};

    enum result result =
        streets->count == 0 ? RESULT_OK : steps_run(&service->stopping, close_portion, &closing);
    if (result == 0)
        *ret_missed = closing.missed;
    return result;
}

struct summary_job {
    const struct close_job *done;
    const char *area;
    uint64_t missed;
};

static enum result summary_body(struct usecase *usecase, void *arg)
{
    const struct summary_job *job = arg;
    char month[MONTH_TEXT];
    char number[NUMBER_TEXT];

    month_format(job->done->month, month);
    event_name_record(usecase, job->area, "month:%s:%s", month, job->area);
    snprintf(number, sizeof number, "%" PRIu64, job->done->streets);
    fields_set(&usecase->reply->values, "streets", number);
    snprintf(number, sizeof number, "%" PRIu64, job->missed);
    fields_set(&usecase->reply->values, "missed", number);
    return reply_say(usecase->reply, RESULT_OK,
                     "%s 已月结 %" PRIu64 " 个镇街，未访 %" PRIu64 " 人。", month,
                     job->done->streets, job->missed);
}

static enum result close_all(struct service *service, const struct caller *caller,
                             struct close_job *job, const char *area, struct reply *reply)
{
    struct streets streets = {.month = job->month};
    struct summary_job summary = {.done = job, .area = area};

    snprintf(streets.area, sizeof streets.area, "%s", area);
    enum result result =
        usecase_read(service, caller, ACTION_MONTH_CLOSE, area, streets_body, &streets, reply);
    if (result == 0)
        result = close_streets(service, caller, &streets, job, &summary.missed, reply);
    free(streets.codes);
    if (result != 0)
        return result;
    return usecase_write(service, caller, ACTION_MONTH_CLOSE, area, summary_body, &summary, reply);
}

enum result month_close(struct service *service, const struct caller *caller, const char *month,
                        const char *area, struct reply *reply)
{
    char code[AREA_TEXT];
    struct close_job job = {0};
    enum result result = rows_query_month(service, month, &job.month, reply);

    if (result == 0)
        result = rows_query_area(service, caller, area, code, reply);
    if (result == 0)
        result = clockwatch_refuse(service, reply);
    if (result == 0)
        result = check_closable(service, job.month, reply);
    if (result != 0)
        return result;
    area_ancestor(code, AREA_STREET, job.street);
    if (*job.street == '\0')
        return close_all(service, caller, &job, code, reply);
    return usecase_write(service, caller, ACTION_MONTH_CLOSE, job.street, close_body, &job, reply);
}

// ---- closing by the timer

static enum result close_month_due(struct service *service, const struct caller *caller,
                                   month_t month, struct reply *reply)
{
    struct close_job job = {.month = month};
    struct streets streets = {.month = month, .due = service_today(service)};
    uint64_t missed = 0;

    snprintf(streets.area, sizeof streets.area, "%s", service_area(service));
    enum result result = usecase_read(service, caller, ACTION_MONTH_CLOSE, streets.area,
                                      streets_body, &streets, reply);
    if (result == 0)
        result = close_streets(service, caller, &streets, &job, &missed, reply);
    free(streets.codes);
    return result;
}

enum result month_close_due(struct service *service)
{
    struct caller caller = facts_system(service);
    struct reply reply = {0};
    day_t today = service_today(service);
    enum result result = RESULT_OK;

    if (clockwatch_is_doubtful(service))
        return RESULT_OK;
    if (service_collects(service)) { /* the streets close their months */
        atomic_store(&service->closed_for, today);
        return RESULT_OK;
    }
    for (month_t month = service_first_month(service); month < month_of(today) && result == 0;
         month++)
        result = close_month_due(service, &caller, month, &reply);
    reply_free(&reply);
    if (result == 0)
        atomic_store(&service->closed_for, today);
    catching_up_tell(service);
    return result;
}

/** True if the timer's closings of today are not done yet and may concern this month. */
static bool is_closing(const struct service *service, month_t month, day_t today)
{
    return month < month_of(today) && atomic_load(&service->closed_for) != today;
}

enum result month_await_closing(struct service *service, month_t month, const char *area,
                                struct reply *reply)
{
    struct caller system = facts_system(service);
    struct streets streets = {.month = month, .due = service_today(service)};
    char text[MONTH_TEXT];

    if (service->read_only || !is_closing(service, month, streets.due))
        return RESULT_OK;
    if (clockwatch_is_doubtful(service))
        return clockwatch_refuse(service, reply);
    if (catching_up_wait(service))
        return RESULT_OK;
    area_ancestor(area, AREA_STREET, streets.area);
    if (*streets.area == '\0')
        snprintf(streets.area, sizeof streets.area, "%s", area);
    enum result result = usecase_read(service, &system, ACTION_MONTH_CLOSE, streets.area,
                                      streets_body, &streets, reply);
    free(streets.codes);
    if (result != 0 || streets.count == 0)
        return result;
    return reply_say(reply, RESULT_AGAIN, "%s 正在月结，请过一会儿再看。",
                     month_format(month, text));
}

enum result month_closed_in_time(struct usecase *usecase, month_t month, const char *area,
                                 bool *ret_closed)
{
    char street[AREA_TEXT];
    char text[MONTH_TEXT];
    enum month_state state;
    day_t due = 0;
    enum result result = usecase_month_state(usecase, month, area, &state);

    area_ancestor(area, AREA_STREET, street);
    if (result != 0)
        return result;
    *ret_closed = state == MONTH_CLOSED;
    if (*ret_closed || *street == '\0' || usecase->service->read_only ||
        !is_closing(usecase->service, month, usecase->today))
        return RESULT_OK;
    result = closing_day(usecase, month, street, state, &due);
    if (result != 0 || due > usecase->today)
        return result;
    if (clockwatch_is_doubtful(usecase->service))
        return clockwatch_refuse(usecase->service, usecase->reply);
    usecase->awaits_closing = true;
    return reply_say(usecase->reply, RESULT_AGAIN, "%s 正在月结，请过一会儿再办。",
                     month_format(month, text));
}

// ---- reopening

struct reopen_job {
    month_t month;
    char street[AREA_TEXT];
    const char *reason;
};

/** An officer may not reopen a month that the same officer closed. Any chief may reopen a month
 *  that the timer closed; maintenance may reopen all. */
static enum result check_reopener(struct usecase *usecase, const Rec__Statement *statement)
{
    if (usecase->caller->role == ROLE_SYSTEM)
        return RESULT_OK;
    return usecase_refuse_maker(usecase, statement->closed_by, "这个月是您结的，不能由您重开");
}

static enum result reopen_statement(struct usecase *usecase, const struct reopen_job *job)
{
    Rec__Statement *statement = NULL;
    enum result result = store_statement_get(usecase->txn, job->month, job->street, &statement);

    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "该月尚未月结，不需要重新打开。");
    if (result != 0)
        return result;
    if (statement->reopened_at != 0) {
        result = reply_say(usecase->reply, RESULT_EXISTS, "该月已经重新打开，不用再办。");
    } else if ((result = check_reopener(usecase, statement)) == 0) {
        statement->reopened_at = usecase->now;
        record_set(&statement->reopened_by, usecase->caller->officer);
        record_set(&statement->reopen_reason, job->reason);
        event_add_note(usecase, "第 %" PRIu32 " 版重开：%s", statement->version, job->reason);
        result = store_statement_put(usecase->txn, statement);
    }
    rec__statement__free_unpacked(statement, NULL);
    return result;
}

/** Marks the row as reopened; `frozen` keeps the reported state until the month is closed again. */
static enum result reopen_row(struct usecase *usecase, const Rec__Duty *duty)
{
    Rec__Duty *reopened = record_copy(duty);

    reopened->reopened = true;
    enum result result = counted_duty_put(usecase, duty, reopened);
    rec__duty__free_unpacked(reopened, NULL);
    return result;
}

static enum result reopen_body(struct usecase *usecase, void *arg)
{
    const struct reopen_job *job = arg;
    struct street_duties duties = {0};
    char month[MONTH_TEXT];
    char day[DATE_TEXT];

    month_format(job->month, month);
    event_name_record(usecase, job->street, "month:%s:%s", month, job->street);
    enum result result = reopen_statement(usecase, job);
    if (result == 0)
        result = load_duties(usecase, job->month, job->street, &duties);
    for (size_t i = 0; i < duties.count && result == 0; i++)
        result = reopen_row(usecase, duties.items[i]);
    free_duties(&duties);
    if (result != 0)
        return result;
    usecase_month_mark(usecase, job->month, job->street, false);
    struct duty_rules rules = facts_duty_rules(usecase->service, job->month);
    return reply_say(usecase->reply, RESULT_OK,
                     "%s %s 已重新打开，改完请再次月结；%s 零时自动月结。",
                     service_area_name(usecase->service, job->street), month,
                     date_format(usecase->today + rules.reopen_days, day));
}

enum result month_reopen(struct service *service, const struct caller *caller, const char *month,
                         const char *area, const char *reason, struct reply *reply)
{
    char code[AREA_TEXT];
    struct reopen_job job = {.reason = reason == NULL ? "" : reason};
    enum result result = rows_query_month(service, month, &job.month, reply);

    if (result == 0)
        result = rows_query_area(service, caller, area, code, reply);
    if (result == 0)
        result = clockwatch_refuse(service, reply); /* the next closing day is counted from today */
    if (result != 0)
        return result;
    area_ancestor(code, AREA_STREET, job.street);
    if (*job.street == '\0')
        return reply_say(reply, RESULT_USAGE, "重新打开按镇街办理，请指明镇街的区划代码。");
    result = reason_check("reason", job.reason, "请写明重新打开的原因", reply);
    if (result != 0)
        return result;
    return usecase_write(service, caller, ACTION_MONTH_REOPEN, job.street, reopen_body, &job,
                         reply);
}
