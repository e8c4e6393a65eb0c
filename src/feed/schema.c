#include "feed/schema.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/paths.h"
#include "feed/sql.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Feeds that begin at the same time wait for each other here; apply.c has the other locks. */
#define LOCK_SCHEMA "SELECT pg_catalog.pg_advisory_xact_lock(1685026148, 0)"

/* Citus has it in pg_catalog, where only a superuser can make functions. */
#define FIND_CITUS                                                                                 \
    "SELECT pg_catalog.count(*) FROM pg_catalog.pg_proc WHERE proname = "                          \
    "'create_distributed_table' AND pronamespace = 'pg_catalog'::pg_catalog.regnamespace"

/** A table's column, as ".table.column." in a text of all of them. */
static enum result add_name(const char *const *cells, void *arg)
{
    str_printf(arg, ".%s.%s.", cells[0], cells[1]);
    return RESULT_OK;
}

static enum result read_columns(struct database *database, struct str *ret_names)
{
    return database_ask(database,
                        "SELECT c.relname, a.attname FROM pg_catalog.pg_class c JOIN "
                        "pg_catalog.pg_attribute a ON a.attrelid = c.oid WHERE c.relnamespace = "
                        "(SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = '" FEED_SCHEMA
                        "') AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped",
                        NULL, 0, add_name, ret_names);
}

static bool has_name(const struct str *names, const char *table, const char *column)
{
    char *name = mem_printf(".%s.%s.", table, column);
    bool has = strstr(str_text(names), name) != NULL;

    free(name);
    return has;
}

// ---- the files

static enum result add_file(struct str *sql, const char *name, char **ret_message)
{
    char *path = paths_data(name);
    FILE *file = fopen(path, "re");
    char block[4096];
    size_t got;
    enum result result = RESULT_OK;

    while (file != NULL && (got = fread(block, 1, sizeof block, file)) > 0)
        str_add_bytes(sql, block, got);
    if (file == NULL || ferror(file) != 0) {
        *ret_message =
            mem_printf("读不出 %s：%s，请重新安装 doudi-feed", path, result_reason(errno));
        result = RESULT_NOINPUT;
    }
    if (file != NULL)
        fclose(file);
    free(path);
    return result;
}

enum result schema_add(struct str *sql, const struct feed_tables *tables, char **ret_message)
{
    enum result result = add_file(sql, "feed/schema.sql", ret_message);

    for (size_t i = 0; result == 0 && i < tables->count; i++) {
        str_add_char(sql, '\n');
        sql_add_create(sql, &tables->tables[i]);
    }
    str_add_char(sql, '\n');
    return result == 0 ? add_file(sql, "feed/views.sql", ret_message) : result;
}

// ---- the database

static void add_distribution(struct str *sql, const struct feed_tables *tables, size_t index)
{
    str_printf(sql,
               "SELECT pg_catalog.create_distributed_table('" FEED_SCHEMA
               ".%s', 'origin', colocate_with => '%s');\n",
               tables->tables[index].name, index == 0 ? "default" : FEED_SCHEMA ".persons");
}

static void add_missing(struct str *sql, const struct feed_table *table, const struct str *names)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (!has_name(names, table->name, table->file->columns[i]))
            sql_add_column(sql, table, i);
}

/** Runs what the database lacks. */
static enum result make_missing(struct database *database, const struct feed_tables *tables,
                                const char *hash, char **ret_message)
{
    struct str sql = {0};
    struct str names = {0};
    char *citus = NULL;
    enum result result = add_file(&sql, "feed/schema.sql", ret_message);

    if (result == 0)
        result = read_columns(database, &names);
    if (result == 0)
        result = database_ask_text(database, FIND_CITUS, NULL, 0, &citus);
    for (size_t i = 0; result == 0 && i < tables->count; i++) {
        if (has_name(&names, tables->tables[i].name, "origin")) {
            add_missing(&sql, &tables->tables[i], &names);
        } else {
            sql_add_create(&sql, &tables->tables[i]);
            if (strcmp(citus, "0") != 0)
                add_distribution(&sql, tables, i);
        }
    }
    if (result == 0)
        result = add_file(&sql, "feed/views.sql", ret_message);
    str_printf(&sql,
               "\nDELETE FROM " FEED_SCHEMA ".layout;\nINSERT INTO " FEED_SCHEMA
               ".layout (hash) VALUES ('%s');\n",
               hash);
    if (result == 0)
        result = database_run(database, str_text(&sql));
    str_free(&sql);
    str_free(&names);
    free(citus);
    return result;
}

static enum result read_hash(struct database *database, char **ret_hash)
{
    struct str names = {0};
    enum result result = read_columns(database, &names);
    bool there = result == 0 && has_name(&names, "layout", "hash");

    str_free(&names);
    if (result == 0 && !there)
        *ret_hash = mem_copy("");
    else if (result == 0)
        result = database_ask_text(database, "SELECT hash FROM " FEED_SCHEMA ".layout", NULL, 0,
                                   ret_hash);
    return result;
}

/** In a transaction, looks again when nobody else can be at it. */
static enum result change(struct database *database, const struct feed_tables *tables,
                          const char *hash, char **ret_message)
{
    char *present = NULL;
    enum result result = database_run(database, "BEGIN; " LOCK_SCHEMA);

    if (result == 0)
        result = read_hash(database, &present);
    if (result == 0 && strcmp(present, hash) != 0)
        result = make_missing(database, tables, hash, ret_message);
    if (result == 0)
        result = database_run(database, "COMMIT");
    free(present);
    return result;
}

enum result schema_ensure(struct database *database, const struct feed_tables *tables,
                          char **ret_message)
{
    struct str sql = {0};
    uint8_t sum[DIGEST_SIZE];
    char hash[DIGEST_TEXT];
    char *present = NULL;
    char *message = NULL;
    enum result result = schema_add(&sql, tables, &message);

    digest_bytes(str_text(&sql), sql.length, sum);
    digest_format(sum, hash);
    str_free(&sql);
    if (result == 0)
        result = read_hash(database, &present);
    if (result == 0 && strcmp(present, hash) != 0)
        result = change(database, tables, hash, &message);
    free(present);
    if (result != 0)
        *ret_message = message != NULL
                           ? message
                           : mem_printf("建不好数据库的表和视图：%s", database_message(database));
    return result;
}
