/*
 * Judges everybody anew whom nobody met (连续未遇), when the number of visits that raises an alarm has
 * changed: by a standard that has begun, or by a program that first knows such alarms.
 */
#include "base/mem.h"
#include "service/frame/record.h"
#include "service/ledger/alarm_raise.h"
#include "service/ledger/recount.h"
#include "service/memory/state.h"
#include "service/memory/steps.h"

#include <stdlib.h>
#include <string.h>

enum { AT_ONCE = 50, DAYS_SEEN = 366 };

struct sweep {
    struct service *service;
    size_t times; /**< for which everybody was judged … */
    bool due;     /**< … which is not today's */
    day_t since;
    size_t count, capacity, done, part;
    uint64_t *persons; /**< who was not met, or has an alarm */
};

// ---- whom

static void add_person(struct sweep *sweep, uint64_t person)
{
    if (sweep->count > 0 && sweep->persons[sweep->count - 1] == person)
        return;
    mem_grow((void **)&sweep->persons, sweep->count, &sweep->capacity, sizeof *sweep->persons);
    sweep->persons[sweep->count++] = person;
}

/** Visits stand by person. */
static enum result see_visit(const Rec__Visit *visit, void *arg)
{
    struct sweep *sweep = arg;
    bool can = visit->date >= sweep->since && recount_visit_stands(visit) &&
               strcmp(visit->result, VISIT_SUCCESS) != 0;

    if (can)
        add_person(sweep, visit->person);
    return RESULT_OK;
}

static enum result see_alarm(const Rec__Alarm *alarm, void *arg)
{
    if (strcmp(alarm->kind, ALARM_UNMET) == 0 && store_alarm_is_open(alarm))
        add_person(arg, alarm->person);
    return RESULT_OK;
}

static int compare_persons(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

static enum result find_body(struct usecase *usecase, void *arg)
{
    struct sweep *sweep = arg;
    Rec__Home *home = NULL;
    enum result result = store_home_get(usecase->txn, &home);

    if (result != 0)
        return result;
    sweep->times = home->unmet_times;
    sweep->due = alarm_unmet_times(usecase) != sweep->times;
    sweep->since = usecase->today - DAYS_SEEN;
    sweep->count = 0;
    rec__home__free_unpacked(home, NULL);
    if (!sweep->due)
        return RESULT_OK;
    result = store_visit_scan_all(usecase->txn, see_visit, sweep);
    if (result == 0)
        result = store_alarm_scan(usecase->txn, see_alarm, sweep);
    if (sweep->count > 1)
        qsort(sweep->persons, sweep->count, sizeof *sweep->persons, compare_persons);
    return result;
}

// ---- judging

/** The case that an alarm would name: on the books, of a programme with visits. */
static enum result judge_person(struct usecase *usecase, uint64_t person)
{
    const struct forms *forms = service_forms(usecase->service);
    struct record_cases cases = {0};
    const Rec__Case *casefile = NULL;
    enum result result = record_cases_load(usecase, person, &cases);

    for (size_t i = 0; i < cases.count; i++) {
        const struct form *form = forms_get(forms, cases.items[i]->kind);
        if (form != NULL && form->has_visits && strcmp(cases.items[i]->state, CASE_ACTIVE) == 0 &&
            (casefile == NULL || cases.items[i]->id < casefile->id))
            casefile = cases.items[i];
    }
    if (result == 0)
        result = alarm_judge_unmet(usecase, casefile, person, false);
    record_cases_free(&cases);
    return result;
}

static enum result judge_body(struct usecase *usecase, void *arg)
{
    struct sweep *sweep = arg;
    enum result result = RESULT_OK;

    sweep->part = 0;
    while (result == 0 && sweep->part < AT_ONCE && sweep->done + sweep->part < sweep->count) {
        uint64_t person = sweep->persons[sweep->done + sweep->part++];
        if (sweep->part == 1 || person != sweep->persons[sweep->done + sweep->part - 2])
            result = judge_person(usecase, person);
    }
    return result;
}

static enum result judge_portion(void *arg, bool *ret_done)
{
    struct sweep *sweep = arg;
    struct caller system = facts_system(sweep->service);
    struct reply reply = {0};
    enum result result =
        usecase_write_bulk(sweep->service, &system, ACTION_ALARM_SWEEP, judge_body, sweep, &reply);

    reply_free(&reply);
    sweep->done += result == 0 ? sweep->part : 0;
    *ret_done = sweep->done == sweep->count;
    return result;
}

static enum result note_body(struct usecase *usecase, void *arg)
{
    Rec__Home *home = NULL;
    enum result result = store_home_get(usecase->txn, &home);

    (void)arg;
    if (result != 0)
        return result;
    home->unmet_times = (uint32_t)alarm_unmet_times(usecase);
    result = store_home_put(usecase->txn, home);
    rec__home__free_unpacked(home, NULL);
    return result;
}

enum result alarm_sweep(struct service *service)
{
    struct sweep sweep = {.service = service};
    struct caller system = facts_system(service);
    struct reply reply = {0};
    enum result result = RESULT_OK;

    if (service_collects(service)) /* alarms come in bundles */
        return RESULT_OK;
    result = usecase_read(service, &system, ACTION_ALARM_SWEEP, NULL, find_body, &sweep, &reply);
    if (result == 0 && sweep.due && sweep.count > 0)
        result = steps_run(&service->stopping, judge_portion, &sweep);
    if (result == 0 && sweep.due)
        result = usecase_write_unlogged(service, &system, STORE_BULK, note_body, &sweep, &reply);
    free(sweep.persons);
    reply_free(&reply);
    return result;
}
