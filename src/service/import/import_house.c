/*
 * Households: which rows belong together, who the head is, the values of the members.
 */
#include "service/import/import_entry.h"

#include "base/mem.h"
#include "base/name.h"
#include "base/text.h"
#include "base/words.h"
#include "service/frame/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BY_HEAD "id:"
#define BY_NUMBER "no:"

// ---- rows

static char *code_at(const struct import_columns *columns, const struct import_line *line,
                     const struct import_column *column)
{
    char *cell = text_clean_cell(import_cell(columns, line, column));
    char *code = text_clean_code(cell);

    free(cell);
    return code;
}

static char *name_at(const struct import_columns *columns, const struct import_line *line,
                     const struct import_column *column)
{
    return name_clean(import_cell(columns, line, column));
}

/** True if the row's relation to the head is that of the head. */
static bool is_head_row(const struct import_columns *columns, const struct import_line *line)
{
    const struct import_column *column = import_column_of(columns, IMPORT_MEMBER, MEMBER_RELATION);
    const struct type_context context = {0};
    char *value = NULL;
    char *error = NULL;

    if (column == NULL)
        return false;
    char *text = text_clean_cell(import_cell(columns, line, column));
    bool head = column->field->type->parse(column->field, &context, text, &value, &error) == 0 &&
                strcmp(value, MEMBER_HEAD) == 0;
    free(text);
    free(value);
    free(error);
    return head;
}

// ---- the household of a row

struct import_gathering {
    const struct import_plan *plan;
    char *last; /**< key of the row before, NULL at the beginning */
    char *head; /**< name of the last household's head, from the rows */
    size_t strays;
};

struct import_gathering *import_gathering_new(const struct import_plan *plan)
{
    struct import_gathering *gathering = mem_new(sizeof *gathering);

    gathering->plan = plan;
    gathering->head = mem_copy("");
    return gathering;
}

void import_gathering_free(struct import_gathering **gathering)
{
    if (*gathering == NULL)
        return;
    free((*gathering)->last);
    free((*gathering)->head);
    free(*gathering);
    *gathering = NULL;
}

/** A key from the head's ID number or the household's number; NULL if the row has neither. */
static char *own_key(const struct import_columns *columns, const struct import_line *line)
{
    const struct import_column *head = import_column_of(columns, IMPORT_HEAD, "id_no");
    char *code = code_at(columns, line, head);
    const char *kind = BY_HEAD;

    for (size_t i = 0; i < columns->count && *code == '\0'; i++) {
        if (columns->items[i].owner != IMPORT_HOUSEHOLD)
            continue;
        free(code);
        code = code_at(columns, line, &columns->items[i]);
        kind = BY_NUMBER;
    }
    char *key = *code != '\0' ? mem_printf("%s%s", kind, code) : NULL;
    free(code);
    return key;
}

/** Spreadsheets merge the head's cells over the rows of a household, so only the first row has
 *  them: a row without a key joins the row before it. A row that names another head, or stands
 *  before any head, gets a key of its own. */
static char *key_by_order(struct import_gathering *gathering, const struct import_line *line,
                          const char *head)
{
    const struct import_columns *columns = &gathering->plan->columns;
    bool other = *head != '\0' && strcmp(head, gathering->head) != 0;

    if (is_head_row(columns, line) ||
        import_column_of(columns, IMPORT_MEMBER, MEMBER_RELATION) == NULL) {
        char *own = code_at(columns, line, import_column_of(columns, IMPORT_MEMBER, "id_no"));
        char *key = *own != '\0' ? mem_printf(BY_HEAD "%s", own) : NULL;
        free(own);
        if (key != NULL)
            return key;
    }
    if (gathering->last == NULL || other)
        return mem_printf("%zu", ++gathering->strays);
    return mem_copy(gathering->last);
}

char *import_gathering_key(struct import_gathering *gathering, const struct import_input *row)
{
    const struct import_columns *columns = &gathering->plan->columns;
    const struct import_line line = {.count = row->count, .cells = (char **)(uintptr_t)row->cells};
    char *head = name_at(columns, &line, import_column_of(columns, IMPORT_HEAD, "name"));
    char *key = own_key(columns, &line);

    if (key == NULL)
        key = key_by_order(gathering, &line, head);
    free(gathering->last);
    gathering->last = mem_copy(key);
    if (*head != '\0') {
        free(gathering->head);
        gathering->head = head;
    } else {
        free(head);
    }
    return key;
}

// ---- the head

bool import_house_find_head(struct import_entry *entry)
{
    const struct import_columns *columns = &entry->plan->columns;
    const struct import_column *id_no = import_column_of(columns, IMPORT_MEMBER, "id_no");
    const char *key = entry->unit->key;
    bool by_head = text_starts(key, BY_HEAD);
    bool found = false;

    for (size_t i = 0; i < entry->unit->count && !found; i++) {
        const struct import_line *line = &entry->unit->lines[i];
        char *own = code_at(columns, line, id_no);
        found = by_head ? strcmp(own, key + strlen(BY_HEAD)) == 0 : is_head_row(columns, line);
        if (found)
            entry->head = i;
        free(own);
    }
    if (found)
        return true;
    if (by_head || text_starts(key, BY_NUMBER))
        import_fault(entry, 0, import_column_of(columns, IMPORT_MEMBER, "id_no"),
                     import_cell(columns, &entry->unit->lines[0], id_no),
                     "没有户主本人的一行，请补上");
    else
        import_fault(entry, 0, import_column_of(columns, IMPORT_HEAD, "id_no"), "",
                     "户主身份证号为空，请填写");
    return false;
}

// ---- members

static void put_member(struct import_entry *entry, size_t line, const struct import_column *column)
{
    struct import_value value = {0};
    char prefix[FORM_PREFIX];

    import_cells_read(entry, line, column, &value);
    snprintf(prefix, sizeof prefix, "members.%zu.", line);
    fields_set_row(&entry->values, "members", line, column->name, value.text);
    if (value.extra != NULL && *value.extra_field != '\0') {
        char *name = mem_printf("%s%s", prefix, value.extra_field);
        fields_set(&entry->extras, name, value.extra);
        free(name);
    }
    import_value_free(&value);
}

/** Reads a head's column from the head's row, or else from the first row that fills it. */
static void read_head_column(struct import_entry *entry, const struct import_column *column,
                             struct import_value *value)
{
    import_cells_read(entry, entry->head, column, value);
    for (size_t line = 0; line < entry->unit->count && *value->text == '\0'; line++) {
        import_value_free(value);
        import_cells_read(entry, line, column, value);
    }
}

/** The head's column must agree with the head's own row; a second telephone has a field of its
 *  own. */
static void put_head(struct import_entry *entry, const struct import_column *column)
{
    const char *own = fields_get_row(&entry->values, "members", entry->head, column->name);
    struct import_value value = {0};

    read_head_column(entry, column, &value);
    if (*own == '\0')
        fields_set_row(&entry->values, "members", entry->head, column->name, value.text);
    else if (*value.text != '\0' && strcmp(own, value.text) != 0 && *column->field->more != '\0')
        fields_set_row(&entry->extras, "members", entry->head, column->field->more, value.text);
    else if (*value.text != '\0' && strcmp(own, value.text) != 0)
        import_remark(entry, entry->head, column, value.text, "与户主本人一行不一样，存的是“%s”",
                      own);
    import_value_free(&value);
}

/** Every row of a household names the same head. */
static void check_head_names(struct import_entry *entry, const struct import_column *column)
{
    const struct import_columns *columns = &entry->plan->columns;
    char *own = name_clean(fields_get_row(&entry->values, "members", entry->head, "name"));

    for (size_t line = 0; line < entry->unit->count; line++) {
        char *name = name_at(columns, &entry->unit->lines[line], column);
        if (*name != '\0' && *own != '\0' && strcmp(name, own) != 0)
            import_fault(entry, line, column, name,
                         "户主身份证号是%s的，户主姓名写的是“%s”，请核对", own, name);
        free(name);
    }
    free(own);
}

void import_house_read(struct import_entry *entry)
{
    const struct import_columns *columns = &entry->plan->columns;

    for (size_t line = 0; line < entry->unit->count; line++)
        for (size_t i = 0; i < columns->count; i++)
            if (columns->items[i].owner == IMPORT_MEMBER && columns->items[i].twin == i)
                put_member(entry, line, &columns->items[i]);
    for (size_t i = 0; i < columns->count; i++) {
        const struct import_column *column = &columns->items[i];
        if (column->owner != IMPORT_HEAD || column->twin != i || strcmp(column->name, "id_no") == 0)
            continue;
        if (strcmp(column->name, "name") != 0 ||
            import_column_of(columns, IMPORT_MEMBER, "name") == NULL)
            put_head(entry, column);
        if (strcmp(column->name, "name") == 0)
            check_head_names(entry, column);
    }
}
