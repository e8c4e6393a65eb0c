/*
 * Months whose roster is confirmed and whose amount is another one today: as a list, and decided.
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

// ---- the list

struct raises_job {
    struct usecase *usecase;
    const struct payroll_query *query;
    bool all;
    char area[AREA_TEXT];
    struct payroll_history history; /**< of the programme that is read */
    struct sheet *sheet;
    size_t undecided;
};

/** A case whose months are read. */
struct raises_case {
    struct raises_job *job;
    const Rec__Case *casefile;
};

/** "" = not for this list. */
static const char *state_of(const struct payroll_settle *settle, int64_t paid, bool all)
{
    bool decided = settle->how == SETTLED_DECIDED;

    if (settle->how == SETTLED_SAME || !settle->due)
        return "";
    if ((decided || settle->how == SETTLED_STANDARD) && settle->owed > paid)
        return "下次补发";
    if ((decided || settle->how == SETTLED_STANDARD) && settle->owed < paid)
        return "已列多发";
    if (settle->how == SETTLED_UNCLEAR && (!settle->known || settle->today != paid))
        return "待决定";
    if (decided && settle->today != paid)
        return all ? "决定不变" : "";
    return all && settle->how == SETTLED_LATER ? "次月起" : "";
}

static enum result write_name(struct raises_job *job, const Rec__Case *casefile, size_t row)
{
    Rec__Person *person = NULL;
    enum result result = store_person_get(job->usecase->txn, casefile->person, &person);

    if (result != 0)
        return result;
    char *id_no = job->query->full ? mem_copy(person->id_no) : text_mask_id(person->id_no);
    sheet_set(job->sheet, row, "name", person->name);
    sheet_set(job->sheet, row, "id_no", id_no);
    free(id_no);
    rec__person__free_unpacked(person, NULL);
    return RESULT_OK;
}

static enum result write_month(const struct raises_case *of, month_t month, int64_t paid,
                               const struct payroll_settle *settle, const char *state)
{
    struct raises_job *job = of->job;
    const Rec__Case *casefile = of->casefile;
    const struct service *service = job->usecase->service;
    struct sheet *sheet = job->sheet;
    size_t row = sheet_add_row(sheet);
    char text[MONTH_TEXT];
    char *by = rows_officer_name(job->usecase, settle->decided_by);

    sheet_set(sheet, row, "case_no", casefile->number);
    sheet_set(sheet, row, "area", casefile->area);
    sheet_set(sheet, row, "area_name", service_area_name(service, casefile->area));
    sheet_set(sheet, row, "kind", casefile->kind);
    sheet_set(sheet, row, "kind_name", rows_kind_name(service, casefile->kind));
    sheet_set(sheet, row, "month", month_format(month, text));
    payroll_set_fen(sheet, row, "paid", true, paid);
    payroll_set_fen(sheet, row, "now", settle->known, settle->today);
    payroll_set_fen(sheet, row, "difference", settle->known, settle->today - paid);
    sheet_set(sheet, row, "state", state);
    sheet_set(sheet, row, "why", settle->why != NULL ? settle->why : "");
    sheet_set(sheet, row, "decided_by", by);
    sheet_setf(sheet, row, "case_id", "%" PRIu64, casefile->id);
    rows_mark_secret(service, casefile->kind, sheet);
    free(by);
    return write_name(job, casefile, row);
}

static enum result read_month(month_t month, const struct payroll_basis *basis, void *arg)
{
    const struct raises_case *of = arg;
    struct payroll_settle settle = {0};
    const char *returned = NULL;
    int64_t paid =
        basis->fen + payroll_history_raised(&of->job->history, of->casefile->id, month, &returned);
    enum result result = payroll_settle_read(of->job->usecase, of->casefile, month, basis, &settle);

    if (result == 0) {
        const char *state = state_of(&settle, paid, of->job->all);
        of->job->undecided += settle.how == SETTLED_UNCLEAR && *state != '\0';
        if (*state != '\0')
            result = write_month(of, month, paid, &settle, state);
    }
    payroll_settle_free(&settle);
    return result;
}

static enum result read_case(const Rec__Case *casefile, void *arg)
{
    struct raises_job *job = arg;
    struct raises_case of = {.job = job, .casefile = casefile};

    return payroll_history_months(&job->history, casefile->id, read_month, &of);
}

static enum result read_kind(struct raises_job *job, const struct form *form)
{
    struct payroll_key key = {.kind = form->kind, .form = form};
    char prefix[AREA_TEXT];
    enum result result = payroll_history_read(job->usecase, &key, &job->history);

    area_prefix(job->area, prefix);
    if (result == 0)
        result = store_case_of_area(job->usecase->txn, prefix, form->kind, NULL, read_case, job);
    payroll_history_free(&job->history);
    return result;
}

static enum result raises_body(struct usecase *usecase, void *arg)
{
    struct raises_job *job = arg;
    const struct form *form;
    enum result result = RESULT_OK;

    sheet_free(&job->sheet);
    job->sheet = column_sheet(&COLUMNS_RAISES);
    job->usecase = usecase;
    job->undecided = 0;
    for (size_t i = 0;
         result == 0 && (form = forms_programme(service_forms(usecase->service), i)) != NULL; i++)
        if (benefit_has(usecase->service, form->kind) &&
            (*job->query->kind == '\0' || strcmp(job->query->kind, form->kind) == 0))
            result = read_kind(job, form);
    if (result == 0)
        reply_say(usecase->reply, RESULT_OK, "%zu 笔待决定。", job->undecided);
    return result;
}

enum result payroll_raises(struct service *service, const struct caller *caller,
                           const struct payroll_query *query, bool all, struct sheet **ret_sheet,
                           struct reply *reply)
{
    struct raises_job job = {.query = query, .all = all};
    enum result result = rows_query_area(service, caller, query->area, job.area, reply);

    if (result == 0)
        result = rows_query_kind(service, query->kind, reply);
    if (result == 0)
        result = service_check(service, caller, ACTION_PAYROLL_LIST, job.area, reply);
    if (result == 0)
        result = usecase_read(service, caller, query->full ? ACTION_PRINT : ACTION_PAYROLL_LIST,
                              job.area, raises_body, &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}

// ---- deciding

struct decide_job {
    const struct payroll_decision *decision;
    month_t month;
    Rec__Case *casefile;
};

static void add_settled(struct usecase *usecase, struct decide_job *job, int64_t owed,
                        int64_t computed)
{
    Rec__Case *casefile = job->casefile;
    Rec__Settled *settled = mem_new(sizeof *settled);

    rec__settled__init(settled);
    settled->month = job->month;
    settled->owed = owed;
    settled->computed = computed;
    settled->at = usecase->now;
    record_set(&settled->why, job->decision->why);
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
        reply_say(usecase->reply, RESULT_OK, "已记下，多发 %s 元列入多发清单。", yuan);
    else
        reply_say(usecase->reply, RESULT_OK, "已记下，按已发的金额，不补不退。");
    free(yuan);
    return RESULT_OK;
}

static enum result settle_case(struct usecase *usecase, struct decide_job *job,
                               const struct payroll_history *history)
{
    const struct payroll_basis *basis =
        payroll_history_basis(history, job->casefile->id, job->month);
    struct payroll_settle settle = {0};
    const char *returned = NULL;
    char text[MONTH_TEXT];

    (void)month_format(job->month, text);
    if (basis == NULL)
        return reply_say(usecase->reply, RESULT_NOTFOUND,
                         "%s 没有确认过这个个案的金额，不用补差；没发过的下次花名册会带上。", text);
    int64_t paid =
        basis->fen + payroll_history_raised(history, job->casefile->id, job->month, &returned);
    enum result result = payroll_settle_read(usecase, job->casefile, job->month, basis, &settle);
    if (result == 0 && !settle.due)
        result = reply_say(usecase->reply, RESULT_INVALID, "%s 已不应发，见多发清单。", text);
    if (result == 0 && !settle.known && !job->decision->keep)
        result = reply_say(usecase->reply, RESULT_INVALID, "%s 的金额算不出来：%s。请先补齐。",
                           text, settle.why);
    int64_t owed = job->decision->keep ? paid : settle.today;
    if (result == 0) {
        add_settled(usecase, job, owed, settle.known ? settle.today : 0);
        result = store_case_put(usecase->txn, job->casefile);
    }
    if (result == 0) {
        char *before = text_from_fen(paid);
        char *after = text_from_fen(owed);
        event_add_change(usecase, text, before, after);
        event_add_note(usecase, "%s：%s", job->decision->keep ? "按已发的不变" : "按现在算的",
                       job->decision->why);
        free(before);
        free(after);
        result = say_decided(usecase, owed, paid);
    }
    payroll_settle_free(&settle);
    return result;
}

static enum result find_case(struct usecase *usecase, const char *number, Rec__Case **ret_case)
{
    enum result result = store_case_by_number(usecase->txn, number, ret_case);

    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, RESULT_NOTFOUND, "没有编号为 %s 的个案，请核对编号。",
                         number);
    return result;
}

static enum result decide_body(struct usecase *usecase, void *arg)
{
    struct decide_job *job = arg;
    struct payroll_history history = {0};

    if (job->casefile != NULL) /* a body may run again */
        rec__case__free_unpacked(job->casefile, NULL);
    job->casefile = NULL;
    enum result result = find_case(usecase, job->decision->case_no, &job->casefile);
    if (result == 0)
        result = usecase_allow(usecase, ACTION_PAYROLL_MAKE, job->casefile->area);
    if (result != 0)
        return result;
    event_name_record(usecase, job->casefile->area, "case:%" PRIu64, job->casefile->id);
    struct payroll_key key = {.form =
                                  forms_get(service_forms(usecase->service), job->casefile->kind)};
    if (key.form == NULL || !benefit_has(usecase->service, job->casefile->kind))
        return reply_say(usecase->reply, RESULT_USAGE, "%s 这项业务不发钱。",
                         job->decision->case_no);
    key.kind = key.form->kind;
    result = payroll_history_read(usecase, &key, &history);
    if (result == 0)
        result = settle_case(usecase, job, &history);
    payroll_history_free(&history);
    return result;
}

enum result payroll_decide(struct service *service, const struct caller *caller,
                           const struct payroll_decision *decision, struct reply *reply)
{
    struct decide_job job = {.decision = decision};

    reply_free(reply);
    if (*decision->month == '\0')
        return reply_say(reply, RESULT_USAGE, "请指明补哪个月（--month），如 2026-10。");
    enum result result = reason_check("reason", decision->why, "请写明为什么这样定", reply);
    if (result == 0)
        result = rows_query_month(service, decision->month, &job.month, reply);
    if (result == 0)
        result =
            usecase_write(service, caller, ACTION_PAYROLL_MAKE, NULL, decide_body, &job, reply);
    if (job.casefile != NULL)
        rec__case__free_unpacked(job.casefile, NULL);
    return result;
}
