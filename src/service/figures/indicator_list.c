/*
 * The table of indicators, and the names behind one.
 */
#include "base/columns.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "base/words.h"
#include "service/figures/indicator.h"
#include "service/figures/indicator_count.h"
#include "service/figures/indicator_record.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"
#include "service/lists/board.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { TREND_MONTHS = 24, TREND_SHOWN = 6 };

struct list_job {
    struct usecase *usecase;
    char area[AREA_TEXT];
    int year;
    const struct sheet *visits; /**< COLUMNS_TREND of the 月探访率 */
    struct sheet *sheet;
};

static bool this_year(const struct list_job *job)
{
    return month_year(month_of(job->usecase->today)) == job->year;
}

// ---- 月探访率

/** The year's last month that is over, or else the running one; -1 if there is none. */
static int find_month(const struct list_job *job)
{
    char running[MONTH_TEXT];
    int found = -1;

    month_format(month_of(job->usecase->today), running);
    for (size_t row = 0; row < job->visits->row_count; row++) {
        const char *month = sheet_get(job->visits, row, "month");
        if (atoi(month) == job->year && (found < 0 || strcmp(month, running) != 0))
            found = (int)row;
    }
    return found;
}

static void write_visits(struct list_job *job, size_t at)
{
    int found = find_month(job);
    struct str trend = {0};

    if (found < 0) {
        sheet_setf(job->sheet, at, "source", "%d 年没有应访的月份", job->year);
        return;
    }
    size_t row = (size_t)found;
    sheet_set(job->sheet, at, "value", sheet_get(job->visits, row, "rate"));
    sheet_set(job->sheet, at, "numerator", sheet_get(job->visits, row, "reached"));
    sheet_set(job->sheet, at, "denominator", sheet_get(job->visits, row, "owed"));
    sheet_setf(job->sheet, at, "source", INDICATOR_COMPUTED "：%s 现况",
               sheet_get(job->visits, row, "month"));
    for (size_t i = row + 1 > TREND_SHOWN ? row + 1 - TREND_SHOWN : 0; i <= row; i++)
        str_printf(&trend, "%s%s %s", trend.length > 0 ? " → " : "",
                   sheet_get(job->visits, i, "month"), sheet_get(job->visits, i, "rate"));
    sheet_set(job->sheet, at, "trend", str_text(&trend));
    str_free(&trend);
}

// ---- entered and kept values

struct kept {
    int year;
    struct str trend;
    Rec__Figure *last; /**< of the year */
};

static void add_trend(struct kept *kept)
{
    char month[MONTH_TEXT];

    str_printf(&kept->trend, "%s%s %s", kept->trend.length > 0 ? " → " : "",
               month_format(kept->last->month, month), kept->last->value);
}

/** By month and number: a month's last number counts, and an empty value is none. */
static enum result see_figure(const Rec__Figure *figure, void *arg)
{
    struct kept *kept = arg;

    if (month_year(figure->month) > kept->year)
        return (enum result)STORE_STOP;
    if (kept->last != NULL && kept->last->month != figure->month)
        add_trend(kept);
    if (kept->last != NULL)
        rec__figure__free_unpacked(kept->last, NULL);
    kept->last = NULL;
    if (*figure->value != '\0')
        kept->last = record_copy(figure);
    return RESULT_OK;
}

static void write_kept(struct list_job *job, size_t at, const struct kept *kept)
{
    const Rec__Figure *last = kept->last;
    char month[MONTH_TEXT];
    char stamp[STAMP_TEXT];

    if (last == NULL || month_year(last->month) != job->year) {
        sheet_setf(job->sheet, at, "source", "%d 年没有录入", job->year);
        return;
    }
    char *by = rows_officer_name(job->usecase, last->by);
    sheet_set(job->sheet, at, "value", last->value);
    sheet_setf(job->sheet, at, "source", "%s（%s，%.10s %s录入）", last->source,
               month_format(last->month, month), date_format_stamp(last->at, stamp), by);
    free(by);
}

// ---- one row

static void write_share(struct list_job *job, size_t at, const struct form_indicator *indicator,
                        const struct indicator_count *count)
{
    char *words = indicator_count_words(indicator, count);
    char text[RATE_TEXT];

    sheet_set(job->sheet, at, "value", indicator_count_value(count, text));
    sheet_set_number(job->sheet, at, "numerator", count->met);
    sheet_set_number(job->sheet, at, "denominator", count->among);
    sheet_set_number(job->sheet, at, "unknown", count->unknown + count->unknown_among);
    sheet_set(job->sheet, at, "source", words);
    free(words);
}

static enum result write_row(struct list_job *job, const struct form_indicator *indicator,
                             const struct indicator_count *count)
{
    struct sheet *sheet = job->sheet;
    size_t at = sheet_add_row(sheet);
    struct kept kept = {.year = job->year};
    bool computed = indicators_counts(indicator) && *indicator->lacks == '\0' && this_year(job);

    sheet_set(sheet, at, "no", indicator->no);
    sheet_set(sheet, at, "name", indicator->name);
    sheet_set(sheet, at, "unit", indicator->unit);
    sheet_set(sheet, at, "base", indicator->base);
    sheet_set(sheet, at, "base_value", indicator->base);
    sheet_set(sheet, at, "target", indicator->target);
    sheet_set(sheet, at, "rule", indicator->id);
    sheet_set(sheet, at, "basis", indicator->source);
    if (*indicator->figure != '\0') {
        write_visits(job, at);
        return RESULT_OK;
    }
    char *name = indicator_record_name(indicator);
    enum result result = store_figure_scan(job->usecase->txn, name, job->area, see_figure, &kept);
    free(name);
    if (kept.last != NULL)
        add_trend(&kept);
    sheet_set(sheet, at, "trend", str_text(&kept.trend));
    if (computed)
        write_share(job, at, indicator, count);
    else
        write_kept(job, at, &kept);
    if (*indicator->lacks != '\0' && *sheet_get(sheet, at, "value") == '\0')
        sheet_setf(sheet, at, "source", "算不出：本系统还没有“%s”业务", indicator->lacks);
    if (kept.last != NULL)
        rec__figure__free_unpacked(kept.last, NULL);
    str_free(&kept.trend);
    return result;
}

static enum result list_body(struct usecase *usecase, void *arg)
{
    static const struct indicator_count none;
    struct list_job *job = arg;
    const struct forms *forms = service_forms(usecase->service);
    const struct form_indicator *indicator;
    struct indicator_count *counts = NULL;
    enum result result = RESULT_OK;

    sheet_free(&job->sheet);
    job->sheet = column_sheet(&COLUMNS_INDICATORS);
    job->usecase = usecase;
    if (job->year == 0)
        job->year = month_year(month_of(usecase->today));
    if (this_year(job))
        result = indicator_count_all(usecase, job->area, &counts);
    for (size_t i = 0; (indicator = forms_indicator(forms, i)) != NULL && result == 0; i++)
        result = write_row(job, indicator, counts != NULL ? &counts[i] : &none);
    free(counts);
    return result;
}

enum result indicator_list(struct service *service, const struct caller *caller,
                           const struct indicator_query *query, struct sheet **ret_sheet,
                           struct reply *reply)
{
    struct list_job job = {.year = (int)query->year};
    struct sheet *visits = NULL;
    enum result result = indicator_record_area(service, caller, query->area, job.area, reply);

    if (result == 0)
        result = service_check(service, caller, ACTION_FIGURE_LIST, job.area, reply);
    if (result == 0)
        result = board_trend(service, caller, job.area, "", TREND_MONTHS, &visits, reply);
    job.visits = visits;
    if (result == 0)
        result =
            usecase_read(service, caller, ACTION_FIGURE_LIST, job.area, list_body, &job, reply);
    sheet_free(&visits);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}

// ---- the names behind one

static const struct {
    const char *id, *words;
} STANDINGS[] = {
    [INDICATOR_MET] = {"met", "达到"},
    [INDICATOR_MISSING] = {"missing", "未达到"},
    [INDICATOR_UNKNOWN] = {"unknown", "未登记"},
    [INDICATOR_UNKNOWN_AMONG] = {"unknown_among", "不知是否应算"},
};

struct names_job {
    const struct form_indicator *indicator;
    char area[AREA_TEXT];
    struct usecase *usecase;
    bool met; /**< lists those who meet it; otherwise the others */
    struct sheet *sheet;
};

static enum result name_one(const struct form_indicator *indicator, uint64_t person,
                            const struct lead_facts *facts, enum indicator_standing standing,
                            void *arg)
{
    struct names_job *job = arg;
    const Rec__Case *casefile = lead_facts_case(facts, "");

    (void)indicator;
    if ((standing == INDICATOR_MET) != job->met || casefile == NULL)
        return RESULT_OK;
    size_t at = sheet_add_row(job->sheet);
    sheet_set(job->sheet, at, "case_no", casefile->number);
    sheet_set(job->sheet, at, "name", fields_get(&facts->values, "name"));
    sheet_set(job->sheet, at, "area", casefile->area);
    sheet_set(job->sheet, at, "area_name",
              service_area_name(job->usecase->service, casefile->area));
    sheet_set(job->sheet, at, "state", STANDINGS[standing].id);
    sheet_set(job->sheet, at, "words", STANDINGS[standing].words);
    sheet_setf(job->sheet, at, "case_id", "%" PRIu64, casefile->id);
    sheet_setf(job->sheet, at, "person_id", "%" PRIu64, person);
    return RESULT_OK;
}

static enum result names_body(struct usecase *usecase, void *arg)
{
    struct names_job *job = arg;

    sheet_free(&job->sheet);
    job->sheet = column_sheet(&COLUMNS_INDICATOR_NAMES);
    job->usecase = usecase;
    job->met = false;
    enum result result = indicator_count_each(usecase, job->area, job->indicator, name_one, job);
    job->met = true;
    if (result == 0)
        result = indicator_count_each(usecase, job->area, job->indicator, name_one, job);
    return result;
}

enum result indicator_names(struct service *service, const struct caller *caller,
                            const struct indicator_query *query, struct sheet **ret_sheet,
                            struct reply *reply)
{
    struct names_job job = {0};
    enum result result = indicator_record_area(service, caller, query->area, job.area, reply);

    if (result == 0)
        result = indicator_record_find(service, query->name, &job.indicator, reply);
    if (result == 0 && *job.indicator->figure != '\0')
        return reply_say(reply, RESULT_USAGE, "月探访率的名单请看合规看板，或用 why。");
    if (result == 0 && !indicators_counts(job.indicator))
        return reply_say(reply, RESULT_USAGE, "“%s”是录入的，没有名单；请问录入的人。",
                         job.indicator->name);
    if (result == 0 && *job.indicator->lacks != '\0')
        return reply_say(reply, RESULT_USAGE, "算不出：本系统还没有“%s”业务；请录入这一项。",
                         job.indicator->lacks);
    if (result == 0)
        result =
            usecase_read(service, caller, ACTION_FIGURE_LIST, job.area, names_body, &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
