#include "feed/apply.h"

#include "base/mem.h"
#include "base/text.h"
#include "domain/area.h"
#include "feed/follow.h"
#include "feed/rows.h"
#include "feed/sql.h"
#include "feed/unpack.h"

#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* By home; the second one keeps two homes, one in the other, from beginning at the same time. */
#define LOCK_ORIGIN "SELECT pg_catalog.pg_advisory_xact_lock(1685026148, pg_catalog.hashtext($1))"
#define LOCK_FIRST "SELECT pg_catalog.pg_advisory_xact_lock(1685026149, 0)"

struct applying {
    const struct apply_order *order;
    struct database *database;
    bool first; /**< the home has no rows yet */
    bool seen[FEED_TABLES];
    const struct feed_table *table; /**< that is being read */
    struct rows *rows;
    struct applied done;
    struct str touched; /**< JSON: rows of each table that were changed */
    char *message;
};

// ---- what the database has

static enum result take_last(const char *const *cells, void *arg)
{
    struct follow_known *known = arg;

    known->number = strtoull(cells[0], NULL, 10);
    snprintf(known->manifest, sizeof known->manifest, "%s", cells[1]);
    return RESULT_OK;
}

static enum result take_same(const char *const *cells, void *arg)
{
    struct follow_known *known = arg;

    snprintf(known->same, sizeof known->same, "%s", cells[0]);
    return RESULT_OK;
}

struct overlap {
    const char *origin;
    struct follow_known *known;
};

static enum result take_overlap(const char *const *cells, void *arg)
{
    struct overlap *overlap = arg;

    if (area_contains(cells[0], overlap->origin) || area_contains(overlap->origin, cells[0]))
        snprintf(overlap->known->overlap, sizeof overlap->known->overlap, "%s", cells[0]);
    return RESULT_OK;
}

static enum result read_known(struct applying *applying, struct follow_known *known)
{
    const struct manifest *manifest = applying->order->manifest;
    char number[NUMBER_TEXT];
    const char *const values[] = {manifest->area, number};
    struct overlap overlap = {manifest->area, known};
    enum result result = database_ask(applying->database,
                                      "SELECT number, manifest FROM " FEED_SCHEMA
                                      ".taken WHERE origin = $1 ORDER BY number DESC LIMIT 1",
                                      values, 1, take_last, known);

    snprintf(number, sizeof number, "%" PRIu64, manifest->number);
    if (result == 0)
        result = database_ask(applying->database,
                              "SELECT manifest FROM " FEED_SCHEMA
                              ".taken WHERE origin = $1 AND number = $2",
                              values, 2, take_same, known);
    applying->first = known->number == 0;
    if (result == 0 && applying->first)
        result = database_run(applying->database, LOCK_FIRST);
    if (result == 0 && applying->first)
        result =
            database_ask(applying->database,
                         "SELECT DISTINCT origin FROM " FEED_SCHEMA ".taken WHERE origin <> $1",
                         values, 1, take_overlap, &overlap);
    return result;
}

// ---- reading into the stages

static enum result send_lines(const struct str *lines, void *arg)
{
    struct applying *applying = arg;

    return database_copy_add(applying->database, lines);
}

/** The bundle's other files are read by people, or have the same in another form. */
static bool is_for_people(const char *name)
{
    size_t length = strlen(name);

    return length < 4 || strcmp(name + length - 4, ".csv") != 0;
}

static enum result begin_file(const struct manifest_file *file, bool *ret_wanted, void *arg)
{
    struct applying *applying = arg;
    const struct feed_tables *tables = applying->order->tables;
    struct str sql = {0};

    applying->table = tables_find(tables, file->name);
    if (applying->table == NULL) {
        *ret_wanted = false;
        if (is_for_people(file->name))
            return RESULT_OK;
        applying->message =
            mem_printf("有不认识的文件 %s，由更新的版本写成，请先升级 doudi-feed", file->name);
        return RESULT_INVALID;
    }
    *ret_wanted = true;
    applying->seen[applying->table - tables->tables] = true;
    sql_add_stage(&sql, applying->table, tables->distributed, applying->order->manifest->area);
    enum result result = database_run(applying->database, str_text(&sql));
    str_clear(&sql);
    sql_add_copy(&sql, applying->table);
    if (result == 0)
        result = database_copy_begin(applying->database, str_text(&sql));
    str_free(&sql);
    rows_free(&applying->rows);
    applying->rows =
        rows_new(applying->table, applying->order->manifest->area, send_lines, applying);
    return result;
}

/** What the database says of the bundle's rows, with the file. */
static enum result say_fault(struct applying *applying, enum result result)
{
    if (result == RESULT_INVALID && applying->message == NULL)
        applying->message =
            mem_printf("%s：%s", applying->table->file->name, database_message(applying->database));
    return result;
}

static enum result say_rows(struct applying *applying, enum result result)
{
    if (result != 0 && rows_message(applying->rows) != NULL)
        applying->message = mem_copy(rows_message(applying->rows));
    return result;
}

static enum result add_bytes(const void *bytes, size_t length, void *arg)
{
    struct applying *applying = arg;

    return say_rows(applying, rows_add(applying->rows, bytes, length));
}

static enum result end_file(const struct manifest_file *file, void *arg)
{
    struct applying *applying = arg;
    uint64_t rows = 0;
    enum result result = say_rows(applying, rows_end(applying->rows, &rows));

    if (result == 0 && rows != file->rows) {
        applying->message = mem_printf("%s 有 %" PRIu64 " 行，清单写的是 %" PRIu64 " 行",
                                       file->name, rows, file->rows);
        result = RESULT_CORRUPT;
    }
    applying->done.rows += rows;
    if (result == 0)
        result = database_copy_end(applying->database);
    return say_fault(applying, result);
}

static enum result fill_stages(struct applying *applying)
{
    const struct apply_order *order = applying->order;
    const struct unpack_reader reader = {
        .begin = begin_file, .add = add_bytes, .end = end_file, .arg = applying};
    enum result result = unpack_read(order->path, order->manifest, &reader, &applying->message);

    for (size_t i = 0; result == 0 && i < order->tables->count; i++)
        if (!applying->seen[i]) {
            applying->message = mem_printf("包里没有 %s", order->tables->tables[i].file->name);
            result = RESULT_INVALID;
        }
    return result;
}

// ---- from the stages into the tables

typedef void (*sql_fn)(struct str *sql, const struct feed_table *table);

static enum result change_rows(struct applying *applying, const struct feed_table *table,
                               sql_fn add, uint64_t *ret_touched)
{
    const char *const values[] = {applying->order->manifest->area};
    struct str sql = {0};
    enum result result;

    add(&sql, table);
    result = database_change(applying->database, str_text(&sql), values, 1, ret_touched);
    str_free(&sql);
    return result;
}

static enum result index_stage(struct applying *applying, const struct feed_table *table)
{
    struct str sql = {0};
    enum result result;

    sql_add_stage_index(&sql, table);
    result = database_run(applying->database, str_text(&sql));
    str_free(&sql);
    return result;
}

/** A lasting stage is left empty. */
static enum result empty_stage(struct applying *applying, const struct feed_table *table)
{
    struct str sql = {0};
    enum result result;

    sql_add_stage(&sql, table, true, applying->order->manifest->area);
    result = database_run(applying->database, str_text(&sql));
    str_free(&sql);
    return result;
}

static void count_touched(struct applying *applying, const struct feed_table *table,
                          uint64_t deleted, uint64_t updated, uint64_t inserted)
{
    if (deleted + updated + inserted > 0)
        str_printf(&applying->touched,
                   "%s\"%s\": {\"inserted\": %" PRIu64 ", \"updated\": %" PRIu64
                   ", \"deleted\": %" PRIu64 "}",
                   applying->touched.length > 0 ? ", " : "", table->name, inserted, updated,
                   deleted);
    applying->done.deleted += deleted;
    applying->done.updated += updated;
    applying->done.inserted += inserted;
}

static enum result change_table(struct applying *applying, const struct feed_table *table)
{
    uint64_t deleted = 0, updated = 0, inserted = 0;
    bool lasting = applying->order->tables->distributed;
    enum result result = RESULT_OK;

    applying->table = table;
    if (applying->first) {
        result = change_rows(applying, table, sql_add_insert_all, &inserted);
    } else {
        if (!lasting)
            result = index_stage(applying, table);
        if (result == 0)
            result = change_rows(applying, table, sql_add_delete, &deleted);
        if (result == 0)
            result = change_rows(applying, table, sql_add_update, &updated);
        if (result == 0)
            result = change_rows(applying, table, sql_add_insert, &inserted);
    }
    if (result == 0 && lasting)
        result = empty_stage(applying, table);
    count_touched(applying, table, deleted, updated, inserted);
    return say_fault(applying, result);
}

static enum result note_taken(struct applying *applying)
{
    const struct apply_order *order = applying->order;
    const struct manifest *manifest = order->manifest;
    const struct applied *done = &applying->done;
    char date[DATE_TEXT];
    char *path = mem_copy(order->path);
    char *touched = mem_printf("{%s}", str_text(&applying->touched));
    struct stat status = {0};
    char numbers[6][NUMBER_TEXT];
    const char *const values[] = {manifest->area,
                                  numbers[0],
                                  manifest->sha256,
                                  manifest->previous,
                                  date_format(manifest->date, date),
                                  basename(path),
                                  numbers[1],
                                  numbers[2],
                                  numbers[3],
                                  numbers[4],
                                  numbers[5],
                                  touched};

    (void)stat(order->path, &status);
    const uint64_t counts[] = {manifest->number, (uint64_t)status.st_size,
                               done->rows,       done->inserted,
                               done->updated,    done->deleted};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        snprintf(numbers[i], sizeof numbers[i], "%" PRIu64, counts[i]);
    enum result result = database_change(
        applying->database,
        "INSERT INTO " FEED_SCHEMA ".taken (origin, number, manifest, previous, date, file, bytes, "
        "rows, inserted, updated, deleted, touched) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
        "$10, $11, $12)",
        values, sizeof values / sizeof values[0], NULL);
    free(touched);
    free(path);
    return result;
}

static enum result take(struct applying *applying)
{
    const struct feed_tables *tables = applying->order->tables;
    enum result result = fill_stages(applying);

    for (size_t i = 0; result == 0 && i < tables->count; i++)
        result = change_table(applying, &tables->tables[i]);
    return result == 0 ? note_taken(applying) : result;
}

static enum result judge_and_take(struct applying *applying)
{
    const struct apply_order *order = applying->order;
    const char *const values[] = {order->manifest->area};
    struct follow_known known = {0};
    enum result result = database_ask(applying->database, LOCK_ORIGIN, values, 1, NULL, NULL);

    if (result == 0)
        result = read_known(applying, &known);
    if (result != 0)
        return result;
    switch (follow_judge(&known, order->manifest, order->after_gap, &applying->message)) {
    case FOLLOW_KNOWN:
        applying->done.known = true;
        return RESULT_OK;
    case FOLLOW_REFUSE:
        return RESULT_INVALID;
    default:
        return take(applying);
    }
}

enum result apply_bundle(const struct apply_order *order, struct applied *ret_applied,
                         char **ret_message)
{
    struct applying applying = {.order = order, .database = order->database};
    enum result result = database_run(order->database, "BEGIN");

    if (result == 0)
        result = judge_and_take(&applying);
    if (result == 0)
        result = database_run(order->database, "COMMIT");
    if (result == 0) {
        *ret_applied = applying.done;
    } else {
        if (applying.message == NULL)
            applying.message = mem_copy(database_message(order->database));
        *ret_message = applying.message;
        applying.message = NULL;
        (void)database_run(order->database, "ROLLBACK");
    }
    rows_free(&applying.rows);
    str_free(&applying.touched);
    free(applying.message);
    return result;
}
