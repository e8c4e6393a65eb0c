/*
 * What the bank could not pay: marked on the confirmed roster, carried over by the next one.
 *
 * A row is matched by the entry's reference, or by name, account, ID number and amount. Rows that may be
 * any of several equal entries are kept for an officer to decide.
 */
#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "form/bank.h"
#include "service/frame/event.h"
#include "service/payroll/payroll_doubts.h"
#include "service/payroll/payroll_record.h"
#include "service/payroll/payroll_reference.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** A row that may be any of several lines. */
struct doubtful {
    size_t row;
    char *reason;                         /**< owned */
    struct payroll_candidates candidates; /**< owned */
    bool settled;
};

struct returns_job {
    struct payroll_key key;
    const struct sheet *rows;
    struct sheet *refusals;
    size_t marked, known, paid; /**< newly marked, marked before, paid after all */
    size_t doubted;             /**< newly kept for an officer */
    size_t doubtful_count, doubtful_capacity;
    struct doubtful *doubtful; /**< owned */
};

static void free_doubtful(struct returns_job *job)
{
    for (size_t i = 0; i < job->doubtful_count; i++) {
        free(job->doubtful[i].reason);
        free(job->doubtful[i].candidates.lines);
    }
    free(job->doubtful);
    job->doubtful = NULL;
    job->doubtful_count = job->doubtful_capacity = 0;
}

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
    char *name, *account, *id_no, *reference, *number;
    int64_t fen;
    bool has_fen;
    enum payroll_referred referred;
    size_t line; /**< to which the reference refers */
};

/** By the reference, by name and account, or by the ID number; what the row does not say cannot
 *  contradict. */
static bool is_meant(const Rec__PayrollLine *line, size_t index, const struct wanted *wanted)
{
    bool referred = wanted->referred == REFERRED_LINE;
    bool by_account = *wanted->account != '\0' && strcmp(wanted->account, line->account) == 0;
    bool by_id = *wanted->id_no != '\0' && strcmp(wanted->id_no, line->id_no) == 0;
    bool named = strcmp(wanted->name, line->holder) == 0 || strcmp(wanted->name, line->name) == 0;

    if (*line->why != '\0' || (referred ? index != wanted->line : !by_account && !by_id))
        return false;
    if ((*wanted->account != '\0' && !by_account) || (*wanted->name != '\0' && !named))
        return false;
    if (referred && *wanted->id_no != '\0' && !by_id)
        return false;
    return !wanted->has_fen || wanted->fen == line->total;
}

static void add_candidate(struct payroll_candidates *candidates, size_t line)
{
    candidates->lines =
        mem_resize(candidates->lines, candidates->count + 1, sizeof *candidates->lines);
    candidates->lines[candidates->count++] = (uint32_t)line;
}

/** The format of all files that were made, if the bank's returns have its numbers; else NULL. */
static const struct bank_format *numbering_of(const struct usecase *usecase,
                                              const Rec__Payroll *payroll)
{
    for (size_t i = 1; i < payroll->n_files; i++)
        if (strcmp(payroll->files[i]->format, payroll->files[0]->format) != 0)
            return NULL;
    const struct bank_format *format =
        forms_bank_find(service_forms(usecase->service), payroll->files[0]->format);
    return format != NULL && format->numbers_return ? format : NULL;
}

/** The number that a payable line had in its file. */
static size_t number_of(const struct bank_format *format, const Rec__Payroll *payroll, size_t line)
{
    size_t payments = payroll_add_up(payroll).paid;
    size_t before = 0;
    size_t file = 0;

    for (size_t i = 0; i < line; i++)
        before += *payroll->lines[i]->why == '\0';
    for (; before >= bank_file_rows(format, payments, file); file++)
        before -= bank_file_rows(format, payments, file);
    return before + 1;
}

/** Keeps only the lines that had the row's number in the bank's file. */
static void narrow_by_number(const struct usecase *usecase, const Rec__Payroll *payroll,
                             const struct wanted *wanted, struct payroll_candidates *candidates)
{
    const struct bank_format *format = numbering_of(usecase, payroll);
    size_t kept = 0;
    int64_t number;

    if (format == NULL || text_to_int(wanted->number, 1, INT32_MAX, &number) != 0)
        return;
    for (size_t i = 0; i < candidates->count; i++)
        if (number_of(format, payroll, candidates->lines[i]) == (size_t)number)
            candidates->lines[kept++] = candidates->lines[i];
    candidates->count = kept;
}

static struct payroll_candidates find_candidates(const struct usecase *usecase,
                                                 const Rec__Payroll *payroll,
                                                 const struct wanted *wanted)
{
    struct payroll_candidates candidates = {0};

    for (size_t i = 0; i < payroll->n_lines; i++)
        if (is_meant(payroll->lines[i], i, wanted))
            add_candidate(&candidates, i);
    if (candidates.count > 1 && *wanted->number != '\0')
        narrow_by_number(usecase, payroll, wanted, &candidates);
    return candidates;
}

/** True if their amounts would tell the lines apart. */
static bool amounts_differ(const Rec__Payroll *payroll, const struct payroll_candidates *candidates)
{
    for (size_t i = 1; i < candidates->count; i++)
        if (payroll->lines[candidates->lines[i]]->total !=
            payroll->lines[candidates->lines[0]]->total)
            return true;
    return false;
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

static void mark_line(struct usecase *usecase, struct returns_job *job, Rec__Payroll *payroll,
                      size_t line, const char *reason)
{
    if (payroll_returned(payroll, line) != NULL) {
        job->known++;
        return;
    }
    payroll_doubts_mark(usecase, payroll, line, reason);
    job->marked++;
}

static void put_aside(struct returns_job *job, size_t row, const char *reason,
                      struct payroll_candidates *candidates)
{
    mem_grow((void **)&job->doubtful, job->doubtful_count, &job->doubtful_capacity,
             sizeof *job->doubtful);
    job->doubtful[job->doubtful_count++] =
        (struct doubtful){.row = row, .reason = mem_copy(reason), .candidates = *candidates};
    *candidates = (struct payroll_candidates){0};
}

static void match_row(struct usecase *usecase, struct returns_job *job, Rec__Payroll *payroll,
                      size_t row, const struct wanted *wanted, const char *reason)
{
    struct payroll_candidates candidates = find_candidates(usecase, payroll, wanted);

    if (candidates.count == 1)
        mark_line(usecase, job, payroll, candidates.lines[0], reason);
    else if (candidates.count == 0 && wanted->referred == REFERRED_LINE)
        refuse_row(job, row, "附言",
                   "附言写的那一笔，户名、账号、身份证号或金额不符，请与银行核对");
    else if (candidates.count == 0)
        refuse_row(job, row, "账号", "花名册上没有这一笔（户名、账号、身份证号、金额都要相符）");
    else if (amounts_differ(payroll, &candidates))
        refuse_row(job, row, "金额", "有几笔相符，请写明金额");
    else
        put_aside(job, row, reason, &candidates);
    free(candidates.lines);
}

static void mark_row(struct usecase *usecase, struct returns_job *job, Rec__Payroll *payroll,
                     size_t row, const struct wanted *wanted)
{
    char *reason = text_clean(sheet_get(job->rows, row, "reason"));
    char *outcome = text_clean(sheet_get(job->rows, row, "result"));

    /* One column may be the bank's reason or our own 附言. */
    if (wanted->referred == REFERRED_LINE && strcmp(reason, wanted->reference) == 0)
        mem_replace(&reason, "");
    if (is_success(outcome))
        job->paid++;
    else if (*reason == '\0' && *outcome == '\0')
        refuse_row(job, row, "原因", "没有写失败原因，请问清银行，补上再读");
    else
        match_row(usecase, job, payroll, row, wanted, *reason != '\0' ? reason : outcome);
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
        .reference = text_clean(sheet_get(job->rows, row, "reference")),
        .number = text_clean(sheet_get(job->rows, row, "number")),
        .has_fen = *amount != '\0',
    };

    wanted.referred =
        payroll_reference_read(usecase->service, payroll, wanted.reference, &wanted.line);
    if (wanted.has_fen && text_to_fen(amount, &wanted.fen) != 0)
        refuse_row(job, row, "金额", "金额读不出来，请改成数字再读");
    else if (wanted.referred == REFERRED_OTHER)
        refuse_row(job, row, "附言", "附言是另一份花名册的，请核对所选的花名册");
    else if (*wanted.account == '\0' && *wanted.id_no == '\0' && wanted.referred != REFERRED_LINE)
        refuse_row(job, row, "账号",
                   "没有账号、身份证号，也没有附言，认不出是哪一笔；请补上一项再读");
    else
        mark_row(usecase, job, payroll, row, &wanted);
    free(wanted.name);
    free(wanted.account);
    free(wanted.id_no);
    free(wanted.reference);
    free(wanted.number);
}

// ---- rows that may be any of several lines

static size_t count_returned(const Rec__Payroll *payroll,
                             const struct payroll_candidates *candidates)
{
    size_t count = 0;

    for (size_t i = 0; i < candidates->count; i++)
        count += payroll_returned(payroll, candidates->lines[i]) != NULL;
    return count;
}

/** "有 2 笔相符（第 3、4 笔），已列为待认…" */
static void refuse_doubtful(struct returns_job *job, const struct doubtful *doubtful)
{
    struct str text = {0};

    str_printf(&text, "有 %zu 笔一样的，退回的是其中哪一笔认不出来（第 ",
               doubtful->candidates.count);
    for (size_t i = 0; i < doubtful->candidates.count; i++)
        str_printf(&text, "%s%u", i > 0 ? "、" : "", doubtful->candidates.lines[i] + 1);
    str_add(&text, " 笔）；已列为待认退回，请与银行核对后在花名册上指明");
    refuse_row(job, doubtful->row, "附言", str_text(&text));
    str_free(&text);
}

/** All rows of the file that mean the same lines. As many rows as lines: all of them came back. Fewer:
 *  rows that were read before are known, the rest waits for an officer. */
static void settle_group(struct usecase *usecase, struct returns_job *job, Rec__Payroll *payroll,
                         struct doubtful *const *group, size_t count)
{
    const struct payroll_candidates *candidates = &group[0]->candidates;
    size_t returned = count_returned(payroll, candidates);
    size_t doubts = payroll_doubts_count(payroll, candidates);

    if (count >= candidates->count) {
        payroll_doubts_remove(payroll, candidates);
        for (size_t i = 0; i < candidates->count; i++)
            mark_line(usecase, job, payroll, candidates->lines[i], group[i]->reason);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (i < returned) {
            job->known++;
            continue;
        }
        if (i >= returned + doubts) {
            payroll_doubts_add(usecase, payroll, candidates, group[i]->reason);
            job->doubted++;
        }
        refuse_doubtful(job, group[i]);
    }
}

static void settle_doubtful(struct usecase *usecase, struct returns_job *job, Rec__Payroll *payroll)
{
    struct doubtful **group = mem_array(job->doubtful_count + 1, sizeof(struct doubtful *));

    for (size_t i = 0; i < job->doubtful_count; i++) {
        size_t count = 0;
        if (job->doubtful[i].settled)
            continue;
        for (size_t k = i; k < job->doubtful_count; k++) {
            struct doubtful *other = &job->doubtful[k];
            if (payroll_candidates_equal(&other->candidates, &job->doubtful[i].candidates)) {
                other->settled = true;
                group[count++] = other;
            }
        }
        settle_group(usecase, job, payroll, group, count);
    }
    free(group);
}

// ---- the file

static enum result say_taken(struct usecase *usecase, const struct returns_job *job)
{
    size_t refused = job->refusals->row_count;

    event_add_note(usecase, "银行退回 %zu 笔", job->marked);
    if (job->doubted > 0)
        event_add_note(usecase, "待认退回 %zu 笔", job->doubted);
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
    free_doubtful(job);
    job->refusals = column_sheet(&COLUMNS_REFUSALS);
    job->marked = job->known = job->paid = job->doubted = 0;
    event_name_record(usecase, job->key.street, "payroll:%s:%s:%s", job->key.kind,
                      month_format(job->key.month, month), job->key.street);
    enum result result = payroll_find(usecase, &job->key, 0, &payroll);
    if (result == 0 && payroll->n_files == 0)
        result = reply_say(usecase->reply, RESULT_INVALID,
                           "这份花名册还没有出盘，不会有银行退回，请核对业务和月份。");
    for (size_t row = 0; result == 0 && row < job->rows->row_count; row++)
        take_row(usecase, job, payroll, row);
    if (result == 0)
        settle_doubtful(usecase, job, payroll);
    if (result == 0 && (job->marked > 0 || job->doubted > 0))
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
    free_doubtful(&job);
    if (result == 0 || result == RESULT_PARTIAL)
        *ret_refusals = job.refusals;
    else
        sheet_free(&job.refusals);
    return result;
}
