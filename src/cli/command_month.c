/**
 * Commands that close and reopen a month.
 */
#include "cli/commands.h"

enum result command_close_month(struct cli *cli)
{
    Wire__MonthClose close = WIRE__MONTH_CLOSE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    close.month = cli->arguments[0];
    close.area = cli_text(cli, "area");
    request.what_case = WIRE__REQUEST__WHAT_MONTH_CLOSE;
    request.month_close = &close;
    return cli_call_words(cli, &request);
}

enum result command_reopen_month(struct cli *cli)
{
    Wire__MonthReopen reopen = WIRE__MONTH_REOPEN__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    reopen.month = cli->arguments[0];
    reopen.area = cli_text(cli, "area");
    reopen.reason = cli_text(cli, "reason");
    request.what_case = WIRE__REQUEST__WHAT_MONTH_REOPEN;
    request.month_reopen = &reopen;
    return cli_call_words(cli, &request);
}
