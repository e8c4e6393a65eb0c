#include "server/handle_round.h"

#include "server/answer.h"
#include "service/lists/round.h"

enum result handle_round_list(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result =
        round_list(session->service, &session->caller, request->round_list->area, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_round_make(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply)
{
    const Wire__RoundMake *make = request->round_make;
    struct round_input input = {.name = make->name,
                                .reason = make->reason,
                                .from = make->from,
                                .to = make->to,
                                .tier_count = make->n_tiers,
                                .area_count = make->n_areas,
                                .tiers = make->tiers,
                                .areas = make->areas};

    (void)response;
    return round_make(session->service, &session->caller, &input, reply);
}

enum result handle_round_end(struct session *session, const Wire__Request *request,
                             Wire__Response *response, struct reply *reply)
{
    const Wire__RoundEnd *end = request->round_end;

    (void)response;
    return round_end(session->service, &session->caller, end->round, end->withdraw, end->reason,
                     reply);
}

enum result handle_round_show(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply)
{
    const Wire__RoundShow *show = request->round_show;
    struct round_query query = {
        .round = show->round, .area = show->area, .by = show->by, .all = show->all};
    struct sheet *sheet = NULL;
    enum result result = round_show(session->service, &session->caller, &query, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}
