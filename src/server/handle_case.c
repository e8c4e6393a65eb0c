/**
 * Handlers of the requests about cases.
 */
#include "server/answer.h"
#include "server/handlers.h"
#include "service/access.h"
#include "service/cases/benefit.h"
#include "service/cases/case.h"
#include "service/cases/person.h"
#include "service/lists/duplicates.h"

#include "base/mem.h"
#include "base/text.h"
#include "service/cases/draft.h"
#include "service/lists/audit.h"
#include "service/lists/case_log.h"
#include "service/lists/duplicates.h"
#include "wire/convert.h"

#include <string.h>

enum result handle_find(struct session *session, const Wire__Request *request,
                        Wire__Response *response, struct reply *reply)
{
    const Wire__Find *find = request->find;
    struct sheet *sheet = NULL;
    enum result result = find->text[0] == '\0'
                             ? person_recent(session->service, &session->caller, find->cases,
                                             find->n_cases, &sheet, reply)
                             : person_find(session->service, &session->caller, find->text,
                                           find->limit, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_benefit(struct session *session, const Wire__Request *request,
                           Wire__Response *response, struct reply *reply)
{
    const Wire__Benefit *benefit = request->benefit;
    struct benefit_query query = {
        .month = benefit->month,
        .area = benefit->area,
        .kind = benefit->kind,
        .number = benefit->number,
        .after = benefit->after,
        .differing = benefit->differing,
        .unknown = benefit->unknown,
        .explain = benefit->explain,
        .full = benefit->full,
        .limit = benefit->limit,
    };
    struct sheet *sheet = NULL;
    enum result result = benefit_list(session->service, &session->caller, &query, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_cases(struct session *session, const Wire__Request *request,
                         Wire__Response *response, struct reply *reply)
{
    const Wire__Cases *cases = request->cases;
    struct case_query query = {
        .kind = cases->kind,
        .state = wire_state_word(cases->state),
        .area = cases->area,
        .after = cases->after,
        .limit = cases->limit,
        .full = cases->full,
        .contact = cases->contact,
    };
    struct sheet *sheet = NULL;

    if (query.state == NULL)
        return reply_say(reply, RESULT_PROTOCOL, "不认识的个案状态，请升级终端程序。");
    enum result result = case_list(session->service, &session->caller, &query, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

static Wire__CaseView *make_case_view(const struct session *session, struct case_view *view)
{
    const struct form *form = forms_get(service_forms(session->service), view->kind);
    Wire__CaseView *message = mem_new(sizeof *message);

    wire__case_view__init(message);
    message->case_id = view->case_id;
    message->number = mem_copy(view->number);
    message->kind = mem_copy(view->kind);
    message->state = wire_state_of(view->state);
    message->version = view->version;
    message->person_version = view->person_version;
    message->area_name = mem_copy(view->area_name);
    message->street_name = mem_copy(service_street_name(session->service, view->area));
    wire_values_write(&view->values, &message->n_values, &message->values);
    message->duties = answer_take_sheet(&view->duties);
    message->visits = answer_take_sheet(&view->visits);
    message->reviews = answer_take_sheet(&view->reviews);
    message->other_cases = answer_take_sheet(&view->others);
    message->people = answer_take_sheet(&view->people);
    message->household = answer_take_sheet(&view->household);
    message->steps = answer_take_sheet(&view->steps);
    message->closed_on = mem_copy(view->closed_on);
    message->exit_reason = mem_copy(view->exit_reason);
    message->masked = view->masked;
    message->visitor = mem_copy(view->visitor);
    if (form != NULL) {
        message->kind_name = mem_copy(form->title);
        message->since = mem_copy(fields_get(&view->values, form->roles.since));
    }
    return message;
}

/** Says whether there is a draft of this case, so that the screen need not ask for one. */
static void note_draft(struct session *session, Wire__CaseView *view)
{
    struct fields values = {0};
    struct reply reply = {0};
    char *at = NULL;

    if (draft_get(session->service, &session->caller, view->kind, view->number, &values, &at,
                  &reply) == 0)
        view->draft_at = at;
    fields_free(&values);
    reply_free(&reply);
}

/** True if the officer may ask for it where the case is. */
static bool may_ask(const struct session *session, enum action action, const char *area)
{
    const struct caller *caller = &session->caller;

    return access_allowed(caller->role, caller->area, action, area) ||
           (access_find(action)->lent && access_allowed(caller->role, "", action, NULL));
}

/** Adds what stands on the first page of a case besides its record, so that the screen asks once. */
static void note_page(struct session *session, const struct case_view *view,
                      Wire__CaseView *message)
{
    enum { NEWEST = 3 };
    struct benefit_query query = {
        .month = "", .area = "", .kind = "", .number = view->number, .after = "", .explain = true};
    struct reply reply = {0};
    struct sheet *sheet = NULL;

    if (benefit_has(session->service, view->kind) && may_ask(session, ACTION_BENEFIT, view->area) &&
        benefit_list(session->service, &session->caller, &query, &sheet, &reply) == 0)
        message->benefit = answer_take_sheet(&sheet);
    reply_free(&reply);
    if (may_ask(session, ACTION_CASE_LOG, view->area) &&
        case_log_newest(session->service, &session->caller, view->case_id, NEWEST, &sheet,
                        &reply) == 0)
        message->log = answer_take_sheet(&sheet);
    reply_free(&reply);
}

enum result handle_case_get(struct session *session, const Wire__Request *request,
                            Wire__Response *response, struct reply *reply)
{
    const Wire__CaseGet *get = request->case_get;
    struct case_view view = {0};
    enum result result = case_get(session->service, &session->caller, get->case_id, get->number,
                                  get->open, &view, reply);

    if (result != 0)
        return result;
    response->what_case = WIRE__RESPONSE__WHAT_CASE_VIEW;
    response->case_view = make_case_view(session, &view);
    if (get->page)
        note_page(session, &view, response->case_view);
    case_view_free(&view);
    if (get->open)
        note_draft(session, response->case_view);
    return RESULT_OK;
}

enum result handle_person_get(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply)
{
    const Wire__PersonGet *get = request->person_get;
    struct person_query query = {.id_no = get->id_no, .person = get->person, .shared = get->shared};
    struct person_view known = {0};
    Wire__PersonView *view;
    enum result result = person_get(session->service, &session->caller, &query, &known, reply);

    if (result != 0)
        return result;
    view = mem_new(sizeof *view);
    wire__person_view__init(view);
    view->person = known.person;
    wire_values_write(&known.values, &view->n_values, &view->values);
    view->cases = answer_take_sheet(&known.cases);
    view->household = answer_take_sheet(&known.household);
    person_view_free(&known);
    response->what_case = WIRE__RESPONSE__WHAT_PERSON_VIEW;
    response->person_view = view;
    return RESULT_OK;
}

/** After a conflict: the other officer's values of the fields in conflict (`theirs.FIELD`). */
static void write_theirs(const struct reply *reply, Wire__CaseSaved *saved)
{
    struct fields theirs = {0};

    for (size_t i = 0; i < reply->values.count; i++) {
        const struct field *field = &reply->values.items[i];

        if (text_starts(field->name, CASE_THEIRS))
            fields_set(&theirs, field->name + strlen(CASE_THEIRS), field->value);
    }
    wire_values_write(&theirs, &saved->n_theirs, &saved->theirs);
    fields_free(&theirs);
}

static Wire__CaseSaved *make_case_saved(const struct reply *reply)
{
    Wire__CaseSaved *saved = mem_new(sizeof *saved);

    wire__case_saved__init(saved);
    saved->case_id = answer_number(reply, "case_id");
    saved->number = answer_text(reply, "number");
    saved->version = (uint32_t)answer_number(reply, "version");
    saved->person_version = (uint32_t)answer_number(reply, "person_version");
    saved->their_officer = answer_text(reply, "officer");
    write_theirs(reply, saved);
    return saved;
}

enum result handle_case_save(struct session *session, const Wire__Request *request,
                             Wire__Response *response, struct reply *reply)
{
    const Wire__CaseSave *save = request->case_save;
    struct fields values = {0};
    struct fields before = {0};
    struct case_input input = {
        .case_id = save->case_id,
        .kind = save->kind,
        .version = save->version,
        .person_version = save->person_version,
        .values = &values,
        .base = &before,
        .confirm = save->confirm,
        .proposal = save->proposal,
        .batch = "",
    };
    enum result result;

    wire_values_read(save->n_values, save->values, &values);
    wire_values_read(save->n_before, save->before, &before);
    result = case_save(session->service, &session->caller, &input, reply);
    fields_free(&values);
    fields_free(&before);
    if (result == 0 || result == RESULT_CONFLICT) {
        response->what_case = WIRE__RESPONSE__WHAT_SAVED;
        response->saved = make_case_saved(reply);
    }
    return result;
}

enum result handle_case_close(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply)
{
    const Wire__CaseClose *close = request->case_close;
    struct case_exit exit = {
        .case_id = close->case_id,
        .date = close->date,
        .reason = close->reason,
        .version = close->version,
        .person = close->person,
    };

    (void)response;
    return case_exit(session->service, &session->caller, &exit, reply);
}

enum result handle_case_reopen(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply)
{
    const Wire__CaseReopen *reopen = request->case_reopen;

    (void)response;
    return case_reopen(session->service, &session->caller, reopen->case_id, reopen->reason,
                       reopen->version, reply);
}

enum result handle_case_log(struct session *session, const Wire__Request *request,
                            Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result = case_log_list(session->service, &session->caller,
                                       request->case_log->case_id, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_duplicates(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result = duplicates_list(session->service, &session->caller,
                                         request->duplicates->area, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}
