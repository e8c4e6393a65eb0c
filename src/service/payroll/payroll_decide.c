/*
 * What a month of a confirmed roster is owed: an officer decides. A raise is confirmed with the roster
 * that pays it. No roster pays any other decision, so another officer confirms it by itself.
 */
#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "service/cases/benefit.h"
#include "service/frame/event.h"
#include "service/frame/reason.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"
#include "service/payroll/payroll_record.h"
#include "service/payroll/payroll_settle.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// ---- the month

/** A month of a case that is decided, or whose decision is confirmed. */
struct deciding {
    const char *case_no;
    month_t month;
    enum action action; /**< that the officer needs */
    enum result (*body)(struct usecase *usecase, struct deciding *deciding);
    const void *arg;     /**< of the body */
    Rec__Case *casefile; /**< owned */
    int64_t paid;        /**< what rosters paid for the month */
    struct payroll_settle settle;
};

static void deciding_free(struct deciding *deciding)
{
    payroll_settle_free(&deciding->settle);
    if (deciding->casefile != NULL)
        rec__case__free_unpacked(deciding->casefile, NULL);
    deciding->casefile = NULL;
}

static enum result find_case(struct usecase *usecase, const char *number, Rec__Case **ret_case)
{
    enum result result = store_case_by_number(usecase->txn, number, ret_case);

    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, RESULT_NOTFOUND, "没有编号为 %s 的个案，请核对编号。",
                         number);
    return result;
}

static enum result read_month(struct usecase *usecase, struct deciding *deciding,
                              const struct payroll_history *history)
{
    uint64_t id = deciding->casefile->id;
    const struct payroll_basis *basis = payroll_history_basis(history, id, deciding->month);
    const char *returned = NULL;
    char text[MONTH_TEXT];

    (void)month_format(deciding->month, text);
    if (basis == NULL)
        return reply_say(usecase->reply, RESULT_NOTFOUND,
                         "%s 没有确认过这个个案的金额，不用补差；没发过的下次花名册会带上。", text);
    deciding->paid = basis->fen + payroll_history_raised(history, id, deciding->month, &returned);
    enum result result =
        payroll_settle_read(usecase, deciding->casefile, deciding->month, basis, &deciding->settle);
    if (result == 0 && !deciding->settle.due)
        result = reply_say(usecase->reply, RESULT_INVALID, "%s 已不应发，见多发清单。", text);
    return result;
}

static enum result deciding_body(struct usecase *usecase, void *arg)
{
    struct deciding *deciding = arg;
    struct payroll_history history = {0};

    deciding_free(deciding); /* a body may run again */
    enum result result = find_case(usecase, deciding->case_no, &deciding->casefile);
    if (result == 0)
        result = usecase_allow(usecase, deciding->action, deciding->casefile->area);
    if (result != 0)
        return result;
    event_name_record(usecase, deciding->casefile->area, "case:%" PRIu64, deciding->casefile->id);
    struct payroll_key key = {
        .form = forms_get(service_forms(usecase->service), deciding->casefile->kind)};
    if (key.form == NULL || !benefit_has(usecase->service, deciding->casefile->kind))
        return reply_say(usecase->reply, RESULT_USAGE, "%s 这项业务不发钱，请选有待遇的业务。",
                         deciding->case_no);
    key.kind = key.form->kind;
    result = payroll_history_read(usecase, &key, &history);
    if (result == 0)
        result = read_month(usecase, deciding, &history);
    if (result == 0)
        result = deciding->body(usecase, deciding);
    payroll_history_free(&history);
    return result;
}

static enum result run_deciding(struct service *service, const struct caller *caller,
                                const char *month, struct deciding *deciding, struct reply *reply)
{
    enum result result = rows_query_month(service, month, &deciding->month, reply);

    if (result == 0)
        result =
            usecase_write(service, caller, deciding->action, NULL, deciding_body, deciding, reply);
    deciding_free(deciding);
    return result;
}

// ---- deciding

static void add_settled(struct usecase *usecase, struct deciding *deciding, int64_t owed)
{
    const struct payroll_decision *decision = deciding->arg;
    const struct payroll_settle *settle = &deciding->settle;
    Rec__Case *casefile = deciding->casefile;
    Rec__Settled *settled = mem_new(sizeof *settled);

    rec__settled__init(settled);
    settled->month = deciding->month;
    settled->owed = owed;
    settled->computed = settle->known ? settle->today : 0;
    settled->at = usecase->now;
    settled->keep = decision->keep;
    settled->asks = owed <= deciding->paid;
    record_set(&settled->why, decision->why);
    record_set(&settled->by, usecase->caller->officer);
    casefile->settled =
        mem_resize(casefile->settled, casefile->n_settled + 1, sizeof(Rec__Settled *));
    casefile->settled[casefile->n_settled++] = settled;
}

static enum result say_decided(struct usecase *usecase, int64_t owed, int64_t paid)
{
    char *yuan = text_from_fen(owed > paid ? owed - paid : paid - owed);

    if (owed > paid)
        reply_say(usecase->reply, RESULT_OK, "已记下，下一份花名册补发 %s 元，须由另一人确认。",
                  yuan);
    else if (owed < paid)
        reply_say(usecase->reply, RESULT_OK,
                  "已记下，多发 %s 元；另一人在补差清单上确认后才列入多发清单。", yuan);
    else
        reply_say(usecase->reply, RESULT_OK,
                  "已记下，按已发的金额不补不退；另一人在补差清单上确认后才算数。");
    free(yuan);
    return RESULT_OK;
}

/** What needs no decision is said, and not written down. */
static enum result check_needed(struct usecase *usecase, const struct deciding *deciding)
{
    const struct payroll_decision *decision = deciding->arg;
    const struct payroll_settle *settle = &deciding->settle;
    char text[MONTH_TEXT];

    (void)month_format(deciding->month, text);
    if (!settle->known && !decision->keep)
        return reply_say(usecase->reply, RESULT_INVALID, "%s 的金额算不出来：%s。请先补齐。", text,
                         settle->why);
    if (settle->how == SETTLED_SAME && settle->pending == NULL)
        return reply_say(usecase->reply, RESULT_INVALID, "%s 现在算的和已发的一样，不用决定。",
                         text);
    if (decision->keep || settle->owed != settle->today || settle->pending != NULL)
        return RESULT_OK;
    if (settle->how == SETTLED_STANDARD)
        return reply_say(usecase->reply, RESULT_INVALID,
                         settle->owed > deciding->paid
                             ? "%s 只是标准变了，下一份花名册会补发，不用决定。"
                             : "%s 只是标准变了，已按现在的算，不用决定。",
                         text);
    return settle->how == SETTLED_DECIDED
               ? reply_say(usecase->reply, RESULT_INVALID, "%s 已决定按现在的算，不用再定。", text)
               : RESULT_OK;
}

static enum result decide_month(struct usecase *usecase, struct deciding *deciding)
{
    const struct payroll_decision *decision = deciding->arg;
    int64_t owed = decision->keep ? deciding->paid : deciding->settle.today;
    char text[MONTH_TEXT];
    enum result result = check_needed(usecase, deciding);

    if (result != 0)
        return result;
    add_settled(usecase, deciding, owed);
    result = store_case_put(usecase->txn, deciding->casefile);
    if (result != 0)
        return result;
    char *before = text_from_fen(deciding->paid);
    char *after = text_from_fen(owed);
    event_add_change(usecase, month_format(deciding->month, text), before, after);
    event_add_note(usecase, "%s：%s", decision->keep ? "按已发的不变" : "按现在算的",
                   decision->why);
    free(before);
    free(after);
    return say_decided(usecase, owed, deciding->paid);
}

enum result payroll_decide(struct service *service, const struct caller *caller,
                           const struct payroll_decision *decision, struct reply *reply)
{
    struct deciding deciding = {.case_no = decision->case_no,
                                .action = ACTION_PAYROLL_MAKE,
                                .body = decide_month,
                                .arg = decision};

    reply_free(reply);
    if (*decision->month == '\0')
        return reply_say(reply, RESULT_USAGE, "请指明补哪个月（--month），如 2026-10。");
    enum result result = reason_check("reason", decision->why, "请写明为什么这样定", reply);
    return result != 0 ? result : run_deciding(service, caller, decision->month, &deciding, reply);
}

// ---- confirming what another officer decided

/** What was decided then must be what is confirmed now. */
static bool is_as_decided(const struct deciding *deciding, const Rec__Settled *pending)
{
    const struct payroll_settle *settle = &deciding->settle;

    return pending->owed == (pending->keep ? deciding->paid : settle->today) &&
           pending->computed == (settle->known ? settle->today : 0);
}

static enum result settle_pending(struct usecase *usecase, struct deciding *deciding,
                                  Rec__Settled *pending)
{
    const struct payroll_settlement *settlement = deciding->arg;
    char text[MONTH_TEXT];

    (void)month_format(deciding->month, text);
    if (settlement->refuse) {
        record_set(&pending->refused_by, usecase->caller->officer);
        record_set(&pending->refused_why, settlement->why);
        event_add_note(usecase, "退回 %s 的决定：%s", text, settlement->why);
        return reply_say(usecase->reply, RESULT_OK, "已退回，%s 仍待决定。", text);
    }
    if (!is_as_decided(deciding, pending))
        return reply_say(usecase->reply, RESULT_CONFLICT,
                         "决定以后金额又变了，请退回，按现在的重新决定。");
    record_set(&pending->confirmed_by, usecase->caller->officer);
    pending->confirmed_at = usecase->now;
    event_add_note(usecase, "确认 %s 的决定：%s", text, pending->why);
    return reply_say(usecase->reply, RESULT_OK, "已确认，%s %s。", text,
                     pending->keep ? "按已发的金额，不补不退" : "按现在的算，多发的列入多发清单");
}

static enum result confirm_month(struct usecase *usecase, struct deciding *deciding)
{
    Rec__Settled *pending = payroll_settle_pending(deciding->casefile, deciding->month);
    char text[MONTH_TEXT];

    if (pending == NULL)
        return reply_say(usecase->reply, RESULT_NOTFOUND, "%s 没有待确认的决定，请按 Ctrl+R 重取。",
                         month_format(deciding->month, text));
    enum result result =
        usecase_refuse_maker(usecase, pending->by, "这个决定是您做的，须由另一人确认");
    if (result == 0)
        result = settle_pending(usecase, deciding, pending);
    return result != 0 ? result : store_case_put(usecase->txn, deciding->casefile);
}

enum result payroll_settle(struct service *service, const struct caller *caller,
                           const struct payroll_settlement *settlement, struct reply *reply)
{
    struct deciding deciding = {.case_no = settlement->case_no,
                                .action = ACTION_PAYROLL_CONFIRM,
                                .body = confirm_month,
                                .arg = settlement};
    enum result result = RESULT_OK;

    reply_free(reply);
    if (*settlement->month == '\0')
        return reply_say(reply, RESULT_USAGE, "请指明是哪个月的决定（--month），如 2026-10。");
    if (settlement->refuse)
        result = reason_check("reason", settlement->why, "请写明为什么退回", reply);
    return result != 0 ? result
                       : run_deciding(service, caller, settlement->month, &deciding, reply);
}
