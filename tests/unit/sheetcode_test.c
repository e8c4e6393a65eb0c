#include "base/sheetcode.h"

#include "base/random.h"
#include "base/str.h"
#include "tests/unit/unit.h"

#include <ctype.h>

static const char CHARACTERS[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

enum { LENGTH = 9, LINE = 4 };

static enum sheetcode_fault parse(const char *text)
{
    char code[SHEETCODE_TEXT];

    return sheetcode_parse(text, code);
}

static enum sheetcode_fault group_fault(size_t place)
{
    return place < LINE ? SHEETCODE_FIRST : SHEETCODE_SECOND;
}

/** Numbers that are near each other, at the ends, and anywhere. */
static uint64_t number_at(size_t i)
{
    static const uint64_t edges[] = {0,   1,     2,     30,    31,     960,
                                     961, 29790, 29791, 29792, 923520, SHEETCODE_COUNT - 1};
    struct random random = {i};

    return i < COUNT(edges) ? edges[i] : random_next(&random);
}

static void takes_what_was_made(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2000; i++) {
        char made[SHEETCODE_TEXT], parsed[SHEETCODE_TEXT], small[SHEETCODE_TEXT];

        sheetcode_make(number_at(i), made);
        assert_int_equal(strlen(made), LENGTH);
        assert_int_equal(made[LINE], '-');
        for (size_t at = 0; at <= LENGTH; at++)
            small[at] = (char)tolower(made[at]);
        assert_int_equal(sheetcode_parse(made, parsed), SHEETCODE_FINE);
        assert_string_equal(parsed, made);
        assert_int_equal(sheetcode_parse(small, parsed), SHEETCODE_FINE);
        assert_string_equal(parsed, made);
    }
}

static void numbers_have_codes_of_their_own(void **state)
{
    char code[SHEETCODE_TEXT], other[SHEETCODE_TEXT];

    (void)state;
    sheetcode_make(0, code);
    for (uint64_t number = 1; number < 31 * 31 * 31 + 40; number++) {
        sheetcode_make(number, other);
        assert_string_not_equal(code, other);
    }
    assert_string_not_equal(sheetcode_make(SHEETCODE_COUNT - 1, other), code);
    assert_string_equal(sheetcode_make(SHEETCODE_COUNT, other), code); /* begins again */
}

/** Every first group there is, with every wrong character at every place of it. */
static void finds_every_wrong_character(void **state)
{
    char code[SHEETCODE_TEXT];

    (void)state;
    for (uint64_t number = 0; number < 31 * 31 * 31; number++) {
        sheetcode_make(number * 29791 + number, code); /* both groups are of `number` */
        memmove(code + LINE, code + LINE + 1, LINE + 1);
        for (size_t place = 0; place < LENGTH - 1; place++) {
            char right = code[place];
            for (size_t i = 0; i < sizeof CHARACTERS - 1; i++) {
                code[place] = CHARACTERS[i];
                if (code[place] != right && parse(code) != group_fault(place))
                    fail_msg("%s: %c at %zu", code, right, place);
            }
            code[place] = right;
        }
    }
}

/** The same with every two neighbours swapped, across the line too. */
static void finds_every_swap_of_neighbours(void **state)
{
    char code[SHEETCODE_TEXT];

    (void)state;
    for (uint64_t number = 0; number < 31 * 31 * 31; number++) {
        sheetcode_make(number * 29791 + number, code);
        for (size_t place = 0; place + 1 < LENGTH; place++) {
            size_t next = place + 1 == LINE ? place + 2 : place + 1;
            char right = code[place], other = code[next];
            code[place] = other;
            code[next] = right;
            if (place != LINE && right != other) {
                enum sheetcode_fault expected =
                    next > LINE && place < LINE ? SHEETCODE_BOTH : group_fault(place);
                if (parse(code) != expected)
                    fail_msg("%s: %zu", code, place);
            }
            code[place] = right;
            code[next] = other;
        }
    }
}

static void finds_groups_in_the_wrong_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2000; i++) {
        char code[SHEETCODE_TEXT], swapped[SHEETCODE_TEXT];

        sheetcode_make(number_at(i), code);
        (void)snprintf(swapped, sizeof swapped, "%.4s-%.4s", code + LINE + 1, code);
        assert_int_equal(parse(swapped), SHEETCODE_SWAPPED);
    }
}

static void says_what_is_wrong_with_a_code(void **state)
{
    static const struct {
        const char *text;
        enum sheetcode_fault fault;
    } cases[] = {
        {"", SHEETCODE_EMPTY},
        {"  - ", SHEETCODE_EMPTY},
        {"2", SHEETCODE_LENGTH},
        {"222F-222", SHEETCODE_LENGTH},
        {"222F-222TT", SHEETCODE_LENGTH},
        {"222O-222T", SHEETCODE_CHARACTER},
        {"1234-5678", SHEETCODE_CHARACTER},
        {"王桂兰", SHEETCODE_CHARACTER},
        {"222L-222T", SHEETCODE_CHARACTER},
        {"2222-2222", SHEETCODE_BOTH},
        {"222\xff-222T", SHEETCODE_CHARACTER},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        print_message("%s\n", cases[i].text);
        assert_int_equal(parse(cases[i].text), cases[i].fault);
        assert_true(strlen(sheetcode_words(cases[i].fault)) > 0);
    }
}

/** As people and scanners put it in. */
static void takes_codes_as_they_are_typed(void **state)
{
    static const char *const formats[] = {"%.4s%.4s",    " %.4s %.4s ", "%.4s - %.4s",
                                          "\t%.4s-%.4s", "%.4s　%.4s",  "'%.4s%.4s"};
    char code[SHEETCODE_TEXT], parsed[SHEETCODE_TEXT];

    (void)state;
    sheetcode_make(20261128, code);
    for (size_t i = 0; i < COUNT(formats); i++) {
        char text[32];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        (void)snprintf(text, sizeof text, formats[i], code, code + LINE + 1);
#pragma GCC diagnostic pop
        print_message("%s\n", text);
        assert_int_equal(sheetcode_parse(text, parsed), SHEETCODE_FINE);
        assert_string_equal(parsed, code);
    }
}

static void a_wrong_code_writes_nothing(void **state)
{
    char code[SHEETCODE_TEXT] = "as it was";
    uint32_t number = 7;

    (void)state;
    assert_int_equal(sheetcode_parse("2222-2222", code), SHEETCODE_BOTH);
    assert_string_equal(code, "as it was");
    assert_int_equal(sheetcode_row_parse("222F-222T", "x", &number), SHEETCODE_ROW);
    assert_int_equal(number, 7);
}

// ---- rows

static void takes_rows_that_were_made(void **state)
{
    char code[SHEETCODE_TEXT], text[SHEETCODE_ROW_TEXT];
    uint32_t number;

    (void)state;
    for (size_t i = 0; i < 20; i++) {
        sheetcode_make(number_at(i), code);
        for (uint32_t row = 1; row < 12000; row += row < 1200 ? 1 : 97) {
            sheetcode_row(code, row, text);
            number = 0;
            assert_int_equal(sheetcode_row_parse(code, text, &number), SHEETCODE_FINE);
            assert_int_equal(number, row);
            text[strlen(text) - 1] = '\0'; /* the number alone */
            assert_int_equal(sheetcode_row_parse(code, text, &number), SHEETCODE_FINE);
            assert_int_equal(number, row);
        }
    }
}

/** Every wrong digit, every swapped pair, every wrong letter of the first 1200 rows. */
static void finds_every_wrong_row(void **state)
{
    char code[SHEETCODE_TEXT], text[SHEETCODE_ROW_TEXT];
    uint32_t number;

    (void)state;
    for (uint32_t row = 1; row < 1200; row++) {
        sheetcode_make(row, code);
        sheetcode_row(code, row, text);
        size_t digits = strlen(text) - 1;
        for (size_t place = 0; place <= digits; place++) {
            char right = text[place];
            const char *others = place < digits ? "0123456789" : CHARACTERS + 8;
            for (; *others != '\0'; others++) {
                text[place] = *others;
                if (*others != right)
                    assert_int_not_equal(sheetcode_row_parse(code, text, &number), SHEETCODE_FINE);
            }
            text[place] = right;
            if (place + 1 < digits && text[place + 1] != right) {
                text[place] = text[place + 1];
                text[place + 1] = right;
                assert_int_not_equal(sheetcode_row_parse(code, text, &number), SHEETCODE_FINE);
                text[place + 1] = text[place];
                text[place] = right;
            }
        }
    }
}

/** A row of another sheet is found unless by chance, 1 of 23. */
static void a_row_belongs_to_its_sheet(void **state)
{
    char code[SHEETCODE_TEXT], other[SHEETCODE_TEXT], text[SHEETCODE_ROW_TEXT];
    size_t taken = 0;
    uint32_t number;

    (void)state;
    sheetcode_make(1, code);
    sheetcode_row(code, 17, text);
    for (size_t i = 0; i < 2300; i++) {
        sheetcode_make(number_at(i + 100), other);
        taken += sheetcode_row_parse(other, text, &number) == SHEETCODE_FINE ? 1 : 0;
    }
    print_message("%zu of 2300\n", taken);
    assert_in_range(taken, 50, 150);
}

static void says_what_is_wrong_with_a_row(void **state)
{
    static const char *const wrong[] = {"",    "0",   "K",  "K17", "17KK",       "1K7", "17-",
                                        "17I", "17O", "-1", "1.5", "4294967296", "九"};
    uint32_t number;

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        print_message("%s\n", wrong[i]);
        assert_int_equal(sheetcode_row_parse("222F-222T", wrong[i], &number), SHEETCODE_ROW);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_what_was_made),
        cmocka_unit_test(numbers_have_codes_of_their_own),
        cmocka_unit_test(finds_every_wrong_character),
        cmocka_unit_test(finds_every_swap_of_neighbours),
        cmocka_unit_test(finds_groups_in_the_wrong_order),
        cmocka_unit_test(says_what_is_wrong_with_a_code),
        cmocka_unit_test(takes_codes_as_they_are_typed),
        cmocka_unit_test(a_wrong_code_writes_nothing),
        cmocka_unit_test(takes_rows_that_were_made),
        cmocka_unit_test(finds_every_wrong_row),
        cmocka_unit_test(a_row_belongs_to_its_sheet),
        cmocka_unit_test(says_what_is_wrong_with_a_row),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
