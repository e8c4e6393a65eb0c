/**
 * Handlers of the requests about officers.
 */
#include "server/answer.h"
#include "server/handlers.h"
#include "service/officers/officer.h"
#include "service/officers/session.h"

#include "base/mem.h"

#include <string.h>

static void answer_officer(Wire__Response *response, const struct reply *reply)
{
    Wire__OfficerDone *done = mem_new(sizeof *done);

    wire__officer_done__init(done);
    done->id = answer_text(reply, "id");
    done->password = answer_text(reply, "password");
    response->what_case = WIRE__RESPONSE__WHAT_OFFICER;
    response->officer = done;
}

enum result handle_officer_list(struct session *session, const Wire__Request *request,
                                Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result = officer_list(session->service, &session->caller,
                                      request->officer_list->area, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_officer_add(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply)
{
    const Wire__OfficerAdd *add = request->officer_add;
    struct officer_input input = {
        .id = add->id,
        .name = add->name,
        .role = add->role,
        .area = add->area,
        .phone = add->phone,
        .password = add->password,
        .check_only = add->check_only,
    };
    enum result result = officer_add(session->service, &session->caller, &input, reply);

    if (result == 0)
        answer_officer(response, reply);
    return result;
}

enum result handle_officer_set(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply)
{
    const Wire__OfficerSet *set = request->officer_set;
    enum result result =
        officer_set(session->service, &session->caller, set->id, set->what, set->password, reply);

    if (result == 0)
        answer_officer(response, reply);
    return result;
}

static const char *if_changed(const Wire__OfficerEdit *edit, const char *name, const char *value)
{
    for (size_t i = 0; i < edit->n_changes; i++)
        if (strcmp(edit->changes[i], name) == 0)
            return value;
    return NULL;
}

enum result handle_officer_edit(struct session *session, const Wire__Request *request,
                                Wire__Response *response, struct reply *reply)
{
    const Wire__OfficerEdit *edit = request->officer_edit;
    struct officer_input input = {
        .id = edit->id,
        .name = if_changed(edit, "name", edit->name),
        .role = if_changed(edit, "role", edit->role),
        .area = if_changed(edit, "area", edit->area),
        .phone = if_changed(edit, "phone", edit->phone),
        .end_sessions = edit->end_sessions,
    };
    enum result result = officer_edit(session->service, &session->caller, &input, reply);

    if (result == 0)
        answer_officer(response, reply);
    return result;
}
