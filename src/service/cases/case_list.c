#include "service/cases/case.h"

#include "base/ids.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "service/cases/case_list.h"
#include "service/frame/record.h"
#include "service/ledger/alarm_raise.h"
#include "service/ledger/rows.h"
#include "service/ledger/standin.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_DEFAULT = 200, PAGE_MAX = 5000 };

// ---- rows

static void write_person(struct sheet *sheet, size_t row, const Rec__Person *person, bool full,
                         day_t today)
{
    char *masked = full ? mem_copy(person->id_no) : text_mask_id(person->id_no);

    sheet_set(sheet, row, "name", person->name);
    sheet_set(sheet, row, "id_no", masked);
    if (person->birth != 0)
        sheet_setf(sheet, row, "age", "%d", date_age(person->birth, today));
    if (sheet_column_index(sheet, "address") >= 0) {
        sheet_set(sheet, row, "phone", person->phone);
        sheet_set(sheet, row, "address", person->address);
    }
    sheet_setf(sheet, row, "person_id", "%" PRIu64, person->id);
    free(masked);
}

/** True for a column of the programme's list that no column of every roster has. */
static bool is_own(const struct form *form, const struct sheet *sheet, const char *id)
{
    const char *const roles[] = {form->roles.area, form->roles.since, form->roles.tier,
                                 form->roles.officer};

    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        if (roles[i] != NULL && strcmp(roles[i], id) == 0)
            return false;
    return form_field(form, id) != NULL && sheet_column_index(sheet, id) < 0;
}

/** What a roster of the programme shows besides, as its file says: "补贴种类 护理；残疾等级 二级". */
static enum result write_facts(struct usecase *usecase, const struct form *form,
                               const Rec__Case *casefile, struct sheet *sheet, size_t row)
{
    struct fields values = {0};
    struct str facts = {0};
    enum result result = record_values(usecase, form, casefile, &values);

    for (size_t i = 0; result == 0 && form->columns != NULL && form->columns[i] != NULL; i++) {
        char *text = is_own(form, sheet, form->columns[i])
                         ? form_text(form, &values, form->columns[i], usecase->today)
                         : mem_copy("");
        if (*text != '\0')
            str_printf(&facts, "%s%s %s", facts.length > 0 ? "；" : "",
                       form_field(form, form->columns[i])->label, text);
        free(text);
    }
    sheet_set(sheet, row, "facts", str_text(&facts));
    str_free(&facts);
    fields_free(&values);
    return result;
}

enum result case_list_add_case(struct usecase *usecase, struct sheet *sheet,
                               const Rec__Case *casefile, bool full)
{
    struct rows_subject subject = {
        .record = (Rec__Case *)casefile,
        .form = forms_get(service_forms(usecase->service), casefile->kind),
    };
    Rec__Person *person = NULL;
    char day[DATE_TEXT];
    enum result result = store_person_get(usecase->txn, casefile->person, &person);

    if (result != 0)
        return result;
    size_t row = sheet_add_row(sheet);
    char *officer = rows_officer_name_at(usecase, casefile->area, casefile->officer);
    char *categories = rows_categories(&subject, usecase->today);
    sheet_set(sheet, row, "case_no", casefile->number);
    sheet_set(sheet, row, "kind", casefile->kind);
    sheet_set(sheet, row, "kind_name", rows_kind_name(usecase->service, casefile->kind));
    sheet_set(sheet, row, "area", casefile->area);
    sheet_set(sheet, row, "area_name", service_area_name(usecase->service, casefile->area));
    sheet_set(sheet, row, "categories", categories);
    sheet_set(sheet, row, "tier", casefile->tier);
    sheet_set(sheet, row, "state", casefile->state);
    sheet_set(sheet, row, "since", date_format(casefile->since, day));
    sheet_set(sheet, row, "closed_on", date_format(casefile->closed_on, day));
    sheet_set(sheet, row, "officer", officer);
    sheet_setf(sheet, row, "case_id", "%" PRIu64, casefile->id);
    write_person(sheet, row, person, full, usecase->today);
    if (subject.form != NULL && sheet_column_index(sheet, "facts") >= 0)
        result = write_facts(usecase, subject.form, casefile, sheet, row);
    free(officer);
    free(categories);
    rec__person__free_unpacked(person, NULL);
    return result;
}

// ---- the list

struct list_job {
    const struct case_query *query;
    char area[AREA_TEXT];
    uint32_t limit;
    struct usecase *usecase;
    char *last; /**< key of the last row shown */
    struct sheet *sheet;
};

static enum result list_case(const Rec__Case *casefile, void *arg)
{
    struct list_job *job = arg;
    const char *state = job->query->state;

    if (state != NULL && *state != '\0' && strcmp(casefile->state, state) != 0)
        return RESULT_OK;
    if (job->sheet->row_count >= job->limit) {
        job->sheet->next = mem_copy(job->last);
        return (enum result)STORE_STOP;
    }
    free(job->last);
    job->last = store_case_key_text(casefile);
    return case_list_add_case(job->usecase, job->sheet, casefile, job->query->full);
}

static enum result list_body(struct usecase *usecase, void *arg)
{
    struct list_job *job = arg;
    char prefix[AREA_TEXT];

    area_prefix(job->area, prefix);
    sheet_free(&job->sheet);
    job->sheet = column_sheet(job->query->contact ? &COLUMNS_ROSTER : &COLUMNS_CASES);
    job->usecase = usecase;
    enum result result = store_case_of_area(usecase->txn, prefix, job->query->kind,
                                            job->query->after, list_case, job);
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
    enum result result = rows_query_area(service, caller, query->area, job.area, reply);

    if (result == 0)
        result = rows_query_kind(service, query->kind, reply);
    if (result == 0)
        result = usecase_read(service, caller, query->full ? ACTION_PRINT : ACTION_CASE_LIST,
                              job.area, list_body, &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}

// ---- visits

/** The numbers of the cases that a visit is credited to, and their programmes: "探访、低保". */
static enum result credited_text(struct usecase *usecase, const Rec__Visit *visit, char **ret_text,
                                 char **ret_kinds)
{
    struct str text = {0}, kinds = {0};

    for (size_t i = 0; i < visit->n_credited; i++) {
        Rec__Case *casefile = NULL;
        enum result result = store_case_get(usecase->txn, visit->credited[i], &casefile);
        if (result == RESULT_NOTFOUND)
            continue;
        if (result != 0) {
            str_free(&text);
            str_free(&kinds);
            return result;
        }
        str_printf(&text, "%s%s", text.length > 0 ? " " : "", casefile->number);
        str_printf(&kinds, "%s%s", kinds.length > 0 ? "、" : "",
                   rows_kind_name(usecase->service, casefile->kind));
        rec__case__free_unpacked(casefile, NULL);
    }
    *ret_text = str_take(&text);
    *ret_kinds = str_take(&kinds);
    return RESULT_OK;
}

static const char *find_note(const Rec__Visit *visit)
{
    for (size_t i = 0; i < visit->n_fields; i++)
        if (strcmp(visit->fields[i]->name, "note") == 0)
            return visit->fields[i]->value;
    return "";
}

/** The home in which the visit was entered: its persons' ids begin with its area. */
static void home_of(const Rec__Visit *visit, char area[AREA_TEXT])
{
    uint32_t origin = ids_origin_of(visit->person);

    snprintf(area, AREA_TEXT, "%09" PRIu32 "000", origin);
}

/** "张敏 2026-11-23 14:05：登错人", "" while it counts. New string. */
static char *void_words(struct usecase *usecase, const char *area, const Rec__Visit *visit)
{
    enum { MINUTES = 16 };
    char stamp[STAMP_TEXT];

    if (visit->voided == NULL)
        return mem_copy("");
    char *by = rows_officer_name_at(usecase, area, visit->voided->by);
    char *words = mem_printf("%s %.*s：%s", by, MINUTES,
                             date_format_stamp(visit->voided->at, stamp), visit->voided->reason);
    free(by);
    return words;
}

/** "李倩", of a substitute "李倩（代张敏）"; new string. */
static char *entered_by(struct usecase *usecase, const char *area, const Rec__Visit *visit)
{
    char *officer = rows_officer_name_at(usecase, area, visit->officer);

    if (*visit->stood_for == '\0')
        return officer;
    char *absent = rows_officer_name_at(usecase, area, visit->stood_for);
    char *words = mem_printf("%s（代%s）", officer, absent);
    free(absent);
    free(officer);
    return words;
}

enum result case_list_add_visit(struct usecase *usecase, struct sheet *sheet,
                                const Rec__Visit *visit)
{
    char *credited = NULL, *kinds = NULL;
    char *finding = NULL;
    char date[DATE_TEXT];
    char stamp[STAMP_TEXT];
    enum result result = credited_text(usecase, visit, &credited, &kinds);

    if (result == 0)
        result = alarm_visit_words(usecase, visit, &finding);
    if (result != 0) {
        free(credited);
        free(kinds);
        return result;
    }
    size_t row = sheet_add_row(sheet);
    char area[AREA_TEXT];
    home_of(visit, area);
    char *officer = entered_by(usecase, area, visit);
    char *voided = void_words(usecase, area, visit);
    date_format(visit->date, date);
    sheet_set(sheet, row, "date", date);
    sheet_set(sheet, row, "kind_name", rows_kind_name(usecase->service, visit->kind));
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
    sheet_set(sheet, row, "fulfils", kinds);
    sheet_setf(sheet, row, "visit", "%" PRIu64 ":%s:%" PRIu32, visit->person, date, visit->seq);
    free(voided);
    free(officer);
    free(finding);
    free(kinds);
    free(credited);
    return RESULT_OK;
}

struct visits_job {
    uint64_t case_id;
    uint64_t person;
    struct usecase *usecase;
    struct sheet *sheet;
};

static enum result add_visit(const Rec__Visit *visit, void *arg)
{
    struct visits_job *job = arg;

    return case_list_add_visit(job->usecase, job->sheet, visit);
}

/** An officer who may see one case of a person may see all the person's visits. */
static enum result allow_person(struct usecase *usecase, uint64_t person)
{
    struct record_cases cases = {0};
    bool allowed = false;
    enum result result = record_cases_load(usecase, person, &cases);

    for (size_t i = 0; i < cases.count; i++)
        allowed |= standin_may(usecase, ACTION_CASE_LIST, cases.items[i]->area);
    record_cases_free(&cases);
    if (result == 0 && !allowed)
        return reply_say(usecase->reply, RESULT_DENIED,
                         "此人的个案不在您的辖区内，请联系所在镇街。");
    return result;
}

static enum result visits_body(struct usecase *usecase, void *arg)
{
    struct visits_job *job = arg;
    Rec__Case *casefile = NULL;
    enum result result = RESULT_OK;

    sheet_free(&job->sheet);
    job->sheet = column_sheet(&COLUMNS_VISITS);
    job->usecase = usecase;
    if (job->case_id != 0) {
        result = store_case_get(usecase->txn, job->case_id, &casefile);
        if (result == RESULT_NOTFOUND)
            return reply_say(usecase->reply, result, "没有这个个案，请重新查找。");
        if (result != 0)
            return result;
        job->person = casefile->person;
        rec__case__free_unpacked(casefile, NULL);
    }
    result = allow_person(usecase, job->person);
    if (result != 0)
        return result;
    return store_visit_scan(usecase->txn, job->person, 0, INT32_MAX, add_visit, job);
}

enum result case_visits(struct service *service, const struct caller *caller, uint64_t case_id,
                        uint64_t person, struct sheet **ret_sheet, struct reply *reply)
{
    struct visits_job job = {.case_id = case_id, .person = person};
    enum result result =
        usecase_read(service, caller, ACTION_CASE_LIST, NULL, visits_body, &job, reply);

    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
