/**
 * Commands that print lists: due, why, compliance, suspicious, cases, statement.
 */
#include "cli/commands.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/words.h"
#include "cli/output.h"

#include <stdlib.h>
#include <string.h>

/** How a list of names is printed. */
struct names {
    const char *what;
    const char *const *columns; /**< of a laid-out page */
    size_t column_count;
    const struct column_list *list;
};

/** What people read in place of the states of cases. */
static void say_states(const struct cli *cli, struct sheet *sheet)
{
    bool said = sheet_column_index(sheet, "words") >= 0 || sheet_column_index(sheet, "state") < 0;

    for (size_t row = 0; row < sheet->row_count && !said && output_is_for_people(cli); row++) {
        bool active = strcmp(sheet_get(sheet, row, "state"), CASE_ACTIVE) == 0;
        sheet_set(sheet, row, "state", active ? CASE_ACTIVE_LABEL : CASE_CLOSED_LABEL);
    }
}

/** Fetches a list page by page and prints it, a page per village. */
static enum result print_names(struct cli *cli, Wire__Request *request, char **after,
                               const struct names *names)
{
    struct output_page page = {
        .columns = names->columns,
        .column_count = names->column_count,
        .group = "area",
        .group_name = "area_name",
    };
    struct sheet *sheet = NULL;
    enum result result = cli_call_pages(cli, request, after, &sheet);

    if (result == 0) {
        const char *month = cli->argument_count > 0 ? cli->arguments[0] : cli_text(cli, "month");
        char *title = mem_printf("%s%s%s%s%s", names->what, *month != '\0' ? " " : "", month,
                                 sheet->basis == NULL ? "" : " ", sheet_basis(sheet));
        say_states(cli, sheet);
        page.title = title;
        result = output_sheet(cli, sheet, names->list->contract, &page);
        free(title);
    }
    sheet_free(&sheet);
    return result;
}

enum result command_due(struct cli *cli)
{
    static const char *const columns[] = {"name",    "age",   "categories", "tier",
                                          "done",    "need",  "last_visit", "due_on",
                                          "officer", "phone", "address"};
    static const char *const coded_columns[] = {
        "sheet_code", "row_code",   "name",   "age",     "categories", "tier",   "done",
        "need",       "last_visit", "due_on", "officer", "phone",      "address"};
    static const struct names names = {
        .what = "应访清单",
        .columns = columns,
        .column_count = sizeof columns / sizeof columns[0],
        .list = &COLUMNS_DUE,
    };
    static const struct names coded = {
        .what = "应访表",
        .columns = coded_columns,
        .column_count = sizeof coded_columns / sizeof coded_columns[0],
        .list = &COLUMNS_SHEET_MADE,
    };
    Wire__SheetMake make = WIRE__SHEET_MAKE__INIT;
    Wire__Due due = WIRE__DUE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    due.month = cli_text(cli, "month");
    due.area = cli_text(cli, "area");
    due.officer = cli_text(cli, "officer");
    due.kind = cli_text(cli, "kind");
    due.all = cli_option(cli, "all") != NULL;
    due.full = true;
    if (cli_option(cli, "codes") != NULL) {
        make.list = &due;
        request.what_case = WIRE__REQUEST__WHAT_SHEET_MAKE;
        request.sheet_make = &make;
        return print_names(cli, &request, NULL, &coded);
    }
    request.what_case = WIRE__REQUEST__WHAT_DUE;
    request.due = &due;
    return print_names(cli, &request, NULL, &names);
}

enum result command_sheet(struct cli *cli)
{
    static const char *const columns[] = {"row_code", "name",  "kind_name", "tier",
                                          "words",    "filed", "remark"};
    Wire__SheetRead read = WIRE__SHEET_READ__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    read.sheet = cli->arguments[0];
    request.what_case = WIRE__REQUEST__WHAT_SHEET_READ;
    request.sheet_read = &read;
    enum result result = cli_call_sheet(cli, &request, &sheet);
    if (result == 0) {
        char *title = mem_printf("应访表 %s", sheet_get(sheet, 0, "sheet_code"));
        struct output_page page = {
            .title = title,
            .columns = columns,
            .column_count = sizeof columns / sizeof columns[0],
            .group = "area",
            .group_name = "area_name",
        };
        result = output_sheet(cli, sheet, COLUMNS_SHEET.contract, &page);
        free(title);
    }
    sheet_free(&sheet);
    return result;
}

enum result command_why(struct cli *cli)
{
    static const char *const columns[] = {"name", "case_no", "words", "reason", "reached_on"};
    static const struct names names = {
        .what = "名单和原因",
        .columns = columns,
        .column_count = sizeof columns / sizeof columns[0],
        .list = &COLUMNS_WHY,
    };
    Wire__Why why = WIRE__WHY__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    why.month = cli_text(cli, "month");
    why.area = cli_text(cli, "area");
    why.kind = cli_text(cli, "kind");
    why.as_reported = cli_option(cli, "as-reported") != NULL;
    request.what_case = WIRE__REQUEST__WHAT_WHY;
    request.why = &why;
    return print_names(cli, &request, &why.after, &names);
}

/** What the rows of a board are. */
static const char *board_naming(const char *by)
{
    static const struct {
        const char *by, *naming;
    } namings[] = {{"village", "村(社区)"},
                   {"street", "镇街"},
                   {"county", "县区"},
                   {"officer", "探访人"},
                   {"kind", "业务"}};

    for (size_t i = 0; i < sizeof namings / sizeof namings[0]; i++)
        if (strcmp(namings[i].by, by) == 0)
            return namings[i].naming;
    return NULL;
}

enum result command_compliance(struct cli *cli)
{
    Wire__Board board = WIRE__BOARD__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    bool reported = cli_option(cli, "as-reported") != NULL;
    char *title =
        mem_printf("探访率（%s） %s", reported ? "上报数" : "现况数", cli_text(cli, "month"));
    struct output_page page = {.title = title, .naming = board_naming(cli_text(cli, "by"))};
    struct sheet *sheet = NULL;
    enum result result = RESULT_OK;

    board.month = cli_text(cli, "month");
    board.area = cli_text(cli, "area");
    board.by = cli_text(cli, "by");
    board.kind = cli_text(cli, "kind");
    board.as_reported = reported;
    request.what_case = WIRE__REQUEST__WHAT_BOARD;
    request.board = &board;
    result = cli_call_sheet(cli, &request, &sheet);
    if (result == 0)
        result = output_sheet(cli, sheet, COLUMNS_BOARD.contract, &page);
    sheet_free(&sheet);
    free(title);
    return result;
}

enum result command_suspicious(struct cli *cli)
{
    static const char *const columns[] = {"title", "name", "area_name", "officer", "date", "fact"};
    static const struct names names = {
        .what = "可疑记录",
        .columns = columns,
        .column_count = sizeof columns / sizeof columns[0],
        .list = &COLUMNS_SUSPICIOUS,
    };
    Wire__Suspicious suspicious = WIRE__SUSPICIOUS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    suspicious.month = cli_text(cli, "month");
    suspicious.area = cli_text(cli, "area");
    request.what_case = WIRE__REQUEST__WHAT_SUSPICIOUS;
    request.suspicious = &suspicious;
    return print_names(cli, &request, &suspicious.after, &names);
}

enum result command_cases(struct cli *cli)
{
    static const char *const columns[] = {"case_no", "name",       "id_no", "age",   "kind_name",
                                          "state",   "categories", "tier",  "since", "officer"};
    static const struct names names = {
        .what = "个案名册",
        .columns = columns,
        .column_count = sizeof columns / sizeof columns[0],
        .list = &COLUMNS_CASES,
    };
    Wire__Cases cases = WIRE__CASES__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    const char *state = cli_option(cli, "state") == NULL ? CASE_ACTIVE : cli_text(cli, "state");

    cases.state = wire_state_of(state);
    if (cases.state == WIRE__CASE_STATE__ANY && strcmp(state, "all") != 0) {
        cli_say("--state 应是 active（在册）、closed（已退出）或 all（全部），不是 %s", state);
        return RESULT_USAGE;
    }
    cases.area = cli_text(cli, "area");
    cases.kind = cli_text(cli, "kind");
    cases.full = true;
    request.what_case = WIRE__REQUEST__WHAT_CASES;
    request.cases = &cases;
    return print_names(cli, &request, &cases.after, &names);
}

enum result command_statement(struct cli *cli)
{
    static const char *const columns[] = {"name", "case_no", "words", "reason", "reached_on"};
    static const struct names names = {
        .what = "月结表（上报数）",
        .columns = columns,
        .column_count = sizeof columns / sizeof columns[0],
        .list = &COLUMNS_STATEMENT,
    };
    Wire__Statement statement = WIRE__STATEMENT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    int64_t version = 0;

    if (cli_option(cli, "version") != NULL &&
        text_to_int(cli_text(cli, "version"), 1, UINT32_MAX, &version) != 0) {
        cli_say("--version 应是正整数：第几版");
        return RESULT_USAGE;
    }
    statement.month = cli->arguments[0];
    statement.area = cli_text(cli, "area");
    statement.version = (uint32_t)version;
    request.what_case = WIRE__REQUEST__WHAT_STATEMENT;
    request.statement = &statement;
    return print_names(cli, &request, NULL, &names);
}
