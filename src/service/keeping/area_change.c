#include "service/keeping/area_change.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/month.h"
#include "service/frame/clockwatch.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/keeping/area_move.h"
#include "service/keeping/area_plan.h"
#include "service/keeping/area_record.h"
#include "service/ledger/opening.h"
#include "service/ledger/street.h"
#include "service/memory/state.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** What went along with a step. */
struct tally {
    uint64_t things[AREA_THINGS];
    uint64_t duties;
};

struct change_job {
    const struct area_order *order;
    day_t from;
    uint64_t number; /**< of a planned change that is made now, 0 = a new one */
    struct area_plan plan;
    struct tally *tallies; /**< one for each step */
    struct tally sum;
    Rec__AreaChange *record;
    struct sheet *sheet;
};

static void job_clear(struct change_job *job)
{
    area_plan_free(&job->plan);
    free(job->tallies);
    job->tallies = NULL;
    job->sum = (struct tally){0};
    if (job->record != NULL)
        rec__area_change__free_unpacked(job->record, NULL);
    job->record = NULL;
    sheet_free(&job->sheet);
}

// ---- the day

/** Refuses a day in a month that a street in or around `code` has closed. */
static enum result check_street(struct usecase *usecase, const struct change_job *job,
                                const char *street)
{
    month_t open = 0;
    char day[DATE_TEXT], month[MONTH_TEXT];
    enum result result = street_open_from(usecase, street, &open);

    if (result != 0 || month_of(job->from) >= open)
        return result;
    return reply_say(usecase->reply, RESULT_INVALID,
                     "%s %s 及以前的月份已月结，保持原样；生效日期请填 %s 或以后。",
                     service_area_name(usecase->service, street), month_format(open - 1, month),
                     date_format(month_first(open), day));
}

static enum result check_streets(struct usecase *usecase, const struct change_job *job,
                                 const char *code)
{
    char street[AREA_TEXT];
    const Rec__Area *area;
    enum result result = RESULT_OK;

    area_ancestor(code, AREA_STREET, street);
    if (*street != '\0')
        return cache_area(usecase->service->cache, street) != NULL
                   ? check_street(usecase, job, street)
                   : RESULT_OK;
    for (size_t i = 0; (area = cache_area_at(usecase->service->cache, i)) != NULL && result == 0;
         i++)
        if (area_level(area->code) == AREA_STREET && area_contains(code, area->code))
            result = check_street(usecase, job, area->code);
    return result;
}

static enum result check_day(struct usecase *usecase, const struct change_job *job)
{
    const struct area_plan *plan = &job->plan;
    enum result result = RESULT_OK;

    if (job->from < month_first(service_first_month(usecase->service)))
        return reply_say(usecase->reply, RESULT_INVALID, "生效日期早于本系统启用的月份，请核对。");
    for (size_t i = 0; i < plan->count && result == 0; i++)
        result = check_streets(usecase, job, plan->items[i].is->code);
    for (size_t i = 0; i < plan->pair_count && result == 0; i++)
        if (*plan->pairs[i].into != '\0')
            result = check_streets(usecase, job, plan->pairs[i].into);
    return result;
}

/** A new street begins with the first month that its people bring along open. */
static enum result set_first_month(struct usecase *usecase, const struct area_plan *plan,
                                   Rec__Area *street)
{
    enum result result = RESULT_OK;

    street->first_month = month_of(plan->from);
    for (size_t i = 0; i < plan->pair_count && result == 0; i++) {
        month_t open = street->first_month;
        if (area_contains(street->code, plan->pairs[i].into) && *plan->pairs[i].into != '\0')
            result = street_open_from(usecase, plan->pairs[i].old, &open);
        if (open < street->first_month)
            street->first_month = open;
    }
    return result;
}

static enum result set_first_months(struct usecase *usecase, const struct area_plan *plan)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < plan->count && result == 0; i++)
        if (plan->items[i].was == NULL && area_level(plan->items[i].is->code) == AREA_STREET)
            result = set_first_month(usecase, plan, plan->items[i].is);
    return result;
}

// ---- moving

static const char *go_where(const struct area_found *found, void *arg)
{
    const struct change_job *job = arg;
    const struct area_plan_pair *pair = area_plan_pair(&job->plan, found->area);

    return pair != NULL ? pair->into : NULL;
}

static void note_moved(const struct area_found *found, const char *into, void *arg)
{
    struct change_job *job = arg;
    struct tally *tally = &job->tallies[area_plan_pair(&job->plan, found->area)->step];

    tally->things[found->thing]++;
    tally->duties += found->duties;
    job->sum.things[found->thing]++;
    job->sum.duties += found->duties;
    if (*into != '\0')
        area_record_moved(job->record, found, into);
}

/** Refuses to close a division in which somebody is left. */
static enum result check_left(struct usecase *usecase, const struct change_job *job)
{
    for (size_t i = 0; i < job->record->n_steps; i++) {
        const Rec__AreaStep *step = job->record->steps[i];
        if (strcmp(step->what, AREA_CLOSE) != 0)
            continue;
        for (enum area_thing thing = AREA_CASES; thing < AREA_THINGS; thing++)
            if (job->tallies[i].things[thing] != 0)
                return reply_say(usecase->reply, RESULT_INVALID,
                                 "撤销%s：里面还有%s %" PRIu64
                                 " 个，请改用并入（merge），或先逐个迁走。",
                                 step->code, area_move_label(thing), job->tallies[i].things[thing]);
    }
    return RESULT_OK;
}

static enum result move_all(struct usecase *usecase, struct change_job *job, bool check_only)
{
    const char **codes = mem_array(job->plan.pair_count + 1, sizeof *codes);
    struct area_move move = {
        .usecase = usecase,
        .from = job->from,
        .check_only = check_only,
        .count = job->plan.pair_count,
        .codes = codes,
        .where = go_where,
        .moved = note_moved,
        .arg = job,
    };

    for (size_t i = 0; i < job->plan.pair_count; i++)
        codes[i] = job->plan.pairs[i].old;
    enum result result = area_move_all(&move);
    free(codes);
    return result == 0 ? check_left(usecase, job) : result;
}

// ---- applying

static enum result put_areas(struct usecase *usecase, const struct area_plan *plan)
{
    struct service *service = usecase->service;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < plan->count && result == 0; i++)
        result = store_area_put(usecase->txn, plan->items[i].is);
    if (result == 0)
        result = cache_load_within(service->cache, usecase->txn);
    closed_months_clear(service->closed);
    return result;
}

static void say_event(struct usecase *usecase, const struct change_job *job)
{
    const Rec__AreaChange *record = job->record;
    char day[DATE_TEXT];

    event_name_record(usecase, record->steps[0]->code, "area:%s", record->steps[0]->code);
    for (size_t i = 0; i < record->n_steps; i++) {
        const Rec__AreaStep *step = record->steps[i];
        event_add_change(usecase, area_plan_label(step->what), step->code,
                         *step->into != '\0' ? step->into : step->name);
    }
    event_add_note(usecase,
                   "区划调整 %" PRIu64 "，自 %s 起%s：个案 %" PRIu64 "，人员 %" PRIu64
                   "，经办人 %" PRIu64 "，未月结的应访任务 %" PRIu64,
                   record->id, date_format(record->from, day),
                   strcmp(record->state, AREA_CHANGE_PLANNED) == 0 ? "，到期生效" : "",
                   record->cases, record->persons, record->officers, record->duties);
}

static enum result apply(struct usecase *usecase, struct change_job *job)
{
    Rec__AreaChange *record = job->record;
    enum result result = put_areas(usecase, &job->plan);

    if (result == 0)
        result = area_record_copy_amounts(usecase, &job->plan, record);
    if (result == 0)
        result = move_all(usecase, job, false);
    if (result == 0)
        result = area_record_rename_shared(usecase, &job->plan);
    if (result != 0)
        return result;
    struct area_closings closings;
    area_record_keep(&job->plan, record);
    result = area_record_closings(usecase, record, &closings);
    if (result != 0)
        return result;
    record->statements = closings.count;
    record->applied_at = usecase->now;
    record_set(&record->state, AREA_CHANGE_DONE);
    return RESULT_OK;
}

static enum result put_change(struct usecase *usecase, struct change_job *job)
{
    Rec__AreaChange *record = job->record;
    enum result result = RESULT_OK;

    if (job->number == 0)
        result = store_next(facts_store(usecase->service), "area:change", &record->id);
    record->cases = job->sum.things[AREA_CASES];
    record->persons = job->sum.things[AREA_PERSONS];
    record->officers = job->sum.things[AREA_OFFICERS];
    record->duties = job->sum.duties;
    if (result == 0)
        result = store_area_change_put(usecase->txn, record);
    say_event(usecase, job);
    return result;
}

// ---- the use case

/** The name that the people of a step's code find themselves under. */
static const char *new_name(const struct service *service, const Rec__AreaStep *step)
{
    const char *into = service_area_name(service, step->into);

    if (*step->name != '\0')
        return step->name;
    return *into != '\0' || *step->into == '\0' ? into : service_area_name(service, step->code);
}

/** The name of a step's division before the change. */
static const char *old_name(const struct service *service, const struct area_plan *plan,
                            const char *code)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->items[i].was != NULL && strcmp(plan->items[i].is->code, code) == 0)
            return plan->items[i].was->name;
    return service_area_name(service, code);
}

static void write_sheet(const struct usecase *usecase, struct change_job *job)
{
    job->sheet = column_sheet(&COLUMNS_AREA_STEPS);
    for (size_t i = 0; i < job->record->n_steps; i++) {
        const Rec__AreaStep *step = job->record->steps[i];
        const struct tally *tally = &job->tallies[i];
        size_t row = sheet_add_row(job->sheet);
        sheet_set(job->sheet, row, "what", area_plan_label(step->what));
        sheet_set(job->sheet, row, "code", step->code);
        sheet_set(job->sheet, row, "name", old_name(usecase->service, &job->plan, step->code));
        sheet_set(job->sheet, row, "into", step->into);
        sheet_set(job->sheet, row, "new_name", new_name(usecase->service, step));
        sheet_set_number(job->sheet, row, "cases", tally->things[AREA_CASES]);
        sheet_set_number(job->sheet, row, "persons", tally->things[AREA_PERSONS]);
        sheet_set_number(job->sheet, row, "officers", tally->things[AREA_OFFICERS]);
        sheet_set_number(job->sheet, row, "duties", tally->duties);
    }
}

/** "，个案 3 件、人员 4 人、经办人 1 人、未月结的应访任务 3 项改到新区划"; nothing if no code goes. */
static char *say_moved(const struct change_job *job, bool planned)
{
    const struct tally *sum = &job->sum;

    if (job->plan.pair_count == 0)
        return mem_copy("");
    return mem_printf("，个案 %" PRIu64 " 件、人员 %" PRIu64 " 人、经办人 %" PRIu64
                      " 人、未月结的应访任务 %" PRIu64 " 项%s",
                      sum->things[AREA_CASES], sum->things[AREA_PERSONS],
                      sum->things[AREA_OFFICERS], sum->duties,
                      planned ? "到那天改到新区划" : "改到新区划");
}

static enum result say_done(struct usecase *usecase, const struct change_job *job)
{
    bool planned = job->from > usecase->today;
    char *moved = say_moved(job, planned || job->order->dry_run);
    char number[NUMBER_TEXT], day[DATE_TEXT];
    enum result result;

    snprintf(number, sizeof number, "%" PRIu64, job->record->id);
    date_format(job->from, day);
    if (job->order->dry_run) {
        result = reply_say(usecase->reply, RESULT_OK, "试算，没有改动：自 %s 起%s。", day, moved);
    } else {
        fields_set(&usecase->reply->values, "number", number);
        result = reply_say(usecase->reply, RESULT_OK, "区划调整 %s %s：自 %s 起%s。", number,
                           planned ? "已记下，到期自动生效" : "已生效", day, moved);
    }
    free(moved);
    return result;
}

/** Checks everything and gathers what would go. */
static enum result prepare(struct usecase *usecase, struct change_job *job)
{
    const struct area_order *order = job->order;
    enum result result = RESULT_OK;

    job_clear(job);
    job->record = area_record_begin(usecase, job->from, order->count, order->steps);
    job->tallies = mem_array(order->count + 1, sizeof *job->tallies);
    result = area_plan_make(usecase, job->from, order->count, order->steps, &job->plan);
    if (result == 0)
        result = check_day(usecase, job);
    return result == 0 ? set_first_months(usecase, &job->plan) : result;
}

/** A trial run, and a change of a day to come: nothing moves. */
static enum result try_body(struct usecase *usecase, void *arg)
{
    struct change_job *job = arg;
    enum result result = prepare(usecase, job);

    if (result == 0)
        result = move_all(usecase, job, true);
    if (result != 0)
        return result;
    write_sheet(usecase, job);
    return say_done(usecase, job);
}

static enum result plan_body(struct usecase *usecase, void *arg)
{
    struct change_job *job = arg;
    enum result result = try_body(usecase, job);

    if (result != 0)
        return result;
    record_set(&job->record->state, AREA_CHANGE_PLANNED);
    area_record_forget_moved(job->record); /* what goes on the day is gathered on the day */
    result = put_change(usecase, job);
    return result == 0 ? say_done(usecase, job) : result;
}

/** Takes the planned change that is made now. */
static enum result take_planned(struct usecase *usecase, struct change_job *job)
{
    Rec__AreaChange *planned = NULL;
    enum result result = store_area_change_get(usecase->txn, job->number, &planned);

    if (result != 0)
        return result;
    if (strcmp(planned->state, AREA_CHANGE_PLANNED) != 0)
        result = RESULT_CONFLICT;
    job->record->id = planned->id;
    job->record->at = planned->at;
    record_set(&job->record->by, planned->by);
    rec__area_change__free_unpacked(planned, NULL);
    return result;
}

static enum result change_body(struct usecase *usecase, void *arg)
{
    struct change_job *job = arg;
    /* An earlier run of this body may have left its own divisions in memory. */
    enum result result = cache_load_within(usecase->service->cache, usecase->txn);

    if (result == 0)
        result = prepare(usecase, job);
    if (result == 0 && job->number != 0)
        result = take_planned(usecase, job);
    if (result == 0)
        result = apply(usecase, job);
    if (result == 0)
        result = put_change(usecase, job);
    if (result != 0)
        return result;
    write_sheet(usecase, job);
    return say_done(usecase, job);
}

/** Reads the duties of a month that is still being opened first: a case that moves might be
 *  overlooked. */
static enum result await_opening(struct service *service, struct reply *reply)
{
    enum result result = clockwatch_refuse(service, reply);

    if (result == 0)
        result =
            opening_await(service, month_of(service_today(service)), service_area(service), reply);
    if (result == 0 && facts_complete_month(service) < facts_opened_month(service))
        result = reply_say(reply, RESULT_AGAIN, "本月的应访任务正在生成，请过一会儿再调整。");
    return result;
}

static enum result write_change(struct service *service, const struct caller *caller,
                                struct change_job *job, struct reply *reply)
{
    enum result result = await_opening(service, reply);

    if (result != 0)
        return result;
    result = usecase_write(service, caller, ACTION_AREA_CHANGE, NULL, change_body, job, reply);
    if (result != 0) { /* the transaction has put its divisions into memory */
        closed_months_clear(service->closed);
        (void)cache_load(service->cache, service->store);
    } else {
        area_record_renew_officers(service, job->record);
    }
    return result;
}

enum result area_change(struct service *service, const struct caller *caller,
                        const struct area_order *order, struct sheet **ret_sheet,
                        struct reply *reply)
{
    struct change_job job = {.order = order};
    enum result result = service_check(service, caller, ACTION_AREA_CHANGE, NULL, reply);

    if (result == 0 && store_format(facts_store(service)) < STORE_FORMAT)
        result = reply_say(reply, RESULT_FULL,
                           "磁盘已满，数据还没有升级，区划先不能调整；请腾出空间，重启服务再办。");
    if (result == 0 && order->count == 0)
        result = reply_say(reply, RESULT_USAGE, "没有要调整的区划，请核对区划表。");
    if (result == 0 && date_parse_loose(order->from, &job.from) != 0)
        result =
            reply_say(reply, RESULT_INVALID, "生效日期“%s”不对，应如 2026-07-01。", order->from);
    if (result != 0)
        return result;
    if (order->dry_run)
        result = usecase_read(service, caller, ACTION_AREA_CHANGE, NULL, try_body, &job, reply);
    else if (job.from > service_today(service))
        result = usecase_write(service, caller, ACTION_AREA_CHANGE, NULL, plan_body, &job, reply);
    else
        result = write_change(service, caller, &job, reply);
    if (result == 0) { /* a request that is answered from its receipt has no rows */
        *ret_sheet = job.sheet != NULL ? job.sheet : column_sheet(&COLUMNS_AREA_STEPS);
        job.sheet = NULL;
    }
    job_clear(&job);
    return result;
}

// ---- planned changes

struct due_job {
    day_t today;
    size_t count, capacity;
    Rec__AreaChange **items; /**< owned */
};

static enum result gather_due(const Rec__AreaChange *change, void *arg)
{
    struct due_job *due = arg;

    if (strcmp(change->state, AREA_CHANGE_PLANNED) != 0 || change->from > due->today)
        return RESULT_OK;
    mem_grow((void **)&due->items, due->count, &due->capacity, sizeof *due->items);
    due->items[due->count++] = record_copy(change);
    return RESULT_OK;
}

static enum result read_due(struct txn *txn, void *arg)
{
    return store_area_change_scan(txn, gather_due, arg);
}

/** Notes why a planned change could not be made, so that the list of changes says it. */
static enum result note_fault(struct usecase *usecase, void *arg)
{
    return store_area_change_put(usecase->txn, arg);
}

static enum result make_planned(struct service *service, Rec__AreaChange *planned)
{
    char from[DATE_TEXT];
    struct area_order order = {.from = date_format(planned->from, from),
                               .count = planned->n_steps,
                               .steps = planned->steps};
    struct change_job job = {.order = &order, .from = planned->from, .number = planned->id};
    struct caller system = facts_system(service);
    struct reply reply = {0};
    struct reply unused = {0};
    enum result result = write_change(service, &system, &job, &reply);

    log_info("area change %" PRIu64 ": %s", planned->id, result_name(result));
    if (result != 0 && result != RESULT_AGAIN && reply.message != NULL &&
        strcmp(planned->fault, reply.message) != 0) {
        record_set(&planned->fault, reply.message);
        (void)usecase_write_unlogged(service, &system, STORE_WRITE, note_fault, planned, &unused);
    }
    reply_free(&unused);
    reply_free(&reply);
    job_clear(&job);
    /* A change that cannot be made must not hold up the timer's other work. */
    return result == RESULT_INVALID || result == RESULT_USAGE ? RESULT_OK : result;
}

enum result area_change_due(struct service *service)
{
    struct due_job due = {.today = service_today(service)};
    enum result result = clockwatch_is_doubtful(service)
                             ? RESULT_OK
                             : store_run(service->store, STORE_READ, read_due, &due);

    for (size_t i = 0; i < due.count; i++) {
        if (result == 0)
            result = make_planned(service, due.items[i]);
        rec__area_change__free_unpacked(due.items[i], NULL);
    }
    free(due.items);
    return result;
}
