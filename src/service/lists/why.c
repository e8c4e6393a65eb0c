#include "service/ledger/rows.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "service/frame/record.h"
#include "service/ledger/duties.h"
#include "service/ledger/marks.h"
#include "service/ledger/month.h"
#include "service/ledger/opening.h"
#include "service/ledger/reported.h"
#include "service/lists/why.h"
#include "service/memory/excuses.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_DEFAULT = 500, PAGE_MAX = 5000 };

// ---- the figures of a row

static bool is_owed(const struct duty_view *view)
{
    return view->owed;
}

static bool is_unreached(const struct duty_view *view)
{
    return view->state == DUTY_PENDING || view->state == DUTY_MISSED;
}

static bool is_fulfilled(const struct duty_view *view)
{
    return view->fulfilled;
}

static bool is_attempted(const struct duty_view *view)
{
    return view->attempts > 0 && view->reached_on == 0;
}

static bool is_late(const struct duty_view *view)
{
    return view->late;
}

/** Figures of the board that are not states of a duty. */
static const struct {
    const char *name;
    bool (*holds)(const struct duty_view *view);
} figures[] = {
    {"owed", is_owed},           {"unreached", is_unreached}, {"fulfilled", is_fulfilled},
    {"attempted", is_attempted}, {"late", is_late},
};

static bool in_figure(const struct duty_view *view, const char *name)
{
    if (name == NULL || *name == '\0')
        return true;
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++)
        if (strcmp(figures[i].name, name) == 0)
            return figures[i].holds(view);
    return strcmp(duty_state_name(view->state), name) == 0;
}

static bool figure_known(const char *name)
{
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++)
        if (strcmp(figures[i].name, name) == 0)
            return true;
    for (enum duty_state state = DUTY_PENDING; state <= DUTY_NOT_COUNTED; state++)
        if (strcmp(duty_state_name(state), name) == 0)
            return true;
    return *name == '\0';
}

// ---- the list

/** The list has two parts: first the people whom nobody has reached, then the others. */
enum { PART_UNREACHED = '1', PART_OTHERS = '2' };

struct why_job {
    const struct why_query *query;
    struct rows_filter filter;
    uint32_t limit;
    struct usecase *usecase;
    char part;  /**< the part being listed */
    char *last; /**< key of the last row shown */
    /** as reported: the row's number in its part, and the number where the page begins */
    uint64_t at, from;
    struct sheet *sheet;
};

static bool is_in_part(const struct why_job *job, const struct duty_view *view)
{
    return is_unreached(view) == (job->part == PART_UNREACHED);
}

/** Adds a row with the columns that both kinds of rows have. */
static size_t add_row(struct why_job *job, const char *area, const char *kind, const char *officer,
                      const struct duty_view *view)
{
    struct usecase *usecase = job->usecase;
    size_t row = sheet_add_row(job->sheet);
    char *name = rows_officer_name_at(usecase, area, officer);
    char day[DATE_TEXT];
    char words[DUTY_WORDS];

    sheet_set(job->sheet, row, "area", area);
    sheet_set(job->sheet, row, "area_name",
              facts_area_name_in(usecase->service, area, job->filter.month));
    sheet_set(job->sheet, row, "state", duty_state_name(view->state));
    sheet_set(job->sheet, row, "words", duty_words(view, words));
    sheet_set(job->sheet, row, "reached_on", date_format(view->reached_on, day));
    sheet_set(job->sheet, row, "kind", kind);
    sheet_set(job->sheet, row, "kind_name", rows_kind_name(usecase->service, kind));
    sheet_set(job->sheet, row, "officer", name);
    sheet_setf(job->sheet, row, "attempts", "%d", view->attempts);
    free(name);
    return row;
}

static enum result write_row(struct why_job *job, const Rec__Duty *duty,
                             const struct duty_view *view)
{
    struct rows_subject subject = {0};
    char *reason = NULL;
    enum result result = rows_reason(job->usecase, duty, view, &reason);

    if (result == 0)
        result = rows_subject_load(job->usecase, duty, &subject);
    if (result == 0) {
        size_t row = add_row(job, duty->area, duty->kind, duty->officer, view);
        sheet_set(job->sheet, row, "case_no", subject.record->number);
        sheet_set(job->sheet, row, "name", subject.person->name);
        sheet_set(job->sheet, row, "reason", reason);
        sheet_setf(job->sheet, row, "case_id", "%" PRIu64, duty->case_id);
    }
    free(reason);
    rows_subject_free(&subject);
    return result;
}

static enum result why_row(const Rec__Duty *duty, const struct duty_view *view, void *arg)
{
    struct why_job *job = arg;

    if (!is_in_part(job, view) || !in_figure(view, job->query->state))
        return RESULT_OK;
    if (job->sheet->row_count >= job->limit) {
        job->sheet->next = mem_printf("%c%s", job->part, job->last == NULL ? "" : job->last);
        return (enum result)STORE_STOP;
    }
    free(job->last);
    job->last = store_duty_key_text(duty);
    return write_row(job, duty, view);
}

static enum result why_reported(const struct reported_row *reported, void *arg)
{
    struct why_job *job = arg;
    const Rec__StatementRow *of = reported->row;

    if (!is_in_part(job, &reported->view) || !in_figure(&reported->view, job->query->state) ||
        job->at++ < job->from)
        return RESULT_OK;
    if (job->sheet->row_count >= job->limit) {
        job->sheet->next = mem_printf("%c%" PRIu64, job->part, job->at - 1);
        return (enum result)STORE_STOP;
    }
    size_t row = add_row(job, of->area, of->kind, of->officer, &reported->view);
    char *words = reported_words(reported);
    sheet_set(job->sheet, row, "case_no", of->case_no);
    sheet_set(job->sheet, row, "name", of->name);
    sheet_set(job->sheet, row, "reason", words);
    if (of->case_id != 0)
        sheet_setf(job->sheet, row, "case_id", "%" PRIu64, of->case_id);
    free(words);
    return RESULT_OK;
}

/** Lists one part from `after` on: a row's key, or as reported a number. */
static enum result list_part(struct why_job *job, const char *after)
{
    if (!job->query->as_reported) {
        enum result result =
            rows_say_known(job->usecase, job->filter.month, job->filter.area, job->sheet);
        return result != 0 ? result : rows_scan(job->usecase, &job->filter, after, why_row, job);
    }
    mem_replace(&job->sheet->basis, REPORTED_BASIS);
    job->at = 0;
    job->from = strtoull(after, NULL, 10);
    return reported_scan(job->usecase, &job->filter, why_reported, job);
}

static enum result why_body(struct usecase *usecase, void *arg)
{
    struct why_job *job = arg;
    const char *after = job->query->after == NULL ? "" : job->query->after;

    sheet_free(&job->sheet);
    job->sheet = column_sheet(&COLUMNS_WHY);
    job->usecase = usecase;
    job->part = *after == PART_OTHERS ? PART_OTHERS : PART_UNREACHED;
    enum result result = list_part(job, *after != '\0' ? after + 1 : after);
    if (result == 0 && job->part == PART_UNREACHED && job->sheet->next == NULL) {
        job->part = PART_OTHERS;
        free(job->last);
        job->last = NULL;
        result = list_part(job, "");
    }
    free(job->last);
    job->last = NULL;
    return result;
}

enum result why_explain(struct service *service, const struct caller *caller,
                        const struct why_query *query, struct sheet **ret_sheet,
                        struct reply *reply)
{
    char area[AREA_TEXT];
    struct why_job job = {
        .query = query,
        .filter = {.area = area,
                   .kind = query->kind,
                   .rate_only = true,
                   .officer = query->officer,
                   .type = DUTY_TYPE_VISIT},
        .limit = query->limit == 0 || query->limit > PAGE_MAX ? PAGE_DEFAULT : query->limit,
    };

    if (query->state != NULL && !figure_known(query->state))
        return reply_say(reply, RESULT_USAGE, "没有“%s”这种状态，请核对 --state。", query->state);
    enum result result = rows_query_area(service, caller, query->area, area, reply);
    if (result == 0)
        result = rows_query_kind(service, query->kind, reply);
    if (result == 0)
        result = rows_query_month(service, query->month, &job.filter.month, reply);
    if (result == 0)
        result = opening_await(service, job.filter.month, area, reply);
    if (result == 0 && query->as_reported)
        result = month_await_closing(service, job.filter.month, area, reply);
    if (result == 0)
        result = usecase_read(service, caller, ACTION_WHY, area, why_body, &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
