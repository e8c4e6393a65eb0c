/**
 * SQLite as a peer: in this process, one connection that the threads take in turn. A connection of
 * each thread's own would lose its cache whenever another has written, and its waiting for the write
 * lock would be sleeping; both cost SQLite more.
 */
#include "config.h"

#include "engine.h"

#ifdef HAVE_SQLITE

#include "base/mem.h"
#include "base/month.h"
#include "base/paths.h"
#include "base/random.h"
#include "base/words.h"
#include "rows.h"

#include <inttypes.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum statement {
    BEGIN,
    PERSON,
    NEXT_SEQ,
    CASES,
    CREDIT,
    ADD_VISIT,
    ADD_EVENT,
    COMMIT,
    ROLLBACK,
    STATEMENTS
};

static const char *const SQL[STATEMENTS] = {
    [BEGIN] = "BEGIN IMMEDIATE",
    [PERSON] = "SELECT id FROM person WHERE id_no = ?1",
    [NEXT_SEQ] = "SELECT coalesce(max(seq) + 1, 0) FROM visit WHERE person = ?1 AND date = ?2",
    [CASES] = "SELECT r.id, r.number, r.area FROM cases r JOIN duty d ON d.month = ?2 AND d.area ="
              " r.area AND d.case_id = r.id AND d.type = 'visit' WHERE r.person = ?1 AND r.state ="
              " 'active'",
    [CREDIT] =
        "UPDATE duty SET credits = credits || ?4 WHERE month = ?1 AND area = ?2 AND case_id ="
        " ?3 AND type = 'visit' RETURNING need, credits",
    [ADD_VISIT] = "INSERT INTO visit VALUES (?1, ?2, ?3, 'tanfang', ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
                  " ?11, 0, 0, NULL, '')",
    [ADD_EVENT] = "INSERT INTO event VALUES (?1, ?2, ?3, ?4, 'visit.add', ?5, ?6, 0, ?7, ?8, ?9,"
                  " ?9, 'bench', ?10)",
    [COMMIT] = "COMMIT",
    [ROLLBACK] = "ROLLBACK",
};

struct database {
    sqlite3 *handle;
    sqlite3_stmt *statements[STATEMENTS];
    pthread_mutex_t turn;
    month_t month;
    day_t today;
};

struct connection {
    struct database *database;
    uint8_t session[SESSION_BYTES];
    uint8_t hash[HASH_BYTES];
    int64_t seq;
};

// ---- statements

static enum result complain(struct database *database, const char *what)
{
    return bench_say(RESULT_IO, "sqlite: %s: %s", what, sqlite3_errmsg(database->handle));
}

static enum result execute(struct database *database, const char *sql)
{
    return sqlite3_exec(database->handle, sql, NULL, NULL, NULL) == SQLITE_OK
               ? RESULT_OK
               : complain(database, sql);
}

static void bind_text(sqlite3_stmt *statement, int number, const char *text)
{
    sqlite3_bind_text(statement, number, text, -1, SQLITE_TRANSIENT);
}

/** Steps once; RESULT_NOTFOUND when there is no row. */
static enum result step(struct database *database, enum statement which)
{
    int code = sqlite3_step(database->statements[which]);

    if (code == SQLITE_ROW)
        return RESULT_OK;
    return code == SQLITE_DONE ? RESULT_NOTFOUND : complain(database, SQL[which]);
}

static enum result run(struct database *database, enum statement which)
{
    enum result result = step(database, which);

    sqlite3_reset(database->statements[which]);
    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

static enum result ask_number(struct database *database, enum statement which, int64_t *ret_number)
{
    enum result result = step(database, which);

    if (result == 0)
        *ret_number = sqlite3_column_int64(database->statements[which], 0);
    sqlite3_reset(database->statements[which]);
    return result;
}

// ---- a visit

/** The visit on its way through the transaction. */
struct entry {
    struct connection *connection;
    const struct visit *visit;
    int64_t person, seq, at;
    int late;
    char date[DATE_TEXT];
    char area[AREA_TEXT];
    struct str fields, credited, changes, reply;
};

static enum result credit_case(struct entry *entry, int64_t record, const char *area)
{
    struct database *database = entry->connection->database;
    sqlite3_stmt *statement = database->statements[CREDIT];
    char credit[48];
    enum result result;

    snprintf(credit, sizeof credit, "%s:%" PRId64 ":%d|", entry->date, entry->seq, entry->late);
    sqlite3_bind_int64(statement, 1, database->month);
    bind_text(statement, 2, area);
    sqlite3_bind_int64(statement, 3, record);
    bind_text(statement, 4, credit);
    result = step(database, CREDIT);
    if (result == 0 && entry->reply.length == 0)
        str_printf(&entry->reply, "%d %s", sqlite3_column_int(statement, 0),
                   (const char *)sqlite3_column_text(statement, 1));
    sqlite3_reset(statement);
    return result;
}

static enum result credit_cases(struct entry *entry)
{
    struct database *database = entry->connection->database;
    sqlite3_stmt *statement = database->statements[CASES];
    enum result result;

    sqlite3_bind_int64(statement, 1, entry->person);
    sqlite3_bind_int64(statement, 2, database->month);
    while ((result = step(database, CASES)) == 0) {
        int64_t record = sqlite3_column_int64(statement, 0);
        if (entry->credited.length == 0) {
            snprintf(entry->area, sizeof entry->area, "%s",
                     (const char *)sqlite3_column_text(statement, 2));
            str_printf(&entry->changes, "case=%s|", sqlite3_column_text(statement, 1));
        }
        str_printf(&entry->credited, "%" PRId64 "|", record);
        result = credit_case(entry, record, (const char *)sqlite3_column_text(statement, 2));
        if (result != 0)
            break;
    }
    sqlite3_reset(statement);
    if (result == RESULT_NOTFOUND && entry->credited.length > 0)
        return RESULT_OK;
    return result;
}

static enum result add_visit(struct entry *entry)
{
    const struct visit *visit = entry->visit;
    struct database *database = entry->connection->database;
    sqlite3_stmt *statement = database->statements[ADD_VISIT];
    char at[STAMP_TEXT];

    sqlite3_bind_int64(statement, 1, entry->person);
    bind_text(statement, 2, entry->date);
    sqlite3_bind_int64(statement, 3, entry->seq);
    bind_text(statement, 4, visit->mode);
    bind_text(statement, 5, visit->result);
    bind_text(statement, 6, visit->by);
    bind_text(statement, 7, visit->officer);
    bind_text(statement, 8, date_format_stamp(entry->at, at));
    sqlite3_bind_int(statement, 9, entry->late);
    bind_text(statement, 10, str_text(&entry->fields));
    bind_text(statement, 11, str_text(&entry->credited));
    return run(database, ADD_VISIT);
}

static enum result add_event(struct entry *entry)
{
    const struct visit *visit = entry->visit;
    struct connection *connection = entry->connection;
    sqlite3_stmt *statement = connection->database->statements[ADD_EVENT];
    char record[64];

    snprintf(record, sizeof record, "visit:%" PRId64 ":%s:%" PRId64, entry->person, entry->date,
             entry->seq);
    str_printf(&entry->changes, "mode=%s|result=%s|by=%s|%s", visit->mode, visit->result, visit->by,
               str_text(&entry->fields));
    sqlite3_bind_blob(statement, 1, connection->session, SESSION_BYTES, SQLITE_TRANSIENT);
    sqlite3_bind_int64(statement, 2, connection->seq);
    sqlite3_bind_int64(statement, 3, entry->at);
    bind_text(statement, 4, visit->officer);
    bind_text(statement, 5, record);
    bind_text(statement, 6, entry->area);
    bind_text(statement, 7, str_text(&entry->changes));
    bind_text(statement, 8, str_text(&entry->reply));
    sqlite3_bind_blob(statement, 9, connection->hash, HASH_BYTES, SQLITE_TRANSIENT);
    sqlite3_bind_int64(statement, 10, entry->at / 86400);
    return run(connection->database, ADD_EVENT);
}

static enum result fill_transaction(struct entry *entry)
{
    struct database *database = entry->connection->database;
    enum result result;

    bind_text(database->statements[PERSON], 1, entry->visit->of->id_no);
    result = ask_number(database, PERSON, &entry->person);
    if (result == 0) {
        sqlite3_bind_int64(database->statements[NEXT_SEQ], 1, entry->person);
        bind_text(database->statements[NEXT_SEQ], 2, entry->date);
        result = ask_number(database, NEXT_SEQ, &entry->seq);
    }
    if (result == 0)
        result = credit_cases(entry);
    if (result == 0)
        result = add_visit(entry);
    return result == 0 ? add_event(entry) : result;
}

static enum result transact(struct entry *entry)
{
    struct database *database = entry->connection->database;
    enum result result;

    pthread_mutex_lock(&database->turn);
    result = run(database, BEGIN);
    if (result == 0) {
        result = fill_transaction(entry);
        if (result == 0)
            result = run(database, COMMIT);
        else
            run(database, ROLLBACK);
    }
    pthread_mutex_unlock(&database->turn);
    return result;
}

static enum result record(void *opened, const struct visit *visit)
{
    struct connection *connection = opened;
    struct entry entry = {.connection = connection, .visit = visit, .at = time(NULL)};
    enum result result;

    connection->seq++;
    date_format(visit->date, entry.date);
    entry.late = connection->database->today - visit->date >= 3;
    for (size_t i = 0; i < COUNT(visit->names); i++)
        str_printf(&entry.fields, "%s=%s|", visit->names[i], visit->values[i]);
    result = transact(&entry);
    str_free(&entry.fields);
    str_free(&entry.credited);
    str_free(&entry.changes);
    str_free(&entry.reply);
    return result;
}

// ---- the database

static enum result run_file(struct database *database, const struct bench *bench, const char *name)
{
    char *sql = rows_read_text(bench, name);
    enum result result = sql != NULL ? execute(database, sql) : RESULT_NOINPUT;

    free(sql);
    return result;
}

static enum result add_cells(char *const *cells, size_t count, void *arg)
{
    sqlite3_stmt *statement = arg;
    int code;

    for (size_t i = 0; i < count; i++)
        if (cells[i] == NULL)
            sqlite3_bind_null(statement, (int)i + 1);
        else
            bind_text(statement, (int)i + 1, cells[i]);
    code = sqlite3_step(statement);
    sqlite3_reset(statement);
    return code == SQLITE_DONE ? RESULT_OK : RESULT_IO;
}

static enum result load_table(struct database *database, const struct bench *bench,
                              const struct rows_table *table)
{
    struct str sql = {0};
    sqlite3_stmt *statement = NULL;
    enum result result = RESULT_OK;

    str_printf(&sql, "INSERT INTO %s VALUES (?", table->name);
    for (size_t i = 1; i < table->columns; i++)
        str_add(&sql, ", ?");
    str_add(&sql, ")");
    if (sqlite3_prepare_v2(database->handle, sql.text, -1, &statement, NULL) != SQLITE_OK)
        result = complain(database, sql.text);
    if (result == 0)
        result = rows_each(bench, table, add_cells, statement);
    if (result != 0)
        complain(database, table->name);
    sqlite3_finalize(statement);
    str_free(&sql);
    return result;
}

static enum result load(struct database *database, const struct bench *bench)
{
    enum result result = execute(database, "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;"
                                           "PRAGMA synchronous = OFF; BEGIN");

    if (result == 0)
        result = run_file(database, bench, "sqlite.sql");
    for (size_t i = 0; result == 0 && rows_tables[i].name != NULL; i++)
        result = load_table(database, bench, &rows_tables[i]);
    if (result == 0)
        result = run_file(database, bench, "sqlite-indexes.sql");
    return result == 0 ? execute(database, "COMMIT") : result;
}

static enum result open_file(struct database *database, const char *path)
{
    return sqlite3_open(path, &database->handle) == SQLITE_OK ? RESULT_OK
                                                              : complain(database, path);
}

/** The rows as they were dumped, made once and kept. */
static enum result make_base(const struct bench *bench, const char *path)
{
    struct database database = {0};
    char *part = mem_printf("%s.part", path);
    enum result result = RESULT_OK;

    if (access(path, R_OK) != 0) {
        unlink(part);
        result = open_file(&database, part);
        if (result == 0)
            result = load(&database, bench);
        if (sqlite3_close(database.handle) != SQLITE_OK || (result == 0 && rename(part, path) != 0))
            result = RESULT_IO;
    }
    free(part);
    return result;
}

/** A fresh copy to write to. */
static enum result copy_base(const char *base, const char *path)
{
    static const char *const ENDINGS[] = {"", "-wal", "-shm"};
    const char *arguments[] = {"/bin/cp", base, path, NULL};

    for (size_t i = 0; i < COUNT(ENDINGS); i++) {
        char *file = mem_printf("%s%s", path, ENDINGS[i]);
        unlink(file);
        free(file);
    }
    return run_program(arguments);
}

/** The setting as SQLite has taken it. */
static bool has_setting(struct database *database, const char *sql, const char *wanted)
{
    sqlite3_stmt *statement = NULL;
    bool has = false;

    if (sqlite3_prepare_v2(database->handle, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        has = strcmp((const char *)sqlite3_column_text(statement, 0), wanted) == 0;
    sqlite3_finalize(statement);
    return has;
}

/** A cache as large as doudi's; the WAL is put back at 64 MiB, not at 4. */
static enum result configure(struct database *database)
{
    enum result result =
        execute(database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                          "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 16384;"
                          "PRAGMA mmap_size = 4294967296;");

    if (result == 0 && (!has_setting(database, "PRAGMA journal_mode", "wal") ||
                        !has_setting(database, "PRAGMA synchronous", "2")))
        result = bench_say(RESULT_INVALID, "sqlite: it would not be durable");
    return result;
}

static enum result prepare_statements(struct database *database)
{
    for (size_t i = 0; i < STATEMENTS; i++)
        if (sqlite3_prepare_v3(database->handle, SQL[i], -1, SQLITE_PREPARE_PERSISTENT,
                               &database->statements[i], NULL) != SQLITE_OK)
            return complain(database, SQL[i]);
    return RESULT_OK;
}

static void finish(void **engine)
{
    struct database *database = *engine;

    for (size_t i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(database->statements[i]);
    sqlite3_close(database->handle);
    pthread_mutex_destroy(&database->turn);
    free(database);
    *engine = NULL;
}

static enum result prepare(const struct bench *bench, void **ret_engine)
{
    struct database *database = mem_new(sizeof *database);
    char *base = paths_join(bench->scratch, "base.sqlite");
    char *path = paths_join(bench->scratch, "peer.sqlite");
    enum result result = make_base(bench, base);

    database->month = month_of(bench->today);
    database->today = bench->today;
    pthread_mutex_init(&database->turn, NULL);
    if (result == 0)
        result = copy_base(base, path);
    if (result == 0)
        result = open_file(database, path);
    if (result == 0)
        result = configure(database);
    if (result == 0)
        result = prepare_statements(database);
    free(path);
    free(base);
    if (result != 0)
        finish((void **)&database);
    else
        *ret_engine = database;
    return result;
}

static enum result connect_thread(const struct bench *bench, void *engine,
                                  const struct visitor *visitor, void **ret_connection)
{
    struct connection *connection = mem_new(sizeof *connection);

    (void)bench;
    (void)visitor;
    connection->database = engine;
    if (random_secret(connection->session, SESSION_BYTES) != 0 ||
        random_secret(connection->hash, HASH_BYTES) != 0) {
        free(connection);
        return RESULT_IO;
    }
    *ret_connection = connection;
    return RESULT_OK;
}

static void disconnect(void **connection)
{
    free(*connection);
    *connection = NULL;
}

const struct engine ENGINE_SQLITE = {
    .name = "sqlite",
    .prepare = prepare,
    .finish = finish,
    .connect = connect_thread,
    .record = record,
    .disconnect = disconnect,
};

#endif
