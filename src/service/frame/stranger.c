#include "service/frame/stranger.h"

#include "base/mem.h"
#include "base/text.h"
#include "domain/area.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/memory/state.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct met_today {
    char officer[sizeof((struct caller *)0)->officer];
    size_t count;
};

struct strangers {
    pthread_mutex_t lock;
    day_t day;
    bool recalled; /**< what was met before the start is counted, too */
    size_t count, capacity;
    struct met_today *items;
};

struct strangers *strangers_new(void)
{
    struct strangers *strangers = mem_new(sizeof *strangers);

    pthread_mutex_init(&strangers->lock, NULL);
    return strangers;
}

void strangers_free(struct strangers **strangers)
{
    struct strangers *s = *strangers;

    if (s == NULL)
        return;
    pthread_mutex_destroy(&s->lock);
    free(s->items);
    free(s);
    *strangers = NULL;
}

void stranger_list_free(struct stranger_list *list)
{
    free(list->items);
    *list = (struct stranger_list){0};
}

// ---- meeting strangers

enum result stranger_find(struct usecase *usecase, const Rec__Person *person, bool *ret_stranger)
{
    const char *area = usecase->caller->area;
    struct record_cases cases = {0};
    bool own = area_contains(area, person->area);
    enum result result = own ? RESULT_OK : record_cases_load(usecase, person->id, &cases);

    for (size_t i = 0; i < cases.count && !own; i++)
        own = area_contains(area, cases.items[i]->area);
    record_cases_free(&cases);
    *ret_stranger = !own;
    return result;
}

void stranger_meet(struct usecase *usecase, const Rec__Person *person)
{
    struct stranger_list *list = usecase->met;

    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].person == person->id)
            return;
    mem_grow((void **)&list->items, list->count, &list->capacity, sizeof *list->items);
    struct stranger *stranger = &list->items[list->count++];
    stranger->person = person->id;
    snprintf(stranger->area, sizeof stranger->area, "%s", person->area);
}

enum result stranger_refuse(struct usecase *usecase, const Rec__Person *person, enum result refusal)
{
    stranger_meet(usecase, person);
    return reply_say(usecase->reply, refusal, STRANGER_WORDS "。");
}

// ---- counting

/** The officer's count of today, made if there is none. The lock is held. */
static size_t *count_of(struct strangers *strangers, const char *officer, day_t day)
{
    if (strangers->day != day)
        strangers->count = 0;
    strangers->day = day;
    for (size_t i = 0; i < strangers->count; i++)
        if (strcmp(strangers->items[i].officer, officer) == 0)
            return &strangers->items[i].count;
    mem_grow((void **)&strangers->items, strangers->count, &strangers->capacity,
             sizeof *strangers->items);
    struct met_today *today = &strangers->items[strangers->count++];
    *today = (struct met_today){0};
    snprintf(today->officer, sizeof today->officer, "%s", officer);
    return &today->count;
}

/** Counts a meeting of today from its event. */
static enum result count_event(const Rec__Event *event, void *arg)
{
    struct strangers *met = arg;

    if (text_starts(event->note, STRANGER_NOTE))
        ++*count_of(met, event->officer, met->day);
    return RESULT_OK;
}

/** What was met today before the server started, from the events. Only the first of several threads
 *  keeps what it has read: meetings since then are counted, and written, behind it. */
static enum result recall_today(const struct usecase *usecase)
{
    struct strangers *strangers = usecase->service->strangers;
    struct strangers before = {.day = usecase->today};

    pthread_mutex_lock(&strangers->lock);
    bool recalled = strangers->recalled;
    pthread_mutex_unlock(&strangers->lock);
    if (recalled)
        return RESULT_OK;
    enum result result = store_event_since(usecase->txn, usecase->today, count_event, &before);
    pthread_mutex_lock(&strangers->lock);
    for (size_t i = 0; i < before.count && result == 0 && !strangers->recalled; i++)
        *count_of(strangers, before.items[i].officer, before.day) = before.items[i].count;
    strangers->recalled |= result == 0;
    pthread_mutex_unlock(&strangers->lock);
    free(before.items);
    return result;
}

enum result stranger_allow(struct usecase *usecase)
{
    struct strangers *strangers = usecase->service->strangers;
    enum result result = recall_today(usecase);

    if (result != 0)
        return result;
    pthread_mutex_lock(&strangers->lock);
    size_t met = *count_of(strangers, usecase->caller->officer, usecase->today);
    pthread_mutex_unlock(&strangers->lock);
    if (met + usecase->met->count < STRANGERS_A_DAY)
        return RESULT_OK;
    return reply_say(usecase->reply, RESULT_DENIED,
                     "今天已有%d次查到辖区以外的人，今天不能再按身份证号办理，请报上级民政核实。",
                     STRANGERS_A_DAY);
}

/** The transaction that met them was allowed to, so the count of today is whole. */
static void add_today(const struct usecase *usecase)
{
    struct strangers *strangers = usecase->service->strangers;

    pthread_mutex_lock(&strangers->lock);
    *count_of(strangers, usecase->caller->officer, usecase->today) += usecase->met->count;
    pthread_mutex_unlock(&strangers->lock);
}

// ---- the events

static enum result write_meeting(struct usecase *usecase, void *arg)
{
    const struct stranger *stranger = arg;

    event_name_record(usecase, stranger->area, "person:%" PRIu64, stranger->person);
    event_add_note(usecase, STRANGER_NOTE);
    return RESULT_OK;
}

enum result stranger_settle(const struct usecase *usecase, enum action action)
{
    struct caller caller = *usecase->caller;
    enum result result = RESULT_OK;

    if (usecase->met->count == 0 || usecase->service->read_only)
        return RESULT_OK;
    caller.number = 0; /* the request's number belongs to its own event */
    caller.unsettled = NULL;
    add_today(usecase);
    for (size_t i = 0; i < usecase->met->count && result == 0; i++) {
        struct reply reply = {0};
        result = usecase_write(usecase->service, &caller, action, NULL, write_meeting,
                               &usecase->met->items[i], &reply);
        reply_free(&reply);
    }
    return result;
}
