/**
 * The steps command.
 */
#include "cli/commands.h"

#include "base/columns.h"
#include "cli/output.h"

enum result command_steps(struct cli *cli)
{
    Wire__StepList steps = WIRE__STEP_LIST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct output_page page = {.title = "办理清单"};

    steps.area = cli_text(cli, "area");
    steps.late = cli_option(cli, "late") != NULL;
    request.what_case = WIRE__REQUEST__WHAT_STEP_LIST;
    request.step_list = &steps;
    return output_request(cli, &request, COLUMNS_STEPS.contract, &page);
}
