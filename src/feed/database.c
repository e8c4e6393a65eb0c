#include "feed/database.h"

#include "base/mem.h"
#include "base/plain.h"
#include "base/text.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MAX = 64 };

struct database {
    PGconn *handle;
    char *message;
};

// ---- words for failures

/** By the beginning of SQLSTATE; the longest one that fits stands first. */
static const struct {
    const char *state;
    enum result result;
    const char *words;
} FAILURES[] = {
    {"23505", RESULT_INVALID, "包里有两行的键相同"},
    {"28", RESULT_DENIED, "数据库不让登录，请核对账号；口令写在 ~/.pgpass 或服务文件里"},
    {"3D000", RESULT_NOTFOUND, "没有这个数据库，请先用 createdb 建立"},
    {"42501", RESULT_DENIED, "数据库账号的权限不够，请由数据库管理员授权"},
    {"53100", RESULT_FULL, "数据库所在的磁盘已满，请腾出空间后再执行"},
    {"53", RESULT_AGAIN, "数据库资源不足，请稍后再执行"},
    {"40", RESULT_AGAIN, "与别的事务冲突，请再执行一次"},
    {"55P03", RESULT_AGAIN, "与别的事务冲突，请再执行一次"},
    {"57014", RESULT_AGAIN, "语句被数据库取消（超时或管理员取消），请再执行一次"},
    {"57", RESULT_NOSERVER, "数据库正在启动、停止，或断开了连接，请再执行一次"},
    {"08", RESULT_NOSERVER, "与数据库的连接断了，请再执行一次"},
    {"25006", RESULT_DENIED, "这个数据库只读（是备机），请连主库"},
    {"", RESULT_IO, "数据库没有完成这一步"},
};

static enum result fail(struct database *database, const PGresult *answer)
{
    const char *state = answer != NULL ? PQresultErrorField(answer, PG_DIAG_SQLSTATE) : NULL;
    /* The primary message: the detail could show a row. */
    const char *said = answer != NULL ? PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    size_t row = 0;

    if (state == NULL)
        state = PQstatus(database->handle) == CONNECTION_OK ? "?" : "08";
    while (!text_starts(state, FAILURES[row].state))
        row++;
    char *plain = plain_copy(said != NULL ? said : "", PLAIN_LINE);
    free(database->message);
    database->message = *plain != '\0' ? mem_printf("%s（%s）", FAILURES[row].words, plain)
                                       : mem_copy(FAILURES[row].words);
    free(plain);
    return FAILURES[row].result;
}

const char *database_message(const struct database *database)
{
    return database->message != NULL ? database->message : "";
}

// ---- the connection

enum result database_check_address(const char *address, char **ret_message)
{
    char *fault = NULL;
    bool is_address = strchr(address, '=') != NULL || strstr(address, "://") != NULL;
    PQconninfoOption *options = is_address ? PQconninfoParse(address, &fault) : NULL;
    bool secret = false;

    PQfreemem(fault); /* it could repeat the address */
    if (options == NULL) {
        *ret_message = mem_copy("数据库地址写得不对，应像 postgresql://账号@主机/库名 或 "
                                "service=名称");
        return RESULT_USAGE;
    }
    for (const PQconninfoOption *option = options; option->keyword != NULL; option++)
        secret |= strstr(option->keyword, "password") != NULL && option->val != NULL;
    PQconninfoFree(options);
    if (!secret)
        return RESULT_OK;
    *ret_message = mem_copy("地址里不能写口令：命令行谁都看得见。请把口令写进 ~/.pgpass（权限 600）"
                            "或服务文件，写过的这个口令请换掉");
    return RESULT_USAGE;
}

static void ignore_notice(void *arg, const char *message)
{
    (void)arg;
    (void)message;
}

/** What every session needs, whatever the role's own settings are. */
static enum result set_session(struct database *database)
{
    char *encoding = NULL;
    enum result result =
        database_run(database, "SET search_path = ''; SET datestyle = 'ISO'; "
                               "SET standard_conforming_strings = on; SET lock_timeout = '60s'");

    if (result == 0)
        result = database_ask_text(database, "SHOW server_encoding", NULL, 0, &encoding);
    if (result == 0 && strcmp(encoding, "UTF8") != 0) {
        free(database->message);
        database->message =
            mem_printf("数据库的编码是 %s，放不下全部汉字，请建一个编码为 UTF8 的库", encoding);
        result = RESULT_INVALID;
    }
    free(encoding);
    return result;
}

/** libpq gives no code for what kept it from connecting. */
static enum result fail_to_connect(struct database *database)
{
    char *plain = plain_copy(PQerrorMessage(database->handle), PLAIN_LINE);
    char *said = text_trim(plain);
    bool secret = PQconnectionNeedsPassword(database->handle) != 0;

    database->message = secret ? mem_copy("数据库要口令：请写进 ~/.pgpass（权限 600）或服务文件")
                               : mem_printf("连不上数据库，请核对地址和账号（%s）", said);
    free(plain);
    free(said);
    return secret ? RESULT_DENIED : RESULT_NOSERVER;
}

enum result database_open(const char *address, struct database **ret_database, char **ret_message)
{
    static const char *const names[] = {"connect_timeout", "fallback_application_name", "dbname",
                                        "client_encoding", NULL};
    const char *const values[] = {"30", "doudi-feed", address, "UTF8", NULL};
    struct database *database = mem_new(sizeof *database);
    enum result result;

    database->handle = PQconnectdbParams(names, values, 1);
    PQsetNoticeProcessor(database->handle, ignore_notice, NULL);
    result = PQstatus(database->handle) == CONNECTION_OK ? set_session(database)
                                                         : fail_to_connect(database);
    if (result == 0) {
        *ret_database = database;
        return RESULT_OK;
    }
    *ret_message = mem_copy(database_message(database));
    database_close(&database);
    return result;
}

void database_close(struct database **database)
{
    struct database *old = *database;

    if (old == NULL)
        return;
    PQfinish(old->handle);
    free(old->message);
    free(old);
    *database = NULL;
}

// ---- statements

static bool succeeded(const PGresult *answer)
{
    ExecStatusType status = PQresultStatus(answer);

    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

enum result database_run(struct database *database, const char *sql)
{
    PGresult *answer = PQexec(database->handle, sql);
    enum result result = succeeded(answer) ? RESULT_OK : fail(database, answer);

    PQclear(answer);
    return result;
}

enum result database_change(struct database *database, const char *sql, const char *const *values,
                            size_t count, uint64_t *ret_touched)
{
    PGresult *answer = PQexecParams(database->handle, sql, (int)count, NULL, values, NULL, NULL, 0);
    enum result result = succeeded(answer) ? RESULT_OK : fail(database, answer);

    if (result == 0 && ret_touched != NULL)
        *ret_touched = strtoull(PQcmdTuples(answer), NULL, 10);
    PQclear(answer);
    return result;
}

enum result database_ask(struct database *database, const char *sql, const char *const *values,
                         size_t count, database_row_fn row, void *arg)
{
    PGresult *answer = PQexecParams(database->handle, sql, (int)count, NULL, values, NULL, NULL, 0);
    enum result result = succeeded(answer) ? RESULT_OK : fail(database, answer);
    int columns = PQnfields(answer);

    for (int i = 0; result == 0 && row != NULL && i < PQntuples(answer); i++) {
        const char *cells[COLUMNS_MAX] = {NULL};
        for (int k = 0; k < columns && k < COLUMNS_MAX; k++)
            cells[k] = PQgetvalue(answer, i, k);
        result = row(cells, arg);
    }
    PQclear(answer);
    return result;
}

static enum result keep_text(const char *const *cells, void *arg)
{
    mem_replace(arg, cells[0]);
    return RESULT_OK;
}

enum result database_ask_text(struct database *database, const char *sql, const char *const *values,
                              size_t count, char **ret_text)
{
    char *text = mem_copy("");
    enum result result = database_ask(database, sql, values, count, keep_text, &text);

    if (result == 0)
        *ret_text = text;
    else
        free(text);
    return result;
}

// ---- COPY

enum result database_copy_begin(struct database *database, const char *sql)
{
    PGresult *answer = PQexec(database->handle, sql);
    enum result result =
        PQresultStatus(answer) == PGRES_COPY_IN ? RESULT_OK : fail(database, answer);

    PQclear(answer);
    return result;
}

enum result database_copy_add(struct database *database, const struct str *lines)
{
    if (PQputCopyData(database->handle, str_text(lines), (int)lines->length) == 1)
        return RESULT_OK;
    return fail(database, NULL);
}

enum result database_copy_end(struct database *database)
{
    enum result result =
        PQputCopyEnd(database->handle, NULL) == 1 ? RESULT_OK : fail(database, NULL);
    PGresult *answer;

    while ((answer = PQgetResult(database->handle)) != NULL) {
        if (result == 0 && !succeeded(answer))
            result = fail(database, answer);
        PQclear(answer);
    }
    return result;
}
