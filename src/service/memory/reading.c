/*
 * Reads a month of the ledger into the totals: the open month at every start, others when they are
 * asked for. There may be a million rows, so the work for each is small: the rules of the month are
 * looked up once, and a village is added up before it goes into the tables.
 *
 * The reading runs in steps of whole villages, each with the gate held alone, so that officers can
 * work between the steps. A commit between steps changes the figures of villages already read; the
 * other villages are read later, with the change.
 */
#include "service/memory/judge.h"
#include "service/memory/state.h"
#include "service/memory/steps.h"
#include "service/memory/stored.h"

#include "base/mem.h"
#include "service/memory/reading.h"

#include <stdlib.h>
#include <string.h>

enum { STEP_ROWS = 20000 }; /* about 30 ms */

/** Figures of one programme and officer in a village. */
struct sum {
    char area[AREA_TEXT];
    char *kind, *officer;
    struct figures figures;
};

struct reading {
    struct service *service;
    struct totals *totals; /**< what is read goes there; the caller's */
    month_t month;
    day_t today;
    struct duty_rules rules;
    size_t most;            /**< rows of a step; its last village is always read whole */
    char passed[AREA_TEXT]; /**< the last village of the steps before */
    bool done;
    /* of the present step: */
    size_t row_count;
    char area[AREA_TEXT]; /**< the village being read */
    size_t first;         /**< its sums begin here */
    size_t count, capacity;
    struct sum *sums;
};

static struct reading reading_begin(struct service *service, month_t month, struct totals *totals)
{
    totals_begin(totals, month);
    return (struct reading){
        .service = service,
        .totals = totals,
        .month = month,
        .today = service_today(service),
        .rules = facts_duty_rules(service, month),
        .most = service->loading.step_rows,
    };
}

static void clear_step(struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++) {
        free(reading->sums[i].kind);
        free(reading->sums[i].officer);
    }
    reading->count = reading->first = reading->row_count = 0;
    reading->area[0] = '\0';
}

static void reading_end(struct reading *reading)
{
    clear_step(reading);
    free(reading->sums);
}

static struct figures *find_sum(struct reading *reading, const Rec__Duty *duty)
{
    for (size_t i = reading->first; i < reading->count; i++) {
        struct sum *sum = &reading->sums[i];
        if (strcmp(sum->kind, duty->kind) == 0 && strcmp(sum->officer, duty->officer) == 0)
            return &sum->figures;
    }
    mem_grow((void **)&reading->sums, reading->count, &reading->capacity, sizeof *reading->sums);
    struct sum *sum = &reading->sums[reading->count++];
    *sum = (struct sum){.kind = mem_copy(duty->kind), .officer = mem_copy(duty->officer)};
    memcpy(sum->area, reading->area, sizeof sum->area);
    return &sum->figures;
}

static enum result count_row(const Rec__Duty *duty, void *arg)
{
    struct reading *reading = arg;

    if (strcmp(duty->type, DUTY_TYPE_VISIT) != 0)
        return RESULT_OK;
    if (strcmp(duty->area, reading->area) != 0) {
        if (reading->row_count >= reading->most) {
            reading->done = false;
            return (enum result)STORE_STOP;
        }
        memcpy(reading->area, duty->area, strnlen(duty->area, AREA_TEXT - 1) + 1);
        reading->first = reading->count;
    }
    struct duty_view view = judge_duty(duty, &reading->rules, reading->today);
    figures_count(find_sum(reading, duty), &view, 1);
    reading->row_count++;
    return RESULT_OK;
}

/** A key after all rows of a village. New string. */
static char *key_behind(month_t month, const char *area)
{
    Rec__Duty last = REC__DUTY__INIT;

    last.month = month;
    last.area = (char *)(uintptr_t)area;
    last.case_id = UINT64_MAX;
    return store_duty_key_text(&last);
}

static enum result read_rows(struct txn *txn, void *arg)
{
    struct reading *reading = arg;
    bool begun = reading->passed[0] != '\0';
    char *after = begun ? key_behind(reading->month, reading->passed) : NULL;

    clear_step(reading);
    reading->done = true;
    enum result result = store_duty_scan(txn, reading->month, "", after, count_row, reading);
    free(after);
    return result;
}

/** Adds the next villages to the totals; no commit may run meanwhile. */
static enum result read_portion(void *arg, bool *ret_done)
{
    struct reading *reading = arg;
    enum result result = store_run(reading->service->store, STORE_READ, read_rows, reading);

    if (result != 0)
        return result;
    for (size_t i = 0; i < reading->count; i++) {
        struct sum *sum = &reading->sums[i];
        totals_add(reading->totals,
                   &(struct totals_key){reading->month, sum->area, sum->kind, sum->officer},
                   &sum->figures);
    }
    memcpy(reading->passed, reading->area, sizeof reading->passed);
    *ret_done = reading->done;
    return RESULT_OK;
}

enum result reading_read_month(struct service *service, month_t month, struct totals *totals)
{
    struct reading reading = reading_begin(service, month, totals);
    enum result result = steps_run(&service->stopping, read_portion, &reading);

    reading_end(&reading);
    return result;
}

enum result reading_load_month_alone(struct service *service, month_t month)
{
    struct totals *fresh;

    if (totals_has(service->totals, month))
        return RESULT_OK;
    fresh = totals_new(service->forms);
    enum result result = reading_read_month(service, month, fresh);
    if (result == 0)
        totals_take(service->totals, fresh, month);
    totals_free(&fresh);
    return result;
}

// ---- while others work

void reading_init(struct month_loading *loading)
{
    pthread_mutex_init(&loading->turn, NULL);
    loading->step_rows = STEP_ROWS;
}

void reading_apply(struct month_loading *loading, const struct delta *delta)
{
    if (loading->fresh != NULL)
        totals_apply(loading->fresh, delta, loading->passed);
}

/** Lets commits change the figures read so far (NULL = none) from now on; the gate is held alone. */
static void publish(struct service *service, const struct reading *reading, struct totals *fresh)
{
    struct month_loading *loading = &service->loading;

    memcpy(loading->passed, reading->passed, sizeof loading->passed);
    loading->fresh = fresh;
}

static enum result load_portion(void *arg, bool *ret_done)
{
    struct reading *reading = arg;
    struct service *service = reading->service;

    pthread_rwlock_wrlock(&service->gate);
    enum result result = read_portion(reading, ret_done);
    if (result == 0)
        publish(service, reading, reading->done ? NULL : reading->totals);
    if (result == 0 && reading->done)
        totals_take(service->totals, reading->totals, reading->month);
    pthread_rwlock_unlock(&service->gate);
    return result;
}

static enum result load_in_steps(struct service *service, month_t month)
{
    struct totals *fresh = totals_new(service->forms);
    struct reading reading = reading_begin(service, month, fresh);
    enum result result = steps_run(&service->stopping, load_portion, &reading);

    if (result != 0) { /* the next commit would change freed figures */
        pthread_rwlock_wrlock(&service->gate);
        publish(service, &reading, NULL);
        pthread_rwlock_unlock(&service->gate);
    }
    totals_free(&fresh);
    reading_end(&reading);
    return result;
}

enum result reading_load_month(struct service *service, month_t month)
{
    enum result result = RESULT_OK;

    if (totals_has(service->totals, month))
        return RESULT_OK;
    pthread_mutex_lock(&service->loading.turn);
    if (!totals_has(service->totals, month))
        result = load_in_steps(service, month);
    pthread_mutex_unlock(&service->loading.turn);
    return result;
}

/** The figures depend on the rules, so the months in memory are read again with the new rules. */
enum result reading_reload(struct service *service)
{
    enum result result;

    /* A month that is being read still uses the old rules: wait for it. */
    pthread_mutex_lock(&service->loading.turn);
    pthread_rwlock_wrlock(&service->gate);
    result = cache_load(service->cache, service->store);
    if (result == 0) {
        for (month_t month; (month = totals_any(service->totals)) != 0;)
            totals_drop(service->totals, month);
        if (service_initialised(service) && !service->read_only)
            result = reading_load_month_alone(service, facts_opened_month(service));
        /* The change is stored; a month that a stop left out is read when somebody asks for it. */
        if (result == RESULT_AGAIN && atomic_load(&service->stopping))
            result = RESULT_OK;
    }
    pthread_rwlock_unlock(&service->gate);
    pthread_mutex_unlock(&service->loading.turn);
    return result;
}

enum result reading_forget(struct service *service)
{
    enum result result;

    pthread_mutex_lock(&service->loading.turn);
    pthread_rwlock_wrlock(&service->gate);
    result = cache_load(service->cache, service->store);
    for (month_t month; (month = totals_any(service->totals)) != 0;)
        totals_drop(service->totals, month);
    closed_months_clear(service->closed);
    pthread_rwlock_unlock(&service->gate);
    pthread_mutex_unlock(&service->loading.turn);
    census_forget(service->census);
    return result;
}
