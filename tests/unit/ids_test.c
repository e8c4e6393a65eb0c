#include "base/ids.h"

#include "unit.h"

static void test_origin(void **state)
{
    static const struct {
        const char *area;
        uint32_t origin;
    } rows[] = {
        {"211103001000", 211103001},
        {"211103001007", 211103001},
        {"211100000000", 211100000},
        {"650000000000", 650000000},
        {"820000000000", 820000000},
        {"2111", 211100000},
        {"", 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        uint64_t id = ids_make(ids_origin(rows[i].area), 7);
        assert_int_equal(ids_origin(rows[i].area), rows[i].origin);
        assert_int_equal(ids_origin_of(id), rows[i].origin);
        assert_int_equal(id & ((1ULL << IDS_COUNT_BITS) - 1), 7);
    }
}

/** The highest origin and count do not touch each other; they need the highest bit. */
static void test_edges(void **state)
{
    uint64_t id = ids_make(999999999, (1ULL << IDS_COUNT_BITS) - 1), back = 0;
    char text[IDS_TEXT];

    (void)state;
    assert_int_equal(ids_origin_of(id), 999999999);
    assert_true(id > INT64_MAX);
    assert_true(ids_parse(ids_format(id, text), &back));
    assert_true(back == id);
    assert_string_equal(ids_format(UINT64_MAX, text), "18446744073709551615");
    assert_string_equal(ids_format(0, text), "0");
}

static void test_parse(void **state)
{
    static const char *const bad[] = {"",
                                      "0",
                                      "01",
                                      "-1",
                                      "+1",
                                      " 1",
                                      "1 ",
                                      "1x",
                                      "１",
                                      "0x1",
                                      "1.0",
                                      "18446744073709551616",
                                      "99999999999999999999"};
    uint64_t id = 5;

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        if (ids_parse(bad[i], &id))
            fail_msg("\"%s\" is no id", bad[i]);
    assert_int_equal(id, 5);
    assert_true(ids_parse("18446744073709551615", &id));
    assert_true(id == UINT64_MAX);
    assert_true(ids_parse("1", &id));
    assert_int_equal(id, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_origin),
        cmocka_unit_test(test_edges),
        cmocka_unit_test(test_parse),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
