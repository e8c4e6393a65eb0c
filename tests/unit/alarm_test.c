/*
 * 紧急情况: what a visit finds, on whose first screen it stands, how it ends, and what does not end it.
 */
#include "alarm_fixture.h"

#include "base/str.h"
#include "service/keeping/standard.h"
#include "service/keeping/status.h"
#include "service/ledger/alarm_raise.h"
#include "service/lists/case_log.h"

static const char *raised(struct fixture *fixture)
{
    return fields_get(&fixture->reply.values, "raised");
}

static void test_clock(void **state)
{
    enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };
    static const struct {
        int64_t left;
        const char *words;
    } cases[] = {
        {24 * HOUR, "还剩 24 小时"},
        {24 * HOUR - 1, "还剩 24 小时"},
        {23 * HOUR, "还剩 23 小时"},
        {HOUR + 1, "还剩 2 小时"},
        {HOUR, "还剩 1 小时"},
        {HOUR - 1, "还剩 60 分钟"},
        {20 * MINUTE, "还剩 20 分钟"},
        {1, "还剩 1 分钟"},
        {0, "还剩 1 分钟"},
        {-1, "已超 1 分钟"},
        {-HOUR + 1, "已超 59 分钟"},
        {-HOUR, "已超 1 小时"},
        {-3 * HOUR - MINUTE, "已超 3 小时"},
        {-71 * HOUR, "已超 71 小时"},
        {-3 * DAY, "已超 3 天"},
        {-4 * DAY + 1, "已超 3 天"},
        {30 * DAY, "还剩 30 天"},
    };
    char words[ALARM_CLOCK];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(alarm_clock_words(1000000000 + cases[i].left, 1000000000, words),
                            cases[i].words);
    assert_string_equal(alarm_clock_words(0, 1000000000, words), "");
}

/* The form says what raises one (forms/visit_elder.yaml, tests/unit/form_test.c); nothing else does. */
static void test_raises(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});

    visit(fixture, &fixture->village, elder, "2026-11-22", FINE, NULL);
    assert_string_equal(raised(fixture), "");
    expect_home(fixture, &fixture->village, "");
    visit(fixture, &fixture->village, elder, "2026-11-23", ILL, NULL);
    assert_string_equal(raised(fixture), "11-23 探访发现异常：健康异常；现场处置：已联系家属");
    assert_non_null(strstr(fixture->reply.message, "有异常，已列入紧急情况"));
    expect_verified(fixture, NULL);
}

/* Village, street and chief of the place; nobody else, and from above only how many. */
static void test_first_screens(void **state)
{
    struct fixture *fixture = *state;
    struct caller neighbour = fixture->village;
    uint64_t elder = elder_add(fixture, &(struct elder){0});
    const char *line = "紧急情况 还剩 24 小时 王桂兰（团结社区）11-23 探访发现异常：燃气安全异常\n";

    snprintf(neighbour.area, sizeof neighbour.area, VILLAGE2);
    visit(fixture, &fixture->village, elder, "2026-11-23", GAS, NULL);
    expect_home(fixture, &fixture->village, line);
    expect_home(fixture, &fixture->street, line);
    expect_home(fixture, &fixture->chief, line);
    expect_home(fixture, &neighbour, "");
    expect_home(fixture, &fixture->other_street, "");
    expect_home(fixture, &fixture->other_chief, "");
    expect_home(fixture, &fixture->county, "紧急情况 胜利街道 1 件未办结\n");
    fixture_today(fixture, "2026-11-25");
    expect_home(fixture, &fixture->county, "紧急情况 胜利街道 1 件未办结，其中 1 件超时\n");
}

/* The clock that runs out first, whichever began first; before the attempts in vain. */
static void test_order(void **state)
{
    static const struct standard_input hours[] = {
        {.name = "紧急处置时限", .from = "2026-11-23", .value = "60", .source = "街道规定"},
        {.name = "紧急处置时限", .from = "2026-11-24", .value = "12", .source = "街道规定"},
    };
    struct fixture *fixture = *state;
    uint64_t one = elder_add(fixture, &(struct elder){.name = "甲老"});
    uint64_t two = elder_add(fixture, &(struct elder){.name = "乙老", .area = VILLAGE2});
    uint64_t three = elder_add(fixture, &(struct elder){.name = "丙老"});

    for (size_t i = 0; i < COUNT(hours); i++)
        assert_result(
            standard_set(fixture->service, &fixture->system, &hours[i], fixture_clear(fixture)),
            RESULT_OK);
    for (int i = 0; i < 3; i++)
        visit_expect(fixture, three, "2026-11-23", "上门", "拒访", RESULT_OK);
    visit(fixture, &fixture->street, one, "2026-11-23", GAS, NULL);
    fixture_today(fixture, "2026-11-24");
    visit(fixture, &fixture->street, two, "2026-11-24", GAS, NULL);
    fixture_today(fixture, "2026-11-25");
    char *text = home_text(fixture, &fixture->chief);
    char *first = strstr(text, "已超 12 小时 乙老（旌旗社区）");
    char *second = strstr(text, "还剩 12 小时 甲老（团结社区）");
    char *third = strstr(text, "丙老（团结社区）本月 3 次未见到");
    if (first == NULL || second == NULL || third == NULL || first > second || second > third)
        fail_msg("%s", text);
    free(text);
}

/* Somebody in two programmes is one person whom nobody met. */
static void test_one_line_a_person(void **state)
{
    struct fixture *fixture = *state;
    struct fields tekun = {0};
    char id_no[19];

    fixture_id_no(fixture, id_no);
    uint64_t elder = elder_add(fixture, &(struct elder){.name = "丙老", .id_no = id_no});
    uint64_t other = elder_add(fixture, &(struct elder){.name = "丁老"});
    fields_set(&tekun, "person.name", "丙老");
    fields_set(&tekun, "person.id_no", id_no);
    fields_set(&tekun, "tk_kind", "老年人");
    fields_set(&tekun, "mode", "分散");
    fields_set(&tekun, "wish", "否");
    fields_set(&tekun, "from_m", "2026-01");
    assert_result(case_new(fixture, &fixture->street, "tekun", &tekun), RESULT_OK);
    fields_free(&tekun);
    for (int i = 0; i < 3; i++) {
        visit_expect(fixture, elder, "2026-11-23", "上门", "拒访", RESULT_OK);
        visit_expect(fixture, other, "2026-11-23", "上门", "拒访", RESULT_OK);
    }
    char *text = home_text(fixture, &fixture->street);
    const char *first = strstr(text, "丙老");
    if (first == NULL || strstr(first + 1, "丙老") != NULL ||
        strstr(text, "丁老（团结社区）本月 3 次未见到，请尽快") == NULL ||
        (strstr(text, "丙老（团结社区）本月 3 次未见到（探访、特困），请尽快") == NULL &&
         strstr(text, "丙老（团结社区）本月 3 次未见到（特困、探访），请尽快") == NULL))
        fail_msg("%s", text);
    free(text);
}

static void test_hours_are_a_parameter(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});
    struct standard_input hours = {
        .name = "紧急处置时限", .from = "2026-11-01", .value = "2", .source = "街道规定"};

    assert_result(standard_set(fixture->service, &fixture->system, &hours, fixture_clear(fixture)),
                  RESULT_OK);
    visit(fixture, &fixture->street, elder, "2026-11-23", GAS, NULL);
    expect_home(fixture, &fixture->chief,
                "紧急情况 还剩 2 小时 王桂兰（团结社区）11-23 探访发现异常：燃气安全异常\n");
}

/* Taking and finishing: those of the place who work in the field. */
static void test_rights(void **state)
{
    struct fixture *fixture = *state;
    struct caller neighbour = fixture->village;
    uint64_t elder = elder_add(fixture, &(struct elder){0});

    snprintf(neighbour.area, sizeof neighbour.area, VILLAGE2);
    const struct {
        const char *who;
        const struct caller *caller;
        bool sees, acts;
    } cases[] = {
        {"village", &fixture->village, true, true},
        {"street", &fixture->street, true, true},
        {"chief", &fixture->chief, true, true},
        {"another village", &neighbour, false, false},
        {"another street", &fixture->other_street, false, false},
        {"another chief", &fixture->other_chief, false, false},
        {"county", &fixture->county, true, false},
        {"auditor", &fixture->auditor, false, false},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct alarm_view view = {0};
        visit(fixture, &fixture->village, elder, "2026-11-23", GAS, NULL);
        uint64_t id = alarm_at(fixture, 0);
        enum result seen =
            alarm_get(fixture->service, cases[i].caller, id, &view, fixture_clear(fixture));
        if ((seen == 0) != cases[i].sees || view.may_take != cases[i].acts ||
            view.may_finish != cases[i].acts)
            fail_msg("%s: %s", cases[i].who, result_name(seen));
        alarm_view_free(&view);
        enum result result = cases[i].acts ? RESULT_OK : RESULT_DENIED;
        assert_result(alarm_take(fixture->service, cases[i].caller, id, fixture_clear(fixture)),
                      result);
        assert_result(
            alarm_finish(fixture->service, cases[i].caller, id, NOTE, fixture_clear(fixture)),
            result);
        if (!cases[i].acts) /* make room for the next */
            assert_result(
                alarm_finish(fixture->service, &fixture->chief, id, NOTE, fixture_clear(fixture)),
                RESULT_OK);
    }
}

static void expect_steps_in_log(struct fixture *fixture, uint64_t elder)
{
    struct sheet *log = NULL;
    struct str text = {0};

    assert_result(
        case_log_list(fixture->service, &fixture->street, elder, &log, fixture_clear(fixture)),
        RESULT_OK);
    for (size_t row = 0; row < log->row_count; row++)
        str_printf(&text, "%s %s %s\n", sheet_get(log, row, "officer"),
                   sheet_get(log, row, "action"), sheet_get(log, row, "changes"));
    assert_non_null(strstr(str_text(&text), "刘洋 接手紧急情况 接手：刘洋\n"));
    assert_non_null(strstr(str_text(&text), "张敏 接手紧急情况 接手：刘洋→张敏\n"));
    assert_non_null(strstr(str_text(&text), "张敏 办结紧急情况 办结："));
    assert_non_null(strstr(str_text(&text), "→" NOTE "\n"));
    str_free(&text);
    sheet_free(&log);
}

/* From one to another, and to the end; both steps in the log of the case. */
static void test_taking_and_finishing(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});
    struct alarm_view view = {0};

    visit(fixture, &fixture->village, elder, "2026-11-23", GAS, NULL);
    uint64_t id = alarm_at(fixture, 0);
    assert_result(alarm_take(fixture->service, &fixture->village, id, fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(alarm_take(fixture->service, &fixture->village, id, fixture_clear(fixture)),
                  RESULT_EXISTS);
    expect_home(fixture, &fixture->chief,
                "紧急情况 还剩 24 小时，刘洋已接手 王桂兰（团结社区）11-23 "
                "探访发现异常：燃气安全异常\n");
    assert_result(alarm_take(fixture->service, &fixture->street, id, fixture_clear(fixture)),
                  RESULT_OK);
    assert_non_null(strstr(fixture->reply.message, "原由刘洋接手"));
    assert_result(alarm_get(fixture->service, &fixture->street, id, &view, fixture_clear(fixture)),
                  RESULT_OK);
    assert_string_equal(view.state, ALARM_TAKEN);
    assert_string_equal(view.visit, "2026-11-23 上门 成功 刘洋");
    assert_false(view.may_take);
    assert_true(view.may_finish);
    assert_int_equal(view.case_id, elder);
    alarm_view_free(&view);
    static const char *const bad[] = {"", "好", "好\n了"};
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_result(
            alarm_finish(fixture->service, &fixture->street, id, bad[i], fixture_clear(fixture)),
            RESULT_INVALID);
        assert_string_equal(fixture->reply.problems.items[0].field, "note");
    }
    assert_result(
        alarm_finish(fixture->service, &fixture->street, id, NOTE, fixture_clear(fixture)),
        RESULT_OK);
    expect_home(fixture, &fixture->chief, "");
    assert_result(alarm_finish(fixture->service, &fixture->chief, id, NOTE, fixture_clear(fixture)),
                  RESULT_CLOSED);
    assert_string_equal(fixture->reply.message, "这件事已由张敏办结：" NOTE "。");
    assert_result(alarm_take(fixture->service, &fixture->chief, id, fixture_clear(fixture)),
                  RESULT_CLOSED);
    assert_result(alarm_take(fixture->service, &fixture->chief, 999, fixture_clear(fixture)),
                  RESULT_NOTFOUND);
    expect_steps_in_log(fixture, elder);
    expect_verified(fixture, NULL);
}

/* What it found and what became of it stand with the visit. */
static void expect_words(struct fixture *fixture, uint64_t elder, size_t row, const char *expected)
{
    struct sheet *sheet = NULL;

    assert_result(
        case_visits(fixture->service, &fixture->street, elder, 0, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    const char *words = sheet_get(sheet, row, "finding");
    if (*expected == '\0' ? *words != '\0' : strstr(words, expected) != words)
        fail_msg("%zu: %s, not %s", row, words, expected);
    sheet_free(&sheet);
}

static void test_stands_with_the_visit(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});

    visit(fixture, &fixture->village, elder, "2026-11-20", NULL, NULL);
    visit(fixture, &fixture->village, elder, "2026-11-21", FINE, NULL);
    visit(fixture, &fixture->village, elder, "2026-11-23", GAS, NULL);
    expect_words(fixture, elder, 0, "");
    expect_words(fixture, elder, 1, "安全关注");
    expect_words(fixture, elder, 2, "燃气安全异常；待接手，还剩 24 小时");
    uint64_t id = alarm_at(fixture, 0);
    assert_result(alarm_take(fixture->service, &fixture->street, id, fixture_clear(fixture)),
                  RESULT_OK);
    expect_words(fixture, elder, 2, "燃气安全异常；处置中（张敏 11-23 ");
    assert_result(
        alarm_finish(fixture->service, &fixture->street, id, NOTE, fixture_clear(fixture)),
        RESULT_OK);
    expect_words(fixture, elder, 2, "燃气安全异常；办结：" NOTE "（张敏 11-23 ");
}

/* A correction that says it too takes the alarm over, one that does not ends it. */
static void test_corrections(void **state)
{
    static const struct {
        const struct finding *before, *after;
        bool taken, done;     /* when it is corrected */
        const char *home;     /* then, "" = nothing open */
        const char *was, *is; /* what stands with both visits, from its beginning */
    } cases[] = {
        {ILL, FINE, false, false, "", "健康异常；现场处置：已联系家属；已撤：探访已更正，没有异常",
         "安全关注"},
        {ILL, FINE, true, false, "", "健康异常；现场处置：已联系家属；已撤：探访已更正，没有异常",
         "安全关注"},
        {GAS, FINE, false, true, "", "燃气安全异常；办结：" NOTE, "安全关注"},
        {GAS, GAS, false, false, "燃气安全异常", "燃气安全异常；待接手", "燃气安全异常；待接手"},
        {GAS, GAS, false, true, "", "燃气安全异常；办结：" NOTE, "燃气安全异常；办结：" NOTE},
        {GAS, ILL, true, false, "健康异常", "燃气安全异常；处置中", "健康异常"},
        {GAS, ILL, false, true, "健康异常", "燃气安全异常；办结：" NOTE, "健康异常"},
        {FINE, GAS, false, false, "燃气安全异常", "安全关注", "燃气安全异常；待接手"},
        {FINE, FINE, false, false, "", "安全关注", "安全关注"},
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        uint64_t elder = elder_add(fixture, &(struct elder){0});
        char first[40];
        snprintf(first, sizeof first, "%s",
                 visit(fixture, &fixture->street, elder, "2026-11-22", cases[i].before, NULL));
        if (cases[i].taken)
            assert_result(alarm_take(fixture->service, &fixture->street, alarm_at(fixture, 0),
                                     fixture_clear(fixture)),
                          RESULT_OK);
        if (cases[i].done)
            assert_result(alarm_finish(fixture->service, &fixture->street, alarm_at(fixture, 0),
                                       NOTE, fixture_clear(fixture)),
                          RESULT_OK);
        visit(fixture, &fixture->street, elder, "2026-11-23", cases[i].after, first);
        char *home = home_text(fixture, &fixture->chief);
        if (*cases[i].home == '\0' ? *home != '\0' : strstr(home, cases[i].home) == NULL)
            fail_msg("%zu: %s", i, home);
        free(home);
        expect_words(fixture, elder, 0, cases[i].was);
        expect_words(fixture, elder, 1, cases[i].is);
        expect_verified(fixture, NULL);
        if (*cases[i].home != '\0')
            assert_result(alarm_finish(fixture->service, &fixture->chief, alarm_at(fixture, 0),
                                       NOTE, fixture_clear(fixture)),
                          RESULT_OK);
    }
}

/* The clock does not begin again with a correction. */
static void test_the_clock_runs_on(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});
    char first[40];

    snprintf(first, sizeof first, "%s",
             visit(fixture, &fixture->street, elder, "2026-11-22", GAS, NULL));
    fixture_today(fixture, "2026-11-25");
    visit(fixture, &fixture->street, elder, "2026-11-25", GAS, first);
    expect_home(fixture, &fixture->chief,
                "紧急情况 已超 24 小时 王桂兰（团结社区）11-25 探访发现异常：燃气安全异常\n");
}

static void test_voiding_ends_it(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});
    struct void_input input = {.case_id = elder, .visit = "2026-11-23", .reason = "登错人"};

    visit(fixture, &fixture->street, elder, "2026-11-23", GAS, NULL);
    assert_result(visit_void(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_OK);
    expect_home(fixture, &fixture->chief, "");
    expect_words(fixture, elder, 0, "燃气安全异常；已撤：探访已作废（张敏 11-23 ");
    expect_verified(fixture, NULL);
}

/* Who has the case has the alarm. */
static void test_moves_with_the_case(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});

    visit(fixture, &fixture->street, elder, "2026-11-23", GAS, NULL);
    assert_result(case_change(fixture, &fixture->system, elder, "person.area", OTHER_VILLAGE),
                  RESULT_OK);
    expect_home(fixture, &fixture->chief, "");
    expect_home(fixture, &fixture->other_street,
                "紧急情况 还剩 24 小时 王桂兰（化工社区）11-23 探访发现异常：燃气安全异常\n");
    expect_verified(fixture, NULL);
}

static void test_status_counts(void **state)
{
    struct fixture *fixture = *state;
    struct sheet *sheet = NULL;
    uint64_t elder = elder_add(fixture, &(struct elder){0});
    const char *line = "";

    visit(fixture, &fixture->street, elder, "2026-11-23", GAS, NULL);
    fixture_today(fixture, "2026-11-26");
    visit(fixture, &fixture->street, elder, "2026-11-26", GAS, NULL);
    assert_result(status_list(fixture->service, &fixture->system, &sheet, fixture_clear(fixture)),
                  RESULT_OK);
    for (size_t row = 0; row < sheet->row_count; row++)
        if (strcmp(sheet_get(sheet, row, "name"), "紧急情况") == 0)
            line = sheet_get(sheet, row, "value");
    assert_string_equal(line, "未办结 2 件，其中超时 1 件");
    sheet_free(&sheet);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clock),
        TEST(test_raises),
        TEST(test_first_screens),
        TEST(test_one_line_a_person),
        TEST(test_order),
        TEST(test_hours_are_a_parameter),
        TEST(test_rights),
        TEST(test_taking_and_finishing),
        TEST(test_stands_with_the_visit),
        TEST(test_corrections),
        TEST(test_the_clock_runs_on),
        TEST(test_voiding_ends_it),
        TEST(test_moves_with_the_case),
        TEST(test_status_counts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
