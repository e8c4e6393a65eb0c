/*
 * Bank files of confirmed rosters.
 */
#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "form/bank.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/payroll/payroll_record.h"
#include "service/payroll/payroll_reference.h"

#include <inttypes.h>
#include <stdlib.h>

struct file_job {
    struct payroll_key key;
    const struct bank_format *format;
    struct str *files; /**< owned */
    size_t count;
};

static void free_files(struct file_job *job)
{
    for (size_t i = 0; i < job->count; i++)
        str_free(&job->files[i]);
    free(job->files);
    job->files = NULL;
    job->count = 0;
}

static void set_payment(const struct usecase *usecase, const Rec__Payroll *payroll, size_t index,
                        struct fields *payment)
{
    const Rec__PayrollLine *line = payroll->lines[index];
    char *reference = payroll_reference_make(usecase->service, payroll, index);
    char *yuan = text_from_fen(line->total);
    char month[MONTH_TEXT];

    fields_set(payment, "holder", line->holder);
    fields_set(payment, "account", line->account);
    fields_set(payment, "bank", line->bank);
    fields_set(payment, "id_no", line->id_no);
    fields_set(payment, "name", line->name);
    fields_set(payment, "case_no", line->case_no);
    fields_set(payment, "month", month_format(line->month, month));
    fields_set(payment, "area_name", service_area_name(usecase->service, line->area));
    fields_set(payment, "total", yuan);
    fields_set(payment, "reference", reference);
    free(reference);
    free(yuan);
}

/** Writes one file, from the roster's line *next on; faults are gathered, so that an officer sees
 *  all of them at once. */
static void write_file(struct usecase *usecase, const struct file_job *job,
                       const Rec__Payroll *payroll, size_t rows, size_t *next, struct str *file)
{
    struct str body = {0};
    int64_t fen = 0;
    char *fault = NULL;

    for (size_t number = 1; number <= rows; (*next)++) {
        const Rec__PayrollLine *line = payroll->lines[*next];
        struct fields payment = {0};
        if (*line->why != '\0')
            continue;
        set_payment(usecase, payroll, *next, &payment);
        fen += line->total;
        if (bank_add_line(job->format, number++, &payment, &body, &fault) != 0) {
            problems_add(&usecase->reply->problems, "", line->name, "%s（%s）", fault,
                         line->case_no);
            free(fault);
            fault = NULL;
        }
        fields_free(&payment);
    }
    bank_add_header(job->format, rows, fen, file);
    str_add_bytes(file, str_text(&body), body.length);
    str_free(&body);
}

static enum result write_files(struct usecase *usecase, struct file_job *job,
                               const Rec__Payroll *payroll)
{
    size_t payments = payroll_add_up(payroll).paid;
    size_t next = 0;

    if (payments == 0)
        return reply_say(usecase->reply, RESULT_NOTFOUND, "花名册上没有可发的，不用出盘。");
    job->count = bank_file_count(job->format, payments);
    job->files = mem_array(job->count, sizeof *job->files);
    for (size_t i = 0; i < job->count; i++)
        write_file(usecase, job, payroll, bank_file_rows(job->format, payments, i), &next,
                   &job->files[i]);
    if (problems_any(&usecase->reply->problems))
        return reply_say(usecase->reply, RESULT_INVALID,
                         "有 %zu 笔写不进这个格式，没有出盘；改好的下月补发，或换一个格式。",
                         usecase->reply->problems.count);
    return RESULT_OK;
}

static void add_file(struct usecase *usecase, const struct file_job *job, Rec__Payroll *payroll)
{
    Rec__PayrollFile *file = mem_new(sizeof *file);

    rec__payroll_file__init(file);
    record_set(&file->format, job->format->id);
    record_set(&file->by, usecase->caller->officer);
    file->at = usecase->now;
    payroll->files = mem_resize(payroll->files, payroll->n_files + 1, sizeof *payroll->files);
    payroll->files[payroll->n_files++] = file;
}

static void say_written(struct usecase *usecase, const struct file_job *job,
                        const Rec__Payroll *payroll)
{
    struct payroll_sums sums = payroll_add_up(payroll);
    char *yuan = text_from_fen(sums.total);
    struct str text = {0};

    str_printf(&text, "%zu 笔 %s 元，%zu 个文件", sums.paid, yuan, job->count);
    event_add_note(usecase, "出盘 %s：%s", job->format->id, str_text(&text));
    if (sums.unpaid > 0)
        str_printf(&text, "；另有 %zu 笔不能发，不在文件里", sums.unpaid);
    if (sums.paid < job->format->least)
        str_printf(&text, "；银行要求每个文件至少 %zu 笔", job->format->least);
    if (payroll->n_files > 1)
        str_printf(&text, "；这份花名册已出盘 %zu 次，请勿重复发放", payroll->n_files);
    reply_say(usecase->reply, RESULT_OK, "%s。", str_text(&text));
    str_free(&text);
    free(yuan);
}

static enum result file_body(struct usecase *usecase, void *arg)
{
    struct file_job *job = arg;
    Rec__Payroll *payroll = NULL;
    char month[MONTH_TEXT];

    free_files(job); /* a body may run again */
    event_name_record(usecase, job->key.street, "payroll:%s:%s:%s", job->key.kind,
                      month_format(job->key.month, month), job->key.street);
    enum result result = payroll_find(usecase, &job->key, 0, &payroll);
    if (result == 0 && !payroll_is_confirmed(payroll))
        result = reply_say(usecase->reply, RESULT_INVALID,
                           "花名册还没有确认，不能出盘；请负责人先确认。");
    if (result == 0 && !payroll_is_whole(payroll))
        result =
            reply_say(usecase->reply, RESULT_CORRUPT, "花名册与其校验值不符，请联系系统管理员。");
    if (result == 0)
        result = write_files(usecase, job, payroll);
    if (result == 0) {
        add_file(usecase, job, payroll);
        result = store_payroll_put(usecase->txn, payroll);
    }
    if (result == 0)
        say_written(usecase, job, payroll);
    if (payroll != NULL)
        rec__payroll__free_unpacked(payroll, NULL);
    return result;
}

/** The same files again, for a request that was sent again: its receipt does not keep them. */
static enum result again_body(struct usecase *usecase, void *arg)
{
    struct file_job *job = arg;
    Rec__Payroll *payroll = NULL;

    free_files(job);
    enum result result = payroll_find(usecase, &job->key, 0, &payroll);
    if (result == 0)
        result = write_files(usecase, job, payroll);
    if (payroll != NULL)
        rec__payroll__free_unpacked(payroll, NULL);
    return result;
}

/** Which formats there are, for whoever named none of them. */
static enum result refuse_format(const struct service *service, struct reply *reply)
{
    const struct bank_format *format;
    struct str known = {0};

    for (size_t i = 0; (format = forms_bank(service_forms(service), i)) != NULL; i++)
        str_printf(&known, "%s%s", i > 0 ? "、" : "", format->id);
    enum result result = reply_say(reply, RESULT_USAGE, "没有这个银行格式，可用 %s。",
                                   known.length > 0 ? str_text(&known) : "（还没有）");
    str_free(&known);
    return result;
}

enum result payroll_export(struct service *service, const struct caller *caller,
                           const struct payroll_query *query, struct str **ret_files,
                           size_t *ret_count, struct reply *reply)
{
    struct file_job job = {.format = forms_bank_find(service_forms(service), query->format)};
    enum result result = payroll_key_read(service, caller, query, &job.key, reply);

    if (result == 0 && job.format == NULL)
        result = refuse_format(service, reply);
    if (result == 0)
        result = usecase_write(service, caller, ACTION_PAYROLL_EXPORT, job.key.street, file_body,
                               &job, reply);
    if (result == 0 && job.files == NULL)
        result = usecase_read(service, caller, ACTION_PAYROLL_EXPORT, job.key.street, again_body,
                              &job, reply);
    if (result != 0) {
        free_files(&job);
        return result;
    }
    *ret_files = job.files;
    *ret_count = job.count;
    return RESULT_OK;
}
