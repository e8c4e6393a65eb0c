#include "service/cases/publicity.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "base/words.h"
#include "db/tables.h"
#include "domain/area.h"
#include "service/cases/application.h"
#include "service/cases/benefit.h"
#include "service/ledger/rows.h"
#include "service/memory/calendar.h"

#include <stdlib.h>
#include <string.h>

struct list_job {
    struct usecase *usecase;
    struct workday_calendar calendar;
    const struct form *form;
    const char *kind, *area;
    struct sheet *sheet;
};

/** What the case would get in its first month; nothing while that cannot be computed. */
static enum result write_amount(const struct list_job *job, const Rec__Proposal *proposal,
                                const struct fields *values, size_t row)
{
    Rec__Case record = REC__CASE__INIT;
    struct benefit benefit = {0};
    month_t month = month_of(job->usecase->today) + 1, first = 0;

    if (!benefit_has(job->usecase->service, proposal->kind))
        return RESULT_OK;
    if (month_parse_loose(fields_get(values, job->form->roles.since), &first) == 0 && first > month)
        month = first;
    record.kind = proposal->kind;
    record.area = proposal->area;
    record.since = month_first(month);
    enum result result = benefit_of_values(job->usecase, &record, values, month, &benefit);
    if (result == 0 && benefit.paid && benefit.known) {
        char *yuan = text_from_fen(benefit.total);
        sheet_set(job->sheet, row, "total", yuan);
        free(yuan);
    }
    benefit_free(&benefit);
    return result;
}

/** A household has its members; a person alone is one. */
static void write_people(const struct list_job *job, const struct fields *values, size_t row)
{
    bool household = job->form->subject == FORM_HOUSEHOLD;
    size_t count = household ? fields_rows(values, "members") : 1, covered = 0;

    for (size_t i = 0; household && i < count; i++) {
        char *name = mem_printf("members.%zu.m_cov", i);
        covered += strcmp(fields_get(values, name), "是") == 0;
        free(name);
    }
    sheet_setf(job->sheet, row, "people", "%zu", count);
    if (household)
        sheet_setf(job->sheet, row, "protected", "%zu", covered);
}

static enum result add_row(struct list_job *job, const struct application *application,
                           const struct fields *values)
{
    const Rec__Proposal *proposal = application->proposal;
    const struct life_step *step = &job->form->steps.life.items[application->stand.step];
    size_t row = sheet_add_row(job->sheet);
    char day[DATE_TEXT];

    sheet_set(job->sheet, row, "kind", proposal->kind);
    sheet_set(job->sheet, row, "kind_name", job->form->brief);
    sheet_set(job->sheet, row, "name", proposal->name);
    sheet_set(job->sheet, row, "area", proposal->area);
    sheet_set(job->sheet, row, "area_name",
              service_area_name(job->usecase->service, proposal->area));
    sheet_set(job->sheet, row, "from", date_format(application->stand.began, day));
    if (application->ready != 0)
        sheet_set(job->sheet, row, "to", date_format(application->ready, day));
    write_people(job, values, row);
    return step->amount ? write_amount(job, proposal, values, row) : RESULT_OK;
}

static enum result see_proposal(const Rec__Proposal *proposal, void *arg)
{
    struct list_job *job = arg;
    struct application application;
    struct fields values = {0};
    enum result result = RESULT_OK;

    if (strcmp(proposal->kind, job->kind) != 0 ||
        !application_judge(job->usecase, &job->calendar, proposal, &application) ||
        application.stand.state != LIFECYCLE_WAITING ||
        !application.form->steps.life.items[application.stand.step].publish)
        return RESULT_OK;
    store_fields_read(proposal->n_fields, proposal->fields, &values);
    /* A birth that was corrected since then may have made it a child. */
    if (form_takes_step(job->form, application.stand.step, &values, job->usecase->today))
        result = add_row(job, &application, &values);
    fields_free(&values);
    return result;
}

static bool has_publicity(const struct form *form)
{
    for (size_t i = 0; i < form->steps.life.count; i++)
        if (form->steps.life.items[i].publish)
            return true;
    return false;
}

static enum result list_body(struct usecase *usecase, void *arg)
{
    struct list_job *job = arg;
    char prefix[AREA_TEXT];

    sheet_free(&job->sheet); /* a body may run again */
    job->usecase = usecase;
    job->form = forms_programme_find(service_forms(usecase->service), job->kind);
    if (job->form == NULL)
        return reply_say(usecase->reply, RESULT_USAGE, "请写明哪项业务，没有“%s”这项。", job->kind);
    if (job->form->secret)
        return reply_say(usecase->reply, RESULT_DENIED,
                         "%s是儿童业务，不得公示，没有公示名单；请选别的业务。", job->form->title);
    if (!has_publicity(job->form))
        return reply_say(usecase->reply, RESULT_INVALID, "%s的办理步骤里没有公示，请选别的业务。",
                         job->form->title);
    job->sheet = column_sheet(&COLUMNS_PUBLICITY);
    area_prefix(job->area, prefix);
    job->calendar = calendar_new(service_forms(usecase->service));
    enum result result =
        store_proposal_scan(usecase->txn, PROPOSAL_WAITING, prefix, see_proposal, job);
    calendar_free(&job->calendar);
    return result;
}

enum result publicity_list(struct service *service, const struct caller *caller, const char *kind,
                           const char *area, struct sheet **ret_sheet, struct reply *reply)
{
    char code[AREA_TEXT];
    struct list_job job = {.kind = kind, .area = code};
    enum result result = rows_query_area(service, caller, area, code, reply);

    if (result == 0)
        result = usecase_read(service, caller, ACTION_STEP_LIST, code, list_body, &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
