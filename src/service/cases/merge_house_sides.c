/*
 * Two households side by side: their values, their people, and what was paid to both.
 */
#include "service/cases/merge_house.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "db/payroll.h"
#include "service/cases/mask.h"
#include "service/memory/state.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static size_t add_row(struct sheet *sheet, const char *field, const char *label)
{
    size_t row = sheet_add_row(sheet);

    sheet_set(sheet, row, "field", field);
    sheet_set(sheet, row, "label", label);
    return row;
}

// ---- values

static size_t count_rows(const struct form_field *field, const struct fields *values)
{
    size_t count = 0;
    char *name = mem_printf("%s.%zu.", field->id, count);
    bool found = true;

    while (found) {
        found = false;
        for (size_t i = 0; i < values->count && !found; i++)
            found = strncmp(values->items[i].name, name, strlen(name)) == 0;
        free(name);
        count += found;
        name = mem_printf("%s.%zu.", field->id, count);
    }
    free(name);
    return count;
}

static char *shown_value(struct usecase *usecase, const struct form_field *field,
                         const struct fields *values)
{
    const char *value = fields_get(values, field->id);

    if (field->column_count > 0) {
        size_t rows = count_rows(field, values);
        return rows > 0 ? mem_printf("%zu 项", rows) : mem_copy("");
    }
    return mask_words(usecase->service, field, value);
}

static void add_field(struct usecase *usecase, const struct house_pair *pair,
                      const struct form_field *field, struct sheet *sheet)
{
    struct fields own = {0};
    struct fields theirs = {0};

    record_case_read(pair->form, pair->kept, &own);
    record_case_read(pair->form, pair->gone, &theirs);
    char *value = merge_house_value(field, &own);
    char *other = merge_house_value(field, &theirs);
    if (*value != '\0' || *other != '\0') {
        size_t row = add_row(sheet, field->id, field->label);
        char *shown = shown_value(usecase, field, &own);
        char *shown_other = shown_value(usecase, field, &theirs);
        sheet_set(sheet, row, "value", shown);
        sheet_set(sheet, row, "other_value", shown_other);
        sheet_set(sheet, row, "state",
                  strcmp(value, other) == 0                 ? ""
                  : field->compute != NULL                  ? "随之重算"
                  : merge_house_may_take(pair->form, field) ? "不同"
                                                            : "保留左边");
        free(shown);
        free(shown_other);
    }
    free(value);
    free(other);
    fields_free(&own);
    fields_free(&theirs);
}

// ---- people

static char *member_words(const struct house_member *member)
{
    const Rec__Member *row = member->member;
    const char *relation = member->head ? MEMBER_HEAD : "";
    char date[DATE_TEXT];

    for (size_t i = 0; i < row->n_fields; i++)
        if (strcmp(row->fields[i]->name, MEMBER_RELATION) == 0)
            relation = row->fields[i]->value;
    return mem_printf("%s %s%s %s%s", member->person->name, relation, row->covered ? "" : " 不保障",
                      date_format(member->person->birth, date),
                      member->person->death != 0 ? "（已死亡）" : "");
}

static void set_member(struct sheet *sheet, size_t row, const char *column,
                       const struct house_member *member)
{
    char *words = member != NULL ? member_words(member) : mem_copy("");

    sheet_set(sheet, row, column, words);
    free(words);
}

static bool is_matched(const struct house_pair *pair, const struct house_member *own)
{
    bool matched = false;

    for (size_t i = 0; i < pair->gone_people.count && !matched; i++) {
        char *words = NULL;
        matched = merge_house_match(pair, &pair->gone_people.items[i], &words) == own;
        free(words);
    }
    return matched;
}

static void add_people(const struct house_pair *pair, struct sheet *sheet)
{
    for (size_t i = 0; i < pair->gone_people.count; i++) {
        const struct house_member *member = &pair->gone_people.items[i];
        char *words = NULL;
        const struct house_member *own = merge_house_match(pair, member, &words);
        char *field = mem_printf(MERGE_HOUSE_MEMBER "%" PRIu64, member->person->id);
        size_t row = add_row(sheet, own == NULL ? field : "", "成员");
        set_member(sheet, row, "value", own);
        set_member(sheet, row, "other_value", member);
        sheet_set(sheet, row, "state",
                  own == NULL     ? "不在左边"
                  : words != NULL ? "疑似同一人"
                                  : "同一人");
        free(words);
        free(field);
    }
    for (size_t i = 0; i < pair->kept_people.count; i++)
        if (!is_matched(pair, &pair->kept_people.items[i]))
            set_member(sheet, add_row(sheet, "", "成员"), "value", &pair->kept_people.items[i]);
}

// ---- what was paid

static bool is_paid(const Rec__Payroll *payroll, size_t index)
{
    const Rec__PayrollLine *line = payroll->lines[index];
    bool returned = false;

    for (size_t i = 0; i < payroll->n_returns; i++)
        returned |= payroll->returns[i]->line == index;
    return line->total > 0 && *line->why == '\0' && !returned;
}

struct months {
    const char *kind;
    uint64_t kept, gone;
    size_t count, capacity;
    struct month_paid {
        month_t month;
        bool kept, gone;
    } * items; /**< ascending */
};

static struct month_paid *month_at(struct months *months, month_t month)
{
    size_t at = 0;

    while (at < months->count && months->items[at].month < month)
        at++;
    if (at < months->count && months->items[at].month == month)
        return &months->items[at];
    mem_grow((void **)&months->items, months->count, &months->capacity, sizeof *months->items);
    memmove(&months->items[at + 1], &months->items[at],
            (months->count - at) * sizeof *months->items);
    months->count++;
    months->items[at] = (struct month_paid){.month = month};
    return &months->items[at];
}

static enum result read_roster(const Rec__Payroll *payroll, void *arg)
{
    struct months *months = arg;

    if (*payroll->confirmed_by == '\0' || strcmp(payroll->kind, months->kind) != 0)
        return RESULT_OK;
    for (size_t i = 0; i < payroll->n_lines; i++) {
        const Rec__PayrollLine *line = payroll->lines[i];
        if (line->case_id == months->kept && is_paid(payroll, i))
            month_at(months, line->month)->kept = true;
        if (line->case_id == months->gone && is_paid(payroll, i))
            month_at(months, line->month)->gone = true;
    }
    return RESULT_OK;
}

static void say_months(const struct months *months, bool kept, bool gone, struct str *text)
{
    size_t count = 0;
    month_t first = 0;
    month_t last = 0;
    char from[MONTH_TEXT];
    char to[MONTH_TEXT];

    for (size_t i = 0; i < months->count; i++)
        if ((!kept || months->items[i].kept) && (!gone || months->items[i].gone)) {
            first = count++ == 0 ? months->items[i].month : first;
            last = months->items[i].month;
        }
    if (count == 1)
        str_add(text, month_format(first, from));
    else if (count > 1)
        str_printf(text, "%s 至 %s 共 %zu 个月", month_format(first, from), month_format(last, to),
                   count);
}

static void set_months(const struct months *months, bool kept, bool gone, struct sheet *sheet,
                       size_t row, const char *column)
{
    struct str text = {0};

    say_months(months, kept, gone, &text);
    sheet_set(sheet, row, column, str_text(&text));
    str_free(&text);
}

static enum result add_paid(struct usecase *usecase, const struct house_pair *pair,
                            struct sheet *sheet)
{
    struct months months = {
        .kind = pair->kept->kind, .kept = pair->kept->id, .gone = pair->gone->id};
    enum result result = store_payroll_scan(usecase->txn, "", "", read_roster, &months);
    bool both = false;

    for (size_t i = 0; i < months.count; i++)
        both |= months.items[i].kept && months.items[i].gone;
    if (result == 0 && months.count > 0) {
        size_t row = add_row(sheet, "", "已确认发放");
        set_months(&months, true, false, sheet, row, "value");
        set_months(&months, false, true, sheet, row, "other_value");
    }
    if (result == 0 && both) {
        size_t row = add_row(sheet, "", "两户都发");
        set_months(&months, true, true, sheet, row, "value");
        sheet_set(sheet, row, "other_value", "合户后并入的一户列入多发");
        sheet_set(sheet, row, "state", "多发");
    }
    free(months.items);
    return result;
}

// ---- all

enum result merge_house_sides(struct usecase *usecase, const char *kept, const char *gone,
                              struct sheet *sheet)
{
    struct house_pair pair = {0};
    enum result result = merge_house_find(usecase, ACTION_DUPLICATES, kept, gone, &pair);

    if (result == 0) {
        size_t row = add_row(sheet, "", "个案");
        sheet_set(sheet, row, "value", pair.kept->number);
        sheet_set(sheet, row, "other_value", pair.gone->number);
        add_people(&pair, sheet);
        for (size_t i = 0; i < pair.form->field_count; i++) {
            const struct form_field *field = &pair.form->fields[i];
            if (!field->person && strcmp(field->id, "members") != 0)
                add_field(usecase, &pair, field, sheet);
        }
        result = add_paid(usecase, &pair, sheet);
    }
    merge_house_free(&pair);
    return result;
}
