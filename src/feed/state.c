#include "feed/state.h"

#include "base/mem.h"
#include "bundle/rowline.h"
#include "feed/sum.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** A row of doudi.sums. */
struct known {
    const struct feed_table *table;
    bool there;
    struct rowsum sum;
    struct feed_heading heading; /**< the columns whose lines were summed */
};

// ---- what is kept

static bool take_columns(struct known *known, const char *names)
{
    const struct feed_table *table = known->table;

    while (*names != '\0' && known->heading.count < FEED_COLUMNS) {
        size_t length = strcspn(names, ",");
        size_t column = 0;
        while (column < table->column_count &&
               (strncmp(table->file->columns[column], names, length) != 0 ||
                table->file->columns[column][length] != '\0'))
            column++;
        if (column == table->column_count)
            return false;
        known->heading.columns[known->heading.count++] = column;
        names += length + (names[length] == ',');
    }
    return *names == '\0' && known->heading.count > 0;
}

static enum result take_known(const char *const *cells, void *arg)
{
    struct known *known = arg;

    known->there = rowsum_parse(cells[1], &known->sum) && take_columns(known, cells[2]);
    known->sum.rows = strtoull(cells[0], NULL, 10);
    return RESULT_OK;
}

static enum result read_known(struct database *database, const struct feed_table *table,
                              const char *origin, struct known *ret_known)
{
    const char *const values[] = {origin, table->name};

    *ret_known = (struct known){.table = table};
    return database_ask(database,
                        "SELECT rows, sum, columns FROM " FEED_SCHEMA
                        ".sums WHERE origin = $1 AND name = $2",
                        values, 2, take_known, ret_known);
}

static char *name_columns(const struct state_table *state)
{
    struct str names = {0};

    for (size_t i = 0; i < state->heading->count; i++)
        str_printf(&names, "%s%s", i > 0 ? "," : "",
                   state->table->file->columns[state->heading->columns[i]]);
    return str_take(&names);
}

/** Of an older sender, who gives no sum, nothing is kept. */
static enum result keep(const struct state_table *state, uint64_t rows, const char *sum)
{
    char number[NUMBER_TEXT];
    char *columns = name_columns(state);
    const char *const values[] = {state->manifest->area, state->table->name, number, sum, columns};

    snprintf(number, sizeof number, "%" PRIu64, rows);
    enum result result = database_change(
        state->database, "DELETE FROM " FEED_SCHEMA ".sums WHERE origin = $1 AND name = $2", values,
        2, NULL);
    if (result == 0 && *sum != '\0')
        result = database_change(state->database,
                                 "INSERT INTO " FEED_SCHEMA
                                 ".sums (origin, name, rows, sum, columns) VALUES ($1, $2, $3, $4, "
                                 "$5)",
                                 values, sizeof values / sizeof values[0], NULL);
    free(columns);
    return result;
}

// ---- a bundle

/** What the manifest says of a file; a file that it lacks was refused before. */
static const struct manifest_file *find_file(const struct manifest *manifest, const char *name)
{
    size_t i = 0;

    while (strcmp(manifest->files[i].name, name) != 0)
        i++;
    return &manifest->files[i];
}

/** The sender's sum of what the table then has; "" if an older sender gave none for such a table. */
static const char *sum_said(const struct feed_table *table, const struct manifest_file *file)
{
    struct rowline_pairs pairs = rowline_find_pairs(table->file);

    return file->state_values[0] != '\0' || pairs.count > 0 ? file->state_values : file->state_sum;
}

static enum result refuse(const struct state_table *state, const struct manifest_file *file,
                          uint64_t rows, char **ret_message)
{
    const char *name = state->table->name;
    const char *todo = state->manifest->delta
                           ? "库里的数据被改动过，或接的不是同一份数据，请加 --after-gap "
                             "从下一个全量包接着收"
                           : "库里有触发器、规则或别的程序在改 doudi 的表，请停掉后再收";

    if (rows != file->state_rows)
        *ret_message = mem_printf("收了以后 %s 表有 %" PRIu64 " 行，报送单位有 %" PRIu64 " 行：%s",
                                  name, rows, file->state_rows, todo);
    else
        *ret_message =
            mem_printf("收了以后 %s 表的 %" PRIu64 " 行与报送单位的内容不同（各行的和不等）：%s",
                       name, rows, todo);
    return RESULT_INVALID;
}

static enum result count_rows(const struct state_table *state, uint64_t *ret_rows)
{
    const char *const values[] = {state->manifest->area};
    char *sql =
        mem_printf("SELECT pg_catalog.count(*) FROM " FEED_SCHEMA ".\"%s\" WHERE origin = $1",
                   state->table->name);
    char *rows = NULL;
    enum result result = database_ask_text(state->database, sql, values, 1, &rows);

    if (result == 0)
        *ret_rows = strtoull(rows, NULL, 10);
    free(rows);
    free(sql);
    return result;
}

/** What the table holds now: reckoned from what it held, or read. */
static enum result find_sum(const struct state_table *state, const struct state_change *change,
                            struct rowsum *ret_sum)
{
    const struct feed_heading *heading = state->heading;
    const char *origin = state->manifest->area;
    struct known known;
    enum result result = read_known(state->database, state->table, origin, &known);

    if (result == 0 && change != NULL && known.there && known.heading.count == heading->count &&
        memcmp(known.heading.columns, heading->columns,
               heading->count * sizeof heading->columns[0]) == 0) {
        *ret_sum = known.sum;
        rowsum_part(ret_sum, &change->before);
        rowsum_join(ret_sum, &change->after);
        return count_rows(state, &ret_sum->rows);
    }
    return result == 0 ? sum_read(state->database, state->table, heading, origin, false, ret_sum)
                       : result;
}

enum result state_settle(const struct state_table *state, const struct state_change *change,
                         char **ret_message)
{
    const struct manifest_file *file = find_file(state->manifest, state->table->file->name);
    const char *said = sum_said(state->table, file);
    bool told = file->state_sum[0] != '\0'; /* not by older senders of full bundles */
    struct rowsum sum = {0};
    char text[DIGEST_TEXT];
    enum result result = RESULT_OK;

    if (told || state->manifest->delta)
        result = find_sum(state, change, &sum);
    if (result == 0 && !told && state->manifest->delta)
        result = refuse(state, file, sum.rows, ret_message);
    if (result == 0 && told &&
        (sum.rows != file->state_rows ||
         (*said != '\0' && strcmp(rowsum_format(&sum, text), said) != 0)))
        result = refuse(state, file, sum.rows, ret_message);
    return result == 0 ? keep(state, file->state_rows, said) : result;
}

// ---- all rows

enum result state_compare(struct database *database, const struct feed_table *table,
                          const char *origin, enum state_verdict *ret_verdict)
{
    struct known known;
    struct rowsum sum = {0};
    enum result result = read_known(database, table, origin, &known);

    if (result == 0 && known.there)
        result = sum_read(database, table, &known.heading, origin, false, &sum);
    if (result != 0)
        return result;
    *ret_verdict = !known.there                                ? STATE_UNKNOWN
                   : memcmp(&sum, &known.sum, sizeof sum) == 0 ? STATE_SAME
                                                               : STATE_ALTERED;
    return RESULT_OK;
}

struct origins {
    size_t count, capacity;
    char (*areas)[AREA_TEXT];
};

static enum result add_origin(const char *const *cells, void *arg)
{
    struct origins *origins = arg;

    mem_grow((void **)&origins->areas, origins->count, &origins->capacity, sizeof *origins->areas);
    snprintf(origins->areas[origins->count++], AREA_TEXT, "%s", cells[0]);
    return RESULT_OK;
}

static enum result check_origin(struct database *database, const struct feed_tables *tables,
                                const char *origin, state_report_fn report, void *arg)
{
    const char *const values[] = {origin};
    enum result result = database_run(database, "BEGIN");

    if (result == 0)
        result = database_ask(database, DATABASE_LOCK_ORIGIN, values, 1, NULL, NULL);
    for (size_t i = 0; result == 0 && i < tables->count; i++) {
        enum state_verdict verdict = STATE_UNKNOWN;
        result = state_compare(database, &tables->tables[i], origin, &verdict);
        if (result == 0)
            report(origin, &tables->tables[i], verdict, arg);
    }
    return result == 0 ? database_run(database, "COMMIT") : result;
}

enum result state_check_all(struct database *database, const struct feed_tables *tables,
                            state_report_fn report, void *arg)
{
    struct origins origins = {0};
    enum result result =
        database_ask(database, "SELECT DISTINCT origin FROM " FEED_SCHEMA ".taken ORDER BY origin",
                     NULL, 0, add_origin, &origins);

    for (size_t i = 0; result == 0 && i < origins.count; i++)
        result = check_origin(database, tables, origins.areas[i], report, arg);
    free(origins.areas);
    return result;
}
