#include "domain/rate.h"

#include "tests/unit/unit.h"

static void truncates_and_never_rounds(void **state)
{
    static const struct {
        uint64_t reached, owed;
        int tenths;
        const char *text;
    } cases[] = {
        {0, 0, -1, "—"},
        {0, 1, 0, "0.0"},
        {1, 1, 1000, "100.0"},
        {47, 61, 770, "77.0"},
        {1, 3, 333, "33.3"},
        {2, 3, 666, "66.6"},
        {1, 1000, 1, "0.1"},
        {1, 1001, 0, "0.0"},
        {999, 1000, 999, "99.9"},
        {1999, 2000, 999, "99.9"},
        {999999, 1000000, 999, "99.9"},
        {UINT64_C(1000000000000), UINT64_C(1000000000000), 1000, "100.0"},
        {UINT64_C(999999999999), UINT64_C(1000000000000), 999, "99.9"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char buffer[RATE_TEXT];
        assert_int_equal(rate_tenths(cases[i].reached, cases[i].owed), cases[i].tenths);
        assert_ptr_equal(rate_format(cases[i].reached, cases[i].owed, "—", buffer), buffer);
        assert_string_equal(buffer, cases[i].text);
    }
}

static void is_full_only_if_nobody_is_missing(void **state)
{
    (void)state;
    for (uint64_t owed = 1; owed <= 3000; owed++) {
        assert_int_equal(rate_tenths(owed, owed), 1000);
        assert_true(rate_tenths(owed - 1, owed) < 1000);
    }
}

static void has_none_in_any_words(void **state)
{
    char buffer[RATE_TEXT];

    (void)state;
    assert_string_equal(rate_format(0, 0, "", buffer), "");
    assert_string_equal(rate_format(0, 0, "—", buffer), "—");
}

/** One view of each kind that counts differently. */
static const struct duty_view views[] = {
    {.state = DUTY_PENDING, .owed = true},
    {.state = DUTY_PENDING, .owed = true, .attempts = 3, .alarm = true},
    {.state = DUTY_REACHED, .owed = true, .reached_on = 46000, .done = 1, .attempts = 2},
    {.state = DUTY_REACHED, .owed = true, .reached_on = 46000, .fulfilled = true, .late = true},
    {.state = DUTY_MISSED, .owed = true, .attempts = 1},
    {.state = DUTY_EXCUSED, .attempts = 1},
    {.state = DUTY_NOT_COUNTED},
    {.state = DUTY_NOT_COUNTED, .reached_on = 46000, .attempts = 1},
};

static void assert_figures(const struct figures *figures, uint64_t times)
{
    assert_int_equal(figures->owed, 5 * times);
    assert_int_equal(figures->reached, 2 * times);
    assert_int_equal(figures->fulfilled, 1 * times);
    assert_int_equal(figures->pending, 2 * times);
    assert_int_equal(figures->missed, 1 * times);
    assert_int_equal(figures->excused, 1 * times);
    assert_int_equal(figures->not_counted, 2 * times);
    assert_int_equal(figures->attempted, 3 * times);
    assert_int_equal(figures->late, 1 * times);
}

static void counts_and_takes_away(void **state)
{
    struct figures figures = {0}, sum = {0};

    (void)state;
    for (size_t i = 0; i < COUNT(views); i++)
        figures_count(&figures, &views[i], 1);
    assert_figures(&figures, 1);

    figures_add(&sum, &figures);
    figures_add(&sum, &figures);
    assert_figures(&sum, 2);

    for (size_t i = 0; i < COUNT(views); i++)
        figures_count(&figures, &views[i], -1);
    assert_figures(&figures, 0);
}

/** Never too few: that many a day reach everybody in time. */
static void a_day_takes_enough(void **state)
{
    static const struct {
        uint64_t missing, want;
        int days;
    } cases[] = {{0, 0, 7},  {1, 1, 7},   {7, 1, 7},   {8, 2, 7},
                 {23, 4, 7}, {23, 23, 1}, {23, 23, 0}, {5, 5, -3}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(rate_per_day(cases[i].missing, cases[i].days), cases[i].want);
    for (uint64_t missing = 0; missing < 200; missing++)
        for (int days = 1; days < 32; days++) {
            uint64_t each = rate_per_day(missing, days);
            assert_true(each * (uint64_t)days >= missing);
            assert_true(each == 0 || (each - 1) * (uint64_t)days < missing);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(truncates_and_never_rounds),
        cmocka_unit_test(is_full_only_if_nobody_is_missing),
        cmocka_unit_test(has_none_in_any_words),
        cmocka_unit_test(counts_and_takes_away),
        cmocka_unit_test(a_day_takes_enough),
    };

    return cmocka_run_group_tests_name("rate", tests, NULL, NULL);
}
