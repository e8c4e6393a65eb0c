/*
 * What the bank could not pay: marked on the confirmed roster, carried over by the next one.
 */
#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/payroll/payroll_record.h"

#include <stdlib.h>
#include <string.h>

struct returns_job {
    struct payroll_key key;
    const struct sheet *rows;
    struct sheet *refusals;
    size_t marked, known, paid; /**< newly marked, marked before, paid after all */
};

static void refuse_row(struct returns_job *job, size_t row, const char *column, const char *reason)
{
    size_t to = sheet_add_row(job->refusals);

    sheet_set(job->refusals, to, "line", sheet_get(job->rows, row, "line"));
    sheet_set(job->refusals, to, "name", sheet_get(job->rows, row, "name"));
    sheet_set(job->refusals, to, "column", column);
    sheet_set(job->refusals, to, "reason", reason);
}

// ---- which line a row means

struct wanted {
    char *name, *account, *id_no;
    int64_t fen;
    bool has_fen;
};

/** By name and account, or by the ID number; what the row does not say cannot contradict. */
static bool is_meant(const Rec__PayrollLine *line, const struct wanted *wanted)
{
    bool by_account = *wanted->account != '\0' && strcmp(wanted->account, line->account) == 0;
    bool by_id = *wanted->id_no != '\0' && strcmp(wanted->id_no, line->id_no) == 0;
    bool named = strcmp(wanted->name, line->holder) == 0 || strcmp(wanted->name, line->name) == 0;

    if (*line->why != '\0' || (!by_account && !by_id))
        return false;
    if ((*wanted->account != '\0' && !by_account) || (*wanted->name != '\0' && !named))
        return false;
    return !wanted->has_fen || wanted->fen == line->total;
}

/** The index of the one line that is meant; refused if there is none or several. */
static bool find_line(struct returns_job *job, const Rec__Payroll *payroll, size_t row,
                      const struct wanted *wanted, size_t *ret_line)
{
    size_t found = 0;

    for (size_t i = 0; i < payroll->n_lines; i++)
        if (is_meant(payroll->lines[i], wanted)) {
            *ret_line = i;
            found++;
        }
    if (found == 0)
        refuse_row(job, row, "账号", "花名册上没有这一笔（户名、账号、身份证号、金额都要相符）");
    else if (found > 1)
        refuse_row(job, row, "金额", "有几笔相符，请写明金额");
    return found == 1;
}

// ---- a row

static bool is_success(const char *result)
{
    static const char *const words[] = {"成功", "交易成功", "发放成功", "已发放", "已入账"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i], result) == 0)
            return true;
    return false;
}

static void add_return(struct usecase *usecase, Rec__Payroll *payroll, size_t line,
                       const char *reason)
{
    Rec__PayrollReturn *back = mem_new(sizeof *back);

    rec__payroll_return__init(back);
    back->line = (uint32_t)line;
    record_set(&back->reason, reason);
    record_set(&back->by, usecase->caller->officer);
    back->at = usecase->now;
    payroll->returns =
        mem_resize(payroll->returns, payroll->n_returns + 1, sizeof *payroll->returns);
    payroll->returns[payroll->n_returns++] = back;
    event_add_change(usecase, payroll->lines[line]->case_no, "可发", reason);
}

static void mark_row(struct usecase *usecase, struct returns_job *job, Rec__Payroll *payroll,
                     size_t row, const struct wanted *wanted)
{
    char *reason = text_clean(sheet_get(job->rows, row, "reason"));
    char *outcome = text_clean(sheet_get(job->rows, row, "result"));
    size_t line = 0;

    if (is_success(outcome)) {
        job->paid++;
    } else if (*reason == '\0' && *outcome == '\0') {
        refuse_row(job, row, "原因", "没有写失败原因");
    } else if (find_line(job, payroll, row, wanted, &line)) {
        if (payroll_returned(payroll, line) != NULL) {
            job->known++;
        } else {
            add_return(usecase, payroll, line, *reason != '\0' ? reason : outcome);
            job->marked++;
        }
    }
    free(reason);
    free(outcome);
}

static void take_row(struct usecase *usecase, struct returns_job *job, Rec__Payroll *payroll,
                     size_t row)
{
    const char *amount = sheet_get(job->rows, row, "amount");
    struct wanted wanted = {
        .name = text_clean(sheet_get(job->rows, row, "name")),
        .account = text_clean_code(sheet_get(job->rows, row, "account")),
        .id_no = text_clean_code(sheet_get(job->rows, row, "id_no")),
        .has_fen = *amount != '\0',
    };

    if (wanted.has_fen && text_to_fen(amount, &wanted.fen) != 0)
        refuse_row(job, row, "金额", "金额读不出来");
    else if (*wanted.account == '\0' && *wanted.id_no == '\0')
        refuse_row(job, row, "账号", "没有账号，也没有身份证号");
    else
        mark_row(usecase, job, payroll, row, &wanted);
    free(wanted.name);
    free(wanted.account);
    free(wanted.id_no);
}

// ---- the file

static enum result say_taken(struct usecase *usecase, const struct returns_job *job)
{
    size_t refused = job->refusals->row_count;

    event_add_note(usecase, "银行退回 %zu 笔", job->marked);
    return reply_say(usecase->reply, refused > 0 ? RESULT_PARTIAL : RESULT_OK,
                     "rows %zu accepted %zu refused %zu", job->rows->row_count,
                     job->rows->row_count - refused, refused);
}

static enum result returns_body(struct usecase *usecase, void *arg)
{
    struct returns_job *job = arg;
    Rec__Payroll *payroll = NULL;
    char month[MONTH_TEXT];

    sheet_free(&job->refusals);
    job->refusals = column_sheet(&COLUMNS_REFUSALS);
    job->marked = job->known = job->paid = 0;
    event_name_record(usecase, job->key.street, "payroll:%s:%s:%s", job->key.kind,
                      month_format(job->key.month, month), job->key.street);
    enum result result = payroll_find(usecase, &job->key, 0, &payroll);
    if (result == 0 && payroll->n_files == 0)
        result =
            reply_say(usecase->reply, RESULT_INVALID, "这份花名册还没有出盘，不会有银行退回。");
    for (size_t row = 0; result == 0 && row < job->rows->row_count; row++)
        take_row(usecase, job, payroll, row);
    if (result == 0 && job->marked > 0)
        result = store_payroll_put(usecase->txn, payroll);
    if (payroll != NULL)
        rec__payroll__free_unpacked(payroll, NULL);
    return result != 0 ? result : say_taken(usecase, job);
}

enum result payroll_returns(struct service *service, const struct caller *caller,
                            const struct payroll_query *query, const struct sheet *rows,
                            struct sheet **ret_refusals, struct reply *reply)
{
    struct returns_job job = {.rows = rows};
    enum result result = payroll_key_read(service, caller, query, &job.key, reply);

    if (result == 0)
        result = usecase_write(service, caller, ACTION_PAYROLL_RETURNS, job.key.street,
                               returns_body, &job, reply);
    if (result == 0 || result == RESULT_PARTIAL)
        *ret_refusals = job.refusals;
    else
        sheet_free(&job.refusals);
    return result;
}
