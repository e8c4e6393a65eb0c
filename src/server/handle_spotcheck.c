/**
 * Handlers of the requests about checks (抽查).
 */
#include "server/answer.h"
#include "server/handlers.h"
#include "service/figures/spotcheck.h"

#include "base/mem.h"

enum result handle_spotcheck_draw(struct session *session, const Wire__Request *request,
                                  Wire__Response *response, struct reply *reply)
{
    const Wire__SpotcheckDraw *draw = request->spotcheck_draw;
    struct spotcheck_query query = {.month = draw->month,
                                    .area = draw->area,
                                    .kind = draw->kind,
                                    .share = draw->share,
                                    .seed = draw->seed};

    enum result result = spotcheck_draw(session->service, &session->caller, &query, reply);

    if (result != 0)
        return result;
    Wire__Drawn *drawn = mem_new(sizeof *drawn);
    wire__drawn__init(drawn);
    drawn->number = (uint32_t)answer_number(reply, "number");
    drawn->population = (uint32_t)answer_number(reply, "population");
    drawn->drawn = (uint32_t)answer_number(reply, "drawn");
    response->what_case = WIRE__RESPONSE__WHAT_DRAWN;
    response->drawn = drawn;
    return RESULT_OK;
}

enum result handle_spotcheck_list(struct session *session, const Wire__Request *request,
                                  Wire__Response *response, struct reply *reply)
{
    struct spotcheck_query query = {.month = request->spotcheck_list->month,
                                    .area = request->spotcheck_list->area};
    struct sheet *sheet = NULL;
    enum result result = spotcheck_list(session->service, &session->caller, &query, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_spotcheck_show(struct session *session, const Wire__Request *request,
                                  Wire__Response *response, struct reply *reply)
{
    const Wire__SpotcheckShow *show = request->spotcheck_show;
    struct spotcheck_query query = {
        .month = show->month, .area = show->area, .number = show->number, .by = show->by};
    struct sheet *sheet = NULL;
    enum result result = spotcheck_show(session->service, &session->caller, &query, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_spotcheck_enter(struct session *session, const Wire__Request *request,
                                   Wire__Response *response, struct reply *reply)
{
    const Wire__SpotcheckEnter *enter = request->spotcheck_enter;
    struct spotcheck_query query = {.month = enter->month,
                                    .area = enter->area,
                                    .number = enter->number,
                                    .case_no = enter->case_no,
                                    .finding = enter->finding,
                                    .note = enter->note,
                                    .date = enter->date};

    (void)response;
    return spotcheck_enter(session->service, &session->caller, &query, reply);
}
