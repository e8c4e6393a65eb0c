#include "service/duties.h"

#include "base/mem.h"
#include "domain/area.h"
#include "service/record.h"
#include "service/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** The case whose duties are being settled. */
struct settling {
    struct work *work;
    const Rec__Case *old, *record;
    const struct form *form;
    struct fields values; /**< the condition's, if the programme has one */
    const char *reopened; /**< street whose closed month is being reopened, NULL if none is */
    bool unvisited;       /**< nobody has ever visited the person: nothing to count */
    size_t count, capacity;
    Rec__Duty **rows; /**< as they were; owned */
};

/* ---- what is owed */

/** Asked as of the month's last day, so that the answer is the same whenever it is asked. */
static bool owes_visits(const struct settling *settling, month_t month)
{
    const struct form *form = settling->form;

    return form != NULL && form->has_visits &&
           (form->visits.when == NULL ||
            form_owes_visits(form, &settling->values, month_last(month)));
}

bool duties_review_owed(const Rec__Case *record, const struct form *form, month_t month,
                        month_t first_month)
{
    int cycle = form_cycle_months(form, record->review_class);
    day_t last = record->since;

    for (size_t i = 0; i < record->n_reviews; i++) {
        day_t date = record->reviews[i]->date;
        if (date < month_first(month) && date > last)
            last = date;
    }
    month_t due = duty_review_month(last, cycle);
    if (due == 0)
        return false;
    while (due + cycle <= month)
        due += cycle;
    return due == month || (due < month && due >= first_month);
}

bool duties_visit_counts(const struct form *form, const Rec__Visit *visit)
{
    return record_visit_counts(visit) && strcmp(visit->result, VISIT_SUCCESS) == 0 &&
           form_mode_counts(form, visit->mode) && form_accepts(form, visit->kind);
}

bool duties_visit_attempted(const struct form *form, const Rec__Visit *visit)
{
    return record_visit_counts(visit) && strcmp(visit->result, VISIT_SUCCESS) != 0 &&
           form_accepts(form, visit->kind);
}

/* ---- what visits say */

struct recount {
    const struct form *form;
    Rec__Duty *duty;
    size_t credits, attempts; /**< capacities */
};

static enum result recount_visit(const Rec__Visit *visit, void *arg)
{
    struct recount *recount = arg;
    Rec__Duty *duty = recount->duty;

    /* Whoever had left could not be visited any more: such an entry is a mistake. */
    if (duty->closed_on != 0 && visit->date > duty->closed_on)
        return RESULT_OK;
    if (duties_visit_counts(recount->form, visit)) {
        Rec__Credit *credit = mem_new(sizeof *credit);
        rec__credit__init(credit);
        credit->date = visit->date;
        credit->seq = visit->seq;
        credit->late = visit->late;
        mem_grow((void **)&duty->credits, duty->n_credits, &recount->credits,
                 sizeof(Rec__Credit *));
        duty->credits[duty->n_credits++] = credit;
    } else if (duties_visit_attempted(recount->form, visit)) {
        mem_grow((void **)&duty->attempts, duty->n_attempts, &recount->attempts, sizeof(int32_t));
        duty->attempts[duty->n_attempts++] = visit->date;
    }
    return RESULT_OK;
}

enum result work_recount(struct work *work, const struct form *form, Rec__Duty *duty)
{
    struct recount recount = {.form = form, .duty = duty};

    for (size_t i = 0; i < duty->n_credits; i++)
        rec__credit__free_unpacked(duty->credits[i], NULL);
    free(duty->credits);
    free(duty->attempts);
    duty->credits = NULL;
    duty->attempts = NULL;
    duty->n_credits = duty->n_attempts = 0;
    return store_visit_scan(work->txn, duty->person, month_first(duty->month),
                            month_last(duty->month), recount_visit, &recount);
}

struct last_visit {
    const struct form *form;
    day_t day;
};

static enum result note_last(const Rec__Visit *visit, void *arg)
{
    struct last_visit *last = arg;

    if (duties_visit_counts(last->form, visit))
        last->day = visit->date;
    return RESULT_OK;
}

enum result work_last_before(struct work *work, const struct form *form, uint64_t person,
                             month_t month, day_t *ret_day)
{
    struct last_visit last = {.form = form};
    enum result result =
        store_visit_scan(work->txn, person, 0, month_first(month) - 1, note_last, &last);

    if (result == 0)
        *ret_day = last.day;
    return result;
}

/** As work_last_before(), from the row of the month before if there is one. */
static enum result find_last_before(struct work *work, const struct form *form, Rec__Duty *duty)
{
    Rec__Duty *before;
    enum result result = store_duty_get(work->txn, duty->month - 1, duty->area, duty->case_id,
                                        DUTY_TYPE_VISIT, &before);

    if (result == RESULT_NOTFOUND)
        return work_last_before(work, form, duty->person, duty->month, &duty->last_before);
    if (result != 0)
        return result;
    duty->last_before =
        before->n_credits > 0 ? before->credits[before->n_credits - 1]->date : before->last_before;
    rec__duty__free_unpacked(before, NULL);
    return RESULT_OK;
}

/** What a new row says of visits made before it. */
static enum result count_visits(struct work *work, const struct form *form, Rec__Duty *duty)
{
    enum result result = work_recount(work, form, duty);

    return result == 0 ? find_last_before(work, form, duty) : result;
}

static enum result find_visit(const Rec__Visit *visit, void *arg)
{
    (void)visit;
    *(bool *)arg = true;
    return (enum result)STORE_STOP;
}

/** One look spares two for each month of a case that is new, as nearly all of an import's are. */
static enum result see_unvisited(struct settling *settling)
{
    bool visited = false;
    enum result result = store_visit_scan(settling->work->txn, settling->record->person, 0,
                                          INT32_MAX, find_visit, &visited);

    settling->unvisited = !visited;
    return result;
}

/** Puts the case on the visit's list of what it is credited to, or takes it off. */
static enum result list_credit(struct work *work, const Rec__Duty *duty, const Rec__Credit *credit,
                               bool listed)
{
    Rec__Visit *visit;
    enum result result =
        store_visit_get(work->txn, duty->person, credit->date, credit->seq, &visit);
    size_t kept = 0;

    if (result != 0)
        return result;
    for (size_t i = 0; i < visit->n_credited; i++)
        if (visit->credited[i] != duty->case_id)
            visit->credited[kept++] = visit->credited[i];
    if (listed != (kept < visit->n_credited)) {
        visit->credited = mem_resize(visit->credited, kept + 1, sizeof *visit->credited);
        if (listed)
            visit->credited[kept++] = duty->case_id;
        visit->n_credited = kept;
        result = store_visit_put(work->txn, visit);
    }
    rec__visit__free_unpacked(visit, NULL);
    return result;
}

static bool has_credit(const Rec__Duty *duty, const Rec__Credit *credit)
{
    for (size_t i = 0; i < duty->n_credits; i++)
        if (duty->credits[i]->date == credit->date && duty->credits[i]->seq == credit->seq)
            return true;
    return false;
}

/** Makes the visits say what they are credited to after a duty changed; `old` may be NULL. */
static enum result list_credits(struct work *work, const Rec__Duty *old, const Rec__Duty *duty)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < duty->n_credits && result == 0; i++)
        if (old == NULL || !has_credit(old, duty->credits[i]))
            result = list_credit(work, duty, duty->credits[i], true);
    for (size_t i = 0; old != NULL && i < old->n_credits && result == 0; i++)
        if (!has_credit(duty, old->credits[i]))
            result = list_credit(work, duty, old->credits[i], false);
    return result;
}

/* ---- rows */

/** What a row repeats of its case. */
static void fill_row(const struct settling *settling, Rec__Duty *duty)
{
    const Rec__Case *record = settling->record;
    const struct form_tier *tier = form_tier(settling->form, record->tier);
    bool visit = strcmp(duty->type, DUTY_TYPE_VISIT) == 0;

    duty->case_id = record->id;
    duty->person = record->person;
    duty->since = record->since;
    duty->closed_on = record->closed_on;
    duty->need = visit && tier != NULL && tier->per_month > 1 ? (uint32_t)tier->per_month : 1;
    duty->interval = visit && tier != NULL && tier->interval > 0 ? (uint32_t)tier->interval : 0;
    record_set(&duty->area, record->area);
    record_set(&duty->kind, record->kind);
    record_set(&duty->officer, record->officer);
    record_set(&duty->tier, record->tier);
    record_set(&duty->exit_reason, record->exit_reason);
}

/** Day of the last review made in the month, 0 if none was. */
static day_t review_in(const Rec__Case *record, month_t month)
{
    day_t day = 0;

    for (size_t i = 0; i < record->n_reviews; i++) {
        day_t date = record->reviews[i]->date;
        if (month_of(date) == month && date > day)
            day = date;
    }
    return day;
}

static enum result make_row(const struct settling *settling, month_t month, const char *type)
{
    struct work *work = settling->work;
    Rec__Duty *duty = mem_new(sizeof *duty);
    enum result result = RESULT_OK;

    rec__duty__init(duty);
    duty->month = month;
    record_set(&duty->type, type);
    fill_row(settling, duty);
    if (strcmp(type, DUTY_TYPE_REVIEW) == 0)
        duty->reached_on = review_in(settling->record, month);
    else if (!settling->unvisited)
        result = count_visits(work, settling->form, duty);
    if (result == 0)
        result = list_credits(work, NULL, duty);
    if (result == 0)
        result = work_duty_put(work, NULL, duty);
    rec__duty__free_unpacked(duty, NULL);
    return result;
}

static enum result update_row(const struct settling *settling, const Rec__Duty *row)
{
    struct work *work = settling->work;
    Rec__Duty *duty = record_copy(row);
    enum result result = RESULT_OK;

    fill_row(settling, duty);
    if (strcmp(duty->type, DUTY_TYPE_REVIEW) == 0)
        duty->reached_on = review_in(settling->record, duty->month);
    else if (settling->form != NULL && row->closed_on != duty->closed_on)
        result = work_recount(work, settling->form, duty);
    if (result == 0)
        result = list_credits(work, row, duty);
    if (result == 0)
        result = work_duty_put(work, row, duty);
    rec__duty__free_unpacked(duty, NULL);
    return result;
}

/* ---- settling */

static bool is_wanted(const struct settling *settling, month_t month, const char *type)
{
    const Rec__Case *record = settling->record;

    if (!duty_exists(record->since, record->closed_on, month))
        return false;
    if (strcmp(type, DUTY_TYPE_VISIT) == 0)
        return owes_visits(settling, month);
    return settling->form != NULL &&
           duties_review_owed(record, settling->form, month, settling->work->service->first_month);
}

/** A visit made stays in the ledger, whatever becomes of the case; so does anything recorded about
 *  a month in which the case has merely begun or ended. */
static bool is_kept(const struct settling *settling, const Rec__Duty *row)
{
    if (row->n_credits > 0 || row->reached_on != 0)
        return true;
    return owes_visits(settling, row->month) && (row->n_attempts > 0 || row->excuse != NULL);
}

/** A month closed where the case was, or where it is now, stays as it is. */
static enum result is_open(const struct settling *settling, month_t month, const Rec__Duty *row,
                           bool *ret_open)
{
    const char *const areas[] = {
        settling->record->area,
        settling->old != NULL ? settling->old->area : settling->record->area,
        row != NULL ? row->area : settling->record->area,
    };
    bool closed = false;

    for (size_t i = 0; i < sizeof areas / sizeof *areas && !closed; i++) {
        if (settling->reopened != NULL && area_contains(settling->reopened, areas[i]))
            continue;
        enum result result = work_month_settled(settling->work, month, areas[i], &closed);
        if (result != 0)
            return result;
    }
    *ret_open = !closed;
    return RESULT_OK;
}

static enum result settle(const struct settling *settling, month_t month, const char *type)
{
    const Rec__Duty *row = NULL;
    bool wanted = is_wanted(settling, month, type);
    bool open;

    for (size_t i = 0; i < settling->count && row == NULL; i++)
        if (settling->rows[i]->month == month && strcmp(settling->rows[i]->type, type) == 0)
            row = settling->rows[i];
    if (row == NULL && !wanted)
        return RESULT_OK;
    enum result result = is_open(settling, month, row, &open);
    if (result != 0 || !open)
        return result;
    if (row == NULL)
        return make_row(settling, month, type);
    if (wanted || is_kept(settling, row))
        return update_row(settling, row);
    return work_duty_del(settling->work, row);
}

static enum result collect_row(const Rec__Duty *duty, void *arg)
{
    struct settling *settling = arg;

    mem_grow((void **)&settling->rows, settling->count, &settling->capacity, sizeof(Rec__Duty *));
    settling->rows[settling->count++] = record_copy(duty);
    return RESULT_OK;
}

static enum result settling_begin(struct settling *settling, struct work *work,
                                  const Rec__Case *old, const Rec__Case *record)
{
    const struct form *form = forms_get(service_forms(work->service), record->kind);

    *settling = (struct settling){.work = work, .old = old, .record = record, .form = form};
    if (form == NULL || !form->has_visits || form->visits.when == NULL)
        return RESULT_OK;
    return record_values(work, form, record, &settling->values);
}

static void settling_end(struct settling *settling)
{
    for (size_t i = 0; i < settling->count; i++)
        rec__duty__free_unpacked(settling->rows[i], NULL);
    free(settling->rows);
    fields_free(&settling->values);
}

enum result work_case_duties(struct work *work, const Rec__Case *old, const Rec__Case *record)
{
    struct settling settling;
    month_t opened = service_opened_month(work->service);
    enum result result = settling_begin(&settling, work, old, record);

    if (result == 0)
        result = old == NULL ? see_unvisited(&settling)
                             : store_duty_of_case(work->txn, record->id, collect_row, &settling);
    for (month_t month = work->service->first_month; month <= opened && result == 0; month++) {
        result = settle(&settling, month, DUTY_TYPE_VISIT);
        if (result == 0)
            result = settle(&settling, month, DUTY_TYPE_REVIEW);
    }
    settling_end(&settling);
    return result;
}

enum result work_reopen_case(struct work *work, const Rec__Case *record, month_t month,
                             const char *street)
{
    struct settling settling;
    enum result result = settling_begin(&settling, work, NULL, record);

    settling.reopened = street;
    if (result == 0)
        result = store_duty_of_case(work->txn, record->id, collect_row, &settling);
    if (result == 0)
        result = settle(&settling, month, DUTY_TYPE_VISIT);
    if (result == 0)
        result = settle(&settling, month, DUTY_TYPE_REVIEW);
    settling_end(&settling);
    return result;
}

static enum result open_type(const struct settling *settling, month_t month, const char *type)
{
    Rec__Duty *found;

    if (!is_wanted(settling, month, type))
        return RESULT_OK;
    enum result result = store_duty_get(settling->work->txn, month, settling->record->area,
                                        settling->record->id, type, &found);
    if (result == RESULT_NOTFOUND)
        return make_row(settling, month, type);
    if (result == 0)
        rec__duty__free_unpacked(found, NULL);
    return result;
}

enum result work_open_case(struct work *work, const Rec__Case *record, month_t month)
{
    struct settling settling;
    enum result result = settling_begin(&settling, work, NULL, record);

    if (result == 0)
        result = open_type(&settling, month, DUTY_TYPE_VISIT);
    if (result == 0)
        result = open_type(&settling, month, DUTY_TYPE_REVIEW);
    settling_end(&settling);
    return result;
}

enum result work_duty_owed(struct work *work, const Rec__Case *record, month_t month,
                           const char *type, bool *ret_owed)
{
    struct settling settling;
    bool open = false;
    enum result result = settling_begin(&settling, work, NULL, record);

    if (result == 0 && is_wanted(&settling, month, type))
        result = is_open(&settling, month, NULL, &open);
    settling_end(&settling);
    if (result == 0)
        *ret_owed = open;
    return result;
}

enum result work_owes_visits(struct work *work, const Rec__Case *record, month_t month,
                             bool *ret_owes)
{
    struct settling settling;
    enum result result = settling_begin(&settling, work, NULL, record);

    if (result == 0)
        *ret_owes = is_wanted(&settling, month, DUTY_TYPE_VISIT);
    settling_end(&settling);
    return result;
}

/* ---- judging */

static enum duty_excuse excuse_state(const Rec__Excuse *excuse)
{
    if (excuse == NULL)
        return DUTY_EXCUSE_NONE;
    if (strcmp(excuse->state, "granted") == 0)
        return DUTY_EXCUSE_GRANTED;
    return strcmp(excuse->state, "asked") == 0 ? DUTY_EXCUSE_ASKED : DUTY_EXCUSE_REFUSED;
}

/** The days with counting visits; the row's credits are in the order of their dates. */
static size_t fold_credits(const Rec__Duty *duty, struct duty_credit days[DUTIES_DAYS])
{
    size_t count = 0;

    for (size_t i = 0; i < duty->n_credits; i++) {
        const Rec__Credit *credit = duty->credits[i];
        if (count > 0 && days[count - 1].date == credit->date)
            days[count - 1].late |= credit->late;
        else if (count < DUTIES_DAYS)
            days[count++] = (struct duty_credit){.date = credit->date, .late = credit->late};
    }
    return count;
}

void duties_facts(const Rec__Duty *duty, struct duties_facts *facts)
{
    size_t credits = fold_credits(duty, facts->credits);

    facts->facts = (struct duty_facts){
        .month = duty->month,
        .type = strcmp(duty->type, DUTY_TYPE_REVIEW) == 0 ? DUTY_REVIEW : DUTY_VISIT,
        .need = (int)duty->need,
        .interval = (int)duty->interval,
        .since = duty->since,
        .closed_on = duty->closed_on,
        .exit_reason = duty->exit_reason,
        .credits = facts->credits,
        .credit_count = credits,
        .attempts = duty->attempts,
        .attempt_count = duty->n_attempts,
        .last_before = duty->last_before,
        .excuse = excuse_state(duty->excuse),
        .excuse_reason = duty->excuse != NULL ? duty->excuse->reason : "",
        .reached_on = duty->reached_on,
        .month_closed = *duty->frozen != '\0',
    };
}

struct duty_view duties_judge(const Rec__Duty *duty, const struct duty_rules *rules, day_t today)
{
    struct duties_facts facts;

    duties_facts(duty, &facts);
    return duty_judge(&facts.facts, rules, today);
}

struct duty_view work_judge(const struct service *service, const Rec__Duty *duty, day_t today)
{
    struct duty_rules rules = service_rules(service, duty->month);

    return duties_judge(duty, &rules, today);
}

struct duty_view work_judge_reported(const struct service *service, const Rec__Duty *duty,
                                     day_t today)
{
    struct duty_view view = work_judge(service, duty, today);

    if (*duty->frozen == '\0')
        return view;
    for (enum duty_state state = DUTY_PENDING; state <= DUTY_NOT_COUNTED; state++)
        if (strcmp(duty_state_name(state), duty->frozen) == 0)
            view.state = state;
    view.owed =
        view.state == DUTY_REACHED || view.state == DUTY_MISSED || view.state == DUTY_PENDING;
    view.fulfilled = duty->frozen_fulfilled;
    view.late = duty->frozen_late;
    if (!duty->frozen_reached) {
        view.reached_on = 0;
        view.last_visit = duty->last_before;
    }
    /* Attempted means tried and never reached: both as it was known then. */
    if (duty->frozen_attempted && view.attempts == 0)
        view.attempts = 1;
    if (!duty->frozen_attempted && view.reached_on == 0)
        view.attempts = 0;
    snprintf(view.reason, sizeof view.reason, "%s", duty->frozen_reason);
    return view;
}
