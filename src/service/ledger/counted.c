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

static void count_view(struct usecase *usecase, const Rec__Duty *duty, const struct duty_view *view,
                       int sign)
{
    struct totals_key key = duty_key(duty);

    delta_count(usecase->delta, &key, view, sign);
}

static void count_duty(struct usecase *usecase, const Rec__Duty *duty, int sign)
{
    if (strcmp(duty->type, DUTY_TYPE_VISIT) != 0)
        return;
    struct duty_view view = judge_row(usecase->service, duty, usecase->today);
    count_view(usecase, duty, &view, sign);
}

static enum result put_duty(struct usecase *usecase, const Rec__Duty *old, const Rec__Duty *duty)
{
    enum result result = RESULT_OK;

    if (old != NULL && strcmp(old->area, duty->area) == 0 && old->month == duty->month)
        return store_duty_rewrite(usecase->txn, duty);
    if (old != NULL)
        result = store_duty_del(usecase->txn, old->month, old->area, old->case_id, old->type);
    return result == 0 ? store_duty_put(usecase->txn, duty) : result;
}

enum result counted_duty_judged(struct usecase *usecase, const Rec__Duty *old,
                                const struct duty_view *was, const Rec__Duty *duty,
                                const struct duty_view *is)
{
    enum result result = put_duty(usecase, old, duty);

    if (result != 0)
        return result;
    count_view(usecase, old, was, -1);
    count_view(usecase, duty, is, 1);
    return RESULT_OK;
}

enum result counted_duty_put(struct usecase *usecase, const Rec__Duty *old, const Rec__Duty *duty)
{
    enum result result = put_duty(usecase, old, duty);

    if (result != 0)
        return result;
    if (old != NULL)
        count_duty(usecase, old, -1);
    count_duty(usecase, duty, 1);
    return RESULT_OK;
}

enum result counted_duty_del(struct usecase *usecase, const Rec__Duty *old)
{
    enum result result =
        store_duty_del(usecase->txn, old->month, old->area, old->case_id, old->type);

    if (result == 0)
        count_duty(usecase, old, -1);
    return result;
}

// ---- persons and cases

static void count_case(struct usecase *usecase, uint64_t id, const Rec__Case *old,
                       const Rec__Case *casefile)
{
    struct delta_registered change = {
        .id = id,
        .there = (casefile != NULL) - (old != NULL),
        .active = (casefile != NULL && census_is_active(casefile)) -
                  (old != NULL && census_is_active(old)),
    };

    if (change.there != 0 || change.active != 0)
        delta_register(usecase->delta, &change);
}

enum result counted_case_put(struct usecase *usecase, const Rec__Case *old,
                             const Rec__Case *casefile)
{
    enum result result = store_case_put(usecase->txn, casefile);

    if (result != 0)
        return result;
    count_case(usecase, casefile->id, old, casefile);
    bool moved = old != NULL && strcmp(old->area, casefile->area) != 0;
    return moved ? alarm_case_moved(usecase, casefile) : RESULT_OK;
}

enum result counted_case_del(struct usecase *usecase, const Rec__Case *old)
{
    enum result result = store_case_del(usecase->txn, old->id);

    if (result == 0)
        count_case(usecase, old->id, old, NULL);
    return result == 0 ? alarm_case_gone(usecase, old->id) : result;
}

static void count_person(struct usecase *usecase, uint64_t id, int there)
{
    delta_register(usecase->delta,
                   &(struct delta_registered){.person = true, .id = id, .there = there});
}

enum result counted_person_put(struct usecase *usecase, const Rec__Person *person, bool is_new)
{
    enum result result = store_person_put(usecase->txn, person);

    if (result != 0 || !is_new)
        return result;
    usecase->made_person = person->id;
    count_person(usecase, person->id, 1);
    return RESULT_OK;
}

enum result counted_person_del(struct usecase *usecase, uint64_t person)
{
    enum result result = store_person_del(usecase->txn, person);

    if (result == 0)
        count_person(usecase, person, -1);
    return result;
}
