#include "service/ledger/counted.h"

#include "service/frame/record.h"
#include "service/ledger/alarm_raise.h"
#include "service/ledger/duties.h"
#include "service/memory/census.h"
#include "service/memory/judge.h"
#include "service/memory/state.h"

#include <string.h>

// ---- duties

static struct totals_key duty_key(const Rec__Duty *duty)
{
    return (struct totals_key){
        .month = duty->month,
        .area = duty->area,
        .kind = duty->kind,
        .officer = duty->officer,
    };
}

static void count_duty(struct work *work, const Rec__Duty *duty, int sign)
{
    if (strcmp(duty->type, DUTY_TYPE_VISIT) != 0)
        return;
    struct duty_view view = judge_row(work->service, duty, work->today);
    struct totals_key key = duty_key(duty);
    ledger_delta_count(work->delta, &key, &view, sign);
}

enum result counted_duty_put(struct work *work, const Rec__Duty *old, const Rec__Duty *duty)
{
    enum result result = RESULT_OK;

    if (old != NULL && (strcmp(old->area, duty->area) != 0 || old->month != duty->month))
        result = store_duty_del(work->txn, old->month, old->area, old->case_id, old->type);
    if (result == 0)
        result = store_duty_put(work->txn, duty);
    if (result != 0)
        return result;
    if (old != NULL)
        count_duty(work, old, -1);
    count_duty(work, duty, 1);
    return RESULT_OK;
}

enum result counted_duty_del(struct work *work, const Rec__Duty *old)
{
    enum result result = store_duty_del(work->txn, old->month, old->area, old->case_id, old->type);

    if (result == 0)
        count_duty(work, old, -1);
    return result;
}

// ---- persons and cases

static void count_case(struct work *work, uint64_t id, const Rec__Case *old,
                       const Rec__Case *record)
{
    struct ledger_registered change = {
        .id = id,
        .there = (record != NULL) - (old != NULL),
        .active =
            (record != NULL && census_is_active(record)) - (old != NULL && census_is_active(old)),
    };

    if (change.there != 0 || change.active != 0)
        ledger_delta_register(work->delta, &change);
}

enum result counted_case_put(struct work *work, const Rec__Case *old, const Rec__Case *record)
{
    enum result result = store_case_put(work->txn, record);

    if (result != 0)
        return result;
    count_case(work, record->id, old, record);
    bool moved = old != NULL && strcmp(old->area, record->area) != 0;
    return moved ? alarm_case_moved(work, record) : RESULT_OK;
}

enum result counted_case_del(struct work *work, const Rec__Case *old)
{
    enum result result = store_case_del(work->txn, old->id);

    if (result == 0)
        count_case(work, old->id, old, NULL);
    return result == 0 ? alarm_case_gone(work, old->id) : result;
}

static void count_person(struct work *work, uint64_t id, int there)
{
    ledger_delta_register(work->delta,
                          &(struct ledger_registered){.person = true, .id = id, .there = there});
}

enum result counted_person_put(struct work *work, const Rec__Person *person, bool is_new)
{
    enum result result = store_person_put(work->txn, person);

    if (result != 0 || !is_new)
        return result;
    work->made_person = person->id;
    count_person(work, person->id, 1);
    return RESULT_OK;
}

enum result counted_person_del(struct work *work, uint64_t person)
{
    enum result result = store_person_del(work->txn, person);

    if (result == 0)
        count_person(work, person, -1);
    return result;
}
