/**
 * Handlers of the requests about drafts of forms.
 */
#include "server/answer.h"
#include "server/handlers.h"

#include "base/mem.h"
#include "service/cases/draft.h"
#include "wire/convert.h"

#include <stdlib.h>

enum result handle_draft_put(struct session *session, const Wire__Request *request,
                             Wire__Response *response, struct reply *reply)
{
    const Wire__DraftPut *put = request->draft_put;
    struct fields values = {0};
    enum result result;

    (void)response;
    wire_values_read(put->n_values, put->values, &values);
    result = draft_put(session->service, &session->caller, put->form, put->record, put->title,
                       &values, reply);
    fields_free(&values);
    return result;
}

enum result handle_draft_get(struct session *session, const Wire__Request *request,
                             Wire__Response *response, struct reply *reply)
{
    struct fields values = {0};
    char *at = NULL;
    Wire__DraftView *view;
    enum result result = draft_get(session->service, &session->caller, request->draft_get->form,
                                   request->draft_get->record, &values, &at, reply);

    if (result != 0)
        return result;
    view = mem_new(sizeof *view);
    wire__draft_view__init(view);
    view->at = at;
    wire_values_write(&values, &view->n_values, &view->values);
    fields_free(&values);
    response->what_case = WIRE__RESPONSE__WHAT_DRAFT;
    response->draft = view;
    return RESULT_OK;
}

enum result handle_draft_drop(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply)
{
    (void)response;
    return draft_drop(session->service, &session->caller, request->draft_drop->form,
                      request->draft_drop->record, reply);
}
