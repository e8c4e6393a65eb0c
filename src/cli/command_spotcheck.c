/**
 * The draw command: checks (抽查) from the draw to what was found.
 */
#include "cli/commands.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/output.h"
#include "cli/paper.h"

#include <stdlib.h>
#include <string.h>

/** A number's option; 0 for none. */
static enum result read_number(const struct cli *cli, const char *name, uint32_t *ret_number)
{
    const char *text = cli_option(cli, name);
    int64_t number = 0;

    if (text != NULL && text_to_int(text, 1, INT32_MAX, &number) != 0) {
        cli_say("--%s 应是正整数", name);
        return RESULT_USAGE;
    }
    *ret_number = (uint32_t)number;
    return RESULT_OK;
}

static enum result print_sheet(struct cli *cli, Wire__Request *request,
                               const struct column_list *columns, const char *of_month,
                               struct output_page page)
{
    char *month = paper_month(of_month);
    char *title = mem_printf("%s%s%s", month, *month != '\0' ? " " : "", page.title);
    struct sheet *sheet = NULL;
    enum result result = cli_call_sheet(cli, request, &sheet);

    page.title = title;
    if (result == 0)
        result = output_sheet(cli, sheet, columns->contract, &page);
    sheet_free(&sheet);
    free(title);
    free(month);
    return result;
}

static enum result run_list(struct cli *cli)
{
    Wire__SpotcheckList list = WIRE__SPOTCHECK_LIST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    list.month = cli_text(cli, "month");
    list.area = cli_text(cli, "area");
    request.what_case = WIRE__REQUEST__WHAT_SPOTCHECK_LIST;
    request.spotcheck_list = &list;
    return print_sheet(
        cli, &request, &COLUMNS_SPOTCHECKS, list.month,
        (struct output_page){.title = "抽查记录", .layout = "spotchecks", .what = "spotchecks"});
}

/** The row of the draw that was made last, -1 if there is none. */
static ssize_t last_draw(const struct sheet *draws)
{
    ssize_t last = -1;

    for (size_t row = 0; row < draws->row_count; row++)
        if (last < 0 ||
            strcmp(sheet_get(draws, row, "at"), sheet_get(draws, (size_t)last, "at")) > 0)
            last = (ssize_t)row;
    return last;
}

/** Names the area's last draw, also one of an area below. Its texts are those of *ret_draws. */
static enum result find_last(struct cli *cli, Wire__SpotcheckShow *show, struct sheet **ret_draws)
{
    Wire__SpotcheckList list = WIRE__SPOTCHECK_LIST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    list.month = show->month;
    list.area = show->area;
    request.what_case = WIRE__REQUEST__WHAT_SPOTCHECK_LIST;
    request.spotcheck_list = &list;
    enum result result = cli_call_sheet(cli, &request, ret_draws);
    if (result != 0)
        return result;
    ssize_t last = last_draw(*ret_draws);
    if (last < 0) {
        cli_say("还没有抽查，请先抽取：doudi draw --month M --area C --share 30 --seed S");
        return RESULT_NOTFOUND;
    }
    show->month = (char *)(uintptr_t)sheet_get(*ret_draws, (size_t)last, "month");
    show->area = (char *)(uintptr_t)sheet_get(*ret_draws, (size_t)last, "area");
    show->number = (uint32_t)strtoul(sheet_get(*ret_draws, (size_t)last, "number"), NULL, 10);
    return RESULT_OK;
}

/** Prints the people of a draw, or with `by` what was found, counted. */
static enum result print_draw(struct cli *cli, Wire__SpotcheckShow *show)
{
    Wire__Request request = WIRE__REQUEST__INIT;

    request.what_case = WIRE__REQUEST__WHAT_SPOTCHECK_SHOW;
    request.spotcheck_show = show;
    if (*show->by != '\0')
        return print_sheet(cli, &request, &COLUMNS_SPOTCHECK_COUNTS, show->month,
                           (struct output_page){
                               .title = "抽查统计",
                               .area = show->area,
                               .naming = strcmp(show->by, "officer") == 0 ? "探访人" : "村(社区)"});
    return print_sheet(
        cli, &request, &COLUMNS_SPOTCHECK, show->month,
        (struct output_page){
            .title = "抽查表", .area = show->area, .layout = "spotcheck", .what = "spotcheck"});
}

/** The draw that the options name, without --number the last one. */
static enum result show(struct cli *cli, const char *by)
{
    Wire__SpotcheckShow show = WIRE__SPOTCHECK_SHOW__INIT;
    struct sheet *draws = NULL;
    enum result result = read_number(cli, "number", &show.number);

    show.month = cli_text(cli, "month");
    show.area = cli_text(cli, "area");
    show.by = (char *)(uintptr_t)by;
    if (result == 0 && show.number == 0)
        result = find_last(cli, &show, &draws);
    if (result == 0)
        result = print_draw(cli, &show);
    sheet_free(&draws);
    return result;
}

static enum result run_show(struct cli *cli)
{
    return show(cli, "");
}

static enum result run_count(struct cli *cli)
{
    const char *by = cli_option(cli, "by");

    return show(cli, by != NULL ? by : "village");
}

static enum result run_draw(struct cli *cli)
{
    Wire__SpotcheckDraw draw = WIRE__SPOTCHECK_DRAW__INIT;
    Wire__SpotcheckShow drawn = WIRE__SPOTCHECK_SHOW__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    enum result result = read_number(cli, "share", &draw.share);

    if (result != 0)
        return result;
    draw.month = cli_text(cli, "month");
    draw.area = cli_text(cli, "area");
    draw.kind = cli_text(cli, "kind");
    draw.seed = cli_text(cli, "seed");
    request.what_case = WIRE__REQUEST__WHAT_SPOTCHECK_DRAW;
    request.spotcheck_draw = &draw;
    result = cli_call(cli, &request, &response);
    if (result == 0) {
        cli_say("%s", response->message);
        if (response->what_case == WIRE__RESPONSE__WHAT_DRAWN)
            drawn.number = response->drawn->number;
    }
    client_response_free(&response);
    if (result != 0)
        return result;
    drawn.month = draw.month;
    drawn.area = draw.area;
    request.what_case = WIRE__REQUEST__WHAT_SPOTCHECK_SHOW;
    request.spotcheck_show = &drawn;
    return print_sheet(
        cli, &request, &COLUMNS_SPOTCHECK, draw.month,
        (struct output_page){.title = "抽查表", .layout = "spotcheck", .what = "spotcheck"});
}

static enum result run_enter(struct cli *cli)
{
    Wire__SpotcheckEnter enter = WIRE__SPOTCHECK_ENTER__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    enum result result = read_number(cli, "number", &enter.number);

    if (result != 0)
        return result;
    enter.month = cli_text(cli, "month");
    enter.area = cli_text(cli, "area");
    enter.case_no = cli_text(cli, "case");
    enter.finding = cli_text(cli, "result");
    enter.note = cli_text(cli, "note");
    enter.date = cli_text(cli, "date");
    request.what_case = WIRE__REQUEST__WHAT_SPOTCHECK_ENTER;
    request.spotcheck_enter = &enter;
    return cli_call_words(cli, &request);
}

static const struct {
    const char *word;
    enum result (*run)(struct cli *cli);
} WORDS[] = {{"list", run_list}, {"show", run_show}, {"count", run_count}, {"enter", run_enter}};

enum result command_draw(struct cli *cli)
{
    if (cli->argument_count == 0)
        return run_draw(cli);
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strcmp(WORDS[i].word, cli->arguments[0]) == 0)
            return WORDS[i].run(cli);
    cli_usage(cli->command);
    return RESULT_USAGE;
}
