/*
 * Households with a dead member, and the tasks about them.
 */
#include "base/mem.h"
#include "service/cases/deceased.h"
#include "service/ledger/alarm_raise.h"
#include "service/ledger/rows.h"
#include "service/memory/census.h"

#include <stdlib.h>
#include <string.h>

static const Rec__Member *find_member(const Rec__Case *casefile, uint64_t person)
{
    for (size_t i = 0; i < casefile->n_members; i++)
        if (casefile->members[i]->person == person && casefile->members[i]->until == 0)
            return casefile->members[i];
    return NULL;
}

bool deceased_is_member(const Rec__Case *casefile, uint64_t person)
{
    return find_member(casefile, person) != NULL;
}

bool deceased_stands_in(const Rec__Case *casefile, uint64_t person)
{
    const Rec__Member *member = find_member(casefile, person);

    return member != NULL && (member->covered || person == casefile->person);
}

enum result deceased_count_living(struct usecase *usecase, const Rec__Case *casefile,
                                  uint64_t person, uint64_t *ret_one, size_t *ret_count)
{
    size_t count = 0;

    for (size_t i = 0; i < casefile->n_members; i++) {
        const Rec__Member *member = casefile->members[i];
        Rec__Person *found = NULL;
        if (member->until != 0 || member->person == person)
            continue;
        enum result result = store_person_get(usecase->txn, member->person, &found);
        if (result != 0)
            return result;
        count += found->death == 0;
        if (found->death == 0 && ret_one != NULL)
            *ret_one = found->id;
        rec__person__free_unpacked(found, NULL);
    }
    *ret_count = count;
    return RESULT_OK;
}

/** The open tasks of one household, owned. */
struct tasks {
    size_t count, capacity;
    struct task {
        Rec__Alarm *alarm;
        bool wanted;
    } * items;
};

static enum result collect_task(const Rec__Alarm *alarm, void *arg)
{
    struct tasks *tasks = arg;

    if (!store_alarm_is_open(alarm) || strcmp(alarm->kind, ALARM_BEREAVED) != 0)
        return RESULT_OK;
    mem_grow((void **)&tasks->items, tasks->count, &tasks->capacity, sizeof *tasks->items);
    tasks->items[tasks->count++] = (struct task){.alarm = record_copy(alarm)};
    return RESULT_OK;
}

static void tasks_free(struct tasks *tasks)
{
    for (size_t i = 0; i < tasks->count; i++)
        rec__alarm__free_unpacked(tasks->items[i].alarm, NULL);
    free(tasks->items);
}

/** "已于 2026-10-05 死亡，仍在低保保障，请办理"; new string. */
static char *task_text(struct usecase *usecase, const Rec__Case *casefile, day_t death,
                       bool covered)
{
    const char *kind = rows_kind_name(usecase->service, casefile->kind);
    char day[DATE_TEXT];

    return mem_printf("已于 %s 死亡，%s%s%s，请办理", date_format(death, day),
                      covered ? "仍在" : "仍是", kind, covered ? "保障" : "户主");
}

static enum result want_task(struct usecase *usecase, const Rec__Case *casefile,
                             const Rec__Person *person, bool covered, struct tasks *tasks)
{
    Rec__Alarm alarm = REC__ALARM__INIT;
    char *text = task_text(usecase, casefile, person->death, covered);
    enum result result = RESULT_OK;
    uint64_t id = 0;
    struct task *task = NULL;

    for (size_t i = 0; i < tasks->count && task == NULL; i++)
        if (tasks->items[i].alarm->person == person->id)
            task = &tasks->items[i];
    if (task != NULL) {
        task->wanted = true;
        if (strcmp(task->alarm->text, text) != 0) {
            record_set(&task->alarm->text, text);
            result = store_alarm_put(usecase->txn, task->alarm);
        }
    } else {
        alarm.kind = (char *)ALARM_BEREAVED;
        alarm.area = casefile->area;
        alarm.person = person->id;
        alarm.case_id = casefile->id;
        alarm.text = text;
        result = alarm_raise(usecase, &alarm, &id);
    }
    free(text);
    return result;
}

/** Wants a task for each dead member who is still the head or covered. */
static enum result want_tasks(struct usecase *usecase, const Rec__Case *casefile,
                              struct tasks *tasks)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < casefile->n_members && result == 0; i++) {
        const Rec__Member *member = casefile->members[i];
        Rec__Person *person = NULL;
        bool stands = member->until == 0 && deceased_stands_in(casefile, member->person);
        if (!stands || !census_is_active(casefile))
            continue;
        result = store_person_get(usecase->txn, member->person, &person);
        if (result == 0 && person->death != 0)
            result = want_task(usecase, casefile, person, member->covered, tasks);
        if (person != NULL)
            rec__person__free_unpacked(person, NULL);
    }
    return result;
}

static enum result end_task(struct usecase *usecase, const Rec__Case *casefile, Rec__Alarm *alarm)
{
    Rec__Person *person = NULL;
    enum result result = store_person_get(usecase->txn, alarm->person, &person);

    if (result != 0)
        return result;
    bool alive = person->death == 0;
    rec__person__free_unpacked(person, NULL);
    if (alive)
        return alarm_end(usecase, alarm, ALARM_VOID, "死亡登记已撤销");
    return alarm_end(usecase, alarm, ALARM_DONE,
                     census_is_active(casefile) ? "户主和保障对象已改" : "该户已退出");
}

enum result deceased_check_household(struct usecase *usecase, const Rec__Case *casefile)
{
    struct tasks tasks = {0};

    if (casefile->n_members == 0)
        return RESULT_OK;
    enum result result = store_alarm_of_case(usecase->txn, casefile->id, collect_task, &tasks);
    if (result == 0)
        result = want_tasks(usecase, casefile, &tasks);
    for (size_t i = 0; i < tasks.count && result == 0; i++)
        if (!tasks.items[i].wanted)
            result = end_task(usecase, casefile, tasks.items[i].alarm);
    tasks_free(&tasks);
    return result;
}
