/*
 * Rosters as lists: which there are, and the lines of one.
 */
#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"
#include "service/payroll/payroll_doubts.h"
#include "service/payroll/payroll_ready.h"
#include "service/payroll/payroll_record.h"
#include "service/payroll/payroll_reference.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- which rosters there are

struct list_job {
    struct usecase *usecase;
    const struct payroll_query *query;
    char area[AREA_TEXT];
    month_t month; /**< 0 = all */
    struct sheet *sheet;
    Rec__Payroll *last; /**< not written yet: a later version may follow */
};

static const char *state_of(const Rec__Payroll *payroll)
{
    if (!payroll_is_confirmed(payroll))
        return "待确认";
    return payroll->n_files > 0 ? "已出盘" : "已确认";
}

static void write_people(struct list_job *job, size_t row, const Rec__Payroll *payroll)
{
    char *maker = rows_officer_name(job->usecase, payroll->made_by);
    char *checker = rows_officer_name(job->usecase, payroll->confirmed_by);
    char stamp[STAMP_TEXT];

    sheet_set(job->sheet, row, "maker", maker);
    sheet_set(job->sheet, row, "at", date_format_stamp(payroll->made_at, stamp));
    sheet_set(job->sheet, row, "checker", checker);
    sheet_set(job->sheet, row, "checked_at", date_format_stamp(payroll->confirmed_at, stamp));
    free(maker);
    free(checker);
}

static void write_roster(struct list_job *job, const Rec__Payroll *payroll)
{
    const struct service *service = job->usecase->service;
    struct payroll_sums sums = payroll_add_up(payroll);
    size_t row = sheet_add_row(job->sheet);
    char month[MONTH_TEXT];

    sheet_set(job->sheet, row, "month", month_format(payroll->month, month));
    sheet_set(job->sheet, row, "kind", payroll->kind);
    sheet_set(job->sheet, row, "kind_name", rows_kind_name(service, payroll->kind));
    sheet_set(job->sheet, row, "area", payroll->area);
    sheet_set(job->sheet, row, "area_name",
              facts_area_name_in(service, payroll->area, payroll->month));
    sheet_set_number(job->sheet, row, "version", payroll->version);
    sheet_set(job->sheet, row, "state", state_of(payroll));
    sheet_set_number(job->sheet, row, "payable", sums.paid);
    payroll_set_fen(job->sheet, row, "total", true, sums.total);
    sheet_set_number(job->sheet, row, "unpaid", sums.unpaid);
    sheet_set_number(job->sheet, row, "returned", sums.returned);
    sheet_set_number(job->sheet, row, "doubted", sums.doubted);
    write_people(job, row, payroll);
}

static void end_roster(struct list_job *job)
{
    if (job->last == NULL)
        return;
    write_roster(job, job->last);
    rec__payroll__free_unpacked(job->last, NULL);
    job->last = NULL;
}

static enum result list_roster(const Rec__Payroll *payroll, void *arg)
{
    struct list_job *job = arg;
    bool wanted = job->month == 0 || payroll->month == job->month;

    if (*job->query->kind != '\0' && strcmp(job->query->kind, payroll->kind) != 0)
        wanted = false;
    if (!wanted)
        return RESULT_OK;
    if (job->last != NULL &&
        (job->last->month != payroll->month || strcmp(job->last->area, payroll->area) != 0 ||
         strcmp(job->last->kind, payroll->kind) != 0))
        end_roster(job);
    if (job->last != NULL)
        rec__payroll__free_unpacked(job->last, NULL);
    job->last = record_copy(payroll);
    return RESULT_OK;
}

static enum result list_body(struct usecase *usecase, void *arg)
{
    struct list_job *job = arg;
    char prefix[AREA_TEXT];

    area_prefix(job->area, prefix);
    sheet_free(&job->sheet);
    job->sheet = column_sheet(&COLUMNS_PAYROLLS);
    job->usecase = usecase;
    enum result result = store_payroll_scan(usecase->txn, prefix, "", list_roster, job);
    end_roster(job);
    sheet_sort_down(job->sheet, "month");
    return result;
}

enum result payroll_list(struct service *service, const struct caller *caller,
                         const struct payroll_query *query, struct sheet **ret_sheet,
                         struct reply *reply)
{
    struct list_job job = {.query = query};
    enum result result = rows_query_area(service, caller, query->area, job.area, reply);

    payroll_ready_want(service);
    if (result == 0)
        result = rows_query_kind(service, query->kind, reply);
    if (result == 0 && *query->month != '\0')
        result = rows_query_month(service, query->month, &job.month, reply);
    if (result == 0)
        result =
            usecase_read(service, caller, ACTION_PAYROLL_LIST, job.area, list_body, &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}

// ---- one roster

struct show_job {
    struct payroll_key key;
    const struct payroll_query *query;
    struct sheet *sheet;
};

/** The account's last four digits, as passbooks show them. New string. */
static char *mask_account(const char *account)
{
    size_t length = strlen(account);

    return length <= 4 ? mem_copy(account) : mem_printf("****%s", account + length - 4);
}

static void write_numbers(struct sheet *sheet, size_t row, const Rec__PayrollLine *line, bool full)
{
    char *id_no = full ? mem_copy(line->id_no) : text_mask_id(line->id_no);
    char *account = full ? mem_copy(line->account) : mask_account(line->account);

    sheet_set(sheet, row, "id_no", id_no);
    sheet_set(sheet, row, "account", account);
    free(id_no);
    free(account);
}

static void write_money(struct sheet *sheet, size_t row, const Rec__PayrollLine *line)
{
    /* a stated amount has no parts */
    bool parts = line->known && line->basic + line->add + line->care + line->topup == line->total;

    if (line->persons > 0)
        sheet_set_number(sheet, row, "persons", line->persons);
    payroll_set_fen(sheet, row, "base", parts, line->basic);
    payroll_set_fen(sheet, row, "add", parts, line->add);
    payroll_set_fen(sheet, row, "care", parts, line->care);
    payroll_set_fen(sheet, row, "topup", parts, line->topup);
    payroll_set_fen(sheet, row, "total", line->known, line->total);
}

/** What an officer must know of a line: why it is there twice, why it is not paid. New string. */
static char *words_of(const Rec__Payroll *payroll, size_t index)
{
    const Rec__PayrollLine *line = payroll->lines[index];
    const Rec__PayrollReturn *returned = payroll_returned(payroll, index);
    const Rec__PayrollDoubt *doubt = payroll_doubts_of(payroll, index);
    struct str text = {0};

    str_add(&text, line->cause);
    if (*line->why != '\0')
        str_printf(&text, "%s%s", text.length > 0 ? "；" : "", line->why);
    if (returned != NULL)
        str_printf(&text, "%s银行退回：%s", text.length > 0 ? "；" : "", returned->reason);
    if (doubt != NULL)
        str_printf(&text, "%s银行退回 %s，是 %zu 笔一样的中的一笔，请核对后指明",
                   text.length > 0 ? "；" : "", doubt->reason, doubt->n_lines);
    return str_take(&text);
}

static void write_line(struct usecase *usecase, const struct show_job *job,
                       const Rec__Payroll *payroll, size_t index)
{
    const Rec__PayrollLine *line = payroll->lines[index];
    struct sheet *sheet = job->sheet;
    size_t row = sheet_add_row(sheet);
    char *words = words_of(payroll, index);
    char *reference = payroll_reference_make(usecase->service, payroll, index);
    char month[MONTH_TEXT];

    sheet_set(sheet, row, "case_no", line->case_no);
    sheet_set(sheet, row, "name", line->name);
    sheet_set(sheet, row, "area", line->area);
    sheet_set(sheet, row, "area_name",
              facts_area_name_in(usecase->service, line->area, payroll->month));
    sheet_set(sheet, row, "kind", payroll->kind);
    sheet_set(sheet, row, "kind_name", rows_kind_name(usecase->service, payroll->kind));
    sheet_set(sheet, row, "month", month_format(line->month, month));
    write_money(sheet, row, line);
    sheet_set(sheet, row, "holder", line->holder);
    sheet_set(sheet, row, "holder_relation", line->relation);
    sheet_set(sheet, row, "bank", line->bank);
    write_numbers(sheet, row, line, job->query->full);
    sheet_set(sheet, row, "state", payroll_line_state(payroll, index));
    sheet_set(sheet, row, "why", words);
    sheet_set(sheet, row, "reference", reference);
    sheet_setf(sheet, row, "case_id", "%" PRIu64, line->case_id);
    free(words);
    free(reference);
}

static void say_roster(struct usecase *usecase, const Rec__Payroll *payroll)
{
    struct fields *values = &usecase->reply->values;
    char text[DIGEST_TEXT];
    uint8_t sum[DIGEST_SIZE];

    payroll_hash(payroll, sum);
    fields_set(values, "hash", digest_format(sum, text));
    (void)snprintf(text, sizeof text, "%" PRIu32, payroll->version);
    fields_set(values, "version", text);
    fields_set(values, "state", state_of(payroll));
    fields_set(values, "made_by", payroll->made_by);
    fields_set(values, "confirmed_by", payroll->confirmed_by);
}

static enum result show_body(struct usecase *usecase, void *arg)
{
    struct show_job *job = arg;
    Rec__Payroll *payroll = NULL;

    sheet_free(&job->sheet);
    enum result result = payroll_find(usecase, &job->key, job->query->version, &payroll);
    if (result != 0)
        return result;
    job->sheet = column_sheet(&COLUMNS_PAYROLL);
    for (size_t i = 0; i < payroll->n_lines; i++)
        write_line(usecase, job, payroll, i);
    rows_mark_secret(usecase->service, payroll->kind, job->sheet);
    say_roster(usecase, payroll);
    if (!payroll_is_whole(payroll))
        result =
            reply_say(usecase->reply, RESULT_CORRUPT, "花名册与其校验值不符，请联系系统管理员。");
    rec__payroll__free_unpacked(payroll, NULL);
    return result;
}

enum result payroll_show(struct service *service, const struct caller *caller,
                         const struct payroll_query *query, struct sheet **ret_sheet,
                         struct reply *reply)
{
    struct show_job job = {.query = query};
    enum result result = payroll_key_read(service, caller, query, &job.key, reply);

    if (result == 0)
        result = service_check(service, caller, ACTION_PAYROLL_LIST, job.key.street, reply);
    if (result == 0)
        result = usecase_read(service, caller, query->full ? ACTION_PRINT : ACTION_PAYROLL_LIST,
                              job.key.street, show_body, &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
