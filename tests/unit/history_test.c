/*
 * What was printed, and what has become of it.
 */
#include "service_fixture.h"

#include "service/lists/history.h"

#define assert_ok(call) assert_result(call, RESULT_OK)

static struct history_print print_of(const char *to, const char *place, const char *job,
                                     const char *state)
{
    return (struct history_print){.what = "due",
                                  .scope = "",
                                  .month = "2026-11",
                                  .area = STREET,
                                  .title = *to == '\0' ? "" : "应访清单 2026年11月",
                                  .to = to,
                                  .place = place,
                                  .job = job,
                                  .state = state,
                                  .rows = 3};
}

static enum result add(struct fixture *fixture, const char *to, const char *place, const char *job,
                       const char *state)
{
    const struct history_print print = print_of(to, place, job, state);

    fixture->street.number++;
    return history_add_print(fixture->service, &fixture->street, &print, fixture_clear(fixture));
}

static struct sheet *list(struct fixture *fixture)
{
    struct sheet *sheet = NULL;

    assert_ok(history_list(fixture->service, &fixture->street, 0, &sheet, fixture_clear(fixture)));
    return sheet;
}

static void prints_are_listed_with_their_state(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *action, *printer, *job, *state;
    } rows[] = {
        {"打印", "HP", "HP-1", "打印完成"}, /* CUPS began its numbers anew */
        {"打印", "HP", "HP-2", "没有打出"}, {"存文件", "/home/zm/应访清单.pdf", "", ""},
        {"打印", "终端上的打印机", "", ""}, {"打印", "HP", "HP-1", "打印机停着"},
    };

    assert_ok(add(fixture, "queue", "HP", "HP-1", "sent"));
    assert_ok(add(fixture, "terminal", "", "", ""));
    assert_ok(add(fixture, "file", "/home/zm/应访清单.pdf", "", ""));
    assert_ok(add(fixture, "queue", "HP", "HP-2", "sent"));
    assert_ok(add(fixture, "", "", "HP-1", "stuck"));
    assert_ok(add(fixture, "", "", "HP-2", "failed"));
    assert_ok(add(fixture, "queue", "HP", "HP-1", "sent"));
    assert_ok(add(fixture, "", "", "HP-1", "going"));
    assert_ok(add(fixture, "", "", "HP-1", "done"));
    struct sheet *sheet = list(fixture);
    assert_int_equal(sheet->row_count, COUNT(rows));
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_string_equal(sheet_get(sheet, i, "action"), rows[i].action);
        assert_string_equal(sheet_get(sheet, i, "printer"), rows[i].printer);
        assert_string_equal(sheet_get(sheet, i, "job"), rows[i].job);
        assert_string_equal(sheet_get(sheet, i, "state"), rows[i].state);
        assert_string_equal(sheet_get(sheet, i, "title"), "应访清单 2026年11月");
        assert_string_equal(sheet_get(sheet, i, "text"), "2026-11，3 行");
        assert_string_equal(sheet_get(sheet, i, "what"), "due");
        assert_string_equal(sheet_get(sheet, i, "month"), "2026-11");
        assert_string_equal(sheet_get(sheet, i, "area"), STREET);
    }
    sheet_free(&sheet);
}

/** As terminals of an earlier version print. */
static void an_older_print_has_no_state(void **state)
{
    struct fixture *fixture = *state;
    struct sheet *sheet;

    assert_ok(add(fixture, "", "", "", ""));
    sheet = list(fixture);
    assert_int_equal(sheet->row_count, 1);
    assert_string_equal(sheet_get(sheet, 0, "title"), "应访清单");
    assert_string_equal(sheet_get(sheet, 0, "printer"), "");
    assert_string_equal(sheet_get(sheet, 0, "state"), "");
    sheet_free(&sheet);
}

static void what_no_print_can_be_is_refused(void **state)
{
    struct fixture *fixture = *state;

    assert_result(add(fixture, "fax", "", "", ""), RESULT_INVALID);
    assert_result(add(fixture, "queue", "HP", "HP-1", "printed"), RESULT_INVALID);
    struct sheet *sheet = list(fixture);
    assert_int_equal(sheet->row_count, 0);
    sheet_free(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(prints_are_listed_with_their_state, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(an_older_print_has_no_state, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(what_no_print_can_be_is_refused, fixture_setup,
                                        fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
