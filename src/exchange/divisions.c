#include "exchange/divisions.h"

#include "base/mem.h"
#include "exchange/filetable.h"

#include <stdbool.h>
#include <string.h>

/** The headings under which tables of divisions are published. */
static const struct heading {
    const char *text, *column;
} HEADINGS[] = {
    {"code", "code"},         {"代码", "code"},           {"区划代码", "code"},
    {"行政区划代码", "code"}, {"统计用区划代码", "code"}, {"name", "name"},
    {"名称", "name"},         {"区划名称", "name"},       {"单位名称", "name"},
    {"行政区划名称", "name"},
};

static const char *find_column(const char *heading)
{
    for (size_t i = 0; i < sizeof HEADINGS / sizeof HEADINGS[0]; i++)
        if (strcmp(HEADINGS[i].text, heading) == 0)
            return HEADINGS[i].column;
    return NULL;
}

static bool is_known(const char *group, const char *heading, void *arg)
{
    (void)group;
    (void)arg;
    return find_column(heading) != NULL;
}

/** The place of a column in the file; the count of columns if it has none. */
static size_t place_of(const struct filetable *table, const char *column)
{
    size_t count = filetable_column_count(table);
    size_t i = 0;

    for (; i < count; i++) {
        const char *found = find_column(filetable_column(table, i)->heading);
        if (found != NULL && strcmp(found, column) == 0)
            break;
    }
    return i;
}

/** Takes the rows that may be the home's: a national table has hundreds of thousands. The server
 *  decides. */
static struct sheet *take_rows(struct filetable *table, const char *home)
{
    static const char *const columns[] = {"code", "name"};
    size_t places[] = {place_of(table, "code"), place_of(table, "name")};
    struct sheet *sheet = sheet_new_ids(columns, sizeof columns / sizeof columns[0]);
    size_t prefix = strlen(home);

    while (prefix > 0 && home[prefix - 1] == '0')
        prefix--;
    for (size_t i = 0; i < filetable_row_count(table); i++) {
        struct filetable_row row = filetable_row(table, i);
        const char *cells[] = {"", ""};
        for (size_t k = 0; k < sizeof columns / sizeof columns[0]; k++)
            if (places[k] < row.count)
                cells[k] = row.cells[places[k]];
        bool is_code = *cells[0] >= '0' && *cells[0] <= '9';
        if (!is_code || strncmp(cells[0], home, prefix) == 0)
            sheet_add_cells(sheet, cells);
    }
    return sheet;
}

enum result divisions_read(const char *path, const char *home, struct sheet **ret_sheet,
                           char **ret_message)
{
    struct filetable_options options = {.encoding = CSV_AUTO, .sheet = "", .known = is_known};
    struct filetable *table = NULL;
    enum result result = filetable_read(path, &options, &table, ret_message);

    if (result == 0 && (place_of(table, "code") == filetable_column_count(table) ||
                        place_of(table, "name") == filetable_column_count(table))) {
        *ret_message = mem_printf(
            "%s 里没有区划代码或名称这一列（列名如 区划代码、名称，或 code、name）", path);
        result = RESULT_INVALID;
    } else if (result == 0) {
        *ret_sheet = take_rows(table, home);
    } else if (*ret_message == NULL) {
        *ret_message = mem_copy(result_words(result));
    }
    filetable_free(&table);
    return result;
}
