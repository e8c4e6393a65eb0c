/* Cells of a bundle as COPY takes them, by type. */
#include "unit.h"

#include "feed/cell.h"

static const struct {
    enum dictionary_type type;
    const char *text, *line; /**< NULL = refused */
} CELLS[] = {
    {DICTIONARY_TEXT, "王桂兰", "王桂兰"},
    {DICTIONARY_TEXT, "a\tb\nc\\d\r", "a\\tb\\nc\\\\d\\r"},
    {DICTIONARY_TEXT, "\\N", "\\\\N"},
    {DICTIONARY_TEXT, "\xff", NULL},
    {DICTIONARY_NUMBER, "0", "0"},
    {DICTIONARY_NUMBER, "-12", "-12"},
    {DICTIONARY_NUMBER, "9223372036854775807", "9223372036854775807"},
    {DICTIONARY_NUMBER, "9223372036854775808", NULL},
    {DICTIONARY_NUMBER, "1.0", NULL},
    {DICTIONARY_NUMBER, "1; DROP", NULL},
    {DICTIONARY_DECIMAL, "650.00", "650.00"},
    {DICTIONARY_DECIMAL, "-3", "-3"},
    {DICTIONARY_DECIMAL, ".5", NULL},
    {DICTIONARY_DECIMAL, "5.", NULL},
    {DICTIONARY_DECIMAL, "1e9", NULL},
    {DICTIONARY_DECIMAL, "NaN", NULL},
    {DICTIONARY_DECIMAL, "1234567890123456789012345678901", NULL},
    {DICTIONARY_FLAG, "1", "t"},
    {DICTIONARY_FLAG, "0", "f"},
    {DICTIONARY_FLAG, "t", NULL},
    {DICTIONARY_DATE, "2026-02-28", "2026-02-28"},
    {DICTIONARY_DATE, "2026-02-29", NULL},
    {DICTIONARY_DATE, "infinity", NULL},
    {DICTIONARY_DATES, "2026-01-02 2026-01-03", "{2026-01-02,2026-01-03}"},
    {DICTIONARY_DATES, "2026-01-02,2026-01-03", NULL},
    {DICTIONARY_DATES, "2026-01-02  2026-01-03", NULL},
    {DICTIONARY_MONTH, "2026-11", "2026-11-01"},
    {DICTIONARY_MONTH, "2026-13", NULL},
    {DICTIONARY_MOMENT, "2026-11-23 01:30:05", "2026-11-23 01:30:05"},
    {DICTIONARY_MOMENT, "2026-11-23 25:30:05", NULL},
    {DICTIONARY_ID, "12", "12"},
    {DICTIONARY_ID, "18446744073709551615", "18446744073709551615"},
    {DICTIONARY_ID, "18446744073709551616", NULL},
    {DICTIONARY_ID, "-1", NULL},
    {DICTIONARY_ID, "x", NULL},
    {DICTIONARY_IDS, "1 22 333", "{1,22,333}"},
    {DICTIONARY_IDS, "1 }", NULL},
    {DICTIONARY_AREA, "211103001001", "211103001001"},
    {DICTIONARY_AREA, "211103", NULL},
    {DICTIONARY_AREA, "21110300100a", NULL},
    {DICTIONARY_HEX, "00ff", "\\\\x00ff"},
    {DICTIONARY_HEX, "0", NULL},
    {DICTIONARY_HEX, "0G", NULL},
    {DICTIONARY_CODE, "tanfang", "tanfang"},
    {DICTIONARY_PAIRS, "a=1|b=2", "{\"a\":\"1\",\"b\":\"2\"}"},
    {DICTIONARY_PAIRS, "a\\=b=c\\|d\\\\e\\nf\"", "{\"a=b\":\"c|d\\\\\\\\e\\\\u000af\\\\\"\"}"},
    {DICTIONARY_PAIRS, "a→b=→", "{\"a→b\":\"→\"}"},
    {DICTIONARY_PAIRS, "a=", "{\"a\":\"\"}"},
    {DICTIONARY_PAIRS, "a", NULL},
    {DICTIONARY_PAIRS, "a=1|b", NULL},
    {DICTIONARY_CHANGES, "a=1→2|b=→\\→x",
     "[{\"name\":\"a\",\"old\":\"1\",\"new\":\"2\"},{\"name\":\"b\",\"old\":\"\",\"new\":"
     "\"→x\"}]"},
    {DICTIONARY_CHANGES, "a=1", NULL},
    {DICTIONARY_CHANGES, "a", NULL},
};

/** As PostgreSQL shows them, and the cells they came from. */
static const struct {
    enum dictionary_type type;
    const char *shown, *cell;
} SHOWN[] = {
    {DICTIONARY_TEXT, "", ""},
    {DICTIONARY_TEXT, "a\tb\\N", "a\tb\\N"},
    {DICTIONARY_NUMBER, "-12", "-12"},
    {DICTIONARY_DECIMAL, "650.00", "650.00"},
    {DICTIONARY_FLAG, "t", "1"},
    {DICTIONARY_FLAG, "f", "0"},
    {DICTIONARY_FLAG, "", ""},
    {DICTIONARY_DATE, "2026-02-28", "2026-02-28"},
    {DICTIONARY_DATES, "{2026-01-02,2026-01-03}", "2026-01-02 2026-01-03"},
    {DICTIONARY_DATES, "", ""},
    {DICTIONARY_MONTH, "2026-11-01", "2026-11"},
    {DICTIONARY_MONTH, "", ""},
    {DICTIONARY_MOMENT, "2026-11-23 01:30:05", "2026-11-23 01:30:05"},
    {DICTIONARY_ID, "18446744073709551615", "18446744073709551615"},
    {DICTIONARY_IDS, "{1,22,333}", "1 22 333"},
    {DICTIONARY_AREA, "211103001001", "211103001001"},
    {DICTIONARY_HEX, "\\x00ff", "00ff"},
    {DICTIONARY_CODE, "tanfang", "tanfang"},
    {DICTIONARY_PAIRS, "{\"a\": \"1\", \"b\": \"2\"}", "a=1|b=2"},
    {DICTIONARY_PAIRS, "{\"a=b\": \"c|d\\\\e\\nf\\\"\"}", "a\\=b=c\\|d\\\\e\\nf\""},
    {DICTIONARY_PAIRS, "{\"a→b\": \"→\"}", "a→b=→"},
    {DICTIONARY_PAIRS, "{}", ""},
    {DICTIONARY_PAIRS, "", ""},
    {DICTIONARY_PAIRS, "[1]", "[1]"},
    {DICTIONARY_PAIRS, "{\"a\": null}", "a="},
    {DICTIONARY_CHANGES,
     "[{\"new\": \"2\", \"old\": \"1\", \"name\": \"a\"}, {\"new\": \"→x\", \"old\": \"\", "
     "\"name\": \"b\"}]",
     "a=1→2|b=→\\→x"},
    {DICTIONARY_CHANGES, "[7]", "=→"},
    {DICTIONARY_CHANGES, "{}", "{}"},
};

static void values_become_cells_again(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(SHOWN); i++) {
        struct str text = {0};
        cell_add_back(&text, SHOWN[i].type, SHOWN[i].shown);
        assert_string_equal(str_text(&text), SHOWN[i].cell);
        str_free(&text);
    }
}

static void cells_are_parsed_by_type(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(CELLS); i++) {
        const struct dictionary_column words = {.type = CELLS[i].type, .more = ""};
        const struct feed_column column = {.words = &words};
        struct str line = {0};
        const char *fault = cell_add(&line, &column, CELLS[i].text);
        if (CELLS[i].line == NULL && fault == NULL)
            fail_msg("%s was taken", CELLS[i].text);
        if (CELLS[i].line != NULL && fault != NULL)
            fail_msg("%s: %s", CELLS[i].text, fault);
        if (CELLS[i].line != NULL)
            assert_string_equal(str_text(&line), CELLS[i].line);
        str_free(&line);
    }
}

static void empty_cells_are_null_or_refused(void **state)
{
    static const struct {
        enum dictionary_type type;
        bool required;
        const char *line;
    } rows[] = {
        {DICTIONARY_TEXT, false, "\\N"},  {DICTIONARY_TEXT, true, ""},
        {DICTIONARY_AREA, true, ""},      {DICTIONARY_CODE, true, ""},
        {DICTIONARY_NUMBER, true, NULL},  {DICTIONARY_DATE, true, NULL},
        {DICTIONARY_DATE, false, "\\N"},  {DICTIONARY_FLAG, true, NULL},
        {DICTIONARY_DATES, false, "\\N"}, {DICTIONARY_PAIRS, false, "\\N"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct dictionary_column words = {.type = rows[i].type, .more = ""};
        const struct feed_column column = {.words = &words, .required = rows[i].required};
        struct str line = {0};
        assert_int_equal(cell_add(&line, &column, "") == NULL, rows[i].line != NULL);
        if (rows[i].line != NULL)
            assert_string_equal(str_text(&line), rows[i].line);
        str_free(&line);
    }
}

static void states_are_those_that_figures_count(void **state)
{
    const struct dictionary_column words = {.type = DICTIONARY_CODE, .more = "duty_state"};
    const struct feed_column column = {.words = &words, .required = true};
    struct str line = {0};

    (void)state;
    assert_null(cell_add(&line, &column, "reached"));
    assert_null(cell_add(&line, &column, "not_counted"));
    assert_non_null(cell_add(&line, &column, "Reached"));
    assert_non_null(cell_add(&line, &column, "seen"));
    str_free(&line);
}

static void marks_of_formulas_are_removed(void **state)
{
    static const char *const rows[][2] = {
        {"'=1", "=1"}, {"''=1", "'=1"}, {"'-5", "-5"}, {"'a", "'a"},
        {"'", "'"},    {"-5", "-5"},    {"", ""},      {"'\tx", "\tx"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(cell_unmark(rows[i][0]), rows[i][1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_parsed_by_type),
        cmocka_unit_test(values_become_cells_again),
        cmocka_unit_test(empty_cells_are_null_or_refused),
        cmocka_unit_test(states_are_those_that_figures_count),
        cmocka_unit_test(marks_of_formulas_are_removed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
