#include "service/keeping/area_undo.h"

#include "base/mem.h"
#include "base/month.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/keeping/area_change.h"
#include "service/keeping/area_move.h"
#include "service/keeping/area_record.h"
#include "service/ledger/duties.h"
#include "service/memory/state.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct undo_job {
    uint64_t number;
    bool dry_run;
    struct usecase *usecase;
    Rec__AreaChange *change;
    uint64_t things[AREA_THINGS];
    uint64_t duties;
    uint64_t lost; /**< things in a division that would be gone */
};

static void job_clear(struct undo_job *job)
{
    if (job->change != NULL)
        rec__area_change__free_unpacked(job->change, NULL);
    *job = (struct undo_job){.number = job->number, .dry_run = job->dry_run};
}

// ---- what may be undone

static const Rec__Area *find_area(Rec__Area *const *areas, size_t count, const char *code)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(areas[i]->code, code) == 0)
            return areas[i];
    return NULL;
}

/** True if the change has made this code. */
static bool is_made(const Rec__AreaChange *change, const char *code)
{
    return find_area(change->after, change->n_after, code) != NULL &&
           find_area(change->before, change->n_before, code) == NULL;
}

/** Each division must be as the change left it. */
static enum result check_areas(struct usecase *usecase, const Rec__AreaChange *change)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < change->n_after && result == 0; i++) {
        Rec__Area *now = NULL;
        result = store_area_get(usecase->txn, change->after[i]->code, &now);
        if (result == RESULT_NOTFOUND || (result == 0 && !record_equal(now, change->after[i])))
            result = reply_say(usecase->reply, RESULT_CONFLICT,
                               "%s 后来又调整过，请先撤销后来的那次（doudi area changes 可查）。",
                               change->after[i]->code);
        if (now != NULL)
            rec__area__free_unpacked(now, NULL);
    }
    return result;
}

/** What took another division in must still be there. */
static enum result check_successors(struct usecase *usecase, const Rec__AreaChange *change)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < change->n_after && result == 0; i++) {
        const char *into = change->after[i]->successor;
        if (*into != '\0' && !facts_area_lives(usecase->service, into, NULL))
            result =
                reply_say(usecase->reply, RESULT_CONFLICT,
                          "%s %s 后来又调整过，请先撤销后来的那次（doudi area changes 可查）。",
                          into, service_area_name(usecase->service, into));
    }
    return result;
}

/** Refuses if an affected street has closed a month since. */
static enum result check_closings(struct usecase *usecase, const Rec__AreaChange *change)
{
    struct area_closings closings = {0};
    char month[MONTH_TEXT];
    enum result result = area_record_closings(usecase, change, &closings);

    if (result != 0 || closings.count == change->statements)
        return result;
    return reply_say(usecase->reply, RESULT_CLOSED,
                     "%s 的 %s 已按调整后的区划月结，不能整步撤销；请另做一次调整改回去。",
                     service_area_name(usecase->service, closings.area),
                     month_format(closings.month, month));
}

static enum result check_change(struct usecase *usecase, const Rec__AreaChange *change)
{
    enum result result = check_areas(usecase, change);

    if (result == 0)
        result = check_successors(usecase, change);
    if (result == 0)
        result = check_closings(usecase, change);
    return result;
}

// ---- where things go back to

/** A code that took the new one's place before: the first whose successor it is. */
static const char *first_before(const Rec__AreaChange *change, const char *code)
{
    for (size_t i = 0; i < change->n_after; i++)
        if (strcmp(change->after[i]->successor, code) == 0)
            return change->after[i]->code;
    return "";
}

static const char *go_back(const struct area_found *found, void *arg)
{
    const struct undo_job *job = arg;
    const Rec__AreaChange *change = job->change;

    for (size_t i = 0; i < change->n_moved; i++)
        if (strcmp(change->moved[i]->new_, found->area) == 0 &&
            area_record_has(change->moved[i], found))
            return change->moved[i]->old;
    return is_made(change, found->area) ? first_before(change, found->area) : NULL;
}

static void note_back(const struct area_found *found, const char *into, void *arg)
{
    struct undo_job *job = arg;

    job->things[found->thing]++;
    job->duties += found->duties;
    job->lost += *into == '\0';
}

static int compare_codes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum result move_back(struct usecase *usecase, struct undo_job *job)
{
    const Rec__AreaChange *change = job->change;
    const char **codes = mem_array(change->n_after + change->n_moved + 1, sizeof *codes);
    struct area_move move = {
        .usecase = usecase,
        .from = change->from,
        .check_only = job->dry_run,
        .back = true,
        .codes = codes,
        .where = go_back,
        .moved = note_back,
        .arg = job,
    };

    for (size_t i = 0; i < change->n_after; i++)
        if (is_made(change, change->after[i]->code))
            codes[move.count++] = change->after[i]->code;
    for (size_t i = 0; i < change->n_moved; i++) {
        bool known = false;
        for (size_t k = 0; k < move.count; k++)
            known |= strcmp(codes[k], change->moved[i]->new_) == 0;
        if (!known)
            codes[move.count++] = change->moved[i]->new_;
    }
    qsort(codes, move.count, sizeof *codes, compare_codes);
    enum result result = area_move_all(&move);
    free(codes);
    if (result == 0 && job->lost > 0)
        result = reply_say(usecase->reply, RESULT_CONFLICT,
                           "新设的区划里已有 %" PRIu64 " 条个案、人员或经办人，请先迁出再撤销。",
                           job->lost);
    return result;
}

// ---- undoing

static enum result restore_areas(struct usecase *usecase, const Rec__AreaChange *change)
{
    struct service *service = usecase->service;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < change->n_before && result == 0; i++)
        result = store_area_put(usecase->txn, change->before[i]);
    for (size_t i = 0; i < change->n_standards && result == 0; i++) {
        const Rec__Standard *standard = change->standards[i];
        result = store_standard_del(usecase->txn, standard->name, standard->area, standard->from);
        if (result == RESULT_NOTFOUND)
            result = RESULT_OK;
    }
    if (result == 0)
        result = cache_load_within(service->cache, usecase->txn);
    closed_months_clear(service->closed);
    return result;
}

static enum result delete_area(struct usecase *usecase, const Rec__AreaChange *change,
                               const char *code)
{
    const char *before = first_before(change, code);
    enum result result = *before != '\0' ? duties_move_left(usecase, code, before) : RESULT_OK;

    return result == 0 ? store_area_del(usecase->txn, code) : result;
}

/** Deletes the divisions that the change made; nobody is in them any more. */
static enum result delete_made(struct usecase *usecase, const Rec__AreaChange *change)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < change->n_after && result == 0; i++)
        if (is_made(change, change->after[i]->code))
            result = delete_area(usecase, change, change->after[i]->code);
    if (result == 0)
        result = cache_load_within(usecase->service->cache, usecase->txn);
    closed_months_clear(usecase->service->closed);
    return result;
}

/** Names of villages that were renamed go back into the rows that have them. */
static enum result restore_names(struct usecase *usecase, const Rec__AreaChange *change)
{
    struct area_plan plan = {.from = change->from};
    enum result result = RESULT_OK;

    for (size_t i = 0; i < change->n_before && result == 0; i++) {
        struct area_plan_item item = {
            .was = (Rec__Area *)find_area(change->after, change->n_after, change->before[i]->code),
            .is = change->before[i]};
        plan.items = &item;
        plan.count = 1;
        result = area_record_rename_shared(usecase, &plan);
    }
    return result;
}

static enum result take_back(struct usecase *usecase, struct undo_job *job)
{
    Rec__AreaChange *change = job->change;
    enum result result = check_change(usecase, change);

    if (result == 0 && !job->dry_run)
        result = restore_areas(usecase, change);
    if (result == 0)
        result = move_back(usecase, job);
    if (result == 0 && !job->dry_run)
        result = restore_names(usecase, change);
    return result == 0 && !job->dry_run ? delete_made(usecase, change) : result;
}

static enum result load_change(struct usecase *usecase, struct undo_job *job)
{
    enum result result = store_area_change_get(usecase->txn, job->number, &job->change);

    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, RESULT_NOTFOUND,
                         "没有编号 %" PRIu64 " 的区划调整，doudi area changes 可查。", job->number);
    for (size_t i = 0; result == 0 && i < job->change->n_steps; i++)
        result = usecase_allow(usecase, ACTION_AREA_CHANGE, job->change->steps[i]->code);
    if (result == 0 && strcmp(job->change->state, AREA_CHANGE_UNDONE) == 0)
        result = reply_say(usecase->reply, RESULT_EXISTS,
                           "区划调整 %" PRIu64 " 已经撤销过，不用再办。", job->number);
    return result;
}

static enum result put_undone(struct usecase *usecase, struct undo_job *job)
{
    Rec__AreaChange *change = job->change;

    record_set(&change->state, AREA_CHANGE_UNDONE);
    record_set(&change->undone_by, usecase->caller->officer);
    change->undone_at = usecase->now;
    event_name_record(usecase, change->steps[0]->code, "area:%s", change->steps[0]->code);
    event_add_note(usecase,
                   "撤销区划调整 %" PRIu64 "：个案 %" PRIu64 "，人员 %" PRIu64 "，经办人 %" PRIu64
                   "，未月结的应访任务 %" PRIu64,
                   job->number, job->things[AREA_CASES], job->things[AREA_PERSONS],
                   job->things[AREA_OFFICERS], job->duties);
    return store_area_change_put(usecase->txn, change);
}

static enum result undo_body(struct usecase *usecase, void *arg)
{
    struct undo_job *job = arg;

    job_clear(job);
    enum result result =
        job->dry_run ? RESULT_OK : cache_load_within(usecase->service->cache, usecase->txn);
    if (result == 0)
        result = load_change(usecase, job);
    if (result == 0 && strcmp(job->change->state, AREA_CHANGE_DONE) == 0)
        result = take_back(usecase, job);
    if (result == 0 && !job->dry_run)
        result = put_undone(usecase, job);
    if (result != 0)
        return result;
    return reply_say(usecase->reply, RESULT_OK,
                     "%s区划调整 %" PRIu64 "：个案 %" PRIu64 " 件、人员 %" PRIu64
                     " 人、经办人 %" PRIu64 " 人、未月结的应访任务 %" PRIu64 " 项%s回到原区划。",
                     job->dry_run ? "试算（没有改动）撤销" : "已撤销", job->number,
                     job->things[AREA_CASES], job->things[AREA_PERSONS], job->things[AREA_OFFICERS],
                     job->duties, job->dry_run ? "将" : "");
}

enum result area_undo(struct service *service, const struct caller *caller, uint64_t number,
                      bool dry_run, struct reply *reply)
{
    struct undo_job job = {.number = number, .dry_run = dry_run};
    enum result result;

    if (dry_run) {
        result = usecase_read(service, caller, ACTION_AREA_CHANGE, NULL, undo_body, &job, reply);
        job_clear(&job);
        return result;
    }
    result = usecase_write(service, caller, ACTION_AREA_CHANGE, NULL, undo_body, &job, reply);
    if (result != 0) {
        closed_months_clear(service->closed);
        (void)cache_load(service->cache, service->store);
    } else if (job.change != NULL) {
        area_record_renew_officers(service, job.change);
    }
    job_clear(&job);
    return result;
}
