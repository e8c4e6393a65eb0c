#include "service/payroll/payroll_lines.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "base/text.h"
#include "domain/benefit.h"
#include "service/frame/record.h"
#include "service/payroll/payroll_amount.h"
#include "service/payroll/payroll_settle.h"

#include <stdlib.h>
#include <string.h>

struct building {
    struct usecase *usecase;
    const struct payroll_key *key;
    struct payroll_lines lines;
    struct payroll_history history;
};

static void add_line(struct payroll_lines *lines, Rec__PayrollLine *line)
{
    mem_grow((void **)&lines->items, lines->count, &lines->capacity, sizeof *lines->items);
    lines->items[lines->count++] = line;
}

void payroll_lines_free(struct payroll_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        rec__payroll_line__free_unpacked(lines->items[i], NULL);
    free(lines->items);
    *lines = (struct payroll_lines){0};
}

// ---- one line

static void take_value(const Rec__Person *person, const char *field, char **slot)
{
    char *value = record_person_value(person, field);

    record_set(slot, value);
    free(value);
}

/** Who receives the money. Of a child whose account has no holder, the guardian named to receive. */
static void write_payee(const Rec__Case *casefile, const Rec__Person *person,
                        Rec__PayrollLine *line)
{
    struct fields fields = {0};

    take_value(person, "acct", &line->account);
    take_value(person, "bank", &line->bank);
    take_value(person, "acct_name", &line->holder);
    take_value(person, "acct_rel", &line->relation);
    store_fields_read(casefile->n_fields, casefile->fields, &fields);
    if (*line->holder == '\0') {
        record_set(&line->holder, fields_get(&fields, "payee"));
        record_set(&line->relation, fields_get(&fields, "payee_rel"));
    }
    fields_free(&fields);
}

static void write_amount(const struct payroll_amount *amount, Rec__PayrollLine *line)
{
    line->known = amount->known;
    line->persons = amount->persons;
    line->basic = amount->base;
    line->add = amount->add;
    line->care = amount->care;
    line->topup = amount->topup;
    line->total = amount->total;
    store_fields_free(line->n_facts, line->facts);
    store_fields_write(&amount->facts, &line->n_facts, &line->facts);
    store_fields_free(line->n_standards, line->standards);
    store_fields_write(&amount->standards, &line->n_standards, &line->standards);
}

/** Whatever keeps the line from being paid stands on it, all of it. */
static void judge_line(const char *unknown, Rec__PayrollLine *line)
{
    struct str why = {0};

    if (!line->known)
        str_add(&why, unknown != NULL ? unknown : "金额算不出来");
    else if (line->total <= 0)
        str_add(&why, "应发金额为零");
    if (*line->account == '\0')
        str_printf(&why, "%s没有银行账号", why.length > 0 ? "；" : "");
    if (*line->holder == '\0')
        str_printf(&why, "%s没有开户人", why.length > 0 ? "；" : "");
    record_set(&line->why, str_text(&why));
    str_free(&why);
}

/** The case and its account as they are now. */
static enum result write_case(const struct building *building, const Rec__Case *casefile,
                              Rec__PayrollLine *line)
{
    Rec__Person *person = NULL;
    enum result result = store_person_get(building->usecase->txn, casefile->person, &person);

    if (result != 0)
        return result;
    line->case_id = casefile->id;
    line->person = casefile->person;
    record_set(&line->case_no, casefile->number);
    record_set(&line->name, person->name);
    record_set(&line->id_no, person->id_no);
    record_set(&line->area, casefile->area);
    write_payee(casefile, person, line);
    rec__person__free_unpacked(person, NULL);
    return RESULT_OK;
}

/** Adds what the case is owed for a month, if it is; `cause` is "" in the roster's own month. */
static enum result add_owed(struct building *building, const Rec__Case *casefile, month_t month,
                            const char *cause)
{
    struct payroll_amount amount = {0};
    enum result result = payroll_amount_read(building->usecase, casefile, month, &amount);

    bool late_nothing = *cause != '\0' && amount.known && amount.total <= 0;
    if (result == 0 && amount.due && !late_nothing) {
        Rec__PayrollLine *line = mem_new(sizeof *line);
        rec__payroll_line__init(line);
        line->month = month;
        record_set(&line->cause, cause);
        write_amount(&amount, line);
        result = write_case(building, casefile, line);
        judge_line(amount.why, line);
        add_line(&building->lines, line);
    }
    payroll_amount_free(&amount);
    return result;
}

/** The month in which a ledger brought the case, from the batch's name; 0 if none did. */
static month_t ledger_month(const Rec__Case *casefile)
{
    const char *batch = casefile->batch;

    if (strlen(batch) < 8 || date_digits(batch, 8) < 0)
        return 0;
    day_t day =
        date_make(date_digits(batch, 4), date_digits(batch + 4, 2), date_digits(batch + 6, 2));
    return day == 0 ? 0 : month_of(day);
}

/** Months whose roster was confirmed before the case was owed anything: confirmed late, first day
 *  put earlier, an exit taken back. Up to the month in which a ledger brought the case, whoever kept
 *  the ledger paid: to pay again cannot be taken back. */
static enum result add_late(struct building *building, const Rec__Case *casefile)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < building->history.month_count && result == 0; i++) {
        month_t month = building->history.months[i];
        char text[MONTH_TEXT];
        if (casefile->since == 0 || month <= ledger_month(casefile) ||
            !benefit_is_due(month_of(casefile->since), 0, casefile->closed_on, month) ||
            payroll_history_find(&building->history, casefile->id, month) != PAYROLL_NEVER)
            continue;
        char *cause = mem_printf("补 %s：确认花名册后才应发", month_format(month, text));
        result = add_owed(building, casefile, month, cause);
        free(cause);
    }
    return result;
}

// ---- what a month that was paid lacks

struct raising {
    struct building *building;
    const Rec__Case *casefile;
};

static char *words_of_raise(const struct payroll_settle *settle, month_t month, int64_t paid,
                            const char *returned)
{
    char *owed = text_from_fen(settle->owed);
    char *before = text_from_fen(paid);
    char text[MONTH_TEXT];
    char *words = mem_printf("补差 %s：%s，应发 %s，已发 %s%s%s", month_format(month, text),
                             settle->why, owed, before, returned != NULL ? "；上次银行退回 " : "",
                             returned != NULL ? returned : "");

    free(owed);
    free(before);
    return words;
}

static enum result add_raise(const struct raising *raising, month_t month, int64_t lacks,
                             const struct payroll_settle *settle, char *cause)
{
    Rec__PayrollLine *line = mem_new(sizeof *line);

    rec__payroll_line__init(line);
    line->month = month;
    line->raise = true;
    line->known = true;
    line->total = lacks;
    record_set(&line->cause, cause);
    record_set(&line->decided_by, settle->how == SETTLED_STANDARD ? "" : settle->decided_by);
    enum result result = write_case(raising->building, raising->casefile, line);
    judge_line(NULL, line);
    add_line(&raising->building->lines, line);
    return result;
}

/** The month's amount stands on a confirmed roster, paid or carried as it is; this is the rest. It is
 *  worked out anew each time from what was paid, so it is paid once, whatever failed before. */
static enum result raise_month(month_t month, const struct payroll_basis *basis, void *arg)
{
    const struct raising *raising = arg;
    const struct building *building = raising->building;
    struct payroll_settle settle = {0};
    const char *returned = NULL;

    if (month >= building->key->month ||
        !payroll_settle_may_differ(building->usecase, raising->casefile, month, basis))
        return RESULT_OK;
    int64_t paid = basis->fen + payroll_history_raised(&building->history, raising->casefile->id,
                                                       month, &returned);
    enum result result =
        payroll_settle_read(building->usecase, raising->casefile, month, basis, &settle);
    if (result == 0 && settle.owed > paid && settle.how != SETTLED_SAME) {
        char *cause = words_of_raise(&settle, month, paid, returned);
        result = add_raise(raising, month, settle.owed - paid, &settle, cause);
        free(cause);
    }
    payroll_settle_free(&settle);
    return result;
}

static enum result add_case(const Rec__Case *casefile, void *arg)
{
    struct building *building = arg;
    struct raising raising = {.building = building, .casefile = casefile};
    month_t month = building->key->month;
    enum result result = RESULT_OK;

    /* another street may have paid the month before the case moved */
    if (payroll_history_find(&building->history, casefile->id, month) == PAYROLL_NEVER)
        result = add_owed(building, casefile, month, "");
    if (result == 0)
        result = add_late(building, casefile);
    return result == 0
               ? payroll_history_months(&building->history, casefile->id, raise_month, &raising)
               : result;
}

// ---- what earlier rosters owe

/** The line again: paid to the account as it is now, not at all if the month is not owed any
 *  more. An amount that was known stays. */
static enum result renew_line(struct building *building, const Rec__Case *casefile,
                              Rec__PayrollLine *line)
{
    struct payroll_amount amount = {0};
    enum result result = payroll_amount_read(building->usecase, casefile, line->month, &amount);

    if (result == 0)
        result = write_case(building, casefile, line);
    if (result == 0 && amount.due && !line->known)
        write_amount(&amount, line);
    if (result == 0 && amount.due) {
        judge_line(amount.why, line);
    } else if (result == 0) {
        line->ended = true;
        record_set(&line->why, "该月已不应发，不再补发");
    }
    payroll_amount_free(&amount);
    return result;
}

static enum result carry_line(struct building *building, const Rec__PayrollLine *open)
{
    Rec__PayrollLine *line = record_copy(open);
    Rec__Case *casefile = NULL;
    enum result result = store_case_get(building->usecase->txn, line->case_id, &casefile);

    if (result == 0) {
        result = renew_line(building, casefile, line);
    } else if (result == RESULT_NOTFOUND) {
        line->ended = true;
        record_set(&line->why, "个案已撤销，不再补发");
        result = RESULT_OK;
    }
    if (casefile != NULL)
        rec__case__free_unpacked(casefile, NULL);
    add_line(&building->lines, line);
    return result;
}

// ---- the roster

static int compare_lines(const void *a, const void *b)
{
    const Rec__PayrollLine *x = *(Rec__PayrollLine *const *)a;
    const Rec__PayrollLine *y = *(Rec__PayrollLine *const *)b;
    int order = strcmp(x->area, y->area);

    if (order == 0)
        order = strcmp(x->case_no, y->case_no);
    if (order == 0)
        order = (x->month < y->month) - (x->month > y->month);
    return order != 0 ? order : (int)x->raise - (int)y->raise;
}

enum result payroll_lines_build(struct usecase *usecase, const struct payroll_key *key,
                                struct payroll_lines *ret_lines)
{
    struct building building = {.usecase = usecase, .key = key};
    char prefix[AREA_TEXT];

    area_prefix(key->street, prefix);
    enum result result = payroll_history_read(usecase, key, &building.history);
    if (result == 0)
        result = store_case_of_area(usecase->txn, prefix, key->kind, NULL, add_case, &building);
    for (size_t i = 0; i < building.history.count && result == 0; i++) {
        const Rec__PayrollLine *open = payroll_history_open(&building.history, i, key->month);
        if (open != NULL)
            result = carry_line(&building, open);
    }
    building.lines.doubts = building.history.doubts;
    payroll_history_free(&building.history);
    if (building.lines.count > 1)
        qsort(building.lines.items, building.lines.count, sizeof *building.lines.items,
              compare_lines);
    if (result == 0)
        *ret_lines = building.lines;
    else
        payroll_lines_free(&building.lines);
    return result;
}
