/**
 * Commands to keep a home: export, backup and audit ask the server; restore, rekey, verify
 * and server start the server program in place of this one.
 */
#include "cli/commands.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"
#include "cli/output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SERVER_ARGUMENTS = 16 };

/* The name in front of errors when the server program does a command's work. */
#define SPEAKER "doudi"

static enum result print_written(struct cli *cli, Wire__Request *request)
{
    Wire__Response *response = NULL;
    enum result result = cli_call(cli, request, &response);

    if (result == 0 && response->what_case == WIRE__RESPONSE__WHAT_WRITTEN)
        cli_print("%s", response->written->path);
    client_response_free(&response);
    return result;
}

/** A file's whole path, "" if the option was not given. New string. */
static char *path_option(const struct cli *cli, const char *option)
{
    const char *path = cli_option(cli, option);

    return path != NULL ? paths_absolute(path) : mem_copy("");
}

enum result command_export(struct cli *cli)
{
    Wire__Export export = WIRE__EXPORT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    char *seal_to[CLI_GIVEN_MAX];
    const char *certificate;
    enum result result = RESULT_CANTCREATE;

    export.directory = paths_absolute(cli_text(cli, "out"));
    export.date = cli_text(cli, "date");
    export.sign_with = path_option(cli, "sign-with");
    export.sign_cert = path_option(cli, "sign-cert");
    export.cipher = cli_text(cli, "cipher");
    export.full = cli_option(cli, "full") != NULL;
    export.seal_to = seal_to;
    while ((certificate = cli_option_nth(cli, "seal-to", export.n_seal_to)) != NULL)
        seal_to[export.n_seal_to++] = paths_absolute(certificate);
    request.what_case = WIRE__REQUEST__WHAT_EXPORT;
    request.export = &export;
    result = print_written(cli, &request);
    while (export.n_seal_to > 0)
        free(seal_to[--export.n_seal_to]);
    free(export.sign_cert);
    free(export.sign_with);
    free(export.directory);
    return result;
}

enum result command_backup(struct cli *cli)
{
    Wire__Backup backup = WIRE__BACKUP__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    enum result result = RESULT_CANTCREATE;

    backup.directory = paths_absolute(cli->arguments[0]);
    request.what_case = WIRE__REQUEST__WHAT_BACKUP;
    request.backup = &backup;
    result = print_written(cli, &request);
    free(backup.directory);
    return result;
}

/** Arguments of the server program; the texts are borrowed. */
struct server_line {
    const char *arguments[SERVER_ARGUMENTS];
    size_t count;
};

static void add_argument(struct server_line *line, const char *option, const char *value)
{
    line->arguments[line->count++] = option;
    if (value != NULL)
        line->arguments[line->count++] = value;
}

/** Passes on an option that both programs have, if it was given. */
static void pass_option(struct server_line *line, const struct cli *cli, const char *option)
{
    const char *value = cli_option(cli, option + strlen("--"));

    if (value != NULL)
        add_argument(line, option, value);
}

/** Replaces this process by the server program; returns only if that fails. */
static enum result become_server(const struct server_line *line)
{
    char *program = paths_program("doudid");

    execv(program, (char *const *)(uintptr_t)line->arguments);
    cli_say("启动不了 %s：%s；请系统管理员重装", program, result_reason(errno));
    free(program);
    return RESULT_NOSERVER;
}

enum result command_restore(struct cli *cli)
{
    struct server_line line = {0};

    add_argument(&line, SPEAKER, NULL);
    add_argument(&line, "--restore", cli->arguments[0]);
    add_argument(&line, "--home", cli->home);
    pass_option(&line, cli, "--logs");
    pass_option(&line, cli, "--until");
    pass_option(&line, cli, "--key-file");
    pass_option(&line, cli, "--new-key-file");
    return become_server(&line);
}

enum result command_rekey(struct cli *cli)
{
    struct server_line line = {0};

    add_argument(&line, SPEAKER, "--rekey");
    add_argument(&line, "--home", cli->home);
    pass_option(&line, cli, "--key-file");
    pass_option(&line, cli, "--new-key-file");
    return become_server(&line);
}

enum result command_server(struct cli *cli)
{
    struct server_line line = {0};

    add_argument(&line, "doudid", "--home");
    add_argument(&line, cli->home, NULL);
    pass_option(&line, cli, "--socket");
    pass_option(&line, cli, "--key-file");
    return become_server(&line);
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
        for (size_t row = 0; row < lines->row_count; row++)
            cli_print("%s", sheet_get(lines, row, "line"));
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
    if (result == 0)
        result = output_sheet(cli, sheet, sheet->column_count, &page);
    sheet_free(&sheet);
    return result;
}
