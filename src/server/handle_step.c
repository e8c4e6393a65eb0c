/**
 * Handlers of the requests about applications and their steps.
 */
#include "server/answer.h"
#include "server/handlers.h"
#include "service/cases/application.h"

enum result handle_step_list(struct session *session, const Wire__Request *request,
                             Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result =
        application_list(session->service, &session->caller, request->step_list->area,
                         request->step_list->late, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_step_do(struct session *session, const Wire__Request *request,
                           Wire__Response *response, struct reply *reply)
{
    const Wire__StepDo *step = request->step_do;
    const struct application_input input = {
        .id = step->proposal,
        .act = step->act,
        .opinion = step->opinion,
        .to = step->to,
        .version = step->version,
        .until = step->until,
    };

    (void)response;
    return application_act(session->service, &session->caller, &input, reply);
}

enum result handle_step_log(struct session *session, const Wire__Request *request,
                            Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result = application_log(session->service, &session->caller,
                                         request->step_log->proposal, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_step_notice(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result = application_notice(session->service, &session->caller,
                                            request->step_notice->proposal, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}
