/**
 * Handlers of the requests about visits.
 */
#include "server/answer.h"
#include "server/handlers.h"
#include "service/cases/case.h"
#include "service/ledger/visit.h"
#include "service/ledger/visit_last.h"
#include "service/lists/due.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "wire/convert.h"

#include <string.h>

static void add_credited(const char *number, void *arg)
{
    Wire__VisitDone *done = arg;

    done->credited = mem_resize(done->credited, done->n_credited + 1, sizeof(char *));
    done->credited[done->n_credited++] = mem_copy(number);
}

static Wire__Standing *make_standing(const struct figures *figures)
{
    Wire__Standing *standing = mem_new(sizeof *standing);
    char rate[RATE_TEXT];

    wire__standing__init(standing);
    standing->reached = figures->reached;
    standing->owed = figures->owed;
    standing->rate = mem_copy(rate_format(figures->reached, figures->owed, "", rate));
    return standing;
}

static Wire__VisitDone *make_visit_done(const struct reply *reply,
                                        const struct visit_change *change)
{
    Wire__VisitDone *done = mem_new(sizeof *done);

    wire__visit_done__init(done);
    text_split(fields_get(&reply->values, "credited"), add_credited, done);
    done->status = answer_text(reply, "status");
    done->done = (uint32_t)answer_number(reply, "done");
    done->need = (uint32_t)answer_number(reply, "need");
    if (change->known && change->counted) {
        done->before = make_standing(&change->before);
        done->after = make_standing(&change->after);
    }
    done->late = answer_flag(reply, "late");
    done->alarm = answer_flag(reply, "alarm");
    done->visit = answer_text(reply, "visit");
    done->raised = answer_text(reply, "raised");
    return done;
}

/** The rows of the list it was recorded from that changed. Without them the list is asked for. */
static void add_rows(struct session *session, const Wire__Due *list,
                     const struct visit_change *change, Wire__VisitDone *done)
{
    struct due_query query = {.area = list->area,
                              .officer = list->officer,
                              .kind = list->kind,
                              .all = list->all,
                              .open = list->open};
    struct sheet *sheet = NULL;
    struct reply reply = {0};

    if (change->known &&
        due_list_changed(session->service, &session->caller, &query, change, &sheet, &reply) == 0) {
        done->changed = mem_array(change->count, sizeof *done->changed);
        for (size_t i = 0; i < change->count; i++)
            done->changed[done->n_changed++] = change->items[i].duty->case_id;
        done->rows = answer_take_sheet(&sheet);
        done->moves_before = change->moves_before;
        done->moves_after = change->moves_after;
    }
    reply_free(&reply);
}

/** A list that such rows can be put into: of visits, in a month that there is. */
static bool takes_rows(const Wire__Due *list, const struct caller *caller,
                       struct visit_change *change)
{
    if (list == NULL || list->type != WIRE__DUTY_TYPE__VISIT ||
        month_parse(list->month, &change->month) != 0)
        return false;
    change->area = list->area[0] != '\0' ? list->area : caller->area;
    return true;
}

enum result handle_visit_add(struct session *session, const Wire__Request *request,
                             Wire__Response *response, struct reply *reply)
{
    const Wire__VisitAdd *add = request->visit_add;
    struct fields values = {0};
    struct visit_change change = {0};
    struct visit_input input = {
        .case_id = add->case_id,
        .id_no = add->id_no,
        .date = add->date,
        .mode = add->mode,
        .result = add->result,
        .by = add->by,
        .values = &values,
        .confirm = add->confirm,
        .refuse_double = add->refuse_double,
        .replaces = add->replaces,
        .batch = "",
        .sheet = add->sheet,
        .sheet_row = add->sheet_row,
        .change = &change,
    };
    bool listed = takes_rows(add->list, &session->caller, &change);
    enum result result;

    wire_values_read(add->n_values, add->values, &values);
    result = visit_add(session->service, &session->caller, &input, reply);
    fields_free(&values);
    if (result == 0) {
        response->what_case = WIRE__RESPONSE__WHAT_VISIT;
        response->visit = make_visit_done(reply, &change);
        if (listed)
            add_rows(session, add->list, &change, response->visit);
        handle_figures(session, request, response);
    }
    visit_change_free(&change);
    return result;
}

static void answer_view(Wire__Response *response, const struct fields *values,
                        Wire__VisitFound *found)
{
    Wire__VisitView *view = mem_new(sizeof *view);

    wire__visit_view__init(view);
    wire_values_write(values, &view->n_values, &view->values);
    view->found = found;
    response->what_case = WIRE__RESPONSE__WHAT_VISIT_VIEW;
    response->visit_view = view;
}

static enum result get_last(struct session *session, const Wire__VisitGet *get,
                            Wire__Response *response, struct reply *reply)
{
    struct visit_last last = {0};
    enum result result =
        visit_last_get(session->service, &session->caller, get->case_id, &last, reply);

    if (result != 0)
        return result;
    Wire__VisitFound *found = mem_new(sizeof *found);
    wire__visit_found__init(found);
    found->case_id = last.case_id;
    found->name = mem_copy(last.name);
    found->kind = mem_copy(last.kind);
    found->visit = mem_copy(last.visit);
    found->stood_for = mem_copy(last.stood_for);
    found->note = mem_copy(last.note == NULL ? "" : last.note);
    answer_view(response, &last.values, found);
    visit_last_free(&last);
    return RESULT_OK;
}

enum result handle_visit_get(struct session *session, const Wire__Request *request,
                             Wire__Response *response, struct reply *reply)
{
    const Wire__VisitGet *get = request->visit_get;
    struct fields values = {0};

    if (get->last)
        return get_last(session, get, response, reply);
    enum result result =
        visit_get(session->service, &session->caller, get->case_id, get->visit, &values, reply);
    if (result == 0)
        answer_view(response, &values, NULL);
    fields_free(&values);
    return result;
}

enum result handle_visit_void(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply)
{
    const Wire__VisitVoid *ask = request->visit_void;
    struct visit_change change = {0};
    struct void_input input = {
        .case_id = ask->case_id,
        .id_no = ask->id_no,
        .visit = ask->visit,
        .reason = ask->reason,
        .change = &change,
    };
    enum result result = visit_void(session->service, &session->caller, &input, reply);

    if (result == 0) {
        response->what_case = WIRE__RESPONSE__WHAT_VISIT;
        response->visit = make_visit_done(reply, &change);
    }
    visit_change_free(&change);
    return result;
}

enum result handle_visits(struct session *session, const Wire__Request *request,
                          Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result = case_visits(session->service, &session->caller, request->visits->case_id,
                                     request->visits->person, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_review_add(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply)
{
    const Wire__ReviewAdd *add = request->review_add;

    (void)response;
    return case_review(session->service, &session->caller, add->case_id, add->date, add->result,
                       add->note, reply);
}
