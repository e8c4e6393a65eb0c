/*
 * What is taken back, raised and closed, as requests of the protocol: from the frame to the answer.
 */
#include "alarm_fixture.h"

#include "server/handlers.h"
#include "server/session.h"
#include "wire/convert.h"

#define TEXT(text) ((char[]){text})

static uint64_t numbers; /* of requests, which rise */

/** Sends a request as the caller; the response is the test's. */
static Wire__Response *ask(struct fixture *fixture, const struct caller *caller,
                           Wire__Request *request)
{
    struct session session = {.service = fixture->service, .caller = *caller, .greeted = true};
    uint8_t *answer = NULL;
    size_t answered = 0;

    request->number = ++numbers;
    size_t length = wire__request__get_packed_size(request);
    uint8_t *frame = mem_new(length);
    wire__request__pack(request, frame);
    dispatch_frame(&session, &HANDLERS, frame, length, &answer, &answered);
    Wire__Response *response = wire__response__unpack(NULL, answered, answer);
    assert_non_null(response);
    free(answer);
    free(frame);
    return response;
}

static void expect_result(Wire__Response **response, enum result result)
{
    if ((*response)->result != result)
        fail_msg("%s: %s", result_name((enum result)(*response)->result), (*response)->message);
    wire__response__free_unpacked(*response, NULL);
    *response = NULL;
}

static Wire__Response *get_alarm(struct fixture *fixture, const struct caller *caller, uint64_t id)
{
    Wire__AlarmGet get = WIRE__ALARM_GET__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    get.alarm = id;
    request.what_case = WIRE__REQUEST__WHAT_ALARM_GET;
    request.alarm_get = &get;
    return ask(fixture, caller, &request);
}

/** Records a visit that found something; what the answer says of it. */
static void record_finding(struct fixture *fixture, uint64_t elder)
{
    Wire__VisitAdd add = WIRE__VISIT_ADD__INIT;
    Wire__Value finding = WIRE__VALUE__INIT;
    Wire__Value *values[] = {&finding};
    Wire__Request request = WIRE__REQUEST__INIT;

    finding.name = TEXT("s_gas");
    finding.value = TEXT("异常");
    add.case_id = elder;
    add.date = TEXT("2026-11-23");
    add.mode = TEXT("上门");
    add.result = TEXT("成功");
    add.by = TEXT("刘洋");
    add.n_values = 1;
    add.values = values;
    add.confirm = true;
    request.what_case = WIRE__REQUEST__WHAT_VISIT_ADD;
    request.visit_add = &add;
    Wire__Response *response = ask(fixture, &fixture->village, &request);
    assert_int_equal(response->what_case, WIRE__RESPONSE__WHAT_VISIT);
    assert_string_equal(response->visit->raised, "11-23 探访发现异常：燃气安全异常");
    expect_result(&response, RESULT_OK);
}

static void take(struct fixture *fixture, const struct caller *caller, uint64_t id,
                 enum result expected)
{
    Wire__AlarmTake take = WIRE__ALARM_TAKE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    take.alarm = id;
    request.what_case = WIRE__REQUEST__WHAT_ALARM_TAKE;
    request.alarm_take = &take;
    Wire__Response *response = ask(fixture, caller, &request);
    expect_result(&response, expected);
}

static void finish(struct fixture *fixture, const struct caller *caller, uint64_t id, char *note,
                   enum result expected)
{
    Wire__AlarmFinish finish = WIRE__ALARM_FINISH__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    finish.alarm = id;
    finish.note = note;
    request.what_case = WIRE__REQUEST__WHAT_ALARM_FINISH;
    request.alarm_finish = &finish;
    Wire__Response *response = ask(fixture, caller, &request);
    if (expected == RESULT_INVALID)
        assert_string_equal(response->problems[0]->field, "note");
    expect_result(&response, expected);
}

static void expect_list(struct fixture *fixture, const struct caller *caller, char *area,
                        size_t rows, enum result expected)
{
    Wire__AlarmList list = WIRE__ALARM_LIST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    list.area = area;
    request.what_case = WIRE__REQUEST__WHAT_ALARM_LIST;
    request.alarm_list = &list;
    Wire__Response *response = ask(fixture, caller, &request);
    if (expected == 0) {
        struct sheet *sheet = wire_sheet_read(response->sheet);
        assert_int_equal(sheet->row_count, rows);
        sheet_free(&sheet);
    }
    expect_result(&response, expected);
}

static void test_alarms(void **state)
{
    struct fixture *fixture = *state;
    struct caller neighbour = fixture->village;
    uint64_t elder = elder_add(fixture, &(struct elder){0});

    snprintf(neighbour.area, sizeof neighbour.area, VILLAGE2);
    record_finding(fixture, elder);
    uint64_t id = alarm_at(fixture, 0);
    Wire__Response *response = get_alarm(fixture, &fixture->village, id);
    assert_int_equal(response->what_case, WIRE__RESPONSE__WHAT_ALARM_VIEW);
    const Wire__AlarmView *view = response->alarm_view;
    assert_string_equal(view->what, "紧急情况");
    assert_string_equal(view->state, "open");
    assert_string_equal(view->name, "王桂兰");
    assert_string_equal(view->area_name, "团结社区");
    assert_string_equal(view->text, "11-23 探访发现异常：燃气安全异常");
    assert_string_equal(view->visit, "2026-11-23 上门 成功 刘洋");
    assert_string_equal(view->clock, "还剩 24 小时");
    assert_string_equal(view->taken, "");
    assert_int_equal(view->case_id, elder);
    assert_true(view->may_take && view->may_finish);
    expect_result(&response, RESULT_OK);
    response = get_alarm(fixture, &neighbour, id);
    expect_result(&response, RESULT_DENIED);
    response = get_alarm(fixture, &fixture->village, 99);
    expect_result(&response, RESULT_NOTFOUND);

    expect_list(fixture, &fixture->county, TEXT(STREET), 1, RESULT_OK);
    expect_list(fixture, &fixture->street, TEXT(OTHER_STREET), 0, RESULT_DENIED);
    expect_list(fixture, &neighbour, TEXT(""), 0, RESULT_OK);
    take(fixture, &fixture->other_street, id, RESULT_DENIED);
    take(fixture, &fixture->county, id, RESULT_DENIED);
    take(fixture, &fixture->village, id, RESULT_OK);
    finish(fixture, &neighbour, id, TEXT(NOTE), RESULT_DENIED);
    finish(fixture, &fixture->village, id, TEXT(""), RESULT_INVALID);
    finish(fixture, &fixture->village, id, TEXT(NOTE), RESULT_OK);
    finish(fixture, &fixture->village, id, TEXT(NOTE), RESULT_CLOSED);
    expect_list(fixture, &fixture->county, TEXT(STREET), 0, RESULT_OK);
    response = get_alarm(fixture, &fixture->street, id);
    assert_string_equal(response->alarm_view->state, "done");
    assert_string_equal(response->alarm_view->note, NOTE);
    assert_false(response->alarm_view->may_take || response->alarm_view->may_finish);
    expect_result(&response, RESULT_OK);
}

static void test_voiding(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});
    Wire__VisitVoid ask_void = WIRE__VISIT_VOID__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    record_finding(fixture, elder);
    ask_void.case_id = elder;
    ask_void.visit = TEXT("2026-11-23:0");
    ask_void.reason = TEXT("登错人");
    request.what_case = WIRE__REQUEST__WHAT_VISIT_VOID;
    request.visit_void = &ask_void;
    Wire__Response *response = ask(fixture, &fixture->other_street, &request);
    expect_result(&response, RESULT_DENIED);
    response = ask(fixture, &fixture->village, &request); /* who recorded it */
    assert_int_equal(response->what_case, WIRE__RESPONSE__WHAT_VISIT);
    assert_int_equal(response->visit->done, 0);
    assert_int_equal(response->visit->need, 1);
    assert_int_equal(response->visit->before->reached, 1);
    assert_int_equal(response->visit->before->owed, 1);
    assert_string_equal(response->visit->before->rate, "100.0");
    assert_int_equal(response->visit->after->reached, 0);
    assert_int_equal(response->visit->after->owed, 1);
    assert_string_equal(response->visit->after->rate, "0.0");
    expect_result(&response, RESULT_OK);
    response = ask(fixture, &fixture->village, &request);
    expect_result(&response, RESULT_CONFLICT);
    expect_list(fixture, &fixture->street, TEXT(""), 0, RESULT_OK);
}

static uint64_t add_couple(struct fixture *fixture)
{
    struct fields values = {0};
    char id_no[19];
    static const char *const members[][4] = {
        {"members.0.name", "members.0.id_no", "members.0.m_rel", "members.0.m_cov"},
        {"members.1.name", "members.1.id_no", "members.1.m_rel", "members.1.m_cov"},
    };

    fields_set(&values, "area", VILLAGE);
    fields_set(&values, "income", "900");
    fields_set(&values, "from_m", "2026-01");
    for (size_t i = 0; i < COUNT(members); i++) {
        fields_set(&values, members[i][0], i == 0 ? "甲" : "乙");
        fields_set(&values, members[i][1], fixture_id_no(fixture, id_no));
        fields_set(&values, members[i][2], i == 0 ? "户主" : "配偶");
        fields_set(&values, members[i][3], "是");
    }
    assert_result(case_new(fixture, &fixture->street, "dibao", &values), RESULT_OK);
    fields_free(&values);
    return strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
}

/* The case says who its people are, and the closing whom it is about. */
static void test_deaths(void **state)
{
    struct fixture *fixture = *state;
    uint64_t household = add_couple(fixture);
    Wire__CaseGet get = WIRE__CASE_GET__INIT;
    Wire__CaseClose close = WIRE__CASE_CLOSE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    get.case_id = household;
    request.what_case = WIRE__REQUEST__WHAT_CASE_GET;
    request.case_get = &get;
    Wire__Response *response = ask(fixture, &fixture->street, &request);
    struct sheet *people = wire_sheet_read(response->case_view->people);
    assert_int_equal(people->row_count, 2);
    assert_string_equal(sheet_get(people, 1, "name"), "乙");
    assert_string_equal(sheet_get(people, 1, "relation"), "配偶");
    assert_string_equal(sheet_get(people, 1, "covered"), "是");
    assert_string_equal(sheet_get(people, 1, "death"), "");
    close.case_id = household;
    close.version = response->case_view->version;
    expect_result(&response, RESULT_OK);

    close.date = TEXT("2026-11-10");
    close.reason = TEXT("死亡");
    request.what_case = WIRE__REQUEST__WHAT_CASE_CLOSE;
    request.case_close = &close;
    response = ask(fixture, &fixture->street, &request);
    assert_string_equal(response->problems[0]->field, "person");
    expect_result(&response, RESULT_INVALID);
    close.person = strtoull(sheet_get(people, 1, "person_id"), NULL, 10);
    sheet_free(&people);
    response = ask(fixture, &fixture->village, &request);
    expect_result(&response, RESULT_DENIED);
    response = ask(fixture, &fixture->other_street, &request);
    expect_result(&response, RESULT_DENIED);
    response = ask(fixture, &fixture->street, &request);
    expect_result(&response, RESULT_OK);
    expect_home(fixture, &fixture->street,
                "亡故待办 乙 已于 2026-11-10 死亡，仍在低保保障，请办理\n");
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_alarms),
        TEST(test_voiding),
        TEST(test_deaths),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
