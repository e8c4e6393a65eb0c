/*
 * The list of amounts, and each amount line by line.
 */
#include "base/mem.h"
#include "base/text.h"
#include "domain/area.h"
#include "service/cases/benefit.h"
#include "service/frame/event.h"
#include "service/ledger/rows.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE_DEFAULT = 500, PAGE_MAX = 5000 };

struct list_job {
    const struct benefit_query *query;
    struct benefit_filter filter;
    uint32_t limit;
    struct usecase *usecase;
    uint32_t count; /**< of cases */
    char *last;     /**< key of the last case shown */
    struct sheet *sheet;
};

// ---- rows

static void set_money(struct sheet *sheet, size_t row, const char *column, bool known, int64_t fen)
{
    char *text = known ? text_from_fen(fen) : mem_copy("");

    sheet_set(sheet, row, column, text);
    free(text);
}

static size_t add_case_row(struct list_job *job, const Rec__Case *record, const Rec__Person *person,
                           const struct benefit *benefit)
{
    struct sheet *sheet = job->sheet;
    size_t row = sheet_add_row(sheet);
    char month[MONTH_TEXT];
    char *id_no = job->query->full ? mem_copy(person->id_no) : text_mask_id(person->id_no);

    sheet_set(sheet, row, "case_no", record->number);
    sheet_set(sheet, row, "name", person->name);
    sheet_set(sheet, row, "id_no", id_no);
    sheet_set(sheet, row, "area", record->area);
    sheet_set(sheet, row, "area_name", service_area_name(job->usecase->service, record->area));
    sheet_set(sheet, row, "kind", record->kind);
    sheet_set(sheet, row, "kind_name", rows_kind_name(job->usecase->service, record->kind));
    sheet_set(sheet, row, "month", month_format(benefit->month, month));
    sheet_set_number(sheet, row, "case_id", record->id);
    free(id_no);
    return row;
}

static void add_amounts(struct list_job *job, const Rec__Case *record, const Rec__Person *person,
                        const struct benefit *benefit)
{
    struct sheet *sheet = job->sheet;
    size_t row = add_case_row(job, record, person, benefit);
    const char *reason = benefit->stated_why != NULL ? benefit->stated_why : "";
    char *words = benefit_words(benefit);

    if (benefit->paid && benefit->persons >= 0)
        sheet_setf(sheet, row, "persons", "%d", benefit->persons);
    for (enum benefit_part part = BENEFIT_BASE; part < BENEFIT_TOTAL; part++) {
        const struct benefit_sum *sum = &benefit->sums[part];
        set_money(sheet, row, benefit_part_name(part), sum->present && sum->known, sum->fen);
    }
    set_money(sheet, row, "total", benefit->known, benefit->total);
    set_money(sheet, row, "stated", benefit->has_stated, benefit->stated);
    if (benefit->differs)
        sheet_setf(sheet, row, "why", "%s%s；%s", *reason != '\0' ? "说明：" : "没有说明原因",
                   reason, words);
    else
        sheet_set(sheet, row, "why", words);
    sheet_set(sheet, row, "differs", benefit->differs ? "是" : "");
    free(words);
}

static void add_line(struct list_job *job, const Rec__Case *record, const Rec__Person *person,
                     const struct benefit *benefit, const struct benefit_line *line)
{
    size_t row = add_case_row(job, record, person, benefit);

    sheet_set(job->sheet, row, "part", benefit_part_name(line->part));
    sheet_set(job->sheet, row, "label", line->label);
    sheet_set(job->sheet, row, "value", line->value);
    sheet_set(job->sheet, row, "how", line->how);
    sheet_set(job->sheet, row, "is_paid", benefit->paid ? "是" : "否");
}

/** Each line, then the sum with what is missing. */
static void add_lines(struct list_job *job, const Rec__Case *record, const Rec__Person *person,
                      const struct benefit *benefit)
{
    char *total = benefit->known ? text_from_fen(benefit->total) : mem_copy("");
    char *words = benefit_words(benefit);
    const struct benefit_line sum = {
        .part = BENEFIT_TOTAL, .label = (char *)(uintptr_t) "合计", .value = total, .how = words};

    for (size_t i = 0; i < benefit->line_count; i++)
        add_line(job, record, person, benefit, &benefit->lines[i]);
    add_line(job, record, person, benefit, &sum);
    free(words);
    free(total);
}

static enum result show_case(struct list_job *job, const Rec__Case *record,
                             const struct benefit *benefit)
{
    Rec__Person *person = NULL;
    enum result result = store_person_get(job->usecase->txn, record->person, &person);

    if (result != 0)
        return result;
    (job->query->explain ? add_lines : add_amounts)(job, record, person, benefit);
    rows_mark_secret(job->usecase->service, record->kind, job->sheet);
    rec__person__free_unpacked(person, NULL);
    return RESULT_OK;
}

static enum result list_case(const Rec__Case *record, const struct benefit *benefit, void *arg)
{
    struct list_job *job = arg;

    if ((job->query->differing && !benefit->differs) || (job->query->unknown && benefit->known))
        return RESULT_OK;
    if (job->count >= job->limit) {
        job->sheet->next = mem_copy(job->last);
        return (enum result)STORE_STOP;
    }
    job->count++;
    free(job->last);
    job->last = store_case_key_text(record);
    return show_case(job, record, benefit);
}

// ---- the list

/** One case by its number; said also if it is not paid. */
static enum result list_one(struct list_job *job)
{
    struct usecase *usecase = job->usecase;
    Rec__Case *record = NULL;
    struct benefit benefit = {0};
    enum result result = store_case_by_number(usecase->txn, job->query->number, &record);

    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "没有个案 %s，请核对编号。", job->query->number);
    if (result == 0)
        result = usecase_allow(usecase, ACTION_BENEFIT, record->area);
    if (result == 0)
        result = benefit_of_case(usecase, record, job->filter.month, &benefit);
    if (result == RESULT_NOTFOUND)
        result = reply_say(usecase->reply, result, "%s没有待遇金额，请选有待遇的业务。",
                           rows_kind_name(usecase->service, record->kind));
    if (result == 0)
        result = show_case(job, record, &benefit);
    benefit_free(&benefit);
    if (record != NULL)
        rec__case__free_unpacked(record, NULL);
    return result;
}

static enum result list_body(struct usecase *usecase, void *arg)
{
    struct list_job *job = arg;
    bool one = job->query->number != NULL && *job->query->number != '\0';

    sheet_free(&job->sheet);
    job->sheet = column_sheet(job->query->explain ? &COLUMNS_BENEFIT_LINES : &COLUMNS_BENEFIT);
    job->usecase = usecase;
    job->count = 0;
    enum result result = one ? list_one(job) : benefit_scan(usecase, &job->filter, list_case, job);
    free(job->last);
    job->last = NULL;
    return result;
}

/** The month, by default this one; any month may be asked for, also one before the home began. */
static enum result read_month(struct service *service, const char *text, month_t *ret_month,
                              struct reply *reply)
{
    *ret_month = service_this_month(service);
    if (text == NULL || *text == '\0' || month_parse(text, ret_month) == 0)
        return RESULT_OK;
    return reply_say(reply, RESULT_USAGE, "月份 %s 不对，应如 2026-11。", text);
}

enum result benefit_list(struct service *service, const struct caller *caller,
                         const struct benefit_query *query, struct sheet **ret_sheet,
                         struct reply *reply)
{
    char area[AREA_TEXT];
    struct list_job job = {
        .query = query,
        .filter = {.area = area, .kind = query->kind, .after = query->after},
        .limit = query->limit == 0 || query->limit > PAGE_MAX ? PAGE_DEFAULT : query->limit,
    };
    enum result result = rows_query_area(service, caller, query->area, area, reply);

    if (result == 0)
        result = rows_query_kind(service, query->kind, reply);
    if (result == 0 && query->kind != NULL && *query->kind != '\0' &&
        !benefit_has(service, query->kind))
        result = reply_say(reply, RESULT_USAGE, "%s没有待遇金额，请选有待遇的业务。",
                           rows_kind_name(service, query->kind));
    if (result == 0)
        result = read_month(service, query->month, &job.filter.month, reply);
    if (result == 0)
        result = usecase_read(service, caller, query->full ? ACTION_PRINT : ACTION_BENEFIT, area,
                              list_body, &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
