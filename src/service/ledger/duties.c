#include "service/ledger/duties.h"

#include "base/mem.h"
#include "base/month.h"
#include "domain/area.h"
#include "service/frame/record.h"
#include "service/ledger/counted.h"
#include "service/ledger/marks.h"
#include "service/ledger/month.h"
#include "service/ledger/sharing.h"
#include "service/memory/excuses.h"
#include "service/memory/state.h"

#include <stdlib.h>
#include <string.h>

#define REVIEW_STOPPED "本月不再需要复核"

/** The case whose duties are being aligned with it. */
struct settling {
    struct usecase *usecase;
    const Rec__Case *old, *record;
    const struct form *form;
    month_t now;          /**< changes without a date take effect from this month on */
    struct fields values; /**< values for the programme's condition, if it has one */
    bool unvisited;       /**< the person has no visits: nothing to count */
    size_t count, capacity;
    Rec__Duty **rows; /**< the stored rows; owned */
};

static bool is_visit(const char *type)
{
    return strcmp(type, DUTY_TYPE_VISIT) == 0;
}

// ---- owed duties

/** Judged as of the month's last day, so that the result does not depend on today. */
static bool owes_visits(const struct settling *settling, month_t month)
{
    const struct form *form = settling->form;

    return form != NULL && form->has_visits &&
           (form->visits.when == NULL ||
            form_owes_visits(form, &settling->values, month_last(month)));
}

month_t duties_review_due(const Rec__Case *casefile, const struct form *form, month_t month,
                          month_t first_month)
{
    int cycle = form_cycle_months(form, casefile->review_class);
    day_t last = casefile->since;

    for (size_t i = 0; i < casefile->n_reviews; i++) {
        day_t date = casefile->reviews[i]->date;
        if (date < month_first(month) && date > last)
            last = date;
    }
    month_t due = duty_review_month(last, cycle);
    if (due == 0)
        return 0;
    while (due + cycle <= month)
        due += cycle;
    return due == month || (due < month && due >= first_month) ? due : 0;
}

bool duties_review_owed(const Rec__Case *casefile, const struct form *form, month_t month,
                        month_t first_month)
{
    return duties_review_due(casefile, form, month, first_month) != 0;
}

/** True if the programme requires a duty of this type. */
static bool owes(const struct settling *settling, month_t month, const char *type)
{
    if (is_visit(type))
        return owes_visits(settling, month);
    return settling->form != NULL && duties_review_owed(settling->record, settling->form, month,
                                                        settling->usecase->service->first_month);
}

static bool is_wanted(const struct settling *settling, month_t month, const char *type)
{
    const Rec__Case *casefile = settling->record;

    return duty_exists(casefile->since, casefile->closed_on, month) && owes(settling, month, type);
}

// ---- values that a row takes from its case

/** The state of the month in the row's street and in the case's present street. */
struct places {
    enum month_state row, here;
};

/** Refuses the change while the timer must still close the month in one of the two streets. */
static enum result ask_places(struct settling *settling, month_t month, const char *row_area,
                              struct places *ret_places)
{
    struct usecase *usecase = settling->usecase;
    const char *here = settling->record->area;
    bool unused;
    enum result result = month_closed_in_time(usecase, month, row_area, &unused);

    if (result == 0)
        result = month_closed_in_time(usecase, month, here, &unused);
    if (result == 0)
        result = usecase_month_state(usecase, month, row_area, &ret_places->row);
    if (result == 0)
        result = usecase_month_state(usecase, month, here, &ret_places->here);
    return result;
}

static void fill_dates(const struct settling *settling, Rec__Duty *duty)
{
    const Rec__Case *casefile = settling->record;

    duty->person = casefile->person;
    duty->since = casefile->since;
    duty->closed_on = casefile->closed_on;
    record_set(&duty->exit_reason, casefile->exit_reason);
}

static void fill_place(const struct settling *settling, Rec__Duty *duty)
{
    record_set(&duty->area, settling->record->area);
    record_set(&duty->officer, settling->record->officer);
}

/** Takes the case's tier if it needs more visits than the row has. */
static void raise_tier(const struct settling *settling, Rec__Duty *duty)
{
    const struct form *form = settling->form;
    const struct form_tier *tier = form != NULL ? form_tier(form, settling->record->tier) : NULL;
    uint32_t need = tier != NULL && tier->per_month > 1 ? (uint32_t)tier->per_month : 1;

    if (need <= duty->need)
        return;
    duty->need = need;
    duty->interval = tier != NULL && tier->interval > 0 ? (uint32_t)tier->interval : 0;
    record_set(&duty->tier, settling->record->tier);
}

static void fill_unowed(const struct settling *settling, Rec__Duty *duty)
{
    bool visit = is_visit(duty->type);
    bool owed = duty->reached_on != 0 || owes(settling, duty->month, duty->type);
    const char *words = visit && settling->form != NULL ? settling->form->visits.stopped
                        : visit                         ? "业务文件已不存在"
                                                        : REVIEW_STOPPED;

    record_set(&duty->unowed, owed ? "" : words);
}

static void fill_excuse(const struct settling *settling, Rec__Duty *duty)
{
    const Rec__Excuse *excuse = excuses_of_month(settling->record, duty->month);

    /* Homes of the first version kept an excuse on its row only. */
    if (settling->record->n_excuses == 0)
        return;
    if (duty->excuse != NULL)
        rec__excuse__free_unpacked(duty->excuse, NULL);
    duty->excuse = excuse != NULL ? record_copy(excuse) : NULL;
}

/** The day of the last review in the month, 0 if there is none. */
static day_t review_in(const Rec__Case *casefile, month_t month)
{
    day_t day = 0;

    for (size_t i = 0; i < casefile->n_reviews; i++) {
        day_t date = casefile->reviews[i]->date;
        if (month_of(date) == month && date > day)
            day = date;
    }
    return day;
}

// ---- a new row

/** Finds the last counting visit before a new row. Uses the row of the month before if there is
 *  one. */
static enum result find_last_before(const struct settling *settling, Rec__Duty *duty)
{
    struct usecase *usecase = settling->usecase;
    Rec__Duty *before;
    enum result result = store_duty_get(usecase->txn, duty->month - 1, duty->area, duty->case_id,
                                        DUTY_TYPE_VISIT, &before);

    if (result == RESULT_NOTFOUND)
        return recount_last_before(usecase, settling->form, duty->person, duty->month,
                                   &duty->last_before);
    if (result != 0)
        return result;
    result = recount_last_after(usecase, settling->form, before, &duty->last_before);
    rec__duty__free_unpacked(before, NULL);
    return result;
}

static Rec__Duty *new_row(const struct settling *settling, month_t month, const char *type,
                          enum month_state state)
{
    Rec__Duty *duty = mem_new(sizeof *duty);

    rec__duty__init(duty);
    duty->month = month;
    duty->case_id = settling->record->id;
    record_set(&duty->type, type);
    record_set(&duty->kind, settling->record->kind);
    record_set(&duty->frozen, state == MONTH_OPEN ? "" : DUTY_UNREPORTED);
    duty->reopened = state == MONTH_REOPENED;
    fill_dates(settling, duty);
    fill_place(settling, duty);
    fill_excuse(settling, duty);
    if (is_visit(type))
        raise_tier(settling, duty);
    else
        duty->need = 1;
    return duty;
}

static enum result make_row(const struct settling *settling, month_t month, const char *type,
                            enum month_state state)
{
    struct usecase *usecase = settling->usecase;
    Rec__Duty *duty = new_row(settling, month, type, state);
    enum result result = RESULT_OK;

    if (!is_visit(type)) {
        duty->reached_on = review_in(settling->record, month);
    } else if (!settling->unvisited) {
        result = recount_visits(usecase, settling->form, duty);
        if (result == 0)
            result = find_last_before(settling, duty);
    }
    if (result == 0)
        result = recount_list_credits(usecase, NULL, duty);
    if (result == 0)
        result = counted_duty_put(usecase, NULL, duty);
    rec__duty__free_unpacked(duty, NULL);
    return result;
}

/** True if a missing row must be made. A past month keeps the duties it had then: a change of
 *  support or review class holds from now on. */
static bool is_made(const struct settling *settling, month_t month, const char *type,
                    enum month_state state)
{
    const Rec__Case *old = settling->old;

    if (!is_wanted(settling, month, type))
        return false;
    if (month >= settling->now || old == NULL)
        return is_visit(type) || state != MONTH_CLOSED;
    return is_visit(type) &&
           (settling->form->visits.when == NULL || !duty_exists(old->since, old->closed_on, month));
}

// ---- an existing row

static void update_visit(const struct settling *settling, const struct places *places,
                         Rec__Duty *duty)
{
    bool never_closed = places->row == MONTH_OPEN && places->here == MONTH_OPEN;

    if (never_closed)
        fill_place(settling, duty);
    if (!judge_is_closed(duty))
        fill_excuse(settling, duty);
    if (duty->month >= settling->now) {
        raise_tier(settling, duty);
        fill_unowed(settling, duty);
    }
}

static void update_review(const struct settling *settling, const struct places *places,
                          Rec__Duty *duty)
{
    if (places->row == MONTH_OPEN && places->here == MONTH_OPEN)
        fill_place(settling, duty);
    duty->reached_on = review_in(settling->record, duty->month);
    fill_unowed(settling, duty);
}

static enum result update_row(const struct settling *settling, const struct places *places,
                              const Rec__Duty *row)
{
    struct usecase *usecase = settling->usecase;
    Rec__Duty *duty = record_copy(row);
    enum result result = RESULT_OK;

    fill_dates(settling, duty);
    if (is_visit(duty->type))
        update_visit(settling, places, duty);
    else if (!judge_is_closed(duty))
        update_review(settling, places, duty);
    marks_note(usecase, row, duty);
    bool moved = row->since != duty->since || row->closed_on != duty->closed_on;
    if (is_visit(duty->type) && settling->form != NULL && moved)
        result = recount_visits(usecase, settling->form, duty);
    if (result == 0)
        result = recount_list_credits(usecase, row, duty);
    if (result == 0 && !record_equal(row, duty))
        result = counted_duty_put(usecase, row, duty);
    rec__duty__free_unpacked(duty, NULL);
    return result;
}

// ---- aligning

static const Rec__Duty *find_row(const struct settling *settling, month_t month, const char *type)
{
    for (size_t i = 0; i < settling->count; i++)
        if (settling->rows[i]->month == month && strcmp(settling->rows[i]->type, type) == 0)
            return settling->rows[i];
    return NULL;
}

static enum result settle(struct settling *settling, month_t month, const char *type)
{
    const Rec__Duty *row = find_row(settling, month, type);
    struct places places;

    if (row == NULL && !is_wanted(settling, month, type))
        return RESULT_OK;
    enum result result =
        ask_places(settling, month, row != NULL ? row->area : settling->record->area, &places);
    if (result != 0)
        return result;
    if (row != NULL)
        return update_row(settling, &places, row);
    return is_made(settling, month, type, places.here)
               ? make_row(settling, month, type, places.here)
               : RESULT_OK;
}

static enum result collect_row(const Rec__Duty *duty, void *arg)
{
    struct settling *settling = arg;

    mem_grow((void **)&settling->rows, settling->count, &settling->capacity, sizeof(Rec__Duty *));
    settling->rows[settling->count++] = record_copy(duty);
    return RESULT_OK;
}

static enum result settling_begin(struct settling *settling, struct usecase *usecase,
                                  const Rec__Case *old, const Rec__Case *casefile)
{
    const struct form *form = forms_get(service_forms(usecase->service), casefile->kind);

    *settling = (struct settling){
        .usecase = usecase,
        .old = old,
        .record = casefile,
        .form = form,
        .now = month_of(usecase->today),
    };
    if (form == NULL || !form->has_visits || form->visits.when == NULL)
        return RESULT_OK;
    return record_values(usecase, form, casefile, &settling->values);
}

static void settling_end(struct settling *settling)
{
    for (size_t i = 0; i < settling->count; i++)
        rec__duty__free_unpacked(settling->rows[i], NULL);
    free(settling->rows);
    fields_free(&settling->values);
}

static enum result find_visit(const Rec__Visit *visit, void *arg)
{
    (void)visit;
    *(bool *)arg = true;
    return (enum result)STORE_STOP;
}

/** One search here saves two for each month of a new case, and nearly all cases of an import are
 *  new. */
static enum result see_unvisited(struct settling *settling)
{
    bool visited = false;
    enum result result = store_visit_scan(settling->usecase->txn, settling->record->person, 0,
                                          INT32_MAX, find_visit, &visited);

    settling->unvisited = !visited;
    return result;
}

/** True if the change cannot affect other cases of the person and programme. */
static bool is_alone(const struct settling *settling)
{
    const Rec__Case *casefile = settling->record;
    const Rec__Case *old = settling->old;
    month_t first = settling->usecase->service->first_month;

    if (old == NULL)
        return casefile->person == settling->usecase->made_person;
    /* A move affects them, because their rows name the village of the counting row. */
    return !sharing_possible(casefile, first) && !sharing_possible(old, first) &&
           strcmp(casefile->area, old->area) == 0;
}

static enum result share(const struct settling *settling)
{
    if (settling->form == NULL || !settling->form->has_visits || is_alone(settling))
        return RESULT_OK;
    return sharing_store(settling->usecase, settling->record->person, settling->record->kind);
}

enum result duties_follow_case(struct usecase *usecase, const Rec__Case *old,
                               const Rec__Case *casefile)
{
    struct settling settling;
    month_t opened = facts_opened_month(usecase->service);
    enum result result = settling_begin(&settling, usecase, old, casefile);

    if (result == 0)
        result = old == NULL
                     ? see_unvisited(&settling)
                     : store_duty_of_case(usecase->txn, casefile->id, collect_row, &settling);
    for (month_t month = usecase->service->first_month; month <= opened && result == 0; month++) {
        result = settle(&settling, month, DUTY_TYPE_VISIT);
        if (result == 0)
            result = settle(&settling, month, DUTY_TYPE_REVIEW);
    }
    if (result == 0)
        result = share(&settling);
    settling_end(&settling);
    return result;
}

// ---- a change of divisions

static enum result move_row(struct settling *settling, const Rec__Duty *row, bool check_only,
                            uint64_t *moved)
{
    struct places places;
    enum result result = ask_places(settling, row->month, row->area, &places);

    if (result != 0 || places.row != MONTH_OPEN || places.here != MONTH_OPEN ||
        strcmp(row->area, settling->record->area) == 0)
        return result;
    ++*moved;
    if (check_only)
        return RESULT_OK;
    Rec__Duty *duty = record_copy(row);
    record_set(&duty->area, settling->record->area);
    result = counted_duty_put(settling->usecase, row, duty);
    rec__duty__free_unpacked(duty, NULL);
    return result;
}

enum result duties_move_case(struct usecase *usecase, const Rec__Case *old,
                             const Rec__Case *casefile, bool check_only, uint64_t *moved)
{
    struct settling settling;
    enum result result = settling_begin(&settling, usecase, old, casefile);

    if (result == 0)
        result = store_duty_of_case(usecase->txn, casefile->id, collect_row, &settling);
    for (size_t i = 0; i < settling.count && result == 0; i++)
        result = move_row(&settling, settling.rows[i], check_only, moved);
    if (result == 0 && !check_only)
        result = share(&settling);
    settling_end(&settling);
    return result;
}

/** Rows that are left in closed months were entered after the closing: no statement has them. */
static enum result move_left(struct usecase *usecase, const Rec__Duty *row, const char *into)
{
    enum month_state state;
    enum result result = usecase_month_state(usecase, row->month, into, &state);

    if (result != 0)
        return result;
    Rec__Duty *duty = record_copy(row);
    record_set(&duty->area, into);
    if (state == MONTH_OPEN || *duty->frozen == '\0')
        record_set(&duty->frozen, state == MONTH_OPEN ? "" : DUTY_UNREPORTED);
    duty->reopened = state == MONTH_REOPENED;
    result = counted_duty_put(usecase, row, duty);
    if (result == 0 && is_visit(duty->type))
        result = sharing_store(usecase, duty->person, duty->kind);
    rec__duty__free_unpacked(duty, NULL);
    return result;
}

enum result duties_move_left(struct usecase *usecase, const char *code, const char *into)
{
    struct settling left = {.usecase = usecase};
    month_t opened = facts_opened_month(usecase->service);
    enum result result = RESULT_OK;

    for (month_t month = usecase->service->first_month; month <= opened && result == 0; month++)
        result = store_duty_scan(usecase->txn, month, code, NULL, collect_row, &left);
    for (size_t i = 0; i < left.count && result == 0; i++)
        result = move_left(usecase, left.rows[i], into);
    settling_end(&left);
    return result;
}

// ---- opening

static enum result open_type(const struct settling *settling, month_t month, const char *type)
{
    Rec__Duty *found;

    if (!is_wanted(settling, month, type))
        return RESULT_OK;
    enum result result = store_duty_get(settling->usecase->txn, month, settling->record->area,
                                        settling->record->id, type, &found);
    if (result == RESULT_NOTFOUND)
        return make_row(settling, month, type, MONTH_OPEN);
    if (result == 0)
        rec__duty__free_unpacked(found, NULL);
    return result;
}

enum result duties_open_case(struct usecase *usecase, const Rec__Case *casefile, month_t month)
{
    struct settling settling;
    enum result result = settling_begin(&settling, usecase, NULL, casefile);

    if (result == 0)
        result = open_type(&settling, month, DUTY_TYPE_VISIT);
    if (result == 0)
        result = open_type(&settling, month, DUTY_TYPE_REVIEW);
    if (result == 0 && sharing_possible(casefile, month))
        result = share(&settling);
    settling_end(&settling);
    return result;
}

// ---- checks

enum result duties_check_row(struct usecase *usecase, const Rec__Case *casefile, month_t month,
                             const char *type, bool *ret_owed)
{
    struct settling settling;
    month_t last = facts_opened_month(usecase->service);
    enum result result = settling_begin(&settling, usecase, NULL, casefile);
    const struct form *form = settling.form;
    bool lasting = is_visit(type) && form != NULL && form->visits.when == NULL;

    if (result == 0)
        *ret_owed = is_wanted(&settling, month, type) && (lasting || month == last);
    settling_end(&settling);
    return result;
}

enum result duties_check_visits(struct usecase *usecase, const Rec__Case *casefile, month_t month,
                                bool *ret_owes)
{
    struct settling settling;
    enum result result = settling_begin(&settling, usecase, NULL, casefile);

    if (result == 0)
        *ret_owes = is_wanted(&settling, month, DUTY_TYPE_VISIT);
    settling_end(&settling);
    return result;
}
