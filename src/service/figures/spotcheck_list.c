/*
 * Draws, who was drawn, and what was found, counted.
 */
#include "base/columns.h"
#include "base/month.h"
#include "service/figures/spotcheck_record.h"
#include "service/ledger/rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Columns of the counts, by finding. */
static const char *const COUNTS[] = {
    [SPOTCHECK_UNCHECKED] = "unchecked",
    [SPOTCHECK_RIGHT] = "right",
    [SPOTCHECK_WRONG] = "wrong",
    [SPOTCHECK_NOT_MET] = "not_met",
};

_Static_assert(sizeof COUNTS / sizeof COUNTS[0] == SPOTCHECK_COUNT_, "a column per finding");

static enum spotcheck_finding finding_of(const Rec__SpotcheckRow *row)
{
    return spotcheck_finding_parse(row->finding);
}

// ---- the draws

struct list_job {
    const struct spotcheck_query *query;
    char area[AREA_TEXT];
    month_t month; /**< 0 = all */
    struct usecase *usecase;
    struct sheet *sheet;
};

static void write_counts(struct sheet *sheet, size_t at, const Rec__Spotcheck *spotcheck)
{
    size_t counts[SPOTCHECK_COUNT_] = {0};

    for (size_t i = 0; i < spotcheck->n_rows; i++)
        counts[finding_of(spotcheck->rows[i]) % SPOTCHECK_COUNT_]++;
    for (size_t i = 0; i < SPOTCHECK_COUNT_; i++)
        sheet_set_number(sheet, at, COUNTS[i], counts[i]);
    sheet_set_number(sheet, at, "drawn", spotcheck->n_rows);
}

static const char *hash_text(const Rec__Spotcheck *spotcheck, char text[DIGEST_TEXT])
{
    *text = '\0';
    return spotcheck->hash.len == DIGEST_SIZE ? digest_format(spotcheck->hash.data, text) : text;
}

static enum result list_draw(const Rec__Spotcheck *spotcheck, void *arg)
{
    struct list_job *job = arg;
    struct sheet *sheet = job->sheet;
    char text[DIGEST_TEXT];

    if (job->month != 0 && spotcheck->month != job->month)
        return RESULT_OK;
    size_t at = sheet_add_row(sheet);
    char *by = rows_officer_name(job->usecase, spotcheck->drawn_by);
    sheet_set(sheet, at, "month", month_format(spotcheck->month, text));
    sheet_set(sheet, at, "area", spotcheck->area);
    sheet_set(sheet, at, "area_name",
              facts_area_name_in(job->usecase->service, spotcheck->area, spotcheck->month));
    sheet_set_number(sheet, at, "number", spotcheck->number);
    sheet_set(sheet, at, "kind", spotcheck->kind);
    sheet_set(sheet, at, "seed", spotcheck->seed);
    sheet_set_number(sheet, at, "share", spotcheck->share);
    sheet_set_number(sheet, at, "population", spotcheck->population);
    write_counts(sheet, at, spotcheck);
    sheet_set(sheet, at, "at", date_format_stamp(spotcheck->at, text));
    sheet_set(sheet, at, "drawer", by);
    sheet_set(sheet, at, "hash", hash_text(spotcheck, text));
    free(by);
    return RESULT_OK;
}

static enum result list_body(struct usecase *usecase, void *arg)
{
    struct list_job *job = arg;
    char prefix[AREA_TEXT];

    area_prefix(job->area, prefix);
    sheet_free(&job->sheet);
    job->sheet = column_sheet(&COLUMNS_SPOTCHECKS);
    job->usecase = usecase;
    enum result result = store_spotcheck_scan(usecase->txn, prefix, list_draw, job);
    sheet_sort_down(job->sheet, "month");
    return result;
}

enum result spotcheck_list(struct service *service, const struct caller *caller,
                           const struct spotcheck_query *query, struct sheet **ret_sheet,
                           struct reply *reply)
{
    struct list_job job = {.query = query};
    enum result result = rows_query_area(service, caller, query->area, job.area, reply);

    if (result == 0 && *query->month != '\0')
        result = rows_query_month(service, query->month, &job.month, reply);
    if (result == 0)
        result =
            usecase_read(service, caller, ACTION_SPOTCHECK_LIST, job.area, list_body, &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}

// ---- one draw

struct show_job {
    const struct spotcheck_query *query;
    struct spotcheck_key key;
    struct usecase *usecase;
    const Rec__Spotcheck *spotcheck;
    struct roster roster;
    struct sheet *sheet;
};

static enum result write_place(struct show_job *job, const Rec__SpotcheckRow *from, size_t at)
{
    Rec__Person *person = NULL;
    enum result result = store_person_get(job->usecase->txn, from->person, &person);

    if (result == RESULT_NOTFOUND) /* merged into another since */
        return RESULT_OK;
    if (result != 0)
        return result;
    sheet_set(job->sheet, at, "phone", person->phone);
    sheet_set(job->sheet, at, "address", person->address);
    rec__person__free_unpacked(person, NULL);
    return RESULT_OK;
}

static enum result write_row(struct show_job *job, const Rec__SpotcheckRow *from, size_t number)
{
    struct usecase *usecase = job->usecase;
    struct sheet *sheet = job->sheet;
    size_t at = sheet_add_row(sheet);
    char *officer = rows_officer_name_at(usecase, from->area, from->officer);
    char *by = rows_officer_name(usecase, from->by);
    char day[DATE_TEXT];

    sheet_set_number(sheet, at, "row_code", number);
    sheet_set(sheet, at, "case_no", from->case_no);
    sheet_set(sheet, at, "name", from->name);
    sheet_set(sheet, at, "area", from->area);
    sheet_set(sheet, at, "area_name",
              facts_area_name_in(usecase->service, from->area, job->key.month));
    sheet_set(sheet, at, "kind", from->kind);
    sheet_set(sheet, at, "reached_on", date_format(from->reached_on, day));
    sheet_set(sheet, at, "visits", from->visits);
    sheet_set(sheet, at, "officer", officer);
    sheet_set(sheet, at, "result", spotcheck_finding_label(finding_of(from)));
    sheet_set(sheet, at, "note", from->note);
    sheet_set(sheet, at, "checked_on", date_format(from->checked_on, day));
    sheet_set(sheet, at, "inspector", by);
    sheet_setf(sheet, at, "case_id", "%" PRIu64, from->case_id);
    sheet_set(sheet, at, "kind_name", rows_kind_name(usecase->service, from->kind));
    free(officer);
    free(by);
    return write_place(job, from, at);
}

// ---- what was found, counted

static size_t find_key(struct show_job *job, const Rec__SpotcheckRow *row)
{
    struct sheet *sheet = job->sheet;
    bool officers = strcmp(job->query->by, "officer") == 0;
    const char *key = officers ? roster_key(&job->roster, row->area, row->officer) : row->area;
    size_t at = 0;

    while (at < sheet->row_count && strcmp(sheet_get(sheet, at, "key"), key) != 0)
        at++;
    if (at < sheet->row_count)
        return at;
    at = sheet_add_row(sheet);
    sheet_set(sheet, at, "key", key);
    sheet_set(sheet, at, "name",
              officers ? roster_name(&job->roster, key)
                       : facts_area_name_in(job->usecase->service, key, job->key.month));
    sheet_set_number(sheet, at, "drawn", 0);
    for (size_t i = 0; i < SPOTCHECK_COUNT_; i++)
        sheet_set_number(sheet, at, COUNTS[i], 0);
    return at;
}

static void raise(struct sheet *sheet, size_t at, const char *column)
{
    sheet_set_number(sheet, at, column, strtoull(sheet_get(sheet, at, column), NULL, 10) + 1);
}

static void count_row(struct show_job *job, const Rec__SpotcheckRow *row)
{
    size_t at = find_key(job, row);

    raise(job->sheet, at, "drawn");
    raise(job->sheet, at, COUNTS[finding_of(row) % SPOTCHECK_COUNT_]);
}

static bool counts_wanted(const struct spotcheck_query *query)
{
    return query->by != NULL && *query->by != '\0';
}

static void say_draw(struct usecase *usecase, const Rec__Spotcheck *spotcheck)
{
    struct fields *values = &usecase->reply->values;
    const struct {
        const char *name;
        uint64_t number;
    } numbers[] = {{"number", spotcheck->number},
                   {"share", spotcheck->share},
                   {"population", spotcheck->population}};
    char text[DIGEST_TEXT];

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        (void)snprintf(text, sizeof text, "%" PRIu64, numbers[i].number);
        fields_set(values, numbers[i].name, text);
    }
    fields_set(values, "seed", spotcheck->seed);
    fields_set(values, "hash", hash_text(spotcheck, text));
    fields_set(values, "drawn_by", spotcheck->drawn_by);
    fields_set(values, "at", date_format_stamp(spotcheck->at, text));
}

static enum result show_body(struct usecase *usecase, void *arg)
{
    struct show_job *job = arg;
    bool counts = counts_wanted(job->query);
    Rec__Spotcheck *spotcheck = NULL;

    sheet_free(&job->sheet);
    roster_free(&job->roster);
    job->usecase = usecase;
    enum result result = spotcheck_find(usecase, &job->key, job->query->number, &spotcheck);
    if (result != 0)
        return result;
    job->sheet = column_sheet(counts ? &COLUMNS_SPOTCHECK_COUNTS : &COLUMNS_SPOTCHECK);
    if (counts)
        result = roster_load(usecase, job->key.month, &job->roster);
    for (size_t i = 0; i < spotcheck->n_rows && result == 0; i++)
        if (counts)
            count_row(job, spotcheck->rows[i]);
        else
            result = write_row(job, spotcheck->rows[i], i + 1);
    say_draw(usecase, spotcheck);
    rec__spotcheck__free_unpacked(spotcheck, NULL);
    return result;
}

static enum result check_by(const struct spotcheck_query *query, struct reply *reply)
{
    if (!counts_wanted(query) || strcmp(query->by, "village") == 0 ||
        strcmp(query->by, "officer") == 0)
        return RESULT_OK;
    return reply_say(reply, RESULT_USAGE, "抽查结果按 village 或 officer 统计。");
}

enum result spotcheck_show(struct service *service, const struct caller *caller,
                           const struct spotcheck_query *query, struct sheet **ret_sheet,
                           struct reply *reply)
{
    struct show_job job = {.query = query};
    enum result result = check_by(query, reply);

    if (result == 0)
        result = spotcheck_key_read(service, caller, query, &job.key, reply);
    if (result == 0)
        result = usecase_read(service, caller, ACTION_SPOTCHECK_LIST, job.key.area, show_body, &job,
                              reply);
    roster_free(&job.roster);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
