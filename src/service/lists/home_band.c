#include "service/lists/home_band.h"

#include "base/columns.h"
#include "domain/rate.h"
#include "service/ledger/duties.h"
#include "service/ledger/rows.h"
#include "service/lists/pace.h"
#include "service/memory/totals.h"

#include <stdlib.h>
#include <string.h>

struct strip_job {
    struct rows_filter filter;
    struct sheet *sheet;
};

/** Runs under the totals' lock, so it only copies figures and keys. */
static void add_division(const char *key, const struct figures *figures, void *arg)
{
    struct sheet *sheet = arg;
    size_t row = sheet_add_row(sheet);
    char rate[RATE_TEXT];

    sheet_set(sheet, row, "key", key);
    sheet_set_number(sheet, row, "owed", figures->owed);
    sheet_set(sheet, row, "rate", rate_format(figures->reached, figures->owed, "", rate));
}

static enum result strip_body(struct usecase *usecase, void *arg)
{
    struct strip_job *job = arg;
    struct totals *totals = facts_totals(usecase->service);

    sheet_free(&job->sheet);
    job->sheet = column_sheet(&COLUMNS_STRIP);
    struct totals_ask ask = {
        .month = job->filter.month,
        .area = job->filter.area,
        .kinds = totals_kinds(totals, ""),
        .by = area_level(job->filter.area) < AREA_STREET ? TOTALS_BY_STREET : TOTALS_BY_VILLAGE,
        .arg = job->sheet,
    };
    totals_each(totals, &ask, add_division);
    return RESULT_OK;
}

enum result home_band_read(struct service *service, const struct caller *caller, const char *month,
                           struct sheet **ret_days, struct sheet **ret_strip, struct reply *reply)
{
    char area[AREA_TEXT];
    struct strip_job job = {.filter = {.area = area}};
    struct pace_query query = {.month = month, .area = area};
    struct sheet *days = NULL;
    enum result result = rows_query_area(service, caller, NULL, area, reply);

    if (result == 0)
        result = rows_query_month(service, month, &job.filter.month, reply);
    if (result == 0)
        result = usecase_read(service, caller, ACTION_HOME, area, strip_body, &job, reply);
    if (result == 0 && area_level(area) >= AREA_STREET)
        result = pace_days(service, caller, &query, &days, reply);
    if (result != 0) {
        sheet_free(&job.sheet);
        return result;
    }
    *ret_days = days != NULL ? days : column_sheet(&COLUMNS_PACE);
    *ret_strip = job.sheet;
    return RESULT_OK;
}
