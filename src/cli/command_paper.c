/**
 * Commands whose lists are made for paper above all: roster, visits, excuses, statement.
 */
#include "cli/commands.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/words.h"
#include "cli/output.h"
#include "cli/paper.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

// ---- 名册

/** The state of each case in the words of the screens. */
static void word_states(struct sheet *sheet)
{
    for (size_t row = 0; row < sheet->row_count; row++) {
        const char *state = sheet_get(sheet, row, "state");
        sheet_set(sheet, row, "state",
                  strcmp(state, CASE_ACTIVE) == 0 ? CASE_ACTIVE_LABEL : CASE_CLOSED_LABEL);
    }
}

enum result command_roster(struct cli *cli)
{
    Wire__Cases cases = WIRE__CASES__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {
        .title = "名册", .layout = "roster", .what = "cases", .add_more = output_add_kind};
    struct sheet *sheet = NULL;
    char *title = NULL;

    cases.kind = cli_text(cli, "kind");
    cases.area = cli_text(cli, "area");
    cases.state = cli_option(cli, "all") != NULL ? WIRE__CASE_STATE__ANY : WIRE__CASE_STATE__ACTIVE;
    cases.full = !output_is_paper(cli); /* as of a due list */
    cases.contact = true;
    request.what_case = WIRE__REQUEST__WHAT_CASES;
    request.cases = &cases;
    enum result result = cli_call_pages(cli, &request, &cases.after, &sheet);
    if (result == 0) {
        bool people = output_is_for_people(cli);
        if (people)
            word_states(sheet);
        if (*cases.kind != '\0' && sheet->row_count > 0)
            title = mem_printf("%s名册", sheet_get(sheet, 0, "kind_name"));
        page.title = title != NULL ? title : page.title;
        /* what a programme has of its own stands behind the contract's columns */
        result = output_sheet(cli, sheet, COLUMNS_ROSTER.contract + (people ? 1 : 0), &page);
    }
    free(title);
    sheet_free(&sheet);
    return result;
}

// ---- 探访记录表

/** The case and its person: opened, which is an event. The caller frees the answer. */
static enum result open_case(struct cli *cli, Wire__Response **ret_response)
{
    Wire__CaseGet get = WIRE__CASE_GET__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    get.number = cli->arguments[0];
    get.open = true;
    request.what_case = WIRE__REQUEST__WHAT_CASE_GET;
    request.case_get = &get;
    enum result result = cli_call(cli, &request, ret_response);
    if (result == 0 && (*ret_response)->what_case != WIRE__RESPONSE__WHAT_CASE_VIEW) {
        client_response_free(ret_response);
        result = RESULT_PROTOCOL;
    }
    return result;
}

static enum result add_record(struct cli *cli, struct document *document, const void *arg)
{
    (void)cli;
    wire_case_facts(arg, &document->facts);
    return RESULT_OK;
}

enum result command_visits(struct cli *cli)
{
    Wire__Visits visits = WIRE__VISITS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {
        .title = "探访记录表", .layout = "visits", .what = "visits", .add_more = add_record};
    struct sheet *sheet = NULL;
    Wire__Response *response = NULL;
    enum result result = open_case(cli, &response);

    if (result == 0) {
        page.arg = response->case_view;
        visits.case_id = response->case_view->case_id;
    }
    request.what_case = WIRE__REQUEST__WHAT_VISITS;
    request.visits = &visits;
    if (result == 0)
        result = cli_call_sheet(cli, &request, &sheet);
    if (result == 0)
        result = output_sheet(cli, sheet, COLUMNS_VISITS.contract, &page);
    sheet_free(&sheet);
    client_response_free(&response);
    return result;
}

// ---- 免访审批

enum result command_excuses(struct cli *cli)
{
    Wire__HomeScreen home = WIRE__HOME_SCREEN__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {.title = "免访审批表", .layout = "excuses", .what = "excuses"};
    Wire__Response *response = NULL;

    home.month = cli_option(cli, "month") != NULL ? cli_text(cli, "month")
                                                  : client_welcome(cli->client)->current_month;
    request.what_case = WIRE__REQUEST__WHAT_HOME;
    request.home = &home;
    enum result result = cli_call(cli, &request, &response);
    if (result == 0 && response->what_case != WIRE__RESPONSE__WHAT_HOME)
        result = RESULT_PROTOCOL;
    if (result == 0) {
        struct sheet *sheet = wire_sheet_read(response->home->excuses);
        result = output_sheet(cli, sheet, COLUMNS_EXCUSES.count - 1, &page);
        sheet_free(&sheet);
    }
    client_response_free(&response);
    return result;
}

// ---- 月结表

/** Which version it is, when and by whom the month was closed. */
static enum result add_closing(struct cli *cli, struct document *document)
{
    Wire__Months months = WIRE__MONTHS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    months.area = cli_text(cli, "area");
    request.what_case = WIRE__REQUEST__WHAT_MONTHS;
    request.months = &months;
    enum result result = cli_call_sheet(cli, &request, &sheet);
    for (size_t row = 0; result == 0 && row < sheet->row_count; row++) {
        if (strcmp(sheet_get(sheet, row, "month"), cli->arguments[0]) != 0)
            continue;
        fields_set(&document->facts, "version", sheet_get(sheet, row, "version"));
        fields_set(&document->facts, "closed_at", sheet_get(sheet, row, "at"));
        fields_set(&document->facts, "closed_by", sheet_get(sheet, row, "by"));
    }
    sheet_free(&sheet);
    return result;
}

/** The figures of the statement: each village, and the street's own as the last row. */
static enum result add_figures(struct cli *cli, struct document *document, const void *arg)
{
    static const char *const levels[] = {"village", "street"};
    struct sheet *figures = NULL;
    enum result result = add_closing(cli, document);

    (void)arg;
    for (size_t i = 0; i < sizeof levels / sizeof levels[0] && result == 0; i++) {
        Wire__Board board = WIRE__BOARD__INIT;
        Wire__Request request = WIRE__REQUEST__INIT;
        struct sheet *sheet = NULL;
        board.month = cli->arguments[0];
        board.area = cli_text(cli, "area");
        board.by = (char *)(uintptr_t)levels[i];
        board.as_reported = true;
        request.what_case = WIRE__REQUEST__WHAT_BOARD;
        request.board = &board;
        result = cli_call_sheet(cli, &request, &sheet);
        if (result != 0)
            continue;
        for (size_t row = 0; i > 0 && row < sheet->row_count; row++)
            sheet_set(sheet, row, "name", "合计");
        if (figures == NULL)
            figures = sheet;
        else
            sheet_append(figures, &sheet);
    }
    if (result == 0)
        document_add_table(document, "figures", &figures);
    sheet_free(&figures);
    fields_set(&document->facts, "month", cli->arguments[0]);
    return result;
}

enum result command_statement(struct cli *cli)
{
    Wire__Statement statement = WIRE__STATEMENT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    char *month = paper_month(cli->arguments[0]);
    char *title = mem_printf("月结表 %s", month);
    struct output_page page = {
        .title = title, .layout = "statement", .what = "statement", .add_more = add_figures};
    struct sheet *sheet = NULL;
    int64_t version = 0;
    enum result result = RESULT_OK;

    if (cli_option(cli, "version") != NULL)
        result = text_to_int(cli_text(cli, "version"), 1, UINT32_MAX, &version);
    if (result != 0)
        cli_say("--version 应是正整数：第几版");
    statement.version = (uint32_t)version;
    statement.month = cli->arguments[0];
    statement.area = cli_text(cli, "area");
    request.what_case = WIRE__REQUEST__WHAT_STATEMENT;
    request.statement = &statement;
    if (result == 0)
        result = cli_call_sheet(cli, &request, &sheet);
    if (result == 0) {
        cli_say("%s", sheet_basis(sheet));
        result = output_sheet(cli, sheet, COLUMNS_STATEMENT.contract, &page);
    }
    sheet_free(&sheet);
    free(title);
    free(month);
    return result;
}
