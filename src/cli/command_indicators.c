/**
 * The indicators command.
 */
#include "cli/commands.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/output.h"
#include "cli/paper.h"

#include <stdlib.h>
#include <string.h>

static enum result print_sheet(struct cli *cli, Wire__Request *request,
                               const struct column_list *columns, const struct output_page *page)
{
    struct sheet *sheet = NULL;
    enum result result = cli_call_sheet(cli, request, &sheet);

    if (result == 0)
        result = output_sheet(cli, sheet, columns->contract, page);
    sheet_free(&sheet);
    return result;
}

static enum result run_list(struct cli *cli)
{
    Wire__IndicatorList list = WIRE__INDICATOR_LIST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {
        .title = "指标", .naming = "指标", .layout = "indicators", .what = "indicators"};
    int64_t year = 0;

    if (cli_option(cli, "year") != NULL &&
        text_to_int(cli_text(cli, "year"), 2000, 2100, &year) != 0) {
        cli_say("--year 应是四位年份，如 2025");
        return RESULT_USAGE;
    }
    list.year = (uint32_t)year;
    list.area = cli_text(cli, "area");
    request.what_case = WIRE__REQUEST__WHAT_INDICATOR_LIST;
    request.indicator_list = &list;
    return print_sheet(cli, &request, &COLUMNS_INDICATORS, &page);
}

/** True if the indicator is named; otherwise says so. */
static bool has_number(struct cli *cli)
{
    if (cli_option(cli, "no") == NULL)
        cli_say("请写明是哪一项指标（--no），各项见 indicators");
    return cli_option(cli, "no") != NULL;
}

static enum result run_names(struct cli *cli)
{
    Wire__IndicatorNames names = WIRE__INDICATOR_NAMES__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {.title = "指标名单"};

    if (!has_number(cli))
        return RESULT_USAGE;
    names.area = cli_text(cli, "area");
    names.name = cli_text(cli, "no");
    request.what_case = WIRE__REQUEST__WHAT_INDICATOR_NAMES;
    request.indicator_names = &names;
    return print_sheet(cli, &request, &COLUMNS_INDICATOR_NAMES, &page);
}

static enum result send_entry(struct cli *cli, const char *name)
{
    Wire__IndicatorEnter enter = WIRE__INDICATOR_ENTER__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    enter.area = cli_text(cli, "area");
    enter.name = (char *)(uintptr_t)name;
    enter.value = cli_text(cli, "value");
    enter.source = cli_text(cli, "source");
    enter.month = cli_text(cli, "month");
    request.what_case = WIRE__REQUEST__WHAT_INDICATOR_ENTER;
    request.indicator_enter = &enter;
    return cli_call_words(cli, &request);
}

static enum result run_enter(struct cli *cli)
{
    return has_number(cli) ? send_entry(cli, cli_text(cli, "no")) : RESULT_USAGE;
}

static enum result run_keep(struct cli *cli)
{
    return send_entry(cli, "");
}

static enum result run_dibao(struct cli *cli)
{
    Wire__DibaoForm form = WIRE__DIBAO_FORM__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {.naming = "栏目", .layout = "dibao_form", .what = "dibao_form"};
    const char *month = cli_option(cli, "month") != NULL
                            ? cli_text(cli, "month")
                            : client_welcome(cli->client)->current_month;
    char *words = paper_month(month);
    char *title = mem_printf("城市低保对象综合统计表 %s", words);

    page.title = title;
    form.month = cli_text(cli, "month");
    form.area = cli_text(cli, "area");
    request.what_case = WIRE__REQUEST__WHAT_DIBAO_FORM;
    request.dibao_form = &form;
    enum result result = print_sheet(cli, &request, &COLUMNS_DIBAO_FORM, &page);
    free(title);
    free(words);
    return result;
}

static const struct {
    const char *word;
    enum result (*run)(struct cli *cli);
} WORDS[] = {{"names", run_names}, {"enter", run_enter}, {"keep", run_keep}, {"dibao", run_dibao}};

enum result command_indicators(struct cli *cli)
{
    if (cli->argument_count == 0)
        return run_list(cli);
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strcmp(WORDS[i].word, cli->arguments[0]) == 0)
            return WORDS[i].run(cli);
    cli_usage(cli->command);
    return RESULT_USAGE;
}
