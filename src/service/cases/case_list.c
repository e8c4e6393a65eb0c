#include "service/cases/case.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "service/frame/record.h"
#include "service/ledger/alarm_raise.h"
#include "service/ledger/rows.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_DEFAULT = 200, PAGE_MAX = 5000 };

// ---- rows

static void write_person(struct sheet *sheet, size_t row, const Rec__Person *person, day_t today)
{
    char *masked = text_mask_id(person->id_no);

    sheet_set(sheet, row, "name", person->name);
    sheet_set(sheet, row, "id_no", masked);
    if (person->birth != 0)
        sheet_setf(sheet, row, "age", "%d", date_age(person->birth, today));
    sheet_setf(sheet, row, "person_id", "%" PRIu64, person->id);
    free(masked);
}

enum result rows_case(struct work *work, struct sheet *sheet, const Rec__Case *record)
{
    struct rows_subject subject = {
        .record = (Rec__Case *)record,
        .form = forms_get(service_forms(work->service), record->kind),
    };
    Rec__Person *person = NULL;
    char day[DATE_TEXT];
    enum result result = store_person_get(work->txn, record->person, &person);

    if (result != RESULT_OK)
        return result;
    size_t row = sheet_add_row(sheet);
    char *officer = rows_officer_name(work, record->officer);
    char *categories = rows_categories(&subject, work->today);
    sheet_set(sheet, row, "case_no", record->number);
    sheet_set(sheet, row, "kind", record->kind);
    sheet_set(sheet, row, "kind_name", rows_kind_name(work->service, record->kind));
    sheet_set(sheet, row, "area", record->area);
    sheet_set(sheet, row, "area_name", service_area_name(work->service, record->area));
    sheet_set(sheet, row, "categories", categories);
    sheet_set(sheet, row, "tier", record->tier);
    sheet_set(sheet, row, "state", record->state);
    sheet_set(sheet, row, "since", date_format(record->since, day));
    sheet_set(sheet, row, "closed_on", date_format(record->closed_on, day));
    sheet_set(sheet, row, "officer", officer);
    sheet_setf(sheet, row, "case_id", "%" PRIu64, record->id);
    write_person(sheet, row, person, work->today);
    free(officer);
    free(categories);
    rec__person__free_unpacked(person, NULL);
    return RESULT_OK;
}

// ---- the list

struct list_job {
    const struct case_query *query;
    char area[AREA_TEXT];
    uint32_t limit;
    struct work *work;
    char *last; /**< key of the last row shown */
    struct sheet *sheet;
};

static enum result list_case(const Rec__Case *record, void *arg)
{
    struct list_job *job = arg;
    const char *state = job->query->state;

    if (state != NULL && *state != '\0' && strcmp(record->state, state) != 0)
        return RESULT_OK;
    if (job->sheet->row_count >= job->limit) {
        job->sheet->next = mem_copy(job->last);
        return (enum result)STORE_STOP;
    }
    free(job->last);
    job->last = store_case_key_text(record);
    return rows_case(job->work, job->sheet, record);
}

static enum result list_body(struct work *work, void *arg)
{
    struct list_job *job = arg;
    char prefix[AREA_TEXT];

    area_prefix(job->area, prefix);
    sheet_free(&job->sheet);
    job->sheet = column_sheet(&COLUMNS_CASES);
    job->work = work;
    enum result result =
        store_case_of_area(work->txn, prefix, job->query->kind, job->query->after, list_case, job);
    free(job->last);
    job->last = NULL;
    return result;
}

enum result case_list(struct service *service, const struct caller *caller,
                      const struct case_query *query, struct sheet **ret_sheet, struct reply *reply)
{
    struct list_job job = {
        .query = query,
        .limit = query->limit == 0 || query->limit > PAGE_MAX ? PAGE_DEFAULT : query->limit,
    };
    enum result result = rows_area(service, caller, query->area, job.area, reply);

    if (result == RESULT_OK)
        result = service_read(service, caller, ACTION_CASE_LIST, job.area, list_body, &job, reply);
    if (result == RESULT_OK)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}

// ---- visits

/** Numbers of the cases a visit is credited to. */
static enum result credited_text(struct work *work, const Rec__Visit *visit, char **ret_text)
{
    struct str text = {0};

    for (size_t i = 0; i < visit->n_credited; i++) {
        Rec__Case *record = NULL;
        enum result result = store_case_get(work->txn, visit->credited[i], &record);
        if (result == RESULT_NOTFOUND)
            continue;
        if (result != RESULT_OK) {
            str_free(&text);
            return result;
        }
        str_printf(&text, "%s%s", text.length > 0 ? " " : "", record->number);
        rec__case__free_unpacked(record, NULL);
    }
    *ret_text = str_take(&text);
    return RESULT_OK;
}

static const char *find_note(const Rec__Visit *visit)
{
    for (size_t i = 0; i < visit->n_fields; i++)
        if (strcmp(visit->fields[i]->name, "note") == 0)
            return visit->fields[i]->value;
    return "";
}

/** "张敏 2026-11-23 14:05：登错人", "" while it counts. New string. */
static char *void_words(struct work *work, const Rec__Visit *visit)
{
    enum { MINUTES = 16 };
    char stamp[STAMP_TEXT];

    if (visit->voided == NULL)
        return mem_copy("");
    char *by = rows_officer_name(work, visit->voided->by);
    char *words = mem_printf("%s %.*s：%s", by, MINUTES,
                             date_format_stamp(visit->voided->at, stamp), visit->voided->reason);
    free(by);
    return words;
}

enum result rows_visit(struct work *work, struct sheet *sheet, const Rec__Visit *visit)
{
    char *credited = NULL;
    char *finding = NULL;
    char date[DATE_TEXT];
    char stamp[STAMP_TEXT];
    enum result result = credited_text(work, visit, &credited);

    if (result == RESULT_OK)
        result = alarm_visit_words(work, visit, &finding);
    if (result != RESULT_OK) {
        free(credited);
        return result;
    }
    size_t row = sheet_add_row(sheet);
    char *officer = rows_officer_name(work, visit->officer);
    char *voided = void_words(work, visit);
    date_format(visit->date, date);
    sheet_set(sheet, row, "date", date);
    sheet_set(sheet, row, "kind_name", rows_kind_name(work->service, visit->kind));
    sheet_set(sheet, row, "mode", visit->mode);
    sheet_set(sheet, row, "result", visit->result);
    sheet_set(sheet, row, "by", visit->by);
    sheet_set(sheet, row, "officer", officer);
    sheet_set(sheet, row, "at", date_format_stamp(visit->at, stamp));
    sheet_set(sheet, row, "late", visit->late ? "是" : "");
    sheet_set(sheet, row, "credited", credited);
    sheet_set(sheet, row, "note", find_note(visit));
    sheet_set(sheet, row, "superseded", visit->superseded ? "是" : "");
    sheet_set(sheet, row, "finding", finding);
    sheet_set(sheet, row, "void", voided);
    sheet_set(sheet, row, "after_death", visit->after_death ? "是" : "");
    sheet_setf(sheet, row, "visit", "%" PRIu64 ":%s:%" PRIu32, visit->person, date, visit->seq);
    free(voided);
    free(officer);
    free(finding);
    free(credited);
    return RESULT_OK;
}

struct visits_job {
    uint64_t case_id;
    uint64_t person;
    struct work *work;
    struct sheet *sheet;
};

static enum result add_visit(const Rec__Visit *visit, void *arg)
{
    struct visits_job *job = arg;

    return rows_visit(job->work, job->sheet, visit);
}

/** Whoever may see one of a person's cases may see the visits. */
static enum result allow_person(struct work *work, uint64_t person)
{
    const struct caller *caller = work->caller;
    struct record_cases cases = {0};
    bool allowed = false;
    enum result result = record_cases_load(work, person, &cases);

    for (size_t i = 0; i < cases.count; i++)
        allowed |=
            access_allowed(caller->role, caller->area, ACTION_CASE_LIST, cases.items[i]->area);
    record_cases_free(&cases);
    if (result == RESULT_OK && !allowed)
        return reply_say(work->reply, RESULT_DENIED, "此人的个案不在您的辖区内。");
    return result;
}

static enum result visits_body(struct work *work, void *arg)
{
    struct visits_job *job = arg;
    Rec__Case *record = NULL;
    enum result result = RESULT_OK;

    sheet_free(&job->sheet);
    job->sheet = column_sheet(&COLUMNS_VISITS);
    job->work = work;
    if (job->case_id != 0) {
        result = store_case_get(work->txn, job->case_id, &record);
        if (result == RESULT_NOTFOUND)
            return reply_say(work->reply, result, "没有这个个案，请重新查找。");
        if (result != RESULT_OK)
            return result;
        job->person = record->person;
        rec__case__free_unpacked(record, NULL);
    }
    result = allow_person(work, job->person);
    if (result != RESULT_OK)
        return result;
    return store_visit_scan(work->txn, job->person, 0, INT32_MAX, add_visit, job);
}

enum result case_visits(struct service *service, const struct caller *caller, uint64_t case_id,
                        uint64_t person, struct sheet **ret_sheet, struct reply *reply)
{
    struct visits_job job = {.case_id = case_id, .person = person};
    enum result result =
        service_read(service, caller, ACTION_CASE_LIST, NULL, visits_body, &job, reply);

    if (result == RESULT_OK)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
