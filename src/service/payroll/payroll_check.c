/*
 * A roster compared with the last one before it.
 */
#include "base/mem.h"
#include "base/month.h"
#include "domain/payroll.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"
#include "service/payroll/payroll_amount.h"
#include "service/payroll/payroll_record.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct check_job {
    struct payroll_key key;
    struct usecase *usecase;
    const Rec__Payroll *is, *was; /**< `was` NULL = there is none before */
    struct sheet *sheet;
    enum result result;
};

// ---- payments of a roster's own month

struct pays {
    size_t count;
    struct payroll_pay *items;
    const Rec__PayrollLine **lines; /**< beside them */
};

static int compare_lines(const void *a, const void *b)
{
    const Rec__PayrollLine *x = *(const Rec__PayrollLine *const *)a;
    const Rec__PayrollLine *y = *(const Rec__PayrollLine *const *)b;

    return x->case_id < y->case_id ? -1 : x->case_id > y->case_id;
}

static struct payroll_pay make_pay(const Rec__PayrollLine *line)
{
    struct payroll_fact *facts = mem_array(line->n_facts + 1, sizeof *facts);

    for (size_t i = 0; i < line->n_facts; i++)
        facts[i] = (struct payroll_fact){line->facts[i]->name, line->facts[i]->value};
    return (struct payroll_pay){
        .case_id = line->case_id,
        .known = line->known,
        .total = line->total,
        .account = line->account,
        .holder = line->holder,
        .why = line->why,
        .fact_count = line->n_facts,
        .facts = facts,
    };
}

static struct pays make_pays(const Rec__Payroll *payroll)
{
    size_t most = payroll != NULL ? payroll->n_lines : 0;
    struct pays pays = {.items = mem_array(most + 1, sizeof *pays.items),
                        .lines = mem_array(most + 1, sizeof *pays.lines)};

    for (size_t i = 0; i < most; i++)
        if (*payroll->lines[i]->cause == '\0')
            pays.lines[pays.count++] = payroll->lines[i];
    if (pays.count > 1)
        qsort(pays.lines, pays.count, sizeof *pays.lines, compare_lines);
    for (size_t i = 0; i < pays.count; i++)
        pays.items[i] = make_pay(pays.lines[i]);
    return pays;
}

static void free_pays(struct pays *pays)
{
    for (size_t i = 0; i < pays->count; i++)
        free((void *)(uintptr_t)pays->items[i].facts);
    free(pays->items);
    free(pays->lines);
}

// ---- rows

static size_t add_row(struct check_job *job, const char *what, const Rec__PayrollLine *line)
{
    size_t row = sheet_add_row(job->sheet);

    sheet_set(job->sheet, row, "what", what);
    sheet_set(job->sheet, row, "case_no", line->case_no);
    sheet_set(job->sheet, row, "name", line->name);
    sheet_set(job->sheet, row, "area", line->area);
    sheet_set(job->sheet, row, "area_name",
              facts_area_name_in(job->usecase->service, line->area, job->is->month));
    sheet_setf(job->sheet, row, "case_id", "%" PRIu64, line->case_id);
    return row;
}

/** Why somebody stands on only one of two rosters, as the case says today. New string. */
static char *words_of_end(struct check_job *job, const Rec__Case *casefile)
{
    char day[DATE_TEXT];
    char street[AREA_TEXT];
    struct payroll_amount amount = {0};

    if (casefile->closed_on != 0)
        return mem_printf("%s %s", casefile->exit_reason, date_format(casefile->closed_on, day));
    area_ancestor(casefile->area, AREA_STREET, street);
    if (strcmp(street, job->key.street) != 0)
        return mem_printf("迁到%s", service_area_name(job->usecase->service, casefile->area));
    if (month_of(casefile->since) > job->is->month)
        return mem_printf("纳入日期改为 %s", date_format(casefile->since, day));
    enum result result = payroll_amount_read(job->usecase, casefile, job->is->month, &amount);
    if (job->result == 0)
        job->result = result;
    char *words = mem_copy(amount.due || amount.why == NULL ? "制表时不应发" : amount.why);
    payroll_amount_free(&amount);
    return words;
}

static char *words_of_begin(const struct check_job *job, const Rec__Case *casefile)
{
    char day[DATE_TEXT];

    if (job->was == NULL || month_of(casefile->since) > job->was->month)
        return mem_printf("%s 起纳入", date_format(casefile->since, day));
    return mem_printf("%s 已在册，上一份花名册没有", date_format(casefile->since, day));
}

static char *words_of_case(struct check_job *job, const struct payroll_difference *difference)
{
    uint64_t id = difference->is != NULL ? difference->is->case_id : difference->was->case_id;
    Rec__Case *casefile = NULL;
    enum result result = store_case_get(job->usecase->txn, id, &casefile);

    if (result == RESULT_NOTFOUND)
        return mem_copy("个案已撤销");
    if (result != 0) {
        job->result = result;
        return mem_copy("");
    }
    char *words = difference->what == PAYROLL_STOPPED ? words_of_end(job, casefile)
                                                      : words_of_begin(job, casefile);
    rec__case__free_unpacked(casefile, NULL);
    return words;
}

static char *words_of(struct check_job *job, const struct payroll_difference *difference)
{
    struct str text = {0};

    if (difference->what == PAYROLL_CHANGED) {
        payroll_say_changes(difference->was, difference->is, &text);
    } else {
        char *words = words_of_case(job, difference);
        str_add(&text, words);
        free(words);
    }
    if (difference->what == PAYROLL_NEW && *difference->is->why != '\0')
        str_printf(&text, "；不能发：%s", difference->is->why);
    return str_take(&text);
}

struct compared {
    struct check_job *job;
    const struct pays *was, *is;
};

static void add_difference(const struct payroll_difference *difference, void *arg)
{
    const struct compared *compared = arg;
    struct check_job *job = compared->job;
    const struct payroll_pay *was = difference->was;
    const struct payroll_pay *is = difference->is;
    const Rec__PayrollLine *line = is != NULL ? compared->is->lines[is - compared->is->items]
                                              : compared->was->lines[was - compared->was->items];
    size_t row = add_row(job, payroll_what_name(difference->what), line);
    bool knows_was = was == NULL || was->known;
    bool knows_is = is == NULL || is->known;
    char *words = words_of(job, difference);

    payroll_set_fen(job->sheet, row, "was", was != NULL && was->known,
                    was != NULL ? was->total : 0);
    payroll_set_fen(job->sheet, row, "total", is != NULL && is->known, is != NULL ? is->total : 0);
    payroll_set_fen(job->sheet, row, "difference", knows_was && knows_is,
                    (is != NULL ? is->total : 0) - (was != NULL ? was->total : 0));
    sheet_set(job->sheet, row, "why", words);
    free(words);
}

/** Lines that need somebody whatever the last roster said: carried over, and unpaid. */
static void add_lines(struct check_job *job)
{
    for (size_t i = 0; i < job->is->n_lines; i++) {
        const Rec__PayrollLine *line = job->is->lines[i];
        bool carried = *line->cause != '\0';
        if (!carried && *line->why == '\0')
            continue;
        size_t row = add_row(job, *line->why != '\0' ? "不能发" : "补发", line);
        char *words =
            mem_printf("%s%s%s", line->cause, carried && *line->why != '\0' ? "；" : "", line->why);
        payroll_set_fen(job->sheet, row, "total", line->known, line->total);
        sheet_set(job->sheet, row, "why", words);
        free(words);
    }
}

// ---- which roster was before

struct last_search {
    month_t before;
    Rec__Payroll *found;
};

static enum result keep_latest(const Rec__Payroll *payroll, void *arg)
{
    struct last_search *search = arg;

    if (payroll->month >= search->before)
        return (enum result)STORE_STOP;
    if (search->found != NULL)
        rec__payroll__free_unpacked(search->found, NULL);
    search->found = record_copy(payroll);
    return RESULT_OK;
}

static void say_compared(struct usecase *usecase, const Rec__Payroll *was, month_t month)
{
    char text[MONTH_TEXT];

    if (was == NULL)
        reply_say(usecase->reply, RESULT_OK, "此前没有花名册，全部列为新增。");
    else
        reply_say(usecase->reply, RESULT_OK, "与 %s 第 %" PRIu32 " 版（%s）比较%s。",
                  month_format(was->month, text), was->version,
                  payroll_is_confirmed(was) ? "已确认" : "未确认",
                  was->month == month - 1 ? "" : "，不是上月");
}

static enum result check_body(struct usecase *usecase, void *arg)
{
    struct check_job *job = arg;
    struct last_search search = {.before = job->key.month};
    Rec__Payroll *payroll = NULL;

    sheet_free(&job->sheet);
    job->usecase = usecase;
    job->result = RESULT_OK;
    enum result result = payroll_find(usecase, &job->key, 0, &payroll);
    if (result == 0)
        result =
            store_payroll_scan(usecase->txn, job->key.street, job->key.kind, keep_latest, &search);
    if (result == 0) {
        job->is = payroll;
        job->was = search.found;
        job->sheet = column_sheet(&COLUMNS_PAYROLL_CHECK);
        struct pays was = make_pays(job->was);
        struct pays is = make_pays(job->is);
        struct compared compared = {.job = job, .was = &was, .is = &is};
        payroll_compare(was.items, was.count, is.items, is.count, add_difference, &compared);
        add_lines(job);
        rows_mark_secret(usecase->service, job->key.kind, job->sheet);
        say_compared(usecase, job->was, job->key.month);
        free_pays(&was);
        free_pays(&is);
        result = job->result;
    }
    if (search.found != NULL)
        rec__payroll__free_unpacked(search.found, NULL);
    if (payroll != NULL)
        rec__payroll__free_unpacked(payroll, NULL);
    return result;
}

enum result payroll_check(struct service *service, const struct caller *caller,
                          const struct payroll_query *query, struct sheet **ret_sheet,
                          struct reply *reply)
{
    struct check_job job = {0};
    enum result result = payroll_key_read(service, caller, query, &job.key, reply);

    if (result == 0)
        result = usecase_read(service, caller, ACTION_PAYROLL_LIST, job.key.street, check_body,
                              &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
