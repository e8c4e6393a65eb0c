/**
 * Commands that print the duties' lists: due, why, compliance, suspicious, duplicates.
 */
#include "cli/commands.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/month.h"
#include "cli/output.h"
#include "cli/paper.h"

#include <stdlib.h>
#include <string.h>

/** How a list of names is printed. */
struct names {
    const char *title;
    const char *layout, *what; /**< as in cli/output.h */
    const struct column_list *list;
    enum result (*add_more)(struct cli *cli, struct document *document, const void *arg);
};

/** Fetches a list page by page and prints it. */
static enum result print_names(struct cli *cli, Wire__Request *request, char **after,
                               const struct names *names)
{
    struct output_page page = {
        .layout = names->layout, .what = names->what, .add_more = names->add_more};
    struct sheet *sheet = NULL;
    enum result result = cli_call_pages(cli, request, after, &sheet);

    if (result == 0) {
        char *month = paper_month(cli_text(cli, "month"));
        char *title = mem_printf("%s %s%s%s", names->title, month, sheet->basis == NULL ? "" : " ",
                                 sheet_basis(sheet));
        page.title = title;
        result = output_sheet(cli, sheet, names->list->contract, &page);
        free(title);
        free(month);
    }
    sheet_free(&sheet);
    return result;
}

/** What else is to be looked at in the villages of a whole list. */
static enum result add_leads(struct cli *cli, struct document *document, const void *arg)
{
    Wire__Leads leads = WIRE__LEADS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    const Wire__Welcome *welcome = client_welcome(cli->client);
    struct sheet *sheet = NULL;
    day_t today = 0;
    month_t month = 0;

    (void)arg;
    if (cli_option(cli, "officer") != NULL || cli_option(cli, "kind") != NULL ||
        month_parse(cli_text(cli, "month"), &month) != 0 ||
        date_parse(welcome->today, &today) != 0 || month != month_of(today))
        return RESULT_OK;
    leads.area = cli_text(cli, "area");
    leads.beside = true;
    request.what_case = WIRE__REQUEST__WHAT_LEADS;
    request.leads = &leads;
    enum result result = cli_call_pages(cli, &request, &leads.after, &sheet);
    if (result == 0 && sheet->row_count > 0)
        document_add_table(document, "leads", &sheet);
    sheet_free(&sheet);
    return result;
}

enum result command_due(struct cli *cli)
{
    static const struct names names = {
        .title = "应访清单",
        .layout = "due",
        .what = "due",
        .list = &COLUMNS_DUE,
    };
    static const struct names coded = {
        .title = "应访清单",
        .layout = "due",
        .what = "due",
        .list = &COLUMNS_SHEET_MADE,
        .add_more = add_leads,
    };
    Wire__SheetMake make = WIRE__SHEET_MAKE__INIT;
    Wire__Due due = WIRE__DUE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    due.month = cli_text(cli, "month");
    due.area = cli_text(cli, "area");
    due.officer = cli_text(cli, "officer");
    due.kind = cli_text(cli, "kind");
    due.all = cli_option(cli, "all") != NULL;
    due.full = !output_is_paper(cli); /* no ID numbers there */
    due.open = output_is_paper(cli);  /* as the screen prints it: after one visit of four, too */
    /* What goes out on paper comes back by the codes of its sheets. */
    if (cli_option(cli, "codes") != NULL || output_is_paper(cli)) {
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
    Wire__SheetRead read = WIRE__SHEET_READ__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    read.sheet = cli->arguments[0];
    request.what_case = WIRE__REQUEST__WHAT_SHEET_READ;
    request.sheet_read = &read;
    enum result result = cli_call_sheet(cli, &request, &sheet);
    if (result == 0) {
        char *title = mem_printf("应访表 %s", sheet_get(sheet, 0, "sheet_code"));
        struct output_page page = {.title = title, .layout = "sheet", .what = "sheet"};
        result = output_sheet(cli, sheet, COLUMNS_SHEET.contract, &page);
        free(title);
    }
    sheet_free(&sheet);
    return result;
}

enum result command_why(struct cli *cli)
{
    static const struct names names = {
        .title = "名单和原因",
        .layout = "why",
        .what = "why",
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

/** Asks for a board of `by`, otherwise as the options say. */
static enum result ask_board(struct cli *cli, const char *by, struct sheet **ret_sheet)
{
    Wire__Board board = WIRE__BOARD__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    board.month = cli_text(cli, "month");
    board.area = cli_text(cli, "area");
    board.by = (char *)(uintptr_t)by;
    board.kind = cli_text(cli, "kind");
    board.as_reported = cli_option(cli, "as-reported") != NULL;
    request.what_case = WIRE__REQUEST__WHAT_BOARD;
    request.board = &board;
    return cli_call_sheet(cli, &request, ret_sheet);
}

/** The level whose one row sums up an area, by the length of its code; NULL if none does. */
static const char *level_of(const char *area)
{
    size_t length = strlen(area);

    while (length > 2 && length % 3 == 0 && strncmp(area + length - 3, "000", 3) == 0)
        length -= 3;
    return length == 12 ? "village" : length == 9 ? "street" : length == 6 ? "county" : NULL;
}

/** The area's own figures as the last row: never added up here, a person may count once. */
static enum result add_total(struct cli *cli, struct document *document)
{
    const char *level = level_of(fields_get(&document->facts, "area"));
    struct sheet *rows = document->tables[0].sheet, *total = NULL;

    if (level == NULL || rows->row_count < 2 || strcmp(cli_text(cli, "by"), "kind") == 0)
        return RESULT_OK;
    enum result result = ask_board(cli, level, &total);
    if (result == 0 && total->row_count == 1) {
        sheet_set(total, 0, "name", "合计");
        sheet_append(rows, &total);
    }
    sheet_free(&total);
    return result;
}

static enum result add_bulletin(struct cli *cli, struct document *document, const void *arg)
{
    enum { MONTHS = 36 };
    Wire__Trend trend = WIRE__TREND__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;
    enum result result = add_total(cli, document);

    (void)arg;
    trend.area = cli_text(cli, "area");
    trend.kind = cli_text(cli, "kind");
    trend.months = MONTHS;
    request.what_case = WIRE__REQUEST__WHAT_TREND;
    request.trend = &trend;
    if (result == 0)
        result = cli_call_sheet(cli, &request, &sheet);
    if (result == 0)
        document_add_year(document, &sheet, cli_text(cli, "month"));
    return result;
}

enum result command_compliance(struct cli *cli)
{
    bool reported = cli_option(cli, "as-reported") != NULL;
    const char *by = cli_text(cli, "by");
    char *month = paper_month(cli_text(cli, "month"));
    char *title = mem_printf("探访率（%s） %s", reported ? "上报数" : "现况数", month);
    struct output_page page = {.title = title,
                               .naming = board_naming(by),
                               .layout = "bulletin",
                               .what = "board",
                               .add_more = add_bulletin};
    struct sheet *sheet = NULL;
    enum result result = ask_board(cli, by, &sheet);

    if (result == 0)
        result = output_sheet(cli, sheet, COLUMNS_BOARD.contract, &page);
    sheet_free(&sheet);
    free(title);
    free(month);
    return result;
}

enum result command_suspicious(struct cli *cli)
{
    static const struct names names = {
        .title = "可疑记录",
        .layout = "suspicious",
        .what = "suspicious",
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

enum result command_duplicates(struct cli *cli)
{
    Wire__Duplicates duplicates = WIRE__DUPLICATES__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    duplicates.area = cli_text(cli, "area");
    request.what_case = WIRE__REQUEST__WHAT_DUPLICATES;
    request.duplicates = &duplicates;
    enum result result = cli_call_sheet(cli, &request, &sheet);
    if (result == 0)
        result = output_sheet(cli, sheet, COLUMNS_DUPLICATES.contract,
                              &(struct output_page){.title = "重复和排斥"});
    sheet_free(&sheet);
    return result;
}
