/*
 * An exit taken back: what comes again, what stays as it was reported, what stands in the way.
 */
#include "service_fixture.h"

static enum result reopen(struct fixture *fixture, const struct caller *caller, uint64_t id,
                          const char *reason)
{
    return case_reopen(fixture->service, caller, id, reason, 0, fixture_clear(fixture));
}

/* An exit by mistake is taken back: open months are owed again, a closed one stays as reported. */
static void test_reopen(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){.since = "2026-03-01"});

    assert_result(case_close(fixture->service, &fixture->street, elder, "2026-10-31", "迁出", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    assert_non_null(strstr(why_line(fixture, "2026-11", elder, false), "not_counted 减员免计"));
    assert_result(
        month_close(fixture->service, &fixture->chief, "2026-10", STREET, fixture_clear(fixture)),
        RESULT_OK);
    assert_result(reopen(fixture, &fixture->village, elder, "误办"), RESULT_DENIED);
    assert_result(reopen(fixture, &fixture->other_street, elder, "误办"), RESULT_DENIED);
    assert_result(reopen(fixture, &fixture->street, elder, "误"), RESULT_INVALID);
    assert_result(reopen(fixture, &fixture->street, elder, "误办，人没有迁走"), RESULT_OK);
    struct case_view view = case_open(fixture, &fixture->street, elder, true);
    assert_string_equal(view.state, "active");
    assert_string_equal(view.closed_on, "");
    assert_string_equal(view.exit_reason, "");
    case_view_free(&view);
    assert_non_null(strstr(why_line(fixture, "2026-11", elder, false), "pending"));
    assert_non_null(strstr(why_line(fixture, "2026-10", elder, true), "not_counted 减员免计"));
    assert_string_equal(board_line(fixture, "2026-11", "village", VILLAGE, false),
                        "1 0 0 1 0 0 0 0 0 0.0");
    assert_result(reopen(fixture, &fixture->street, elder, "再来一次"), RESULT_EXISTS);
    visit_ok(fixture, elder, "2026-11-12"); /* goes on as if it had never ended */
    assert_non_null(strstr(why_line(fixture, "2026-11", elder, false), "reached"));
}

/* Nobody gets two cases by it. */
static void test_reopen_beside_a_new_case(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];

    fixture_id_no(fixture, id_no);
    uint64_t first = elder_add(fixture, &(struct elder){.id_no = id_no});
    assert_result(case_close(fixture->service, &fixture->street, first, "2026-11-20", "其他", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    elder_add(fixture, &(struct elder){.id_no = id_no});
    assert_result(reopen(fixture, &fixture->street, first, "误办"), RESULT_INVALID);
    assert_non_null(strstr(fixture->reply.message, "该人已有在册探访个案"));
}

/* A death by mistake: the person lives, and every case it ended is there again. */
static void test_reopen_after_a_death(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];
    struct fields tekun = {0};

    fixture_id_no(fixture, id_no);
    uint64_t elder = elder_add(fixture, &(struct elder){.id_no = id_no});
    fields_set(&tekun, "person.name", "王桂兰");
    fields_set(&tekun, "person.id_no", id_no);
    fields_set(&tekun, "tk_kind", "老年人");
    fields_set(&tekun, "mode", "分散");
    fields_set(&tekun, "wish", "否");
    fields_set(&tekun, "from_m", "2026-01");
    assert_result(case_new(fixture, &fixture->street, "tekun", &tekun), RESULT_OK);
    uint64_t second = strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
    assert_result(case_close(fixture->service, &fixture->street, elder, "2026-11-10", "死亡", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(reopen(fixture, &fixture->chief, second, "死亡信息有误"), RESULT_OK);
    assert_true(*fields_get(&fixture->reply.values, "also") != '\0');
    for (size_t i = 0; i < 2; i++) {
        struct case_view view = case_open(fixture, &fixture->street, i == 0 ? elder : second, true);
        assert_string_equal(view.state, "active");
        assert_string_equal(fields_get(&view.values, "person.death"), "");
        case_view_free(&view);
    }
    fields_free(&tekun);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_reopen, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_reopen_beside_a_new_case, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_reopen_after_a_death, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
