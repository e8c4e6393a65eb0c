/*
 * Lists of applications: who waits for whom, what was done.
 */
#include "base/columns.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/words.h"
#include "form/workdays.h"
#include "service/cases/application.h"
#include "service/cases/proposal.h"
#include "service/frame/event.h"
#include "service/ledger/rows.h"
#include "service/memory/calendar.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- one row

/** "SQ00012": applications have no case number yet. */
static void set_number(struct sheet *sheet, size_t row, uint64_t id)
{
    sheet_setf(sheet, row, "case_no", "SQ%05" PRIu64, id);
}

/** Why there is no due day; if there is one, of which later step it is, "" for none. New string. */
static char *words_of_due(const struct usecase *usecase, const struct application *application)
{
    day_t since =
        application->stand.accepted != 0 ? application->stand.accepted : application->stand.began;

    switch (application->due.known) {
    case LIFECYCLE_NO_LIMIT:
        return mem_copy("未设时限");
    case LIFECYCLE_STANDS:
        return mem_copy("补正，时限暂停");
    case LIFECYCLE_NO_YEAR:
        return mem_printf("已%d天，缺日历", (int)(usecase->today - since));
    default:
        return mem_copy(application->due_of);
    }
}

/** Whose move it is. New string. */
static char *waits_for(struct usecase *usecase, const struct application *application,
                       const struct life_step *step)
{
    char day[DATE_TEXT];

    if (application->stand.state == LIFECYCLE_RETURNED) {
        char *by = rows_officer_name(usecase, application->proposal->by);
        char *words = mem_printf("填报人%s", by);
        free(by);
        return words;
    }
    if (application->stand.state == LIFECYCLE_PAUSED && application->stand.until == 0)
        return mem_copy("申请人补正");
    if (application->stand.state == LIFECYCLE_PAUSED)
        return mem_printf("申请人补正，%s %s", date_format(application->stand.until, day),
                          application->stand.until < usecase->today ? "已过期" : "止");
    if (application->ready > usecase->today)
        return mem_printf("%s满期", step->label);
    return application_who(step);
}

static bool is_late(const struct usecase *usecase, const struct application *application)
{
    return application->due.on != 0 && application->due.on < usecase->today;
}

/** Until a published list has hung long enough there is nothing to do. */
static bool waits_for_caller(const struct usecase *usecase, const struct application *application)
{
    return application->ready <= usecase->today && application_is_mine(usecase, application, NULL);
}

static void write_due(const struct usecase *usecase, const struct application *application,
                      struct sheet *sheet, size_t row)
{
    const struct lifecycle_due *due = &application->due;
    char day[DATE_TEXT];
    char *why = words_of_due(usecase, application);

    if (due->on != 0) {
        sheet_set(sheet, row, "due_on", date_format(due->on, day));
        sheet_setf(sheet, row, "days_left", "%d", (int)(due->on - usecase->today));
    }
    sheet_set(sheet, row, "why", why);
    free(why);
}

void application_write(struct usecase *usecase, const struct application *application,
                       struct sheet *sheet)
{
    const Rec__Proposal *proposal = application->proposal;
    const struct life_step *step = &application->form->steps.life.items[application->stand.step];
    const bool returned = application->stand.state == LIFECYCLE_RETURNED;
    size_t row = sheet_add_row(sheet);
    char *waits = waits_for(usecase, application, step);
    char day[DATE_TEXT];

    set_number(sheet, row, proposal->id);
    sheet_set(sheet, row, "name", proposal->name);
    sheet_set(sheet, row, "kind", proposal->kind);
    sheet_set(sheet, row, "kind_name", application->form->brief);
    if (returned)
        sheet_set(sheet, row, "step", "退回修改");
    else
        sheet_setf(sheet, row, "step", "%s%s", proposal->prior ? "补录" : "", step->label);
    sheet_set(sheet, row, "began", date_format(application->stand.began, day));
    sheet_set(sheet, row, "waits_for", waits);
    sheet_set(sheet, row, "area", proposal->area);
    sheet_set(sheet, row, "area_name", service_area_name(usecase->service, proposal->area));
    sheet_set(sheet, row, "state",
              application->stand.state == LIFECYCLE_PAUSED
                  ? application->stand.until < usecase->today ? "overdue" : "paused"
              : returned        ? "returned"
              : proposal->prior ? "prior"
                                : "waiting");
    sheet_set(sheet, row, "mine", waits_for_caller(usecase, application) ? "1" : "");
    sheet_setf(sheet, row, "proposal", "%" PRIu64, proposal->id);
    sheet_setf(sheet, row, "version", "%" PRIu32, proposal->version);
    sheet_set(sheet, row, "step_id", step->id);
    write_due(usecase, application, sheet, row);
    free(waits);
}

// ---- the list

struct list_job {
    struct usecase *usecase;
    struct workday_calendar calendar;
    const char *area;
    bool late;
    struct sheet *sheet;             /**< NULL = only count */
    struct application_count *count; /**< NULL = only list */
    size_t unknown;                  /**< have no due day, because the calendar lacks a year */
    int year;                        /**< the first such year */
};

static void note_unknown(struct list_job *job, const struct lifecycle_due *due)
{
    if (due->known != LIFECYCLE_NO_YEAR)
        return;
    job->year = job->unknown == 0 || due->year < job->year ? due->year : job->year;
    job->unknown++;
}

static enum result add_proposal(const Rec__Proposal *proposal, void *arg)
{
    struct list_job *job = arg;
    struct application application;

    if (!application_judge(job->usecase, &job->calendar, proposal, &application) ||
        application.stand.state == LIFECYCLE_ENDED)
        return RESULT_OK;
    bool late = is_late(job->usecase, &application);
    if (job->count != NULL) {
        job->count->mine += waits_for_caller(job->usecase, &application);
        job->count->late += late;
    }
    if (job->sheet != NULL && (late || !job->late)) {
        note_unknown(job, &application.due);
        application_write(job->usecase, &application, job->sheet);
    }
    return RESULT_OK;
}

static enum result scan(struct list_job *job)
{
    static const char *const open[] = {PROPOSAL_WAITING, PROPOSAL_RETURNED};
    char prefix[AREA_TEXT];
    enum result result = RESULT_OK;

    area_prefix(job->area, prefix);
    job->calendar = calendar_new(service_forms(job->usecase->service));
    for (size_t i = 0; i < sizeof open / sizeof open[0] && result == 0; i++)
        result = store_proposal_scan(job->usecase->txn, open[i], prefix, add_proposal, job);
    calendar_free(&job->calendar);
    return result;
}

enum result application_count(struct usecase *usecase, const char *area,
                              struct application_count *ret_count)
{
    struct list_job job = {.usecase = usecase, .area = area, .count = ret_count};

    *ret_count = (struct application_count){0};
    return scan(&job);
}

/** Known days first, the earliest first; then by the beginning of the step. */
static int compare(const void *a, const void *b, void *arg)
{
    const struct sheet *sheet = arg;
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    const char *due_x = sheet_get(sheet, x, "due_on"), *due_y = sheet_get(sheet, y, "due_on");

    if ((*due_x == '\0') != (*due_y == '\0'))
        return *due_x == '\0' ? 1 : -1;
    int order = strcmp(due_x, due_y);
    if (order == 0)
        order = strcmp(sheet_get(sheet, x, "began"), sheet_get(sheet, y, "began"));
    return order != 0 ? order : (x > y) - (x < y);
}

static void sort(struct sheet *sheet)
{
    size_t *rows = mem_array(sheet->row_count + 1, sizeof *rows);

    for (size_t i = 0; i < sheet->row_count; i++)
        rows[i] = i;
    qsort_r(rows, sheet->row_count, sizeof *rows, compare, sheet);
    sheet_pick(sheet, rows, sheet->row_count);
    free(rows);
}

static enum result list_body(struct usecase *usecase, void *arg)
{
    struct list_job *job = arg;

    sheet_free(&job->sheet);
    job->usecase = usecase;
    job->sheet = column_sheet(&COLUMNS_STEPS);
    job->unknown = 0;
    enum result result = scan(job);
    if (result != 0)
        return result;
    sort(job->sheet);
    return job->unknown == 0
               ? RESULT_OK
               : reply_say(usecase->reply, RESULT_OK,
                           "%zu 份的时限算到 %d 年，缺那年的工作日历，先看已过天数。" WORKDAYS_MEND,
                           job->unknown, job->year);
}

enum result application_list(struct service *service, const struct caller *caller, const char *area,
                             bool late, struct sheet **ret_sheet, struct reply *reply)
{
    char code[AREA_TEXT];
    struct list_job job = {.area = code, .late = late};
    enum result result = rows_query_area(service, caller, area, code, reply);

    if (result == 0)
        result = usecase_read(service, caller, ACTION_STEP_LIST, code, list_body, &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}

// ---- one application

struct view_job {
    uint64_t id;
    struct sheet *sheet;
    enum result (*write)(struct usecase *usecase, const Rec__Proposal *proposal,
                         const struct form *form, struct sheet *sheet);
    const struct column_list *columns;
};

static const char *step_label(const struct life_steps *steps, const char *id)
{
    size_t step = lifecycle_find(steps, id);

    return step < steps->count ? steps->items[step].label : id;
}

enum result application_write_log(struct usecase *usecase, const Rec__Proposal *proposal,
                                  const struct form *form, struct sheet *sheet)
{
    for (size_t i = 0; i < proposal->n_steps; i++) {
        const Rec__ProposalStep *step = proposal->steps[i];
        enum lifecycle_act act = LIFECYCLE_SUBMIT;
        char stamp[STAMP_TEXT];
        size_t row = sheet_add_row(sheet);
        char *by = rows_officer_name(usecase, step->by);
        if (lifecycle_act_find(step->act, &act) == 0)
            sheet_set(sheet, row, "result", lifecycle_act_label(act));
        sheet_set(sheet, row, "at", date_format_stamp(step->at, stamp));
        sheet_set(sheet, row, "step", step_label(&form->steps.life, step->step));
        sheet_set(sheet, row, "by", by);
        sheet_set(sheet, row, "opinion", step->opinion);
        sheet_set(sheet, row, "to",
                  *step->to != '\0' ? step_label(&form->steps.life, step->to) : "");
        free(by);
    }
    return RESULT_OK;
}

static enum result view_body(struct usecase *usecase, void *arg)
{
    struct view_job *job = arg;
    Rec__Proposal *proposal = NULL;

    sheet_free(&job->sheet);
    enum result result = store_proposal_get(usecase->txn, job->id, &proposal);
    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "没有这份申请，请刷新清单。");
    if (result == 0)
        result = usecase_allow(usecase, ACTION_STEP_LIST, proposal->area);
    const struct form *form =
        result == 0 ? forms_get(service_forms(usecase->service), proposal->kind) : NULL;
    if (result == 0 && form == NULL)
        result = reply_say(usecase->reply, RESULT_FORMAT, "缺少业务文件 %s，请联系系统管理员。",
                           proposal->kind);
    job->sheet = column_sheet(job->columns);
    if (result == 0)
        result = job->write(usecase, proposal, form, job->sheet);
    if (proposal != NULL)
        rec__proposal__free_unpacked(proposal, NULL);
    return result;
}

static enum result view(struct service *service, const struct caller *caller, struct view_job *job,
                        struct sheet **ret_sheet, struct reply *reply)
{
    enum result result =
        usecase_read(service, caller, ACTION_STEP_LIST, NULL, view_body, job, reply);

    if (result == 0)
        *ret_sheet = job->sheet;
    else
        sheet_free(&job->sheet);
    return result;
}

enum result application_log(struct service *service, const struct caller *caller, uint64_t id,
                            struct sheet **ret_sheet, struct reply *reply)
{
    struct view_job job = {.id = id, .write = application_write_log, .columns = &COLUMNS_STEP_LOG};

    return view(service, caller, &job, ret_sheet, reply);
}
