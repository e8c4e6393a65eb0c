#include "server/meters.h"

#include "base/columns.h"
#include "base/measure.h"
#include "server/dispatch.h"
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

static const struct handler ROWS[] = {{.name = "hello"}, {.name = "visit_add"}};
static const struct handler_table TABLE = {ROWS, COUNT(ROWS)};

static const char *value(const struct sheet *sheet, const char *id, const char *of)
{
    for (size_t row = 0; row < sheet->row_count; row++)
        if (strcmp(sheet_get(sheet, row, "measure"), id) == 0 &&
            strcmp(sheet_get(sheet, row, "of"), of) == 0)
            return sheet_get(sheet, row, "value");
    return "none";
}

static void what_was_answered_is_counted(void **state)
{
    /* Microseconds that a request took, well inside its class, and the classes around it. */
    static const struct {
        int64_t taken;
        const char *below, *within;
    } cases[] = {
        {700, "0.0005", "0.001"},
        {30000, "0.025", "0.05"},
        {5000000, "2.5", "10"},
        {120000000, "60", "+Inf"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct meters *meters = meters_new(&TABLE);
        struct sheet *sheet = column_sheet(&COLUMNS_MEASURES);
        meters_answered(meters, &ROWS[1], RESULT_DENIED, meters_clock() - cases[i].taken);
        meters_add(meters, sheet);
        assert_string_equal(value(sheet, "requests", "visit_add"), "1");
        assert_string_equal(value(sheet, "requests", "hello"), "0");
        assert_string_equal(value(sheet, "results", "denied"), "1");
        assert_string_equal(value(sheet, "results", "ok"), "0");
        assert_string_equal(value(sheet, "request_seconds", cases[i].below), "0");
        assert_string_equal(value(sheet, "request_seconds", cases[i].within), "1");
        assert_string_equal(value(sheet, "request_seconds", "+Inf"), "1");
        assert_string_equal(value(sheet, "request_seconds_count", ""), "1");
        double sum = strtod(value(sheet, "request_seconds_sum", ""), NULL);
        assert_true(sum >= (double)cases[i].taken / 1e6 && sum < (double)cases[i].taken / 1e6 + 1);
        sheet_free(&sheet);
        meters_free(&meters);
        assert_null(meters);
    }
}

static void clients_come_and_go(void **state)
{
    struct meters *meters = meters_new(&TABLE);
    struct sheet *sheet = column_sheet(&COLUMNS_MEASURES);

    (void)state;
    meters_connected(meters, 1);
    meters_connected(meters, 1);
    meters_logged_in(meters, 1);
    meters_connected(meters, -1);
    meters_add(meters, sheet);
    assert_string_equal(value(sheet, "connections", ""), "1");
    assert_string_equal(value(sheet, "sessions", ""), "1");
    assert_string_equal(value(sheet, "request_seconds_sum", ""), "0.000000");
    assert_true(strtoll(value(sheet, "started", ""), NULL, 10) > 1700000000);
    sheet_free(&sheet);
    meters_free(&meters);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_answered_is_counted),
        cmocka_unit_test(clients_come_and_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
