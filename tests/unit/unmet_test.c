/*
 * 连续未遇: somebody whom nobody met three times in a row stands on the first screens with a clock, until
 * an officer says what was done; a visit that proves wrong withdraws it with a trace.
 */
#include "alarm_fixture.h"

#include "db/alarm.h"

static void unmet(struct fixture *fixture, uint64_t elder, const char *date, const char *mode,
                  const char *result)
{
    visit_expect(fixture, elder, date, mode, result, RESULT_OK);
}

static void three_times(struct fixture *fixture, uint64_t elder)
{
    unmet(fixture, elder, "2026-11-20", "上门", "未遇");
    unmet(fixture, elder, "2026-11-21", "电话", "联系不上");
    unmet(fixture, elder, "2026-11-23", "上门", "未遇");
}

static void void_of(struct fixture *fixture, uint64_t elder, const char *date)
{
    struct void_input input = {.case_id = elder, .visit = date, .reason = "登记到别人名下了"};

    assert_result(visit_void(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_OK);
}

#define HERE "连续未遇 还剩 24 小时 王桂兰（团结社区）3 次没见到（11-20 至 11-23），请上门\n"

/* Village, street and chief; the county sees how many, and how many are over. */
static void three_in_a_row_start_a_clock(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});

    unmet(fixture, elder, "2026-11-20", "上门", "未遇");
    unmet(fixture, elder, "2026-11-21", "电话", "联系不上");
    expect_home(fixture, &fixture->village, "");
    unmet(fixture, elder, "2026-11-23", "上门", "未遇");
    expect_home(fixture, &fixture->village, HERE);
    expect_home(fixture, &fixture->street, HERE);
    expect_home(fixture, &fixture->chief, HERE);
    expect_home(fixture, &fixture->county, "连续未遇 胜利街道 1 件未办结\n");
    expect_verified(fixture, NULL);
    fixture_today(fixture, "2026-11-25");
    expect_home(fixture, &fixture->county, "连续未遇 胜利街道 1 件未办结，其中 1 件超时\n");
    char *text = home_text(fixture, &fixture->chief);
    assert_non_null(strstr(text, "连续未遇 已超"));
    free(text);
}

/* A refusal is somebody met, and so is a success; then it begins anew. */
static void only_in_a_row(void **state)
{
    static const char *const between[] = {"拒访", "成功"};
    struct fixture *fixture = *state;

    for (size_t i = 0; i < COUNT(between); i++) {
        char id_no[19];
        uint64_t elder =
            elder_add(fixture, &(struct elder){.name = i == 0 ? "甲老" : "乙老",
                                               .id_no = fixture_id_no(fixture, id_no)});
        unmet(fixture, elder, "2026-11-18", "上门", "未遇");
        unmet(fixture, elder, "2026-11-19", "上门", "未遇");
        unmet(fixture, elder, "2026-11-20", "上门", between[i]);
        unmet(fixture, elder, "2026-11-22", "上门", "未遇");
        unmet(fixture, elder, "2026-11-23", "上门", "未遇");
        char *text = home_text(fixture, &fixture->chief);
        assert_null(strstr(text, "连续未遇"));
        free(text);
    }
}

static struct alarm_view view_of(struct fixture *fixture, uint64_t alarm)
{
    struct alarm_view view = {0};

    assert_result(
        alarm_get(fixture->service, &fixture->chief, alarm, &view, fixture_clear(fixture)),
        RESULT_OK);
    return view;
}

/* Withdrawn, and it stays to be read why. */
static void a_voided_visit_withdraws_it(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});

    three_times(fixture, elder);
    uint64_t alarm = alarm_at(fixture, 0);
    void_of(fixture, elder, "2026-11-21");
    expect_home(fixture, &fixture->chief, "");
    struct alarm_view view = view_of(fixture, alarm);
    assert_string_equal(view.state, ALARM_VOID);
    assert_string_equal(view.note, "探访已作废或更正，不再是连续没有见到");
    alarm_view_free(&view);
    expect_verified(fixture, NULL);
    /* one more, and there are three again */
    unmet(fixture, elder, "2026-11-22", "上门", "未遇");
    char *text = home_text(fixture, &fixture->chief);
    assert_non_null(strstr(text, "连续未遇"));
    free(text);
}

/* A success entered late between them, too. */
static void a_late_success_between_withdraws_it(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});

    three_times(fixture, elder);
    visit_ok(fixture, elder, "2026-11-22");
    expect_home(fixture, &fixture->chief, "");
}

/* Met afterwards: somebody must still say what was done, once. */
static void only_words_end_it(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});

    three_times(fixture, elder);
    visit_ok(fixture, elder, "2026-11-23");
    uint64_t alarm = alarm_at(fixture, 0);
    assert_result(alarm_take(fixture->service, &fixture->village, alarm, fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(alarm_finish(fixture->service, &fixture->village, alarm, "上门见到，外出刚回来",
                               fixture_clear(fixture)),
                  RESULT_OK);
    expect_home(fixture, &fixture->chief, "");
    expect_verified(fixture, NULL);
}

/* Those that were dealt with do not count again. */
static void the_next_three_raise_another(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});

    three_times(fixture, elder);
    assert_result(alarm_finish(fixture->service, &fixture->street, alarm_at(fixture, 0),
                               "邻居说去了女儿家", fixture_clear(fixture)),
                  RESULT_OK);
    fixture_today(fixture, "2026-11-27");
    unmet(fixture, elder, "2026-11-24", "上门", "未遇");
    unmet(fixture, elder, "2026-11-25", "上门", "未遇");
    char *text = home_text(fixture, &fixture->chief);
    assert_null(strstr(text, "连续未遇"));
    free(text);
    unmet(fixture, elder, "2026-11-26", "上门", "未遇");
    text = home_text(fixture, &fixture->chief);
    assert_non_null(strstr(text, "（11-24 至 11-26）"));
    free(text);
}

static const struct finding CHANGE[] = {{"big_change", "老伴去世，一人独居"}, {NULL, NULL}};

static void a_great_change_is_one_too(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});

    visit(fixture, &fixture->village, elder, "2026-11-23", CHANGE, NULL);
    expect_home(fixture, &fixture->chief,
                "紧急情况 还剩 24 小时 王桂兰（团结社区）11-23 "
                "探访发现异常：重大变化：老伴去世，一人独居\n");
}

#define UNMET_TEST(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNMET_TEST(three_in_a_row_start_a_clock),
        UNMET_TEST(only_in_a_row),
        UNMET_TEST(a_voided_visit_withdraws_it),
        UNMET_TEST(a_late_success_between_withdraws_it),
        UNMET_TEST(only_words_end_it),
        UNMET_TEST(the_next_three_raise_another),
        UNMET_TEST(a_great_change_is_one_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
