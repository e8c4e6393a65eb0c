/*
 * Lists the fields that a column of a ledger may be.
 */
#include "service/import/import_unit.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/** The fields that a column may be, each once, with all known headings. */
struct listing {
    const struct forms *forms;
    const struct form *form; /**< NULL for visits */
    struct sheet *sheet;
};

static size_t find_row(const struct sheet *sheet, const char *field)
{
    size_t row = 0;

    while (row < sheet->row_count && strcmp(sheet_get(sheet, row, "field"), field) != 0)
        row++;
    return row;
}

static void add_heading(struct sheet *sheet, size_t row, const char *heading)
{
    char *all = mem_printf("%s%s\n", sheet_get(sheet, row, "headings"), heading);

    sheet_set(sheet, row, "headings", all);
    free(all);
}

static void add_row(struct listing *listing, const char *field, const char *label,
                    const char *section)
{
    size_t row = sheet_add_row(listing->sheet);

    sheet_set(listing->sheet, row, "field", field);
    sheet_set(listing->sheet, row, "label", label);
    sheet_set(listing->sheet, row, "section", section);
}

static void add_alias(struct listing *listing, const struct form_alias *alias)
{
    struct import_column column = {.name = ""};
    size_t row = find_row(listing->sheet, alias->field);

    if (!import_column_set(listing->forms, listing->form, alias->field, &column))
        return;
    if (row == listing->sheet->row_count) {
        char *label =
            mem_printf("%s%s", column.owner == IMPORT_HEAD ? "户主的" : "", column.field->label);
        add_row(listing, alias->field, column.owner == IMPORT_NOBODY ? "" : label,
                column.field->section);
        free(label);
    }
    add_heading(listing->sheet, row, alias->header);
}

static void add_form(struct listing *listing, const struct form *form, const char *prefix)
{
    for (size_t i = 0; i < form->alias_count; i++)
        if (text_starts(form->aliases[i].field, prefix))
            add_alias(listing, &form->aliases[i]);
}

/** Visits: the fields of every programme's visit form, and the columns that name the person. */
static void add_visits(struct listing *listing)
{
    const struct form *form;

    for (size_t i = 0; (form = forms_programme(listing->forms, i)) != NULL; i++)
        if (form->has_visits)
            add_form(listing, forms_get(listing->forms, form->visits.record), "");
    for (size_t i = 0; (form = forms_programme(listing->forms, i)) != NULL; i++)
        if (form->subject == FORM_PERSON)
            add_form(listing, form, "person.");
}

/** Adds known columns that are no field. They have no label, because nobody can choose them. */
static void add_ledger_columns(struct listing *listing)
{
    const struct form_ledger *ledger = forms_ledger(listing->forms);
    size_t row = listing->sheet->row_count;

    add_row(listing, "", "", "");
    for (size_t i = 0; i < ledger->column_count; i++)
        add_heading(listing->sheet, row, ledger->columns[i].header);
}

static void add_kept(struct listing *listing, const struct import_map *map)
{
    for (size_t i = 0; i < map->count; i++) {
        size_t row = find_row(listing->sheet, map->items[i].field);
        if (row < listing->sheet->row_count)
            add_heading(listing->sheet, row, map->items[i].heading);
    }
}

enum result import_fields(struct service *service, const struct caller *caller, const char *kind,
                          struct sheet **ret_sheet, struct reply *reply)
{
    struct listing listing = {.forms = service_forms(service)};
    struct import_map map = {0};
    const struct form *form = import_form(listing.forms, kind);
    bool visit = strcmp(kind, IMPORT_KIND_VISIT) == 0;

    if (!visit && form == NULL)
        return import_refuse_kind(listing.forms, kind, reply);
    enum result result = import_map_load(service, caller, kind, &map, reply);
    if (result == 0) {
        listing.form = form;
        listing.sheet = column_sheet(&COLUMNS_FIELDS);
        if (visit)
            add_visits(&listing);
        else
            add_form(&listing, form, "");
        add_ledger_columns(&listing);
        add_kept(&listing, &map);
        *ret_sheet = listing.sheet;
    }
    import_map_free(&map);
    return result;
}
