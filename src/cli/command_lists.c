/**
 * Commands that print the duties' lists: due, why, compliance, suspicious.
 */
#include "cli/commands.h"

#include "base/columns.h"
#include "base/mem.h"
#include "cli/output.h"

#include <stdlib.h>

/** How a list of names is printed. */
struct names {
    const char *what;
    const char *const *columns; /**< of a laid-out page */
    size_t column_count;
    const struct column_list *list;
};

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
        char *title = mem_printf("%s %s%s%s", names->what, cli_text(cli, "month"),
                                 sheet->basis == NULL ? "" : " ", sheet_basis(sheet));
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

enum result command_compliance(struct cli *cli)
{
    Wire__Board board = WIRE__BOARD__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    bool reported = cli_option(cli, "as-reported") != NULL;
    char *title =
        mem_printf("探访率（%s） %s", reported ? "上报数" : "现况数", cli_text(cli, "month"));
    struct output_page page = {.title = title};
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
