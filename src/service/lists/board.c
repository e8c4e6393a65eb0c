#include "service/lists/board.h"

#include "service/ledger/rows.h"

#include "base/mem.h"
#include "base/month.h"
#include "service/ledger/duties.h"
#include "service/ledger/month.h"
#include "service/ledger/opening.h"
#include "service/ledger/reported.h"
#include "service/ledger/roster.h"
#include "service/lists/home_pace.h"
#include "service/lists/suspicion.h"
#include "service/lists/suspicious.h"
#include "service/memory/reading.h"
#include "service/memory/totals.h"

#include <stdlib.h>
#include <string.h>

enum { TREND_DEFAULT = 12, TREND_MAX = 60 };

// ---- cells

static void write_figures(struct sheet *sheet, size_t row, const struct figures *figures)
{
    const struct {
        const char *column;
        uint64_t value;
    } cells[] = {
        {"owed", figures->owed},
        {"reached", figures->reached},
        {"fulfilled", figures->fulfilled},
        {"pending", figures->pending},
        {"missed", figures->missed},
        {"excused", figures->excused},
        {"not_counted", figures->not_counted},
        {"attempted", figures->attempted},
        {"late", figures->late},
    };
    char rate[RATE_TEXT];

    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        sheet_set_number(sheet, row, cells[i].column, cells[i].value);
    sheet_set(sheet, row, "rate", rate_format(figures->reached, figures->owed, "", rate));
}

void board_row(struct sheet *sheet, const char *key, const char *name,
               const struct figures *figures)
{
    size_t row = sheet_add_row(sheet);

    sheet_set(sheet, row, "key", key);
    sheet_set(sheet, row, "name", name);
    write_figures(sheet, row, figures);
}

// ---- the board

struct board_job {
    struct rows_filter filter;
    bool as_reported;
    bool suspects;
    enum totals_by by;
    struct totals *reported; /**< figures as reported, counted for this answer only */
    struct delta delta;
    struct roster roster; /**< by officer */
    struct usecase *usecase;
    struct sheet *sheet;
};

/** In a home that takes in bundles, with the officer's street: equal names are common. */
static void write_officer(struct board_job *job, size_t row, const char *key)
{
    const char *name = roster_name(&job->roster, key);
    char sender[AREA_TEXT];

    roster_sender(key, sender);
    if (*name == '\0')
        sheet_set(job->sheet, row, "name", "（未指定）");
    else if (job->roster.sent)
        sheet_setf(job->sheet, row, "name", "%s（%s）", name,
                   service_area_name(job->usecase->service, sender));
    else
        sheet_set(job->sheet, row, "name", name);
}

static void write_name(struct board_job *job, size_t row, const char *key)
{
    struct usecase *usecase = job->usecase;
    const char *name;

    if (job->by == TOTALS_BY_OFFICER) {
        write_officer(job, row, key);
        return;
    }
    if (job->by == TOTALS_BY_KIND) {
        const struct form *form = forms_get(service_forms(usecase->service), key);
        name = form == NULL ? key : form->title;
    } else {
        name = facts_area_name_in(usecase->service, key, job->filter.month);
    }
    sheet_set(job->sheet, row, "name", name);
}

/** In the month that runs: the forecast, and what is needed each day from today on. */
static void write_pace(struct board_job *job, size_t row, const struct figures *figures)
{
    month_t month = job->filter.month;
    day_t today = job->usecase->today;
    uint64_t missing = figures->owed - figures->reached;

    if (job->as_reported || month_of(today) != month || figures->owed == 0)
        return;
    char *forecast = home_pace_forecast(month, today, figures);
    sheet_set(job->sheet, row, "forecast", forecast);
    sheet_set_number(job->sheet, row, "per_day",
                     rate_per_day(missing, (int)(month_last(month) - today) + 1));
    free(forecast);
}

/** Runs under the totals' lock, so it only copies figures and keys. */
static void add_group(const char *key, const struct figures *figures, void *arg)
{
    struct board_job *job = arg;

    board_row(job->sheet, key, "", figures);
    write_pace(job, job->sheet->row_count - 1, figures);
}

/** The roster's key of the cell's officer in that village; runs under the totals' lock. */
static const char *officer_key(const char *area, const char *officer, void *arg)
{
    struct board_job *job = arg;

    return roster_key(&job->roster, area, officer);
}

static enum result count_reported(const struct reported_row *reported, void *arg)
{
    struct board_job *job = arg;
    const Rec__StatementRow *row = reported->row;
    struct totals_key key = {
        .month = job->filter.month,
        .area = row->area,
        .kind = row->kind,
        .officer = row->officer,
    };

    delta_count(&job->delta, &key, &reported->view, 1);
    return RESULT_OK;
}

static enum result load_reported(struct board_job *job)
{
    mem_replace(&job->sheet->basis, REPORTED_BASIS);
    totals_begin(job->reported, job->filter.month);
    enum result result = reported_scan(job->usecase, &job->filter, count_reported, job);
    if (result == 0)
        totals_apply(job->reported, &job->delta, NULL);
    delta_clear(&job->delta);
    return result;
}

/** Programmes of the board: the one asked for, or those of the 月探访率; a board by programme has
 *  all. */
static uint32_t wanted_kinds(const struct board_job *job, struct totals *totals)
{
    const char *kind = job->filter.kind == NULL ? "" : job->filter.kind;

    return *kind == '\0' && job->by == TOTALS_BY_KIND ? UINT32_MAX : totals_kinds(totals, kind);
}

/** The row of a group. A new row if it has none: the group may be missing in the reported
 *  figures. */
static size_t find_row(struct board_job *job, const char *key)
{
    static const struct figures none;
    struct sheet *sheet = job->sheet;
    size_t row = 0;

    while (row < sheet->row_count && strcmp(sheet_get(sheet, row, "key"), key) != 0)
        row++;
    if (row == sheet->row_count) {
        board_row(sheet, key, "", &none);
        write_name(job, row, key);
    }
    return row;
}

/** Adds to each row the number of people with suspicious findings. */
static enum result add_suspects(struct board_job *job)
{
    struct rows_filter filter = job->filter;
    struct sheet *counts = NULL;

    filter.rate_only = job->by != TOTALS_BY_KIND;
    enum result result = usecase_allow(job->usecase, ACTION_SUSPICIOUS, filter.area);
    if (result == 0)
        result = suspicious_count(job->usecase, &filter, job->by, &counts);
    if (result != 0)
        return result;
    for (size_t row = 0; row < job->sheet->row_count; row++)
        sheet_set_number(job->sheet, row, "suspects", 0);
    for (size_t i = 0; i < counts->row_count; i++)
        sheet_set(job->sheet, find_row(job, sheet_get(counts, i, "key")), "suspects",
                  sheet_get(counts, i, "suspects"));
    sheet_free(&counts);
    return RESULT_OK;
}

static enum result board_body(struct usecase *usecase, void *arg)
{
    struct board_job *job = arg;
    struct totals *totals = job->as_reported ? job->reported : facts_totals(usecase->service);
    bool officers = job->by == TOTALS_BY_OFFICER;
    enum result result;

    job->usecase = usecase;
    sheet_free(&job->sheet);
    roster_free(&job->roster);
    job->sheet = column_sheet(&COLUMNS_BOARD);
    result = job->as_reported
                 ? load_reported(job)
                 : rows_say_known(usecase, job->filter.month, job->filter.area, job->sheet);
    if (result == 0 && officers)
        result = roster_load(usecase, job->filter.month, &job->roster);
    if (result != 0)
        return result;
    struct totals_ask ask = {
        .month = job->filter.month,
        .area = job->filter.area,
        .kinds = wanted_kinds(job, totals),
        .by = job->by,
        .officer_key = officers ? officer_key : NULL,
        .arg = job,
    };
    totals_each(totals, &ask, add_group);
    for (size_t row = 0; row < job->sheet->row_count; row++)
        write_name(job, row, sheet_get(job->sheet, row, "key"));
    return job->suspects ? add_suspects(job) : RESULT_OK;
}

enum result board_list(struct service *service, const struct caller *caller,
                       const struct board_query *query, struct sheet **ret_sheet,
                       struct reply *reply)
{
    char area[AREA_TEXT];
    struct board_job job = {
        .filter = {.area = area, .kind = query->kind, .type = DUTY_TYPE_VISIT},
        .as_reported = query->as_reported,
        .suspects = query->suspects,
    };
    enum result result = rows_query_area(service, caller, query->area, area, reply);

    if (result == 0)
        result = rows_query_month(service, query->month, &job.filter.month, reply);
    if (result == 0)
        result = opening_await(service, job.filter.month, area, reply);
    if (result == 0 && query->as_reported)
        result = month_await_closing(service, job.filter.month, area, reply);
    if (result != 0)
        return result;
    if (!totals_by_parse(query->by == NULL || *query->by == '\0' ? "village" : query->by, &job.by))
        return reply_say(reply, RESULT_USAGE,
                         "不能按“%s”汇总，可用 village、street、county、officer、kind。",
                         query->by);
    result = rows_query_kind(service, query->kind, reply);
    if (result != 0)
        return result;
    if (query->as_reported)
        job.reported = totals_new(service_forms(service));
    else
        result = reading_load_month(service, job.filter.month);
    if (result == 0)
        result = usecase_read(service, caller, ACTION_BOARD, area, board_body, &job, reply);
    totals_free(&job.reported);
    roster_free(&job.roster);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}

// ---- months of one area

struct trend_job {
    const char *area;
    const char *kind;
    month_t first, last;
    struct sheet *sheet;
};

static enum result trend_body(struct usecase *usecase, void *arg)
{
    struct trend_job *job = arg;
    struct totals *totals = facts_totals(usecase->service);
    uint32_t kinds = totals_kinds(totals, job->kind);

    sheet_free(&job->sheet);
    job->sheet = column_sheet(&COLUMNS_TREND);
    for (month_t month = job->first; month <= job->last; month++) {
        struct figures figures = {0};
        char text[MONTH_TEXT];
        if (!totals_sum(totals, month, job->area, kinds, &figures))
            continue;
        size_t row = sheet_add_row(job->sheet);
        sheet_set(job->sheet, row, "month", month_format(month, text));
        write_figures(job->sheet, row, &figures);
    }
    return RESULT_OK;
}

enum result board_trend(struct service *service, const struct caller *caller, const char *area,
                        const char *kind, uint32_t months, struct sheet **ret_sheet,
                        struct reply *reply)
{
    char code[AREA_TEXT];
    month_t first = service_first_month(service);
    struct trend_job job = {
        .area = code,
        .kind = kind == NULL ? "" : kind,
        .last = month_of(service_today(service)),
    };
    uint32_t count = months == 0 || months > TREND_MAX ? TREND_DEFAULT : months;
    enum result result = rows_query_area(service, caller, area, code, reply);

    job.first = job.last - (month_t)count + 1 > first ? job.last - (month_t)count + 1 : first;
    /* Leave out a month whose duties are still being made: its figures are incomplete. */
    if (result == 0 && opening_await(service, job.last, code, reply) == RESULT_AGAIN) {
        job.last = facts_complete_month(service);
        reply_free(reply);
    }
    for (month_t month = job.first; month <= job.last && result == 0; month++)
        result = reading_load_month(service, month);
    if (result == 0)
        result = usecase_read(service, caller, ACTION_BOARD, code, trend_body, &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
