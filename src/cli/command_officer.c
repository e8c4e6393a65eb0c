/**
 * The officer command: accounts of officers and their passwords.
 */
#include "cli/commands.h"

#include "cli/output.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum result list_officers(struct cli *cli)
{
    Wire__OfficerList list = WIRE__OFFICER_LIST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {.title = "经办账号"};
    struct sheet *sheet = NULL;
    enum result result = RESULT_OK;

    list.area = cli_text(cli, "area");
    request.what_case = WIRE__REQUEST__WHAT_OFFICER_LIST;
    request.officer_list = &list;
    result = cli_call_sheet(cli, &request, &sheet);
    if (result == 0)
        result = output_sheet(cli, sheet, sheet->column_count, &page);
    sheet_free(&sheet);
    return result;
}

/** Shows the password once; it is stored nowhere, so an officer who missed it needs a new one. */
static enum result show_password(const Wire__OfficerDone *officer)
{
    cli_print("一次性密码：%s（首次登录须修改）", officer->password);
    if (fflush(stdout) == 0)
        return RESULT_OK;
    cli_say("一次性密码没有写出来，请再执行 doudi officer passwd %s", officer->id);
    return RESULT_IO;
}

static enum result send_officer(struct cli *cli, Wire__Request *request, const char *done)
{
    Wire__Response *response = NULL;
    enum result result = cli_call(cli, request, &response);

    if (result == 0 && response->what_case == WIRE__RESPONSE__WHAT_OFFICER) {
        cli_print("%s %s", response->officer->id, done);
        if (response->officer->password[0] != '\0')
            result = show_password(response->officer);
    }
    client_response_free(&response);
    return result;
}

static enum result add_officer(struct cli *cli, char *password)
{
    Wire__OfficerAdd add = WIRE__OFFICER_ADD__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    add.id = cli->arguments[1];
    add.name = cli_text(cli, "name");
    add.role = cli_text(cli, "role");
    add.area = cli_text(cli, "area");
    add.phone = cli_text(cli, "phone");
    add.password = password;
    request.what_case = WIRE__REQUEST__WHAT_OFFICER_ADD;
    request.officer_add = &add;
    return send_officer(cli, &request, "已新增");
}

/** Changes only what was given. `moves`: to another place, where the officer logs in again. */
static enum result edit_officer(struct cli *cli, bool moves)
{
    Wire__OfficerEdit edit = WIRE__OFFICER_EDIT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    const struct {
        const char *name;
        char **value;
    } parts[] = {
        {"name", &edit.name}, {"role", &edit.role}, {"area", &edit.area}, {"phone", &edit.phone}};
    char *changes[sizeof parts / sizeof parts[0]];

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (cli_option(cli, parts[i].name) != NULL) {
            *parts[i].value = cli_text(cli, parts[i].name);
            changes[edit.n_changes++] = (char *)(uintptr_t)parts[i].name;
        }
    }
    if (moves && cli_option(cli, "area") == NULL) {
        cli_say("请用 --area 写明调到哪个区划");
        return RESULT_USAGE;
    }
    if (edit.n_changes == 0) {
        cli_say("没有要改的内容，请给出 --name、--role、--area 或 --phone");
        return RESULT_USAGE;
    }
    edit.id = cli->arguments[1];
    edit.changes = changes;
    edit.end_sessions = moves;
    request.what_case = WIRE__REQUEST__WHAT_OFFICER_EDIT;
    request.officer_edit = &edit;
    return send_officer(cli, &request, moves ? "已调动，本人要重新登录" : "已修改");
}

static enum result set_officer(struct cli *cli, const char *done, char *password)
{
    Wire__OfficerSet set = WIRE__OFFICER_SET__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    set.id = cli->arguments[1];
    set.what = cli->arguments[0];
    set.password = password;
    request.what_case = WIRE__REQUEST__WHAT_OFFICER_SET;
    request.officer_set = &set;
    return send_officer(cli, &request, done);
}

enum result command_officer(struct cli *cli)
{
    static const struct {
        const char *verb;
        const char *done;
    } verbs[] = {{"passwd", "密码已改"}, {"lock", "已锁定"}, {"unlock", "已解锁"}};
    const char *verb = cli->arguments[0];
    const char *file = cli_option(cli, "password-file");
    char *password = NULL;
    enum result result = RESULT_USAGE;

    if (strcmp(verb, "list") == 0 && cli->argument_count == 1)
        return list_officers(cli);
    if (cli->argument_count != 2) {
        cli_say(strcmp(verb, "import") == 0 ? "请写明文件名" : "请写明工号");
        return RESULT_USAGE;
    }
    if (strcmp(verb, "import") == 0)
        return command_officer_import(cli);
    if (file != NULL && (result = cli_read_line(file, &password)) != 0)
        return result;
    result = RESULT_USAGE;
    if (strcmp(verb, "add") == 0)
        result = add_officer(cli, password != NULL ? password : (char[]){""});
    if (strcmp(verb, "edit") == 0 || strcmp(verb, "move") == 0)
        return edit_officer(cli, strcmp(verb, "move") == 0);
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (strcmp(verb, verbs[i].verb) == 0)
            result = set_officer(cli, verbs[i].done, password != NULL ? password : (char[]){""});
    if (result == RESULT_USAGE)
        cli_usage(cli->command);
    if (password != NULL) {
        explicit_bzero(password, strlen(password));
        free(password);
    }
    return result;
}
