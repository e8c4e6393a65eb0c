/**
 * Handlers of the requests about dates ahead and leads.
 */
#include "server/answer.h"
#include "server/handlers.h"
#include "service/lists/lead.h"
#include "service/lists/upcoming.h"

enum result handle_upcoming(struct session *session, const Wire__Request *request,
                            Wire__Response *response, struct reply *reply)
{
    const Wire__Upcoming *upcoming = request->upcoming;
    struct upcoming_query query = {
        .area = upcoming->area,
        .until = upcoming->until,
        .full = upcoming->full,
        .after = upcoming->after,
    };
    struct sheet *sheet = NULL;
    enum result result = upcoming_list(session->service, &session->caller, &query, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_leads(struct session *session, const Wire__Request *request,
                         Wire__Response *response, struct reply *reply)
{
    const Wire__Leads *leads = request->leads;
    struct lead_query query = {
        .area = leads->area,
        .rule = leads->rule,
        .all = leads->all,
        .full = leads->full,
        .beside = leads->beside,
        .after = leads->after,
    };
    struct sheet *sheet = NULL;
    enum result result = lead_list(session->service, &session->caller, &query, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_lead_counts(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result =
        lead_counts(session->service, &session->caller, request->lead_counts->area, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_lead_act(struct session *session, const Wire__Request *request,
                            Wire__Response *response, struct reply *reply)
{
    const Wire__LeadAct *ask = request->lead_act;
    struct lead_act act = {
        .person = ask->person,
        .rule = ask->rule,
        .what = ask->what,
        .words = ask->words,
        .until = ask->until,
    };

    (void)response;
    return lead_act(session->service, &session->caller, &act, reply);
}
