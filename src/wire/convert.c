#include "wire/convert.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/words.h"

#include <stdlib.h>
#include <string.h>

void wire_values_read(size_t count, Wire__Value *const *values, struct fields *to)
{
    for (size_t i = 0; i < count; i++)
        fields_set(to, values[i]->name, values[i]->value);
}

void wire_values_write(const struct fields *from, size_t *ret_count, Wire__Value ***ret_values)
{
    Wire__Value **values = from->count > 0 ? mem_array(from->count, sizeof *values) : NULL;

    for (size_t i = 0; i < from->count; i++) {
        values[i] = mem_new(sizeof *values[i]);
        wire__value__init(values[i]);
        values[i]->name = mem_copy(from->items[i].name);
        values[i]->value = mem_copy(from->items[i].value);
    }
    *ret_count = from->count;
    *ret_values = values;
}

void wire_values_free(size_t count, Wire__Value **values)
{
    for (size_t i = 0; i < count; i++)
        wire__value__free_unpacked(values[i], NULL);
    free(values);
}

struct sheet *wire_sheet_read(const Wire__Sheet *from)
{
    struct sheet *sheet = sheet_new_ids((const char *const *)from->columns, from->n_columns);
    /* Extra cells that do not fill a row are dropped. */
    size_t rows = from->n_columns > 0 ? from->n_cells / from->n_columns : 0;

    for (size_t row = 0; row < rows; row++)
        (void)sheet_add_cells(sheet, (const char *const *)from->cells + row * sheet->column_count);
    if (from->next != NULL && from->next[0] != '\0')
        sheet->next = mem_copy(from->next);
    if (from->basis != NULL && from->basis[0] != '\0')
        sheet->basis = mem_copy(from->basis);
    return sheet;
}

/** `message` comes first: the two share their address. */
struct taken_sheet {
    Wire__Sheet message;
    struct sheet *sheet;
};

Wire__Sheet *wire_sheet_take(struct sheet **sheet)
{
    struct taken_sheet *taken = mem_new(sizeof *taken);
    Wire__Sheet *message = &taken->message;
    struct sheet *from = *sheet;
    const char **cells = mem_array(from->row_count * from->column_count, sizeof *cells);

    for (size_t row = 0; row < from->row_count; row++)
        sheet_cells(from, row, cells + row * from->column_count);
    wire__sheet__init(message);
    message->n_columns = from->column_count;
    message->columns = from->columns;
    message->n_cells = from->row_count * from->column_count;
    message->cells = (char **)cells;
    if (from->next != NULL)
        message->next = from->next;
    if (from->basis != NULL)
        message->basis = from->basis;
    taken->sheet = from;
    *sheet = NULL;
    return message;
}

static void drop_sheet(Wire__Sheet *message)
{
    struct taken_sheet *taken = (struct taken_sheet *)message;

    free(message->cells);
    wire__sheet__init(message);
    sheet_free(&taken->sheet);
}

void wire_sheet_free(Wire__Sheet **sheet)
{
    if (*sheet == NULL)
        return;
    drop_sheet(*sheet);
    free(*sheet);
    *sheet = NULL;
}

void wire_sheets_drop(ProtobufCMessage *message)
{
    const ProtobufCMessageDescriptor *type = message->descriptor;

    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        char *value = (char *)message + field->offset;
        bool chosen = (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) == 0 ||
                      *(uint32_t *)((char *)message + field->quantifier_offset) == field->id;
        ProtobufCMessage *part;

        /* A list never contains a sheet. */
        if (field->type != PROTOBUF_C_TYPE_MESSAGE || !chosen ||
            field->label == PROTOBUF_C_LABEL_REPEATED)
            continue;
        memcpy(&part, value, sizeof part);
        if (part == NULL)
            continue;
        if (part->descriptor == &wire__sheet__descriptor)
            drop_sheet((Wire__Sheet *)part);
        else
            wire_sheets_drop(part);
    }
}

void wire_problems_read(const Wire__Response *response, struct problems *to)
{
    for (size_t i = 0; i < response->n_problems; i++) {
        const Wire__Problem *problem = response->problems[i];

        if (problem->warning)
            problems_warn(to, problem->field, problem->value, "%s", problem->text);
        else
            problems_add(to, problem->field, problem->value, "%s", problem->text);
    }
}

/* Words by their numbers in doudi.proto. */
static const char *const STATES[] = {
    [WIRE__CASE_STATE__ANY] = "",
    [WIRE__CASE_STATE__ACTIVE] = CASE_ACTIVE,
    [WIRE__CASE_STATE__CLOSED] = CASE_CLOSED,
};
static const char *const DUTIES[] = {
    [WIRE__DUTY_TYPE__VISIT] = DUTY_TYPE_VISIT,
    [WIRE__DUTY_TYPE__REVIEW] = DUTY_TYPE_REVIEW,
};

/* A stranger may send any number. */
static const char *word_at(const char *const *words, size_t count, int number)
{
    return number >= 0 && (size_t)number < count ? words[number] : NULL;
}

const char *wire_state_word(Wire__CaseState state)
{
    return word_at(STATES, sizeof STATES / sizeof STATES[0], (int)state);
}

Wire__CaseState wire_state_of(const char *word)
{
    for (size_t i = 0; i < sizeof STATES / sizeof STATES[0]; i++)
        if (strcmp(STATES[i], word) == 0)
            return (Wire__CaseState)i;
    return WIRE__CASE_STATE__ANY;
}

const char *wire_duty_word(Wire__DutyType type)
{
    return word_at(DUTIES, sizeof DUTIES / sizeof DUTIES[0], (int)type);
}

/** A set's labels as lists have them: "失能、高龄". */
static void put_categories(const char *labels, struct fields *facts)
{
    struct str text = {0};

    for (; *labels != '\0'; labels++)
        if (*labels == ';')
            str_add(&text, "、");
        else
            str_add_char(&text, *labels);
    fields_set(facts, "categories", str_text(&text));
    str_free(&text);
}

/** Before the names of a person's values: "person.", of a household those of its head. */
static char *person_prefix(const struct fields *values)
{
    size_t rows = fields_rows(values, "members");
    size_t head = 0;

    if (rows == 0)
        return mem_copy("person.");
    for (size_t row = 0; row < rows; row++)
        if (strcmp(fields_get_row(values, "members", row, "m_rel"), "户主") == 0)
            head = row;
    return mem_printf("members.%zu.", head);
}

static void put_person(const struct fields *values, struct fields *facts)
{
    static const char *const names[] = {"name", "sex", "id_no", "birth", "phone", "address"};
    char *prefix = person_prefix(values);

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char *name = mem_printf("%s%s", prefix, names[i]);
        fields_set(facts, names[i], fields_get(values, name));
        free(name);
    }
    free(prefix);
}

/** Whose record it is: a household's has its head's name above it, called so. */
static void put_subject(struct fields *facts)
{
    bool household = fields_get(facts, "members")[0] != '\0';

    fields_set(facts, household ? "head" : "person", fields_get(facts, "name"));
}

/** "胜利街道　旌旗社区": villages of two streets may be called the same. */
static void put_area(const Wire__CaseView *view, struct fields *facts)
{
    bool same = strcmp(view->street_name, view->area_name) == 0;
    char *area = mem_printf("%s%s%s", same ? "" : view->street_name,
                            same || view->street_name[0] == '\0' ? "" : "　", view->area_name);

    fields_set(facts, "area_name", area);
    free(area);
}

/** Everybody of a household, as the case has them: "赵德山、钱秀兰". */
static void put_members(const struct fields *values, struct fields *facts)
{
    struct str text = {0};

    for (size_t row = 0; row < fields_rows(values, "members"); row++)
        str_printf(&text, "%s%s", row > 0 ? "、" : "",
                   fields_get_row(values, "members", row, "name"));
    fields_set(facts, "members", str_text(&text));
    str_free(&text);
}

void wire_case_facts(const Wire__CaseView *view, struct fields *facts)
{
    struct fields values = {0};

    wire_values_read(view->n_values, view->values, &values);
    put_person(&values, facts);
    put_members(&values, facts);
    put_subject(facts);
    fields_set(facts, "tier", fields_get(&values, "tier"));
    fields_set(facts, "since", view->since);
    fields_set(facts, "kind_name", view->kind_name);
    put_categories(fields_get(&values, "categories"), facts);
    fields_set(facts, "case_no", view->number);
    put_area(view, facts);
    fields_set(facts, "officer", view->visitor);
    fields_free(&values);
}
