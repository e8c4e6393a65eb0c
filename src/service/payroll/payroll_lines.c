#include "service/payroll/payroll_lines.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "service/frame/record.h"
#include "service/memory/state.h"
#include "service/payroll/payroll_amount.h"

#include <stdlib.h>
#include <string.h>

struct building {
    struct usecase *usecase;
    const struct payroll_key *key;
    struct payroll_lines lines;
    struct payroll_lines open; /**< unpaid lines of earlier rosters; `cause` says since when */
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

static enum result add_case(const Rec__Case *casefile, void *arg)
{
    struct building *building = arg;
    const struct payroll_key *key = building->key;
    struct payroll_amount amount = {0};
    enum result result = payroll_amount_read(building->usecase, casefile, key->month, &amount);

    if (result == 0 && amount.due) {
        Rec__PayrollLine *line = mem_new(sizeof *line);
        rec__payroll_line__init(line);
        line->month = key->month;
        write_amount(&amount, line);
        result = write_case(building, casefile, line);
        judge_line(amount.why, line);
        add_line(&building->lines, line);
    }
    payroll_amount_free(&amount);
    return result;
}

// ---- what earlier rosters owe

enum result payroll_lines_scan(struct usecase *usecase, const struct payroll_key *key,
                               store_payroll_fn each, void *arg)
{
    const struct cache *cache = usecase->service->cache;
    const Rec__Area *area;
    enum result result = store_payroll_scan(usecase->txn, key->street, key->kind, each, arg);

    for (size_t i = 0; (area = cache_area_at(cache, i)) != NULL && result == 0; i++)
        if (area_level_parse(area->level) == AREA_STREET && !cache_area_lives(area) &&
            strcmp(cache_area_present(cache, area->code), key->street) == 0)
            result = store_payroll_scan(usecase->txn, area->code, key->kind, each, arg);
    return result;
}

/** A carried line ends the older one that it carries, paid or not: what it owes is its own. */
static void end_open(struct payroll_lines *open, const Rec__PayrollLine *line)
{
    for (size_t i = 0; i < open->count; i++)
        if (open->items[i]->case_id == line->case_id && open->items[i]->month == line->month) {
            rec__payroll_line__free_unpacked(open->items[i], NULL);
            open->items[i] = open->items[--open->count];
            return;
        }
}

static void open_line(struct building *building, const Rec__Payroll *payroll, size_t index)
{
    const Rec__PayrollLine *line = payroll->lines[index];
    const Rec__PayrollReturn *returned = payroll_returned(payroll, index);
    bool nothing = line->known && line->total <= 0;
    char month[MONTH_TEXT];

    if ((returned == NULL && *line->why == '\0') || line->ended || nothing)
        return;
    Rec__PayrollLine *copy = record_copy(line);
    char *cause = mem_printf("补 %s：%s%s", month_format(line->month, month),
                             returned != NULL ? "银行退回 " : "",
                             returned != NULL ? returned->reason : line->why);
    record_set(&copy->cause, cause);
    free(cause);
    add_line(&building->open, copy);
}

static enum result read_roster(const Rec__Payroll *payroll, void *arg)
{
    struct building *building = arg;

    if (!payroll_is_confirmed(payroll) || payroll->month == building->key->month)
        return RESULT_OK;
    for (size_t i = 0; i < payroll->n_lines; i++)
        if (*payroll->lines[i]->cause != '\0')
            end_open(&building->open, payroll->lines[i]);
    for (size_t i = 0; i < payroll->n_lines && payroll->month < building->key->month; i++)
        open_line(building, payroll, i);
    return RESULT_OK;
}

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
    return order != 0 ? order : (x->month < y->month) - (x->month > y->month);
}

enum result payroll_lines_build(struct usecase *usecase, const struct payroll_key *key,
                                struct payroll_lines *ret_lines)
{
    struct building building = {.usecase = usecase, .key = key};
    char prefix[AREA_TEXT];

    area_prefix(key->street, prefix);
    enum result result =
        store_case_of_area(usecase->txn, prefix, key->kind, NULL, add_case, &building);
    if (result == 0)
        result = payroll_lines_scan(usecase, key, read_roster, &building);
    for (size_t i = 0; i < building.open.count && result == 0; i++)
        result = carry_line(&building, building.open.items[i]);
    payroll_lines_free(&building.open);
    if (building.lines.count > 1)
        qsort(building.lines.items, building.lines.count, sizeof *building.lines.items,
              compare_lines);
    if (result == 0)
        *ret_lines = building.lines;
    else
        payroll_lines_free(&building.lines);
    return result;
}
