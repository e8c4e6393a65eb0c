/*
 * A person for a form: by ID number as it is typed, or as a list has named it.
 */
#include "service/cases/person.h"

#include "base/idno.h"
#include "domain/area.h"
#include "service/cases/case_house.h"
#include "service/cases/case_list.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/frame/stranger.h"
#include "service/ledger/standin.h"

#include <inttypes.h>
#include <stdio.h>

struct known_job {
    const struct person_query *query;
    struct person_view view;
};

/** Shows the person if the caller may see a case or the person's village; otherwise shows
 *  nothing. */
static enum result show_person(struct usecase *usecase, struct known_job *job,
                               const Rec__Person *person)
{
    const struct caller *caller = usecase->caller;
    struct person_view *view = &job->view;
    struct record_cases cases = {0};
    char version[16];
    enum result result = record_cases_load(usecase, person->id, &cases);

    for (size_t i = 0; i < cases.count && result == 0; i++)
        if (standin_may(usecase, ACTION_CASE_LIST, cases.items[i]->area))
            result = case_list_add_case(usecase, view->cases, cases.items[i], false);
    record_cases_free(&cases);
    if (view->cases->row_count == 0 && !area_contains(caller->area, person->area))
        return result == 0 ? stranger_refuse(usecase, person, RESULT_DENIED) : result;
    if (job->query->shared && result == 0)
        return case_house_shared(usecase, person, &view->values);
    record_person_read(person, "person.", &view->values);
    if (result == 0)
        result = case_house_add(usecase, person->id, 0, view->household);
    snprintf(version, sizeof version, "%" PRIu32, person->version);
    fields_set(&usecase->reply->values, "person_version", version);
    return result;
}

static enum result find_person(struct usecase *usecase, const struct person_query *query,
                               Rec__Person **ret_person)
{
    char id_no[IDNO_TEXT];
    enum idno_fault fault = IDNO_FINE;
    enum result result = RESULT_OK;

    if (query->person == 0)
        fault = idno_parse(query->id_no, usecase->today, id_no);
    if (fault != IDNO_FINE)
        return reply_say(usecase->reply, RESULT_INVALID, "%s。", idno_words(fault));
    result = stranger_allow(usecase);
    if (result != 0)
        return result;
    result = query->person != 0 ? store_person_get(usecase->txn, query->person, ret_person)
                                : store_person_by_id_no(usecase->txn, id_no, ret_person);
    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result,
                         query->person != 0 ? "没有这个人，请重新查找。"
                                            : "没有登记过这个身份证号，请核对后再输。");
    return result;
}

static enum result known_body(struct usecase *usecase, void *arg)
{
    struct known_job *job = arg;
    Rec__Person *person = NULL;
    enum result result;

    person_view_free(&job->view);
    result = find_person(usecase, job->query, &person);
    if (result != 0)
        return result;
    event_name_record(usecase, person->area, "person:%" PRIu64, person->id);
    job->view.person = person->id;
    job->view.cases = column_sheet(&COLUMNS_CASES);
    job->view.household = column_sheet(&COLUMNS_HOUSEHOLD);
    result = show_person(usecase, job, person);
    rec__person__free_unpacked(person, NULL);
    return result;
}

enum result person_get(struct service *service, const struct caller *caller,
                       const struct person_query *query, struct person_view *ret_view,
                       struct reply *reply)
{
    struct known_job job = {.query = query};
    enum result result =
        usecase_read(service, caller, ACTION_CASE_OPEN, NULL, known_body, &job, reply);

    if (result == 0)
        *ret_view = job.view;
    else
        person_view_free(&job.view);
    return result;
}

void person_view_free(struct person_view *view)
{
    fields_free(&view->values);
    sheet_free(&view->cases);
    sheet_free(&view->household);
    *view = (struct person_view){0};
}
