#include "world.h"

#include "server/handlers.h"
#include "service/keeping/standard.h"

/*
 * Every request of the protocol for every role: refused at the door where the table of rights says
 * no, let in where it says yes. Requests are empty, so that what is let in changes nothing.
 */

/** The right each request needs, written down by hand. */
static const struct {
    const char *request;
    enum action action;
} NEEDS[] = {
    {"hello", ACTION_LOGIN},
    {"login", ACTION_LOGIN},
    {"password", ACTION_PASSWORD},
    {"logout", ACTION_LOGOUT},
    {"today", ACTION_LOGIN},
    {"init", ACTION_INIT},
    {"demo", ACTION_DEMO},
    {"status", ACTION_STATUS},
    {"monitor", ACTION_MONITOR},
    {"verify", ACTION_VERIFY},
    {"clock_confirm", ACTION_CLOCK},
    {"backup", ACTION_BACKUP},
    {"export", ACTION_EXPORT},
    {"outbox", ACTION_EXPORT},
    {"outbox_note", ACTION_EXPORT},
    {"receipts", ACTION_EXPORT},
    {"home", ACTION_HOME},
    {"due", ACTION_DUE},
    {"board", ACTION_BOARD},
    {"why", ACTION_WHY},
    {"suspicious", ACTION_SUSPICIOUS},
    {"duplicates", ACTION_DUPLICATES},
    {"merge_ask", ACTION_MERGE_ASK},
    {"merge_decide", ACTION_MERGE_DECIDE},
    {"merge_sides", ACTION_DUPLICATES},
    {"merges", ACTION_DUPLICATES},
    {"upcoming", ACTION_UPCOMING},
    {"leads", ACTION_LEAD_LIST},
    {"lead_act", ACTION_LEAD_ACT},
    {"lead_counts", ACTION_LEAD_LIST},
    {"months", ACTION_STATEMENT},
    {"month_close", ACTION_MONTH_CLOSE},
    {"month_reopen", ACTION_MONTH_REOPEN},
    {"statement", ACTION_STATEMENT},
    {"excuse_ask", ACTION_EXCUSE_ASK},
    {"excuse_decide", ACTION_EXCUSE_DECIDE},
    {"excuse_revoke", ACTION_EXCUSE_DECIDE},
    {"trend", ACTION_BOARD},
    {"visit_add", ACTION_VISIT_ADD},
    {"visit_get", ACTION_CASE_LIST},
    {"visit_void", ACTION_VISIT_VOID},
    {"visits", ACTION_CASE_LIST},
    {"review_add", ACTION_REVIEW_ADD},
    {"alarm_get", ACTION_ALARM_LIST},
    {"alarm_take", ACTION_ALARM_TAKE},
    {"alarm_finish", ACTION_ALARM_DONE},
    {"alarm_list", ACTION_ALARM_LIST},
    {"find", ACTION_FIND},
    {"cases", ACTION_CASE_LIST},
    {"case_get", ACTION_CASE_LIST},
    {"person_get", ACTION_CASE_OPEN},
    {"case_save", ACTION_CASE_SAVE},
    {"case_close", ACTION_CASE_CLOSE},
    {"case_reopen", ACTION_CASE_REOPEN},
    {"proposal_put", ACTION_CASE_DRAFT},
    {"proposal_list", ACTION_CASE_DRAFT},
    {"proposal_get", ACTION_CASE_OPEN},
    {"proposal_return", ACTION_CASE_SAVE},
    {"proposal_withdraw", ACTION_CASE_DRAFT},
    {"step_list", ACTION_STEP_LIST},
    {"step_do", ACTION_STEP_DO},
    {"step_log", ACTION_STEP_LIST},
    {"step_notice", ACTION_STEP_LIST},
    {"step_refused", ACTION_STEP_LIST},
    {"step_noticed", ACTION_STEP_DO},
    {"step_public", ACTION_STEP_LIST},
    {"case_log", ACTION_CASE_LOG},
    {"import_open", ACTION_IMPORT},
    {"import_rows", ACTION_IMPORT},
    {"import_end", ACTION_IMPORT},
    {"import_undo", ACTION_IMPORT},
    {"import_fields", ACTION_IMPORT},
    {"printed", ACTION_PRINT},
    {"history", ACTION_HISTORY},
    {"draft_put", ACTION_DRAFT},
    {"draft_get", ACTION_DRAFT},
    {"draft_drop", ACTION_DRAFT},
    {"areas", ACTION_AREAS},
    {"area_change", ACTION_AREA_CHANGE},
    {"area_undo", ACTION_AREA_CHANGE},
    {"area_changes", ACTION_AREA_CHANGE},
    {"area_import", ACTION_AREA_CHANGE},
    {"officer_list", ACTION_OFFICER_LIST},
    {"officer_add", ACTION_OFFICER_EDIT},
    {"officer_set", ACTION_OFFICER_EDIT},
    {"officer_edit", ACTION_OFFICER_EDIT},
    {"standard_list", ACTION_STANDARD_LIST},
    {"standard_names", ACTION_STANDARD_LIST},
    {"standard_set", ACTION_STANDARD_SET},
    {"standard_decide", ACTION_STANDARD_CONFIRM},
    {"standard_try", ACTION_STANDARD_TRY},
    {"benefit", ACTION_BENEFIT},
    {"audit", ACTION_AUDIT},
    {"sheet_make", ACTION_SHEET_MAKE},
    {"sheet_read", ACTION_SHEET_READ},
    {"ingest", ACTION_INGEST},
    {"overlaps", ACTION_OVERLAP},
    {"senders", ACTION_SENDERS},
    {"sender_reset", ACTION_SENDER_RESET},
    {"workday", ACTION_WORKDAY},
    {"yield", ACTION_LOGIN},
    {"round_list", ACTION_ROUND_LIST},
    {"round_make", ACTION_ROUND_MAKE},
    {"round_end", ACTION_ROUND_MAKE},
    {"round_show", ACTION_ROUND_LIST},
    {"leave_list", ACTION_LEAVE_LIST},
    {"leave_make", ACTION_LEAVE_ENTER},
    {"leave_end", ACTION_LEAVE_ENTER},
    {"takeover", ACTION_TAKEOVER},
    {"spotcheck_draw", ACTION_SPOTCHECK_DRAW},
    {"spotcheck_list", ACTION_SPOTCHECK_LIST},
    {"spotcheck_show", ACTION_SPOTCHECK_LIST},
    {"spotcheck_enter", ACTION_SPOTCHECK_ENTER},
    {"indicator_list", ACTION_FIGURE_LIST},
    {"indicator_names", ACTION_FIGURE_LIST},
    {"indicator_enter", ACTION_FIGURE_ENTER},
    {"dibao_form", ACTION_FIGURE_LIST},
    {"payroll_make", ACTION_PAYROLL_MAKE},
    {"payroll_list", ACTION_PAYROLL_LIST},
    {"payroll_show", ACTION_PAYROLL_LIST},
    {"payroll_check", ACTION_PAYROLL_LIST},
    {"payroll_confirm", ACTION_PAYROLL_CONFIRM},
    {"payroll_export", ACTION_PAYROLL_EXPORT},
    {"payroll_returns", ACTION_PAYROLL_RETURNS},
    {"overpaid", ACTION_PAYROLL_LIST},
    {"payroll_raises", ACTION_PAYROLL_LIST},
    {"payroll_decide", ACTION_PAYROLL_MAKE},
    {"payroll_settle", ACTION_PAYROLL_CONFIRM},
    {"payroll_identify", ACTION_PAYROLL_RETURNS},
};

static void every_request_has_its_right(void **state)
{
    const ProtobufCMessageDescriptor *protocol = &wire__request__descriptor;
    size_t requests = 0;

    (void)state;
    for (unsigned i = 0; i < protocol->n_fields; i++)
        requests += (protocol->fields[i].flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0;
    assert_int_equal(requests, COUNT(NEEDS));
    for (size_t i = 0; i < COUNT(NEEDS); i++) {
        const ProtobufCFieldDescriptor *field =
            protobuf_c_message_descriptor_get_field_by_name(protocol, NEEDS[i].request);
        if (field == NULL)
            fail_msg("no request %s", NEEDS[i].request);
        const struct handler *handler =
            dispatch_find_handler(&HANDLERS, (Wire__Request__WhatCase)field->id);
        if (handler == NULL || handler->action != NEEDS[i].action)
            fail_msg("%s", NEEDS[i].request);
    }
}

struct door {
    struct world world;
    struct session session;
    unsigned entered; /**< handlers that ran */
};

static struct door door;

static enum result count_entry(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply)
{
    (void)session;
    (void)request;
    (void)response;
    (void)reply;
    door.entered++;
    return RESULT_OK;
}

/** Sends an empty request of the kind; returns how it was answered. */
static uint32_t knock(const struct handler *handler)
{
    const struct handler row = {handler->what, handler->name, handler->action, count_entry};
    const struct handler_table table = {.rows = &row, .count = 1};
    /* Number 7 of a request, and a message of no bytes as the field. */
    uint8_t bytes[8] = {0x08, 7};
    uint32_t tag = (uint32_t)handler->what << 3 | 2;
    size_t length = 2;
    uint8_t *answer;
    size_t answered;

    for (; tag > 0x7f; tag >>= 7)
        bytes[length++] = (uint8_t)(tag | 0x80);
    bytes[length++] = (uint8_t)tag;
    bytes[length++] = 0;
    dispatch_frame(&door.session, &table, bytes, length, &answer, &answered);
    Wire__Response *response = wire__response__unpack(NULL, answered, answer);
    assert_non_null(response);
    uint32_t result = response->result;
    wire__response__free_unpacked(response, NULL);
    free(answer);
    return result;
}

static uint32_t expected(enum role role, enum action action)
{
    const struct access_action *row = access_find(action);
    bool collects = door.world.service->collects;

    if (!access_allowed(role, STREET, action, NULL))
        return role == ROLE_NONE ? RESULT_LOGIN : RESULT_DENIED;
    if (row->at_source && collects)
        return RESULT_DENIED;
    return row->collecting && !collects ? RESULT_USAGE : RESULT_OK;
}

static void walk_to_the_door(void)
{
    for (int role = ROLE_NONE; role < ROLE_COUNT_; role++) {
        for (size_t i = 0; i < HANDLERS.count; i++) {
            const struct handler *handler = &HANDLERS.rows[i];
            unsigned entered = door.entered;
            uint32_t result, right = expected((enum role)role, handler->action);
            door.session = (struct session){
                .service = door.world.service,
                .caller = caller_of((enum role)role, STREET),
                .greeted = handler->what != WIRE__REQUEST__WHAT_HELLO,
            };
            result = knock(handler);
            if (result != right || door.entered - entered != (right == 0))
                fail_msg("%s: %s", access_role_name((enum role)role), handler->name);
        }
    }
}

/** In a home of its own, and in one that takes in the data of others. */
static void every_role_meets_every_request_at_the_door(void **state)
{
    (void)state;
    world_make(&door.world, "2026-11-05");
    walk_to_the_door();
    door.world.service->collects = true;
    walk_to_the_door();
    world_remove(&door.world);
}

static enum result count_refusal(const Rec__Event *event, void *arg)
{
    *(unsigned *)arg += event->result == RESULT_DENIED && strcmp(event->action, "audit") == 0;
    return RESULT_OK;
}

static enum result count_refusals(struct txn *txn, void *arg)
{
    return store_event_scan(txn, count_refusal, arg);
}

static void who_is_refused_at_the_door_is_on_record(void **state)
{
    unsigned refusals = 0;

    (void)state;
    world_make(&door.world, "2026-11-05");
    door.session = (struct session){
        .service = door.world.service,
        .caller = caller_of(ROLE_VILLAGE, VILLAGE),
        .greeted = true,
    };
    assert_int_equal(knock(dispatch_find_handler(&HANDLERS, WIRE__REQUEST__WHAT_AUDIT)),
                     RESULT_DENIED);
    run_ok(door.world.service->store, STORE_READ, count_refusals, &refusals);
    assert_int_equal(refusals, 1);
    world_remove(&door.world);
}

static enum result count_opening(const Rec__Event *event, void *arg)
{
    *(unsigned *)arg += strcmp(event->action, "case.open") == 0;
    return RESULT_OK;
}

static enum result count_openings(struct txn *txn, void *arg)
{
    *(unsigned *)arg = 0;
    return store_event_scan(txn, count_opening, arg);
}

/** Opens a case through the real handlers; whether it was shown. */
static bool open_case(uint64_t number, uint64_t case_id)
{
    Wire__CaseGet get = WIRE__CASE_GET__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    uint8_t bytes[64], *answer;
    size_t answered;

    get.case_id = case_id;
    get.open = true;
    request.number = number;
    request.what_case = WIRE__REQUEST__WHAT_CASE_GET;
    request.case_get = &get;
    dispatch_frame(&door.session, &HANDLERS, bytes, wire__request__pack(&request, bytes), &answer,
                   &answered);
    Wire__Response *response = wire__response__unpack(NULL, answered, answer);
    bool shown = response->what_case == WIRE__RESPONSE__WHAT_CASE_VIEW;
    assert_true(shown == (response->result == 0));
    wire__response__free_unpacked(response, NULL);
    free(answer);
    return shown;
}

/** What was not recorded is not shown, whatever the number says. */
static void a_used_number_opens_nothing_unrecorded(void **state)
{
    static const uint64_t numbers[] = {7, 7, 7, 3, 0, 0, 7, UINT64_MAX, UINT64_MAX, 8};
    unsigned openings = 0;

    (void)state;
    world_make(&door.world, "2026-11-05");
    Rec__Case record = new_case(5, "tanfang", VILLAGE, on("2026-11-01"));
    uint64_t case_id = put_case(&door.world, &record);
    door.session = (struct session){
        .service = door.world.service,
        .caller = caller_of(ROLE_STREET, STREET),
        .greeted = true,
    };
    for (unsigned i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        assert_true(open_case(numbers[i], case_id));
        run_ok(door.world.service->store, STORE_READ, count_openings, &openings);
        assert_int_equal(openings, i + 1);
    }
    world_remove(&door.world);
}

/** The session has said nothing for so many minutes; how it is answered then. */
static uint32_t knock_after(int64_t minutes, Wire__Request__WhatCase what)
{
    door.session.asked = session_clock() - minutes * 60 * 1000;
    return knock(dispatch_find_handler(&HANDLERS, what));
}

static void greet(bool by_password)
{
    door.session = (struct session){
        .service = door.world.service,
        .caller = caller_of(ROLE_STREET, STREET),
        .greeted = true,
    };
    door.session.caller.by_password = by_password;
}

static void a_silent_session_asks_for_the_password_again(void **state)
{
    struct standard_input longer = {
        .name = "锁屏分钟", .from = "2026-11-01", .value = "20", .source = "内部规定"};

    (void)state;
    world_make(&door.world, "2026-11-05");
    greet(true);
    assert_int_equal(knock_after(10, WIRE__REQUEST__WHAT_HOME), RESULT_OK);
    assert_int_equal(knock_after(11, WIRE__REQUEST__WHAT_HOME), RESULT_LOGIN);
    assert_int_equal(knock_after(0, WIRE__REQUEST__WHAT_HOME), RESULT_LOGIN); /* it stays so */
    assert_int_equal(knock_after(0, WIRE__REQUEST__WHAT_LOGOUT), RESULT_OK);
    greet(true);
    assert_int_equal(knock_after(11, WIRE__REQUEST__WHAT_LOGIN),
                     RESULT_OK); /* to be tried, not to be in */
    assert_int_equal(knock_after(0, WIRE__REQUEST__WHAT_HOME), RESULT_LOGIN);
    greet(false); /* the owner of the home has no password to be asked for */
    assert_int_equal(knock_after(600, WIRE__REQUEST__WHAT_HOME), RESULT_OK);
    assert_ok(standard_set(door.world.service, &door.world.system, &longer, &door.world.reply));
    greet(true);
    assert_int_equal(knock_after(20, WIRE__REQUEST__WHAT_HOME), RESULT_OK);
    assert_int_equal(knock_after(21, WIRE__REQUEST__WHAT_HOME), RESULT_LOGIN);
    world_remove(&door.world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_request_has_its_right),
        cmocka_unit_test(every_role_meets_every_request_at_the_door),
        cmocka_unit_test(who_is_refused_at_the_door_is_on_record),
        cmocka_unit_test(a_used_number_opens_nothing_unrecorded),
        cmocka_unit_test(a_silent_session_asks_for_the_password_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
