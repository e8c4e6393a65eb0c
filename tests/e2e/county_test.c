/* The screens of a county that takes in bundles: who has reported, which figures came out otherwise,
 * who is in two streets; and the same on paper. */
#include "county.h"

#include "base/mem.h"
#include "unit.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct world *world;

static int begin(void **state)
{
    (void)state;
    world = county_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    world_free(&world);
    return 0;
}

static void choose_place(struct screen *screen, const char *words)
{
    screen_press(screen, "F9");
    screen_type(screen, words);
    screen_press(screen, "Enter");
}

static void who_has_not_reported_comes_first(void **state)
{
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_expect(screen, "▸ 下级报送"); /* the first line of 首页 leads there */
    screen_expect(screen, "昨夜没有收到 11 个单位的报送（10 个从未报来，数字里没有）：");
    screen_press(screen, "Enter");
    screen_expect(screen, "报送情况");
    screen_expect(screen, "重算不符 1 个");
    screen_expect(screen, "▸ 1 振兴街道");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_expect(world, 0, "senders");
    world_expect_output(world, "key,name,state,number,date,at,rows,differences,days,waiting\n");
    world_expect_output(world, "没有收到,1,2026-11-23,");
    world_expect_output(world, ",1,2,0\n"); /* two days are missing: the 24th and the 25th */
    world_expect_output(world, "从未收到,,,,,,,1\n"); /* nobody knows how many days */
    world_expect_output(world, "已收到,1,2026-11-25,");
    world_expect_output(world, ",0,0,0\n");
}

static void a_figure_that_differs_leads_to_names(void **state)
{
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    choose_place(screen, "报送");
    screen_press(screen, "Enter");
    screen_expect(screen, "列出 1 处");
    screen_expect(screen, "所报 已访，重算 待访");
    screen_press(screen, "Enter");
    screen_expect(screen, "（211103001");
    screen_press(screen, "Esc");
    screen_expect(screen, "（LR00001）"); /* short beside the figures on 80 columns, … */
    screen_resize(screen, 43, 132);
    screen_expect(screen, "（2111030012026LR00001）");
    screen_expect_not(screen, "（LR00001）"); /* … and once where there is room */
    screen_resize(screen, 24, 80);
    screen_press(screen, "F5");
    screen_expect(screen, "打印预览");
    screen_expect(screen, "涉及的人");
    screen_press(screen, "Esc");
    screen_press(screen, "Esc");
    screen_press(screen, "F5");
    screen_expect(screen, "等前一包");
    screen_expect(screen, "数据到");
    screen_press(screen, "Esc");
    screen_press(screen, "End Enter"); /* of one that is right there is nothing to see */
    screen_expect(screen, "报送情况");
    screen_free(&screen);
}

static void a_person_in_two_streets_is_seen(void **state)
{
    struct screen *screen = world_screen(world, "3001", 43, 132);

    (void)state;
    screen_expect(screen, "2 件个案的人在别处也有个案，其中重复或不能同时享受的 2 件");
    screen_press(screen, "Down Down Enter"); /* behind the two lines about what was sent */
    screen_expect(screen, "同一业务重复：也在");
    screen_press(screen, "Esc");
    choose_place(screen, "两处");
    screen_expect(screen, "2 件");
    screen_expect(screen, "同一业务重复：也在兴隆街道");
    screen_expect(screen, "同一业务重复：也在振兴街道");
    screen_expect(screen, "其中同一业务重复、不能同时享受的");
    screen_expect_whole(screen);
    screen_press(screen, "F5");
    screen_expect(screen, "核实情况");
    screen_press(screen, "Esc");
    screen_press(screen, "Enter");
    screen_expect(screen, "基本"); /* the case */
    screen_free(&screen);
    world_expect(world, 0, "overlaps");
    world_expect_output(world, "王桂兰,2111030012026LR");
    world_expect_output(world,
                        "振兴街道世纪社区"); /* villages of two streets may be called the same */
    world_expect(world, 0, "overlaps --format text"); /* on paper as from the screen */
    world_expect_output(world, "核实情况");
    world_expect(world, 0, "senders --format text");
    world_expect_output(world, "联系情况");
    world_expect(world, 0, "senders --differences --format text");
    world_expect_output(world, "所报和重算");
}

/** Value, numerator and denominator of an indicator in an area. */
struct share {
    char value[16];
    unsigned long met, among;
};

static struct share share_of(const char *area, const char *name)
{
    struct share share = {0};
    char *wanted = mem_printf(",%s,", name);

    world_expect(world, 0, "--as 3001 indicators --area %.9s", area);
    const char *row = strstr(world->output, wanted);
    assert_non_null(row);
    row += strlen(wanted);
    for (int column = 0; column < 3; column++) /* unit, base, target */
        row = strchr(row, ',') + 1;
    assert_int_equal(sscanf(row, "%15[^,],%lu,%lu", share.value, &share.met, &share.among), 3);
    free(wanted);
    return share;
}

/** The county's indicators are those of its streets, taken together. */
static void indicators_are_of_all_streets(void **state)
{
    static const char *const names[] = {"孤儿和事实无人抚养儿童保障覆盖率",
                                        "特殊困难老年人月探访率"};

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        struct share county = share_of("211103", names[i]);
        struct share one = share_of(COUNTY_LIAR, names[i]);
        struct share two = share_of(COUNTY_TWIN, names[i]);
        print_message("%s %lu/%lu = %lu/%lu + %lu/%lu\n", names[i], county.met, county.among,
                      one.met, one.among, two.met, two.among);
        assert_true(one.among > 0 && two.among > 0);
        assert_int_equal(county.among, one.among + two.among);
        assert_int_equal(county.met, one.met + two.met);
        char value[32];
        snprintf(value, sizeof value, "%lu.%lu", county.met * 100 / county.among,
                 county.met * 1000 / county.among % 10);
        assert_string_equal(county.value, value);
    }
    struct screen *screen = world_screen(world, "3001", 43, 132);
    choose_place(screen, "指标");
    screen_expect(screen, share_of("211103", names[1]).value);
    screen_expect_whole(screen);
    screen_free(&screen);
}

/** A home that takes in nothing does not offer these. */
static void a_street_has_no_such_places(void **state)
{
    struct world *street = world_new_home("2026-11-23", "2026-11");
    struct screen *screen = world_screen(street, "4001", 24, 80);

    (void)state;
    screen_press(screen, "F9");
    screen_expect(screen, "合规看板");
    screen_expect_not(screen, "报送情况");
    screen_expect_not(screen, "两处都有的人");
    screen_free(&screen);
    world_free(&street);
    setenv("DOUDI_HOME", world->home, 1);
    setenv("DOUDI_TODAY", COUNTY_TODAY, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_has_not_reported_comes_first),
        cmocka_unit_test(a_figure_that_differs_leads_to_names),
        cmocka_unit_test(a_person_in_two_streets_is_seen),
        cmocka_unit_test(indicators_are_of_all_streets),
        cmocka_unit_test(a_street_has_no_such_places),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, begin, end);
}
