/*
 * Finds the field of each heading.
 */
#include "service/import/import_unit.h"

#include "base/heading.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

// ---- fields by name

/** Borrows the name from the form, which lives longer than the caller's text. */
static void take_owner(const char *name, struct import_column *column)
{
    static const struct {
        const char *prefix;
        enum import_owner owner;
    } owners[] = {{"members.", IMPORT_MEMBER}, {"head.", IMPORT_HEAD}};

    column->owner = IMPORT_RECORD;
    for (size_t i = 0; i < sizeof owners / sizeof owners[0]; i++)
        if (text_starts(name, owners[i].prefix))
            column->owner = owners[i].owner;
    column->name = column->field->id;
}

/** Sets the column to a field of the programme. A computed field is only compared. */
static bool set_case_field(const struct form *form, const char *name, struct import_column *column)
{
    const struct form_field *field = form_field(form, name);

    if (field == NULL || field->column_count > 0)
        return false;
    column->field = field;
    take_owner(name, column);
    if (field->compute != NULL)
        column->owner = IMPORT_STATED;
    return true;
}

/** The visit form of the next programme with visits, NULL after the last. */
static const struct form *visit_form(const struct forms *forms, size_t *at)
{
    const struct form *form;

    while ((form = forms_programme(forms, *at)) != NULL) {
        ++*at;
        if (form->has_visits)
            return forms_get(forms, form->visits.record);
    }
    return NULL;
}

/** A person's column in a list of visits: only ID number and name are read. */
static void set_visited(const char *name, struct import_column *column)
{
    static const struct {
        const char *name;
        enum import_owner owner;
    } fields[] = {{"person.id_no", IMPORT_RECORD}, {"person.name", IMPORT_CHECKED}};

    column->owner = IMPORT_NOBODY;
    column->state = "没有读：探访记录里没有这一项";
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (strcmp(fields[i].name, name) != 0)
            continue;
        column->owner = fields[i].owner;
        column->name = fields[i].name;
        column->state = "";
    }
}

/** Sets the column to a field of a visit, in any programme. */
static bool set_visit_field(const struct forms *forms, const char *name,
                            struct import_column *column)
{
    const struct form *form;

    for (size_t at = 0; (form = visit_form(forms, &at)) != NULL;) {
        const struct form_field *field = form_field(form, name);
        if (field == NULL || field->column_count > 0)
            continue;
        column->owner = IMPORT_RECORD;
        column->name = field->id;
        column->field = field;
        if (text_starts(name, "person."))
            set_visited(name, column);
        return true;
    }
    return false;
}

bool import_column_set(const struct forms *forms, const struct form *form, const char *field,
                       struct import_column *column)
{
    return form != NULL ? set_case_field(form, field, column)
                        : set_visit_field(forms, field, column);
}

// ---- headings

static const struct form_alias *find_alias(const struct form *form, const char *heading)
{
    for (size_t i = 0; i < form->alias_count; i++)
        if (text_equal_nocase(form->aliases[i].header, heading))
            return &form->aliases[i];
    return NULL;
}

/** For visits: an alias of a visit form, else any programme's alias of a person's field. */
static const struct form_alias *find_visit_alias(const struct forms *forms, const char *heading)
{
    const struct form *form;

    for (size_t at = 0; (form = visit_form(forms, &at)) != NULL;) {
        const struct form_alias *alias = find_alias(form, heading);
        if (alias != NULL)
            return alias;
    }
    for (size_t i = 0; (form = forms_programme(forms, i)) != NULL; i++) {
        const struct form_alias *alias =
            form->subject == FORM_PERSON ? find_alias(form, heading) : NULL;
        if (alias != NULL && text_starts(alias->field, "person."))
            return alias;
    }
    return NULL;
}

static bool find_ledger_column(const struct forms *forms, const char *heading,
                               struct import_column *column)
{
    static const struct {
        enum import_owner owner;
        const char *state;
    } meanings[] = {
        [FORM_COLUMN_NOTHING] = {IMPORT_NOBODY, "不用读"},
        [FORM_COLUMN_LISTED] = {IMPORT_NOBODY, "没有读：导出时系统给出的"},
        [FORM_COLUMN_PLACE] = {IMPORT_PLACE, ""},
        [FORM_COLUMN_HOUSEHOLD] = {IMPORT_HOUSEHOLD, ""},
    };
    const struct form_ledger *ledger = forms_ledger(forms);

    for (size_t i = 0; i < ledger->column_count; i++) {
        if (!text_equal_nocase(ledger->columns[i].header, heading))
            continue;
        column->owner = meanings[ledger->columns[i].is].owner;
        column->state = meanings[ledger->columns[i].is].state;
        return true;
    }
    return false;
}

bool import_heading_find(const struct forms *forms, const struct form *form, const char *text,
                         struct import_column *column)
{
    const struct form_alias *alias =
        form != NULL ? find_alias(form, text) : find_visit_alias(forms, text);

    if (alias == NULL)
        return find_ledger_column(forms, text, column);
    column->each = alias->each;
    column->weak = alias->weak;
    return import_column_set(forms, form, alias->field, column);
}

struct search {
    const struct forms *forms;
    const struct form *form;
    struct import_column *column;
};

static bool ask(const char *text, void *arg)
{
    const struct search *search = arg;

    return import_heading_find(search->forms, search->form, text, search->column);
}

static char *shown_heading(const struct import_heading *heading)
{
    char *text = text_clean(heading->text);
    char *group = text_clean(heading->group);
    char *shown = *group != '\0' ? mem_printf("%s %s", group, text) : mem_copy(text);

    for (char *c = shown; *c != '\0'; c++)
        if (*c == '\n' || *c == '\r')
            *c = ' ';
    free(text);
    free(group);
    return shown;
}

/** Reads a heading by the map, else by aliases and common columns. */
static void read_heading(const struct search *search, const struct import_heading *heading,
                         const struct import_map *map)
{
    struct import_column *column = search->column;
    char *empty = heading_clean(heading->text);
    const struct import_mapping *mapping = import_map_find(map, column->heading);

    if (mapping == NULL)
        mapping = import_map_find(map, heading->text);
    if (*empty == '\0' && mapping == NULL)
        column->state = "没有列名";
    else if (mapping != NULL && *mapping->field == '\0')
        column->state = "没有读：按要求略过";
    else if (mapping != NULL)
        (void)import_column_set(search->forms, search->form, mapping->field, column);
    else if (!heading_read(heading->group, heading->text, ask, (void *)search))
        column->state = "没有读：不认识";
    free(empty);
}

// ---- columns that hold the same field

static void pass_over(struct import_column *column, const char *state)
{
    column->owner = IMPORT_NOBODY;
    column->state = state;
}

/** True if another column, neither weak nor `each`, holds this field of this owner. */
static bool is_said(const struct import_columns *columns, const struct import_column *column,
                    enum import_owner owner)
{
    for (size_t i = 0; i < columns->count; i++) {
        const struct import_column *other = &columns->items[i];
        if (other != column && other->owner == owner && !other->each && !other->weak &&
            strcmp(other->name, column->name) == 0)
            return true;
    }
    return false;
}

/** A weak column gives way to another column of its field. A head's column that is filled in every
 *  row belongs to the members, unless another column has the members' values. */
static void settle_aliases(struct import_columns *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        struct import_column *column = &columns->items[i];
        if (column->weak && is_said(columns, column, column->owner))
            pass_over(column, "没有读：另有一列是同一项");
        else if (column->owner == IMPORT_HEAD && column->each &&
                 !is_said(columns, column, IMPORT_MEMBER))
            column->owner = IMPORT_MEMBER;
    }
}

static void find_twins(struct import_columns *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        struct import_column *column = &columns->items[i];
        column->twin = i;
        for (size_t k = 0; k < i && column->field != NULL && column->twin == i; k++)
            if (columns->items[k].owner == column->owner &&
                strcmp(columns->items[k].name, column->name) == 0)
                column->twin = columns->items[k].twin;
    }
}

// ---- all columns

void import_columns_read(const struct forms *forms, const struct form *form,
                         const struct import_options *options, const struct import_map *map,
                         struct import_columns *ret_columns)
{
    struct import_columns columns = {
        .count = options->heading_count,
        .items = mem_array(options->heading_count, sizeof *columns.items),
    };

    for (size_t i = 0; i < columns.count; i++) {
        const struct search search = {forms, form, &columns.items[i]};
        columns.items[i] = (struct import_column){
            .heading = shown_heading(&options->headings[i]),
            .name = "",
            .state = "",
            .blank = options->headings[i].blank,
        };
        read_heading(&search, &options->headings[i], map);
    }
    settle_aliases(&columns);
    find_twins(&columns);
    *ret_columns = columns;
}

void import_columns_free(struct import_columns *columns)
{
    for (size_t i = 0; i < columns->count; i++)
        free(columns->items[i].heading);
    free(columns->items);
    *columns = (struct import_columns){0};
}

const struct import_column *import_column_of(const struct import_columns *columns,
                                             enum import_owner owner, const char *name)
{
    for (size_t i = 0; i < columns->count; i++)
        if (columns->items[i].owner == owner && strcmp(columns->items[i].name, name) == 0)
            return &columns->items[i];
    return NULL;
}

static char *field_name(const struct import_column *column)
{
    static const char *const prefixes[] = {[IMPORT_MEMBER] = "members.", [IMPORT_HEAD] = "head."};
    bool prefixed = column->owner == IMPORT_MEMBER || column->owner == IMPORT_HEAD;

    return mem_printf("%s%s", prefixed ? prefixes[column->owner] : "", column->name);
}

static const char *owner_label(const struct import_column *column)
{
    if (column->owner == IMPORT_PLACE)
        return "所在街道或区县";
    if (column->owner == IMPORT_HOUSEHOLD)
        return "户编号";
    return column->owner != IMPORT_NOBODY && column->field != NULL ? column->field->label : "";
}

struct sheet *import_columns_sheet(const struct import_columns *columns)
{
    struct sheet *sheet = column_sheet(&COLUMNS_HEADINGS);

    for (size_t i = 0; i < columns->count; i++) {
        const struct import_column *column = &columns->items[i];
        bool read = column->owner != IMPORT_NOBODY;
        char *name = field_name(column);
        size_t row = sheet_add_row(sheet);
        sheet_set(sheet, row, "heading", column->heading);
        sheet_set(sheet, row, "field", read ? name : "");
        sheet_setf(sheet, row, "label", "%s%s", column->owner == IMPORT_HEAD ? "户主的" : "",
                   owner_label(column));
        sheet_set(sheet, row, "state", column->blank && read ? "整列是空的" : column->state);
        sheet_set(sheet, row, "ignored",
                  !read && !column->blank && text_starts(column->state, "没有读") ? "是" : "");
        free(name);
    }
    return sheet;
}
