/*
 * Visits that are dated after a death, and the task about them.
 */
#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "service/cases/deceased.h"
#include "service/frame/event.h"
#include "service/ledger/alarm_raise.h"
#include "service/ledger/credit.h"
#include "service/ledger/recount.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// ---- finding the visits

/** The visits that are now after the death, or no longer are; owned. */
struct turned {
    day_t death; /**< 0 = alive */
    size_t count, capacity;
    Rec__Visit **items;
    struct str days; /**< days of the valid visits after it: "10-07、10-20" */
    uint32_t after;
};

static enum result see_visit(const Rec__Visit *visit, void *arg)
{
    enum { YEAR = 5 };
    struct turned *turned = arg;
    bool after = turned->death != 0 && visit->date > turned->death;
    char day[DATE_TEXT];

    if (after && recount_visit_stands(visit)) {
        str_printf(&turned->days, "%s%s", turned->after > 0 ? "、" : "",
                   date_format(visit->date, day) + YEAR);
        turned->after++;
    }
    if (after == visit->after_death)
        return RESULT_OK;
    mem_grow((void **)&turned->items, turned->count, &turned->capacity, sizeof *turned->items);
    Rec__Visit *copy = turned->items[turned->count++] = record_copy(visit);
    copy->after_death = after;
    return RESULT_OK;
}

static void turned_free(struct turned *turned)
{
    for (size_t i = 0; i < turned->count; i++)
        rec__visit__free_unpacked(turned->items[i], NULL);
    free(turned->items);
    str_free(&turned->days);
}

static bool is_credited(const Rec__Duty *duty, const Rec__Visit *visit)
{
    for (size_t i = 0; i < duty->n_credits; i++)
        if (duty->credits[i]->date == visit->date && duty->credits[i]->seq == visit->seq)
            return true;
    return false;
}

static enum result list_credited(struct usecase *usecase, const struct credit_changes *changes,
                                 Rec__Visit *visit)
{
    visit->n_credited = 0;
    visit->credited = mem_resize(visit->credited, changes->count + 1, sizeof *visit->credited);
    for (size_t i = 0; i < changes->count; i++)
        if (is_credited(changes->items[i].is, visit))
            visit->credited[visit->n_credited++] = changes->items[i].is->case_id;
    return store_visit_put(usecase->txn, visit);
}

/** Stores the visits, counts their duties again, and updates each visit's list of credited
 *  cases. */
static enum result turn_visits(struct usecase *usecase, const struct record_cases *cases,
                               struct turned *turned)
{
    struct credit_changes changes = {0};
    enum result result = RESULT_OK;

    for (size_t i = 0; i < cases->count && result == 0; i++)
        result = credit_load(usecase, cases->items[i], month_of(turned->items[0]->date), &changes);
    for (size_t i = 0; i < turned->count && result == 0; i++)
        result = store_visit_put(usecase->txn, turned->items[i]);
    if (result == 0)
        result = credit_store(usecase, &changes, NULL);
    for (size_t i = 0; i < turned->count && result == 0; i++)
        result = list_credited(usecase, &changes, turned->items[i]);
    credit_changes_free(&changes);
    return result;
}

// ---- the task

struct task_search {
    Rec__Alarm *open; /**< owned */
    uint32_t settled; /**< number of visits in tasks that were finished */
};

static enum result see_task(const Rec__Alarm *alarm, void *arg)
{
    struct task_search *search = arg;

    if (strcmp(alarm->kind, ALARM_POSTHUMOUS) != 0)
        return RESULT_OK;
    if (store_alarm_is_open(alarm) && search->open == NULL)
        search->open = record_copy(alarm);
    else if (strcmp(alarm->state, ALARM_DONE) == 0 && alarm->count > search->settled)
        search->settled = alarm->count;
    return RESULT_OK;
}

/** The case for the task: the person's own before a household's. */
static const Rec__Case *find_case(const struct record_cases *cases, uint64_t person)
{
    const Rec__Case *found = NULL;

    for (size_t i = 0; i < cases->count; i++) {
        const Rec__Case *casefile = cases->items[i];
        if (casefile->person == person && (found == NULL || casefile->n_members == 0))
            found = casefile;
    }
    return found != NULL ? found : cases->count > 0 ? cases->items[0] : NULL;
}

static enum result raise_task(struct usecase *usecase, const struct record_cases *cases,
                              uint64_t person, const struct turned *turned, const char *text)
{
    Rec__Alarm alarm = REC__ALARM__INIT;
    const Rec__Case *casefile = find_case(cases, person);
    uint64_t id = 0;

    if (casefile == NULL)
        return RESULT_OK;
    alarm.kind = (char *)ALARM_POSTHUMOUS;
    alarm.area = casefile->area;
    alarm.person = person;
    alarm.case_id = casefile->id;
    alarm.count = turned->after;
    alarm.text = (char *)text;
    return alarm_raise(usecase, &alarm, &id);
}

/** Raises or updates the task. An officer must finish it; only revoking the death ends it
 *  otherwise. */
static enum result settle_task(struct usecase *usecase, const struct record_cases *cases,
                               uint64_t person, const struct turned *turned)
{
    struct task_search search = {0};
    enum result result = store_alarm_of_person(usecase->txn, person, see_task, &search);
    char *text = mem_printf("死后探访记录 %" PRIu32 " 次（%s），请核对", turned->after,
                            str_text(&turned->days));

    if (result == 0 && search.open != NULL && turned->death == 0) {
        result = alarm_end(usecase, search.open, ALARM_VOID, "死亡登记已撤销");
    } else if (result == 0 && search.open != NULL && turned->after > search.open->count) {
        search.open->count = turned->after;
        record_set(&search.open->text, text);
        result = store_alarm_put(usecase->txn, search.open);
    } else if (result == 0 && search.open == NULL && turned->after > search.settled) {
        result = raise_task(usecase, cases, person, turned, text);
    }
    free(text);
    if (search.open != NULL)
        rec__alarm__free_unpacked(search.open, NULL);
    return result;
}

enum result deceased_settle_visits(struct usecase *usecase, const struct record_cases *cases,
                                   uint64_t person, day_t death)
{
    struct turned turned = {.death = death};
    enum result result = store_visit_scan(usecase->txn, person, 0, INT32_MAX, see_visit, &turned);

    if (result == 0 && turned.count > 0)
        result = turn_visits(usecase, cases, &turned);
    if (result == 0)
        result = settle_task(usecase, cases, person, &turned);
    if (result == 0 && turned.after > 0) {
        char *words = mem_printf("%" PRIu32 " 次（%s）", turned.after, str_text(&turned.days));
        deceased_note(usecase, "afterwards", "；", words);
        event_add_change(usecase, "visits.after", "", words);
        free(words);
    }
    turned_free(&turned);
    return result;
}
