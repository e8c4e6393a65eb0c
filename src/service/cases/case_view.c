/*
 * Reads one case with everything that its screen shows.
 */
#include "service/cases/case.h"

#include "base/mem.h"
#include "base/month.h"
#include "service/cases/application.h"
#include "service/cases/case_house.h"
#include "service/cases/case_list.h"
#include "service/cases/mask.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"
#include "service/ledger/standin.h"
#include "service/memory/judge.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct view_job {
    uint64_t case_id;
    const char *number;
    bool open;
    struct usecase *usecase;
    Rec__Case *record;
    struct case_view view;
};

static enum result find_case(struct view_job *job)
{
    struct usecase *usecase = job->usecase;
    enum result result = job->case_id != 0
                             ? store_case_get(usecase->txn, job->case_id, &job->record)
                             : store_case_by_number(usecase->txn, job->number, &job->record);

    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "没有这个个案，请核对编号或重新查找。");
    if (result == 0)
        result = usecase_allow(usecase, job->open ? ACTION_CASE_OPEN : ACTION_CASE_LIST,
                               job->record->area);
    return result;
}

// ---- values

static enum result read_values(struct view_job *job)
{
    struct usecase *usecase = job->usecase;
    const struct form *form = forms_get(service_forms(usecase->service), job->record->kind);
    struct fields *values = &job->view.values;

    if (form == NULL)
        return reply_say(usecase->reply, RESULT_FORMAT, "缺少业务文件 %s，请联系系统管理员。",
                         job->record->kind);
    enum result result = record_values(usecase, form, job->record, values);
    if (result != 0)
        return result;
    form_compute(form, values, usecase->today);
    job->view.visitor =
        rows_officer_name_at(usecase, job->record->area, fields_get(values, form->roles.officer));
    if (!job->open)
        mask_values(service_forms(usecase->service), form, values);
    return RESULT_OK;
}

// ---- lists

static enum result add_duty(const Rec__Duty *duty, void *arg)
{
    struct view_job *job = arg;
    struct usecase *usecase = job->usecase;
    struct sheet *sheet = job->view.duties;
    struct duty_view view = judge_row(usecase->service, duty, usecase->today);
    char *reason = NULL;
    char text[64];
    enum result result = rows_reason(usecase, duty, &view, &reason);

    if (result != 0)
        return result;
    size_t row = sheet_add_row(sheet);
    sheet_set(sheet, row, "month", month_format(duty->month, text));
    sheet_set(sheet, row, "type", duty->type);
    sheet_set(sheet, row, "words", duty_words(&view, text));
    sheet_setf(sheet, row, "need", "%d", duty->need < 1 ? 1 : (int)duty->need);
    sheet_setf(sheet, row, "done", "%d", view.done);
    sheet_set(sheet, row, "last_visit", date_format(view.last_visit, text));
    sheet_setf(sheet, row, "attempts", "%d", view.attempts);
    sheet_set(sheet, row, "late", view.late ? "是" : "");
    sheet_set(sheet, row, "reason", reason);
    sheet_set(sheet, row, "area_name",
              facts_area_name_in(usecase->service, duty->area, duty->month));
    rows_excuse(sheet, row, duty);
    free(reason);
    return RESULT_OK;
}

static enum result add_visit(const Rec__Visit *visit, void *arg)
{
    struct view_job *job = arg;

    return case_list_add_visit(job->usecase, job->view.visits, visit);
}

static void add_reviews(struct view_job *job)
{
    char text[STAMP_TEXT];

    for (size_t i = 0; i < job->record->n_reviews; i++) {
        const Rec__Review *review = job->record->reviews[i];
        size_t row = sheet_add_row(job->view.reviews);
        char *by = rows_officer_name_at(job->usecase, job->record->area, review->by);
        sheet_set(job->view.reviews, row, "date", date_format(review->date, text));
        sheet_set(job->view.reviews, row, "result", review->result);
        sheet_set(job->view.reviews, row, "note", review->note);
        sheet_set(job->view.reviews, row, "by", by);
        sheet_set(job->view.reviews, row, "at", date_format_stamp(review->at, text));
        free(by);
    }
}

/** Adds the person's other cases that this officer may see. */
static enum result add_others(struct view_job *job)
{
    struct usecase *usecase = job->usecase;
    struct record_cases cases = {0};
    enum result result = record_cases_load(usecase, job->record->person, &cases);

    for (size_t i = 0; i < cases.count && result == 0; i++)
        if (cases.items[i]->id != job->record->id &&
            standin_may(usecase, ACTION_CASE_LIST, cases.items[i]->area))
            result = case_list_add_case(usecase, job->view.others, cases.items[i], false);
    record_cases_free(&cases);
    return result;
}

/** Adds the members of a household; officers choose one of them in forms. */
static enum result add_people(struct view_job *job)
{
    const Rec__Case *casefile = job->record;
    char day[DATE_TEXT];

    for (size_t i = 0; i < casefile->n_members; i++) {
        const Rec__Member *member = casefile->members[i];
        Rec__Person *person = NULL;
        if (member->until != 0)
            continue;
        enum result result = store_person_get(job->usecase->txn, member->person, &person);
        if (result != 0)
            return result;
        size_t row = sheet_add_row(job->view.people);
        sheet_set_number(job->view.people, row, "person_id", person->id);
        sheet_set(job->view.people, row, "name", person->name);
        sheet_set(job->view.people, row, "relation", case_house_relation(member));
        sheet_set(job->view.people, row, "covered", member->covered ? "是" : "否");
        sheet_set(job->view.people, row, "death", date_format(person->death, day));
        rec__person__free_unpacked(person, NULL);
    }
    return RESULT_OK;
}

/** Adds what the screen leads to: applications, other cases, the household. */
static enum result read_links(struct view_job *job)
{
    const Rec__Case *record = job->record;
    struct case_view *view = &job->view;

    view->others = column_sheet(&COLUMNS_CASES);
    view->steps = column_sheet(&COLUMNS_CASE_STEPS);
    view->household = column_sheet(&COLUMNS_HOUSEHOLD);
    enum result result = add_others(job);
    if (result == 0)
        result = application_of_case(job->usecase, record, view->steps);
    if (result == 0)
        result = record->n_members > 0
                     ? case_house_add_members(job->usecase, record, view->household)
                     : case_house_add(job->usecase, record->person, record->id, view->household);
    return result;
}

static enum result read_lists(struct view_job *job)
{
    struct txn *txn = job->usecase->txn;

    job->view.duties = column_sheet(&COLUMNS_CASE_DUTIES);
    job->view.visits = column_sheet(&COLUMNS_VISITS);
    job->view.reviews = column_sheet(&COLUMNS_REVIEWS);
    job->view.people = column_sheet(&COLUMNS_PEOPLE);
    add_reviews(job);
    enum result result = add_people(job);
    if (result == 0)
        result = store_duty_of_case(txn, job->record->id, add_duty, job);
    if (result == 0)
        result = store_visit_scan(txn, job->record->person, 0, INT32_MAX, add_visit, job);
    return result != 0 ? result : read_links(job);
}

// ---- the head

static enum result read_head(struct view_job *job)
{
    const Rec__Case *casefile = job->record;
    struct case_view *view = &job->view;
    Rec__Person *person = NULL;
    char day[DATE_TEXT];
    enum result result = store_person_get(job->usecase->txn, casefile->person, &person);

    if (result != 0)
        return result;
    *view = (struct case_view){
        .case_id = casefile->id,
        .number = mem_copy(casefile->number),
        .kind = mem_copy(casefile->kind),
        .state = mem_copy(casefile->state),
        .area = mem_copy(casefile->area),
        .area_name = mem_copy(service_area_name(job->usecase->service, casefile->area)),
        .closed_on = mem_copy(date_format(casefile->closed_on, day)),
        .exit_reason = mem_copy(casefile->exit_reason),
        .version = casefile->version,
        .person_version = person->version,
        .masked = !job->open,
    };
    rec__person__free_unpacked(person, NULL);
    return RESULT_OK;
}

static enum result view_body(struct usecase *usecase, void *arg)
{
    struct view_job *job = arg;

    case_view_free(&job->view);
    job->usecase = usecase;
    job->record = NULL;
    enum result result = find_case(job);
    if (result == 0) {
        event_name_record(usecase, job->record->area, "case:%" PRIu64, job->record->id);
        result = read_head(job);
    }
    if (result == 0)
        result = read_values(job);
    if (result == 0)
        result = read_lists(job);
    if (job->record != NULL)
        rec__case__free_unpacked(job->record, NULL);
    return result;
}

enum result case_get(struct service *service, const struct caller *caller, uint64_t case_id,
                     const char *number, bool open, struct case_view *ret_view, struct reply *reply)
{
    struct view_job job = {
        .case_id = case_id,
        .number = number == NULL ? "" : number,
        .open = open,
    };
    enum result result = usecase_read(service, caller, open ? ACTION_CASE_OPEN : ACTION_CASE_LIST,
                                      NULL, view_body, &job, reply);

    if (result == 0)
        *ret_view = job.view;
    else
        case_view_free(&job.view);
    return result;
}

void case_view_free(struct case_view *view)
{
    free(view->number);
    free(view->kind);
    free(view->state);
    free(view->area);
    free(view->area_name);
    free(view->closed_on);
    free(view->exit_reason);
    free(view->visitor);
    fields_free(&view->values);
    sheet_free(&view->duties);
    sheet_free(&view->visits);
    sheet_free(&view->reviews);
    sheet_free(&view->others);
    sheet_free(&view->people);
    sheet_free(&view->household);
    sheet_free(&view->steps);
    *view = (struct case_view){0};
}
