#include "base/date.h"
#include "base/month.h"

#include "tests/unit/unit.h"

#include <string.h>

static int leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Counts every day up by hand: no formula of date.c is used. */
static void test_every_day(void **state)
{
    (void)state;
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    day_t expected = 61; /* 1900-03-01 in spreadsheets */
    int weekday = 4;     /* it was a Thursday */
    for (int year = 1900; year <= 2199; year++) {
        for (int month = 1; month <= 12; month++) {
            int last = days[month - 1] + (month == 2 && leap(year));
            if (year == 1900 && month < 3)
                continue;
            assert_int_equal(month_days(month_make(year, month)), last);
            for (int day = 1; day <= last; day++) {
                int y, m, d;
                char text[DATE_TEXT];
                day_t parsed = 0;
                assert_int_equal(date_make(year, month, day), expected);
                date_split(expected, &y, &m, &d);
                assert_true(y == year && m == month && d == day);
                assert_result(date_parse(date_format(expected, text), &parsed), RESULT_OK);
                assert_int_equal(parsed, expected);
                assert_int_equal(month_of(expected), month_make(year, month));
                assert_int_equal(date_weekday(expected), weekday);
                weekday = weekday % 7 + 1;
                expected++;
            }
            assert_int_equal(date_make(year, month, last + 1), 0);
            assert_int_equal(month_last(month_make(year, month)), expected - 1);
            assert_int_equal(month_first(month_make(year, month)), expected - last);
        }
    }
}

static void test_known_days(void **state)
{
    (void)state;
    assert_int_equal(date_make(2025, 1, 1), 45658);
    assert_int_equal(date_make(1970, 1, 1), 25569);
    assert_int_equal(date_weekday(date_make(2026, 11, 23)), 1);
    assert_int_equal(date_weekday(date_make(2000, 1, 1)), 6);
}

static void test_no_such_day(void **state)
{
    (void)state;
    static const int cases[][3] = {
        {2025, 2, 29}, {2025, 2, 30}, {2025, 4, 31}, {2025, 13, 1}, {2025, 0, 1},  {2025, 1, 0},
        {2025, 1, 32}, {2025, 1, -1}, {1899, 5, 1},  {1900, 1, 1},  {1900, 2, 28}, {1900, 2, 29},
        {2200, 1, 1},  {-1, 1, 1},    {2100, 2, 29}, {2025, -1, 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(date_make(cases[i][0], cases[i][1], cases[i][2]), 0);
    char text[DATE_TEXT] = "x";
    assert_string_equal(date_format(0, text), "");
    assert_string_equal(date_format(60, text), "");
    assert_string_equal(date_format(-5, text), "");
    assert_string_equal(date_format(109575, text), "");
}

static void test_strict(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",           "2025-1-2",   "2025/01/02",     "20250102",    " 2025-01-02", "2025-01-02 ",
        "2025-01-0x", "2025-02-30", "x025-01-02",     "2025-01-002", "+025-01-02",  "2025-01--2",
        "1900-02-28", "2200-01-01", "２０２５-01-02",
    };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        day_t day = 7;
        assert_result(date_parse(wrong[i], &day), RESULT_INVALID);
        assert_int_equal(day, 7);
    }
}

static const struct {
    const char *text, *expected; /* "" for invalid */
} loose_cases[] = {
    {"2024-11-28", "2024-11-28"},
    {"2024年1月27日", "2024-01-27"},
    {"2026年3月1日", "2026-03-01"},
    {"2025年10月24日", "2025-10-24"},
    {"2025年10月4号", "2025-10-04"},
    {"2025年10月4", "2025-10-04"},
    {"2025 年 10 月 4 日", "2025-10-04"},
    {"2025.1.26", "2025-01-26"},
    {"2023.8.4", "2023-08-04"},
    {"2023.12.9", "2023-12-09"},
    {"2024/4/30", "2024-04-30"},
    {"2023/12/4", "2023-12-04"},
    {"2025-1-2", "2025-01-02"},
    {"20240503", "2024-05-03"},
    {"45132", "2023-07-25"},
    {"10000", "1927-05-18"},
    {"99999", "2173-10-13"},
    {"２０２５年１月２日", "2025-01-02"},
    {"２０２５－０１－０２", "2025-01-02"},
    {"４５１３２", "2023-07-25"},
    {" 2025-01-02 ", "2025-01-02"},
    {"　2025-01-02　", "2025-01-02"},
    {"\xef\xbb\xbf"
     "2025-01-02",
     "2025-01-02"},
    {"2025/1/2 0:00", "2025-01-02"},
    {"2025-01-02 00:00:00", "2025-01-02"},
    {"2025-01-02T00:00:00", "2025-01-02"},
    {"2024-02-29", "2024-02-29"},
    {"2025-02-29", ""},
    {"2025-13-01", ""},
    {"2025-01-02 10:00", ""},
    {"2025-1/2", ""},
    {"2025年1-2日", ""},
    {"2025年1月2日3", ""},
    {"2025-1-", ""},
    {"2025-1", ""},
    {"2025年1月", ""},
    {"202501", ""},
    {"25-1-2", ""},
    {"12025-1-2", ""},
    {"2025-001-2", ""},
    {"2025 01 02", ""},
    {"202501023", ""},
    {"4513", ""},
    {"451320", ""},
    {"45132.5", ""},
    {"20250230", ""},
    {"20250100", ""},
    {"2025-0-2", ""},
    {"2025-1-0", ""},
    {"长期", ""},
    {"", ""},
    {" ", ""},
    {"\xff\xfe", ""},
};

static void test_loose(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(loose_cases); i++) {
        day_t day = 0;
        char text[DATE_TEXT];
        bool valid = loose_cases[i].expected[0] != '\0';
        enum result result = date_parse_loose(loose_cases[i].text, &day);
        if ((result == 0) != valid)
            fail_msg("%s: %s", loose_cases[i].text, result_name(result));
        assert_string_equal(date_format(day, text), loose_cases[i].expected);
    }
}

static void test_months(void **state)
{
    (void)state;
    static const struct {
        const char *text, *strict, *loose;
    } cases[] = {
        {"2025-01", "2025-01", "2025-01"},
        {"2025-12", "2025-12", "2025-12"},
        {"2025-1", "", "2025-01"},
        {"2025/1", "", "2025-01"},
        {"2025.10", "", "2025-10"},
        {"202501", "", "2025-01"},
        {"2025年1月", "", "2025-01"},
        {"2025年1", "", "2025-01"},
        {"２０２５年１月", "", "2025-01"},
        {"2025-01-31", "", "2025-01"},
        {"2025年1月31日", "", "2025-01"},
        {"45132", "", "2023-07"},
        {"20250131", "", "2025-01"},
        {"1900-03", "1900-03", "1900-03"},
        {"1900-02", "", ""},
        {"2025-13", "", ""},
        {"2025-00", "", ""},
        {"202513", "", ""},
        {"2025-01-32", "", ""},
        {"2025-1-", "", ""},
        {"20250132", "", ""},
        {"2025", "", ""},
        {"", "", ""},
        {"2025-1月", "", ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        month_t strict = 0;
        month_t loose = 0;
        char text[MONTH_TEXT];
        month_parse(cases[i].text, &strict);
        month_parse_loose(cases[i].text, &loose);
        assert_string_equal(month_format(strict, text), cases[i].strict);
        assert_string_equal(month_format(loose, text), cases[i].loose);
    }
    assert_int_equal(month_year(month_make(2025, 12)), 2025);
    assert_int_equal(month_number(month_make(2025, 12)), 12);
    assert_int_equal(month_make(2026, 1) - month_make(2025, 12), 1);
    assert_int_equal(month_make(2025, 13), 0);
    assert_int_equal(month_make(2200, 1), 0);
    assert_int_equal(month_of(0), 0);
}

static void test_add_months(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        int months;
        const char *expected;
    } cases[] = {
        {"2025-01-31", 1, "2025-02-28"},  {"2024-01-31", 1, "2024-02-29"},
        {"2025-03-31", -1, "2025-02-28"}, {"2024-02-29", 12, "2025-02-28"},
        {"2024-02-29", 48, "2028-02-29"}, {"2025-08-31", 6, "2026-02-28"},
        {"2025-12-15", 1, "2026-01-15"},  {"2025-01-15", -1, "2024-12-15"},
        {"2025-10-31", 0, "2025-10-31"},  {"2025-10-31", 1, "2025-11-30"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        day_t from = 0;
        char text[DATE_TEXT];
        assert_result(date_parse(cases[i].from, &from), RESULT_OK);
        assert_string_equal(date_format(date_add_months(from, cases[i].months), text),
                            cases[i].expected);
    }
}

static void test_age(void **state)
{
    (void)state;
    static const struct {
        const char *birth, *on;
        int expected;
    } cases[] = {
        {"1964-11-23", "2026-11-22", 61}, {"1964-11-23", "2026-11-23", 62},
        {"1964-02-29", "2025-02-28", 60}, {"1964-02-29", "2025-03-01", 61},
        {"1964-02-29", "2024-02-29", 60}, {"1964-12-31", "2025-01-01", 60},
        {"2026-11-23", "2026-11-23", 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        day_t birth = 0;
        day_t on = 0;
        assert_result(date_parse(cases[i].birth, &birth), RESULT_OK);
        assert_result(date_parse(cases[i].on, &on), RESULT_OK);
        assert_int_equal(date_age(birth, on), cases[i].expected);
    }
}

/* The day changes at 16:00 UTC. */
static void test_china_time(void **state)
{
    (void)state;
    char stamp[STAMP_TEXT];
    assert_string_equal(date_format_stamp(1767196799, stamp), "2025-12-31 23:59:59");
    assert_string_equal(date_format_stamp(1767196800, stamp), "2026-01-01 00:00:00");
    assert_string_equal(date_format_stamp(1, stamp), "1970-01-01 08:00:01");
    assert_string_equal(date_format_stamp(-28801, stamp), "1969-12-31 23:59:59");
    assert_string_equal(date_format_stamp(0, stamp), "");
    assert_int_equal(date_of_time(1767196799), date_make(2025, 12, 31));
    assert_int_equal(date_of_time(1767196800), date_make(2026, 1, 1));
    assert_int_equal(date_of_time(-28801), date_make(1969, 12, 31));
    assert_int_equal(date_of_time(INT64_MAX), 0);
    assert_int_equal(date_of_time(INT64_MIN), 0);
    assert_string_equal(date_format_stamp(INT64_MAX, stamp), "");
    assert_int_equal(date_today("2026-11-23"), date_make(2026, 11, 23));
    day_t before = date_of_time(time(NULL));
    day_t today = date_today("2026-02-30");
    assert_in_range(today, before, date_of_time(time(NULL)));
    assert_in_range(date_today(NULL), before, date_of_time(time(NULL)));
}

static void test_moments(void **state)
{
    static const struct {
        const char *text;
        int64_t seconds; /* -1 = none */
    } cases[] = {
        {"2025-12-31 23:59:59", 1767196799},
        {"2026-01-01 00:00:00", 1767196800},
        {"2026-01-01 00:00", 1767196800},
        {"1970-01-01 08:00:01", 1},
        {"2026-01-01 24:00:00", -1},
        {"2026-01-01 00:60", -1},
        {"2026-01-01 00:00:60", -1},
        {"2026-02-30 00:00", -1},
        {"2026-01-01T00:00", -1},
        {"2026-01-01", -1},
        {"2026-01-01 ", -1},
        {"2026-01-01 0:00", -1},
        {"2026-01-01 00:00:00 ", -1},
        {"2026-01-01 00-00-00", -1},
        {"", -1},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t seconds = -1;
        enum result expected = cases[i].seconds < 0 ? RESULT_INVALID : RESULT_OK;
        assert_result(date_parse_stamp(cases[i].text, &seconds), expected);
        assert_int_equal(seconds, cases[i].seconds);
    }
}

static void test_moment(void **state)
{
    static const struct {
        const char *text, *day;
        int minute;
    } cases[] = {
        {"2026-10-05", "2026-10-05", -1},
        {"2026-10-05 09:30", "2026-10-05", 570},
        {"2026/10/5 9:30:15", "2026-10-05", 570},
        {"2026-10-05T09:30:00", "2026-10-05", 570},
        {"2026-10-05T09:30:00.000+08:00", "2026-10-05", 570},
        {"2026-10-05T18:30:00Z", "2026-10-06", 150},
        {"46300.395833", "2026-10-05", 570},
        {"46300", "2026-10-05", -1},
        {"2026年10月5日 9时30分", "2026-10-05", 570},
        {"2026年10月5日9时", "2026-10-05", 540},
        {"2026年10月5日9点半", "2026-10-05", 570},
        {"2026年10月5日星期一", "2026-10-05", -1},
        {"2026-10-05（周一）", "2026-10-05", -1},
        {"2026年10月5日 星期一 下午3:05", "2026-10-05", 905},
        {"2026-10-5 上午9:30", "2026-10-05", 570},
        {"2026-10-5 12:30 PM", "2026-10-05", 750},
        {"2026-10-5 12:30 AM", "2026-10-05", 30},
        {"20261005 0930", "", 0},
        {"2026-10-05 25:00", "", 0},
        {"2026-10-05 9:75", "", 0},
        {"2026-02-30 9:30", "", 0},
        {"9:30", "", 0},
        {"10月5日 9:30", "", 0},
        {"46300.", "", 0},
        {"星期一", "", 0},
        {"", "", 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        day_t day = 0;
        int minute = 0;
        char text[DATE_TEXT];
        enum result result = date_parse_moment(cases[i].text, &day, &minute);
        if (result != (*cases[i].day == '\0' ? RESULT_INVALID : RESULT_OK) ||
            strcmp(date_format(day, text), cases[i].day) != 0 || minute != cases[i].minute)
            fail_msg("%s: %s %d", cases[i].text, text, minute);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moment),     cmocka_unit_test(test_every_day),
        cmocka_unit_test(test_known_days), cmocka_unit_test(test_no_such_day),
        cmocka_unit_test(test_strict),     cmocka_unit_test(test_loose),
        cmocka_unit_test(test_months),     cmocka_unit_test(test_add_months),
        cmocka_unit_test(test_age),        cmocka_unit_test(test_china_time),
        cmocka_unit_test(test_moments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
