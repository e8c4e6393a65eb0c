/**
 * PostgreSQL as a peer: a connection of each thread's own over a Unix socket, a prepared statement
 * that calls one function per visit.
 */
#include "config.h"

#include "engine.h"
#include "postgresql.h"

#ifdef HAVE_POSTGRESQL

#include "base/mem.h"
#include "base/month.h"
#include "base/random.h"
#include "rows.h"

#include <inttypes.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BASE "doudi_base" /* the rows as they were dumped, made once and kept */
#define COPY "doudi_run"  /* a fresh copy to write to */

enum { PARAMETERS = 16, BUFFER_SIZE = 1 << 16 };

/** The parameters are named in postgresql-indexes.sql. */
static const char CALL[] =
    "SELECT record_visit($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::bytea, "
    "$12, $13, $14::bytea, $14::bytea, $15)";

struct connection {
    PGconn *handle;
    day_t today;
    char month[16];
    char session[2 * SESSION_BYTES + 3]; /**< as PostgreSQL reads bytes: \x… */
    char hash[2 * HASH_BYTES + 3];
    int64_t seq;
};

// ---- statements

static enum result complain(PGconn *handle, const char *what)
{
    return bench_say(RESULT_IO, "postgresql: %s: %s", what, PQerrorMessage(handle));
}

static enum result execute(PGconn *handle, const char *sql)
{
    PGresult *answer = PQexec(handle, sql);
    ExecStatusType status = PQresultStatus(answer);

    PQclear(answer);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_COPY_IN
               ? RESULT_OK
               : complain(handle, sql);
}

/** The first cell of a query's answer; new string, NULL if there is none. */
static char *ask(PGconn *handle, const char *sql)
{
    PGresult *answer = PQexec(handle, sql);
    char *text = NULL;

    if (PQresultStatus(answer) == PGRES_TUPLES_OK && PQntuples(answer) > 0)
        text = mem_copy(PQgetvalue(answer, 0, 0));
    PQclear(answer);
    return text;
}

static enum result open_database(const struct bench *bench, const char *database,
                                 PGconn **ret_handle)
{
    char *where = mem_printf("%s dbname=%s", bench->postgresql, database);
    PGconn *handle = PQconnectdb(where);
    enum result result = RESULT_OK;

    free(where);
    if (PQstatus(handle) != CONNECTION_OK)
        result = complain(handle, database);
    if (result == 0)
        *ret_handle = handle;
    else
        PQfinish(handle);
    return result;
}

static bool has_setting(PGconn *handle, const char *sql, const char *wanted)
{
    char *value = ask(handle, sql);
    bool has = value != NULL && strcmp(value, wanted) == 0;

    free(value);
    return has;
}

// ---- the database

static enum result send_file(PGconn *handle, const char *path)
{
    FILE *file = fopen(path, "re");
    char *buffer = mem_new(BUFFER_SIZE);
    size_t got;
    enum result result = file != NULL ? RESULT_OK : bench_say(RESULT_NOINPUT, "no %s", path);

    while (result == 0 && (got = fread(buffer, 1, BUFFER_SIZE, file)) > 0)
        if (PQputCopyData(handle, buffer, (int)got) != 1)
            result = complain(handle, path);
    if (result == 0 && PQputCopyEnd(handle, NULL) != 1)
        result = complain(handle, path);
    if (file != NULL)
        fclose(file);
    free(buffer);
    return result;
}

static enum result load_table(PGconn *handle, const struct bench *bench,
                              const struct rows_table *table)
{
    char *sql = mem_printf("COPY %s FROM STDIN", table->name);
    char *path = rows_path(bench, table);
    PGresult *answer;
    enum result result = execute(handle, sql);

    if (result == 0)
        result = send_file(handle, path);
    while (result == 0 && (answer = PQgetResult(handle)) != NULL) {
        if (PQresultStatus(answer) != PGRES_COMMAND_OK)
            result = complain(handle, sql);
        PQclear(answer);
    }
    free(path);
    free(sql);
    return result;
}

static enum result run_file(PGconn *handle, const struct bench *bench, const char *name)
{
    char *sql = rows_read_text(bench, name);
    enum result result = sql != NULL ? execute(handle, sql) : RESULT_NOINPUT;

    free(sql);
    return result;
}

static enum result load(const struct bench *bench)
{
    PGconn *handle = NULL;
    enum result result = open_database(bench, BASE, &handle);

    if (result != 0)
        return result;
    result = run_file(handle, bench, "postgresql.sql");
    for (size_t i = 0; result == 0 && rows_tables[i].name != NULL; i++)
        result = load_table(handle, bench, &rows_tables[i]);
    if (result == 0)
        result = run_file(handle, bench, "postgresql-indexes.sql");
    if (result == 0)
        result = execute(handle, "VACUUM (FREEZE)");
    PQfinish(handle);
    return result;
}

/** The base, if it has not been made; a half-made one is never left. */
static enum result make_base(const struct bench *bench, PGconn *handle)
{
    enum result result;

    if (has_setting(handle, "SELECT 1 FROM pg_database WHERE datname = '" BASE "'", "1"))
        return RESULT_OK;
    result =
        execute(handle, "CREATE DATABASE " BASE " TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
    if (result == 0)
        result = load(bench);
    if (result != 0)
        execute(handle, "DROP DATABASE IF EXISTS " BASE);
    return result;
}

static enum result prepare(const struct bench *bench, void **ret_engine)
{
    PGconn *handle = NULL;
    enum result result = open_database(bench, "postgres", &handle);

    if (result != 0)
        return result;
    if (!has_setting(handle, "SHOW fsync", "on") ||
        !has_setting(handle, "SHOW synchronous_commit", "on"))
        result = bench_say(RESULT_INVALID, "postgresql: it would not be durable");
    if (result == 0)
        result = make_base(bench, handle);
    if (result == 0)
        result = execute(handle, "DROP DATABASE IF EXISTS " COPY);
    if (result == 0)
        result = execute(handle, "CREATE DATABASE " COPY " TEMPLATE " BASE " STRATEGY file_copy");
    /* So that none comes in the middle of a round because of the copying. */
    if (result == 0)
        result = execute(handle, "CHECKPOINT");
    PQfinish(handle);
    *ret_engine = NULL;
    return result;
}

static pid_t server(const struct bench *bench)
{
    PGconn *handle = NULL;
    char *pid = NULL;
    pid_t found = 0;

    if (open_database(bench, "postgres", &handle) != 0)
        return 0;
    pid = ask(handle, "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)");
    if (pid != NULL)
        found = (pid_t)strtol(pid, NULL, 10);
    free(pid);
    PQfinish(handle);
    return found;
}

// ---- connections

static void write_hex(const uint8_t *bytes, size_t count, char *to)
{
    to += sprintf(to, "\\x");
    for (size_t i = 0; i < count; i++)
        to += sprintf(to, "%02x", bytes[i]);
}

static void disconnect(void **opened)
{
    struct connection *connection = *opened;

    PQfinish(connection->handle);
    free(connection);
    *opened = NULL;
}

static enum result connect_thread(const struct bench *bench, void *engine,
                                  const struct visitor *visitor, void **ret_connection)
{
    struct connection *connection = mem_new(sizeof *connection);
    uint8_t bytes[HASH_BYTES];
    PGresult *answer;
    enum result result = random_secret(bytes, sizeof bytes);

    (void)engine;
    (void)visitor;
    write_hex(bytes, SESSION_BYTES, connection->session);
    write_hex(bytes, HASH_BYTES, connection->hash);
    connection->today = bench->today;
    snprintf(connection->month, sizeof connection->month, "%d", month_of(bench->today));
    if (result == 0)
        result = open_database(bench, COPY, &connection->handle);
    if (result != 0) {
        free(connection);
        return result;
    }
    answer = PQprepare(connection->handle, "visit", CALL, 0, NULL);
    if (PQresultStatus(answer) != PGRES_COMMAND_OK)
        result = complain(connection->handle, CALL);
    PQclear(answer);
    if (result != 0)
        disconnect((void **)&connection);
    else
        *ret_connection = connection;
    return result;
}

static enum result record(void *opened, const struct visit *visit)
{
    struct connection *connection = opened;
    struct str fields = {0};
    struct str changes = {0};
    char date[DATE_TEXT];
    char at[24];
    char seq[24];
    PGresult *answer;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < COUNT(visit->names); i++)
        str_printf(&fields, "%s=%s|", visit->names[i], visit->values[i]);
    str_printf(&changes, "mode=%s|result=%s|by=%s|%s", visit->mode, visit->result, visit->by,
               str_text(&fields));
    snprintf(at, sizeof at, "%" PRId64, (int64_t)time(NULL));
    snprintf(seq, sizeof seq, "%" PRId64, ++connection->seq);
    const char *const values[] = {visit->of->id_no,
                                  date_format(visit->date, date),
                                  connection->month,
                                  visit->mode,
                                  visit->result,
                                  visit->by,
                                  visit->officer,
                                  at,
                                  connection->today - visit->date >= 3 ? "1" : "0",
                                  fields.text,
                                  connection->session,
                                  seq,
                                  changes.text,
                                  connection->hash,
                                  "bench"};
    answer = PQexecPrepared(connection->handle, "visit", COUNT(values), values, NULL, NULL, 0);
    if (PQresultStatus(answer) != PGRES_TUPLES_OK)
        result = complain(connection->handle, "record_visit");
    PQclear(answer);
    str_free(&fields);
    str_free(&changes);
    return result;
}

const struct engine ENGINE_POSTGRESQL = {
    .name = "postgresql",
    .prepare = prepare,
    .server = server,
    .connect = connect_thread,
    .record = record,
    .disconnect = disconnect,
};

// ---- export

static enum result copy_cases(PGconn *handle, struct series *rate)
{
    char *folder = ask(handle, "SHOW data_directory");
    char *sql =
        mem_printf("COPY (SELECT id, number, kind, person, area, state, since, closed_on, "
                   "exit_reason, tier, officer, review_class, batch, version, by, at, fields, "
                   "reviews FROM cases) TO '%s/cases.csv' (FORMAT csv, HEADER)",
                   folder != NULL ? folder : "");
    int64_t begun = now_ns();
    PGresult *answer = PQexec(handle, sql);
    double seconds = seconds_since(begun);
    enum result result = RESULT_OK;

    if (PQresultStatus(answer) == PGRES_COMMAND_OK)
        series_add(rate, strtod(PQcmdTuples(answer), NULL) / seconds);
    else
        result = complain(handle, sql);
    PQclear(answer);
    free(sql);
    free(folder);
    return result;
}

enum result postgresql_copy_cases(const struct bench *bench, struct series *rate)
{
    PGconn *handle = NULL;
    enum result result = RESULT_OK;

    if (bench->postgresql == NULL)
        return RESULT_OK;
    result = open_database(bench, "postgres", &handle);
    if (result == 0)
        result = make_base(bench, handle);
    if (handle != NULL)
        PQfinish(handle);
    if (result == 0)
        result = open_database(bench, BASE, &handle);
    if (result == 0) {
        result = copy_cases(handle, rate);
        PQfinish(handle);
    }
    return result;
}

#else

enum result postgresql_copy_cases(const struct bench *bench, struct series *rate)
{
    (void)bench;
    (void)rate;
    return RESULT_OK;
}

#endif
