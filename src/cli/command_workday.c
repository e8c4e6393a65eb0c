/**
 * The workday command.
 */
#include "cli/commands.h"

#include "base/text.h"

enum result command_workday(struct cli *cli)
{
    Wire__Workday workday = WIRE__WORKDAY__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    int64_t count = 0;
    const char *typed = cli->argument_count > 1 ? cli->arguments[1] : NULL;

    if (typed != NULL &&
        (text_to_int(typed + (*typed == '+'), INT32_MIN, INT32_MAX, &count) != 0 || count == 0)) {
        cli_say("工作日数 %s 不对，请写成 +5 或 -5 这样", typed);
        return RESULT_USAGE;
    }
    workday.date = cli->arguments[0];
    workday.count = (int32_t)count;
    request.what_case = WIRE__REQUEST__WHAT_WORKDAY;
    request.workday = &workday;
    return cli_call_words(cli, &request);
}
