#include "service/ledger/statement.h"

#include "base/ids.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "service/frame/record.h"
#include "service/ledger/month.h"
#include "service/ledger/rows.h"
#include "service/ledger/statement_known.h"
#include "service/ledger/street.h"
#include "service/memory/state.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MONTHS_SHOWN = 13 };

// ---- rows and their hash

static void hash_row(struct str *text, const Rec__Statement *statement,
                     const Rec__StatementRow *row)
{
    uint64_t case_id = statement->ids_given ? ids_count_of(row->case_id) : row->case_id;
    char day[DATE_TEXT];

    /* No cell can contain a tab or a line break, so two different statements never give the same
     * text. */
    str_printf(text, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%d\t%d\t%d", row->case_no, row->name,
               row->area, row->kind, row->officer, row->state, row->reason,
               date_format(row->reached_on, day), row->fulfilled, row->attempted, row->late);
    /* Statements of the first version have no words. */
    if (*row->words != '\0')
        str_printf(text, "\t%s\t%" PRIu32 "\t%" PRIu64, row->words, row->attempts, case_id);
    str_add_char(text, '\n');
}

void statement_hash(const Rec__Statement *statement, uint8_t sum[DIGEST_SIZE])
{
    struct digest *digest = digest_new();
    struct str text = {0};
    char month[MONTH_TEXT];

    str_printf(&text, "%s\t%s\t%" PRIu32 "\n", month_format(statement->month, month),
               statement->area, statement->version);
    for (size_t i = 0; i < statement->n_rows; i++) {
        hash_row(&text, statement, statement->rows[i]);
        digest_add(digest, str_text(&text), text.length);
        str_clear(&text);
    }
    digest_add(digest, str_text(&text), text.length);
    digest_end(&digest, sum);
    str_free(&text);
}

enum result statement_add(struct usecase *usecase, Rec__Statement *statement, const Rec__Duty *duty,
                          const struct duty_view *view)
{
    struct rows_subject subject = {0};
    char *words = NULL;
    enum result result = rows_reason(usecase, duty, view, &words);

    if (result == 0)
        result = rows_subject_load(usecase, duty, &subject);
    if (result != 0) {
        free(words);
        return result;
    }
    Rec__StatementRow *row = mem_new(sizeof *row);
    rec__statement_row__init(row);
    record_set(&row->case_no, subject.record->number);
    record_set(&row->name, subject.person->name);
    record_set(&row->area, duty->area);
    record_set(&row->kind, duty->kind);
    record_set(&row->officer, duty->officer);
    record_set(&row->state, duty_state_name(view->state));
    record_set(&row->reason, view->reason);
    row->reached_on = view->reached_on;
    row->fulfilled = view->fulfilled;
    row->attempted = view->attempts > 0 && view->reached_on == 0;
    row->late = view->late;
    row->attempts = (uint32_t)view->attempts;
    row->case_id = duty->case_id;
    record_set(&row->words, words);
    free(words);
    statement->rows[statement->n_rows++] = row;
    rows_subject_free(&subject);
    return RESULT_OK;
}

// ---- one statement

struct statement_job {
    month_t month;
    char street[AREA_TEXT];
    uint32_t version;
    Rec__Statement *found;
    struct sheet *sheet;
};

static enum result match_version(const Rec__Statement *statement, void *arg)
{
    struct statement_job *job = arg;

    if (statement->version != job->version)
        return RESULT_OK;
    job->found = record_copy(statement);
    return (enum result)STORE_STOP;
}

static enum result find_statement(struct usecase *usecase, struct statement_job *job)
{
    enum result result;

    if (job->version == 0)
        result = store_statement_get(usecase->txn, job->month, job->street, &job->found);
    else
        result = store_statement_scan(usecase->txn, job->month, job->street, match_version, job);
    if (result == RESULT_NOTFOUND || (result == 0 && job->found == NULL))
        return reply_say(usecase->reply, RESULT_NOTFOUND,
                         "没有这份月结表：该月尚未月结，或没有这个版本，请从月结画面打开。");
    return result;
}

/** A row with what was reported, or of somebody who is not on the statement. */
static size_t write_row(struct usecase *usecase, struct statement_job *job,
                        const Rec__StatementRow *from)
{
    size_t row = sheet_add_row(job->sheet);
    char *officer = rows_officer_name_at(usecase, from->area, from->officer);
    char day[DATE_TEXT];

    sheet_set(job->sheet, row, "case_no", from->case_no);
    sheet_set(job->sheet, row, "name", from->name);
    sheet_set(job->sheet, row, "area", from->area);
    sheet_set(job->sheet, row, "kind", from->kind);
    sheet_set(job->sheet, row, "officer", officer);
    sheet_set(job->sheet, row, "state", from->state);
    sheet_set(job->sheet, row, "words", duty_state_words(from->state));
    sheet_set(job->sheet, row, "area_name",
              facts_area_name_in(usecase->service, from->area, job->month));
    sheet_set(job->sheet, row, "kind_name", rows_kind_name(usecase->service, from->kind));
    sheet_set(job->sheet, row, "reason", from->reason);
    sheet_set(job->sheet, row, "reached_on", date_format(from->reached_on, day));
    free(officer);
    return row;
}

static void write_known(struct sheet *sheet, size_t row, const struct statement_known_row *known)
{
    if (known == NULL)
        return;
    sheet_set(sheet, row, "known_state", known->state);
    sheet_set(sheet, row, "known_words", known->words);
    sheet_set(sheet, row, "known_reason", known->reason);
    sheet_set(sheet, row, "since_then", known->since != NULL ? known->since : "");
}

/** Somebody who was entered after the closing, and belongs to the month. */
static void write_later(struct usecase *usecase, struct statement_job *job,
                        const struct statement_known_row *known)
{
    Rec__StatementRow none = REC__STATEMENT_ROW__INIT;

    none.case_no = known->case_no;
    none.name = known->name;
    none.area = known->area;
    none.kind = known->kind;
    none.officer = known->officer;
    size_t row = write_row(usecase, job, &none);
    sheet_set(job->sheet, row, "words", "未上报");
    write_known(job->sheet, row, known);
}

static void write_rows(struct usecase *usecase, struct statement_job *job,
                       struct statement_known *known)
{
    for (size_t i = 0; i < job->found->n_rows; i++) {
        const Rec__StatementRow *from = job->found->rows[i];
        write_known(job->sheet, write_row(usecase, job, from), statement_known_find(known, from));
    }
    for (size_t i = 0; i < known->count; i++)
        if (known->items[i].row == NULL)
            write_later(usecase, job, &known->items[i]);
}

/** As reported beside as known: "上报 85/122（69.6%），现况 87/122（71.3%），变动 2 人". */
static void say_basis(struct sheet *sheet, const struct statement_known *known)
{
    char reported[RATE_TEXT];
    char now[RATE_TEXT];
    char *text = mem_printf(
        "上报 %" PRIu64 "/%" PRIu64 "（%s%%），现况 %" PRIu64 "/%" PRIu64 "（%s%%），变动 %zu 人",
        known->reported_reached, known->reported_owed,
        rate_format(known->reported_reached, known->reported_owed, "—", reported), known->reached,
        known->owed, rate_format(known->reached, known->owed, "—", now), known->changed);

    mem_replace(&sheet->basis, text);
    free(text);
}

static enum result write_sheet(struct usecase *usecase, struct statement_job *job)
{
    struct statement_known known = {0};
    enum result result = statement_known_load(usecase, job->found, &known);

    job->sheet = column_sheet(&COLUMNS_STATEMENT);
    if (result == 0) {
        write_rows(usecase, job, &known);
        say_basis(job->sheet, &known);
    }
    statement_known_free(&known);
    return result;
}

static enum result statement_body(struct usecase *usecase, void *arg)
{
    struct statement_job *job = arg;
    struct fields *values = &usecase->reply->values;
    char text[DIGEST_TEXT];
    char number[16];
    uint8_t sum[DIGEST_SIZE];

    sheet_free(&job->sheet);
    job->found = NULL;
    enum result result = find_statement(usecase, job);
    if (result != 0)
        return result;
    result = write_sheet(usecase, job);
    statement_hash(job->found, sum);
    if (result == 0 && (job->found->hash.len != DIGEST_SIZE ||
                        memcmp(job->found->hash.data, sum, DIGEST_SIZE) != 0))
        result =
            reply_say(usecase->reply, RESULT_CORRUPT, "月结表与其校验值不符，请联系系统管理员。");
    snprintf(number, sizeof number, "%" PRIu32, job->found->version);
    fields_set(values, "version", number);
    fields_set(values, "hash", digest_format(sum, text));
    fields_set(values, "closed_at", date_format_stamp(job->found->closed_at, text));
    fields_set(values, "closed_by", job->found->closed_by);
    rec__statement__free_unpacked(job->found, NULL);
    return result;
}

enum result statement_show(struct service *service, const struct caller *caller, const char *month,
                           const char *area, uint32_t version, struct sheet **ret_sheet,
                           struct reply *reply)
{
    char code[AREA_TEXT];
    struct statement_job job = {.version = version};
    enum result result = rows_query_month(service, month, &job.month, reply);

    if (result == 0)
        result = rows_query_area(service, caller, area, code, reply);
    if (result != 0)
        return result;
    area_ancestor(code, AREA_STREET, job.street);
    if (*job.street == '\0')
        return reply_say(reply, RESULT_USAGE, "月结表按镇街保存，请指明镇街的区划代码。");
    result = usecase_read(service, caller, ACTION_STATEMENT, code, statement_body, &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}

// ---- the list of months

struct list_job {
    struct usecase *usecase;
    char area[AREA_TEXT];
    month_t month, first, last;
    struct sheet *sheet;
};

static enum result write_closing(struct list_job *job, const char *street)
{
    char day[DATE_TEXT];
    day_t closing = 0;
    enum result result = month_closing_day(job->usecase, job->month, street, &closing);

    if (result == 0)
        sheet_set(job->sheet, job->sheet->row_count - 1, "closes_on", date_format(closing, day));
    return result;
}

static void write_open(struct list_job *job, const char *street, const char *state)
{
    char month[MONTH_TEXT];
    size_t row = sheet_add_row(job->sheet);

    sheet_set(job->sheet, row, "month", month_format(job->month, month));
    sheet_set(job->sheet, row, "area", street);
    sheet_set(job->sheet, row, "area_name",
              facts_area_name_in(job->usecase->service, street, job->month));
    sheet_set(job->sheet, row, "state", state);
}

static void write_statement(struct list_job *job, const Rec__Statement *statement)
{
    bool reopened = statement->reopened_at != 0;
    char stamp[STAMP_TEXT];

    write_open(job, statement->area, reopened ? "已重开" : "已月结");
    size_t row = job->sheet->row_count - 1;
    char *by = rows_officer_name_at(job->usecase, statement->area,
                                    reopened ? statement->reopened_by : statement->closed_by);
    sheet_setf(job->sheet, row, "version", "%" PRIu32, statement->version);
    sheet_set(job->sheet, row, "at",
              date_format_stamp(reopened ? statement->reopened_at : statement->closed_at, stamp));
    sheet_set(job->sheet, row, "by", by);
    sheet_set(job->sheet, row, "reason", statement->reopen_reason);
    free(by);
}

static enum result list_open(struct list_job *job, const Rec__Area *street)
{
    bool has;
    enum result result = street_has_month(job->usecase, street, job->month, &has);

    if (result != 0 || !has)
        return result;
    write_open(job, street->code, "未月结");
    return write_closing(job, street->code);
}

static enum result list_street(const Rec__Area *area, void *arg)
{
    struct list_job *job = arg;
    Rec__Statement *statement = NULL;

    if (area_level_parse(area->level) != AREA_STREET)
        return RESULT_OK;
    enum result result = store_statement_get(job->usecase->txn, job->month, area->code, &statement);
    if (result == RESULT_NOTFOUND)
        return list_open(job, area);
    if (result != 0)
        return result;
    write_statement(job, statement);
    rec__statement__free_unpacked(statement, NULL);
    return write_closing(job, area->code);
}

/** Streets that are gone and whose people are in the area now: their months are read and closed from
 *  here. */
static enum result list_gone(struct list_job *job)
{
    struct service *service = job->usecase->service;
    const Rec__Area *area;
    enum result result = RESULT_OK;

    for (size_t i = 0; (area = cache_area_at(service->cache, i)) != NULL && result == 0; i++)
        if (!cache_area_lives(area) && !area_contains(job->area, area->code) &&
            area_contains(job->area, cache_area_present(service->cache, area->code)))
            result = list_street(area, job);
    return result;
}

static enum result list_body(struct usecase *usecase, void *arg)
{
    struct list_job *job = arg;
    char street[AREA_TEXT];
    char prefix[AREA_TEXT];
    enum result result = RESULT_OK;

    area_ancestor(job->area, AREA_STREET, street);
    area_prefix(*street != '\0' ? street : job->area, prefix);
    sheet_free(&job->sheet);
    job->sheet = column_sheet(&COLUMNS_MONTHS);
    job->usecase = usecase;
    for (job->month = job->last; job->month >= job->first && result == 0; job->month--) {
        result = store_area_scan(usecase->txn, prefix, list_street, job);
        if (result == 0)
            result = list_gone(job);
    }
    return result;
}

enum result statement_list(struct service *service, const struct caller *caller, const char *area,
                           struct sheet **ret_sheet, struct reply *reply)
{
    struct list_job job = {
        .first = service_first_month(service),
        .last = month_of(service_today(service)),
    };
    enum result result = rows_query_area(service, caller, area, job.area, reply);

    if (job.first < job.last - MONTHS_SHOWN + 1)
        job.first = job.last - MONTHS_SHOWN + 1;
    if (result == 0)
        result = usecase_read(service, caller, ACTION_STATEMENT, job.area, list_body, &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
