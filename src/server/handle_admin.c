/**
 * Handlers of the requests about the office: start of a home, upkeep, areas, standards, audit.
 */
#include "config.h"

#include "server/answer.h"
#include "server/handlers.h"
#include "service/keeping/areas.h"
#include "service/keeping/backup.h"
#include "service/keeping/init.h"
#include "service/keeping/standard.h"
#include "service/keeping/standard_names.h"
#include "service/keeping/status.h"
#include "service/keeping/verify.h"
#include "service/lists/workday.h"

#include "base/measure.h"
#include "base/mem.h"
#include "service/demo/demo.h"
#include "service/frame/clockwatch.h"
#include "service/lists/audit.h"
#include "service/lists/history.h"
#include "wire/convert.h"

enum result handle_init(struct session *session, const Wire__Request *request,
                        Wire__Response *response, struct reply *reply)
{
    const Wire__Init *init = request->init;
    struct sheet *divisions = init->divisions != NULL ? wire_sheet_read(init->divisions) : NULL;
    struct init_input input = {
        .area = init->area,
        .first_month = init->first_month,
        .admin_password = init->admin_password,
        .level = init->level,
        .divisions = divisions,
    };
    Wire__InitDone *done;
    enum result result = RESULT_PROTOCOL;

    if (divisions != NULL)
        result = init_new_home(session->service, &session->caller, &input, reply);
    sheet_free(&divisions);
    if (result != 0)
        return result;
    done = mem_new(sizeof *done);
    wire__init_done__init(done);
    done->admin = answer_text(reply, "admin");
    done->password = answer_text(reply, "password");
    done->areas = (uint32_t)answer_number(reply, "areas");
    response->what_case = WIRE__RESPONSE__WHAT_INIT;
    response->init = done;
    return RESULT_OK;
}

enum result handle_demo(struct session *session, const Wire__Request *request,
                        Wire__Response *response, struct reply *reply)
{
    const Wire__Demo *demo = request->demo;
    struct demo_input input = {
        .cases = demo->cases,
        .months = demo->months,
        .seed = demo->seed,
        .area = demo->area,
    };
    struct sheet *officers = NULL;
    Wire__DemoDone *done;
    enum result result = demo_fill(session->service, &session->caller, &input, &officers, reply);

    if (result != 0)
        return result;
    done = mem_new(sizeof *done);
    wire__demo_done__init(done);
    done->officers = answer_take_sheet(&officers);
    done->cases = answer_number(reply, "cases");
    done->visits = answer_number(reply, "visits");
    response->what_case = WIRE__RESPONSE__WHAT_DEMO;
    response->demo = done;
    return RESULT_OK;
}

enum result handle_status(struct session *session, const Wire__Request *request,
                          Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result = status_list(session->service, &session->caller, &sheet, reply);

    (void)request;
    answer_sheet(response, &sheet);
    return result;
}

enum result handle_monitor(struct session *session, const Wire__Request *request,
                           Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result = status_measure(session->service, &session->caller, &sheet, reply);

    (void)request;
    if (result == 0)
        measure_put(sheet, MEASURE_VERSION, NULL, "%s", PACKAGE_VERSION);
    if (result == 0 && session->meters != NULL)
        meters_add(session->meters, sheet);
    answer_sheet(response, &sheet);
    return result;
}

enum result handle_verify(struct session *session, const Wire__Request *request,
                          Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result = verify_all(session->service, &session->caller, &sheet, reply);

    (void)request;
    answer_sheet(response, &sheet);
    return result;
}

enum result handle_clock_confirm(struct session *session, const Wire__Request *request,
                                 Wire__Response *response, struct reply *reply)
{
    (void)response;
    return clockwatch_confirm(session->service, &session->caller, request->clock_confirm->date,
                              reply);
}

enum result handle_backup(struct session *session, const Wire__Request *request,
                          Wire__Response *response, struct reply *reply)
{
    Wire__Written *written;
    enum result result =
        backup_make(session->service, &session->caller, request->backup->directory, reply);

    if (result != 0)
        return result;
    written = mem_new(sizeof *written);
    wire__written__init(written);
    written->path = answer_text(reply, "path");
    written->bytes = answer_number(reply, "bytes");
    response->what_case = WIRE__RESPONSE__WHAT_WRITTEN;
    response->written = written;
    return RESULT_OK;
}

enum result handle_printed(struct session *session, const Wire__Request *request,
                           Wire__Response *response, struct reply *reply)
{
    const Wire__Printed *printed = request->printed;
    struct history_print print = {
        .what = printed->what,
        .month = printed->month,
        .area = printed->area,
        .title = printed->title,
        .to = printed->to,
        .place = printed->place,
        .job = printed->job,
        .state = printed->state,
        .scope = printed->scope,
        .rows = printed->rows,
    };

    (void)response;
    return history_add_print(session->service, &session->caller, &print, reply);
}

enum result handle_history(struct session *session, const Wire__Request *request,
                           Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result =
        history_list(session->service, &session->caller, request->history->limit, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_areas(struct session *session, const Wire__Request *request,
                         Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result = areas_list(session->service, &session->caller, request->areas->parent,
                                    request->areas->all, request->areas->gone, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_standard_list(struct session *session, const Wire__Request *request,
                                 Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result = standard_list(session->service, &session->caller,
                                       request->standard_list->name, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_standard_names(struct session *session, const Wire__Request *request,
                                  Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result = standard_names_list(session->service, &session->caller,
                                             request->standard_names->area, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

static struct standard_input standard_of(const Wire__StandardSet *set)
{
    return (struct standard_input){
        .name = set->name,
        .area = set->area,
        .from = set->from,
        .value = set->value,
        .source = set->source,
    };
}

enum result handle_standard_try(struct session *session, const Wire__Request *request,
                                Wire__Response *response, struct reply *reply)
{
    struct standard_input input = standard_of(request->standard_try);
    struct sheet *sheet = NULL;
    enum result result = standard_try(session->service, &session->caller, &input, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_standard_set(struct session *session, const Wire__Request *request,
                                Wire__Response *response, struct reply *reply)
{
    struct standard_input input = standard_of(request->standard_set);

    (void)response;
    return standard_set(session->service, &session->caller, &input, reply);
}

enum result handle_standard_decide(struct session *session, const Wire__Request *request,
                                   Wire__Response *response, struct reply *reply)
{
    const Wire__StandardDecide *asked = request->standard_decide;
    struct standard_decision decision = {asked->name,  asked->area,   asked->from,
                                         asked->value, asked->refuse, asked->why};

    (void)response;
    return standard_decide(session->service, &session->caller, &decision, reply);
}

enum result handle_workday(struct session *session, const Wire__Request *request,
                           Wire__Response *response, struct reply *reply)
{
    const struct workday_query query = {.date = request->workday->date,
                                        .count = request->workday->count};

    (void)response;
    return workday_answer(session->service, &session->caller, &query, reply);
}

enum result handle_audit(struct session *session, const Wire__Request *request,
                         Wire__Response *response, struct reply *reply)
{
    const Wire__Audit *audit = request->audit;
    struct audit_query query = {
        .record = audit->record,
        .officer = audit->officer,
        .since = audit->since,
        .action = audit->action,
        .limit = audit->limit,
    };
    struct sheet *sheet = NULL;
    enum result result = audit_list(session->service, &session->caller, &query, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}
