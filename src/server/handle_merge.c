/**
 * Handlers of the requests about two records of one human being or of one household.
 */
#include "server/answer.h"
#include "server/handlers.h"
#include "service/cases/merge.h"

enum result handle_merge_ask(struct session *session, const Wire__Request *request,
                             Wire__Response *response, struct reply *reply)
{
    const Wire__MergeAsk *wire = request->merge_ask;
    struct merge_ask ask = {
        .households = wire->households,
        .kept = wire->kept,
        .gone = wire->gone,
        .reason = wire->reason,
        .take_count = wire->n_take,
        .take = wire->take,
    };

    (void)response;
    return (wire->apart ? merge_apart : merge_ask)(session->service, &session->caller, &ask, reply);
}

enum result handle_merge_decide(struct session *session, const Wire__Request *request,
                                Wire__Response *response, struct reply *reply)
{
    const Wire__MergeDecide *decide = request->merge_decide;

    (void)response;
    return merge_decide(session->service, &session->caller, decide->number, decide->what,
                        decide->words, reply);
}

enum result handle_merge_sides(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply)
{
    const Wire__MergeSides *sides = request->merge_sides;
    const struct merge_ask ask = {
        .households = sides->households, .kept = sides->kept, .gone = sides->gone};
    struct sheet *sheet = NULL;
    enum result result = merge_sides(session->service, &session->caller, &ask, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_merges(struct session *session, const Wire__Request *request,
                          Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result =
        merge_list(session->service, &session->caller, request->merges->area, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}
