#include "service/duties.h"
#include "service/state.h"

#include "base/log.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { CASES_PER_STEP = 500 };

/* ---- reading a month into the totals */

struct reading {
    struct service *service;
    month_t month;
    struct totals *totals;
};

static enum result count_row(const Rec__Duty *duty, void *arg)
{
    const struct reading *reading = arg;
    struct totals_key key = {duty->month, duty->area, duty->kind, duty->officer};

    if (strcmp(duty->type, DUTY_TYPE_VISIT) != 0)
        return RESULT_OK;
    struct duty_view view = work_judge(reading->service, duty, service_today(reading->service));
    totals_count(reading->totals, &key, &view, 1);
    return RESULT_OK;
}

static enum result read_rows(struct txn *txn, void *arg)
{
    const struct reading *reading = arg;

    totals_begin(reading->totals, reading->month);
    return store_duty_scan(txn, reading->month, "", NULL, count_row, arg);
}

enum result service_read_month(struct service *service, month_t month, struct totals *totals)
{
    struct reading reading = {.service = service, .month = month, .totals = totals};

    return store_run(service->store, STORE_READ, read_rows, &reading);
}

enum result service_load_month_alone(struct service *service, month_t month)
{
    struct totals *fresh;

    if (totals_has(service->totals, month))
        return RESULT_OK;
    fresh = totals_new(service->forms);
    enum result result = service_read_month(service, month, fresh);
    if (result == 0)
        totals_take(service->totals, fresh, month);
    totals_free(&fresh);
    return result;
}

enum result service_load_month(struct service *service, month_t month)
{
    if (totals_has(service->totals, month))
        return RESULT_OK;
    pthread_rwlock_wrlock(&service->gate);
    enum result result = service_load_month_alone(service, month);
    pthread_rwlock_unlock(&service->gate);
    return result;
}

/* ---- opening */

/** One month being opened, some cases at a time. */
struct opening {
    struct work *work;
    month_t month;
    char *after;  /**< key of the last case of the step before */
    char *last;   /**< of this step */
    size_t count; /**< cases in this step */
    uint64_t total;
};

static enum result open_one(const Rec__Case *record, void *arg)
{
    struct opening *opening = arg;
    enum result result = work_open_case(opening->work, record, opening->month);

    if (result != 0)
        return result;
    if (++opening->count < CASES_PER_STEP)
        return RESULT_OK;
    opening->last = store_case_key_text(record);
    return (enum result)STORE_STOP;
}

static enum result open_step(struct work *work, void *arg)
{
    struct opening *opening = arg;

    opening->work = work;
    opening->count = 0;
    free(opening->last);
    opening->last = NULL;
    return store_case_of_area(work->txn, "", NULL, opening->after, open_one, opening);
}

/** Remembers that the month is opened: from now on it need not be gone through again. */
static enum result put_opened(struct work *work, void *arg)
{
    const struct opening *opening = arg;
    char text[MONTH_TEXT];
    Rec__Home *home;
    enum result result = store_home_get(work->txn, &home);

    if (result != 0)
        return result;
    home->opened_month = opening->month;
    result = store_home_put(work->txn, home);
    rec__home__free_unpacked(home, NULL);
    work_record(work, work->service->area, "month:%s", month_format(opening->month, text));
    work_note(work, "个案 %llu 件", (unsigned long long)opening->total);
    return result;
}

/**
 * From the first line on every case that is saved makes its own duty of the new month, so that no
 * case is missed while the others are gone through; who has one already is passed over.
 */
static enum result open_month(struct service *service, month_t month)
{
    struct caller system = service_system(service);
    struct opening opening = {.month = month};
    struct reply reply = {0};
    char text[MONTH_TEXT];

    pthread_rwlock_wrlock(&service->gate);
    enum result result = service_load_month_alone(service, month);
    if (result == 0)
        atomic_store(&service->opened_month, month);
    pthread_rwlock_unlock(&service->gate);

    do {
        free(opening.after);
        opening.after = opening.last;
        opening.last = NULL;
        if (result == 0)
            result = service_write_quiet(service, &system, STORE_BULK, open_step, &opening, &reply);
        opening.total += opening.count;
    } while (result == 0 && opening.last != NULL);
    free(opening.after);
    free(opening.last);
    if (result == 0)
        result =
            service_write(service, &system, ACTION_MONTH_OPEN, NULL, put_opened, &opening, &reply);
    reply_free(&reply);
    log_info("month %s opened: %s", month_format(month, text), result_name(result));
    return result;
}

enum result service_open_months(struct service *service)
{
    month_t now = month_of(service_today(service));
    enum result result = RESULT_OK;

    for (month_t month = service_opened_month(service) + 1; month <= now && result == 0; month++) {
        result = open_month(service, month);
        if (result != 0)
            atomic_store(&service->opened_month, month - 1);
    }
    return result;
}
