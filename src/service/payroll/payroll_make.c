/*
 * Making and confirming rosters.
 */
#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/memory/state.h"
#include "service/payroll/payroll_lines.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct job {
    struct payroll_key key;
    uint32_t version; /**< to confirm: the one that was read */
};

static void name_roster(struct usecase *usecase, const struct payroll_key *key)
{
    char month[MONTH_TEXT];

    event_name_record(usecase, key->street, "payroll:%s:%s:%s", key->kind,
                      month_format(key->month, month), key->street);
}

static void set_number(struct usecase *usecase, const char *name, uint64_t number)
{
    char text[NUMBER_TEXT];

    (void)snprintf(text, sizeof text, "%" PRIu64, number);
    fields_set(&usecase->reply->values, name, text);
}

/** "61 笔 48231.00 元，另有 2 笔不能发". New string. */
static char *words_of(const Rec__Payroll *payroll)
{
    struct payroll_sums sums = payroll_add_up(payroll);
    char *yuan = text_from_fen(sums.total);
    struct str text = {0};

    str_printf(&text, "%zu 笔 %s 元", sums.paid, yuan);
    if (sums.unpaid > 0)
        str_printf(&text, "，另有 %zu 笔不能发", sums.unpaid);
    free(yuan);
    return str_take(&text);
}

static void set_hash(Rec__Payroll *payroll)
{
    if (payroll->hash.data == NULL)
        payroll->hash.data = mem_new(DIGEST_SIZE);
    payroll->hash.len = DIGEST_SIZE;
    payroll_hash(payroll, payroll->hash.data);
}

// ---- making

/** The number of the next version; refused once one is confirmed. */
static enum result next_version(struct usecase *usecase, const struct payroll_key *key,
                                uint32_t *ret_version)
{
    Rec__Payroll *last = NULL;
    enum result result = store_payroll_get(usecase->txn, key->street, key->kind, key->month, &last);

    if (result == RESULT_NOTFOUND) {
        *ret_version = 1;
        return RESULT_OK;
    }
    if (result != 0)
        return result;
    if (payroll_is_confirmed(last))
        result = reply_say(usecase->reply, RESULT_CLOSED,
                           "这个月的花名册已确认（第 %" PRIu32
                           " 版），不能重做；漏发的下月补发，多发的见多发清单。",
                           last->version);
    *ret_version = last->version + 1;
    rec__payroll__free_unpacked(last, NULL);
    return result;
}

/** What this roster does not carry, because nobody has said which line it was. New string. */
static char *words_of_doubts(size_t doubts)
{
    return doubts == 0 ? mem_copy("")
                       : mem_printf("以前有 %zu 笔银行退回待认，认定后才补发。", doubts);
}

static enum result put_roster(struct usecase *usecase, const struct job *job,
                              struct payroll_lines *lines)
{
    Rec__Payroll *payroll = mem_new(sizeof *payroll);
    char month[MONTH_TEXT];

    rec__payroll__init(payroll);
    record_set(&payroll->area, job->key.street);
    record_set(&payroll->kind, job->key.kind);
    record_set(&payroll->made_by, usecase->caller->officer);
    payroll->month = job->key.month;
    payroll->version = job->version;
    payroll->made_at = usecase->now;
    payroll->n_lines = lines->count;
    payroll->lines = lines->items;
    size_t doubts = lines->doubts;
    *lines = (struct payroll_lines){0};
    set_hash(payroll);
    enum result result = store_payroll_put(usecase->txn, payroll);
    char *words = words_of(payroll);
    char *warning = words_of_doubts(doubts);
    set_number(usecase, "version", payroll->version);
    set_number(usecase, "lines", payroll->n_lines);
    set_number(usecase, "unpaid", payroll_add_up(payroll).unpaid);
    event_add_note(usecase, "制表第 %" PRIu32 " 版：%s", payroll->version, words);
    if (result == 0)
        reply_say(usecase->reply, RESULT_OK,
                  "%s%s %s花名册第 %" PRIu32 " 版：%s。%s请核对后由另一人确认。",
                  service_area_name(usecase->service, job->key.street),
                  month_format(payroll->month, month), job->key.form->brief, payroll->version,
                  words, warning);
    free(warning);
    free(words);
    rec__payroll__free_unpacked(payroll, NULL);
    return result;
}

static enum result make_body(struct usecase *usecase, void *arg)
{
    struct job *job = arg;
    struct payroll_lines lines = {0};
    char month[MONTH_TEXT];

    name_roster(usecase, &job->key);
    if (job->key.month > month_of(usecase->today))
        return reply_say(usecase->reply, RESULT_INVALID, "%s 还没有到，不能制表，请选本月。",
                         month_format(job->key.month, month));
    enum result result = next_version(usecase, &job->key, &job->version);
    if (result == 0)
        result = payroll_lines_build(usecase, &job->key, &lines);
    if (result == 0 && lines.count == 0)
        result = reply_say(usecase->reply, RESULT_NOTFOUND, "这个镇街这个月没有人应发%s。",
                           job->key.form->brief);
    if (result == 0)
        result = put_roster(usecase, job, &lines);
    payroll_lines_free(&lines);
    return result;
}

enum result payroll_make(struct service *service, const struct caller *caller,
                         const struct payroll_query *query, struct reply *reply)
{
    struct job job = {0};
    enum result result = payroll_key_read(service, caller, query, &job.key, reply);

    return result != 0 ? result
                       : usecase_write(service, caller, ACTION_PAYROLL_MAKE, job.key.street,
                                       make_body, &job, reply);
}

// ---- confirming

/** What would be made now must be what stands there: nobody confirms a death away. */
static enum result compare_now(struct usecase *usecase, const struct payroll_key *key,
                               const Rec__Payroll *payroll)
{
    struct payroll_lines lines = {0};
    enum result result = payroll_lines_build(usecase, key, &lines);
    size_t differ = 0;

    for (size_t i = 0; result == 0 && i < lines.count && i < payroll->n_lines; i++)
        differ += !record_equal(lines.items[i], payroll->lines[i]);
    if (result == 0 && (differ > 0 || lines.count != payroll->n_lines))
        result = reply_say(usecase->reply, RESULT_CONFLICT,
                           "制表以后有变化（退出、死亡、金额或账号），请重新制表，核对后再确认。");
    payroll_lines_free(&lines);
    return result;
}

/** A raise that somebody decided is that officer's work, too. */
static enum result refuse_decider(struct usecase *usecase, const Rec__Payroll *payroll)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < payroll->n_lines && result == 0; i++)
        if (*payroll->lines[i]->decided_by != '\0')
            result = usecase_refuse_maker(usecase, payroll->lines[i]->decided_by,
                                          "这份花名册上有您决定的补差，须由另一人确认");
    return result;
}

static enum result check_confirmable(struct usecase *usecase, const struct job *job,
                                     const Rec__Payroll *payroll)
{
    if (payroll_is_confirmed(payroll))
        return reply_say(usecase->reply, RESULT_EXISTS,
                         "这份花名册已经确认，不能重做；补差的见补差清单。");
    if (job->version != 0 && job->version != payroll->version)
        return reply_say(usecase->reply, RESULT_CONFLICT,
                         "已有第 %" PRIu32 " 版，请看过最新的一版再确认。", payroll->version);
    if (!payroll_is_whole(payroll))
        return reply_say(usecase->reply, RESULT_CORRUPT,
                         "花名册与其校验值不符，请联系系统管理员。");
    enum result result =
        usecase_refuse_maker(usecase, payroll->made_by, "这份花名册是您做的，须由另一人确认");
    if (result == 0)
        result = refuse_decider(usecase, payroll);
    return result != 0 ? result : compare_now(usecase, &job->key, payroll);
}

static enum result confirm_body(struct usecase *usecase, void *arg)
{
    const struct job *job = arg;
    Rec__Payroll *payroll = NULL;

    name_roster(usecase, &job->key);
    enum result result = payroll_find(usecase, &job->key, 0, &payroll);
    if (result == 0)
        result = check_confirmable(usecase, job, payroll);
    if (result == 0) {
        record_set(&payroll->confirmed_by, usecase->caller->officer);
        payroll->confirmed_at = usecase->now;
        result = store_payroll_put(usecase->txn, payroll);
    }
    if (result == 0) {
        char *words = words_of(payroll);
        event_add_note(usecase, "确认第 %" PRIu32 " 版：%s", payroll->version, words);
        reply_say(usecase->reply, RESULT_OK, "已确认，从此不变：%s。", words);
        free(words);
    }
    if (payroll != NULL)
        rec__payroll__free_unpacked(payroll, NULL);
    return result;
}

enum result payroll_confirm(struct service *service, const struct caller *caller,
                            const struct payroll_query *query, struct reply *reply)
{
    struct job job = {.version = query->version};
    enum result result = payroll_key_read(service, caller, query, &job.key, reply);

    return result != 0 ? result
                       : usecase_write(service, caller, ACTION_PAYROLL_CONFIRM, job.key.street,
                                       confirm_body, &job, reply);
}
