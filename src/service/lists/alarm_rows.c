#include "service/lists/alarm_rows.h"

#include "base/mem.h"
#include "domain/area.h"
#include "service/frame/record.h"
#include "service/ledger/alarm_raise.h"
#include "service/ledger/rows.h"
#include "service/ledger/standin.h"
#include "service/lists/alarm.h"
#include "service/memory/lent.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** The open alarms of an area that the caller may see. */
struct open_alarms {
    struct usecase *usecase;
    size_t count, capacity;
    struct open_alarm {
        Rec__Alarm *alarm; /**< owned */
        int64_t deadline;  /**< 0 = none */
    } * items;
    struct lent_places places; /**< that are read */
};

static bool may_see(const struct usecase *usecase, const Rec__Alarm *alarm)
{
    const struct alarm_kind *kind = alarm_kind_find(alarm->kind);

    /* A county officer sees all of them. */
    return kind != NULL &&
           (usecase->caller->role == ROLE_COUNTY || standin_may(usecase, kind->right, alarm->area));
}

static enum result see_alarm(const Rec__Alarm *alarm, void *arg)
{
    struct open_alarms *open = arg;

    if (!may_see(open->usecase, alarm))
        return RESULT_OK;
    mem_grow((void **)&open->items, open->count, &open->capacity, sizeof *open->items);
    open->items[open->count++] = (struct open_alarm){
        .alarm = record_copy(alarm),
        .deadline = alarm_deadline(open->usecase->service, alarm),
    };
    return RESULT_OK;
}

/** The earliest deadline first; alarms without a deadline last. */
static int compare_alarms(const void *a, const void *b)
{
    const struct open_alarm *x = a;
    const struct open_alarm *y = b;

    if ((x->deadline == 0) != (y->deadline == 0))
        return x->deadline == 0 ? 1 : -1;
    if (x->deadline != y->deadline)
        return x->deadline < y->deadline ? -1 : 1;
    return x->alarm->id < y->alarm->id ? -1 : x->alarm->id > y->alarm->id;
}

/** Of the caller's own area also those of places where the caller stands in. */
static enum result load_open(struct usecase *usecase, const char *area, struct open_alarms *open)
{
    const struct caller *caller = usecase->caller;
    enum result result = RESULT_OK;

    bool own = strcmp(area, caller->area) == 0;

    *open = (struct open_alarms){.usecase = usecase};
    open->places = lent_places(usecase->service, own ? caller->officer : "", area, usecase->today);
    for (size_t i = 0; i < open->places.count && result == 0; i++)
        result = store_alarm_of_area(usecase->txn, open->places.prefixes[i], see_alarm, open);
    if (result == 0 && open->count > 1)
        qsort(open->items, open->count, sizeof *open->items, compare_alarms);
    return result;
}

static void open_free(struct open_alarms *open)
{
    for (size_t i = 0; i < open->count; i++)
        rec__alarm__free_unpacked(open->items[i].alarm, NULL);
    free(open->items);
    free(open->places.prefixes);
}

// ---- rows of alarms

static enum result write_row(struct usecase *usecase, const struct open_alarm *item,
                             struct sheet *sheet)
{
    const Rec__Alarm *alarm = item->alarm;
    Rec__Person *person = NULL;
    char clock[ALARM_CLOCK];
    bool taken = strcmp(alarm->state, ALARM_TAKEN) == 0;
    enum result result = store_person_get(usecase->txn, alarm->person, &person);

    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_CORRUPT : result;
    char *by = rows_officer_name_at(usecase, alarm->area, alarm->taken_by);
    size_t row = sheet_add_row(sheet);
    alarm_clock_words(item->deadline, usecase->now, clock);
    sheet_set(sheet, row, "what", alarm_kind_find(alarm->kind)->label);
    char *whom = item->deadline == 0 ? mem_printf("%s ", person->name)
                                     : mem_printf("%s（%s）", person->name,
                                                  service_area_name(usecase->service, alarm->area));
    sheet_setf(sheet, row, "text", "%s%s%s%s%s%s%s", clock, taken ? "，" : "", taken ? by : "",
               taken ? "已接手" : "", *clock != '\0' ? " " : "", whom, alarm->text);
    free(whom);
    sheet_setf(sheet, row, "case_id", "%" PRIu64, alarm->case_id);
    sheet_set(sheet, row, "kind", alarm->kind);
    sheet_setf(sheet, row, "alarm", "%" PRIu64, alarm->id);
    free(by);
    rec__person__free_unpacked(person, NULL);
    return RESULT_OK;
}

static enum result write_rows(struct usecase *usecase, const struct open_alarms *open,
                              struct sheet *sheet)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < open->count && result == 0; i++)
        result = write_row(usecase, &open->items[i], sheet);
    return result;
}

// ---- rows of streets

/** How many alarms of one kind a street has. */
struct street_count {
    char street[AREA_TEXT];
    const struct alarm_kind *kind;
    struct alarm_tally count;
};

struct street_counts {
    size_t count, capacity;
    struct street_count *items;
};

static struct alarm_tally *count_of(struct street_counts *counts, const char *street,
                                    const struct alarm_kind *kind)
{
    for (size_t i = 0; i < counts->count; i++)
        if (counts->items[i].kind == kind && strcmp(counts->items[i].street, street) == 0)
            return &counts->items[i].count;
    mem_grow((void **)&counts->items, counts->count, &counts->capacity, sizeof *counts->items);
    struct street_count *item = &counts->items[counts->count++];
    *item = (struct street_count){.kind = kind};
    snprintf(item->street, sizeof item->street, "%s", street);
    return &item->count;
}

static int compare_counts(const void *a, const void *b)
{
    const struct street_count *x = a;
    const struct street_count *y = b;

    if (x->count.overdue != y->count.overdue)
        return x->count.overdue > y->count.overdue ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->count.open != y->count.open)
        return x->count.open > y->count.open ? -1 : 1;
    return strcmp(x->street, y->street);
}

static void write_counts(struct usecase *usecase, const struct open_alarms *open,
                         struct sheet *sheet)
{
    struct street_counts counts = {0};

    for (size_t i = 0; i < open->count; i++) {
        const struct open_alarm *item = &open->items[i];
        char street[AREA_TEXT];
        area_ancestor(item->alarm->area, AREA_STREET, street);
        struct alarm_tally *count = count_of(&counts, street, alarm_kind_find(item->alarm->kind));
        count->open++;
        count->overdue += item->deadline != 0 && item->deadline < usecase->now;
    }
    if (counts.count > 1)
        qsort(counts.items, counts.count, sizeof *counts.items, compare_counts);
    for (size_t i = 0; i < counts.count; i++) {
        const struct street_count *item = &counts.items[i];
        size_t row = sheet_add_row(sheet);
        char *over = item->count.overdue == 0
                         ? mem_copy("")
                         : mem_printf("，其中 %" PRIu64 " 件超时", item->count.overdue);
        sheet_set(sheet, row, "what", item->kind->label);
        sheet_setf(sheet, row, "text", "%s %" PRIu64 " 件未办结%s",
                   service_area_name(usecase->service, item->street), item->count.open, over);
        sheet_set(sheet, row, "kind", item->kind->id);
        sheet_set(sheet, row, "area", item->street);
        free(over);
    }
    free(counts.items);
}

enum result alarm_rows_list(struct usecase *usecase, const char *area, struct sheet *sheet)
{
    struct open_alarms open;
    enum result result = load_open(usecase, area, &open);

    if (result == 0 && area_level(area) < AREA_STREET)
        write_counts(usecase, &open, sheet);
    else if (result == 0)
        result = write_rows(usecase, &open, sheet);
    open_free(&open);
    return result;
}

// ---- use cases

struct count_job {
    struct usecase *usecase;
    struct alarm_tally *counts; /**< one for each kind */
};

static enum result count_alarm(const Rec__Alarm *alarm, void *arg)
{
    const struct count_job *job = arg;
    const struct alarm_kind *kind = alarm_kind_find(alarm->kind);
    int64_t deadline = alarm_deadline(job->usecase->service, alarm);

    for (size_t i = 0; kind != NULL && i < ALARM_KINDS; i++) {
        if (alarm_kind_at(i) != kind)
            continue;
        job->counts[i].open++;
        job->counts[i].overdue += deadline != 0 && deadline < job->usecase->now;
    }
    return RESULT_OK;
}

enum result alarm_rows_count(struct usecase *usecase, struct alarm_tally counts[ALARM_KINDS])
{
    memset(counts, 0, ALARM_KINDS * sizeof *counts);
    return store_alarm_of_area(usecase->txn, "", count_alarm, &(struct count_job){usecase, counts});
}

struct list_job {
    char area[AREA_TEXT];
    struct sheet *sheet;
};

static enum result list_body(struct usecase *usecase, void *arg)
{
    struct list_job *job = arg;
    struct open_alarms open;

    sheet_free(&job->sheet);
    job->sheet = column_sheet(&COLUMNS_ALARMS);
    enum result result = load_open(usecase, job->area, &open);
    if (result == 0)
        result = write_rows(usecase, &open, job->sheet);
    open_free(&open);
    return result;
}

enum result alarm_list(struct service *service, const struct caller *caller, const char *area,
                       struct sheet **ret_sheet, struct reply *reply)
{
    struct list_job job = {0};
    enum result result = rows_query_area(service, caller, area, job.area, reply);

    if (result == 0)
        result = usecase_read(service, caller, ACTION_ALARM_LIST, job.area, list_body, &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
