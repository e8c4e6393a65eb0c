/* A printed sheet is read again by its code. */
#include "service/lists/paper.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/sheetcode.h"
#include "base/str.h"
#include "service/frame/record.h"
#include "service/ledger/recount.h"
#include "service/ledger/visit_sheet.h"
#include "service/memory/judge.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct reading_job {
    const char *typed;
    char code[SHEETCODE_TEXT];
    struct usecase *usecase;
    Rec__Sheet *head;
    char *made_by; /* name */
    struct sheet *sheet;
};

/** A row and what belongs to it today. */
struct paper_row {
    const Rec__Sheet *row;
    Rec__Case *casefile; /* NULL = deleted */
    Rec__Duty *duty;     /* NULL = none in that month any more */
    struct duty_view view;
    Rec__Person *person;
    Rec__Visit *filed; /* the visit that stands for what was entered from the row, NULL = none */
    struct month_visits visits;
};

static void row_free(struct paper_row *of)
{
    if (of->casefile != NULL)
        rec__case__free_unpacked(of->casefile, NULL);
    if (of->duty != NULL)
        rec__duty__free_unpacked(of->duty, NULL);
    if (of->person != NULL)
        rec__person__free_unpacked(of->person, NULL);
    if (of->filed != NULL)
        rec__visit__free_unpacked(of->filed, NULL);
    recount_month_free(&of->visits);
}

/** What is not there any more stays NULL. */
static enum result row_load(struct usecase *usecase, struct paper_row *of)
{
    const Rec__Sheet *row = of->row;
    enum result result = store_case_get(usecase->txn, row->case_id, &of->casefile);

    if (result == 0)
        result = record_duty_find(usecase, of->casefile, row->month, DUTY_TYPE_VISIT, &of->duty);
    if (of->duty != NULL)
        of->view = judge_row(usecase->service, of->duty, usecase->today);
    if (result == 0 || result == RESULT_NOTFOUND)
        result = store_person_get(usecase->txn, row->person, &of->person);
    if (result == 0)
        result = recount_month_load(usecase, row->person, row->month, &of->visits);
    if (result == 0 || result == RESULT_NOTFOUND)
        result = visit_sheet_filed(usecase, row, &of->filed);
    return result;
}

// ---- words

static void add_words(struct str *text, const char *words)
{
    str_printf(text, "%s%s", text->length > 0 ? "；" : "", words);
}

__attribute__((format(printf, 2, 3))) static void add_format(struct str *text, const char *format,
                                                             ...)
{
    struct str words = {0};
    va_list args;

    va_start(args, format);
    str_vprintf(&words, format, args);
    va_end(args);
    add_words(text, str_text(&words));
    str_free(&words);
}

/** 11-20 of 2026-11-20. */
static const char *day_words(day_t day, char buffer[DATE_TEXT])
{
    return date_format(day, buffer) + 5;
}

static void say_case(const struct usecase *usecase, const struct paper_row *of, struct str *text)
{
    const Rec__Case *casefile = of->casefile;
    char day[DATE_TEXT];

    if (casefile == NULL) {
        add_words(text, "个案已删去（撤销导入）");
        return;
    }
    if (of->person != NULL && of->person->death != 0)
        add_format(text, "%s 死亡", day_words(of->person->death, day));
    else if (casefile->closed_on != 0)
        add_format(text, "%s 退出：%s", day_words(casefile->closed_on, day), casefile->exit_reason);
    if (strcmp(casefile->area, of->row->area) != 0)
        add_format(text, "已转到%s", service_area_name(usecase->service, casefile->area));
    if (of->duty == NULL)
        add_words(text, "该月不再应访");
    else if ((of->view.state == DUTY_EXCUSED || of->view.state == DUTY_NOT_COUNTED) &&
             text->length == 0)
        add_words(text, of->view.reason);
}

/** The last visit that was entered after the sheet was printed, and not from this row. */
static void say_visited(const struct reading_job *job, const struct paper_row *of, struct str *text)
{
    const Rec__Visit *last = NULL;
    char day[DATE_TEXT];

    for (size_t i = 0; i < of->visits.count; i++) {
        const Rec__Visit *visit = of->visits.items[i];
        bool own =
            of->filed != NULL && of->filed->date == visit->date && of->filed->seq == visit->seq;
        if (recount_visit_stands(visit) && !own && visit->at >= job->head->at)
            last = visit;
    }
    if (last != NULL)
        add_format(text, "印表后已登记：%s %s %s %s", day_words(last->date, day), last->mode,
                   last->result, last->by);
}

static void say_filed(struct usecase *usecase, const struct paper_row *of, struct str *text)
{
    char *by;
    char day[DATE_TEXT], entered[DATE_TEXT];

    if (of->filed == NULL)
        return;
    by = rows_officer_name(usecase, of->row->by);
    str_printf(text, "%s %s %s（%s %s 录入）", day_words(of->filed->date, day), of->filed->mode,
               of->filed->result, by, day_words(date_of_time(of->row->filed_at), entered));
    free(by);
}

// ---- cells

static void write_sheet(const struct reading_job *job, const struct paper_row *of, size_t at)
{
    struct service *service = job->usecase->service;
    const Rec__Sheet *row = of->row;
    struct sheet *sheet = job->sheet;
    char text[STAMP_TEXT], code[SHEETCODE_ROW_TEXT];

    sheet_set(sheet, at, "sheet_code", job->code);
    sheet_set(sheet, at, "row_code", sheetcode_row(job->code, row->number, code));
    sheet_set(sheet, at, "month", month_format(row->month, text));
    sheet_set(sheet, at, "case_no", row->case_no);
    sheet_set(sheet, at, "name", row->name);
    sheet_set(sheet, at, "area", row->area);
    sheet_set(sheet, at, "area_name", facts_area_name_in(service, row->area, row->month));
    sheet_set(sheet, at, "kind", row->kind);
    sheet_set(sheet, at, "tier", row->tier);
    sheet_set(sheet, at, "made_at", date_format_stamp(job->head->at, text));
    sheet_set(sheet, at, "made_by", job->made_by);
    sheet_set_number(sheet, at, "number", row->number);
    sheet_set(sheet, at, "state",
              of->filed != NULL      ? PAPER_FILED
              : of->casefile == NULL ? PAPER_GONE
                                     : "");
    sheet_set_number(sheet, at, "case_id", row->case_id);
    sheet_set(sheet, at, "kind_name", rows_kind_name(service, row->kind));
}

static void write_today(const struct reading_job *job, const struct paper_row *of, size_t at)
{
    struct str filed = {0}, remark = {0};
    char words[DUTY_WORDS];

    if (of->duty != NULL) {
        char *officer = rows_officer_name(job->usecase, of->duty->officer);
        sheet_setf(job->sheet, at, "need", "%d", of->duty->need < 1 ? 1 : (int)of->duty->need);
        sheet_setf(job->sheet, at, "done", "%d", of->view.done);
        sheet_set(job->sheet, at, "status", duty_status_name(&of->view));
        sheet_set(job->sheet, at, "words", duty_words(&of->view, words));
        sheet_set(job->sheet, at, "officer", officer);
        free(officer);
    }
    say_filed(job->usecase, of, &filed);
    say_case(job->usecase, of, &remark);
    say_visited(job, of, &remark);
    sheet_set(job->sheet, at, "filed", str_text(&filed));
    sheet_set(job->sheet, at, "remark", str_text(&remark));
    str_free(&filed);
    str_free(&remark);
}

static enum result read_row(const Rec__Sheet *row, void *arg)
{
    struct reading_job *job = arg;
    struct paper_row of = {.row = row};

    if (row->number == 0)
        return RESULT_OK;
    enum result result = row_load(job->usecase, &of);
    if (result == 0) {
        size_t at = sheet_add_row(job->sheet);
        write_sheet(job, &of, at);
        write_today(job, &of, at);
    }
    row_free(&of);
    return result;
}

// ---- the sheet

static enum result say_closed(struct reading_job *job)
{
    char month[MONTH_TEXT];
    bool closed = false;
    enum result result =
        usecase_month_closed(job->usecase, job->head->month, job->head->area, &closed);

    if (result != 0 || !closed)
        return result;
    mem_replace(&job->sheet->basis, "已月结");
    return reply_say(job->usecase->reply, RESULT_OK, "%s 已月结：补录计入现况数，上报数不变。",
                     month_format(job->head->month, month));
}

static void job_clear(struct reading_job *job)
{
    sheet_free(&job->sheet);
    if (job->head != NULL)
        rec__sheet__free_unpacked(job->head, NULL);
    job->head = NULL;
    free(job->made_by);
    job->made_by = NULL;
}

static enum result read_body(struct usecase *usecase, void *arg)
{
    struct reading_job *job = arg;

    job_clear(job);
    job->usecase = usecase;
    enum result result = visit_sheet_find(usecase, job->code, 0, &job->head);
    if (result == 0)
        result = usecase_allow(usecase, ACTION_SHEET_READ, job->head->area);
    if (result != 0)
        return result;
    job->sheet = column_sheet(&COLUMNS_SHEET);
    job->made_by = rows_officer_name(usecase, job->head->by);
    result = store_sheet_scan(usecase->txn, job->code, read_row, job);
    return result == 0 ? say_closed(job) : result;
}

enum result paper_read(struct service *service, const struct caller *caller, const char *code,
                       struct sheet **ret_sheet, struct reply *reply)
{
    struct reading_job job = {.typed = code};
    enum sheetcode_fault fault = sheetcode_parse(code, job.code);

    if (fault != SHEETCODE_FINE)
        return reply_say(reply, RESULT_USAGE, "%s。", sheetcode_words(fault));
    enum result result =
        usecase_read(service, caller, ACTION_SHEET_READ, NULL, read_body, &job, reply);
    if (result == 0) {
        *ret_sheet = job.sheet;
        job.sheet = NULL;
    }
    job_clear(&job);
    return result;
}
