#include "service/lists/suspicious.h"

#include "base/mem.h"
#include "base/text.h"
#include "service/ledger/opening.h"
#include "service/lists/suspicion.h"
#include "service/memory/totals.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_DEFAULT = 500, PAGE_MAX = 5000 };

struct suspicious_job {
    const struct suspicious_query *query;
    enum totals_by by;
    struct rows_filter filter;
    struct suspicion suspicion;
    struct sheet *sheet;
};

static bool given(const char *text)
{
    return text != NULL && *text != '\0';
}

/** True if the query asks for the finding's person. A street's own finding belongs to no officer
 *  and no programme. */
static bool is_wanted(struct suspicious_job *job, const struct suspicion_fact *fact)
{
    struct suspicion *suspicion = &job->suspicion;
    const struct rows_filter *filter = &job->filter;

    if (fact->row == SUSPICION_NOBODY)
        return !given(filter->officer) && !given(filter->kind);
    const Rec__Duty *duty = suspicion->rows[fact->row].duty;
    return area_contains(filter->area, duty->area) &&
           rows_right_kind(suspicion->usecase->service, filter, duty->kind) &&
           (!given(filter->officer) ||
            strcmp(roster_key(&suspicion->roster, duty->area, duty->officer), filter->officer) ==
                0);
}

// ---- findings

static enum result write_person(struct suspicion *suspicion, const struct suspicion_row *of,
                                size_t row, struct sheet *sheet)
{
    struct rows_subject subject = {0};
    enum result result = rows_subject_load(suspicion->usecase, of->duty, &subject);

    if (result != 0)
        return result;
    sheet_set(sheet, row, "case_no", subject.record->number);
    sheet_set(sheet, row, "name", subject.person->name);
    sheet_setf(sheet, row, "case_id", "%" PRIu64, of->duty->case_id);
    sheet_set(sheet, row, "officer",
              roster_name(&suspicion->roster,
                          roster_key(&suspicion->roster, of->duty->area, of->duty->officer)));
    rows_subject_free(&subject);
    return RESULT_OK;
}

static enum result write_finding(struct suspicious_job *job, const struct suspicion_fact *fact)
{
    struct suspicion *suspicion = &job->suspicion;
    struct sheet *sheet = job->sheet;
    size_t row = sheet_add_row(sheet);
    char day[DATE_TEXT];

    sheet_set(sheet, row, "rule", suspect_id(fact->rule));
    sheet_set(sheet, row, "title", suspect_title(fact->rule));
    sheet_set(sheet, row, "area", fact->area);
    sheet_set(sheet, row, "area_name",
              facts_area_name_in(suspicion->usecase->service, fact->area, suspicion->month));
    sheet_set(sheet, row, "date", date_format(fact->date, day));
    sheet_set(sheet, row, "fact", fact->text);
    return fact->row == SUSPICION_NOBODY
               ? RESULT_OK
               : write_person(suspicion, &suspicion->rows[fact->row], row, sheet);
}

/** Writes a page of the findings. Each page gathers them again, in the same order. */
static enum result write_findings(struct suspicious_job *job)
{
    const struct suspicious_query *query = job->query;
    const struct suspicion *suspicion = &job->suspicion;
    uint32_t limit = query->limit == 0 || query->limit > PAGE_MAX ? PAGE_DEFAULT : query->limit;
    int64_t from = 0;
    enum result result = RESULT_OK;

    if (given(query->after) && text_to_int(query->after, 0, INT32_MAX, &from) != 0)
        return RESULT_USAGE;
    job->sheet = column_sheet(&COLUMNS_SUSPICIOUS);
    for (size_t i = (size_t)from; i < suspicion->fact_count && result == 0; i++) {
        if (!is_wanted(job, &suspicion->facts[i]))
            continue;
        if (job->sheet->row_count == limit) {
            job->sheet->next = mem_printf("%zu", i);
            break;
        }
        result = write_finding(job, &suspicion->facts[i]);
    }
    return result;
}

// ---- numbers of people

static const char *key_of(struct suspicious_job *job, const Rec__Duty *duty, char buffer[AREA_TEXT])
{
    static const enum area_level levels[] = {
        [TOTALS_BY_VILLAGE] = AREA_VILLAGE,
        [TOTALS_BY_STREET] = AREA_STREET,
        [TOTALS_BY_COUNTY] = AREA_COUNTY,
    };

    if (job->by == TOTALS_BY_OFFICER)
        return roster_key(&job->suspicion.roster, duty->area, duty->officer);
    if (job->by == TOTALS_BY_KIND)
        return duty->kind;
    area_ancestor(duty->area, levels[job->by], buffer);
    return *buffer != '\0' ? buffer : duty->area;
}

static size_t find_key(struct sheet *sheet, const char *key)
{
    size_t row = 0;

    while (row < sheet->row_count && strcmp(sheet_get(sheet, row, "key"), key) != 0)
        row++;
    if (row == sheet->row_count)
        sheet_set(sheet, sheet_add_row(sheet), "key", key);
    return row;
}

/** Counts each person once, even with several findings. */
static void write_counts(struct suspicious_job *job)
{
    struct suspicion *suspicion = &job->suspicion;
    char buffer[AREA_TEXT];

    job->sheet = column_sheet(&COLUMNS_SUSPECTS);
    for (size_t i = 0; i < suspicion->fact_count; i++) {
        const struct suspicion_fact *fact = &suspicion->facts[i];
        if (fact->row != SUSPICION_NOBODY && is_wanted(job, fact))
            suspicion->rows[fact->row].suspect = true;
    }
    for (size_t i = 0; i < suspicion->row_count; i++) {
        if (!suspicion->rows[i].suspect)
            continue;
        size_t row = find_key(job->sheet, key_of(job, suspicion->rows[i].duty, buffer));
        uint64_t count = strtoull(sheet_get(job->sheet, row, "suspects"), NULL, 10);
        sheet_set_number(job->sheet, row, "suspects", count + 1);
    }
}

enum result suspicious_count(struct usecase *usecase, const struct rows_filter *filter,
                             enum totals_by by, struct sheet **ret_counts)
{
    struct suspicious_job job = {.by = by, .filter = *filter};
    enum result result = suspicion_gather(usecase, filter->month, filter->area, &job.suspicion);

    if (result == 0) {
        write_counts(&job);
        *ret_counts = job.sheet;
    }
    suspicion_free(&job.suspicion);
    return result;
}

// ---- the use case

static enum result suspicious_body(struct usecase *usecase, void *arg)
{
    struct suspicious_job *job = arg;

    sheet_free(&job->sheet);
    suspicion_free(&job->suspicion);
    enum result result =
        suspicion_gather(usecase, job->filter.month, job->filter.area, &job->suspicion);
    if (result != 0)
        return result;
    return write_findings(job);
}

enum result suspicious_list(struct service *service, const struct caller *caller,
                            const struct suspicious_query *query, struct sheet **ret_sheet,
                            struct reply *reply)
{
    char area[AREA_TEXT];
    struct suspicious_job job = {
        .query = query,
        .filter = {.area = area,
                   .kind = query->kind,
                   .rate_only = query->rate_only,
                   .officer = query->officer},
    };
    month_t *month = &job.filter.month;
    enum result result = rows_query_area(service, caller, query->area, area, reply);

    if (result == 0)
        result = rows_query_kind(service, query->kind, reply);
    if (result == 0)
        result = rows_query_month(service, query->month, month, reply);
    if (result == 0)
        result = opening_await(service, *month, area, reply);
    if (result == 0)
        result =
            usecase_read(service, caller, ACTION_SUSPICIOUS, area, suspicious_body, &job, reply);
    suspicion_free(&job.suspicion);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
