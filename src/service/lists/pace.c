#include "service/lists/pace.h"

#include "base/mem.h"
#include "base/month.h"
#include "domain/rate.h"
#include "service/frame/record.h"
#include "service/ledger/opening.h"
#include "service/ledger/rows.h"
#include "service/lists/home_pace.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS_MAX = 31 };

struct pace_job {
    struct rows_filter filter;
    struct figures figures;
    uint64_t reached[DAYS_MAX]; /* on each day of the month */
    struct sheet *sheet;
};

static enum result count_row(const Rec__Duty *duty, const struct duty_view *view, void *arg)
{
    struct pace_job *job = arg;
    day_t day = view->reached_on - month_first(job->filter.month);

    (void)duty;
    figures_count(&job->figures, view, 1);
    if (view->state == DUTY_REACHED && day >= 0 && day < DAYS_MAX)
        job->reached[day]++;
    return RESULT_OK;
}

/** Forecast and what is missing; new string. */
static char *note_words(const struct pace_job *job, day_t today)
{
    char *forecast = home_pace_forecast(job->filter.month, today, &job->figures);
    char *missing = home_pace_words(job->filter.month, today, &job->figures);
    char rate[RATE_TEXT];
    char *words;

    if (month_of(today) != job->filter.month)
        words = mem_printf("月底 %s%%",
                           rate_format(job->figures.reached, job->figures.owed, "—", rate));
    else
        words = mem_printf("%s%s%s%s", forecast[0] == '\0' ? "" : "照此月底 ", forecast,
                           forecast[0] == '\0'                      ? ""
                           : strcmp(forecast, HOME_PACE_EARLY) == 0 ? "  "
                                                                    : "%  ",
                           missing);
    free(forecast);
    free(missing);
    return words;
}

static void write_days(struct pace_job *job, day_t today)
{
    month_t month = job->filter.month;
    int days = month_days(month);
    day_t last = month_of(today) == month ? today : month_last(month);
    uint64_t so_far = 0;

    for (int day = 0; day < days; day++) {
        size_t row = sheet_add_row(job->sheet);
        day_t date = month_first(month) + day;
        uint64_t pace =
            (job->figures.owed * (uint64_t)(day + 1) + (uint64_t)days - 1) / (uint64_t)days;
        char text[DATE_TEXT];
        so_far += job->reached[day];
        sheet_set(job->sheet, row, "date", date_format(date, text));
        sheet_setf(job->sheet, row, "owed", "%" PRIu64, job->figures.owed);
        sheet_setf(job->sheet, row, "pace", "%" PRIu64, pace);
        if (date > last)
            continue;
        sheet_setf(job->sheet, row, "reached", "%" PRIu64, job->reached[day]);
        sheet_setf(job->sheet, row, "so_far", "%" PRIu64, so_far);
        if (so_far < pace)
            sheet_setf(job->sheet, row, "behind", "%" PRIu64, pace - so_far);
        if (date == last) {
            char *words = note_words(job, today);
            sheet_set(job->sheet, row, "note", words);
            free(words);
        }
    }
}

static enum result pace_body(struct usecase *usecase, void *arg)
{
    struct pace_job *job = arg;

    sheet_free(&job->sheet);
    job->sheet = column_sheet(&COLUMNS_PACE);
    job->figures = (struct figures){0};
    (void)memset(job->reached, 0, sizeof job->reached);
    enum result result = rows_say_known(usecase, job->filter.month, job->filter.area, job->sheet);
    if (result == 0)
        result = rows_scan(usecase, &job->filter, "", count_row, job);
    if (result == 0)
        write_days(job, service_today(usecase->service));
    return result;
}

enum result pace_days(struct service *service, const struct caller *caller,
                      const struct pace_query *query, struct sheet **ret_sheet, struct reply *reply)
{
    char area[AREA_TEXT];
    struct pace_job job = {.filter = {.area = area,
                                      .kind = query->kind,
                                      .rate_only = true,
                                      .officer = query->officer,
                                      .type = DUTY_TYPE_VISIT}};
    enum result result = rows_query_area(service, caller, query->area, area, reply);

    if (result == 0)
        result = rows_query_kind(service, query->kind, reply);
    if (result == 0)
        result = rows_query_month(service, query->month, &job.filter.month, reply);
    if (result == 0)
        result = opening_await(service, job.filter.month, area, reply);
    if (result == 0)
        result = usecase_read(service, caller, ACTION_BOARD, area, pace_body, &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
