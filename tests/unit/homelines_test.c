/** Which lines of 首页 fit: each kind has some, none is lost without being counted. */
#include "tui/screens/homeband.h"
#include "tui/screens/homelines.h"

#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t cost(size_t total, size_t shown)
{
    return shown + (shown < total ? 1 : 0);
}

static void shares_are_fair(void **state)
{
    static const struct {
        size_t counts[4], room, shown[4];
    } cases[] = {
        {{1, 1, 1, 1}, 17, {1, 1, 1, 1}},   {{0, 0, 0, 0}, 17, {0, 0, 0, 0}},
        {{20, 1, 0, 0}, 17, {15, 1, 0, 0}}, {{17, 0, 0, 0}, 17, {17, 0, 0, 0}},
        {{18, 0, 0, 0}, 17, {16, 0, 0, 0}}, {{30, 30, 30, 0}, 17, {5, 5, 4, 0}},
        {{2, 2, 3, 3}, 0, {2, 2, 1, 1}},    {{40, 3, 40, 2}, 20, {7, 3, 6, 2}},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t shown[4] = {9, 9, 9, 9};
        homelines_share(cases[i].counts, 4, cases[i].room, shown);
        for (size_t k = 0; k < 4; k++)
            if (shown[k] != cases[i].shown[k])
                fail_msg("case %zu: kind %zu shows %zu", i, k, shown[k]);
    }
}

/** Whatever there is: the room is kept where it can be, nobody starves, nothing that fits is left. */
static void shares_keep_to_the_room(void **state)
{
    unsigned seed = 7;

    (void)state;
    for (int round = 0; round < 5000; round++) {
        size_t counts[6], shown[6], used = 0, least = 0, all = 0;
        size_t room = (size_t)rand_r(&seed) % 40;
        for (size_t k = 0; k < 6; k++)
            counts[k] = (size_t)rand_r(&seed) % 15;
        homelines_share(counts, 6, room, shown);
        for (size_t k = 0; k < 6; k++) {
            used += cost(counts[k], shown[k]);
            least += counts[k] > 1 ? 2 : counts[k];
            all += counts[k];
            assert_true(shown[k] <= counts[k]);
            assert_true(counts[k] == 0 || shown[k] > 0);
        }
        assert_true(used <= room || used == least);
        assert_true(all > room || used == all);
    }
}

static struct sheet *some_lines(void)
{
    static const char *const ids[] = {"what", "text", "more"};
    static const char *const whats[] = {"警示", "探访", "警示", "探访", "探访", "草稿"};
    struct sheet *lines = sheet_new_ids(ids, COUNT(ids));

    for (size_t i = 0; i < COUNT(whats); i++) {
        size_t row = sheet_add_row(lines);
        sheet_set(lines, row, "what", whats[i]);
        sheet_setf(lines, row, "text", "%zu", i);
    }
    return lines;
}

static void expect_lines(const struct sheet *fit, const char *const *texts, size_t count)
{
    assert_int_equal(fit->row_count, count);
    for (size_t i = 0; i < count; i++)
        assert_non_null(strstr(sheet_get(fit, i, "text"), texts[i]));
}

static void what_is_left_out_is_counted(void **state)
{
    static const struct homelines_total totals[] = {{"探访", 24}, {NULL, 0}};
    static const char *const tight[] = {"0", "2", "1", "另有 23 条没有列出，共 24 条；回车看清单",
                                        "5"};
    static const char *const wide[] = {"0", "2", "1", "3", "4", "另有 21 条", "5"};
    static const char *const least[] = {"0", "2", "1", "另有 2 条没有列出，共 3 条；回车全部列出",
                                        "5"};
    static const char *const open[] = {"0", "2", "1", "3", "4", "5"};
    struct sheet *lines = some_lines();
    struct sheet *fit = homelines_fit(lines, 5, NULL, totals);

    (void)state;
    expect_lines(fit, tight, COUNT(tight));
    assert_string_equal(sheet_get(fit, 3, "more"), "23");
    sheet_free(&fit);
    fit = homelines_fit(lines, 40, NULL, totals);
    expect_lines(fit, wide, COUNT(wide));
    sheet_free(&fit);
    fit = homelines_fit(lines, 0, NULL, NULL);
    expect_lines(fit, least, COUNT(least));
    sheet_free(&fit);
    fit = homelines_fit(lines, 0, "探访", NULL);
    expect_lines(fit, open, COUNT(open));
    sheet_free(&fit);
    sheet_free(&lines);
}

/** Only nobody left is no column, only everybody reached is the full mark. */
static void the_band_does_not_flatter(void **state)
{
    static const struct {
        const char *rate, *plain, *block;
    } marks[] = {
        {"100.0", "*", "█"}, {"99.9", "9", "▇"}, {"70.3", "7", "▅"},
        {"9.9", "0", "▁"},   {"0.0", "0", "▁"},  {"", "-", "-"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(marks); i++) {
        assert_string_equal(homeband_mark(marks[i].rate, true), marks[i].plain);
        assert_string_equal(homeband_mark(marks[i].rate, false), marks[i].block);
    }
    assert_int_equal(homeband_level(0, 500), 0);
    assert_int_equal(homeband_level(1, 500), 1);
    assert_int_equal(homeband_level(500, 500), HOMEBAND_LEVELS);
    assert_int_equal(homeband_level(250, 500), 5);
    assert_int_equal(homeband_level(0, 0), 0);
    assert_true(homeband_fits(43, 132));
    assert_false(homeband_fits(24, 132));
    assert_false(homeband_fits(43, 80));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_fair),
        cmocka_unit_test(shares_keep_to_the_room),
        cmocka_unit_test(what_is_left_out_is_counted),
        cmocka_unit_test(the_band_does_not_flatter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
