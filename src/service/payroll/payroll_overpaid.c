/*
 * What confirmed rosters paid for months that, as is known today, were owed less or nothing: a death
 * or an exit that was entered too late, a member of the household who was dead, a standard that was
 * lowered, an officer's decision.
 */
#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "base/text.h"
#include "service/cases/benefit.h"
#include "service/cases/merge.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"
#include "service/payroll/payroll_settle.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/** A case with what was paid too much. */
struct overpaid {
    uint64_t case_id;
    char *kind, *case_no, *name, *id_no, *area, *why;
    struct str months;
    int64_t paid, owed;
};

enum { KINDS_MOST = 64 };
struct history_of_kind {
    const char *kind; /**< the catalogue's */
    struct payroll_history history;
};

struct overpaid_job {
    struct usecase *usecase;
    const struct payroll_query *query;
    struct settled_stamp stamp;
    char area[AREA_TEXT];
    size_t count, capacity;
    struct overpaid *items;
    struct sheet *sheet;
    struct merge_gone_cases gone;
    size_t history_count;
    struct history_of_kind histories[KINDS_MOST]; /**< of the programmes met so far */
    Rec__Case *casefile; /**< read last: lines of a case often follow one another */
};

static void free_items(struct overpaid_job *job)
{
    for (size_t i = 0; i < job->count; i++) {
        struct overpaid *item = &job->items[i];
        free(item->kind);
        free(item->case_no);
        free(item->name);
        free(item->id_no);
        free(item->area);
        free(item->why);
        str_free(&item->months);
    }
    for (size_t i = 0; i < job->history_count; i++)
        payroll_history_free(&job->histories[i].history);
    job->history_count = 0;
    free(job->items);
    job->items = NULL;
    job->count = job->capacity = 0;
    if (job->casefile != NULL)
        rec__case__free_unpacked(job->casefile, NULL);
    job->casefile = NULL;
    free(job->gone.items);
    job->gone = (struct merge_gone_cases){0};
}

static struct overpaid *item_of(struct overpaid_job *job, const Rec__Payroll *payroll,
                                const Rec__PayrollLine *line)
{
    for (size_t i = 0; i < job->count; i++)
        if (job->items[i].case_id == line->case_id)
            return &job->items[i];
    mem_grow((void **)&job->items, job->count, &job->capacity, sizeof *job->items);
    struct overpaid *item = &job->items[job->count++];
    *item = (struct overpaid){
        .case_id = line->case_id,
        .kind = mem_copy(payroll->kind),
        .case_no = mem_copy(line->case_no),
        .name = mem_copy(line->name),
        .id_no = mem_copy(line->id_no),
        .area = mem_copy(line->area),
    };
    return item;
}

/** What was paid for the month, with what it lacked at first, and what it is owed today. */
struct judging {
    int64_t paid, owed;
    char *why;                    /**< owned */
    bool plain;                   /**< payroll_settle_is_plain() */
    struct benefit_people people; /**< on whom that rests; owned */
};

/** A withdrawn case may have two lines of a month: one, and what it lacked. */
static void add_month(struct overpaid_job *job, const Rec__Payroll *payroll,
                      const Rec__PayrollLine *line, const struct judging *judging)
{
    struct overpaid *item = item_of(job, payroll, line);
    char month[MONTH_TEXT];

    (void)month_format(line->month, month);
    if (strstr(str_text(&item->months), month) == NULL)
        str_printf(&item->months, "%s%s", item->months.length > 0 ? "、" : "", month);
    item->paid += judging->paid;
    item->owed += judging->owed;
    mem_replace(&item->why, judging->why != NULL ? judging->why : "");
}

/** What all rosters of a programme say; read once. */
static enum result history_of(struct overpaid_job *job, const char *kind,
                              const struct payroll_history **ret_history)
{
    struct payroll_key key = {.form = forms_get(service_forms(job->usecase->service), kind)};

    for (size_t i = 0; i < job->history_count; i++)
        if (strcmp(job->histories[i].kind, kind) == 0) {
            *ret_history = &job->histories[i].history;
            return RESULT_OK;
        }
    if (job->history_count == KINDS_MOST)
        return RESULT_FULL;
    key.kind = key.form->kind;
    struct history_of_kind *read = &job->histories[job->history_count];
    enum result result = payroll_history_read(job->usecase, &key, &read->history);
    if (result == 0) {
        read->kind = key.kind;
        job->history_count++;
        *ret_history = &read->history;
    }
    return result;
}

// ---- a line against the facts of today

/** When the head, the subject or a covered member died before the month; NULL if nobody did. New
 *  string. */
static enum result find_dead(struct usecase *usecase, const Rec__Case *casefile, month_t month,
                             char **ret_why)
{
    size_t count = casefile->n_members > 0 ? casefile->n_members : 1;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < count && result == 0 && *ret_why == NULL; i++) {
        const Rec__Member *member = casefile->n_members > 0 ? casefile->members[i] : NULL;
        Rec__Person *person = NULL;
        char day[DATE_TEXT];
        if (member != NULL && !member->covered)
            continue;
        result = store_person_get(usecase->txn, member != NULL ? member->person : casefile->person,
                                  &person);
        if (result != 0)
            break;
        if (person->death != 0 && month_of(person->death) < month)
            *ret_why = mem_printf("%s 已于 %s 死亡", person->name, date_format(person->death, day));
        rec__person__free_unpacked(person, NULL);
    }
    return result;
}

static char *words_of_end(const Rec__Case *casefile)
{
    char day[DATE_TEXT];

    if (casefile->closed_on != 0)
        return mem_printf("%s %s", casefile->exit_reason, date_format(casefile->closed_on, day));
    return mem_printf("纳入日期 %s，或过了末领月", date_format(casefile->since, day));
}

/** A household in two cases was paid once if only one of them was, whichever it was. */
static enum result was_paid_once(struct overpaid_job *job, month_t month, bool *ret_once)
{
    uint64_t kept = merge_gone_case_find(&job->gone, job->casefile->id);
    const struct payroll_history *history = NULL;
    enum result result = RESULT_OK;

    *ret_once = false;
    if (kept == job->casefile->id)
        return RESULT_OK;
    result = history_of(job, job->casefile->kind, &history);
    *ret_once = result == 0 && !payroll_history_paid(history, kept, month);
    return result;
}

/** Only what has a date can be judged for a month that is past: an exit, a first day, a death, a
 *  standard; and what somebody decided. Other facts of that month are not known any more. */
static enum result judge_month(struct overpaid_job *job, month_t month,
                               const struct payroll_basis *basis, struct judging *judging)
{
    struct payroll_settle settle = {0};
    enum result result = payroll_settle_read(job->usecase, job->casefile, month, basis, &settle);
    bool raised = judging->paid > basis->fen;
    bool once = false;

    if (result == 0 && !settle.due) {
        judging->why = words_of_end(job->casefile);
        result = was_paid_once(job, month, &once);
    }
    if (result == 0 && settle.due)
        result = find_dead(job->usecase, job->casefile, month, &judging->why);
    if (result != 0 || !settle.due) {
        judging->owed = once ? judging->paid : 0;
    } else if (*settle.decided_by != '\0' || settle.how == SETTLED_STANDARD) {
        judging->owed = settle.owed;
        mem_replace(&judging->why, settle.why);
    } else if (judging->why != NULL && settle.known && settle.today < judging->paid) {
        judging->owed = settle.today;
    } else if (settle.how == SETTLED_SAME && raised &&
               !payroll_settle_may_differ(job->usecase, job->casefile, month, basis)) {
        judging->owed = settle.owed;
        mem_replace(&judging->why, "补差以后，标准改回来了");
    } else {
        judging->owed = judging->paid;
    }
    judging->plain = result == 0 && payroll_settle_is_plain(&settle);
    judging->people = settle.people;
    settle.people = (struct benefit_people){0};
    payroll_settle_free(&settle);
    return result;
}

/** A line, and what all rosters say of its month. */
struct line_of {
    const Rec__Payroll *payroll;
    const Rec__PayrollLine *line;
    const struct payroll_basis *basis; /**< NULL = none that is known */
    int64_t raised;
    bool main_paid;
    bool plain; /**< it is all that was paid for the month */
    struct settled_month month;
};

static enum result look_up(struct overpaid_job *job, struct line_of *of)
{
    const Rec__PayrollLine *line = of->line;
    const struct payroll_history *history = NULL;
    const char *returned = NULL;
    enum result result = history_of(job, of->payroll->kind, &history);

    if (result != 0)
        return result;
    of->basis = payroll_history_basis(history, line->case_id, line->month);
    of->main_paid = payroll_history_find(history, line->case_id, line->month) == PAYROLL_PAID;
    of->raised = payroll_history_raised(history, line->case_id, line->month, &returned);
    of->plain =
        !line->raise && of->raised == 0 && of->basis != NULL && of->basis->fen == line->total;
    if (of->basis != NULL)
        of->month = payroll_settle_month(line->case_id, line->month, of->basis, of->raised);
    return RESULT_OK;
}

static void remember(const struct overpaid_job *job, const struct line_of *of,
                     const struct judging *judging)
{
    if (of->plain && judging->plain && judging->owed >= judging->paid)
        settled_remember(job->usecase->service, &job->stamp, &of->month, SETTLED_NOT_OVERPAID,
                         judging->people.ids, judging->people.count);
}

/** A raise is judged with the line that it belongs to, if that one was paid. */
static enum result judge_line(struct overpaid_job *job, const struct line_of *of)
{
    const Rec__PayrollLine *line = of->line;
    struct judging judging = {.paid = line->total};
    struct payroll_basis alone = {.fen = line->total, .known = true, .standards = ""};

    if (line->raise && of->main_paid)
        return RESULT_OK;
    if (!line->raise)
        judging.paid += of->raised;
    enum result result =
        judge_month(job, line->month, of->basis != NULL ? of->basis : &alone, &judging);
    if (result == 0 && judging.owed < judging.paid)
        add_month(job, of->payroll, line, &judging);
    if (result == 0)
        remember(job, of, &judging);
    free(judging.people.ids);
    free(judging.why);
    return result;
}

/** The case of a line; RESULT_NOTFOUND if it was withdrawn. */
static enum result take_case(struct overpaid_job *job, uint64_t case_id)
{
    if (job->casefile != NULL && job->casefile->id == case_id)
        return RESULT_OK;
    if (job->casefile != NULL)
        rec__case__free_unpacked(job->casefile, NULL);
    job->casefile = NULL;
    return store_case_get(job->usecase->txn, case_id, &job->casefile);
}

static enum result read_line(struct overpaid_job *job, const Rec__Payroll *payroll, size_t index)
{
    struct service *service = job->usecase->service;
    const Rec__PayrollLine *line = payroll->lines[index];
    struct line_of of = {.payroll = payroll, .line = line};
    bool has = benefit_has(service, payroll->kind);

    if (*line->why != '\0' || payroll_returned(payroll, index) != NULL)
        return RESULT_OK;
    enum result result = has ? look_up(job, &of) : RESULT_OK;
    if (result != 0 ||
        (of.plain && (settled_recall(service, &of.month) & SETTLED_NOT_OVERPAID) != 0))
        return result;
    result = take_case(job, line->case_id);
    if (result == RESULT_NOTFOUND) {
        struct judging judging = {.paid = line->total, .why = mem_copy("个案已撤销")};
        add_month(job, payroll, line, &judging);
        free(judging.why);
        return RESULT_OK;
    }
    return result != 0 || !has ? result : judge_line(job, &of);
}

static enum result read_roster(const Rec__Payroll *payroll, void *arg)
{
    struct overpaid_job *job = arg;
    enum result result = RESULT_OK;

    if (!payroll_is_confirmed(payroll) ||
        (*job->query->kind != '\0' && strcmp(job->query->kind, payroll->kind) != 0))
        return RESULT_OK;
    for (size_t i = 0; i < payroll->n_lines && result == 0; i++)
        result = read_line(job, payroll, i);
    return result;
}

// ---- the list

static void write_item(struct overpaid_job *job, const struct overpaid *item)
{
    struct sheet *sheet = job->sheet;
    const struct service *service = job->usecase->service;
    size_t row = sheet_add_row(sheet);
    char *id_no = job->query->full ? mem_copy(item->id_no) : text_mask_id(item->id_no);

    sheet_set(sheet, row, "case_no", item->case_no);
    sheet_set(sheet, row, "name", item->name);
    sheet_set(sheet, row, "id_no", id_no);
    sheet_set(sheet, row, "area", item->area);
    sheet_set(sheet, row, "area_name", service_area_name(service, item->area));
    sheet_set(sheet, row, "kind", item->kind);
    sheet_set(sheet, row, "kind_name", rows_kind_name(service, item->kind));
    sheet_set(sheet, row, "months", str_text(&item->months));
    payroll_set_fen(sheet, row, "paid", true, item->paid);
    payroll_set_fen(sheet, row, "overpaid", true, item->paid - item->owed);
    sheet_set(sheet, row, "why", item->why);
    sheet_setf(sheet, row, "case_id", "%" PRIu64, item->case_id);
    rows_mark_secret(service, item->kind, sheet);
    free(id_no);
}

static enum result overpaid_body(struct usecase *usecase, void *arg)
{
    struct overpaid_job *job = arg;
    char prefix[AREA_TEXT];
    int64_t sum = 0;

    area_prefix(job->area, prefix);
    sheet_free(&job->sheet);
    free_items(job);
    job->usecase = usecase;
    enum result result = merge_gone_cases_load(usecase, &job->gone);
    if (result == 0)
        result = store_payroll_scan(usecase->txn, prefix, "", read_roster, job);
    job->sheet = column_sheet(&COLUMNS_OVERPAID);
    for (size_t i = 0; i < job->count && result == 0; i++) {
        write_item(job, &job->items[i]);
        sum += job->items[i].paid - job->items[i].owed;
    }
    if (result == 0) {
        char *yuan = text_from_fen(sum);
        reply_say(usecase->reply, RESULT_OK, "多发 %zu 户（人），共 %s 元。", job->count, yuan);
        free(yuan);
    }
    return result;
}

enum result payroll_overpaid(struct service *service, const struct caller *caller,
                             const struct payroll_query *query, struct sheet **ret_sheet,
                             struct reply *reply)
{
    struct overpaid_job job = {.query = query, .stamp = settled_stamp(service)};
    enum result result = rows_query_area(service, caller, query->area, job.area, reply);

    if (result == 0)
        result = rows_query_kind(service, query->kind, reply);
    if (result == 0)
        result = service_check(service, caller, ACTION_PAYROLL_LIST, job.area, reply);
    if (result == 0)
        result = usecase_read(service, caller, query->full ? ACTION_PRINT : ACTION_PAYROLL_LIST,
                              job.area, overpaid_body, &job, reply);
    free_items(&job);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
