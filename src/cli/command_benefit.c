/**
 * Commands about amounts: benefit, standard.
 */
#include "cli/commands.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "cli/output.h"
#include "cli/paper.h"

#include <stdlib.h>
#include <string.h>

/** A line's part has the id of the column that has its sum: for people that column's heading. */
static void name_parts(struct sheet *sheet)
{
    for (size_t row = 0; row < sheet->row_count; row++) {
        const struct sheet_column *column = column_find(sheet_get(sheet, row, "part"));
        if (column != NULL)
            sheet_set(sheet, row, "part", column->label);
    }
}

enum result command_benefit(struct cli *cli)
{
    Wire__Benefit benefit = WIRE__BENEFIT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {.what = "benefit"};
    struct sheet *sheet = NULL;

    benefit.month = cli_text(cli, "month");
    benefit.area = cli_text(cli, "area");
    benefit.kind = cli_text(cli, "kind");
    benefit.number = cli_text(cli, "case");
    benefit.explain = cli_option(cli, "explain") != NULL;
    benefit.differing = cli_option(cli, "differing") != NULL;
    benefit.unknown = cli_option(cli, "unknown") != NULL;
    benefit.full = !benefit.explain && !output_is_paper(cli); /* as of a due list */
    request.what_case = WIRE__REQUEST__WHAT_BENEFIT;
    request.benefit = &benefit;
    enum result result = cli_call_pages(cli, &request, &benefit.after, &sheet);
    if (result == 0) {
        char *month = paper_month(benefit.month);
        const char *basis = sheet_basis(sheet);
        char *title = mem_printf("%s 待遇金额%s%s", month, *basis != '\0' ? " " : "", basis);
        page.title = title;
        if (benefit.explain && output_is_for_people(cli))
            name_parts(sheet);
        page.layout = benefit.explain ? NULL : "benefit";
        result = output_sheet(
            cli, sheet, benefit.explain ? COLUMNS_BENEFIT_LINES.contract : COLUMNS_BENEFIT.contract,
            &page);
        free(title);
        free(month);
    }
    sheet_free(&sheet);
    return result;
}

// ---- standards

static enum result list_standards(struct cli *cli)
{
    Wire__StandardList list = WIRE__STANDARD_LIST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {.title = "待遇标准和参数", .layout = "standards"};

    if (cli->argument_count > 1)
        list.name = cli->arguments[1];
    request.what_case = WIRE__REQUEST__WHAT_STANDARD_LIST;
    request.standard_list = &list;
    return output_request(cli, &request, COLUMNS_STANDARDS.contract, &page);
}

/** Which can be set, with what is in force today. */
static enum result list_names(struct cli *cli)
{
    Wire__StandardNames names = WIRE__STANDARD_NAMES__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {.title = "现行标准和参数", .naming = "名称"};

    names.area = cli_text(cli, "area");
    request.what_case = WIRE__REQUEST__WHAT_STANDARD_NAMES;
    request.standard_names = &names;
    return output_request(cli, &request, COLUMNS_STANDARD_NAMES.contract, &page);
}

static enum result try_standard(struct cli *cli, Wire__StandardSet *set)
{
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {.title = "试算"};

    request.what_case = WIRE__REQUEST__WHAT_STANDARD_TRY;
    request.standard_try = set;
    return output_request(cli, &request, COLUMNS_STANDARD_TRIAL.contract, &page);
}

/** Whether name, day and value are there; says which are not, and `hint`. */
static bool names_row(const struct cli *cli, const char *hint)
{
    static const struct {
        const char *option, *words;
    } needed[] = {{"from", "用 --from 写明起始日"}, {"value", "用 --value 写明数值"}};
    struct str lacking = {0};

    if (cli->argument_count < 2)
        str_add(&lacking, "写明标准名称");
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (cli_option(cli, needed[i].option) == NULL)
            str_printf(&lacking, "%s%s", lacking.length > 0 ? "、" : "", needed[i].words);
    bool complete = lacking.length == 0;
    if (!complete)
        cli_say("请%s%s", str_text(&lacking), hint);
    str_free(&lacking);
    return complete;
}

static enum result set_standard(struct cli *cli)
{
    Wire__StandardSet set = WIRE__STANDARD_SET__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    if (!names_row(cli, "，如 standard set 低保标准 --from 2026-07-01 --value 820"))
        return RESULT_USAGE;
    set.name = cli->arguments[1];
    set.area = cli_text(cli, "area");
    set.from = cli_text(cli, "from");
    set.value = cli_text(cli, "value");
    set.source = cli_text(cli, "source");
    if (cli_option(cli, "dry-run") != NULL)
        return try_standard(cli, &set);
    if (*set.source == '\0') {
        cli_say("请用 --source 写明依据的文件或公告");
        return RESULT_USAGE;
    }
    request.what_case = WIRE__REQUEST__WHAT_STANDARD_SET;
    request.standard_set = &set;
    return cli_call_words(cli, &request);
}

/** What waits on the list is named by its name, division, day and value. */
static enum result decide_standard(struct cli *cli)
{
    Wire__StandardDecide decide = WIRE__STANDARD_DECIDE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    if (!names_row(cli, "；照 standard list 里待确认的那一行写"))
        return RESULT_USAGE;
    decide.name = cli->arguments[1];
    decide.area = cli_text(cli, "area");
    decide.from = cli_text(cli, "from");
    decide.value = cli_text(cli, "value");
    decide.refuse = strcmp(cli->arguments[0], "refuse") == 0;
    decide.why = cli_text(cli, "reason");
    request.what_case = WIRE__REQUEST__WHAT_STANDARD_DECIDE;
    request.standard_decide = &decide;
    return cli_call_words(cli, &request);
}

enum result command_standard(struct cli *cli)
{
    static const struct {
        const char *word;
        enum result (*run)(struct cli *cli);
    } words[] = {{"list", list_standards},
                 {"set", set_standard},
                 {"names", list_names},
                 {"confirm", decide_standard},
                 {"refuse", decide_standard}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].word, cli->arguments[0]) == 0)
            return words[i].run(cli);
    cli_say("不认识 standard %s，请用 list、set、names、confirm 或 refuse", cli->arguments[0]);
    return RESULT_USAGE;
}
