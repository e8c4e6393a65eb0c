#include "service/case.h"

#include "base/idno.h"
#include "base/mem.h"
#include "base/text.h"
#include "domain/area.h"
#include "service/record.h"
#include "service/rows.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LIMIT_DEFAULT = 20,
    LIMIT_MAX = 200,
    EXAMINED_MAX = 2000, /**< persons looked at for one kind of key */
};

// ---- what was typed

/** Prefixes of the search keys (db/tables.h) that a kind of input is looked up under. */
struct input_kind {
    bool (*matches)(const char *text);
    const char *prefixes;
};

static bool is_number(const char *text)
{
    size_t digits = strspn(text, "0123456789");

    return digits > 0 &&
           (text[digits] == '\0' || (text[digits] == 'x' && text[digits + 1] == '\0'));
}

static bool is_letters(const char *text)
{
    return *text != '\0' && text[strspn(text, "abcdefghijklmnopqrstuvwxyz")] == '\0';
}

static bool is_any(const char *text)
{
    return *text != '\0';
}

static const struct input_kind kinds[] = {
    {is_number, "tdp"},
    {is_letters, "iy"},
    {is_any, "na"},
};

// ---- hits

struct hit {
    uint64_t person;
    Rec__Case *record; /**< NULL: somebody without a case */
    bool active;
};

struct find_job {
    char *text;           /**< cleaned */
    char area[AREA_TEXT]; /**< the caller's, as a prefix */
    uint32_t limit;
    struct work *work;
    bool more; /**< than were looked at */
    size_t count, capacity;
    struct hit *hits;
    struct sheet *sheet;
};

static bool known_person(const struct find_job *job, uint64_t person)
{
    for (size_t i = 0; i < job->count; i++)
        if (job->hits[i].person == person)
            return true;
    return false;
}

static void add_hit(struct find_job *job, uint64_t person, const Rec__Case *record)
{
    mem_grow((void **)&job->hits, job->count, &job->capacity, sizeof *job->hits);
    job->hits[job->count++] = (struct hit){
        .person = person,
        .record = record_copy(record),
        .active = record_is_active(record),
    };
}

/** Every active case of the person in the caller's area, else the latest one that ended there. */
static enum result add_person(struct find_job *job, uint64_t person)
{
    struct work *work = job->work;
    const struct caller *caller = work->caller;
    const Rec__Case *ended = NULL;
    struct record_cases cases = {0};
    size_t before = job->count;
    enum result result = record_cases_load(work, person, &cases);

    for (size_t i = 0; i < cases.count; i++) {
        const Rec__Case *record = cases.items[i];
        if (!access_allowed(caller->role, caller->area, ACTION_FIND, record->area))
            continue;
        if (record_is_active(record))
            add_hit(job, person, record);
        else if (ended == NULL || record->closed_on >= ended->closed_on)
            ended = record;
    }
    if (job->count == before && ended != NULL)
        add_hit(job, person, ended);
    record_cases_free(&cases);
    return result;
}

static enum result see_person(const Rec__Person *person, void *arg)
{
    struct find_job *job = arg;

    if (job->count >= job->limit) {
        job->more = true;
        return (enum result)STORE_STOP;
    }
    return known_person(job, person->id) ? RESULT_OK : add_person(job, person->id);
}

static enum result find_number(struct find_job *job)
{
    enum { NUMBER_MIN = 15 };
    const struct caller *caller = job->work->caller;
    Rec__Case *record = NULL;
    char *number = text_clean_code(job->text);
    enum result result = RESULT_NOTFOUND;

    if (strlen(number) >= NUMBER_MIN)
        result = store_case_by_number(job->work->txn, number, &record);
    free(number);
    if (result != RESULT_OK)
        return result == RESULT_NOTFOUND ? RESULT_OK : result;
    if (access_allowed(caller->role, caller->area, ACTION_FIND, record->area))
        add_hit(job, record->person, record);
    rec__case__free_unpacked(record, NULL);
    return RESULT_OK;
}

static enum result find_persons(struct find_job *job)
{
    const struct input_kind *kind = kinds;
    enum result result = RESULT_OK;
    char *lower = mem_copy(job->text);

    for (char *c = lower; *c != '\0'; c++)
        *c = (char)((unsigned char)*c < 0x80 ? tolower((unsigned char)*c) : *c);
    while (!kind->matches(lower))
        kind++;
    for (const char *prefix = kind->prefixes; *prefix != '\0' && result == RESULT_OK; prefix++) {
        /* ID numbers are kept with a capital X. */
        char *key = mem_printf("%c%s", *prefix, lower);
        char *x = *prefix == 'd' || *prefix == 't' ? strchr(key, 'x') : NULL;
        if (x != NULL)
            *x = 'X';
        bool more = false;
        result =
            store_person_find(job->work->txn, job->area, key, EXAMINED_MAX, see_person, job, &more);
        job->more = job->more || more;
        free(key);
    }
    free(lower);
    return result;
}

// ---- the answer

static int compare_hits(const void *a, const void *b)
{
    const struct hit *x = a;
    const struct hit *y = b;

    if (x->active != y->active)
        return x->active ? -1 : 1;
    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    return x->record->id < y->record->id ? -1 : x->record->id > y->record->id;
}

static enum result write_hit(struct find_job *job, const struct hit *hit)
{
    struct work *work = job->work;
    Rec__Person *person = NULL;
    enum result result = store_person_get(work->txn, hit->person, &person);

    if (result != RESULT_OK)
        return result;
    size_t row = sheet_add_row(job->sheet);
    char *masked = text_mask_id(person->id_no);
    sheet_set(job->sheet, row, "name", person->name);
    sheet_set(job->sheet, row, "id_no", masked);
    if (person->birth != 0)
        sheet_setf(job->sheet, row, "age", "%d", date_age(person->birth, work->today));
    sheet_set(job->sheet, row, "area_name", service_area_name(work->service, hit->record->area));
    sheet_set(job->sheet, row, "phone", person->phone);
    sheet_set(job->sheet, row, "address", person->address);
    sheet_set(job->sheet, row, "case_no", hit->record->number);
    sheet_set(job->sheet, row, "kind_name", rows_kind_name(work->service, hit->record->kind));
    sheet_set(job->sheet, row, "state", hit->active ? "在册" : "已退出");
    sheet_setf(job->sheet, row, "case_id", "%" PRIu64, hit->record->id);
    sheet_setf(job->sheet, row, "person_id", "%" PRIu64, person->id);
    free(masked);
    rec__person__free_unpacked(person, NULL);
    return RESULT_OK;
}

static void free_hits(struct find_job *job)
{
    for (size_t i = 0; i < job->count; i++)
        rec__case__free_unpacked(job->hits[i].record, NULL);
    free(job->hits);
    job->hits = NULL;
    job->count = job->capacity = 0;
}

static enum result find_body(struct work *work, void *arg)
{
    struct find_job *job = arg;

    sheet_free(&job->sheet);
    job->sheet = column_sheet(&COLUMNS_FIND);
    job->work = work;
    job->more = false;
    area_prefix(work->caller->area, job->area);
    enum result result = *job->text == '\0' ? RESULT_OK : find_number(job);
    if (result == RESULT_OK && *job->text != '\0' && job->count == 0)
        result = find_persons(job);
    if (job->count > 1)
        qsort(job->hits, job->count, sizeof *job->hits, compare_hits);
    for (size_t i = 0; i < job->count && i < job->limit && result == RESULT_OK; i++)
        result = write_hit(job, &job->hits[i]);
    if (result == RESULT_OK && job->more)
        reply_say(work->reply, RESULT_OK, "同样的太多，只列出一部分，请再多输入几个字。");
    free_hits(job);
    return result;
}

enum result person_find(struct service *service, const struct caller *caller, const char *text,
                        uint32_t limit, struct sheet **ret_sheet, struct reply *reply)
{
    struct find_job job = {
        .text = text_clean(text == NULL ? "" : text),
        .limit = limit == 0 || limit > LIMIT_MAX ? LIMIT_DEFAULT : limit,
    };
    enum result result = service_read(service, caller, ACTION_FIND, NULL, find_body, &job, reply);

    free(job.text);
    if (result == RESULT_OK)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}

// ---- by ID number, for a new case

struct person_job {
    const char *id_no;
    uint64_t person;
    struct fields values;
    struct sheet *cases;
};

/** What is shown of somebody: all in one's own area; elsewhere the name, to see that it is the
 *  same person. What else is known is taken over on saving. */
static enum result show_person(struct work *work, struct person_job *job, const Rec__Person *person)
{
    const struct caller *caller = work->caller;
    struct record_cases cases = {0};
    char version[16];
    enum result result = record_cases_load(work, person->id, &cases);

    for (size_t i = 0; i < cases.count && result == RESULT_OK; i++)
        if (access_allowed(caller->role, caller->area, ACTION_CASE_LIST, cases.items[i]->area))
            result = rows_case(work, job->cases, cases.items[i]);
    record_cases_free(&cases);
    if (job->cases->row_count == 0 && !area_contains(caller->area, person->area)) {
        fields_set(&job->values, "person.name", person->name);
        return result;
    }
    record_person_read(person, "person.", &job->values);
    snprintf(version, sizeof version, "%" PRIu32, person->version);
    fields_set(&work->reply->values, "person_version", version);
    return result;
}

static enum result person_body(struct work *work, void *arg)
{
    struct person_job *job = arg;
    Rec__Person *person = NULL;
    char id_no[IDNO_TEXT];
    enum idno_fault fault = idno_parse(job->id_no, work->today, id_no);

    sheet_free(&job->cases);
    fields_free(&job->values);
    if (fault != IDNO_FINE)
        return reply_say(work->reply, RESULT_INVALID, "%s。", idno_words(fault));
    enum result result = store_person_by_id_no(work->txn, id_no, &person);
    if (result == RESULT_NOTFOUND)
        return reply_say(work->reply, result, "没有登记过这个身份证号。");
    if (result != RESULT_OK)
        return result;
    work_record(work, person->area, "person:%" PRIu64, person->id);
    job->person = person->id;
    job->cases = column_sheet(&COLUMNS_CASES);
    result = show_person(work, job, person);
    rec__person__free_unpacked(person, NULL);
    return result;
}

enum result person_get(struct service *service, const struct caller *caller, const char *id_no,
                       uint64_t *ret_person, struct fields *ret_values, struct sheet **ret_cases,
                       struct reply *reply)
{
    struct person_job job = {.id_no = id_no == NULL ? "" : id_no};
    enum result result =
        service_read(service, caller, ACTION_CASE_OPEN, NULL, person_body, &job, reply);

    if (result != RESULT_OK) {
        sheet_free(&job.cases);
        fields_free(&job.values);
        return result;
    }
    *ret_person = job.person;
    *ret_values = job.values;
    *ret_cases = job.cases;
    return RESULT_OK;
}
