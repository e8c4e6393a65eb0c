/*
 * The applications that concern a case: for its screen.
 */
#include "base/columns.h"
#include "base/mem.h"
#include "service/cases/application.h"
#include "service/ledger/rows.h"
#include "service/memory/calendar.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct of_case {
    struct usecase *usecase;
    struct workday_calendar calendar;
    struct sheet *sheet;
};

static bool may_list(const struct usecase *usecase, const Rec__Proposal *proposal)
{
    const struct caller *caller = usecase->caller;

    return access_allowed(caller->role, caller->area, ACTION_STEP_LIST, proposal->area);
}

/** True if another member's number has led to it already. */
static bool is_listed(const struct sheet *sheet, uint64_t proposal)
{
    for (size_t row = 0; row < sheet->row_count; row++)
        if (strtoull(sheet_get(sheet, row, "proposal"), NULL, 10) == proposal)
            return true;
    return false;
}

static enum result add_open(const Rec__Proposal *proposal, void *arg)
{
    struct of_case *job = arg;
    struct application application;

    if (may_list(job->usecase, proposal) && !is_listed(job->sheet, proposal->id) &&
        application_judge(job->usecase, &job->calendar, proposal, &application) &&
        application.stand.state != LIFECYCLE_ENDED)
        application_write(job->usecase, &application, job->sheet);
    return RESULT_OK;
}

/** What was done with the application that became the case, the last act first. */
static enum result add_done(const Rec__Proposal *proposal, void *arg)
{
    struct of_case *job = arg;
    const struct form *form = forms_get(service_forms(job->usecase->service), proposal->kind);
    struct sheet *done = column_sheet(&COLUMNS_STEP_LOG);
    enum result result = RESULT_OK;

    if (form != NULL && may_list(job->usecase, proposal))
        result = application_write_log(job->usecase, proposal, form, done);
    for (size_t i = done->row_count; i-- > 0;) {
        size_t row = sheet_add_row(job->sheet);
        for (size_t k = 0; k < COLUMNS_STEP_LOG.count; k++)
            sheet_set(job->sheet, row, COLUMNS_STEP_LOG.ids[k],
                      sheet_get(done, i, COLUMNS_STEP_LOG.ids[k]));
        sheet_setf(job->sheet, row, "case_no", "SQ%05" PRIu64, proposal->id);
        sheet_set(job->sheet, row, "kind_name", form->brief);
    }
    sheet_free(&done);
    return result;
}

static enum result add_person(struct of_case *job, uint64_t id)
{
    Rec__Person *person = NULL;
    enum result result = store_person_get(job->usecase->txn, id, &person);

    if (result == 0 && *person->id_no != '\0')
        result = store_proposal_of_id_no(job->usecase->txn, person->id_no, add_open, job);
    if (person != NULL)
        rec__person__free_unpacked(person, NULL);
    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

enum result application_of_case(struct usecase *usecase, const Rec__Case *record,
                                struct sheet *sheet)
{
    struct of_case job = {.usecase = usecase, .sheet = sheet};
    enum result result;

    job.calendar = calendar_new(service_forms(usecase->service));
    result = add_person(&job, record->person);
    for (size_t i = 0; i < record->n_members && result == 0; i++)
        if (record->members[i]->until == 0 && record->members[i]->person != record->person)
            result = add_person(&job, record->members[i]->person);
    if (result == 0)
        result = store_proposal_of_case(usecase->txn, record->id, add_done, &job);
    calendar_free(&job.calendar);
    return result;
}
