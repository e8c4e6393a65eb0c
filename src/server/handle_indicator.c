/**
 * Handlers of the requests about indicators.
 */
#include "server/answer.h"
#include "server/handlers.h"
#include "service/figures/dibao_form.h"
#include "service/figures/indicator.h"

enum result handle_indicator_list(struct session *session, const Wire__Request *request,
                                  Wire__Response *response, struct reply *reply)
{
    struct indicator_query query = {.area = request->indicator_list->area,
                                    .year = request->indicator_list->year};
    struct sheet *sheet = NULL;
    enum result result = indicator_list(session->service, &session->caller, &query, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_indicator_names(struct session *session, const Wire__Request *request,
                                   Wire__Response *response, struct reply *reply)
{
    struct indicator_query query = {.area = request->indicator_names->area,
                                    .name = request->indicator_names->name};
    struct sheet *sheet = NULL;
    enum result result = indicator_names(session->service, &session->caller, &query, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_indicator_enter(struct session *session, const Wire__Request *request,
                                   Wire__Response *response, struct reply *reply)
{
    const Wire__IndicatorEnter *enter = request->indicator_enter;
    struct indicator_query query = {.area = enter->area,
                                    .name = enter->name,
                                    .value = enter->value,
                                    .source = enter->source,
                                    .month = enter->month};

    (void)response;
    return indicator_enter(session->service, &session->caller, &query, reply);
}

enum result handle_dibao_form(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply)
{
    const Wire__DibaoForm *form = request->dibao_form;
    struct sheet *sheet = NULL;
    enum result result =
        dibao_form_show(session->service, &session->caller, form->month, form->area, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}
