/**
 * Handlers of the requests about proposals.
 */
#include "server/answer.h"
#include "server/handlers.h"
#include "service/cases/proposal.h"

#include "base/mem.h"
#include "wire/convert.h"

enum result handle_proposal_put(struct session *session, const Wire__Request *request,
                                Wire__Response *response, struct reply *reply)
{
    const Wire__ProposalPut *put = request->proposal_put;
    struct fields values = {0};
    struct proposal_input input = {
        .id = put->proposal,
        .kind = put->kind,
        .version = put->version,
        .values = &values,
        .prior = put->prior,
    };

    wire_values_read(put->n_values, put->values, &values);
    enum result result = proposal_put(session->service, &session->caller, &input, reply);
    fields_free(&values);
    if (result != 0)
        return result;
    Wire__ProposalView *message = mem_new(sizeof *message);
    wire__proposal_view__init(message);
    message->proposal = answer_number(reply, "proposal");
    response->what_case = WIRE__RESPONSE__WHAT_PROPOSAL;
    response->proposal = message;
    return RESULT_OK;
}

enum result handle_proposal_list(struct session *session, const Wire__Request *request,
                                 Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result =
        proposal_list(session->service, &session->caller, request->proposal_list->area,
                      request->proposal_list->kind, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_proposal_get(struct session *session, const Wire__Request *request,
                                Wire__Response *response, struct reply *reply)
{
    struct proposal_view view = {0};
    enum result result = proposal_get(session->service, &session->caller,
                                      request->proposal_get->proposal, &view, reply);

    if (result != 0)
        return result;
    Wire__ProposalView *message = mem_new(sizeof *message);
    wire__proposal_view__init(message);
    message->proposal = view.id;
    message->kind = mem_copy(view.kind);
    message->state = mem_copy(view.state);
    message->by = mem_copy(view.by);
    message->at = mem_copy(view.at);
    message->reason = mem_copy(view.reason);
    message->version = view.version;
    message->prior = view.prior;
    wire_values_write(&view.values, &message->n_values, &message->values);
    response->what_case = WIRE__RESPONSE__WHAT_PROPOSAL;
    response->proposal = message;
    proposal_view_free(&view);
    return RESULT_OK;
}

enum result handle_proposal_return(struct session *session, const Wire__Request *request,
                                   Wire__Response *response, struct reply *reply)
{
    (void)response;
    return proposal_return(session->service, &session->caller, request->proposal_return->proposal,
                           request->proposal_return->reason, reply);
}

enum result handle_proposal_withdraw(struct session *session, const Wire__Request *request,
                                     Wire__Response *response, struct reply *reply)
{
    (void)response;
    return proposal_withdraw(session->service, &session->caller,
                             request->proposal_withdraw->proposal, reply);
}
