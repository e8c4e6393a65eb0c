#include "service/lists/home.h"

#include "base/homeline.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/words.h"
#include "service/cases/application.h"
#include "service/cases/proposal.h"
#include "service/frame/record.h"
#include "service/ledger/alarm_raise.h"
#include "service/ledger/opening.h"
#include "service/ledger/rows.h"
#include "service/lists/alarm_rows.h"
#include "service/lists/board.h"
#include "service/lists/due.h"
#include "service/lists/home_health.h"
#include "service/lists/home_pace.h"
#include "service/lists/home_urgent.h"
#include "service/lists/lead.h"
#include "service/lists/lead_run.h"
#include "service/lists/leave_home.h"
#include "service/lists/round_home.h"
#include "service/lists/streets.h"
#include "service/lists/upcoming.h"
#include "service/memory/excuses.h"
#include "service/memory/reading.h"
#include "service/memory/totals.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINES = 40 /* of a tall terminal */, LINES_KEPT = 512 };

/** Somebody whom nobody met, and the row that says so: one for all programmes of the person. */
struct missed {
    uint64_t person;
    size_t row;
    int attempts; /**< the most of one programme */
    char *kinds;
};

struct home_job {
    struct usecase *usecase;
    char area[AREA_TEXT];
    month_t month;
    char *pending;       /**< message while the month's duties are still being made; else NULL */
    struct due_rows due; /**< the most urgent rows */
    struct due_rows reviews;
    size_t missed_count, missed_capacity;
    struct missed *missed; /**< owned */
    struct urgent urgent;
    struct home_view view;
};

/** Keeps the list short while a street is read: only rows that can still be shown. */
static void keep_urgent(struct due_rows *rows)
{
    if (rows->count < LINES_KEPT)
        return;
    due_rows_sort(rows);
    due_rows_cut(rows, LINES);
}

// ---- rows of the lists

static struct missed *find_missed(struct home_job *job, uint64_t person)
{
    for (size_t i = 0; i < job->missed_count; i++)
        if (job->missed[i].person == person)
            return &job->missed[i];
    return NULL;
}

static struct missed *add_missed(struct home_job *job, const Rec__Duty *duty)
{
    struct sheet *alarms = job->view.alarms;
    size_t row = sheet_add_row(alarms);

    mem_grow((void **)&job->missed, job->missed_count, &job->missed_capacity, sizeof *job->missed);
    struct missed *missed = &job->missed[job->missed_count++];
    *missed = (struct missed){.person = duty->person,
                              .row = row,
                              .kinds = mem_copy(rows_kind_name(job->usecase->service, duty->kind))};
    sheet_setf(alarms, row, "case_id", "%" PRIu64, duty->case_id);
    sheet_set(alarms, row, "kind", duty->kind);
    return missed;
}

static void forget_missed(struct home_job *job)
{
    for (size_t i = 0; i < job->missed_count; i++)
        free(job->missed[i].kinds);
    free(job->missed);
    job->missed = NULL;
    job->missed_count = job->missed_capacity = 0;
}

static enum result add_alarm(struct home_job *job, const Rec__Duty *duty,
                             const struct duty_view *view)
{
    struct rows_subject subject = {0};
    struct missed *missed = find_missed(job, duty->person);
    bool several = missed != NULL;
    enum result result = rows_subject_load(job->usecase, duty, &subject);

    if (result != 0)
        return result;
    if (several) {
        char *kinds =
            mem_printf("%s、%s", missed->kinds, rows_kind_name(job->usecase->service, duty->kind));
        free(missed->kinds);
        missed->kinds = kinds;
    } else {
        missed = add_missed(job, duty);
    }
    if (view->attempts > missed->attempts)
        missed->attempts = view->attempts;
    sheet_setf(job->view.alarms, missed->row, "text",
               "%s（%s）本月 %d 次未见到%s%s%s，请尽快上门核实", subject.person->name,
               service_area_name(job->usecase->service, duty->area), missed->attempts,
               several ? "（" : "", several ? missed->kinds : "", several ? "）" : "");
    rows_subject_free(&subject);
    return RESULT_OK;
}

/** The alarm for visits in a row says it already, with its clock. */
static enum result add_unmet(struct home_job *job, const Rec__Duty *duty,
                             const struct duty_view *view)
{
    bool said = false;
    enum result result = alarm_is_unmet(job->usecase, duty->person, &said);

    return result == 0 && !said ? add_alarm(job, duty, view) : result;
}

/** Excuses this officer may decide on. */
static bool decidable(const struct home_job *job, const Rec__Duty *duty,
                      const struct duty_view *view)
{
    const struct caller *caller = job->usecase->caller;

    /* Also for people visited already: the excuse may be about the next month. */
    return duty->excuse != NULL && strcmp(duty->excuse->state, EXCUSE_ASKED) == 0 &&
           view->state != DUTY_NOT_COUNTED &&
           strcmp(duty->excuse->asked_by, caller->officer) != 0 &&
           access_allowed(caller->role, caller->area, ACTION_EXCUSE_DECIDE, duty->area);
}

static enum result add_excuse(struct home_job *job, const Rec__Duty *duty)
{
    struct sheet *sheet = job->view.excuses;
    struct rows_subject subject = {0};
    char text[DATE_TEXT];
    char case_id[NUMBER_TEXT];

    /* An excuse may span several months and is decided once: show it once. */
    snprintf(case_id, sizeof case_id, "%" PRIu64, duty->case_id);
    for (size_t row = 0; row < sheet->row_count; row++)
        if (strcmp(sheet_get(sheet, row, "case_id"), case_id) == 0)
            return RESULT_OK;
    enum result result = rows_subject_load(job->usecase, duty, &subject);

    if (result != 0)
        return result;
    size_t row = sheet_add_row(sheet);
    char *by = rows_officer_name_at(job->usecase, duty->area, duty->excuse->asked_by);
    sheet_set(sheet, row, "case_no", subject.record->number);
    sheet_set(sheet, row, "name", subject.person->name);
    sheet_set(sheet, row, "area_name", service_area_name(job->usecase->service, duty->area));
    sheet_set(sheet, row, "month", month_format(duty->month, text));
    sheet_set(sheet, row, "reason", duty->excuse->reason);
    sheet_set(sheet, row, "from", date_format(duty->excuse->from, text));
    sheet_set(sheet, row, "to", date_format(duty->excuse->to, text));
    sheet_set(sheet, row, "note", duty->excuse->note);
    sheet_set(sheet, row, "by", by);
    sheet_setf(sheet, row, "case_id", "%" PRIu64, duty->case_id);
    free(by);
    rows_subject_free(&subject);
    return RESULT_OK;
}

static enum result see_row(const Rec__Duty *duty, const struct duty_view *view, void *arg)
{
    struct home_job *job = arg;
    bool review = strcmp(duty->type, DUTY_TYPE_REVIEW) == 0;
    struct due_rows *rows = review ? &job->reviews : &job->due;
    enum result result = RESULT_OK;

    if (decidable(job, duty, view))
        result = add_excuse(job, duty);
    if (duty->month != job->month || result != 0)
        return result;
    if (view->alarm)
        result = add_unmet(job, duty, view);
    home_urgent_count(&job->urgent, duty, view);
    if (view->due_on != 0) {
        due_rows_add(job->usecase->service, rows, duty, view);
        keep_urgent(rows);
    }
    return result;
}

/** Only village and street see names here; officers above the street reach them from the board. */
static enum result see_month(struct home_job *job, month_t month)
{
    struct rows_filter filter = {.month = month, .area = job->area};
    bool closed = false;

    if (area_level(job->area) < AREA_STREET)
        return RESULT_OK;
    enum result result = usecase_month_closed(job->usecase, month, job->area, &closed);
    if (result != 0 || (closed && month != job->month))
        return result;
    return rows_scan(job->usecase, &filter, NULL, see_row, job);
}

static enum result write_urgent(struct home_job *job, struct due_rows *rows, struct sheet *sheet)
{
    due_rows_sort(rows);
    due_rows_cut(rows, LINES);
    enum result result = due_rows_write(job->usecase, rows, false, sheet);
    due_rows_free(rows);
    return result;
}

// ---- figures and forecast

static void write_figures(struct home_job *job)
{
    struct totals *totals = facts_totals(job->usecase->service);
    struct figures figures = {0};

    if (job->pending != NULL) {
        sheet_set(job->view.alarms, sheet_add_row(job->view.alarms), "text", job->pending);
        job->view.forecast = mem_copy("");
        job->view.pace = mem_copy("");
        return;
    }
    totals_sum(totals, job->month, job->area, totals_kinds(totals, ""), &figures);
    board_row(job->view.figures, job->area, service_area_name(job->usecase->service, job->area),
              &figures);
    job->view.forecast = home_pace_forecast(job->month, job->usecase->today, &figures);
    job->view.pace = home_pace_words(job->month, job->usecase->today, &figures);
}

/** Above the street the reviews are one line, since they are not listed there. */
static void add_reviews(struct home_job *job)
{
    struct sheet *alarms = job->view.alarms;
    size_t row;

    if (job->urgent.reviews == 0)
        return;
    row = sheet_add_row(alarms);
    sheet_set(alarms, row, "what", HOME_REVIEWS);
    sheet_setf(alarms, row, "text", "各镇街待复核 %zu 件；回车看清单", job->urgent.reviews);
}

/** Above the city everything is too much to count. */
static enum result write_pressing(struct home_job *job)
{
    enum area_level level = area_level(job->area);
    bool street = level >= AREA_STREET;
    bool counted = job->pending == NULL && level >= AREA_CITY;
    enum result result = RESULT_OK;

    if (counted && !street) {
        result = home_urgent_sum(job->usecase, job->month, job->area, &job->urgent);
        add_reviews(job);
    }
    job->view.due_total = job->urgent.due;
    job->view.reviews_total = street ? job->urgent.reviews : 0;
    job->view.urgent = counted ? home_pace_urgent(&job->urgent) : mem_copy("");
    return result;
}

// ---- streets, and proposals of villages

static enum result add_streets(struct home_job *job)
{
    if (area_level(job->area) > AREA_STREET)
        return RESULT_OK;
    return streets_worst(job->usecase, job->month, job->area, job->view.streets,
                         &job->view.streets_total);
}

/** Officers who may file cases see the waiting proposals that have no steps (add_applications() counts
 *  the others), who may not sees the returned ones, and those that were refused lately. */
static enum result add_proposals(struct home_job *job)
{
    const struct caller *caller = job->usecase->caller;
    bool files = access_allowed(caller->role, caller->area, ACTION_CASE_SAVE, NULL);

    if (!access_allowed(caller->role, caller->area, ACTION_CASE_DRAFT, NULL))
        return RESULT_OK;
    enum result result = proposal_rows(job->usecase, files ? PROPOSAL_WAITING : PROPOSAL_RETURNED,
                                       job->area, "", files, job->view.proposals);
    return result != 0 || files
               ? result
               : proposal_refused_rows(job->usecase, job->area, job->view.proposals);
}

// ---- what is ahead

static enum result add_leads(struct home_job *job)
{
    struct lead_open open;
    char date[DATE_TEXT];

    if (job->month != month_of(job->usecase->today))
        return RESULT_OK;
    enum result result = lead_count(job->usecase, job->area, &open);
    if (result != 0 || open.all == 0)
        return result;
    size_t row = sheet_add_row(job->view.alarms);
    sheet_set(job->view.alarms, row, "what", HOME_LEADS);
    sheet_setf(job->view.alarms, row, "text", "%zu 条待办，已接手 %zu 条，最早 %s；回车看清单",
               open.all, open.taken, date_format(open.oldest, date));
    return RESULT_OK;
}

/** Only village and street see how many dates are ahead: who is above does not act on them. */
static enum result add_upcoming(struct home_job *job)
{
    struct people_count count = {0};

    if (area_level(job->area) < AREA_STREET || job->month != month_of(job->usecase->today))
        return RESULT_OK;
    enum result result = upcoming_count(job->usecase, job->area, &count);
    if (result != 0 || count.all == 0)
        return result;
    size_t row = sheet_add_row(job->view.alarms);
    sheet_set(job->view.alarms, row, "what", HOME_UPCOMING);
    sheet_setf(job->view.alarms, row, "text",
               "今后90天到期 %zu 件，其中已过日期 %zu 件；回车看清单", count.all, count.late);
    return RESULT_OK;
}

/** Applications that wait for this officer, and late ones. */
static enum result add_applications(struct home_job *job)
{
    const struct caller *caller = job->usecase->caller;
    struct application_count count = {0};
    enum result result = RESULT_OK;

    if (access_allowed(caller->role, caller->area, ACTION_STEP_LIST, NULL))
        result = application_count(job->usecase, job->area, &count);
    if (count.mine > 0 || count.late > 0) {
        size_t row = sheet_add_row(job->view.alarms);
        sheet_set(job->view.alarms, row, "what", ALARM_STEPS);
        sheet_setf(job->view.alarms, row, "text", "等您办 %zu 份申请，逾期 %zu 份", count.mine,
                   count.late);
    }
    return result;
}

// ---- drafts

static enum result add_draft(const Rec__Draft *draft, void *arg)
{
    struct home_job *job = arg;
    size_t row = sheet_add_row(job->view.drafts);
    char stamp[STAMP_TEXT];

    sheet_set(job->view.drafts, row, "form", draft->form);
    sheet_set(job->view.drafts, row, "record", draft->record);
    sheet_set(job->view.drafts, row, "title", draft->title);
    sheet_set(job->view.drafts, row, "at", date_format_stamp(draft->at, stamp));
    return RESULT_OK;
}

static void view_begin(struct home_job *job, struct usecase *usecase)
{
    home_view_free(&job->view);
    due_rows_free(&job->due);
    due_rows_free(&job->reviews);
    forget_missed(job);
    job->urgent = (struct urgent){0};
    job->usecase = usecase;
    job->view = (struct home_view){
        .figures = column_sheet(&COLUMNS_BOARD),
        .due = column_sheet(&COLUMNS_DUE),
        .reviews = column_sheet(&COLUMNS_DUE),
        .alarms = column_sheet(&COLUMNS_ALARMS),
        .drafts = column_sheet(&COLUMNS_DRAFTS),
        .excuses = column_sheet(&COLUMNS_EXCUSES),
        .proposals = column_sheet(&COLUMNS_PROPOSALS),
        .streets = column_sheet(&COLUMNS_STREETS),
    };
}

static enum result home_body(struct usecase *usecase, void *arg)
{
    struct home_job *job = arg;

    view_begin(job, usecase);
    enum result result = home_health_missing(usecase, job->view.alarms);
    home_health_clock(usecase, job->view.alarms);
    if (result == 0)
        result = alarm_rows_list(usecase, job->area, job->view.alarms);
    if (result == 0 && job->pending == NULL && job->month == month_of(usecase->today))
        result = round_home(usecase, job->area, job->view.alarms);
    if (result == 0 && job->month == month_of(usecase->today))
        result = leave_home(usecase, job->area, job->view.alarms);
    write_figures(job);
    if (result == 0)
        result = rows_say_known(usecase, job->month, job->area, job->view.figures);
    if (result == 0)
        result = home_health_night(usecase, job->view.alarms);
    if (result == 0)
        home_health_bundles(usecase, job->view.alarms);
    if (result == 0)
        result = see_month(job, job->month);
    /* The month before still needs decisions until it is closed. */
    if (result == 0 && job->month > service_first_month(usecase->service))
        result = see_month(job, job->month - 1);
    if (result == 0)
        result = write_urgent(job, &job->due, job->view.due);
    if (result == 0)
        result = write_urgent(job, &job->reviews, job->view.reviews);
    if (result == 0)
        result = write_pressing(job);
    if (result == 0)
        result = add_streets(job);
    if (result == 0)
        result = add_proposals(job);
    if (result == 0)
        result = add_upcoming(job);
    if (result == 0)
        result = add_leads(job);
    if (result == 0)
        result = add_applications(job);
    if (result == 0)
        result = store_draft_scan(usecase->txn, usecase->caller->officer, add_draft, job);
    return result;
}

enum result home_view_read(struct service *service, const struct caller *caller, const char *month,
                           struct home_view *ret_view, struct reply *reply)
{
    struct home_job job = {0};
    enum result result = rows_query_month(service, month, &job.month, reply);

    if (result == 0)
        result = rows_query_area(service, caller, NULL, job.area, reply);
    if (result == 0)
        result = opening_ensure(service, job.month, job.area, reply);
    if (result == RESULT_AGAIN && reply->message != NULL) {
        /* Show the rest of the screen meanwhile. */
        job.pending = mem_copy(reply->message);
        reply_free(reply);
        result = RESULT_OK;
    }
    if (result == 0)
        result = reading_load_month(service, job.month);
    if (result == 0)
        result = lead_run_if_free(service);
    if (result == 0)
        result = usecase_read(service, caller, ACTION_HOME, job.area, home_body, &job, reply);
    free(job.pending);
    due_rows_free(&job.due);
    due_rows_free(&job.reviews);
    forget_missed(&job);
    if (result == 0)
        *ret_view = job.view;
    else
        home_view_free(&job.view);
    return result;
}

void home_view_free(struct home_view *view)
{
    sheet_free(&view->figures);
    sheet_free(&view->due);
    sheet_free(&view->reviews);
    sheet_free(&view->alarms);
    sheet_free(&view->drafts);
    sheet_free(&view->excuses);
    sheet_free(&view->proposals);
    sheet_free(&view->streets);
    free(view->forecast);
    free(view->pace);
    free(view->urgent);
    *view = (struct home_view){0};
}
