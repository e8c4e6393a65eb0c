/**
 * Handlers of the requests about dates ahead.
 */
#include "server/answer.h"
#include "server/handlers.h"
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
