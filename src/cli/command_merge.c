/**
 * The merge command: two records of one human being, or of one household, become one.
 */
#include "cli/commands.h"

#include "base/columns.h"
#include "base/ids.h"
#include "cli/output.h"

#include <string.h>

enum { TAKE_MAX = 64 };

static enum result list_merges(struct cli *cli)
{
    Wire__Merges merges = WIRE__MERGES__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    merges.area = cli_text(cli, "area");
    request.what_case = WIRE__REQUEST__WHAT_MERGES;
    request.merges = &merges;
    enum result result = cli_call_sheet(cli, &request, &sheet);
    if (result == 0)
        result = output_sheet(cli, sheet, COLUMNS_MERGES.contract,
                              &(struct output_page){.title = "合并"});
    sheet_free(&sheet);
    return result;
}

static enum result show_sides(struct cli *cli)
{
    Wire__MergeSides sides = WIRE__MERGE_SIDES__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    sides.kept = cli->arguments[0];
    sides.gone = cli->arguments[1];
    sides.households = cli_option(cli, "households") != NULL;
    request.what_case = WIRE__REQUEST__WHAT_MERGE_SIDES;
    request.merge_sides = &sides;
    enum result result = cli_call_sheet(cli, &request, &sheet);
    if (result == 0)
        result = output_sheet(cli, sheet, COLUMNS_MERGE_SIDES.contract,
                              &(struct output_page){.title = "两份登记"});
    sheet_free(&sheet);
    return result;
}

static enum result ask(struct cli *cli)
{
    Wire__MergeAsk ask = WIRE__MERGE_ASK__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    char *take[TAKE_MAX];
    const char *field;

    while (ask.n_take < TAKE_MAX && (field = cli_option_nth(cli, "take", ask.n_take)) != NULL)
        take[ask.n_take++] = (char *)(uintptr_t)field;
    ask.kept = cli->arguments[0];
    ask.gone = cli->arguments[1];
    ask.reason = cli_text(cli, "reason");
    ask.take = take;
    ask.apart = cli_option(cli, "apart") != NULL;
    ask.households = cli_option(cli, "households") != NULL;
    request.what_case = WIRE__REQUEST__WHAT_MERGE_ASK;
    request.merge_ask = &ask;
    return cli_call_words(cli, &request);
}

static enum result decide(struct cli *cli, const char *what)
{
    Wire__MergeDecide decide = WIRE__MERGE_DECIDE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    if (!ids_parse(cli_text(cli, what), &decide.number)) {
        cli_say("--%s 要写合并的编号，doudi merge 可查。", what);
        return RESULT_USAGE;
    }
    decide.what = (char *)(uintptr_t)what;
    decide.words = cli_text(cli, "reason");
    request.what_case = WIRE__REQUEST__WHAT_MERGE_DECIDE;
    request.merge_decide = &decide;
    return cli_call_words(cli, &request);
}

enum result command_merge(struct cli *cli)
{
    static const char *const deeds[] = {"confirm", "refuse", "undo"};

    for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++)
        if (cli_option(cli, deeds[i]) != NULL && cli->argument_count == 0)
            return decide(cli, deeds[i]);
    if (cli->argument_count == 0)
        return list_merges(cli);
    if (cli->argument_count != 2) {
        cli_usage(cli->command);
        return RESULT_USAGE;
    }
    return cli_option(cli, "show") != NULL ? show_sides(cli) : ask(cli);
}
