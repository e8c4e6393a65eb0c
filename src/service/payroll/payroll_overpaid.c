/*
 * What confirmed rosters paid for months that, as is known today, were owed less or nothing: a death
 * or an exit that was entered too late, a member of the household who was dead, a standard that was
 * lowered, an officer's decision.
 */
#include "service/payroll/payroll_overpaid.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "base/text.h"
#include "service/cases/benefit.h"
#include "service/cases/merge.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"
#include "service/payroll/payroll_kept.h"
#include "service/payroll/payroll_settle.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/** A case with what was paid too much. */
struct overpaid {
    uint64_t case_id;
    uint32_t source, line; /**< the first roster and line that has it */
    char *kind, *case_no, *name, *id_no, *area, *why;
    struct str months;
    int64_t paid, owed;
};

struct overpaid_job {
    struct usecase *usecase;
    const struct payroll_query *query;
    struct settled_stamp stamp;
    struct payroll_kept_stamp rosters;
    char area[AREA_TEXT];
    size_t count, capacity;
    struct overpaid *items;
    bool lists; /**< otherwise only judges */
    struct sheet *sheet;
    struct merge_gone_cases gone;
    const struct payroll_history *history;
    Rec__Case *casefile; /**< read last: the lines of a case follow one another */
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
    free(job->items);
    job->items = NULL;
    job->count = job->capacity = 0;
    if (job->casefile != NULL)
        rec__case__free_unpacked(job->casefile, NULL);
    job->casefile = NULL;
    free(job->gone.items);
    job->gone = (struct merge_gone_cases){0};
}

static struct overpaid *item_of(struct overpaid_job *job, const struct payroll_handed *handed)
{
    if (job->count > 0 && job->items[job->count - 1].case_id == handed->case_id)
        return &job->items[job->count - 1];
    mem_grow((void **)&job->items, job->count, &job->capacity, sizeof *job->items);
    struct overpaid *item = &job->items[job->count++];
    *item = (struct overpaid){
        .case_id = handed->case_id, .source = handed->source, .line = handed->line};
    return item;
}

/** What was paid for the month, with what it lacked at first, and what it is owed today. */
struct judging {
    int64_t paid, owed;
    char *why; /**< owned */
    bool due;
};

/** A withdrawn case may have two lines of a month: one, and what it lacked. */
static void add_month(struct overpaid_job *job, const struct payroll_handed *handed,
                      const struct judging *judging)
{
    char month[MONTH_TEXT];

    if (!job->lists)
        return;
    struct overpaid *item = item_of(job, handed);
    (void)month_format(handed->month, month);
    if (strstr(str_text(&item->months), month) == NULL)
        str_printf(&item->months, "%s%s", item->months.length > 0 ? "、" : "", month);
    item->paid += judging->paid;
    item->owed += judging->owed;
    mem_replace(&item->why, judging->why != NULL ? judging->why : "");
}

// ---- a line against the facts of today

/** A line, and what all rosters say of its month. */
struct line_of {
    const struct payroll_handed *handed;
    const struct payroll_basis *basis; /**< NULL = none that is known */
    int64_t raised;
    bool main_paid;
    struct settled_month month; /**< as it is remembered; only with a basis */
};

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
static bool was_paid_once(const struct overpaid_job *job, month_t month)
{
    uint64_t kept = merge_gone_case_find(&job->gone, job->casefile->id);

    return kept != job->casefile->id && !payroll_history_paid(job->history, kept, month);
}

/** Only what has a date can be judged for a month that is past: an exit, a first day, a death, a
 *  standard; and what somebody decided. Other facts of that month are not known any more. */
static enum result judge_month(struct overpaid_job *job, const struct line_of *of,
                               struct judging *judging)
{
    month_t month = of->handed->month;
    struct payroll_basis alone = {.fen = of->handed->fen, .known = true, .standards = ""};
    const struct payroll_basis *basis = of->basis != NULL ? of->basis : &alone;
    struct payroll_settle settle = {0};
    enum result result =
        of->basis != NULL ? payroll_settle_recall(job->usecase, job->casefile, &job->stamp,
                                                  &of->month, basis, &settle)
                          : payroll_settle_read(job->usecase, job->casefile, month, basis, &settle);
    bool raised = judging->paid > basis->fen;
    bool once = false;

    if (result == 0 && !settle.due) {
        judging->why = words_of_end(job->casefile);
        once = was_paid_once(job, month);
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
    judging->due = settle.due;
    payroll_settle_free(&settle);
    return result;
}

static struct line_of look_up(const struct overpaid_job *job, const struct payroll_handed *handed)
{
    const struct payroll_history *history = job->history;
    const char *returned = NULL;
    struct line_of of = {
        .handed = handed,
        .basis = payroll_history_basis(history, handed->case_id, handed->month),
        .main_paid = payroll_history_find(history, handed->case_id, handed->month) == PAYROLL_PAID,
        .raised = payroll_history_raised(history, handed->case_id, handed->month, &returned),
    };

    if (of.basis != NULL)
        of.month = payroll_settle_month(handed->case_id, handed->month, of.basis, of.raised);
    return of;
}

/** Whether it is the line whose amount the month has: then what is found of the month is found of it. */
static bool is_basis(const struct line_of *of)
{
    return of->basis != NULL && !of->handed->raise && of->basis->fen == of->handed->fen;
}

/** Whether the month was judged before, and nothing was paid too much. A raise is judged with its month. */
static bool is_known(const struct overpaid_job *job, const struct line_of *of)
{
    if (!is_basis(of) && !(of->basis != NULL && of->handed->raise && of->main_paid))
        return false;
    return (settled_recall(job->usecase->service, &of->month, NULL) & SETTLED_NOT_OVERPAID) != 0;
}

static void remember(const struct overpaid_job *job, const struct line_of *of,
                     const struct judging *judging)
{
    struct settled_persons nobody_else = {0};

    if (is_basis(of) && judging->due && judging->owed >= judging->paid)
        settled_remember(job->usecase->service, &job->stamp, &of->month, SETTLED_NOT_OVERPAID, NULL,
                         &nobody_else);
}

/** A raise is judged with the line that it belongs to, if that one was paid. */
static enum result judge_line(struct overpaid_job *job, const struct line_of *of)
{
    struct judging judging = {.paid = of->handed->fen};

    if (of->handed->raise && of->main_paid)
        return RESULT_OK;
    if (!of->handed->raise)
        judging.paid += of->raised;
    enum result result = judge_month(job, of, &judging);
    if (result == 0 && judging.owed < judging.paid)
        add_month(job, of->handed, &judging);
    if (result == 0)
        remember(job, of, &judging);
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

static enum result read_line(struct overpaid_job *job, const struct line_of *of)
{
    const char *kind = job->history->rosters[of->handed->source].kind;
    enum result result = take_case(job, of->handed->case_id);

    if (result == RESULT_NOTFOUND) {
        struct judging judging = {.paid = of->handed->fen, .why = mem_copy("个案已撤销")};
        add_month(job, of->handed, &judging);
        free(judging.why);
        return RESULT_OK;
    }
    if (result != 0 || !benefit_has(job->usecase->service, kind))
        return result;
    return judge_line(job, of);
}

static bool is_asked(const struct overpaid_job *job, const struct payroll_handed *handed)
{
    const struct payroll_source *source = &job->history->rosters[handed->source];

    return !job->lists ||
           (area_contains(job->area, source->area) &&
            (*job->query->kind == '\0' || strcmp(job->query->kind, source->kind) == 0));
}

/** Judges lines from *at on, at most `most` that were not judged before. */
static enum result read_lines(struct overpaid_job *job, size_t most, size_t *at)
{
    enum result result = RESULT_OK;

    for (size_t judged = 0; judged < most && *at < job->history->handed_count && result == 0;
         ++*at) {
        const struct payroll_handed *handed = &job->history->handed[*at];
        if (!is_asked(job, handed))
            continue;
        struct line_of of = look_up(job, handed);
        if (is_known(job, &of))
            continue;
        result = read_line(job, &of);
        judged++;
    }
    return result;
}

enum result payroll_overpaid_judge(struct usecase *usecase, const struct settled_stamp *stamp,
                                   const struct payroll_history *history, size_t most, size_t *at)
{
    struct overpaid_job job = {.usecase = usecase, .stamp = *stamp, .history = history};
    enum result result = merge_gone_cases_load(usecase, &job.gone);

    if (result == 0)
        result = read_lines(&job, most, at);
    free_items(&job);
    return result;
}

// ---- the list

static int compare_items(const void *a, const void *b)
{
    const struct overpaid *x = a;
    const struct overpaid *y = b;

    if (x->source != y->source)
        return x->source < y->source ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

/** Names as they stand on the first roster. `payroll`: read last, for the next item. */
static enum result name_item(struct overpaid_job *job, struct overpaid *item,
                             Rec__Payroll **payroll)
{
    const struct payroll_source *source = &job->history->rosters[item->source];
    enum result result = RESULT_OK;

    if (*payroll == NULL || (*payroll)->month != source->month ||
        strcmp((*payroll)->kind, source->kind) != 0 ||
        strcmp((*payroll)->area, source->area) != 0) {
        if (*payroll != NULL)
            rec__payroll__free_unpacked(*payroll, NULL);
        *payroll = NULL;
        result = store_payroll_get(job->usecase->txn, source->area, source->kind, source->month,
                                   payroll);
    }
    if (result == 0 && item->line >= (*payroll)->n_lines)
        result = RESULT_AGAIN; /* the rosters were exchanged meanwhile */
    if (result != 0)
        return result;
    const Rec__PayrollLine *line = (*payroll)->lines[item->line];
    item->kind = mem_copy(source->kind);
    item->case_no = mem_copy(line->case_no);
    item->name = mem_copy(line->name);
    item->id_no = mem_copy(line->id_no);
    item->area = mem_copy(line->area);
    return RESULT_OK;
}

/** In the order of the rosters. */
static enum result name_items(struct overpaid_job *job)
{
    Rec__Payroll *payroll = NULL;
    enum result result = RESULT_OK;

    if (job->count > 1)
        qsort(job->items, job->count, sizeof *job->items, compare_items);
    for (size_t i = 0; i < job->count && result == 0; i++)
        result = name_item(job, &job->items[i], &payroll);
    if (payroll != NULL)
        rec__payroll__free_unpacked(payroll, NULL);
    return result;
}

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
    size_t at = 0;
    int64_t sum = 0;

    sheet_free(&job->sheet);
    free_items(job);
    payroll_kept_return(usecase->service, &job->history); /* a body may run again */
    job->usecase = usecase;
    enum result result = merge_gone_cases_load(usecase, &job->gone);
    if (result == 0)
        result = payroll_kept_borrow(usecase, &job->rosters, &job->history);
    if (result == 0)
        result = read_lines(job, SIZE_MAX, &at);
    if (result == 0)
        result = name_items(job);
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
    struct overpaid_job job = {.query = query,
                               .lists = true,
                               .stamp = settled_stamp(service),
                               .rosters = payroll_kept_stamp(service)};
    enum result result = rows_query_area(service, caller, query->area, job.area, reply);

    if (result == 0)
        result = rows_query_kind(service, query->kind, reply);
    if (result == 0)
        result = service_check(service, caller, ACTION_PAYROLL_LIST, job.area, reply);
    if (result == 0)
        result = usecase_read(service, caller, query->full ? ACTION_PRINT : ACTION_PAYROLL_LIST,
                              job.area, overpaid_body, &job, reply);
    free_items(&job);
    payroll_kept_return(service, &job.history);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
