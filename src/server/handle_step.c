/**
 * Handlers of the requests about applications and their steps.
 */
#include "server/answer.h"
#include "server/handlers.h"
#include "service/cases/application.h"
#include "service/cases/notice.h"
#include "service/cases/publicity.h"

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
    enum result result = notice_make(session->service, &session->caller,
                                     request->step_notice->proposal, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_step_refused(struct session *session, const Wire__Request *request,
                                Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result =
        notice_list(session->service, &session->caller, request->step_refused->area, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_step_noticed(struct session *session, const Wire__Request *request,
                                Wire__Response *response, struct reply *reply)
{
    const Wire__StepNoticed *noticed = request->step_noticed;

    (void)response;
    return notice_give(session->service, &session->caller, noticed->proposal, noticed->date, reply);
}

enum result handle_step_public(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply)
{
    const Wire__StepPublic *what = request->step_public;
    struct sheet *sheet = NULL;
    enum result result =
        publicity_list(session->service, &session->caller, what->kind, what->area, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}
