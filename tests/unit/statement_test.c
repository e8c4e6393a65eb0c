/*
 * 月结表: as reported beside as known, with what changed since and by whom.
 */
#include "service_fixture.h"

#include "base/sheet.h"
#include "service/cases/case.h"
#include "service/ledger/statement.h"

#include <time.h>

static struct sheet *show(struct fixture *fixture)
{
    struct sheet *sheet = NULL;

    assert_result(statement_show(fixture->service, &fixture->county, "2026-10", STREET, 0, &sheet,
                                 fixture_clear(fixture)),
                  RESULT_OK);
    return sheet;
}

/** The line of a person: "上报 现况 | what changed"; "" if there is none. Borrowed. */
static const char *line_of(const struct sheet *sheet, const char *name)
{
    static char text[600];

    for (size_t row = 0; row < sheet->row_count; row++) {
        if (strcmp(sheet_get(sheet, row, "name"), name) != 0)
            continue;
        snprintf(text, sizeof text, "%s %s | %s", sheet_get(sheet, row, "words"),
                 sheet_get(sheet, row, "known_words"), sheet_get(sheet, row, "since_then"));
        return text;
    }
    return "";
}

static uint64_t add(struct fixture *fixture, const char *name)
{
    char id_no[19];

    return elder_add(fixture, &(struct elder){.name = name,
                                              .id_no = fixture_id_no(fixture, id_no),
                                              .area = VILLAGE,
                                              .tier = "低",
                                              .since = "2026-09-01",
                                              .officer = "s01"});
}

static void close_october(struct fixture *fixture)
{
    fixture_today(fixture, "2026-11-02");
    assert_result(
        month_close(fixture->service, &fixture->chief, "2026-10", STREET, fixture_clear(fixture)),
        RESULT_OK);
    fixture_today(fixture, "2026-11-10");
}

static void nothing_changed(void **state)
{
    struct fixture *fixture = *state;

    visit_ok(fixture, add(fixture, "甲"), "2026-10-08");
    (void)add(fixture, "乙");
    close_october(fixture);
    struct sheet *sheet = show(fixture);
    assert_string_equal(line_of(sheet, "甲"), "已访 已访 | ");
    assert_string_equal(line_of(sheet, "乙"), "未访 未访 | ");
    assert_string_equal(sheet_basis(sheet), "上报 1/2（50.0%），现况 1/2（50.0%），变动 0 人");
    sheet_free(&sheet);
}

static void a_late_visit_is_told_with_its_officer(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = add(fixture, "乙");

    visit_ok(fixture, add(fixture, "甲"), "2026-10-08");
    close_october(fixture);
    visit_ok(fixture, elder, "2026-10-30");
    struct sheet *sheet = show(fixture);
    assert_string_equal(line_of(sheet, "甲"), "已访 已访 | ");
    assert_string_equal(line_of(sheet, "乙"), "未访 已访 | 2026-11-10 系统登记 10-30 上门成功");
    assert_string_equal(sheet_basis(sheet), "上报 1/2（50.0%），现况 2/2（100.0%），变动 1 人");
    sheet_free(&sheet);
}

static void an_exit_that_was_entered_later_is_told(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = add(fixture, "丙");

    close_october(fixture);
    assert_result(case_close(fixture->service, &fixture->street, elder, "2026-10-05", "迁出", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    struct sheet *sheet = show(fixture);
    assert_non_null(
        strstr(line_of(sheet, "丙"), "未访 不计 | 2026-11-10 张敏登记退出：2026-10-05"));
    sheet_free(&sheet);
}

static void people_who_were_not_reported_stand_at_the_end(void **state)
{
    struct fixture *fixture = *state;

    visit_ok(fixture, add(fixture, "甲"), "2026-10-08");
    close_october(fixture);
    (void)add(fixture, "丁");
    struct sheet *sheet = show(fixture);
    assert_int_equal(sheet->row_count, 2);
    assert_string_equal(sheet_get(sheet, 1, "name"), "丁");
    assert_string_equal(sheet_get(sheet, 1, "state"), "");
    assert_true(strncmp(line_of(sheet, "丁"), "未上报 未访 | 2026-11-10 系统",
                        strlen("未上报 未访 | 2026-11-10 系统")) == 0);
    assert_string_equal(sheet_basis(sheet), "上报 1/1（100.0%），现况 1/2（50.0%），变动 1 人");
    sheet_free(&sheet);
}

/** Waits for the beginning of a second, so that what follows is of that one. */
static void begin_second(void)
{
    struct timespec clock;

    do
        (void)clock_gettime(CLOCK_REALTIME, &clock);
    while (clock.tv_nsec > 50000000);
}

/** Before the closing and after it may be one second of the clock: what was entered after the closing is
 *  told, what was entered before it is not. */
static void a_change_in_the_second_of_the_closing_is_told(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = add(fixture, "乙"), leaver = add(fixture, "丙");

    fixture_today(fixture, "2026-11-02");
    begin_second();
    visit_expect(fixture, elder, "2026-10-08", "上门", "未遇", RESULT_OK);
    assert_result(
        month_close(fixture->service, &fixture->chief, "2026-10", STREET, fixture_clear(fixture)),
        RESULT_OK);
    visit_ok(fixture, elder, "2026-10-30");
    assert_result(case_close(fixture->service, &fixture->street, leaver, "2026-10-05", "迁出", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    struct sheet *sheet = show(fixture);
    assert_string_equal(line_of(sheet, "乙"), "未访 已访 | 2026-11-02 系统登记 10-30 上门成功");
    assert_non_null(
        strstr(line_of(sheet, "丙"), "未访 不计 | 2026-11-02 张敏登记退出：2026-10-05"));
    sheet_free(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_changed, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_late_visit_is_told_with_its_officer, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(an_exit_that_was_entered_later_is_told, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(a_change_in_the_second_of_the_closing_is_told,
                                        fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(people_who_were_not_reported_stand_at_the_end,
                                        fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
