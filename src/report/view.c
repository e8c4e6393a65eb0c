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
    {"base", "base_value"},
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

static const char *heading_of(const char *id, const char *naming)
{
    const struct sheet_column *known = column_find(id);

    if (naming != NULL && strcmp(id, "name") == 0)
        return naming;
    return known != NULL ? known->label : id;
}

static bool has(const struct view *view, size_t column)
{
    for (size_t i = 0; i < view->count; i++)
        if (view->columns[i] == column)
            return true;
    return false;
}

void view_make(const struct sheet *sheet, size_t columns, const char *naming, struct view *ret_view)
{
    *ret_view = (struct view){
        .sheet = sheet,
        .columns = mem_array(columns, sizeof *ret_view->columns),
        .headings = mem_array(columns, sizeof *ret_view->headings),
    };
    for (size_t i = 0; i < columns; i++) {
        size_t column = place_of(sheet, i);
        const char *heading = heading_of(sheet->columns[column], naming);
        if (*heading == '\0' || has(ret_view, column))
            continue;
        ret_view->columns[ret_view->count] = column;
        ret_view->headings[ret_view->count++] = heading;
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
