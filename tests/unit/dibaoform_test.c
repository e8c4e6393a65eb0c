/*
 * The monthly form of 低保: its relations, and the form that was published for July 2021 with its
 * error.
 */
#include "domain/dibaoform.h"

#include "unit.h"

#include <stdio.h>
#include <string.h>

static char told[600];

static size_t verdicts[3]; /* how many relations were told with each */

static void tell(size_t column, const char *relation, enum dibaoform_verdict verdict,
                 double expected, void *arg)
{
    (void)arg;
    verdicts[verdict]++;
    if (verdict != DIBAOFORM_BROKEN)
        return;
    snprintf(told + strlen(told), sizeof told - strlen(told), "%zu %s %.1f;", column, relation,
             expected);
}

static struct dibaoform form_of(const char *const texts[DIBAOFORM_COLUMNS])
{
    struct dibaoform form = {0};

    for (size_t i = 0; i < DIBAOFORM_COLUMNS; i++)
        assert_true(dibaoform_read(&form, i + 1, texts[i]));
    return form;
}

static const char *check(const struct dibaoform *form, const struct dibaoform *before)
{
    told[0] = '\0';
    memset(verdicts, 0, sizeof verdicts);
    dibaoform_check(form, before, tell, NULL);
    return told;
}

/* Panjin, July 2021; what was published and is not known here is "". */
static const char *const TOTAL[DIBAOFORM_COLUMNS] = {
    "", "8760", "7179", "11125", "",    "904.5", "894.5", "10", "6545.3",
    "", "",     "",     "",      "133", "240",   "56",    "128"};
static const char *const COUNTIES[4][DIBAOFORM_COLUMNS] = {
    {"", "8760", "1410", "2190", "", "", "", "", "", "", "", "", "", "", "", "", ""},
    {"", "8760", "838", "1242", "", "", "", "", "", "", "", "", "", "", "", "", ""},
    {"", "8760", "1926", "2854", "", "", "237.6", "", "", "", "", "801.5", "", "", "", "", ""},
    {"", "8760", "3005", "4839", "", "", "", "", "", "", "", "", "", "", "", "", ""},
};

static void july_2021_adds_up_but_for_its_error(void **state)
{
    struct dibaoform total = form_of(TOTAL);
    struct dibaoform counties[4];

    (void)state;
    assert_string_equal(check(&total, NULL), "");
    for (size_t i = 0; i < 4; i++)
        counties[i] = form_of(COUNTIES[i]);
    told[0] = '\0';
    dibaoform_check_sums(&total, counties, 4, tell, NULL);
    assert_string_equal(told, "");
    assert_string_equal(check(&counties[2], NULL), "12 12=7×10000÷4 832.5;");
    assert_string_equal(check(&counties[0], NULL), "");
    dibaoform_set(&counties[3], 3, 3006, 0);
    dibaoform_check_sums(&total, counties, 4, tell, NULL);
    assert_non_null(strstr(told, "3 合计＝各行之和 7180.0;"));
}

static void a_printed_number_is_a_range(void **state)
{
    static const struct {
        const char *spent, *people, *average, *told;
    } cases[] = {
        {"237.6", "2854", "832.5", ""},
        {"237.6", "2854", "832.7", ""}, /* 237.64 would give it */
        {"237.6", "2854", "832.8",
         "12 12=7×10000÷4 832.5;"}, /* nothing that is printed 237.6 does */
        {"237.60", "2854", "832.6", "12 12=7×10000÷4 832.5;"},
        {"", "2854", "1.0", ""},
        {"237.6", "0", "1.0", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct dibaoform form = {0};
        assert_true(dibaoform_read(&form, 7, cases[i].spent));
        assert_true(dibaoform_read(&form, 4, cases[i].people));
        assert_true(dibaoform_read(&form, 12, cases[i].average));
        if (strcmp(check(&form, NULL), cases[i].told) != 0)
            fail_msg("case %zu: %s", i, told);
    }
}

static void people_come_and_go(void **state)
{
    struct dibaoform before = {0};
    struct dibaoform form = form_of(TOTAL);

    (void)state;
    dibaoform_set(&before, 3, 7179 - 133 + 56, 0);
    dibaoform_set(&before, 4, 11125 - 240 + 128, 0);
    assert_string_equal(check(&form, &before), "");
    dibaoform_set(&before, 3, 7100, 0);
    assert_string_equal(check(&form, &before), "3 户数＝上月＋14－16 7177.0;");
    /* 6=7+8 and the people hold; 5, 9 and 12 lack columns. */
    assert_int_equal(verdicts[DIBAOFORM_HOLDS], 2);
    assert_int_equal(verdicts[DIBAOFORM_UNCHECKED], 3);
}

static void columns_are_derived(void **state)
{
    struct dibaoform form = {0};
    char text[DIBAOFORM_TEXT];

    (void)state;
    assert_string_equal(dibaoform_text(&form, 5, text), "");
    assert_true(dibaoform_read(&form, 1, "90.25"));
    assert_true(dibaoform_read(&form, 4, "11125"));
    assert_true(dibaoform_read(&form, 7, "894.5"));
    assert_true(dibaoform_read(&form, 8, "10.25"));
    dibaoform_derive(&form);
    assert_string_equal(dibaoform_text(&form, 5, text), "1.23");
    assert_string_equal(dibaoform_text(&form, 6, text), "904.75");
    assert_string_equal(dibaoform_text(&form, 9, text), "");
    assert_string_equal(dibaoform_text(&form, 12, text), "804.0");
    assert_string_equal(check(&form, NULL), "");
}

static void what_is_no_number_is_refused(void **state)
{
    static const char *const bad[] = {"x",     "1.", ".5",  "1.2.3",
                                      "1,000", "-1", "1e3", "12345678901"};
    struct dibaoform form = {0};

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        if (dibaoform_read(&form, 1, bad[i]) || form.columns[1].known)
            fail_msg("%s", bad[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(july_2021_adds_up_but_for_its_error),
        cmocka_unit_test(a_printed_number_is_a_range),
        cmocka_unit_test(people_come_and_go),
        cmocka_unit_test(columns_are_derived),
        cmocka_unit_test(what_is_no_number_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
