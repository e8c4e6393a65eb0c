#include "service/import_part.h"

#include "base/mem.h"
#include "base/text.h"
#include "service/case.h"
#include "service/event.h"
#include "service/visit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WHOLE_HOUSEHOLD "，整户不予导入"

/** One unit on its way in. */
struct entry {
    const struct import_plan *plan;
    struct import_unit *unit;
    size_t
        head; /**< the line whose record's values count: the household head's, else the only one */
};

// ---- units

struct import_unit *import_unit_new(const char *key)
{
    struct import_unit *unit = mem_new(sizeof *unit);

    unit->key = mem_copy(key);
    return unit;
}

void import_unit_add(struct import_unit *unit, uint32_t number, const char *const *cells,
                     size_t count)
{
    struct import_line line = {
        .number = number, .count = count, .cells = mem_array(count, sizeof *line.cells)};

    for (size_t i = 0; i < count; i++)
        line.cells[i] = mem_copy(cells[i]);
    mem_grow((void **)&unit->lines, unit->count, &unit->capacity, sizeof *unit->lines);
    unit->lines[unit->count++] = line;
}

static void clear_faults(struct import_unit *unit)
{
    for (size_t i = 0; i < unit->fault_count; i++) {
        free(unit->faults[i].column);
        free(unit->faults[i].value);
        free(unit->faults[i].reason);
    }
    unit->fault_count = 0;
    unit->accepted = false;
}

void import_unit_free(struct import_unit **unit)
{
    struct import_unit *u = *unit;

    if (u == NULL)
        return;
    clear_faults(u);
    for (size_t i = 0; i < u->count; i++) {
        for (size_t k = 0; k < u->lines[i].count; k++)
            free(u->lines[i].cells[k]);
        free(u->lines[i].cells);
    }
    free(u->faults);
    free(u->lines);
    free(u->key);
    free(u);
    *unit = NULL;
}

void import_unit_fault(struct import_unit *unit, uint32_t line, const char *column,
                       const char *value, const char *reason)
{
    unit->accepted = false;
    for (size_t i = 0; i < unit->fault_count; i++) {
        struct import_fault *fault = &unit->faults[i];
        if (fault->line == line) {
            char *both = mem_printf("%s；%s：%s", fault->reason, column, reason);
            free(fault->reason);
            fault->reason = both;
            return;
        }
    }
    mem_grow((void **)&unit->faults, unit->fault_count, &unit->fault_capacity,
             sizeof *unit->faults);
    unit->faults[unit->fault_count++] = (struct import_fault){
        .line = line,
        .column = mem_copy(column),
        .value = mem_copy(value),
        .reason = mem_copy(reason),
    };
}

static bool is_household(const struct import_plan *plan)
{
    return plan->form != NULL && plan->form->subject == FORM_HOUSEHOLD;
}

static void fault_at(struct entry *entry, size_t line, const struct import_column *column,
                     const char *value, const char *reason)
{
    import_unit_fault(entry->unit, entry->unit->lines[line].number,
                      column != NULL ? column->heading : "", value, reason);
}

// ---- cells without a heading

/** What stands where no heading is would be lost; more often the cells of the row are shifted. */
static void check_stray_cells(struct entry *entry, size_t at)
{
    const struct import_columns *columns = &entry->plan->columns;
    const struct import_line *line = &entry->unit->lines[at];

    for (size_t i = 0; i < line->count; i++) {
        bool named = i < columns->count && *columns->items[i].heading != '\0';
        char *text = named ? NULL : text_clean(line->cells[i]);
        if (text != NULL && *text != '\0') {
            char *reason =
                mem_printf("第%zu格上面没有列名，请检查这一行是否错位，或补上列名", i + 1);
            fault_at(entry, at, NULL, line->cells[i], reason);
            free(reason);
        }
        free(text);
    }
}

// ---- rows to values

static void take_record(const struct entry *entry, struct fields *values)
{
    const struct import_columns *columns = &entry->plan->columns;
    const struct import_line *line = &entry->unit->lines[entry->head];

    for (const struct import_column *c = columns->items; c < columns->items + columns->count; c++)
        if (c->owner == IMPORT_RECORD)
            fields_set(values, c->name, import_cell(columns, line, c));
}

static void take_members(const struct entry *entry, struct fields *values)
{
    const struct import_columns *columns = &entry->plan->columns;

    for (size_t row = 0; row < entry->unit->count; row++) {
        const struct import_line *line = &entry->unit->lines[row];
        for (size_t i = 0; i < columns->count; i++) {
            const struct import_column *column = &columns->items[i];
            bool own = column->owner == IMPORT_MEMBER;
            bool of_head = column->owner == IMPORT_HEAD && row == entry->head &&
                           import_column_of(columns, IMPORT_MEMBER, column->name) == NULL;
            if (own || of_head)
                fields_set_row(values, "members", row, column->name,
                               import_cell(columns, line, column));
        }
    }
}

/** The head's own row: the one with the head's ID number. */
static bool find_head(struct entry *entry)
{
    const struct import_columns *columns = &entry->plan->columns;
    const struct import_column *id_no = import_column_of(columns, IMPORT_MEMBER, "id_no");

    for (size_t i = 0; i < entry->unit->count; i++) {
        char *own = text_clean_code(import_cell(columns, &entry->unit->lines[i], id_no));
        bool same = *own != '\0' && strcmp(own, entry->unit->key) == 0;
        free(own);
        if (same) {
            entry->head = i;
            return true;
        }
    }
    return false;
}

// ---- refusals

/** Splits "members.2.name"; other names belong to the head's line. */
static const char *problem_line(const struct entry *entry, const char *field, size_t *ret_line)
{
    static const char prefix[] = "members.";
    char *end = NULL;

    *ret_line = entry->head;
    if (!is_household(entry->plan) || !text_starts(field, prefix))
        return field;
    unsigned long row = strtoul(field + strlen(prefix), &end, 10);
    if (*end != '.' || row >= entry->unit->count)
        return field;
    *ret_line = row;
    return end + 1;
}

/** The column a problem's field came from, by its own name or as the person's. */
static const struct import_column *problem_column(const struct entry *entry, const char *name)
{
    static const enum import_owner owners[] = {IMPORT_MEMBER, IMPORT_RECORD, IMPORT_HEAD};
    const struct import_columns *columns = &entry->plan->columns;
    char *of_person = mem_printf("person.%s", name);
    const struct import_column *found = import_column_of(columns, IMPORT_RECORD, of_person);

    for (size_t i = 0; i < sizeof owners / sizeof owners[0] && found == NULL; i++)
        found = import_column_of(columns, owners[i], name);
    free(of_person);
    return found;
}

static void take_problems(struct entry *entry, const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->items[i];
        size_t line = 0;
        const char *name = problem_line(entry, problem->field, &line);
        const struct import_column *column = problem_column(entry, name);
        if (!problem->warning)
            fault_at(entry, line, column,
                     column != NULL
                         ? import_cell(&entry->plan->columns, &entry->unit->lines[line], column)
                         : problem->value,
                     problem->text);
    }
}

/** A refusal as a whole is about the person the row names. */
static void take_refusal(struct entry *entry, const struct reply *reply, enum result result)
{
    take_problems(entry, &reply->problems);
    if (entry->unit->fault_count > 0)
        return;
    const struct import_column *column = problem_column(entry, "id_no");
    fault_at(entry, entry->head, column,
             import_cell(&entry->plan->columns, &entry->unit->lines[entry->head], column),
             reply->message != NULL ? reply->message : result_words(result));
}

static void say_whole_household(struct import_unit *unit)
{
    for (size_t i = 0; i < unit->fault_count; i++) {
        char *reason = mem_printf("%s" WHOLE_HOUSEHOLD, unit->faults[i].reason);
        free(unit->faults[i].reason);
        unit->faults[i].reason = reason;
    }
}

/** True if the result concerns this unit alone and the transaction may go on. */
static bool is_refusal(enum result result)
{
    static const enum result refusals[] = {RESULT_INVALID, RESULT_NOTFOUND, RESULT_EXISTS,
                                           RESULT_DENIED,  RESULT_CONFLICT, RESULT_CLOSED};

    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++)
        if (refusals[i] == result)
            return true;
    return false;
}

// ---- recording

static enum result record_case(struct work *work, struct entry *entry)
{
    struct fields values = {0};
    bool household = is_household(entry->plan);

    if (household && !find_head(entry)) {
        fault_at(entry, 0, problem_column(entry, "id_no"), entry->unit->key,
                 *entry->unit->key == '\0' ? "户主身份证号为空，请填写"
                                           : "没有户主本人的一行，请补上");
        return RESULT_INVALID;
    }
    take_record(entry, &values);
    if (household)
        take_members(entry, &values);
    enum result result = case_record(work, &(struct case_input){
                                               .kind = entry->plan->form->kind,
                                               .values = &values,
                                               .confirm = true,
                                               .batch = entry->plan->batch,
                                               .check_only = entry->plan->check_only,
                                           });
    fields_free(&values);
    return result;
}

/** Takes a value out of the bag; new string. */
static char *take_value(struct fields *values, const char *name)
{
    char *value = mem_copy(fields_get(values, name));

    fields_set(values, name, NULL);
    return value;
}

static enum result record_visit(struct work *work, struct entry *entry)
{
    static const char *const heads[] = {"person.id_no", "date", "mode", "result", "by"};
    enum { HEADS = sizeof heads / sizeof heads[0] };
    char *head[HEADS];
    struct fields values = {0};

    take_record(entry, &values);
    for (size_t i = 0; i < HEADS; i++)
        head[i] = take_value(&values, heads[i]);
    enum result result = visit_record(work, &(struct visit_input){
                                                .id_no = head[0],
                                                .date = head[1],
                                                .mode = head[2],
                                                .result = head[3],
                                                .by = head[4],
                                                .values = &values,
                                                .confirm = true,
                                                .replaces = "",
                                                .batch = entry->plan->batch,
                                                .check_only = entry->plan->check_only,
                                            });
    for (size_t i = 0; i < HEADS; i++)
        free(head[i]);
    fields_free(&values);
    return result;
}

static enum result record_entry(struct work *work, struct entry *entry)
{
    for (size_t i = 0; i < entry->unit->count; i++)
        check_stray_cells(entry, i);
    if (is_household(entry->plan) && entry->unit->count > FIELDS_ROWS)
        fault_at(entry, 0, problem_column(entry, "id_no"), entry->unit->key,
                 "同一户主下超过1000行，请核对户主身份证号");
    if (entry->unit->fault_count > 0)
        return RESULT_INVALID;
    return entry->plan->form != NULL ? record_case(work, entry) : record_visit(work, entry);
}

static void take_person(const char *id, void *arg)
{
    work_change(arg, IMPORT_MADE_PERSON, "", id);
}

enum result import_unit_record(struct work *work, const struct import_plan *plan,
                               struct import_unit *unit)
{
    struct entry entry = {.plan = plan, .unit = unit};
    struct reply reply = {0};
    struct work own = *work; /* what one unit answers and logs is not the import's */

    clear_faults(unit);
    own.reply = &reply;
    own.event = NULL;
    enum result result = record_entry(&own, &entry);
    if (result == RESULT_OK) {
        unit->accepted = true;
        text_split(fields_get(&reply.values, IMPORT_MADE_PERSON), take_person, work);
        if (plan->form != NULL)
            work_change(work, IMPORT_MADE_CASE, "", fields_get(&reply.values, "case_id"));
        else
            work_change(work, IMPORT_MADE_VISIT, "", fields_get(&reply.values, "visit"));
    } else if (is_refusal(result)) {
        take_refusal(&entry, &reply, result);
        if (is_household(plan))
            say_whole_household(unit);
        result = RESULT_OK;
    }
    reply_free(&reply);
    return result;
}
