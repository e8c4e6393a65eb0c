#include "service/import/import_answer.h"

#include "base/mem.h"
#include "base/str.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/** A refusal or remark, with its unit. */
struct said {
    const struct import_unit *unit;
    const struct import_say *say;
    size_t order; /**< keeps the order within a row */
};

struct list {
    size_t count, capacity;
    struct said *items;
};

static void add(struct list *list, const struct import_unit *unit, const struct import_says *says)
{
    for (size_t i = 0; i < says->count; i++) {
        mem_grow((void **)&list->items, list->count, &list->capacity, sizeof *list->items);
        list->items[list->count] = (struct said){unit, &says->items[i], list->count};
        list->count++;
    }
}

static int compare(const void *a, const void *b)
{
    const struct said *left = a;
    const struct said *right = b;

    if (left->say->line != right->say->line)
        return left->say->line < right->say->line ? -1 : 1;
    return (left->order > right->order) - (left->order < right->order);
}

static void sort(struct list *list)
{
    if (list->count > 0)
        qsort(list->items, list->count, sizeof *list->items, compare);
}

/** The name of a row's person, from the row or else from the record. New string. */
static char *name_of(const struct import_plan *plan, const struct said *said)
{
    for (size_t i = 0; i < said->unit->count; i++) {
        if (said->unit->lines[i].number != said->say->line)
            continue;
        char *name = import_line_name(&plan->columns, &said->unit->lines[i]);
        if (*name != '\0' || said->unit->name == NULL)
            return name;
        free(name);
        break;
    }
    return mem_copy(said->unit->name != NULL ? said->unit->name : "");
}

static size_t add_row(struct sheet *sheet, const struct import_plan *plan, const struct said *said)
{
    char *name = name_of(plan, said);
    size_t row = sheet_add_row(sheet);

    sheet_setf(sheet, row, "line", "%" PRIu32, said->say->line);
    sheet_set(sheet, row, "name", name);
    free(name);
    return row;
}

/** Writes one row of the sheet for each row of the file; its further faults stand behind the
 *  first. */
static struct sheet *refusal_sheet(const struct import_plan *plan, struct list *list)
{
    struct sheet *sheet = column_sheet(&COLUMNS_REFUSALS);

    sort(list);
    for (size_t i = 0; i < list->count;) {
        const struct import_say *first = list->items[i].say;
        size_t row = add_row(sheet, plan, &list->items[i]);
        struct str reason = {0};
        str_add(&reason, first->text);
        for (i++; i < list->count && list->items[i].say->line == first->line; i++)
            str_printf(&reason, "；%s：%s", list->items[i].say->column, list->items[i].say->text);
        sheet_set(sheet, row, "column", first->column);
        sheet_set(sheet, row, "value", first->value);
        sheet_set(sheet, row, "reason", str_text(&reason));
        str_free(&reason);
    }
    return sheet;
}

static struct sheet *remark_sheet(const struct import_plan *plan, struct list *list)
{
    struct sheet *sheet = column_sheet(&COLUMNS_REMARKS);

    sort(list);
    for (size_t i = 0; i < list->count; i++) {
        const struct import_say *say = list->items[i].say;
        size_t row = add_row(sheet, plan, &list->items[i]);
        sheet_set(sheet, row, "column", say->column);
        sheet_set(sheet, row, "value", say->value);
        sheet_set(sheet, row, "remark", say->text);
    }
    return sheet;
}

static struct sheet *difference_sheet(const struct import_plan *plan, struct list *list)
{
    struct sheet *sheet = column_sheet(&COLUMNS_DIFFERENCES);

    sort(list);
    for (size_t i = 0; i < list->count; i++) {
        const struct import_say *say = list->items[i].say;
        size_t row = add_row(sheet, plan, &list->items[i]);
        sheet_set(sheet, row, "label", say->column);
        sheet_set(sheet, row, "known", say->known);
        sheet_set(sheet, row, "value", say->value);
        sheet_set(sheet, row, "field", say->field);
    }
    return sheet;
}

void import_answer(const struct import_plan *plan, struct import_unit *const *units, size_t count,
                   struct import_result *ret_result)
{
    bool household = plan->form != NULL && plan->form->subject == FORM_HOUSEHOLD;
    struct list faults = {0};
    struct list remarks = {0};
    struct list differences = {0};
    struct import_result result = {0};

    for (size_t i = 0; i < count; i++) {
        const struct import_unit *unit = units[i];
        result.rows += unit->count;
        *(unit->accepted ? &result.accepted : &result.refused) += unit->count;
        result.households += household;
        result.households_accepted += household && unit->accepted;
        add(&faults, unit, &unit->faults);
        if (!unit->accepted)
            continue;
        add(&remarks, unit, &unit->remarks);
        add(&differences, unit, &unit->differences);
    }
    result.refusals = refusal_sheet(plan, &faults);
    result.remarks = remark_sheet(plan, &remarks);
    result.differences = difference_sheet(plan, &differences);
    free(faults.items);
    free(remarks.items);
    free(differences.items);
    *ret_result = result;
}

void import_result_free(struct import_result *result)
{
    sheet_free(&result->refusals);
    sheet_free(&result->remarks);
    sheet_free(&result->differences);
    *result = (struct import_result){0};
}
