/**
 * Handlers of the requests about alarms.
 */
#include "server/answer.h"
#include "server/handlers.h"
#include "service/lists/alarm.h"

#include "base/mem.h"

static Wire__AlarmView *make_view(const struct alarm_view *view)
{
    Wire__AlarmView *message = mem_new(sizeof *message);

    wire__alarm_view__init(message);
    message->alarm = view->alarm;
    message->case_id = view->case_id;
    message->what = mem_copy(view->what);
    message->state = mem_copy(view->state);
    message->name = mem_copy(view->name);
    message->age = mem_copy(view->age);
    message->area_name = mem_copy(view->area_name);
    message->address = mem_copy(view->address);
    message->phone = mem_copy(view->phone);
    message->text = mem_copy(view->text);
    message->visit = mem_copy(view->visit);
    message->clock = mem_copy(view->clock);
    message->raised = mem_copy(view->raised);
    message->taken = mem_copy(view->taken);
    message->done = mem_copy(view->done);
    message->note = mem_copy(view->note);
    message->may_take = view->may_take;
    message->may_finish = view->may_finish;
    return message;
}

enum result handle_alarm_get(struct session *session, const Wire__Request *request,
                             Wire__Response *response, struct reply *reply)
{
    struct alarm_view view = {0};
    enum result result =
        alarm_get(session->service, &session->caller, request->alarm_get->alarm, &view, reply);

    if (result != 0)
        return result;
    response->what_case = WIRE__RESPONSE__WHAT_ALARM_VIEW;
    response->alarm_view = make_view(&view);
    alarm_view_free(&view);
    return RESULT_OK;
}

enum result handle_alarm_take(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply)
{
    (void)response;
    return alarm_take(session->service, &session->caller, request->alarm_take->alarm, reply);
}

enum result handle_alarm_finish(struct session *session, const Wire__Request *request,
                                Wire__Response *response, struct reply *reply)
{
    (void)response;
    return alarm_finish(session->service, &session->caller, request->alarm_finish->alarm,
                        request->alarm_finish->note, reply);
}

enum result handle_alarm_list(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result =
        alarm_list(session->service, &session->caller, request->alarm_list->area, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}
