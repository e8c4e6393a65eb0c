#include "server/handle_leave.h"

#include "server/answer.h"
#include "service/cases/leave.h"

enum result handle_leave_list(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result =
        leave_list(session->service, &session->caller, request->leave_list->area, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_leave_make(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply)
{
    const Wire__LeaveMake *make = request->leave_make;
    struct leave_input input = {.officer = make->officer,
                                .substitute = make->substitute,
                                .from = make->from,
                                .to = make->to,
                                .reason = make->reason};

    (void)response;
    return leave_make(session->service, &session->caller, &input, reply);
}

enum result handle_leave_end(struct session *session, const Wire__Request *request,
                             Wire__Response *response, struct reply *reply)
{
    (void)response;
    return leave_end(session->service, &session->caller, request->leave_end->leave,
                     request->leave_end->reason, reply);
}

enum result handle_takeover(struct session *session, const Wire__Request *request,
                            Wire__Response *response, struct reply *reply)
{
    const Wire__Takeover *ask = request->takeover;
    struct takeover_input input = {.area = ask->area,
                                   .officer = ask->officer,
                                   .reason = ask->reason,
                                   .dry_run = ask->dry_run,
                                   .undo = ask->undo};

    (void)response;
    return leave_takeover(session->service, &session->caller, &input, reply);
}
