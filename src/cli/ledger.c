#include "cli/commands.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/output.h"

#include <stdlib.h>
#include <string.h>

/** "title 2026-11": what heads a laid-out page. New string. */
static char *page_title(struct cli *cli, const char *what)
{
    return mem_printf("%s %s", what, cli_text(cli, "month"));
}

enum result command_due(struct cli *cli)
{
    static const char *const columns[] = {"name",  "age",     "categories", "tier",
                                          "done",  "need",    "last_visit", "due_on",
                                          "words", "officer", "phone",      "address"};
    Wire__Due due = WIRE__DUE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {
        .columns = columns,
        .column_count = sizeof(columns) / sizeof(columns[0]),
        .group = "area",
        .group_name = "area_name",
    };
    char *title = page_title(cli, "应访清单");
    struct sheet *sheet = NULL;
    enum result result = RESULT_OK;

    due.month = cli_text(cli, "month");
    due.area = cli_text(cli, "area");
    due.officer = cli_text(cli, "officer");
    due.kind = cli_text(cli, "kind");
    due.all = cli_option(cli, "all") != NULL;
    due.full = true;
    request.what_case = WIRE__REQUEST__WHAT_DUE;
    request.due = &due;
    page.title = title;
    result = cli_call_pages(cli, &request, &due.after, &sheet);
    if (result == RESULT_OK) {
        result = output_sheet(cli, sheet, COLUMNS_DUE.contract, &page);
    }
    sheet_free(&sheet);
    free(title);
    return result;
}

enum result command_compliance(struct cli *cli)
{
    Wire__Board board = WIRE__BOARD__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {0};
    char *title = page_title(cli, cli_option(cli, "as-reported") != NULL ? "探访率（上报数）"
                                                                         : "探访率（现况数）");
    struct sheet *sheet = NULL;
    enum result result = RESULT_OK;

    board.month = cli_text(cli, "month");
    board.area = cli_text(cli, "area");
    board.by = cli_text(cli, "by");
    board.kind = cli_text(cli, "kind");
    board.as_reported = cli_option(cli, "as-reported") != NULL;
    request.what_case = WIRE__REQUEST__WHAT_BOARD;
    request.board = &board;
    page.title = title;
    result = cli_call_sheet(cli, &request, &sheet);
    if (result == RESULT_OK) {
        result = output_sheet(cli, sheet, COLUMNS_BOARD.contract, &page);
    }
    sheet_free(&sheet);
    free(title);
    return result;
}

enum result command_why(struct cli *cli)
{
    static const char *const columns[] = {"name", "case_no", "words", "reason", "reached_on"};
    Wire__Why why = WIRE__WHY__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {
        .columns = columns,
        .column_count = sizeof(columns) / sizeof(columns[0]),
        .group = "area",
        .group_name = "area_name",
    };
    char *title = page_title(cli, "为什么");
    struct sheet *sheet = NULL;
    enum result result = RESULT_OK;

    why.month = cli_text(cli, "month");
    why.area = cli_text(cli, "area");
    why.kind = cli_text(cli, "kind");
    why.as_reported = cli_option(cli, "as-reported") != NULL;
    request.what_case = WIRE__REQUEST__WHAT_WHY;
    request.why = &why;
    page.title = title;
    result = cli_call_pages(cli, &request, &why.after, &sheet);
    if (result == RESULT_OK) {
        result = output_sheet(cli, sheet, COLUMNS_WHY.contract, &page);
    }
    sheet_free(&sheet);
    free(title);
    return result;
}
