/*
 * Invented visits of a person's cases, with alarms and excuses.
 */
#include "service/demo/demo_person.h"

#include "base/mem.h"
#include "base/month.h"
#include "service/frame/record.h"
#include "service/ledger/alarm_raise.h"
#include "service/ledger/counted.h"
#include "service/ledger/credit.h"
#include "service/ledger/duties.h"
#include "service/memory/excuses.h"

#include <stdlib.h>
#include <string.h>

#define PICK(making, list) ((list)[demo_below((making), sizeof(list) / sizeof((list)[0]))])

/** A visit to record. */
struct planned {
    day_t date;
    int delay; /**< days from the visit to its recording */
    bool reached;
};

/** The state of this month's duty without a visit: waiting, with an alarm, or with an excuse asked
 *  for. */
enum waiting { WAITING, WAITING_ALARM, WAITING_EXCUSE };

/** The months of one person. */
struct plan {
    struct demo_making *making;
    const struct demo_subject *subject;
    const Rec__Case *record; /**< the case of the visits */
    const struct form *form;
    int need, interval;
    day_t due; /**< the wanted due day of this month if there is no visit yet; 0 = none */
    size_t count, capacity;
    struct planned *visits;
    struct plan_excuse {
        month_t month; /**< 0 = none */
        bool granted;
    } excuse;
};

static void add_planned(struct plan *plan, day_t date, bool reached)
{
    struct demo_making *making = plan->making;
    int delay = demo_chance(making, 45)    ? 3 + (int)demo_below(making, 3)
                : demo_chance(making, 200) ? 1
                                           : 0;
    day_t last = month_last(month_of(date)) + 4; /* the month closes on the 6th */

    if (last > making->demo->today)
        last = making->demo->today;
    mem_grow((void **)&plan->visits, plan->count, &plan->capacity, sizeof *plan->visits);
    plan->visits[plan->count++] = (struct planned){
        .date = date,
        .delay = date + delay > last ? 0 : delay,
        .reached = reached,
    };
}

// ---- past months

/** Spreads `count` visits over the days, one in each part. */
static void plan_spread(struct plan *plan, day_t from, day_t to, int count)
{
    int days = to - from + 1;

    for (int i = 0; i < count && i < days; i++)
        add_planned(
            plan,
            demo_day(plan->making, from + days * i / count, from + days * (i + 1) / count - 1),
            true);
}

static void plan_past(struct plan *plan, month_t month, day_t from, day_t to)
{
    struct demo_making *making = plan->making;
    bool wished = month == making->demo->now - 1 && plan->due != 0 && plan->need == 1;
    day_t wish = plan->due - plan->interval;

    if (demo_chance(making, 45))
        add_planned(plan, demo_day(making, from, to), false);
    if (wished && wish >= from && wish <= to) {
        add_planned(plan, wish, true);
    } else if (!demo_chance(making, plan->subject->village->missed)) {
        plan_spread(plan, from, to,
                    plan->need > 1 && demo_chance(making, 80) ? plan->need - 1 : plan->need);
    } else if (plan->excuse.month == 0 && demo_chance(making, 350)) {
        plan->excuse = (struct plan_excuse){.month = month, .granted = true};
    } else {
        add_planned(plan, demo_day(making, from, to), false);
    }
}

// ---- this month

/** Of every 150 waiting people, the first asks for an excuse, the second has three attempts without
 *  success. */
static enum waiting pick_waiting(struct demo_making *making)
{
    enum { EVERY = 150 };
    uint32_t nth = making->state.waiting++ % EVERY;

    return nth == 0 ? WAITING_EXCUSE : nth == 1 ? WAITING_ALARM : WAITING;
}

static void plan_waiting(struct plan *plan, day_t from)
{
    enum { ATTEMPTS = 3 };
    struct demo_making *making = plan->making;
    day_t today = making->demo->today;
    day_t last = month_last(making->demo->now);
    uint32_t roll = demo_below(making, 100);

    plan->due = roll < 18                    ? today
                : roll < 45 || today == last ? today - 1 - (day_t)demo_below(making, 9)
                                             : demo_day(making, today + 1, last);
    switch (pick_waiting(making)) {
    case WAITING:
        if (demo_chance(making, 150))
            add_planned(plan, demo_day(making, from, today), false);
        break;
    case WAITING_ALARM:
        for (int i = 0; i < ATTEMPTS; i++)
            add_planned(plan, demo_day(making, from, today), false);
        break;
    case WAITING_EXCUSE:
        plan->excuse = (struct plan_excuse){.month = making->demo->now};
        break;
    }
}

/** About two thirds of the people have the visits that are due by today. */
static void plan_now(struct plan *plan, day_t from, day_t to)
{
    struct demo_making *making = plan->making;
    const struct demo *demo = making->demo;
    int days = month_days(demo->now);
    int passed = demo->today - month_first(demo->now) + 1;
    int count = plan->need * passed / days;

    if (demo_chance(making, 25) && plan->subject->closed_on == 0)
        plan->excuse = (struct plan_excuse){.month = demo->now, .granted = true};
    else if (demo_chance(making, 670) || plan->subject->closed_on != 0)
        plan_spread(plan, from, to, count > 1 ? count : 1);
    else
        plan_waiting(plan, from);
}

/** Plans backwards: this month's due day decides the visits of the month before. */
static void plan_months(struct plan *plan)
{
    const struct demo *demo = plan->making->demo;
    day_t end = plan->subject->closed_on != 0 ? plan->subject->closed_on : demo->today;

    for (month_t month = demo->now; month >= demo->first; month--) {
        day_t from = month_first(month);
        day_t to = month_last(month) < end ? month_last(month) : end;
        if (plan->record->since > from)
            from = plan->record->since;
        if (from > to)
            continue;
        if (month == demo->now)
            plan_now(plan, from, to);
        else
            plan_past(plan, month, from, to);
    }
}

// ---- records

static int compare_planned(const void *a, const void *b)
{
    const struct planned *left = a;
    const struct planned *right = b;

    return (left->date > right->date) - (left->date < right->date);
}

static void set_findings(struct plan *plan, struct fields *values)
{
    static const char *const elder[] = {"health", "safety"};
    static const char *const child[] = {"guard", "health", "study", "safety", "mind"};
    static const char *const needs[] = {"生活照料", "就医", "精神慰藉", "政策"};
    struct demo_making *making = plan->making;
    bool young = forms_get(service_forms(making->usecase->service), plan->record->kind)->secret;
    size_t count = young ? sizeof child / sizeof child[0] : sizeof elder / sizeof elder[0];

    for (size_t i = 0; i < count; i++) {
        uint32_t roll = demo_below(making, 100);
        fields_set(values, young ? child[i] : elder[i],
                   roll < 88   ? "正常"
                   : roll < 98 ? "关注"
                               : "异常");
        if (roll >= 98)
            fields_set(values, young ? "issue" : "em_done", "已联系家属，三日内再访");
    }
    if (!young && demo_chance(making, 80))
        fields_set(values, "needs", PICK(making, needs));
}

static Rec__Visit *make_visit(struct plan *plan, const struct planned *planned, uint32_t seq)
{
    static const char *const modes[] = {"上门", "上门", "上门", "上门", "上门",
                                        "上门", "电话", "电话", "电话", "视频"};
    static const char *const failures[] = {"未遇", "未遇", "联系不上", "拒访"};
    struct demo_making *making = plan->making;
    const struct demo_village *village = plan->subject->village;
    struct duty_rules rules = facts_duty_rules(making->demo->service, month_of(planned->date));
    struct fields values = {0};
    Rec__Visit *visit = mem_new(sizeof *visit);

    rec__visit__init(visit);
    visit->person = plan->record->person;
    visit->date = planned->date;
    visit->seq = seq;
    visit->at = demo_moment(making, planned->date + planned->delay);
    visit->late = duty_is_late(planned->date, planned->date + planned->delay, &rules);
    record_set(&visit->kind, plan->record->kind);
    record_set(&visit->mode, PICK(making, modes));
    record_set(&visit->result, planned->reached ? VISIT_SUCCESS : PICK(making, failures));
    record_set(&visit->by, village->visitors[demo_chance(making, 250)]);
    record_set(&visit->officer, village->officer);
    if (planned->reached)
        set_findings(plan, &values);
    store_fields_write(&values, &visit->n_fields, &visit->fields);
    fields_free(&values);
    return visit;
}

/** Sets the cases that the visit is credited to. */
static void credit_visit(struct plan *plan, const struct credit_changes *changes, Rec__Visit *visit)
{
    const struct forms *forms = service_forms(plan->making->demo->service);

    visit->credited = mem_array(changes->count, sizeof *visit->credited);
    for (size_t i = 0; i < changes->count; i++) {
        const Rec__Duty *duty = changes->items[i].is;
        const struct form *form = forms_get(forms, duty->kind);
        if (duty->month == month_of(visit->date) && recount_visit_counts(form, visit))
            visit->credited[visit->n_credited++] = duty->case_id;
    }
}

// ---- alarms

/** Findings are dealt with on the next day; the latest ones are still open. */
static void fill_alarm(struct plan *plan, const Rec__Visit *visit, Rec__Alarm *alarm)
{
    const struct demo_village *village = plan->subject->village;
    struct service *service = plan->making->demo->service;
    int64_t next_day = visit->at + 86400;
    bool done = date_of_time(next_day) < plan->making->demo->today;

    alarm->person = visit->person;
    alarm->case_id = plan->record->id;
    alarm->visit_date = visit->date;
    alarm->visit_seq = visit->seq;
    alarm->raised_at = visit->at;
    record_set(&alarm->kind, ALARM_FINDING);
    record_set(&alarm->area, plan->record->area);
    alarm->text = alarm_finding_text(service, visit);
    record_set(&alarm->raised_by, visit->officer);
    record_set(&alarm->state, done ? ALARM_DONE : ALARM_OPEN);
    if (!done)
        return;
    alarm->taken_at = visit->at + 3600;
    alarm->done_at = next_day;
    record_set(&alarm->taken_by, village->officer);
    record_set(&alarm->done_by, village->officer);
    record_set(&alarm->done_note, "已上门复核，家属在照料，情况稳定");
}

static enum result raise_alarm(struct plan *plan, Rec__Visit *visit)
{
    struct service *service = plan->making->demo->service;
    Rec__Alarm empty = REC__ALARM__INIT;

    visit->judged = alarm_mark(service, visit);
    if (!alarm_called_for(service, visit))
        return RESULT_OK;
    Rec__Alarm *alarm = record_copy(&empty);
    enum result result = facts_next_id(service, "alarm", &alarm->id);
    fill_alarm(plan, visit, alarm);
    visit->alarm = alarm->id;
    if (result == 0)
        result = store_alarm_put(plan->making->usecase->txn, alarm);
    rec__alarm__free_unpacked(alarm, NULL);
    return result;
}

static enum result put_visits(struct plan *plan, const struct credit_changes *changes)
{
    enum result result = RESULT_OK;
    uint32_t seq = 0;

    if (plan->count > 0)
        qsort(plan->visits, plan->count, sizeof *plan->visits, compare_planned);
    for (size_t i = 0; i < plan->count && result == 0; i++) {
        seq = i > 0 && plan->visits[i].date == plan->visits[i - 1].date ? seq + 1 : 0;
        Rec__Visit *visit = make_visit(plan, &plan->visits[i], seq);
        credit_visit(plan, changes, visit);
        result = raise_alarm(plan, visit);
        if (result == 0)
            result = store_visit_put(plan->making->usecase->txn, visit);
        rec__visit__free_unpacked(visit, NULL);
    }
    plan->making->state.visits += plan->count;
    return result;
}

// ---- excuses

static void set_excuse(struct plan *plan, Rec__Duty *duty)
{
    static const char *const reasons[] = {"住院", "住院", "外出", "旅居"};
    struct demo_making *making = plan->making;
    day_t today = making->demo->today;
    day_t from = month_first(duty->month);
    day_t last = month_last(duty->month);
    day_t asked = demo_day(making, from, last < today ? last : today);
    Rec__Excuse *excuse = mem_new(sizeof *excuse);

    rec__excuse__init(excuse);
    excuse->from = from;
    excuse->to = last;
    excuse->asked_at = demo_moment(making, asked);
    record_set(&excuse->reason, PICK(making, reasons));
    record_set(&excuse->note, "家属来电告知");
    record_set(&excuse->asked_by, plan->subject->village->officer);
    record_set(&excuse->state, plan->excuse.granted ? EXCUSE_GRANTED : EXCUSE_ASKED);
    if (plan->excuse.granted) {
        excuse->decided_at = excuse->asked_at + 3600;
        record_set(&excuse->decided_by, plan->subject->village->chief);
        record_set(&excuse->decision_note, "属实");
    }
    duty->excuse = excuse;
}

/** The case has the excuse; its duty has a copy. */
static enum result put_excuse(const struct plan *plan, const Rec__Excuse *excuse)
{
    Rec__Case *casefile = record_copy(plan->record);

    casefile->excuses =
        mem_resize(casefile->excuses, casefile->n_excuses + 1, sizeof *casefile->excuses);
    casefile->excuses[casefile->n_excuses++] = record_copy(excuse);
    enum result result = counted_case_put(plan->making->usecase, plan->record, casefile);
    rec__case__free_unpacked(casefile, NULL);
    return result;
}

static enum result set_excuses(struct plan *plan, struct credit_changes *changes)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < changes->count && plan->excuse.month != 0 && result == 0; i++) {
        Rec__Duty *duty = changes->items[i].is;
        if (duty->month != plan->excuse.month || duty->case_id != plan->record->id)
            continue;
        set_excuse(plan, duty);
        result = put_excuse(plan, duty->excuse);
    }
    return result;
}

// ---- one person

static enum result make_visits(struct plan *plan)
{
    struct usecase *usecase = plan->making->usecase;
    struct credit_changes changes = {0};
    const struct form_tier *tier = form_tier(plan->form, plan->record->tier);
    enum result result = RESULT_OK;

    plan->need = tier->per_month > 1 ? tier->per_month : 1;
    plan->interval = tier->interval;
    for (size_t i = 0; i < plan->subject->count && result == 0; i++) {
        Rec__Case *casefile = NULL;
        result = store_case_get(usecase->txn, plan->subject->cases[i], &casefile);
        if (result == 0)
            result = credit_load(usecase, casefile, plan->making->demo->first, &changes);
        if (casefile != NULL)
            rec__case__free_unpacked(casefile, NULL);
    }
    if (changes.count > 0) /* no duty: the person lives in an institution */
        plan_months(plan);
    if (result == 0)
        result = put_visits(plan, &changes);
    if (result == 0)
        result = set_excuses(plan, &changes);
    if (result == 0)
        result = credit_store(usecase, &changes, NULL);
    credit_changes_free(&changes);
    return result;
}

enum result demo_visits_make(struct demo_making *making, const struct demo_subject *subject)
{
    struct usecase *usecase = making->usecase;
    Rec__Case *casefile = NULL;
    enum result result = store_case_get(usecase->txn, subject->cases[0], &casefile);

    if (result != 0)
        return result;
    struct plan plan = {
        .making = making,
        .subject = subject,
        .record = casefile,
        .form = forms_get(service_forms(usecase->service), casefile->kind),
    };
    result = make_visits(&plan);
    free(plan.visits);
    rec__case__free_unpacked(casefile, NULL);
    return result;
}
