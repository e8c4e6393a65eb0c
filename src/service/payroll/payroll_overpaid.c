/*
 * What confirmed rosters paid for months that, as is known today, were not owed: a death or an exit
 * that was entered too late, or a member of the household who was dead.
 */
#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "base/text.h"
#include "service/cases/benefit.h"
#include "service/cases/merge.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"
#include "service/payroll/payroll_amount.h"
#include "service/payroll/payroll_history.h"
#include "service/payroll/payroll_record.h"

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

struct overpaid_job {
    struct usecase *usecase;
    const struct payroll_query *query;
    char area[AREA_TEXT];
    size_t count, capacity;
    struct overpaid *items;
    struct sheet *sheet;
    struct merge_gone_cases gone;
    struct payroll_history history; /**< of the programme below, read when a household went */
    const struct form *history_form;
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
    free(job->items);
    job->items = NULL;
    job->count = job->capacity = 0;
    if (job->casefile != NULL)
        rec__case__free_unpacked(job->casefile, NULL);
    job->casefile = NULL;
    free(job->gone.items);
    job->gone = (struct merge_gone_cases){0};
    payroll_history_free(&job->history);
    job->history_form = NULL;
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

static void add_month(struct overpaid_job *job, const Rec__Payroll *payroll,
                      const Rec__PayrollLine *line, int64_t owed, char *why)
{
    struct overpaid *item = item_of(job, payroll, line);
    char month[MONTH_TEXT];

    if (item->months.length > 0)
        str_add(&item->months, "、");
    str_add(&item->months, month_format(line->month, month));
    item->paid += line->total;
    item->owed += owed;
    free(item->why);
    item->why = why;
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
static enum result was_paid_once(struct overpaid_job *job, const Rec__Payroll *payroll,
                                 month_t month, bool *ret_once)
{
    uint64_t kept = merge_gone_case_find(&job->gone, job->casefile->id);
    struct payroll_key key = {
        .kind = payroll->kind,
        .form = forms_get(service_forms(job->usecase->service), payroll->kind),
    };
    enum result result = RESULT_OK;

    *ret_once = false;
    if (kept == job->casefile->id)
        return RESULT_OK;
    if (job->history_form != key.form) {
        payroll_history_free(&job->history);
        result = payroll_history_read(job->usecase, &key, &job->history);
        job->history_form = key.form;
    }
    *ret_once = result == 0 && !payroll_history_paid(&job->history, kept, month);
    return result;
}

/** Only what has a date can be judged for a month that is past: an exit, a first day, a death. Other
 *  facts of that month are not known any more. */
static enum result judge_line(struct overpaid_job *job, const Rec__Payroll *payroll,
                              const Rec__PayrollLine *line)
{
    struct payroll_amount amount = {0};
    char *why = NULL;
    bool once = false;

    if (!benefit_has(job->usecase->service, payroll->kind))
        return RESULT_OK;
    enum result result = payroll_amount_read(job->usecase, job->casefile, line->month, &amount);
    if (result == 0 && !amount.due)
        result = was_paid_once(job, payroll, line->month, &once);
    if (result == 0 && !amount.due && !once)
        add_month(job, payroll, line, 0, words_of_end(job->casefile));
    else if (result == 0 && !once &&
             (result = find_dead(job->usecase, job->casefile, line->month, &why)) == 0 &&
             why != NULL && amount.known && amount.total < line->total)
        add_month(job, payroll, line, amount.total, why);
    else
        free(why);
    payroll_amount_free(&amount);
    return result;
}

static enum result read_line(struct overpaid_job *job, const Rec__Payroll *payroll, size_t index)
{
    const Rec__PayrollLine *line = payroll->lines[index];
    enum result result = RESULT_OK;

    if (*line->why != '\0' || payroll_returned(payroll, index) != NULL)
        return RESULT_OK;
    if (job->casefile == NULL || job->casefile->id != line->case_id) {
        if (job->casefile != NULL)
            rec__case__free_unpacked(job->casefile, NULL);
        job->casefile = NULL;
        result = store_case_get(job->usecase->txn, line->case_id, &job->casefile);
    }
    if (result == RESULT_NOTFOUND) {
        add_month(job, payroll, line, 0, mem_copy("个案已撤销"));
        return RESULT_OK;
    }
    return result != 0 ? result : judge_line(job, payroll, line);
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
    struct overpaid_job job = {.query = query};
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
