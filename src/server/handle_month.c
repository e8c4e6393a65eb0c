/**
 * Handlers of the requests about duties: home page, lists, months, statements and excuses.
 */
#include "server/answer.h"
#include "server/handlers.h"
#include "service/ledger/excuse.h"
#include "service/ledger/month.h"
#include "service/ledger/statement.h"
#include "service/lists/board.h"
#include "service/lists/due.h"
#include "service/lists/home.h"
#include "service/lists/home_band.h"
#include "service/lists/nearly.h"
#include "service/lists/pace.h"
#include "service/lists/paper.h"
#include "service/lists/round.h"
#include "service/lists/suspicious.h"
#include "service/lists/why.h"

#include "base/mem.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

/** Adds what a large terminal has room for; without it the first screen is whole, too. */
static void add_band(struct session *session, const Wire__HomeScreen *asked, Wire__HomeView *home)
{
    struct sheet *days = NULL, *strip = NULL;
    struct reply reply = {0};

    if (asked->band && home_band_read(session->service, &session->caller, asked->month, &days,
                                      &strip, &reply) == 0) {
        home->days = answer_take_sheet(&days);
        home->strip = answer_take_sheet(&strip);
    }
    reply_free(&reply);
}

enum result handle_home(struct session *session, const Wire__Request *request,
                        Wire__Response *response, struct reply *reply)
{
    struct home_view view = {0};
    enum result result =
        home_view_read(session->service, &session->caller, request->home->month, &view, reply);
    Wire__HomeView *home;

    if (result != 0)
        return result;
    home = mem_new(sizeof *home);
    wire__home_view__init(home);
    home->figures = answer_take_sheet(&view.figures);
    home->forecast = mem_copy(view.forecast);
    home->pace = mem_copy(view.pace);
    home->urgent = mem_copy(view.urgent);
    home->due = answer_take_sheet(&view.due);
    home->reviews = answer_take_sheet(&view.reviews);
    home->alarms = answer_take_sheet(&view.alarms);
    home->drafts = answer_take_sheet(&view.drafts);
    home->excuses = answer_take_sheet(&view.excuses);
    home->proposals = answer_take_sheet(&view.proposals);
    home->streets = answer_take_sheet(&view.streets);
    home->due_total = (uint32_t)view.due_total;
    home->reviews_total = (uint32_t)view.reviews_total;
    home->streets_total = (uint32_t)view.streets_total;
    home_view_free(&view);
    add_band(session, request->home, home);
    response->what_case = WIRE__RESPONSE__WHAT_HOME;
    response->home = home;
    return RESULT_OK;
}

/** Adds the board's figures that a screen shows above its list: one request brings both. */
void handle_figures(struct session *session, const Wire__Request *request, Wire__Response *response)
{
    const Wire__Board *board = request->figures;
    struct reply reply = {0};
    struct sheet *sheet = NULL;

    if (board == NULL)
        return;
    struct board_query query = {
        .month = board->month,
        .area = board->area,
        .by = board->by,
        .kind = board->kind,
        .as_reported = board->as_reported,
    };
    if (board_list(session->service, &session->caller, &query, &sheet, &reply) == 0)
        response->figures = answer_take_sheet(&sheet);
    reply_free(&reply);
}

static struct due_place read_place(const Wire__DuePlace *from)
{
    if (from == NULL)
        return (struct due_place){.villages = "", .area = ""};
    return (struct due_place){
        .villages = from->villages,
        .area = from->area,
        .group = from->group,
        .overdue_days = from->overdue_days,
        .tier = from->tier,
        .due_on = from->due_on,
        .case_id = from->case_id,
    };
}

static Wire__DuePlace *make_place(const struct due_place *from)
{
    Wire__DuePlace *place = mem_new(sizeof *place);

    wire__due_place__init(place);
    place->villages = mem_copy(from->villages);
    place->area = mem_copy(from->area);
    place->group = from->group;
    place->overdue_days = from->overdue_days;
    place->tier = from->tier;
    place->due_on = from->due_on;
    place->case_id = from->case_id;
    return place;
}

static struct due_query read_due(const Wire__Due *due, const struct due_place *behind)
{
    return (struct due_query){
        .month = due->month,
        .area = due->area,
        .officer = due->officer,
        .kind = due->kind,
        .type = wire_duty_word(due->type),
        .behind = due->behind != NULL ? behind : NULL,
        .all = due->all,
        .open = due->open,
        .full = due->full,
        .limit = due->limit,
        .places = due->places,
    };
}

/** The list as it is, or as it goes out on paper. */
typedef enum result (*list_due_fn)(struct service *service, const struct caller *caller,
                                   const struct due_query *query, struct sheet **ret_sheet,
                                   struct due_place **ret_next, struct reply *reply);

static enum result answer_due(struct session *session, const Wire__Request *request,
                              const Wire__SheetMake *asked, list_due_fn list,
                              Wire__Response *response, struct reply *reply)
{
    static const Wire__Due whole = WIRE__DUE__INIT;
    const Wire__Due *due = asked->list != NULL ? asked->list : &whole;
    struct due_place behind = read_place(due->behind);
    struct due_place *next = NULL;
    struct due_query query = read_due(due, &behind);
    struct sheet *sheet = NULL;
    uint64_t *only = NULL;

    if (query.type == NULL)
        return reply_say(reply, RESULT_PROTOCOL, "不认识的任务类型，请升级终端程序。");
    if (asked->n_only > 0) {
        only = mem_array(asked->n_only, sizeof *only);
        memcpy(only, asked->only, asked->n_only * sizeof *only);
        due_ids_sort(only, asked->n_only);
        query.only = only;
        query.only_count = asked->n_only;
    }
    query.order = asked->order;
    query.order_count = asked->n_order;
    /* Before it is read: what changes meanwhile may be in it, and nothing that is not counted. */
    if (due->places)
        response->moves = due_list_moves(session->service, &session->caller, due->area);
    enum result result = list(session->service, &session->caller, &query, &sheet, &next, reply);

    if (result == 0)
        handle_figures(session, request, response);
    if (next != NULL)
        response->due_next = make_place(next);
    free(next);
    free(only);
    answer_sheet(response, &sheet);
    return result;
}

static enum result answer_nearly(struct session *session, const Wire__Due *due,
                                 Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result = nearly_list(session->service, &session->caller, due->area, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_due(struct session *session, const Wire__Request *request,
                       Wire__Response *response, struct reply *reply)
{
    Wire__SheetMake all = WIRE__SHEET_MAKE__INIT;

    if (request->due->nearly)
        return answer_nearly(session, request->due, response, reply);
    all.list = request->due;
    return answer_due(session, request, &all, due_list, response, reply);
}

enum result handle_sheet_make(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply)
{
    return answer_due(session, request, request->sheet_make, paper_make_sheets, response, reply);
}

enum result handle_sheet_read(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result =
        paper_read(session->service, &session->caller, request->sheet_read->sheet, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_board(struct session *session, const Wire__Request *request,
                         Wire__Response *response, struct reply *reply)
{
    const Wire__Board *board = request->board;
    struct board_query query = {
        .month = board->month,
        .area = board->area,
        .by = board->by,
        .kind = board->kind,
        .as_reported = board->as_reported,
        .suspects = board->suspects,
    };
    struct sheet *sheet = NULL;
    enum result result = board_list(session->service, &session->caller, &query, &sheet, reply);

    if (result == 0 && board->rounds)
        (void)round_say(session->service, &session->caller, board->area, reply);
    if (result == 0)
        handle_figures(session, request, response);
    answer_sheet(response, &sheet);
    return result;
}

enum result handle_trend(struct session *session, const Wire__Request *request,
                         Wire__Response *response, struct reply *reply)
{
    const Wire__Trend *trend = request->trend;
    const struct pace_query days = {trend->month, trend->area, trend->kind, trend->officer};
    struct sheet *sheet = NULL;
    enum result result = trend->month[0] != '\0'
                             ? pace_days(session->service, &session->caller, &days, &sheet, reply)
                             : board_trend(session->service, &session->caller, trend->area,
                                           trend->kind, trend->months, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_why(struct session *session, const Wire__Request *request,
                       Wire__Response *response, struct reply *reply)
{
    const Wire__Why *why = request->why;
    struct why_query query = {
        .month = why->month,
        .area = why->area,
        .kind = why->kind,
        .state = why->state,
        .officer = why->officer,
        .after = why->after,
        .as_reported = why->as_reported,
        .limit = why->limit,
    };
    struct sheet *sheet = NULL;
    enum result result = why_explain(session->service, &session->caller, &query, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_months(struct session *session, const Wire__Request *request,
                          Wire__Response *response, struct reply *reply)
{
    struct sheet *sheet = NULL;
    enum result result =
        statement_list(session->service, &session->caller, request->months->area, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_month_close(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply)
{
    (void)response;
    return month_close(session->service, &session->caller, request->month_close->month,
                       request->month_close->area, reply);
}

enum result handle_month_reopen(struct session *session, const Wire__Request *request,
                                Wire__Response *response, struct reply *reply)
{
    const Wire__MonthReopen *reopen = request->month_reopen;

    (void)response;
    return month_reopen(session->service, &session->caller, reopen->month, reopen->area,
                        reopen->reason, reply);
}

enum result handle_statement(struct session *session, const Wire__Request *request,
                             Wire__Response *response, struct reply *reply)
{
    const Wire__Statement *statement = request->statement;
    struct sheet *sheet = NULL;
    enum result result = statement_show(session->service, &session->caller, statement->month,
                                        statement->area, statement->version, &sheet, reply);

    if (result == 0)
        handle_figures(session, request, response);
    answer_sheet(response, &sheet);
    return result;
}

enum result handle_excuse_ask(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply)
{
    const Wire__ExcuseAsk *ask = request->excuse_ask;
    struct excuse_input input = {
        .case_id = ask->case_id,
        .month = ask->month,
        .reason = ask->reason,
        .from = ask->from,
        .to = ask->to,
        .note = ask->note,
    };

    (void)response;
    return excuse_ask(session->service, &session->caller, &input, reply);
}

enum result handle_excuse_decide(struct session *session, const Wire__Request *request,
                                 Wire__Response *response, struct reply *reply)
{
    const Wire__ExcuseDecide *decide = request->excuse_decide;

    (void)response;
    return excuse_decide(session->service, &session->caller, decide->case_id, decide->month,
                         decide->grant, decide->note, reply);
}

enum result handle_excuse_revoke(struct session *session, const Wire__Request *request,
                                 Wire__Response *response, struct reply *reply)
{
    const Wire__ExcuseRevoke *revoke = request->excuse_revoke;

    (void)response;
    return excuse_revoke(session->service, &session->caller, revoke->case_id, revoke->month,
                         revoke->note, reply);
}

enum result handle_suspicious(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply)
{
    const Wire__Suspicious *suspicious = request->suspicious;
    struct suspicious_query query = {
        .month = suspicious->month,
        .area = suspicious->area,
        .after = suspicious->after,
        .kind = suspicious->kind,
        .officer = suspicious->officer,
        .rate_only = suspicious->rate_only,
        .limit = suspicious->limit,
    };
    struct sheet *sheet = NULL;
    enum result result = suspicious_list(session->service, &session->caller, &query, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}
