/*
 * Undoes a batch: checks the whole batch first, then undoes its records step by step.
 */
#include "service/import/import.h"

#include "base/ids.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "base/words.h"
#include "db/lead.h"
#include "service/cases/case_edit.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/import/import_merged.h"
#include "service/import/import_restore.h"
#include "service/import/import_unit.h"
#include "service/ledger/counted.h"
#include "service/ledger/duties.h"
#include "service/ledger/visit_entry.h"
#include "service/memory/census.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RECORDS_PER_STEP = 200 };

/** The records that a batch made, from its events. */
struct undo {
    const char *batch;
    char area[AREA_TEXT]; /**< of the officer who imported it; "" = there was no such import */
    size_t case_count, case_capacity;
    uint64_t *cases;
    size_t visit_count, visit_capacity;
    struct visit_key {
        uint64_t person;
        day_t date;
        uint32_t seq;
    } * visits;
    size_t person_count, person_capacity;
    uint64_t *persons;
    struct import_restore restore; /**< changes of known persons */
    struct import_listed listed;
    size_t at; /**< items done: visits, cases, persons, restored persons, listed deaths */
    size_t to; /**< this step ends before this item */
    uint64_t undone_cases, undone_visits, undone_listed, restored;
    uint64_t step_cases, step_visits, step_listed, step_restored;
    struct sheet *left;      /**< values not restored, of all steps done */
    struct sheet *step_left; /**< values not restored in this step */
};

// ---- reading the events

static bool parse_visit(const char *text, struct visit_key *ret_key)
{
    char date[DATE_TEXT] = "";

    return sscanf(text, "%" SCNu64 ":%10[0-9-]:%" SCNu32, &ret_key->person, date, &ret_key->seq) ==
               3 &&
           date_parse(date, &ret_key->date) == 0;
}

static void add_id(uint64_t **ids, size_t *count, size_t *capacity, uint64_t id)
{
    mem_grow((void **)ids, *count, capacity, sizeof **ids);
    (*ids)[(*count)++] = id;
}

static void take_change(const Rec__Change *change, struct undo *undo)
{
    uint64_t id = 0;
    struct visit_key key = {0};

    if (strcmp(change->name, IMPORT_MADE_CASE) == 0 && ids_parse(change->new_, &id)) {
        add_id(&undo->cases, &undo->case_count, &undo->case_capacity, id);
    } else if (strcmp(change->name, IMPORT_MADE_PERSON) == 0 && ids_parse(change->new_, &id)) {
        add_id(&undo->persons, &undo->person_count, &undo->person_capacity, id);
    } else if (strcmp(change->name, IMPORT_MADE_VISIT) == 0 && parse_visit(change->new_, &key)) {
        mem_grow((void **)&undo->visits, undo->visit_count, &undo->visit_capacity,
                 sizeof *undo->visits);
        undo->visits[undo->visit_count++] = key;
    } else {
        import_restore_take(&undo->restore, change->name, change->old, change->new_);
    }
}

static enum result take_event(const Rec__Event *event, void *arg)
{
    struct undo *undo = arg;

    snprintf(undo->area, sizeof undo->area, "%s", event->area);
    for (size_t i = 0; i < event->n_changes; i++)
        take_change(event->changes[i], undo);
    return RESULT_OK;
}

static enum result read_events(struct usecase *usecase, struct undo *undo)
{
    char *record = mem_printf("import:%s", undo->batch);
    enum result result = store_event_of_record(usecase->txn, record, take_event, undo);

    free(record);
    return result;
}

// ---- one person's visits

struct visits {
    size_t count, capacity;
    Rec__Visit **items;
};

static enum result add_visit(const Rec__Visit *visit, void *arg)
{
    struct visits *visits = arg;

    mem_grow((void **)&visits->items, visits->count, &visits->capacity, sizeof *visits->items);
    visits->items[visits->count++] = record_copy(visit);
    return RESULT_OK;
}

static void visits_free(struct visits *visits)
{
    for (size_t i = 0; i < visits->count; i++)
        rec__visit__free_unpacked(visits->items[i], NULL);
    free(visits->items);
    *visits = (struct visits){0};
}

// ---- rights

/** Checks the right for each record separately, because the number of a batch can be guessed. */
static enum result allow(struct usecase *usecase, const struct undo *undo, const char *area)
{
    enum result result = usecase_allow(usecase, ACTION_IMPORT, area);

    if (result == RESULT_DENIED)
        result = reply_say(usecase->reply, result, "批次 %s 不是您辖区的，请由所属镇街撤销。",
                           undo->batch);
    return result;
}

static enum result undo_listed(struct usecase *usecase, struct undo *undo, const char *id_no,
                               bool check_only)
{
    enum result result = allow(usecase, undo, undo->area);

    undo->step_listed++;
    if (result == 0 && !check_only)
        result = store_listed_death_del(usecase->txn, id_no);

    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

/** Checks the right for a person; RESULT_OK for a person who is deleted. */
static enum result allow_person(struct usecase *usecase, const struct undo *undo, uint64_t id)
{
    Rec__Person *person = NULL;
    enum result result = store_person_get(usecase->txn, id, &person);

    if (result == RESULT_NOTFOUND)
        return import_merged_person(usecase, id);
    if (result == 0) {
        result = allow(usecase, undo, person->area);
        rec__person__free_unpacked(person, NULL);
    }
    return result;
}

// ---- undoing a visit

static enum result allow_visit(struct usecase *usecase, const struct undo *undo, Rec__Visit *visit)
{
    char area[AREA_TEXT];
    Rec__Case *casefile = NULL;
    enum result result = visit_find_case(usecase, visit, area, &casefile);

    if (casefile != NULL)
        rec__case__free_unpacked(casefile, NULL);
    return result == 0 ? allow(usecase, undo, area) : result;
}

static enum result is_corrected(struct usecase *usecase, const Rec__Visit *visit,
                                bool *ret_corrected)
{
    struct visits all = {0};
    enum result result =
        store_visit_scan(usecase->txn, visit->person, 0, usecase->today, add_visit, &all);

    *ret_corrected = false;
    for (size_t i = 0; i < all.count; i++)
        *ret_corrected |=
            all.items[i]->replaces == visit->seq + 1 && all.items[i]->replaces_date == visit->date;
    visits_free(&all);
    return result;
}

/** True if the visit's month is closed: then the month must be reopened first. */
static enum result is_closed(struct usecase *usecase, const Rec__Visit *visit, bool *ret_closed)
{
    enum result result = RESULT_OK;

    *ret_closed = false;
    for (size_t i = 0; i < visit->n_credited && result == 0 && !*ret_closed; i++) {
        Rec__Case *casefile = NULL;
        result = store_case_get(usecase->txn, visit->credited[i], &casefile);
        if (result == RESULT_NOTFOUND)
            result = RESULT_OK;
        if (casefile == NULL)
            continue;
        result = usecase_month_closed(usecase, month_of(visit->date), casefile->area, ret_closed);
        rec__case__free_unpacked(casefile, NULL);
    }
    return result;
}

static enum result undo_visit(struct usecase *usecase, struct undo *undo,
                              const struct visit_key *key, bool check_only)
{
    Rec__Visit *visit = NULL;
    char date[DATE_TEXT];
    bool corrected = false;
    bool closed = false;
    enum result result = store_visit_get(usecase->txn, key->person, key->date, key->seq, &visit);

    if (result == RESULT_NOTFOUND)
        return import_merged_person(usecase, key->person);
    if (result != 0)
        return result;
    result = allow_visit(usecase, undo, visit);
    if (result == 0 && visit->superseded)
        result = is_corrected(usecase, visit, &corrected);
    if (result == 0 && recount_visit_stands(visit))
        result = is_closed(usecase, visit, &closed);
    if (result == 0 && closed)
        result = reply_say(usecase->reply, RESULT_CONFLICT,
                           "%s 的探访所在的月份已经月结，请负责人先重开该月，再撤销这一批",
                           date_format(visit->date, date));
    if (result == 0 && corrected)
        result = reply_say(usecase->reply, RESULT_CONFLICT,
                           "%s 的一次探访后来更正过，这一批不能撤销；请逐条更正",
                           date_format(visit->date, date));
    if (result == 0 && recount_visit_stands(visit)) {
        undo->step_visits++;
        if (!check_only)
            result = visit_void_record(usecase, visit, EXIT_IMPORT_UNDONE);
        if (!check_only && result == 0) {
            char *record = mem_printf("%" PRIu64 ":%s:%" PRIu32, key->person,
                                      date_format(key->date, date), key->seq);
            event_add_change(usecase, IMPORT_MADE_VISIT, record, "");
            free(record);
        }
    }
    rec__visit__free_unpacked(visit, NULL);
    return result;
}

// ---- undoing a case

struct duties {
    size_t count, capacity;
    Rec__Duty **items;
};

static enum result add_duty(const Rec__Duty *duty, void *arg)
{
    struct duties *duties = arg;

    mem_grow((void **)&duties->items, duties->count, &duties->capacity, sizeof *duties->items);
    duties->items[duties->count++] = record_copy(duty);
    return RESULT_OK;
}

/** A case with its duties and visits. */
struct hanging {
    Rec__Case *record;
    struct duties duties;
    struct visits visits; /**< all visits of its person */
};

static enum result hanging_load(struct usecase *usecase, uint64_t id, struct hanging *hanging)
{
    enum result result = store_case_get(usecase->txn, id, &hanging->record);

    if (result == 0)
        result = store_duty_of_case(usecase->txn, id, add_duty, &hanging->duties);
    if (result == 0)
        result = store_visit_scan(usecase->txn, hanging->record->person, 0, usecase->today,
                                  add_visit, &hanging->visits);
    return result;
}

static void hanging_free(struct hanging *hanging)
{
    if (hanging->record != NULL)
        rec__case__free_unpacked(hanging->record, NULL);
    for (size_t i = 0; i < hanging->duties.count; i++)
        rec__duty__free_unpacked(hanging->duties.items[i], NULL);
    free(hanging->duties.items);
    visits_free(&hanging->visits);
}

/** The words for a later entry that is built on the case; NULL if there is none. */
static const char *find_obstacle(const struct hanging *hanging)
{
    const Rec__Case *casefile = hanging->record;

    if (!census_is_active(casefile))
        return "导入后已经退出";
    if (casefile->version > 1 || casefile->n_reviews > 0)
        return "导入后修改或复核过";
    for (size_t i = 0; i < hanging->duties.count; i++)
        if (hanging->duties.items[i]->excuse != NULL)
            return "已有免访申请";
    for (size_t i = 0; i < hanging->visits.count; i++) {
        const Rec__Visit *visit = hanging->visits.items[i];
        if (recount_visit_stands(visit) && visit->at >= casefile->at &&
            strcmp(visit->kind, casefile->kind) == 0)
            return "已有探访记录";
    }
    return NULL;
}

static enum result forget_credit(struct usecase *usecase, Rec__Visit *visit, uint64_t case_id)
{
    size_t kept = 0;

    for (size_t i = 0; i < visit->n_credited; i++)
        if (visit->credited[i] != case_id)
            visit->credited[kept++] = visit->credited[i];
    if (kept == visit->n_credited)
        return RESULT_OK;
    visit->n_credited = kept;
    return store_visit_put(usecase->txn, visit);
}

static enum result remove_case(struct usecase *usecase, const struct hanging *hanging)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < hanging->visits.count && result == 0; i++)
        result = forget_credit(usecase, hanging->visits.items[i], hanging->record->id);
    for (size_t i = 0; i < hanging->duties.count && result == 0; i++)
        result = counted_duty_del(usecase, hanging->duties.items[i]);
    return result == 0 ? counted_case_del(usecase, hanging->record) : result;
}

/** A duty from before today, or in a closed month, stays in the ledger: the case ends as of its
 *  first day and is not counted. */
static bool is_kept(const struct usecase *usecase, const struct hanging *hanging)
{
    for (size_t i = 0; i < hanging->duties.count; i++)
        if (*hanging->duties.items[i]->frozen != '\0')
            return true;
    return date_of_time(hanging->record->at) != usecase->today;
}

static enum result take_back(struct usecase *usecase, const struct hanging *hanging)
{
    Rec__Case *casefile = hanging->record;

    return is_kept(usecase, hanging)
               ? case_end(usecase, casefile, casefile->since, EXIT_IMPORT_UNDONE)
               : remove_case(usecase, hanging);
}

static enum result undo_case(struct usecase *usecase, struct undo *undo, uint64_t id,
                             bool check_only)
{
    struct hanging hanging = {0};
    char text[NUMBER_TEXT];
    enum result result = hanging_load(usecase, id, &hanging);
    const char *obstacle = result == 0 ? find_obstacle(&hanging) : NULL;

    if (result == 0)
        result = allow(usecase, undo, hanging.record->area);
    if (result == 0)
        result = import_merged_house(usecase, hanging.record);
    if (result == 0 && obstacle != NULL)
        result = reply_say(usecase->reply, RESULT_CONFLICT,
                           "个案 %s %s，这一批不能整批撤销；请逐个退出或更正",
                           hanging.record->number, obstacle);
    if (result == 0 && !check_only)
        result = take_back(usecase, &hanging);
    if (result == 0) {
        undo->step_cases++;
        snprintf(text, sizeof text, "%" PRIu64, id);
        if (!check_only)
            event_add_change(usecase, IMPORT_MADE_CASE, text, "");
    }
    hanging_free(&hanging);
    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

// ---- undoing a person

/** Deletes a person that the batch made, unless a case or visit refers to the person. */
static enum result undo_person(struct usecase *usecase, uint64_t id)
{
    struct record_cases cases = {0};
    struct visits visits = {0};
    char text[NUMBER_TEXT];
    enum result result = record_cases_load(usecase, id, &cases);

    if (result == 0)
        result = store_visit_scan(usecase->txn, id, 0, INT32_MAX, add_visit, &visits);
    if (result == 0 && cases.count == 0 && visits.count == 0) {
        result = counted_person_del(usecase, id);
        snprintf(text, sizeof text, "%" PRIu64, id);
        if (result == 0)
            event_add_change(usecase, IMPORT_MADE_PERSON, text, "");
    }
    visits_free(&visits);
    record_cases_free(&cases);
    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

// ---- the batch

static enum result undo_one(struct usecase *usecase, struct undo *undo, size_t at, bool check_only)
{
    if (at < undo->visit_count)
        return undo_visit(usecase, undo, &undo->visits[at], check_only);
    at -= undo->visit_count;
    if (at < undo->case_count)
        return undo_case(usecase, undo, undo->cases[at], check_only);
    at -= undo->case_count;
    if (at < undo->person_count)
        return check_only ? allow_person(usecase, undo, undo->persons[at])
                          : undo_person(usecase, undo->persons[at]);
    at -= undo->person_count;
    if (at >= undo->restore.count)
        return undo_listed(usecase, undo, undo->listed.id_nos[at - undo->restore.count],
                           check_only);
    return check_only ? allow_person(usecase, undo, undo->restore.items[at].person)
                      : import_restore_person(usecase, &undo->restore, at, undo->step_left,
                                              &undo->step_restored);
}

static size_t undo_total(const struct undo *undo)
{
    return undo->visit_count + undo->case_count + undo->person_count + undo->restore.count +
           undo->listed.count;
}

static enum result say_gone(struct usecase *usecase, void *arg)
{
    const struct undo *undo = arg;

    if (undo_total(undo) == 0 && *undo->area != '\0')
        return reply_say(usecase->reply, RESULT_NOTFOUND,
                         "批次 %s 已经撤销过了，或者一行也没有导入；请在导入记录里核对批次",
                         undo->batch);
    return reply_say(usecase->reply, RESULT_NOTFOUND,
                     undo_total(undo) > 0 ? "批次 %s 已经撤销过了，不用再撤"
                                          : "没有批次 %s，请核对导入时显示的批次号",
                     undo->batch);
}

/** Checks the whole batch before anything changes. */
static enum result check_body(struct usecase *usecase, void *arg)
{
    struct undo *undo = arg;

    undo->case_count = undo->visit_count = undo->person_count = 0;
    import_restore_free(&undo->restore);
    import_listed_free(&undo->listed);
    undo->step_cases = undo->step_visits = undo->step_listed = 0;
    enum result result = read_events(usecase, undo);
    if (result == 0)
        result = import_listed_find(usecase->txn, undo->batch, &undo->listed);
    for (size_t i = 0; i < undo_total(undo) && result == 0; i++)
        result = undo_one(usecase, undo, i, true);
    if (result == 0 && undo->step_cases + undo->step_visits + undo->step_listed == 0)
        result = say_gone(usecase, undo);
    return result;
}

static void set_number(struct fields *values, const char *name, uint64_t number)
{
    char text[NUMBER_TEXT];

    snprintf(text, sizeof text, "%" PRIu64, number);
    fields_set(values, name, text);
}

/** "个案 3 件，探访 12 次", or of a list how many people. */
static void add_counts(struct str *text, uint64_t cases, uint64_t visits, uint64_t listed)
{
    if (listed > 0 && cases + visits == 0)
        str_printf(text, "死亡、火化名单 %" PRIu64 " 人", listed);
    else
        str_printf(text, "个案 %" PRIu64 " 件，探访 %" PRIu64 " 次", cases, visits);
}

/** The last step answers for the whole request. */
static enum result say_undone(struct usecase *usecase, const struct undo *undo)
{
    uint64_t cases = undo->undone_cases + undo->step_cases;
    uint64_t visits = undo->undone_visits + undo->step_visits;
    uint64_t listed = undo->undone_listed + undo->step_listed;
    uint64_t restored = undo->restored + undo->step_restored;
    size_t left = undo->left->row_count + undo->step_left->row_count;
    struct str more = {0};

    set_number(&usecase->reply->values, "cases", cases);
    set_number(&usecase->reply->values, "visits", visits);
    add_counts(&more, cases, visits, listed);
    if (restored > 0)
        str_printf(&more, "，恢复人员资料 %" PRIu64 " 项", restored);
    if (left > 0)
        str_add(&more, "；有的人员资料导入后又改过，没有恢复");
    enum result result =
        reply_say(usecase->reply, RESULT_OK, "已撤销批次 %s：%s", undo->batch, str_text(&more));
    str_free(&more);
    return result;
}

static enum result step_body(struct usecase *usecase, void *arg)
{
    struct undo *undo = arg;
    struct str undone = {0};
    enum result result = RESULT_OK;

    undo->step_cases = undo->step_visits = undo->step_listed = undo->step_restored = 0;
    sheet_free(&undo->step_left);
    undo->step_left = column_sheet(&COLUMNS_UNRESTORED);
    for (size_t i = undo->at; i < undo->to && result == 0; i++)
        result = undo_one(usecase, undo, i, false);
    event_name_record(usecase, usecase->caller->area, "import:%s", undo->batch);
    add_counts(&undone, undo->step_cases, undo->step_visits, undo->step_listed);
    event_add_note(usecase, IMPORT_UNDO_NOTE "：%s", str_text(&undone));
    str_free(&undone);
    return result == 0 ? say_undone(usecase, undo) : result;
}

static enum result undo_steps(struct service *service, const struct caller *caller,
                              struct undo *undo, struct reply *reply)
{
    struct caller unnumbered = *caller;
    enum result result = RESULT_OK;

    unnumbered.number = 0;
    while (undo->at < undo_total(undo) && result == 0) {
        size_t left = undo_total(undo) - undo->at;
        bool last = left <= RECORDS_PER_STEP;
        undo->to = undo->at + (last ? left : RECORDS_PER_STEP);
        result = usecase_write(service, last ? caller : &unnumbered, ACTION_IMPORT, NULL, step_body,
                               undo, reply);
        undo->undone_cases += undo->step_cases;
        undo->undone_visits += undo->step_visits;
        undo->undone_listed += undo->step_listed;
        undo->restored += undo->step_restored;
        if (result == 0 && undo->step_left != NULL)
            sheet_append(undo->left, &undo->step_left);
        undo->at = undo->to;
    }
    return result;
}

enum result import_undo(struct service *service, const struct caller *caller, const char *batch,
                        struct sheet **ret_left, struct reply *reply)
{
    struct undo undo = {.batch = batch, .left = column_sheet(&COLUMNS_UNRESTORED)};
    enum result result =
        usecase_read(service, caller, ACTION_IMPORT, NULL, check_body, &undo, reply);

    if (result == RESULT_NOTFOUND) /* a repeated request gets the answer of its receipt */
        result = usecase_write(service, caller, ACTION_IMPORT, NULL, say_gone, &undo, reply);
    else if (result == 0)
        result = undo_steps(service, caller, &undo, reply);
    *ret_left = NULL;
    if (result == 0 && undo.left->row_count > 0) {
        *ret_left = undo.left;
        undo.left = NULL;
    }
    sheet_free(&undo.left);
    sheet_free(&undo.step_left);
    import_restore_free(&undo.restore);
    import_listed_free(&undo.listed);
    free(undo.cases);
    free(undo.persons);
    free(undo.visits);
    return result;
}
