#include "tui/screens/proposal.h"

#include "base/mem.h"
#include "tui/app/ask.h"
#include "tui/app/programmes.h"
#include "tui/screens/caseform.h"
#include "tui/screens/steps.h"

#include <stdlib.h>
#include <string.h>

static const char FILE_IT[] = "受理：补全后保存为个案";
static const char GIVE_BACK[] = "退回：写明理由，由村(社区)改后再报";
static const char CHANGE[] = "修改后再报";
static const char WITHDRAW[] = "撤回";

/** Sends the request that ends the proposal and says the result. */
static void send(struct app *app, Wire__Request *request)
{
    Wire__Response *response = NULL;

    if (app_call(app, request, &response) == 0) {
        app_changed(app);
        app_say(app, "%s", response->message);
    }
    client_response_free(&response);
}

/** `arg` is the proposal's id; frees it. */
static void give_back(struct app *app, void *arg, const char *reason)
{
    Wire__ProposalReturn ask = WIRE__PROPOSAL_RETURN__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.proposal = app->proposal;
    ask.reason = (char *)reason;
    request.what_case = WIRE__REQUEST__WHAT_PROPOSAL_RETURN;
    request.proposal_return = &ask;
    (void)arg;
    send(app, &request);
}

static void withdraw(struct app *app, void *arg, const char *yes)
{
    Wire__ProposalWithdraw ask = WIRE__PROPOSAL_WITHDRAW__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    (void)arg;
    (void)yes;
    ask.proposal = app->proposal;
    request.what_case = WIRE__REQUEST__WHAT_PROPOSAL_WITHDRAW;
    request.proposal_withdraw = &ask;
    send(app, &request);
}

static void chosen(struct app *app, void *arg, const char *answer)
{
    (void)arg;
    if (strcmp(answer, GIVE_BACK) == 0)
        ask_reason(app, "退回的理由", give_back, NULL);
    else if (strcmp(answer, WITHDRAW) == 0)
        ask_sure(app, "撤回这份草拟的个案？填的内容不再保留。", withdraw, NULL);
    else
        caseform_proposal(app, app->proposal, false);
}

void proposal_open(struct app *app, const char *id, const char *kind)
{
    const struct form *form = programmes_form(app, kind);
    static const char *const filing[] = {FILE_IT, GIVE_BACK};
    static const char *const drafting[] = {CHANGE, WITHDRAW};
    struct ask_choice choice = {
        .title = "草拟的个案",
        .labels = app_may(app, "case.save") ? filing : drafting,
        .count = 2,
    };

    app->proposal = strtoull(id, NULL, 10);
    if (form != NULL && form->steps.life.count > 0 && app_may(app, "step.do"))
        steps_open(app, id);
    else
        ask_choice(app, &choice, chosen, NULL);
}
