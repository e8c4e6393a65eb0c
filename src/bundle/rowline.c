#include "bundle/rowline.h"

#include "base/mem.h"
#include "bundle/dictionary.h"
#include "bundle/pairs.h"
#include "exchange/csv.h"

#include <stdlib.h>
#include <string.h>

/** True for a text that looks as if csv_add_row() had put its apostrophe in front of a formula. */
static bool looks_marked(const char *cell)
{
    return *cell == '\'' && cell[strspn(cell, "'")] != '\0' &&
           strchr("=+-@\t", cell[strspn(cell, "'")]) != NULL;
}

void rowline_add(struct str *lines, const char *const *cells, size_t count)
{
    const char *written[ROWLINE_COLUMNS] = {NULL};
    char *marked[ROWLINE_COLUMNS];
    size_t marks = 0;

    for (size_t i = 0; i < count; i++) {
        written[i] = cells[i];
        if (looks_marked(cells[i]))
            written[i] = marked[marks++] = mem_printf("'%s", cells[i]);
    }
    csv_add_row(lines, written, count, false);
    while (marks > 0)
        free(marked[--marks]);
}

struct rowline_pairs rowline_find_pairs(const struct extract_file *file)
{
    struct rowline_pairs pairs = {0};

    for (size_t i = 0; i < file->column_count; i++) {
        const struct dictionary_column *words = dictionary_find(file->name, file->columns[i]);
        if (words != NULL && words->type == DICTIONARY_PAIRS)
            pairs.columns[pairs.count++] = i;
    }
    return pairs;
}

bool rowline_is_sorted(const struct rowline_pairs *pairs, const char *const *cells)
{
    for (size_t i = 0; i < pairs->count; i++)
        if (!pairs_are_sorted(cells[pairs->columns[i]]))
            return false;
    return true;
}

void rowline_add_values(struct str *lines, const struct rowline_pairs *pairs,
                        const char *const *cells, size_t count)
{
    const char *sorted[ROWLINE_COLUMNS] = {NULL};
    struct str texts[ROWLINE_COLUMNS] = {{0}};

    for (size_t i = 0; i < count; i++)
        sorted[i] = cells[i];
    for (size_t i = 0; i < pairs->count; i++) {
        size_t column = pairs->columns[i];
        pairs_add_sorted(&texts[i], cells[column]);
        sorted[column] = str_text(&texts[i]);
    }
    rowline_add(lines, sorted, count);
    for (size_t i = 0; i < pairs->count; i++)
        str_free(&texts[i]);
}
