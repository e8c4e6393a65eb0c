#include "cli/commands.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"
#include "cli/output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/** The server writes: it needs the whole path. New string, NULL when there is no current folder. */
static char *absolute(const char *path)
{
    char *here = NULL;
    char *whole = NULL;

    if (path[0] == '/') {
        return mem_copy(path);
    }
    here = getcwd(NULL, 0);
    if (here != NULL) {
        whole = paths_join(here, path);
    }
    free(here);
    return whole;
}

static enum result print_written(struct cli *cli, Wire__Request *request)
{
    Wire__Response *response = NULL;
    enum result result = cli_call(cli, request, &response);

    if (result == RESULT_OK && response->what_case == WIRE__RESPONSE__WHAT_WRITTEN) {
        puts(response->written->path);
    }
    client_response_free(&response);
    return result;
}

enum result command_export(struct cli *cli)
{
    Wire__Export export = WIRE__EXPORT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    enum result result = RESULT_CANTCREATE;

    export.directory = absolute(cli_text(cli, "out"));
    export.date = cli_text(cli, "date");
    if (export.directory == NULL) {
        cli_say("当前目录不存在");
        return RESULT_CANTCREATE;
    }
    request.what_case = WIRE__REQUEST__WHAT_EXPORT;
    request.export = &export;
    result = print_written(cli, &request);
    free(export.directory);
    return result;
}

enum result command_backup(struct cli *cli)
{
    Wire__Backup backup = WIRE__BACKUP__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    enum result result = RESULT_CANTCREATE;

    backup.directory = absolute(cli->arguments[0]);
    if (backup.directory == NULL) {
        cli_say("当前目录不存在");
        return RESULT_CANTCREATE;
    }
    request.what_case = WIRE__REQUEST__WHAT_BACKUP;
    request.backup = &backup;
    result = print_written(cli, &request);
    free(backup.directory);
    return result;
}

/** Becomes the server program; returns only when that fails. */
static enum result become_server(char *const *arguments)
{
    char *program = paths_program("doudid");

    execv(program, arguments);
    cli_say("启动不了 %s：%s", program, strerror(errno));
    free(program);
    return RESULT_NOSERVER;
}

enum result command_restore(struct cli *cli)
{
    char *arguments[] = {(char[]){"doudid"}, (char[]){"--restore"},        cli->arguments[0],
                         (char[]){"--home"}, (char *)(uintptr_t)cli->home, NULL};

    return become_server(arguments);
}

enum result command_server(struct cli *cli)
{
    const char *socket = cli_option(cli, "socket");
    char *arguments[] = {(char[]){"doudid"},           (char[]){"--home"},
                         (char *)(uintptr_t)cli->home, socket != NULL ? (char[]){"--socket"} : NULL,
                         (char *)(uintptr_t)socket,    NULL};

    return become_server(arguments);
}

enum result command_verify(struct cli *cli)
{
    Wire__Verify verify = WIRE__VERIFY__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    struct sheet *lines = NULL;
    enum result result = RESULT_OK;

    request.what_case = WIRE__REQUEST__WHAT_VERIFY;
    request.verify = &verify;
    result = client_call(cli->client, &request, &response);
    if (response != NULL && response->what_case == WIRE__RESPONSE__WHAT_SHEET) {
        lines = wire_sheet_read(response->sheet);
        for (size_t row = 0; row < lines->row_count; row++) {
            puts(sheet_get(lines, row, "line"));
        }
        sheet_free(&lines);
    } else if (result != 0) {
        cli_say("%s", client_words(result, response));
    }
    client_response_free(&response);
    return result;
}

enum result command_audit(struct cli *cli)
{
    Wire__Audit audit = WIRE__AUDIT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {.title = "日志"};
    struct sheet *sheet = NULL;
    int64_t limit = 0;
    enum result result = RESULT_OK;

    if (cli_option(cli, "limit") != NULL &&
        text_to_int(cli_text(cli, "limit"), 1, UINT32_MAX, &limit) != 0) {
        cli_say("--limit 应是正整数");
        return RESULT_USAGE;
    }
    audit.record = cli_text(cli, "record");
    audit.officer = cli_text(cli, "officer");
    audit.since = cli_text(cli, "since");
    audit.action = cli_text(cli, "action");
    audit.limit = (uint32_t)limit;
    request.what_case = WIRE__REQUEST__WHAT_AUDIT;
    request.audit = &audit;
    result = cli_call_sheet(cli, &request, &sheet);
    if (result == RESULT_OK) {
        result = output_sheet(cli, sheet, sheet->column_count, &page);
    }
    sheet_free(&sheet);
    return result;
}

enum result command_status(struct cli *cli)
{
    Wire__Status status = WIRE__STATUS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {.title = "运行状况"};
    struct sheet *sheet = NULL;
    enum result result = RESULT_OK;

    request.what_case = WIRE__REQUEST__WHAT_STATUS;
    request.status = &status;
    result = cli_call_sheet(cli, &request, &sheet);
    if (result == RESULT_OK) {
        result = output_sheet(cli, sheet, sheet->column_count, &page);
    }
    sheet_free(&sheet);
    return result;
}
