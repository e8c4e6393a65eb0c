#include "report/view.h"

#include "base/columns.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/** Columns for programs, and what stands in their place where the sheet has it. */
static const struct {
    const char *id, *words;
} PLACES[] = {
    {"kind", "kind_name"},  {"status", "words"}, {"state", "words"},
    {"officer", "who"},     {"record", "about"}, {"known_state", "known_words"},
    {"base", "base_value"}, {"by", "by_name"},   {"checker", "checker_name"},
};

static size_t place_of(const struct sheet *sheet, size_t column)
{
    for (size_t i = 0; i < sizeof PLACES / sizeof PLACES[0]; i++) {
        int words = sheet_column_index(sheet, PLACES[i].words);
        if (words >= 0 && strcmp(sheet->columns[column], PLACES[i].id) == 0)
            return (size_t)words;
    }
    return column;
}

/** The plan's own heading of a column, NULL if it has none. */
static const char *planned(const struct plan *plan, const char *id)
{
    const struct plan_section *section = plan != NULL ? plan_main(plan) : NULL;

    for (size_t i = 0; section != NULL && i < section->column_count; i++)
        if (strcmp(section->columns[i].cell, id) == 0)
            return section->columns[i].heading;
    return NULL;
}

static const char *heading_of(const char *id, const char *naming, const struct plan *plan)
{
    const struct sheet_column *known = column_find(id);
    const char *own = planned(plan, id);

    if (naming != NULL && strcmp(id, "name") == 0)
        return naming;
    if (own != NULL)
        return own;
    return known != NULL ? known->label : id;
}

static bool has(const struct view *view, size_t column)
{
    for (size_t i = 0; i < view->count; i++)
        if (view->columns[i] == column)
            return true;
    return false;
}

static void add_column(struct view *view, size_t column, const char *naming,
                       const struct plan *plan)
{
    const char *heading = heading_of(view->sheet->columns[column], naming, plan);

    if (*heading == '\0' || has(view, column))
        return;
    view->columns[view->count] = column;
    view->headings[view->count++] = heading;
}

void view_make(const struct sheet *sheet, size_t columns, const char *naming,
               const struct plan *plan, struct view *ret_view)
{
    int village = sheet_column_index(sheet, "area_name");

    *ret_view = (struct view){
        .sheet = sheet,
        .columns = mem_array(columns + 1, sizeof *ret_view->columns),
        .headings = mem_array(columns + 1, sizeof *ret_view->headings),
    };
    for (size_t i = 0; i < columns; i++) {
        add_column(ret_view, place_of(sheet, i), naming, plan);
        if (village >= (int)columns && strcmp(sheet->columns[i], "area") == 0)
            add_column(ret_view, (size_t)village, naming, plan);
    }
}

void view_name_headings(const struct view *view, struct fields *facts)
{
    for (size_t i = 0; i < view->count; i++) {
        char *name = mem_printf("heading.%s", view_id(view, i));
        fields_set(facts, name, view->headings[i]);
        free(name);
    }
}

void view_free(struct view *view)
{
    free(view->columns);
    free(view->headings);
    *view = (struct view){0};
}

const char *view_id(const struct view *view, size_t column)
{
    return view->sheet->columns[view->columns[column]];
}

struct sheet *view_sheet(const struct view *view)
{
    const char **texts = mem_array(view->count, sizeof *texts);

    for (size_t i = 0; i < view->count; i++)
        texts[i] = view_id(view, i);
    struct sheet *picked = sheet_new_ids(texts, view->count);
    for (size_t row = 0; row < view->sheet->row_count; row++) {
        for (size_t i = 0; i < view->count; i++)
            texts[i] = sheet_cell(view->sheet, row, view->columns[i]);
        (void)sheet_add_cells(picked, texts);
    }
    free(texts);
    return picked;
}
