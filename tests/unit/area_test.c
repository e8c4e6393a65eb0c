#include "domain/area.h"

#include "tests/unit/unit.h"

static void parses_and_pads(void **state)
{
    static const struct {
        const char *text;
        const char *code; /**< NULL: refused */
    } cases[] = {
        {"21", "210000000000"},
        {"2111", "211100000000"},
        {"211102", "211102000000"},
        {"211102002", "211102002000"},
        {"211102002005", "211102002005"},
        {"441900003000", "441900003000"},
        {"", NULL},
        {"2", NULL},
        {"211", NULL},
        {"21110", NULL},
        {"2111020", NULL},
        {"21110200", NULL},
        {"2111020020", NULL},
        {"21110200200", NULL},
        {"2111020020050", NULL},
        {"2111A2", NULL},
        {"21-111", NULL},
        {" 2111", NULL},
        {"２１", NULL},
        {"00", NULL},
        {"000000000000", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char code[AREA_TEXT] = "untouched";
        bool fine = cases[i].code != NULL;
        print_message("'%s'\n", cases[i].text);
        assert_int_equal(area_parse(cases[i].text, code), fine ? RESULT_OK : RESULT_INVALID);
        assert_string_equal(code, fine ? cases[i].code : "untouched");
    }
}

static void knows_levels_and_prefixes(void **state)
{
    static const struct {
        const char *code;
        enum area_level level;
        const char *prefix;
    } cases[] = {
        {"", AREA_NONE, ""},
        {"210000000000", AREA_PROVINCE, "21"},
        {"211100000000", AREA_CITY, "2111"},
        {"211102000000", AREA_COUNTY, "211102"},
        {"211102002000", AREA_STREET, "211102002"},
        {"211102002005", AREA_VILLAGE, "211102002005"},
        {"211102", AREA_COUNTY, "211102"},
        {"220200000000", AREA_CITY, "2202"},        /* a 0 that belongs to the digits in use */
        {"211102010000", AREA_STREET, "211102010"}, /* so here */
        {"211102002010", AREA_VILLAGE, "211102002010"},
        {"441900003000", AREA_STREET, "441900003"}, /* a city without counties */
        {"21110", AREA_NONE, "21110"},              /* malformed: not everything */
        {"000000000000", AREA_NONE, "000000000000"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char prefix[AREA_TEXT];
        print_message("'%s'\n", cases[i].code);
        assert_int_equal(area_level(cases[i].code), cases[i].level);
        area_prefix(cases[i].code, prefix);
        assert_string_equal(prefix, cases[i].prefix);
    }
}

static void names_levels(void **state)
{
    (void)state;
    for (enum area_level level = AREA_PROVINCE; level <= AREA_VILLAGE; level++)
        assert_int_equal(area_level_parse(area_level_name(level)), level);
    assert_string_equal(area_level_name(AREA_NONE), "");
    assert_string_equal(area_level_name(AREA_PROVINCE), "province");
    assert_string_equal(area_level_name(AREA_VILLAGE), "village");
    assert_int_equal(area_level_parse("hamlet"), AREA_NONE);
    assert_int_equal(area_level_parse(""), AREA_NONE);
}

static void finds_ancestors(void **state)
{
    static const struct {
        const char *code;
        enum area_level level;
        const char *ancestor;
    } cases[] = {
        {"211102002005", AREA_PROVINCE, "210000000000"},
        {"211102002005", AREA_CITY, "211100000000"},
        {"211102002005", AREA_COUNTY, "211102000000"},
        {"211102002005", AREA_STREET, "211102002000"},
        {"211102002005", AREA_VILLAGE, "211102002005"},
        {"211102002000", AREA_STREET, "211102002000"},
        {"211102002000", AREA_VILLAGE, ""}, /* a street is in no village */
        {"211102002005", AREA_NONE, ""},
        {"", AREA_COUNTY, ""},
        {"21110", AREA_CITY, ""},
        {"441900003000", AREA_CITY, "441900000000"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char ancestor[AREA_TEXT] = "?";
        area_ancestor(cases[i].code, cases[i].level, ancestor);
        assert_string_equal(ancestor, cases[i].ancestor);
    }
}

static void contains_what_lies_below(void **state)
{
    static const struct {
        const char *outer;
        const char *inner;
        bool contains;
    } cases[] = {
        {"", "211102002005", true},
        {"", "", true},
        {"211102002000", "211102002005", true},
        {"211102002000", "211102002000", true},
        {"211102002000", "211102003005", false},
        {"211102002000", "211102000000", false}, /* a street does not contain its county */
        {"211102000000", "211102002005", true},
        {"211100000000", "211102002005", true},
        {"211100000000", "211202002005", false},
        {"210000000000", "211202002005", true},
        {"211102", "211102002005", true},
        {"211102002005", "211102002006", false},
        {"211102002000", "", false}, /* nobody below the top sees everything */
        {"21110", "211102002005", false},
        {"211102", "21110", false},
        {"000000000000", "211102002005", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        print_message("'%s' '%s'\n", cases[i].outer, cases[i].inner);
        assert_int_equal(area_contains(cases[i].outer, cases[i].inner), cases[i].contains);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parses_and_pads),
        cmocka_unit_test(knows_levels_and_prefixes),
        cmocka_unit_test(names_levels),
        cmocka_unit_test(finds_ancestors),
        cmocka_unit_test(contains_what_lies_below),
    };

    return cmocka_run_group_tests_name("area", tests, NULL, NULL);
}
