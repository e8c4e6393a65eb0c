/*
 * A month of the ledger, read into the totals: at every start for the open month, for others when
 * they are asked for. A million rows are read, so each is looked at as little as can be: the rules
 * of the month are looked up once, and a village is added up before it goes into the tables.
 */
#include "service/duties.h"
#include "service/state.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/** Figures of one programme and officer in the village being read. */
struct sum {
    char *kind, *officer;
    struct figures figures;
};

struct reading {
    struct service *service;
    month_t month;
    day_t today;
    struct duty_rules rules;
    struct totals *totals;
    char area[AREA_TEXT]; /**< the village */
    size_t count, capacity;
    struct sum *sums;
};

static void end_village(struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++) {
        struct sum *sum = &reading->sums[i];
        totals_add(reading->totals,
                   &(struct totals_key){reading->month, reading->area, sum->kind, sum->officer},
                   &sum->figures);
        free(sum->kind);
        free(sum->officer);
    }
    reading->count = 0;
}

static struct figures *find_sum(struct reading *reading, const Rec__Duty *duty)
{
    for (size_t i = 0; i < reading->count; i++) {
        struct sum *sum = &reading->sums[i];
        if (strcmp(sum->kind, duty->kind) == 0 && strcmp(sum->officer, duty->officer) == 0)
            return &sum->figures;
    }
    mem_grow((void **)&reading->sums, reading->count, &reading->capacity, sizeof *reading->sums);
    struct sum *sum = &reading->sums[reading->count++];
    *sum = (struct sum){.kind = mem_copy(duty->kind), .officer = mem_copy(duty->officer)};
    return &sum->figures;
}

static enum result count_row(const Rec__Duty *duty, void *arg)
{
    struct reading *reading = arg;

    if (strcmp(duty->type, DUTY_TYPE_VISIT) != 0)
        return RESULT_OK;
    if (strcmp(duty->area, reading->area) != 0) {
        end_village(reading);
        memcpy(reading->area, duty->area, strnlen(duty->area, AREA_TEXT - 1) + 1);
    }
    struct duty_view view = duties_judge(duty, &reading->rules, reading->today);
    figures_count(find_sum(reading, duty), &view, 1);
    return RESULT_OK;
}

static enum result read_rows(struct txn *txn, void *arg)
{
    struct reading *reading = arg;

    totals_begin(reading->totals, reading->month);
    enum result result = store_duty_scan(txn, reading->month, "", NULL, count_row, arg);
    end_village(reading);
    return result;
}

enum result service_read_month(struct service *service, month_t month, struct totals *totals)
{
    struct reading reading = {
        .service = service,
        .month = month,
        .today = service_today(service),
        .rules = service_rules(service, month),
        .totals = totals,
    };
    enum result result = store_run(service->store, STORE_READ, read_rows, &reading);

    free(reading.sums);
    return result;
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
