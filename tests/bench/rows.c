#include "rows.h"

#include "base/mem.h"
#include "base/paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MOST = 32 };

const struct rows_table rows_tables[] = {
    {"person", 13}, {"cases", 19}, {"duty", 22}, {"visit", 16}, {0}};

char *rows_path(const struct bench *bench, const struct rows_table *table)
{
    return mem_printf("%s/rows/%s.tsv", bench->scratch, table->name);
}

/** Takes the backslashes out of a cell; NULL for a null. */
static char *unescape(char *cell)
{
    char *to = cell;

    if (strcmp(cell, "\\N") == 0)
        return NULL;
    if (strchr(cell, '\\') == NULL)
        return cell;
    for (const char *from = cell; *from != '\0'; from++)
        if (*from != '\\')
            *to++ = *from;
        else
            *to++ = *++from == 't' ? '\t' : *from == 'n' ? '\n' : *from;
    *to = '\0';
    return cell;
}

static size_t split(char *line, char **cells)
{
    size_t count = 0;
    char *rest = line;
    char *cell;

    line[strcspn(line, "\n")] = '\0';
    while (count < COLUMNS_MOST && (cell = strsep(&rest, "\t")) != NULL)
        cells[count++] = unescape(cell);
    return count;
}

enum result rows_each(const struct bench *bench, const struct rows_table *table,
                      enum result (*row)(char *const *cells, size_t count, void *arg), void *arg)
{
    char *path = rows_path(bench, table);
    FILE *file = fopen(path, "re");
    char *cells[COLUMNS_MOST];
    char *line = NULL;
    size_t size = 0;
    enum result result = file != NULL ? RESULT_OK : bench_say(RESULT_NOINPUT, "no %s", path);

    while (result == 0 && getline(&line, &size, file) > 0) {
        size_t count = split(line, cells);
        result = count == table->columns ? row(cells, count, arg)
                                         : bench_say(RESULT_INVALID, "%s: %zu cells", path, count);
    }
    free(line);
    if (file != NULL)
        fclose(file);
    free(path);
    return result;
}

char *rows_read_text(const struct bench *bench, const char *name)
{
    char *path = paths_join(bench->schemas, name);
    FILE *file = fopen(path, "re");
    struct str text = {0};
    char part[4096];
    size_t got;

    while (file != NULL && (got = fread(part, 1, sizeof part, file)) > 0)
        str_add_bytes(&text, part, got);
    if (file != NULL)
        fclose(file);
    else
        bench_say(RESULT_NOINPUT, "%s cannot be read", path);
    free(path);
    return file != NULL ? str_take(&text) : NULL;
}
