#include "cli/commands.h"

#include <stdio.h>
#include <string.h>

enum result command_visit(struct cli *cli)
{
    Wire__VisitAdd visit = WIRE__VISIT_ADD__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    char note_name[] = "note";
    Wire__Value note = WIRE__VALUE__INIT;
    Wire__Value *values[] = {&note};
    enum result result = RESULT_OK;

    if (strcmp(cli->arguments[0], "add") != 0) {
        cli_usage(cli->command);
        return RESULT_USAGE;
    }
    visit.id_no = cli_text(cli, "id");
    visit.date = cli_text(cli, "date");
    visit.mode = cli_text(cli, "mode");
    visit.result = cli_text(cli, "result");
    visit.by = cli_text(cli, "by");
    visit.confirm = true;
    visit.refuse_double = cli_option(cli, "again") == NULL;
    if (cli_option(cli, "note") != NULL) {
        note.name = note_name;
        note.value = cli_text(cli, "note");
        visit.n_values = 1;
        visit.values = values;
    }
    request.what_case = WIRE__REQUEST__WHAT_VISIT_ADD;
    request.visit_add = &visit;
    result = cli_call(cli, &request, &response);
    if (result == RESULT_OK && response->what_case == WIRE__RESPONSE__WHAT_VISIT) {
        printf("已登记 %s：%s，本月 %u/%u\n", response->visit->visit, response->visit->status,
               response->visit->done, response->visit->need);
        for (size_t i = 0; i < response->n_problems; i++)
            cli_say("提示：%s", response->problems[i]->text);
    }
    client_response_free(&response);
    return result;
}
