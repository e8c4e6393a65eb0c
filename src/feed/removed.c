#include "feed/removed.h"

#include "base/mem.h"
#include "base/words.h"
#include "bundle/delta.h"
#include "feed/cell.h"
#include "feed/sql.h"
#include "feed/sum.h"

#include <stdlib.h>
#include <string.h>

static const char *const COLUMNS[] = {"file", "key"};

static const struct extract_file FILE_OF_KEYS = {
    .name = DELTA_REMOVED,
    .columns = COLUMNS,
    .column_count = sizeof COLUMNS / sizeof COLUMNS[0],
};

static const struct dictionary_column WORDS = {.type = DICTIONARY_TEXT, .more = ""};

static const struct feed_table TABLE_OF_KEYS = {
    .file = &FILE_OF_KEYS,
    .column_count = sizeof COLUMNS / sizeof COLUMNS[0],
    .columns = {{.words = &WORDS, .required = true}, {.words = &WORDS, .required = true}},
};

static enum result refuse(struct removed *removed, const char *file, const char *why)
{
    if (removed->message == NULL)
        removed->message = mem_printf(DELTA_REMOVED " 里 %s 的键%s", file, why);
    return RESULT_INVALID;
}

/** The cell as SQL takes it: checked by its type, without the escapes of COPY. New string. */
static char *make_value(const struct feed_column *column, const char *cell, const char **ret_fault)
{
    struct str line = {0};

    *ret_fault = cell_add(&line, column, cell);
    char *value = column->words->type == DICTIONARY_HEX ? mem_printf("\\x%s", cell)
                  : tables_is_text(column->words->type) ? mem_copy(cell)
                                                        : mem_copy(str_text(&line));
    str_free(&line);
    return value;
}

static enum result delete_group(struct removed *removed, const struct feed_table *table,
                                char *const *cells)
{
    const char *values[FEED_COLUMNS] = {removed->origin};
    char *owned[FEED_COLUMNS] = {NULL};
    struct str sql = {0};
    size_t index = (size_t)(table - removed->tables->tables);
    const struct feed_heading *heading = &removed->headings[index];
    enum result result = RESULT_OK;

    for (size_t i = 0; i < table->group_count; i++) {
        const char *fault;
        values[i + 1] = owned[i] = make_value(&table->columns[i], cells[i], &fault);
        if (fault != NULL)
            result = refuse(removed, table->file->name, fault);
    }
    sql_add_delete_group(&sql, table, heading);
    if (result == 0)
        result = sum_ask(removed->database, str_text(&sql), values, table->group_count + 1, table,
                         heading, &removed->deleted[index]);
    for (size_t i = 0; i < table->group_count; i++)
        free(owned[i]);
    str_free(&sql);
    return result;
}

static enum result take_key(const char *const *cells, void *arg)
{
    struct removed *removed = arg;
    const struct feed_table *table = tables_find(removed->tables, cells[0]);
    char *key = mem_copy(cells[1]);
    char *parts[FEED_COLUMNS];
    enum result result;

    if (table == NULL)
        result = refuse(removed, "不认识的文件", "删不了");
    else if (table->group_count == 0 ? *key != '\0' : !tables_split_key(table, key, parts))
        result = refuse(removed, table->file->name, "列数不对");
    else
        result = delete_group(removed, table, parts);
    free(key);
    return result;
}

struct rows *removed_rows(struct removed *removed)
{
    return rows_new_each(&TABLE_OF_KEYS, take_key, removed);
}
