#include "service/import/import_entry.h"

#include "base/mem.h"
#include "base/name.h"
#include "base/text.h"
#include "service/cases/case.h"
#include "service/frame/event.h"
#include "service/frame/stranger.h"
#include "service/ledger/visit.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WHOLE_HOUSEHOLD "，整户不予导入"

// ---- units

struct import_unit *import_unit_new(const char *key)
{
    struct import_unit *unit = mem_new(sizeof *unit);

    unit->key = mem_copy(key);
    return unit;
}

void import_unit_add(struct import_unit *unit, const struct import_input *row)
{
    struct import_line line = {
        .number = row->number,
        .count = row->count,
        .cells = mem_array(row->count, sizeof *line.cells),
        .fault = mem_copy(row->fault),
    };

    for (size_t i = 0; i < row->count; i++)
        line.cells[i] = mem_copy(row->cells[i]);
    mem_grow((void **)&unit->lines, unit->count, &unit->capacity, sizeof *unit->lines);
    unit->lines[unit->count++] = line;
}

static void says_clear(struct import_says *says)
{
    for (size_t i = 0; i < says->count; i++) {
        struct import_say *say = &says->items[i];
        free(say->column);
        free(say->value);
        free(say->text);
        free(say->field);
        free(say->known);
    }
    says->count = 0;
}

static void unit_clear(struct import_unit *unit)
{
    says_clear(&unit->faults);
    says_clear(&unit->remarks);
    says_clear(&unit->differences);
    free(unit->name);
    unit->name = NULL;
    unit->accepted = false;
}

void import_unit_free(struct import_unit **unit)
{
    struct import_unit *u = *unit;

    if (u == NULL)
        return;
    unit_clear(u);
    for (size_t i = 0; i < u->count; i++) {
        for (size_t k = 0; k < u->lines[i].count; k++)
            free(u->lines[i].cells[k]);
        free(u->lines[i].cells);
        free(u->lines[i].fault);
    }
    free(u->faults.items);
    free(u->remarks.items);
    free(u->differences.items);
    free(u->lines);
    free(u->key);
    free(u);
    *unit = NULL;
}

const char *import_cell(const struct import_columns *columns, const struct import_line *line,
                        const struct import_column *column)
{
    size_t index = column != NULL ? (size_t)(column - columns->items) : line->count;

    return index < line->count ? line->cells[index] : "";
}

char *import_line_name(const struct import_columns *columns, const struct import_line *line)
{
    static const struct {
        enum import_owner owner;
        const char *name;
    } places[] = {{IMPORT_MEMBER, "name"},
                  {IMPORT_RECORD, "person.name"},
                  {IMPORT_CHECKED, "person.name"},
                  {IMPORT_RECORD, "name"},
                  {IMPORT_HEAD, "name"}};
    char *name = mem_copy("");

    for (size_t i = 0; i < sizeof places / sizeof places[0] && *name == '\0'; i++) {
        free(name);
        name = name_clean(
            import_cell(columns, line, import_column_of(columns, places[i].owner, places[i].name)));
    }
    return name;
}

bool import_is_household(const struct import_plan *plan)
{
    return plan->form != NULL && plan->form->subject == FORM_HOUSEHOLD;
}

bool import_is_list(const struct import_plan *plan)
{
    return plan->form != NULL && plan->form->subject == FORM_LIST;
}

// ---- faults and remarks of cells

/** True if the text was said already: a household's rows repeat the same value. */
static bool is_same(const struct import_say *said, const struct import_say *what)
{
    return strcmp(said->column, what->column) == 0 && strcmp(said->text, what->text) == 0 &&
           (said->line == what->line ||
            (*what->value != '\0' && said->field == NULL && strcmp(said->value, what->value) == 0));
}

static void say(struct import_says *says, const struct import_say *what)
{
    for (size_t i = 0; i < says->count; i++)
        if (is_same(&says->items[i], what))
            return;
    mem_grow((void **)&says->items, says->count, &says->capacity, sizeof *says->items);
    says->items[says->count++] = (struct import_say){
        .line = what->line,
        .column = mem_copy(what->column),
        .value = mem_copy(what->value),
        .text = mem_copy(what->text),
        .field = what->field != NULL ? mem_copy(what->field) : NULL,
        .known = what->known != NULL ? mem_copy(what->known) : NULL,
    };
}

__attribute__((format(printf, 6, 0))) static void
say_at(struct import_entry *entry, struct import_says *says, size_t line,
       const struct import_column *column, const char *value, const char *format, va_list args)
{
    struct str text = {0};

    str_vprintf(&text, format, args);
    say(says, &(struct import_say){
                  .line = entry->unit->lines[line].number,
                  .column = column != NULL ? column->heading : (char *)"",
                  .value = (char *)(uintptr_t)value,
                  .text = (char *)(uintptr_t)str_text(&text),
              });
    str_free(&text);
}

/** A cell gets one fault only: the first one causes the rest. */
static bool has_fault(const struct import_unit *unit, uint32_t line, const char *column)
{
    for (size_t i = 0; i < unit->faults.count; i++)
        if (unit->faults.items[i].line == line && strcmp(unit->faults.items[i].column, column) == 0)
            return true;
    return false;
}

void import_fault(struct import_entry *entry, size_t line, const struct import_column *column,
                  const char *value, const char *format, ...)
{
    va_list args;

    if (has_fault(entry->unit, entry->unit->lines[line].number,
                  column != NULL ? column->heading : ""))
        return;
    va_start(args, format);
    say_at(entry, &entry->unit->faults, line, column, value, format, args);
    va_end(args);
}

void import_remark(struct import_entry *entry, size_t line, const struct import_column *column,
                   const char *value, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say_at(entry, &entry->unit->remarks, line, column, value, format, args);
    va_end(args);
}

void import_unit_refuse(struct import_unit *unit, uint32_t line, const char *column,
                        const char *value, const char *text)
{
    unit->accepted = false;
    say(&unit->faults, &(struct import_say){
                           .line = line,
                           .column = (char *)(uintptr_t)column,
                           .value = (char *)(uintptr_t)value,
                           .text = (char *)(uintptr_t)text,
                       });
}

// ---- rows that cannot be read

/** A value without a heading would be lost; usually the cells of the row are shifted. */
static void check_stray_cells(struct import_entry *entry, size_t at)
{
    const struct import_columns *columns = &entry->plan->columns;
    const struct import_line *line = &entry->unit->lines[at];

    for (size_t i = 0; i < line->count; i++) {
        bool named = i < columns->count && *columns->items[i].heading != '\0';
        if (!named && !text_is_empty(line->cells[i])) {
            import_fault(entry, at, NULL, line->cells[i],
                         "第%zu格上面没有列名，请检查这一行是否错位，或补上列名", i + 1);
            return;
        }
    }
}

static void check_lines(struct import_entry *entry)
{
    const struct import_columns *columns = &entry->plan->columns;

    for (size_t i = 0; i < entry->unit->count; i++) {
        const struct import_line *line = &entry->unit->lines[i];
        if (*line->fault != '\0')
            import_fault(entry, i, NULL, "", "%s", line->fault);
        else
            check_stray_cells(entry, i);
    }
    if (import_is_household(entry->plan) && entry->unit->count > FIELDS_ROWS)
        import_fault(entry, 0, import_column_of(columns, IMPORT_HEAD, "id_no"), entry->unit->key,
                     "同一户主下超过1000行，请核对户主身份证号");
}

// ---- problems found by the record's own checks

/** Splits "members.2.name"; other names belong to the head's line. */
static const char *problem_line(const struct import_entry *entry, const char *field,
                                size_t *ret_line)
{
    static const char prefix[] = "members.";
    char *end = NULL;

    *ret_line = entry->head;
    if (!import_is_household(entry->plan) || !text_starts(field, prefix))
        return field;
    unsigned long row = strtoul(field + strlen(prefix), &end, 10);
    if (*end != '.' || row >= entry->unit->count)
        return field;
    *ret_line = row;
    return end + 1;
}

/** The column of a problem's field, by its own name or as the person's. */
static const struct import_column *problem_column(const struct import_entry *entry,
                                                  const char *name)
{
    static const enum import_owner owners[] = {IMPORT_MEMBER, IMPORT_RECORD, IMPORT_CHECKED,
                                               IMPORT_HEAD};
    const struct import_columns *columns = &entry->plan->columns;
    char *of_person = mem_printf("person.%s", name);
    const struct import_column *found = import_column_of(columns, IMPORT_RECORD, of_person);

    for (size_t i = 0; i < sizeof owners / sizeof owners[0] && found == NULL; i++)
        found = import_column_of(columns, owners[i], name);
    if (found == NULL)
        found = import_column_of(columns, IMPORT_CHECKED, of_person);
    free(of_person);
    return found;
}

static void take_problems(struct import_entry *entry, const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->items[i];
        size_t line = 0;
        const char *name = problem_line(entry, problem->field, &line);
        const struct import_column *column = problem_column(entry, name);
        const char *value =
            column != NULL ? import_cell(&entry->plan->columns, &entry->unit->lines[line], column)
                           : problem->value;
        if (problem->warning)
            import_remark(entry, line, column, value, "%s", problem->text);
        else
            import_fault(entry, line, column, value, "%s", problem->text);
    }
}

/** A refusal without a field is put at the person's ID number. */
static void take_refusal(struct import_entry *entry, const struct reply *reply, enum result result)
{
    if (entry->unit->faults.count > 0)
        return;
    const struct import_column *column = problem_column(entry, "id_no");
    import_fault(entry, entry->head, column,
                 import_cell(&entry->plan->columns, &entry->unit->lines[entry->head], column), "%s",
                 reply->message != NULL ? reply->message : result_words(result));
}

static void say_whole_household(struct import_unit *unit)
{
    for (size_t i = 0; i < unit->faults.count; i++) {
        struct import_say *fault = &unit->faults.items[i];
        char *text = mem_printf("%s" WHOLE_HOUSEHOLD, fault->text);
        free(fault->text);
        fault->text = text;
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

// ---- stored values of the persons

/** A unit, and its changes of known persons for the import's event; they are noted after the unit
 *  is stored. */
struct recording {
    struct import_entry *entry;
    size_t count, capacity;
    struct changed {
        char *name, *old, *new;
    } * changed;
};

static bool take_decided(const char *field, void *arg)
{
    const struct recording *recording = arg;
    const struct import_plan *plan = recording->entry->plan;
    size_t line = 0;
    const char *name = problem_line(recording->entry, field, &line);
    uint32_t number = recording->entry->unit->lines[line].number;

    for (size_t i = 0; i < plan->take_count; i++)
        if (plan->takes[i].row == number && strcmp(plan->takes[i].field, name) == 0)
            return true;
    return false;
}

static void note_difference(const struct case_difference *difference, void *arg)
{
    const struct recording *recording = arg;
    struct import_entry *entry = recording->entry;
    size_t line = 0;
    const char *name = problem_line(entry, difference->field, &line);

    say(&entry->unit->differences, &(struct import_say){
                                       .line = entry->unit->lines[line].number,
                                       .column = (char *)(uintptr_t)difference->label,
                                       .value = (char *)(uintptr_t)difference->value,
                                       .text = (char *)"",
                                       .field = (char *)(uintptr_t)(difference->fixed ? "" : name),
                                       .known = (char *)(uintptr_t)difference->known,
                                   });
}

static void note_changed(uint64_t person, const char *field, const char *old, const char *new,
                         void *arg)
{
    struct recording *recording = arg;

    mem_grow((void **)&recording->changed, recording->count, &recording->capacity,
             sizeof *recording->changed);
    recording->changed[recording->count++] = (struct changed){
        .name = mem_printf(IMPORT_CHANGED_PERSON "%" PRIu64 ":%s", person, field),
        .old = mem_copy(old),
        .new = mem_copy(new),
    };
}

static void recording_free(struct recording *recording)
{
    for (size_t i = 0; i < recording->count; i++) {
        free(recording->changed[i].name);
        free(recording->changed[i].old);
        free(recording->changed[i].new);
    }
    free(recording->changed);
}

// ---- recording

static enum result record_case(struct import_entry *entry, struct recording *recording)
{
    const struct case_ledger ledger = {.takes = take_decided,
                                       .differs = note_difference,
                                       .changes = note_changed,
                                       .arg = recording};

    return case_record(entry->usecase,
                       &(struct case_input){
                           .kind = entry->plan->form->kind,
                           .values = &entry->values,
                           .confirm = true,
                           .batch = entry->plan->batch,
                           .check_only = entry->plan->check_only || entry->unit->faults.count > 0,
                           .ledger = &ledger,
                       });
}

/** Removes a value from the set and returns it; new string. */
static char *take_value(struct fields *values, const char *name)
{
    char *value = mem_copy(fields_get(values, name));

    fields_set(values, name, NULL);
    return value;
}

static enum result record_visit(struct import_entry *entry)
{
    static const char *const heads[] = {"person.id_no", "date", "mode", "result", "by"};
    enum { HEADS = sizeof heads / sizeof heads[0] };
    const struct import_columns *columns = &entry->plan->columns;
    char *head[HEADS];
    char *name = name_clean(import_cell(columns, &entry->unit->lines[0],
                                        import_column_of(columns, IMPORT_CHECKED, "person.name")));

    for (size_t i = 0; i < HEADS; i++)
        head[i] = take_value(&entry->values, heads[i]);
    enum result result = visit_record(
        entry->usecase, &(struct visit_input){
                            .id_no = head[0],
                            .date = head[1],
                            .mode = head[2],
                            .result = head[3],
                            .by = head[4],
                            .values = &entry->values,
                            .confirm = true,
                            .replaces = "",
                            .batch = entry->plan->batch,
                            .name = name,
                            .check_only = entry->plan->check_only || entry->unit->faults.count > 0,
                        });
    for (size_t i = 0; i < HEADS; i++)
        free(head[i]);
    free(name);
    return result;
}

static enum result record_kind(struct import_entry *entry, struct recording *recording)
{
    if (entry->plan->form == NULL)
        return record_visit(entry);
    return import_is_list(entry->plan) ? import_listed_record(entry)
                                       : record_case(entry, recording);
}

/** Runs the record's checks even if cells have faults, so that all faults are reported at once. */
static enum result record_entry(struct import_entry *entry, struct recording *recording)
{
    check_lines(entry);
    if (entry->unit->faults.count > 0)
        return RESULT_INVALID;
    if (import_is_household(entry->plan) && !import_house_find_head(entry))
        return RESULT_INVALID;
    import_values_read(entry);
    if (entry->plan->form != NULL)
        import_stated_check(entry);
    enum result result = record_kind(entry, recording);
    if (result == 0 || is_refusal(result))
        take_problems(entry, &entry->usecase->reply->problems);
    return result == 0 && entry->unit->faults.count > 0 ? RESULT_INVALID : result;
}

static void take_person(const char *id, void *arg)
{
    event_add_change(arg, IMPORT_MADE_PERSON, "", id);
}

/** Notes in the import's event what the unit made and changed. */
static void note_recorded(struct usecase *usecase, const struct import_plan *plan,
                          const struct reply *reply, const struct recording *recording)
{
    text_split(fields_get(&reply->values, IMPORT_MADE_PERSON), take_person, usecase);
    for (size_t i = 0; i < recording->count; i++)
        event_add_change(usecase, recording->changed[i].name, recording->changed[i].old,
                         recording->changed[i].new);
    if (import_is_list(plan))
        return; /* the list itself names the batch: no ID number in the log */
    if (plan->form != NULL)
        event_add_change(usecase, IMPORT_MADE_CASE, "", fields_get(&reply->values, "case_id"));
    else
        event_add_change(usecase, IMPORT_MADE_VISIT, "", fields_get(&reply->values, "visit"));
}

enum result import_unit_record(struct usecase *usecase, const struct import_plan *plan,
                               struct import_unit *unit)
{
    struct reply reply = {0};
    struct usecase own = *usecase; /* a unit's reply and event are not the import's */
    struct import_entry entry = {.usecase = &own, .plan = plan, .unit = unit};
    struct recording recording = {.entry = &entry};

    unit_clear(unit);
    own.reply = &reply;
    own.event = NULL;
    enum result result = stranger_allow(usecase);
    if (result != 0)
        return result;
    result = record_entry(&entry, &recording);
    if (*fields_get(&reply.values, "name") != '\0')
        unit->name = mem_copy(fields_get(&reply.values, "name"));
    if (result == 0) {
        unit->accepted = true;
        note_recorded(usecase, plan, &reply, &recording);
    } else if (is_refusal(result)) {
        take_refusal(&entry, &reply, result);
        if (import_is_household(plan))
            say_whole_household(unit);
        result = RESULT_OK;
    }
    recording_free(&recording);
    fields_free(&entry.values);
    fields_free(&entry.extras);
    reply_free(&reply);
    return result;
}
