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

static void add_distribution(struct str *sql, const char *name, bool first)
{
    str_printf(sql,
               "SELECT pg_catalog.create_distributed_table('%s', 'origin', colocate_with => "
               "'%s');\n",
               name, first ? "default" : FEED_SCHEMA ".persons");
}

/** A table, on Citus with its stage. */
static void add_table(struct str *sql, const struct feed_table *table, bool citus, bool first)
{
    char *name = mem_printf(FEED_SCHEMA ".%s", table->name);

    sql_add_create(sql, table);
    if (citus) {
        sql_add_create_stage(sql, table);
        add_distribution(sql, name, first);
        add_distribution(sql, table->stage, false);
    }
    free(name);
}

/** What the tables of an office should hold lies beside them, so that a bundle is one worker's
 *  transaction. What was made on the coordinator stays there. */
static void add_sums(struct str *sql, const struct feed_tables *tables, const struct str *names)
{
    if (tables->distributed && !has_name(names, "sums", "origin"))
        add_distribution(sql, FEED_SCHEMA ".sums", false);
}

static void add_tables(struct str *sql, const struct feed_tables *tables, const struct str *names)
{
    for (size_t i = 0; i < tables->count; i++) {
        const struct feed_table *table = &tables->tables[i];
        if (!has_name(names, table->name, "origin"))
            add_table(sql, table, tables->distributed, i == 0);
        else
            for (size_t k = 0; k < table->column_count; k++)
                if (!has_name(names, table->name, table->file->columns[k]))
                    sql_add_column(sql, table, k, tables->distributed);
    }
    add_sums(sql, tables, names);
}

/** Tables that are there without stages were made before Citus was, and stay as they are. */
static enum result find_distribution(struct database *database, const struct str *names,
                                     struct feed_tables *tables)
{
    bool there = has_name(names, "persons", "origin");
    bool staged = has_name(names, "stage_persons", "origin");
    char *citus = NULL;
    enum result result =
        there ? RESULT_OK : database_ask_text(database, FIND_CITUS, NULL, 0, &citus);

    tables_set_distributed(tables, staged || (citus != NULL && strcmp(citus, "0") != 0));
    free(citus);
    return result;
}

/** Runs what the database lacks. */
static enum result make_missing(struct database *database, const struct feed_tables *tables,
                                const struct str *names, const char *hash, char **ret_message)
{
    struct str sql = {0};
    enum result result = add_file(&sql, "feed/schema.sql", ret_message);

    add_tables(&sql, tables, names);
    if (result == 0)
        result = add_file(&sql, "feed/views.sql", ret_message);
    str_printf(&sql,
               "\nDELETE FROM " FEED_SCHEMA ".layout;\nINSERT INTO " FEED_SCHEMA
               ".layout (hash) VALUES ('%s');\n",
               hash);
    if (result == 0)
        result = database_run(database, str_text(&sql));
    str_free(&sql);
    return result;
}

/** What is there: columns, distribution, *ret_same if it is what the program would make. */
static enum result look(struct database *database, struct feed_tables *tables, const char *hash,
                        struct str *ret_names, bool *ret_same)
{
    char *present = NULL;
    enum result result = read_columns(database, ret_names);

    if (result == 0)
        result = find_distribution(database, ret_names, tables);
    if (result == 0 && has_name(ret_names, "layout", "hash"))
        result = database_ask_text(database, "SELECT hash FROM " FEED_SCHEMA ".layout", NULL, 0,
                                   &present);
    *ret_same = present != NULL && strcmp(present, hash) == 0;
    free(present);
    return result;
}

/** In a transaction, looks again when nobody else can be at it. */
static enum result change(struct database *database, struct feed_tables *tables, const char *hash,
                          char **ret_message)
{
    struct str names = {0};
    bool same = false;
    enum result result = database_run(database, "BEGIN; " LOCK_SCHEMA);

    if (result == 0)
        result = look(database, tables, hash, &names, &same);
    if (result == 0 && !same)
        result = make_missing(database, tables, &names, hash, ret_message);
    if (result == 0)
        result = database_run(database, "COMMIT");
    str_free(&names);
    return result;
}

enum result schema_ensure(struct database *database, struct feed_tables *tables, char **ret_message)
{
    struct str sql = {0};
    struct str names = {0};
    uint8_t sum[DIGEST_SIZE];
    char hash[DIGEST_TEXT];
    char *message = NULL;
    bool same = false;
    enum result result = schema_add(&sql, tables, &message);

    digest_bytes(str_text(&sql), sql.length, sum);
    digest_format(sum, hash);
    if (result == 0)
        result = look(database, tables, hash, &names, &same);
    if (result == 0 && !same)
        result = change(database, tables, hash, &message);
    if (result != 0)
        *ret_message = message != NULL
                           ? message
                           : mem_printf("建不好数据库的表和视图：%s", database_message(database));
    str_free(&names);
    str_free(&sql);
    return result;
}
