/* What doudi-feed reads: rows of a bundle as lines of COPY and back again, keys of removed.csv. */
#include "tests/fuzz/fuzz.h"

#include "base/mem.h"
#include "base/text.h"
#include "feed/cell.h"
#include "feed/rows.h"

#include <stdlib.h>
#include <string.h>

static struct feed_tables *tables;

void feed_begin(void)
{
    fuzz_expect(tables_new(&tables) == 0, "no tables");
}

void feed_end(void)
{
    free(tables);
}

// ---- cells

/** What PostgreSQL makes of a cell of COPY. New string; NULL for NULL. */
static char *read_copy(const char *cell, size_t length)
{
    struct str text = {0};

    if (length == 2 && memcmp(cell, "\\N", 2) == 0)
        return NULL;
    for (size_t i = 0; i < length; i++) {
        if (cell[i] != '\\') {
            str_add_char(&text, cell[i]);
            continue;
        }
        fuzz_expect(i + 1 < length && strchr("\\tnr", cell[i + 1]) != NULL, "a bad escape");
        i++;
        str_add_char(&text, cell[i] == 't'   ? '\t'
                            : cell[i] == 'n' ? '\n'
                            : cell[i] == 'r' ? '\r'
                                             : '\\');
    }
    return str_take(&text);
}

/** A value that was taken gives a cell that is taken again, and gives the same cell again. */
static void check_back(const struct feed_column *column, const char *value)
{
    struct str cell = {0}, line = {0}, again = {0};
    enum dictionary_type type = column->words->type;

    cell_add_back(&cell, type, value != NULL ? value : "");
    const char *fault = cell_add(&line, column, str_text(&cell));
    if (fault != NULL)
        fuzz_expect(false, "%s: \"%s\" becomes \"%s\": %s", column->words->id, value,
                    str_text(&cell), fault);
    char *second = read_copy(str_text(&line), line.length);
    cell_add_back(&again, type, second != NULL ? second : "");
    fuzz_expect(strcmp(str_text(&cell), str_text(&again)) == 0, "%s: \"%s\" becomes \"%s\"",
                column->words->id, str_text(&cell), str_text(&again));
    free(second);
    str_free(&cell);
    str_free(&line);
    str_free(&again);
}

static void check_line(const struct feed_table *table, const char *line, size_t length)
{
    size_t columns = table->column_count + 1 + table->numbered, index = 0;

    fuzz_expect(memchr(line, '\0', length) == NULL, "a NUL in a line");
    for (const char *at = line, *end = line + length; index < columns; index++) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        size_t cell = (size_t)((tab != NULL ? tab : end) - at);
        char *value = read_copy(at, cell);
        fuzz_expect(value == NULL || text_valid(value), "no text for the database");
        fuzz_expect((tab == NULL) == (index + 1 == columns), "other columns");
        if (index > 0 && index <= table->column_count)
            check_back(&table->columns[index - 1], value);
        free(value);
        at += cell + 1;
    }
}

static enum result check_lines(const struct str *lines, void *arg)
{
    const char *at = str_text(lines);

    while (*at != '\0') {
        size_t length = strcspn(at, "\n");
        fuzz_expect(at[length] == '\n', "a line without an end");
        check_line(arg, at, length);
        at += length + 1;
    }
    fuzz_expect(at == lines->text + lines->length, "a NUL in the lines");
    return RESULT_OK;
}

// ---- keys

static void check_key(const char *key)
{
    for (size_t i = 0; i < tables->count; i++) {
        const struct feed_table *table = &tables->tables[i];
        char *text = mem_copy(key), *cells[FEED_COLUMNS];
        if (table->group_count > 0 && tables_split_key(table, text, cells))
            for (size_t k = 0; k < table->group_count; k++) {
                struct str line = {0};
                (void)cell_add(&line, &table->columns[k], cells[k]);
                str_free(&line);
            }
        free(text);
    }
}

// ----

/** The first line names the file, the rest is its text; a key for "removed.csv". */
void feed_run(const uint8_t *bytes, size_t length)
{
    const uint8_t *end = memchr(bytes, '\n', length);
    size_t name = end != NULL ? (size_t)(end - bytes) : length;
    char *file = fuzz_text(bytes, name);
    const struct feed_table *table = tables_find(tables, file);
    uint64_t count = 0;

    if (table != NULL && end != NULL) {
        struct rows *rows = rows_new(table, "211103000000", check_lines, (void *)(uintptr_t)table);
        enum result result = rows_add(rows, end + 1, length - name - 1);
        if (result == 0)
            result = rows_end(rows, &count);
        fuzz_expect((result == 0) == (rows_message(rows) == NULL), "refused without words");
        fuzz_expect(result == 0 || text_valid(rows_message(rows)), "no words");
        rows_free(&rows);
    } else if (end != NULL) {
        char *key = fuzz_text(end + 1, length - name - 1);
        check_key(key);
        free(key);
    }
    free(file);
}
