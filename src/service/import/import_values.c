/*
 * Puts the cells of a unit together to a record's values, and reports contradictions.
 */
#include "service/import/import_entry.h"

#include "base/mem.h"
#include "base/name.h"
#include "base/text.h"
#include "form/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- one row, one field

/** The canonical form of a value, as typed if there is none; new string. */
static char *canonical(const struct form_field *field, day_t today, const char *text)
{
    const struct type_context context = {.today = today};
    char *value = NULL;
    char *error = NULL;

    if (field->type->parse(field, &context, text, &value, &error) == 0)
        return value;
    free(error);
    return mem_copy(text);
}

static bool means_same(const struct import_entry *entry, const struct form_field *field,
                       const char *a, const char *b)
{
    char *x = canonical(field, entry->usecase->today, a);
    char *y = canonical(field, entry->usecase->today, b);
    bool same = strcmp(x, y) == 0;

    free(x);
    free(y);
    return same;
}

/** True for fields that figures or a person's identity depend on: a contradiction is a fault,
 *  elsewhere only a remark. */
static bool must_agree(const struct form_field *field)
{
    static const char *const types[] = {"name", "idno", "area", "date", "month", "money"};
    bool agree = field->stated;

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        agree = agree || strcmp(field->type->name, types[i]) == 0;
    return agree;
}

/** Compares two columns of one field. A second telephone has a field of its own; other
 *  contradictions are reported. */
static void compare_twin(struct import_entry *entry, size_t line,
                         const struct import_column *column, const struct import_column *twin,
                         struct import_value *value, struct import_value *other)
{
    const struct form_field *field = column->field;

    if (*other->text == '\0' || means_same(entry, field, value->text, other->text))
        return;
    if (*field->more != '\0' && value->extra == NULL) {
        value->extra = mem_copy(other->text);
        value->extra_field = field->more;
    } else if (must_agree(field)) {
        import_fault(entry, line, twin, other->text,
                     "与“%s”是同一项（%s），两列写的不一样，请核对，或用 --skip %s 略过一列",
                     column->heading, field->label, twin->heading);
    } else {
        import_remark(entry, line, twin, other->text, "与“%s”是同一项，写的不一样，存的是“%s”",
                      column->heading, value->text);
    }
}

void import_cells_read(struct import_entry *entry, size_t line, const struct import_column *column,
                       struct import_value *ret_value)
{
    const struct import_columns *columns = &entry->plan->columns;

    if (column->field != NULL && strcmp(column->field->type->name, "area") == 0 &&
        strstr(column->name, "hk_") == NULL) {
        import_place_read(entry, line, column, ret_value);
        return;
    }
    import_cell_read(entry, line, column, ret_value);
    for (size_t i = 0; i < columns->count; i++) {
        const struct import_column *twin = &columns->items[i];
        struct import_value value = {0};
        if (twin == column || twin->field == NULL || &columns->items[twin->twin] != column)
            continue;
        import_cell_read(entry, line, twin, &value);
        if (*ret_value->text == '\0') {
            import_value_free(ret_value);
            *ret_value = value;
            continue;
        }
        compare_twin(entry, line, column, twin, ret_value, &value);
        import_value_free(&value);
    }
}

// ---- the record's own values

static void put_extra(struct import_entry *entry, const char *prefix,
                      const struct import_value *value)
{
    if (value->extra == NULL || *value->extra_field == '\0')
        return;
    char *name = mem_printf("%s%s", prefix, value->extra_field);
    fields_set(&entry->extras, name, value->extra);
    free(name);
}

/** Puts the further values of cells into fields that are still empty. */
static void place_extras(struct import_entry *entry)
{
    for (size_t i = 0; i < entry->extras.count; i++) {
        const struct field *extra = &entry->extras.items[i];
        if (*fields_get(&entry->values, extra->name) == '\0')
            fields_set(&entry->values, extra->name, extra->value);
    }
}

/** The rows of a household must agree on its values; rows may leave them empty. */
static void compare_row(struct import_entry *entry, size_t line, const struct import_column *column,
                        const struct import_value *value, const struct import_value *other)
{
    const struct form_field *field = column->field;

    if (*other->text == '\0' || strcmp(value->text, other->text) == 0 ||
        means_same(entry, field, value->text, other->text))
        return;
    if (field->stated || strcmp(field->type->name, "area") == 0)
        import_fault(entry, line, column, other->text, "同一户的%s不一样：%s与%s，请核对是否一户",
                     field->label, value->text, other->text);
    else
        import_remark(entry, line, column, other->text, "同一户写的不一样，存的是“%s”",
                      value->text);
}

static void read_record_column(struct import_entry *entry, const struct import_column *column)
{
    struct import_value value = {0};

    import_cells_read(entry, entry->head, column, &value);
    for (size_t line = 0; line < entry->unit->count; line++) {
        struct import_value other = {0};
        if (line == entry->head)
            continue;
        import_cells_read(entry, line, column, &other);
        if (*value.text == '\0') {
            import_value_free(&value);
            value = other;
            continue;
        }
        compare_row(entry, line, column, &value, &other);
        import_value_free(&other);
    }
    fields_set(&entry->values, column->name, value.text);
    put_extra(entry, "", &value);
    import_value_free(&value);
}

void import_values_read(struct import_entry *entry)
{
    const struct import_columns *columns = &entry->plan->columns;

    for (size_t i = 0; i < columns->count; i++) {
        const struct import_column *column = &columns->items[i];
        if (column->owner == IMPORT_RECORD && column->twin == i)
            read_record_column(entry, column);
    }
    if (import_is_household(entry->plan))
        import_house_read(entry);
    place_extras(entry);
}

// ---- computed fields of the ledger

/** Compares values; ledgers round sums of money. */
static bool agrees(const struct form_field *field, const char *stated, const char *computed)
{
    enum { YUAN = 100 };
    int64_t a = 0;
    int64_t b = 0;

    if (strcmp(field->type->name, "money") != 0)
        return strcmp(stated, computed) == 0;
    return text_to_fen(stated, &a) == 0 && text_to_fen(computed, &b) == 0 && a - b < YUAN &&
           b - a < YUAN;
}

static void check_stated(struct import_entry *entry, const struct fields *computed,
                         const struct import_column *column)
{
    const struct form_field *field = column->field;
    const char *value = fields_get(computed, field->id);

    for (size_t line = 0; line < entry->unit->count; line++) {
        struct import_value cell = {0};
        import_cell_read(entry, line, column, &cell);
        char *stated = canonical(field, entry->usecase->today, cell.text);
        if (*stated != '\0' && *value != '\0' && !agrees(field, stated, value))
            import_fault(entry, line, column, cell.text,
                         "%s写的是%s，按这份名单是%s，请核对是否漏了人或错列", field->label, stated,
                         value);
        free(stated);
        import_value_free(&cell);
    }
}

void import_stated_check(struct import_entry *entry)
{
    const struct import_columns *columns = &entry->plan->columns;
    struct type_context context = facts_type_context(entry->usecase->service);
    struct problems unused = {0}; /* the form's own check reports them */
    struct fields computed = {0};

    for (size_t i = 0; i < columns->count; i++) {
        if (columns->items[i].owner != IMPORT_STATED)
            continue;
        if (computed.count == 0) {
            fields_copy(&computed, &entry->values);
            form_fill_ledger(entry->plan->form, &computed, entry->usecase->today);
            form_parse(entry->plan->form, &context, &computed, &unused);
            form_compute(entry->plan->form, &computed, entry->usecase->today);
        }
        check_stated(entry, &computed, &columns->items[i]);
    }
    problems_free(&unused);
    fields_free(&computed);
}
