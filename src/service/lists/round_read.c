#include "service/lists/round_read.h"

#include "base/ids.h"
#include "base/mem.h"
#include "base/month.h"
#include "db/round.h"
#include "service/ledger/marks.h"
#include "service/ledger/rows.h"
#include "service/memory/excuses.h"
#include "service/memory/state.h"

#include <stdlib.h>
#include <string.h>

// ---- the round

void round_days(const Rec__Round *round, struct round_days *ret_days)
{
    bool closed = strcmp(round->state, ROUND_CLOSED) == 0;
    day_t ended = closed ? date_of_time(round->ended_at) : round->to;

    *ret_days = (struct round_days){
        .from = round->from, .to = round->to, .last = date_earlier(round->to, ended)};
}

bool round_is_sent(const struct service *service, const Rec__Round *round)
{
    uint32_t origin = ids_origin_of(round->id);

    return service_collects(service) && origin != 0 && origin != service->ids_origin;
}

bool round_is_running(const Rec__Round *round, day_t today)
{
    return strcmp(round->state, ROUND_MADE) == 0 && today <= round->to;
}

month_t round_last_month(const Rec__Round *round, day_t today)
{
    month_t now = month_of(today);
    month_t last = month_of(round->to);

    return last < now ? last : now;
}

/** The first month that is read: of a round that has not begun the present one. */
static month_t first_month(const struct service *service, const Rec__Round *round, day_t today)
{
    month_t first = month_of(round->from);
    month_t last = round_last_month(round, today);

    if (first > last)
        first = last;
    return first < service_first_month(service) ? service_first_month(service) : first;
}

bool round_concerns(const struct service *service, const Rec__Round *round, const char *area)
{
    for (size_t i = 0; i < round->n_areas; i++) {
        const char *present = facts_area_present(service, round->areas[i]);
        if (*area == '\0' || area_contains(area, round->areas[i]) ||
            area_contains(round->areas[i], area) || area_contains(present, area) ||
            area_contains(area, present))
            return true;
    }
    return false;
}

// ---- one row of the ledger

/** What a row says of its case; folded, what all rows say of it. */
struct seen {
    uint64_t person, case_id;
    month_t month;
    const struct form *form;
    char area[AREA_TEXT]; /**< the place of the round in which it was, "" = in none */
    char
        moved[AREA_TEXT]; /**< where it was at the end, if that is no place of the round; else "" */
    bool ended;           /**< `gone_on` is its exit */
    day_t last_visit;
    struct round_facts facts; /**< its texts are owned */
    char *officer;
};

struct reading {
    struct usecase *usecase;
    const Rec__Round *round;
    struct round_days days;
    day_t today;
    day_t end; /**< the last day of the round that has begun */
    struct round_reach reach;
    size_t count, capacity;
    struct seen *items;
};

static bool right_tier(const Rec__Round *round, const char *tier)
{
    for (size_t i = 0; i < round->n_tiers; i++)
        if (strcmp(round->tiers[i], tier) == 0)
            return true;
    return round->n_tiers == 0;
}

/** A place that a change of divisions had ended before the round began means what followed it. */
static bool right_place(const struct reading *reading, const char *code)
{
    const struct cache *cache = reading->usecase->service->cache;

    for (size_t i = 0; i < reading->round->n_areas; i++) {
        const char *place = reading->round->areas[i];
        const Rec__Area *area = cache_area(cache, place);
        if (area_contains(place, code))
            return true;
        if (area != NULL && !cache_area_lives(area) && area->until <= reading->round->from &&
            area_contains(cache_area_present(cache, place), code))
            return true;
    }
    return false;
}

/** Where the case was at the end of the day. */
static const char *area_on(const Rec__Duty *duty, day_t day)
{
    for (size_t i = 0; i < duty->n_marks; i++)
        if (strcmp(duty->marks[i]->what, MARK_AREA) == 0 && date_of_time(duty->marks[i]->at) > day)
            return duty->marks[i]->old;
    return duty->area;
}

/** The day on which it last moved within the round, 0 = it did not. */
static day_t moved_on(const struct reading *reading, const Rec__Duty *duty)
{
    day_t moved = 0;

    for (size_t i = 0; i < duty->n_marks; i++) {
        day_t day = date_of_time(duty->marks[i]->at);
        if (strcmp(duty->marks[i]->what, MARK_AREA) == 0 && day >= reading->days.from &&
            day <= reading->end)
            moved = day;
    }
    return moved;
}

static void copy_area(char to[AREA_TEXT], const char *from)
{
    size_t length = strnlen(from, AREA_TEXT - 1);

    memcpy(to, from, length);
    to[length] = '\0';
}

/** Where the case was and is. Nobody has left a village that has ceased. */
static void see_place(const struct reading *reading, const Rec__Duty *duty, struct seen *seen)
{
    const struct cache *cache = reading->usecase->service->cache;
    day_t first = date_later(reading->days.from, month_first(duty->month));
    const char *was = area_on(duty, first - 1), *is = area_on(duty, reading->end);
    const Rec__Area *old = cache_area(cache, was);
    bool ceased = strcmp(was, is) != 0 && old != NULL && !cache_area_lives(old);
    bool began = right_place(reading, was);

    if (right_place(reading, is) || (ceased && began)) {
        copy_area(seen->area, is);
        return;
    }
    copy_area(seen->moved, is);
    if (!began)
        return;
    copy_area(seen->area, was);
    seen->facts.gone_on = moved_on(reading, duty);
}

/** Granted for every day of the row's month that belongs to the round. */
static bool is_excused(const struct reading *reading, const Rec__Duty *duty)
{
    const Rec__Excuse *excuse = duty->excuse;
    day_t from = date_later(date_later(reading->days.from, month_first(duty->month)), duty->since);
    day_t to = duty->month == reading->reach.last
                   ? reading->days.last
                   : date_earlier(reading->days.last, month_last(duty->month));

    return excuse != NULL && strcmp(excuse->state, EXCUSE_GRANTED) == 0 && excuse->from <= from &&
           (excuse->to == 0 || excuse->to >= to);
}

static void see_visits(const struct reading *reading, const Rec__Duty *duty, struct seen *seen)
{
    seen->last_visit = duty->last_before;
    for (size_t i = 0; i < duty->n_credits; i++) {
        const Rec__Credit *credit = duty->credits[i];
        seen->last_visit = date_later(seen->last_visit, credit->date);
        if (credit->date < reading->days.from || credit->date > reading->days.last ||
            seen->facts.reached_on != 0)
            continue;
        seen->facts.reached_on = credit->date;
        seen->facts.late = credit->late;
    }
    for (size_t i = 0; i < duty->n_attempts; i++)
        seen->facts.attempts +=
            duty->attempts[i] >= reading->days.from && duty->attempts[i] <= reading->days.last;
}

static void see_exit(const struct reading *reading, const Rec__Duty *duty, struct seen *seen)
{
    if (duty->closed_on == 0 || duty->closed_on > reading->end)
        return;
    seen->ended = true;
    seen->facts.gone_on = duty->closed_on;
    seen->facts.gone = mem_copy(duty->exit_reason);
}

static enum result see_duty(const Rec__Duty *duty, void *arg)
{
    struct reading *reading = arg;
    const struct form *form = forms_get(service_forms(reading->usecase->service), duty->kind);
    bool present = duty->since <= reading->days.last &&
                   (duty->closed_on == 0 || duty->closed_on >= reading->days.from);

    if (form == NULL || !form->rate || strcmp(duty->type, DUTY_TYPE_VISIT) != 0)
        return RESULT_OK;
    struct seen seen = {
        .person = duty->person, .case_id = duty->case_id, .month = duty->month, .form = form};
    see_place(reading, duty, &seen);
    see_visits(reading, duty, &seen);
    seen.facts.there = seen.area[0] != '\0' && present && right_tier(reading->round, duty->tier);
    if (!seen.facts.there && seen.facts.reached_on == 0 && duty->month == reading->reach.first)
        return RESULT_OK;
    see_exit(reading, duty, &seen);
    seen.facts.excused = is_excused(reading, duty);
    if (seen.facts.excused)
        seen.facts.excuse = mem_copy(duty->excuse->reason);
    if (*duty->unowed != '\0')
        seen.facts.unowed = mem_copy(duty->unowed);
    seen.officer = mem_copy(duty->officer);
    mem_grow((void **)&reading->items, reading->count, &reading->capacity, sizeof seen);
    reading->items[reading->count++] = seen;
    return RESULT_OK;
}

static void seen_clear(struct seen *seen)
{
    free((char *)seen->facts.gone);
    free((char *)seen->facts.excuse);
    free((char *)seen->facts.unowed);
    free(seen->officer);
}

// ---- the rows of a case, the cases of a person

static int compare_seen(const void *a, const void *b)
{
    const struct seen *x = a, *y = b;

    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    if (x->case_id != y->case_id)
        return x->case_id < y->case_id ? -1 : 1;
    return x->month - y->month;
}

static void take_visit(struct round_facts *to, const struct round_facts *from)
{
    if (from->reached_on == 0 || (to->reached_on != 0 && to->reached_on <= from->reached_on))
        return;
    to->reached_on = from->reached_on;
    to->late = from->late;
}

static void take_text(const char **to, const char **from)
{
    free((char *)*to);
    *to = *from;
    *from = NULL;
}

/** Adds a later month of the same case: what it says last holds. */
static void fold_month(struct seen *into, struct seen *next)
{
    struct round_facts *to = &into->facts, *from = &next->facts;
    bool excused = from->there && to->there ? to->excused && from->excused
                   : from->there            ? from->excused
                                            : to->excused;

    take_visit(to, from);
    to->attempts += from->attempts;
    to->there |= from->there;
    if (from->gone_on != 0 || next->moved[0] == '\0') {
        to->gone_on = from->gone_on;
        into->ended = next->ended;
        take_text(&to->gone, &from->gone);
    } else if (to->gone_on == 0) {
        to->gone_on = month_first(next->month);
    }
    memcpy(into->moved, next->moved, sizeof into->moved);
    if (next->area[0] != '\0')
        memcpy(into->area, next->area, sizeof into->area);
    if (from->excused || !excused)
        take_text(&to->excuse, &from->excuse);
    to->excused = excused;
    take_text(&to->unowed, &from->unowed);
    into->last_visit = date_later(into->last_visit, next->last_visit);
    seen_clear(next);
}

/** True if the second case says better how the person stands. */
static bool is_better(const struct seen *a, const struct seen *b)
{
    if (a->facts.there != b->facts.there)
        return b->facts.there;
    if ((a->facts.gone_on == 0) != (b->facts.gone_on == 0))
        return b->facts.gone_on == 0;
    return b->facts.gone_on > a->facts.gone_on;
}

/** Adds another case of the same person. */
static void fold_case(struct seen *into, struct seen *next)
{
    struct seen other = *next;

    if (is_better(into, next)) {
        other = *into;
        *into = *next;
    }
    take_visit(&into->facts, &other.facts);
    if (other.facts.attempts > into->facts.attempts)
        into->facts.attempts = other.facts.attempts;
    into->last_visit = date_later(into->last_visit, other.last_visit);
    seen_clear(&other);
}

static void fold(struct reading *reading, bool same_case)
{
    size_t kept = 0;

    for (size_t i = 0; i < reading->count; i++) {
        struct seen *item = &reading->items[i];
        struct seen *last = kept > 0 ? &reading->items[kept - 1] : NULL;
        bool same = last != NULL && last->person == item->person &&
                    (!same_case || last->case_id == item->case_id);
        if (same && same_case)
            fold_month(last, item);
        else if (same)
            fold_case(last, item);
        else
            reading->items[kept++] = *item;
    }
    reading->count = kept;
}

// ---- people

static void end_texts(const struct reading *reading, struct seen *seen)
{
    struct round_facts *facts = &seen->facts;

    if (!seen->ended && facts->gone_on != 0) {
        free((char *)facts->gone);
        facts->gone =
            mem_printf("迁往%s", service_area_name(reading->usecase->service, seen->moved));
    }
    facts->gone = facts->gone != NULL ? facts->gone : mem_copy("");
    facts->excuse = facts->excuse != NULL ? facts->excuse : mem_copy("");
    facts->unowed = facts->unowed != NULL ? facts->unowed : mem_copy("");
}

static void take_people(struct reading *reading, const char *area, struct round_people *people)
{
    for (size_t i = 0; i < reading->count; i++) {
        struct seen *seen = &reading->items[i];
        if (!seen->facts.there || !area_contains(area, seen->area)) {
            seen_clear(seen);
            continue;
        }
        end_texts(reading, seen);
        mem_grow((void **)&people->items, people->count, &people->capacity, sizeof *people->items);
        struct round_person *person = &people->items[people->count++];
        *person = (struct round_person){
            .person = seen->person,
            .case_id = seen->case_id,
            .form = seen->form,
            .last_visit = seen->last_visit,
            .facts = seen->facts,
            .view = round_judge(&reading->days, &seen->facts, reading->today),
            .officer = seen->officer,
        };
        memcpy(person->area, seen->area, sizeof person->area);
    }
}

static int compare_people(const void *a, const void *b)
{
    static const int places[ROUND_STATES] = {
        [ROUND_PENDING] = 0, [ROUND_MISSED] = 0,      [ROUND_REACHED] = 1,
        [ROUND_EXCUSED] = 2, [ROUND_NOT_COUNTED] = 3,
    };
    const struct round_person *x = a, *y = b;
    int order = strcmp(x->area, y->area);

    if (order == 0)
        order = places[x->view.state] - places[y->view.state];
    if (order == 0)
        order = x->last_visit < y->last_visit ? -1 : x->last_visit > y->last_visit;
    return order != 0 ? order : x->case_id < y->case_id ? -1 : x->case_id > y->case_id;
}

/** The streets that are read for `area`; a person who moved within the street is found there. */
static void street_prefix(const char *area, char prefix[AREA_TEXT])
{
    char street[AREA_TEXT];

    area_ancestor(area, AREA_STREET, street);
    area_prefix(street[0] != '\0' ? street : area, prefix);
}

void round_reach(struct usecase *usecase, const Rec__Round *round, const char *area, day_t today,
                 struct round_reach *ret_reach)
{
    const char *whole = area_contains(area, round->area) ? round->area : area;

    *ret_reach = (struct round_reach){.first = first_month(usecase->service, round, today),
                                      .last = round_last_month(round, today)};
    street_prefix(whole, ret_reach->prefix);
    street_prefix(facts_area_present(usecase->service, whole), ret_reach->later);
}

static enum result read_months(struct reading *reading)
{
    const struct round_reach *reach = &reading->reach;
    struct usecase *usecase = reading->usecase;
    enum result result = RESULT_OK;

    for (month_t month = reach->first; month <= reach->last && result == 0; month++) {
        result = store_duty_scan(usecase->txn, month, reach->prefix, NULL, see_duty, reading);
        if (result == 0 && strcmp(reach->prefix, reach->later) != 0)
            result = store_duty_scan(usecase->txn, month, reach->later, NULL, see_duty, reading);
    }
    return result;
}

enum result round_read(struct usecase *usecase, const Rec__Round *round, const char *area,
                       day_t today, struct round_people *ret_people)
{
    struct reading reading = {.usecase = usecase, .round = round, .today = today};

    round_days(round, &reading.days);
    round_reach(usecase, round, area, today, &reading.reach);
    reading.end = date_earlier(reading.days.last, today);
    *ret_people = (struct round_people){0};
    enum result result = read_months(&reading);
    if (reading.count > 1)
        qsort(reading.items, reading.count, sizeof *reading.items, compare_seen);
    fold(&reading, true);
    fold(&reading, false);
    take_people(&reading, area, ret_people);
    free(reading.items);
    if (ret_people->count > 1)
        qsort(ret_people->items, ret_people->count, sizeof *ret_people->items, compare_people);
    if (result != 0)
        round_people_free(ret_people);
    return result;
}

void round_people_free(struct round_people *people)
{
    for (size_t i = 0; i < people->count; i++) {
        free((char *)people->items[i].facts.gone);
        free((char *)people->items[i].facts.excuse);
        free((char *)people->items[i].facts.unowed);
        free(people->items[i].officer);
    }
    free(people->items);
    *people = (struct round_people){0};
}
