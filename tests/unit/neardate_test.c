/** Days typed in short: what each means on a given day, in a given month, and what means nothing. */
#include "base/neardate.h"

#include "tests/unit/unit.h"

#include "base/month.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *today, *shown; /* shown "" = not said */
    bool ahead;
    const char *typed, *expected; /* "" = refused */
} CASES[] = {
    {"2026-11-23", "", false, ".", "2026-11-23"},
    {"2026-11-23", "", false, "。", "2026-11-23"},
    {"2026-11-23", "", false, "．", "2026-11-23"},
    {"2026-11-23", "", false, "-", "2026-11-22"},
    {"2026-11-23", "", false, "-1", "2026-11-22"},
    {"2026-11-23", "", false, "－1", "2026-11-22"},
    {"2026-03-01", "", false, "-1", "2026-02-28"},
    {"2026-11-23", "", false, "-0", "2026-11-23"},
    {"2026-11-23", "", false, "-999", "2024-02-28"},
    {"2026-11-23", "", false, "-1000", ""},
    {"2026-11-23", "", false, "+1", ""}, /* only the past makes sense */
    {"2026-11-23", "", true, "+1", "2026-11-24"},
    {"2026-11-23", "", true, "+", "2026-11-24"},
    {"2199-12-31", "", true, "+1", ""},
    /* A day of the month that is shown. */
    {"2026-11-23", "2026-11", false, "23", "2026-11-23"},
    {"2026-11-23", "2026-11", false, "3", "2026-11-03"},
    {"2026-11-23", "2026-11", false, " ３ ", "2026-11-03"},
    {"2026-11-23", "2026-11", false, "03", "2026-11-03"},
    {"2026-11-23", "2026-10", false, "31", "2026-10-31"},
    {"2026-11-23", "2026-09", false, "31", ""}, /* September has none, and it is September */
    {"2026-11-23", "2026-11", true, "27", "2026-11-27"},
    {"2026-11-23", "2026-11", true, "31", ""},
    {"2026-11-23", "2026-12", true, "31", "2026-12-31"},
    {"2026-11-23", "", true, "30", "2026-11-30"},
    /* The latest such day where it has not come yet. */
    {"2026-11-23", "2026-11", false, "27", "2026-10-27"},
    {"2026-11-23", "", false, "31", "2026-10-31"},
    {"2026-12-02", "2026-12", false, "31", "2026-10-31"},
    {"2027-01-05", "2027-01", false, "31", "2026-12-31"},
    {"2026-03-15", "2026-03", false, "30", "2026-01-30"},
    {"2026-11-23", "2026-12", false, "27", "2026-10-27"},
    {"2026-11-23", "", false, "0", ""},
    {"2026-11-23", "", false, "32", ""},
    {"2026-11-23", "", false, "00", ""},
    /* Month and day. */
    {"2026-11-23", "", false, "1120", "2026-11-20"},
    {"2026-11-23", "", false, "1123", "2026-11-23"},
    {"2026-11-23", "", false, "1126", ""}, /* in three days: not last year's */
    {"2026-11-23", "", false, "1224", ""},
    {"2026-11-23", "", false, "1225", "2025-12-25"},
    {"2026-12-20", "", false, "0105", ""},
    {"2026-12-20", "", false, "0121", "2026-01-21"},
    {"2026-11-23", "", false, "11月24日", ""},
    {"2026-11-23", "", true, "1126", "2026-11-26"},
    {"2026-12-20", "", true, "0105", "2027-01-05"},
    {"2027-01-05", "", true, "1220", "2026-12-20"},
    {"2026-11-23", "2026-10", false, "0902", "2026-09-02"},
    {"2026-11-23", "", false, "11-20", "2026-11-20"},
    {"2026-11-23", "", false, "1/2", "2026-01-02"},
    {"2026-11-23", "", false, "11.20", "2026-11-20"},
    {"2026-11-23", "", false, "9月1日", "2026-09-01"},
    {"2026-11-23", "", false, "9月1号", "2026-09-01"},
    {"2026-11-23", "", false, "9月", ""},
    {"2026-11-23", "", false, "0229", ""}, /* neither this year nor the last */
    {"2028-03-01", "", false, "0229", "2028-02-29"},
    {"2026-11-23", "", false, "1131", ""},
    {"2026-11-23", "", false, "1301", ""},
    /* What others read, or nobody. */
    {"2026-11-23", "", false, "", ""},
    {"2026-11-23", "", false, "  ", ""},
    {"2026-11-23", "", false, "2026-11-20", ""},
    {"2026-11-23", "", false, "20261120", ""},
    {"2026-11-23", "", false, "112", ""},
    {"2026-11-23", "", false, "46349", ""},
    {"2026-11-23", "", false, "1 2", ""},
    {"2026-11-23", "", false, "..", ""},
    {"2026-11-23", "", false, "--1", ""},
    {"2026-11-23", "", false, "-x", ""},
    {"2026-11-23", "", false, "23日", ""},
    {"2026-11-23", "", false, "11-20-", ""},
    {"2026-11-23", "", false, "x", ""},
};

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct neardate near = {.ahead = CASES[i].ahead};
        char text[DATE_TEXT] = "";
        day_t day = 0;
        assert_result(date_parse(CASES[i].today, &near.today), RESULT_OK);
        if (CASES[i].shown[0] != '\0')
            assert_result(month_parse(CASES[i].shown, &near.shown), RESULT_OK);
        if (neardate_parse(CASES[i].typed, &near, &day) == 0)
            (void)date_format(day, text);
        if (strcmp(text, CASES[i].expected) != 0)
            fail_msg("%s on %s (%s): %s, expected %s", CASES[i].typed, CASES[i].today,
                     CASES[i].shown, text, CASES[i].expected);
    }
}

/* On every day of years with and without a leap day: the 1st to the 31st is never ahead, never more than
 * two months back, and has that number; so have month and day within a year, but those that come soon. */
static void test_every_day(void **state)
{
    (void)state;
    for (day_t today = date_make(2027, 1, 1); today <= date_make(2028, 12, 31); today++) {
        struct neardate near = {.today = today};
        for (int number = 1; number <= 31; number++) {
            char text[8];
            day_t day = 0;
            int y, m, d;
            (void)snprintf(text, sizeof text, "%d", number);
            assert_result(neardate_parse(text, &near, &day), RESULT_OK);
            date_split(day, &y, &m, &d);
            assert_int_equal(d, number);
            assert_true(day <= today && today - day <= 61);
        }
        for (int back = 0; back < 365; back++) {
            char text[8];
            day_t day = 0;
            int y, m, d;
            date_split(today - back, &y, &m, &d);
            (void)snprintf(text, sizeof text, "%02d%02d", m, d);
            day_t next = date_make(y + 1, m, d); /* 0: no 29 February */
            bool soon = next > today && next <= today + NEARDATE_SOON;
            assert_int_equal(neardate_is_soon(text, &near, &day), soon);
            assert_int_equal(day, soon ? next : 0);
            assert_result(neardate_parse(text, &near, &day), soon ? RESULT_INVALID : RESULT_OK);
            assert_int_equal(day, soon ? next : today - back);
        }
    }
}

static void test_months(void **state)
{
    static const struct {
        const char *typed, *month;
    } cases[] = {{".", "2026-11"},   {"-", "2026-10"}, {"-1", "2026-10"}, {"+2", "2027-01"},
                 {"-11", "2025-12"}, {"9", NULL},      {"", NULL},        {"1126", NULL},
                 {"-x", NULL},       {"..", NULL}};
    day_t today = date_make(2026, 11, 23);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[MONTH_TEXT];
        month_t month = 0;
        enum result result = neardate_month(cases[i].typed, today, &month);
        assert_int_equal(result, cases[i].month == NULL ? RESULT_INVALID : RESULT_OK);
        if (cases[i].month != NULL)
            assert_string_equal(month_format(month, text), cases[i].month);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_every_day),
        cmocka_unit_test(test_months),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
