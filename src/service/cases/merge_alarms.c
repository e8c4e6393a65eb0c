/*
 * The alarms of two persons who become one: all go with their visits, and whether nobody met the
 * person several times in a row is judged of the joined visits.
 */
#include "service/cases/merge_private.h"

#include "base/mem.h"
#include "service/ledger/alarm_raise.h"
#include "service/memory/census.h"

#include <stdlib.h>
#include <string.h>

// ---- they go with their person

struct alarms {
    size_t count, capacity;
    Rec__Alarm **items;
};

static enum result add_alarm(const Rec__Alarm *alarm, void *arg)
{
    struct alarms *alarms = arg;

    mem_grow((void **)&alarms->items, alarms->count, &alarms->capacity, sizeof *alarms->items);
    alarms->items[alarms->count++] = record_copy(alarm);
    return RESULT_OK;
}

/** One that was raised at the merge or since goes to whose visit it names. */
static bool is_moved_alarm(const Rec__Merge *merge, const Rec__Alarm *alarm)
{
    for (size_t i = 0; i < merge->n_alarms; i++)
        if (merge->alarms[i] == alarm->id)
            return true;
    return alarm->visit_date != 0 &&
           merge_is_moved_visit(merge, alarm->visit_date, alarm->visit_seq);
}

enum result merge_move_alarms(struct usecase *usecase, Rec__Merge *merge, bool back)
{
    struct alarms alarms = {0};
    enum result result =
        store_alarm_of_person(usecase->txn, back ? merge->kept : merge->gone, add_alarm, &alarms);

    if (!back)
        merge->alarms = mem_array(alarms.count + 1, sizeof *merge->alarms);
    for (size_t i = 0; i < alarms.count; i++) {
        Rec__Alarm *alarm = alarms.items[i];
        if (result == 0 && (!back || is_moved_alarm(merge, alarm))) {
            alarm->person = back ? merge->gone : merge->kept;
            if (alarm->visit_date != 0)
                alarm->visit_seq = merge_map_seq(merge, alarm->visit_date, alarm->visit_seq, back);
            if (!back)
                merge->alarms[merge->n_alarms++] = alarm->id;
            result = store_alarm_put(usecase->txn, alarm);
        }
        rec__alarm__free_unpacked(alarm, NULL);
    }
    free(alarms.items);
    return result;
}

// ---- nobody met them several times in a row

static void free_alarms(struct alarms *alarms)
{
    for (size_t i = 0; i < alarms->count; i++)
        rec__alarm__free_unpacked(alarms->items[i], NULL);
    free(alarms->items);
    *alarms = (struct alarms){0};
}

static enum result add_unmet(const Rec__Alarm *alarm, void *arg)
{
    return strcmp(alarm->kind, ALARM_UNMET) == 0 ? add_alarm(alarm, arg) : RESULT_OK;
}

/** The case whose officers look for the person: one with visits on the books; NULL if there is none. */
static const Rec__Case *find_visited(struct usecase *usecase, const struct record_cases *cases,
                                     uint64_t person)
{
    for (size_t i = 0; i < cases->count; i++) {
        const Rec__Case *casefile = cases->items[i];
        const struct form *form = forms_get(service_forms(usecase->service), casefile->kind);
        if (census_is_active(casefile) && casefile->person == person && form != NULL &&
            form->has_visits)
            return casefile;
    }
    return NULL;
}

static enum result judge_person(struct usecase *usecase, uint64_t person, const char *why)
{
    struct record_cases cases = {0};
    enum result result = record_cases_load(usecase, person, &cases);

    if (result == 0)
        result = alarm_judge_again(usecase, find_visited(usecase, &cases, person), person, why);
    record_cases_free(&cases);
    return result;
}

/** True if `alarm` goes on rather than `other`: an officer is at it, or its clock began first. */
static bool goes_on(const Rec__Alarm *alarm, const Rec__Alarm *other)
{
    bool taken = strcmp(alarm->state, ALARM_TAKEN) == 0;

    if (taken != (strcmp(other->state, ALARM_TAKEN) == 0))
        return taken;
    return alarm->raised_at != other->raised_at ? alarm->raised_at < other->raised_at
                                                : alarm->id < other->id;
}

/** One human being is looked for once. */
static enum result end_second(struct usecase *usecase, const struct alarms *alarms)
{
    const Rec__Alarm *first = NULL;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < alarms->count; i++)
        if (store_alarm_is_open(alarms->items[i]) &&
            (first == NULL || goes_on(alarms->items[i], first)))
            first = alarms->items[i];
    for (size_t i = 0; i < alarms->count && result == 0; i++) {
        if (!store_alarm_is_open(alarms->items[i]) || alarms->items[i] == first)
            continue;
        Rec__Alarm *second = record_copy(alarms->items[i]);
        result = alarm_end(usecase, second, ALARM_VOID, "两份登记已合并，由同一人的另一条警示跟进");
        rec__alarm__free_unpacked(second, NULL);
    }
    return result;
}

static const Rec__Alarm *find_alarm(const struct alarms *alarms, uint64_t id)
{
    for (size_t i = 0; i < alarms->count; i++)
        if (alarms->items[i]->id == id)
            return alarms->items[i];
    return NULL;
}

/** Keeps what the merge changed, and what is open: later visits and officers may change that. */
static void keep_judged(Rec__Merge *merge, const struct alarms *before, const struct alarms *after)
{
    merge->judged = mem_array(after->count + 1, sizeof(Rec__MergedAlarm *));
    for (size_t i = 0; i < after->count; i++) {
        const Rec__Alarm *was = find_alarm(before, after->items[i]->id);
        if (was != NULL && !store_alarm_is_open(was) && record_equal(was, after->items[i]))
            continue;
        Rec__MergedAlarm *judged = mem_new(sizeof *judged);
        rec__merged_alarm__init(judged);
        judged->before = was != NULL ? record_copy(was) : NULL;
        judged->after = record_copy(after->items[i]);
        merge->judged[merge->n_judged++] = judged;
    }
}

enum result merge_judge_alarms(struct usecase *usecase, Rec__Merge *merge)
{
    struct alarms before = {0};
    struct alarms after = {0};
    enum result result = store_alarm_of_person(usecase->txn, merge->kept, add_unmet, &before);

    if (result == 0)
        result = end_second(usecase, &before);
    if (result == 0)
        result = judge_person(usecase, merge->kept, "两份登记已合并，连起来看不再是连续没有见到");
    if (result == 0)
        result = store_alarm_of_person(usecase->txn, merge->kept, add_unmet, &after);
    if (result == 0)
        keep_judged(merge, &before, &after);
    free_alarms(&before);
    free_alarms(&after);
    return result;
}

// ---- apart again

/** What an officer did since stays; the visits that it is about are those from before. */
static enum result put_visits_back(struct usecase *usecase, const Rec__MergedAlarm *judged,
                                   Rec__Alarm *now)
{
    if (judged->before == NULL)
        return RESULT_OK;
    now->visit_date = judged->before->visit_date;
    now->visit_seq = judged->before->visit_seq;
    now->count = judged->before->count;
    record_set(&now->text, judged->before->text);
    return store_alarm_put(usecase->txn, now);
}

static enum result unjudge(struct usecase *usecase, const Rec__MergedAlarm *judged)
{
    Rec__Alarm *now = NULL;
    enum result result = store_alarm_get(usecase->txn, judged->after->id, &now);

    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_OK : result;
    if (!record_equal(now, judged->after))
        result = put_visits_back(usecase, judged, now);
    else if (judged->before != NULL)
        result = store_alarm_put(usecase->txn, judged->before);
    else
        result = store_alarm_del(usecase->txn, now->id);
    rec__alarm__free_unpacked(now, NULL);
    return result;
}

enum result merge_unjudge_alarms(struct usecase *usecase, const Rec__Merge *merge)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < merge->n_judged && result == 0; i++)
        result = unjudge(usecase, merge->judged[i]);
    return result;
}

enum result merge_judge_apart(struct usecase *usecase, uint64_t person)
{
    return judge_person(usecase, person, "合并已撤销，分开看不是连续没有见到");
}
