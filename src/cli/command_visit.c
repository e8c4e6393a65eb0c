/**
 * The visit command.
 */
#include "cli/commands.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** True if the option was given, which only one of the verbs needs; prints why not otherwise. */
static bool has_option(struct cli *cli, const char *name)
{
    if (cli_option(cli, name) != NULL)
        return true;
    cli_say("visit %s 缺少 --%s，请补上", cli->arguments[0], name);
    cli_usage(cli->command);
    return false;
}

static enum result add_visit(struct cli *cli)
{
    Wire__VisitAdd visit = WIRE__VISIT_ADD__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    char note_name[] = "note";
    Wire__Value note = WIRE__VALUE__INIT;
    Wire__Value *values[] = {&note};

    if (!has_option(cli, "mode") || !has_option(cli, "result"))
        return RESULT_USAGE;
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
    enum result result = cli_call(cli, &request, &response);
    if (result == 0 && response->what_case == WIRE__RESPONSE__WHAT_VISIT) {
        cli_print("已登记 %s：%s，本月 %u/%u", response->visit->visit, response->visit->status,
                  response->visit->done, response->visit->need);
        if (response->visit->raised[0] != '\0')
            cli_print("有异常，已列入紧急情况：%s", response->visit->raised);
        for (size_t i = 0; i < response->n_problems; i++)
            cli_say("提示：%s", response->problems[i]->text);
    }
    client_response_free(&response);
    return result;
}

static enum result void_visit(struct cli *cli)
{
    Wire__VisitVoid visit = WIRE__VISIT_VOID__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    const char *seq = cli_text(cli, "seq");

    if (!has_option(cli, "reason"))
        return RESULT_USAGE;
    visit.id_no = cli_text(cli, "id");
    visit.reason = cli_text(cli, "reason");
    visit.visit = mem_printf("%s%s%s", cli_text(cli, "date"), *seq != '\0' ? ":" : "", seq);
    request.what_case = WIRE__REQUEST__WHAT_VISIT_VOID;
    request.visit_void = &visit;
    enum result result = cli_call(cli, &request, &response);
    if (result == 0)
        cli_print("%s", response->message);
    client_response_free(&response);
    free(visit.visit);
    return result;
}

enum result command_visit(struct cli *cli)
{
    static const struct {
        const char *verb;
        enum result (*run)(struct cli *cli);
    } verbs[] = {{"add", add_visit}, {"void", void_visit}};

    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (strcmp(cli->arguments[0], verbs[i].verb) == 0)
            return verbs[i].run(cli);
    cli_usage(cli->command);
    return RESULT_USAGE;
}
