/**
 * Commands that make a home: init, and demo with invented people.
 */
#include "cli/commands.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/paths.h"
#include "base/text.h"
#include "exchange/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEMO_CASES = 400, DEMO_MONTHS = 3 };

/** Takes one row of divisions; the first row names the columns. */
static enum result take_division(uint32_t line, const char *const *cells, size_t count, void *arg)
{
    struct sheet **sheet = arg;
    size_t row = 0;

    (void)line;
    if (*sheet == NULL) {
        *sheet = sheet_new_ids(cells, count);
        return RESULT_OK;
    }
    row = sheet_add_row(*sheet);
    for (size_t i = 0; i < count && i < (*sheet)->column_count; i++)
        sheet_set(*sheet, row, (*sheet)->columns[i], cells[i]);
    return RESULT_OK;
}

static enum result read_divisions(const char *path, struct sheet **ret_sheet)
{
    static const char *const needed[] = {"code", "name", "parent", "level"};
    struct sheet *sheet = NULL;
    struct csv_style style;
    char *message = NULL;
    enum result result = csv_read(path, CSV_AUTO, take_division, &sheet, &style, &message);

    for (size_t i = 0; result == 0 && i < sizeof needed / sizeof needed[0]; i++) {
        if (sheet == NULL || sheet_column_index(sheet, needed[i]) < 0) {
            message =
                mem_printf("区划表 %s 缺少列 %s（应有 code,name,parent,level）", path, needed[i]);
            result = RESULT_INVALID;
        }
    }
    if (result != 0) {
        cli_say("%s", message != NULL ? message : result_words(result));
        sheet_free(&sheet);
    } else {
        *ret_sheet = sheet;
    }
    free(message);
    return result;
}

/** The smallest division that holds all villages of the table; new string. */
static char *find_top(const struct sheet *divisions)
{
    static const size_t lengths[] = {2, 4, 6, 9, 12};
    const char *first = NULL;
    size_t common = 0;
    size_t length = 0;

    for (size_t row = 0; row < divisions->row_count; row++) {
        const char *code = sheet_get(divisions, row, "code");
        size_t same = 0;
        if (strcmp(sheet_get(divisions, row, "level"), "village") != 0)
            continue;
        if (first == NULL) {
            first = code;
            common = strlen(code);
        }
        while (same < common && code[same] == first[same])
            same++;
        common = same;
    }
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0] && lengths[i] <= common; i++)
        length = lengths[i];
    return mem_printf("%.*s", (int)length, first != NULL ? first : "");
}

/** Sends the init request. `area` NULL: all divisions of the table. */
static enum result send_init(struct cli *cli, const char *area, const char *first_month,
                             const char *password, const char *divisions, bool quiet)
{
    Wire__Init init = WIRE__INIT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    struct sheet *sheet = NULL;
    char *top = NULL;
    enum result result = read_divisions(divisions, &sheet);

    if (result != 0)
        return result;
    if (area == NULL)
        area = top = find_top(sheet);
    init.area = (char *)(uintptr_t)area;
    init.level = cli_text(cli, "level");
    init.first_month = (char *)(uintptr_t)first_month;
    init.admin_password = (char *)(uintptr_t)password;
    init.divisions = wire_sheet_take(&sheet);
    request.what_case = WIRE__REQUEST__WHAT_INIT;
    request.init = &init;
    result = cli_call(cli, &request, &response);
    if (result == 0 && !quiet && response->what_case == WIRE__RESPONSE__WHAT_INIT) {
        cli_print("数据目录 %s 已建好，区划 %u 个。", cli->home, response->init->areas);
        if (response->init->password[0] != '\0')
            cli_print("管理员 %s 的一次性密码：%s", response->init->admin,
                      response->init->password);
        if (response->message[0] != '\0')
            cli_print("%s", response->message);
    }
    client_response_free(&response);
    wire_sheet_free(&init.divisions);
    free(top);
    return result;
}

/** A server that was already running does not know the key: refuse. */
static enum result check_encryption(const struct cli *cli)
{
    if (cli_option(cli, "encrypt-key-file") == NULL || client_welcome(cli->client)->encrypted)
        return RESULT_OK;
    cli_say("%s 已经建好而且没有加密，请换一个目录，或另用 doudi rekey 加密", cli->home);
    return RESULT_EXISTS;
}

enum result command_init(struct cli *cli)
{
    const char *file = cli_option(cli, "admin-password-file");
    char *password = NULL;
    enum result result = check_encryption(cli);

    if (result == 0 && client_welcome(cli->client)->initialised) {
        cli_say("%s 已经是 doudi 的数据目录，不用再建；要另建请换一个目录", cli->home);
        return RESULT_EXISTS;
    }
    if (result == 0 && file != NULL)
        result = cli_read_line(file, &password);
    if (result == 0) {
        result = send_init(cli, cli_text(cli, "area"), cli_text(cli, "first-month"),
                           password != NULL ? password : "", cli_text(cli, "divisions"), false);
    }
    if (password != NULL) {
        explicit_bzero(password, strlen(password));
        free(password);
    }
    return result;
}

/** Reads an option's whole number; prints why if it is none or out of bounds. */
static enum result read_number(const struct cli *cli, const char *name, int64_t fallback,
                               int64_t max, int64_t *ret_number)
{
    const char *text = cli_option(cli, name);

    if (text == NULL) {
        *ret_number = fallback;
        return RESULT_OK;
    }
    if (text_to_int(text, name[0] == 's' ? 0 : 1, max, ret_number) != 0) {
        cli_say("--%s 应是 1 到 %lld 的整数", name, (long long)max);
        return RESULT_USAGE;
    }
    return RESULT_OK;
}

/** Makes a home for the demonstration: all divisions, beginning `months` months ago. */
static enum result init_for_demo(struct cli *cli, int64_t months)
{
    const char *divisions = cli_option(cli, "divisions");
    char *installed = paths_data("divisions-2111.csv");
    char first[MONTH_TEXT];
    month_t month = 0;
    enum result result = RESULT_PROTOCOL;

    if (month_parse(client_welcome(cli->client)->current_month, &month) == 0) {
        month_format(month - (month_t)months + 1, first);
        result = send_init(cli, NULL, first, "", divisions != NULL ? divisions : installed, true);
    }
    free(installed);
    return result;
}

/** Prints the first and last accounts: a province has twenty thousand, and some of each role stand
 *  at both ends. */
static void print_accounts(const struct sheet *officers)
{
    enum { FIRST = 30, LAST = 4 };
    size_t count = officers->row_count;

    for (size_t row = 0; row < count; row++) {
        if (row == FIRST && count > FIRST + LAST) {
            cli_print("  ……共 %zu 人，全部请看 doudi officer list", count);
            row = count - LAST;
        }
        cli_print("  %-8s %s  %s", sheet_get(officers, row, "id"), sheet_get(officers, row, "name"),
                  sheet_get(officers, row, "area_name"));
    }
}

enum result command_demo(struct cli *cli)
{
    Wire__Demo demo = WIRE__DEMO__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    struct sheet *officers = NULL;
    int64_t cases = 0;
    int64_t months = 0;
    int64_t seed = 0;
    enum result result = RESULT_OK;

    if (read_number(cli, "cases", DEMO_CASES, 10000000, &cases) != 0 ||
        read_number(cli, "months", DEMO_MONTHS, 24, &months) != 0 ||
        read_number(cli, "seed", 1, INT64_MAX, &seed) != 0)
        return RESULT_USAGE;
    result = check_encryption(cli);
    if (result == 0 && !client_welcome(cli->client)->initialised)
        result = init_for_demo(cli, months);
    if (result != 0)
        return result;
    demo.cases = (uint32_t)cases;
    demo.months = (uint32_t)months;
    demo.seed = (uint64_t)seed;
    demo.area = cli_text(cli, "area");
    request.what_case = WIRE__REQUEST__WHAT_DEMO;
    request.demo = &demo;
    result = cli_call(cli, &request, &response);
    if (result == 0 && response->what_case == WIRE__RESPONSE__WHAT_DEMO) {
        cli_print("演示数据：个案 %llu 件，探访 %llu 次。\n演示账号：",
                  (unsigned long long)response->demo->cases,
                  (unsigned long long)response->demo->visits);
        officers = wire_sheet_read(response->demo->officers);
        print_accounts(officers);
        sheet_free(&officers);
        cli_print("%s", response->message);
    }
    client_response_free(&response);
    return result;
}
