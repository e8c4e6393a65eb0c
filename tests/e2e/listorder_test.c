/**
 * 应访清单 in the order that an officer chooses, what stands out in it, and what one key takes back or
 * corrects, wherever the visit was recorded.
 */
#include "world.h"

#include "unit.h"

#include <stdlib.h>
#include <string.h>

#define HEADINGS "区划代码,姓名,身份证号,类别,风险等级,探访人,纳入日期,联系电话,住址\n"
#define ELDER(village, name, id, tier, house)                                                      \
    village "," name "," id ",独居," tier ",刘洋,2025-01-02,13900000002," house "\n"

static void expect_at(struct screen *screen, const char *name)
{
    int row = screen_find(screen, "▸");

    if (row < 0 || strstr(screen_row(screen, row), name) == NULL) {
        screen_print(screen);
        fail_msg("the cursor is not at %s", name);
    }
}

/** The people stand below each other. */
static void expect_order(struct screen *screen, const char *const *names, size_t count)
{
    int last = 0;

    for (size_t i = 0; i < count; i++) {
        int row = screen_find(screen, names[i]);
        if (row <= last) {
            screen_print(screen);
            fail_msg("%s is not in its place", names[i]);
        }
        last = row;
    }
}

/** Houses are written in every way of one village's books; the way on foot goes past each once. */
static void the_way_on_foot_knows_every_address(void **state)
{
    static const char *const way[] = {"王桂兰", "钱秀兰", "𠮷永福", "欧阳秀英", "赵铁柱", "赵小明"};
    struct world *world = world_new_home("2026-11-23", "2026-11");
    struct screen *screen = NULL;

    (void)state;
    world_import(
        world, "tanfang",
        HEADINGS ELDER("211102002005", "赵小明", "211102195506060037", "低", "乙区1号楼1单元101")
            ELDER("211102002005", "赵铁柱", "21110219440302002X", "低", "甲区2-1-101")
                ELDER("211102002005", "欧阳秀英", "211102194908150049", "低", "12#楼3单元101")
                    ELDER("211102002005", "𠮷永福", "211102194801010046", "低",
                          "旌旗社区 12号楼2单元501室")
                        ELDER("211102002005", "钱秀兰", "211102196003040012", "低", "12-2-301")
                            ELDER("211102002005", "王桂兰", "211102195001150010", "低",
                                  "第三村民小组5号"));
    screen = world_screen(world, "3001", 24, 80);
    screen_press(screen, "d w");
    screen_expect(screen, "排序：走访顺序");
    expect_order(screen, way, COUNT(way));
    screen_press(screen, "Home Down");
    expect_at(screen, "钱秀兰");
    screen_press(screen, "x"); /* goes on to the next door */
    expect_at(screen, "𠮷永福");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

/** A grade is no word: 高 before 中 before 低. And a day of last year is before one of this year. */
static void columns_are_ordered_by_what_they_mean(void **state)
{
    static const char *const tiers[] = {"王桂兰", "𠮷永福", "欧阳秀英"};
    static const char *const days[] = {"欧阳秀英", "王桂兰", "𠮷永福"};
    struct world *world = world_new_home("2027-01-05", "2026-12");
    struct screen *screen = NULL;

    (void)state;
    world_import(world, "tanfang",
                 HEADINGS ELDER("211102002005", "欧阳秀英", "211102194908150049", "低", "1号")
                     ELDER("211102002005", "𠮷永福", "211102194801010046", "中", "2号")
                         ELDER("211102002005", "王桂兰", "21110219440302002X", "高", "3号"));
    world_expect(world, 0,
                 "--as 3001 visit add --id 211102194801010046 --date 2027-01-03 --mode 上门 "
                 "--result 成功 --by 刘洋");
    world_expect(world, 0,
                 "--as 3001 visit add --id 21110219440302002X --date 2026-12-28 --mode 上门 "
                 "--result 成功 --by 刘洋");
    screen = world_screen(world, "3001", 24, 80);
    screen_press(screen, "d S 9");
    screen_expect(screen, "排序：档");
    expect_order(screen, tiers, COUNT(tiers));
    screen_press(screen, "S Down Enter");
    screen_expect(screen, "排序：上次");
    expect_order(screen, days, COUNT(days));
    screen_free(&screen);
    world_free(&world);
}

/** The row of a person who is overdue is coloured but for its number; where none is, words say it. */
static void overdue_stands_out(void **state)
{
    static const struct {
        const char *term, *colour;
    } terms[] = {{"xterm-256color", "\033[31m"}, {"vt220", NULL}};
    struct world *world = world_new_elders();

    (void)state;
    world_expect(world, 0,
                 "--as 3001 visit add --id 21110219440302002X --date 2026-11-20 --mode 上门 "
                 "--result 成功 --by 刘洋");
    for (size_t i = 0; i < COUNT(terms); i++) {
        const char *arguments[] = {getenv("DOUDI"), "--home", world->home, "--as", "3001", NULL};
        struct screen *screen =
            screen_start(&(struct screen_options){.term = terms[i].term, .arguments = arguments});
        screen_press(screen, "d");
        screen_expect(screen, "逾期 22 天");
        screen_expect(screen, "还差 3 次"); /* one of four is done */
        screen_bytes(screen);
        screen_press(screen, "^L");
        const char *colour =
            terms[i].colour == NULL ? NULL : strstr(screen_raw(screen), "\033[31m");
        assert_int_equal(colour != NULL, terms[i].colour != NULL);
        if (colour != NULL) {
            const char *calm = strstr(screen_raw(screen), "王桂兰"); /* 还差 3 次, the last row */
            const char *reset = strstr(colour, "\033[m");            /* takes the colour off, too */
            assert_true(strstr(colour, "逾期") < calm);
            assert_true(reset != NULL && reset < calm);
        }
        screen_free(&screen);
    }
    world_free(&world);
}

// ---- taking back

/** The last record is taken back after another screen was open, and not twice. */
static void what_was_recorded_is_taken_back_later(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "d F2 F2");
    screen_expect(screen, "王桂兰 已登记");
    screen_press(screen, "x");
    screen_expect(screen, "𠮷永福 未遇已登记");
    screen_press(screen, "Esc F8 Esc d");
    screen_press(screen, "u Enter");
    screen_expect(screen, "𠮷永福 2026-11-23 的探访已作废");
    expect_at(screen, "𠮷永福");
    screen_go_to(screen, "王桂兰", 0);
    screen_press(screen, "F7 v 1 F2"); /* on the person's page: then it is gone from here */
    screen_expect(screen, "已作废");
    screen_press(screen, "Esc Esc");
    screen_expect(screen, "应访清单");
    screen_press(screen, "u");
    screen_expect(screen, "没有您登记的、还能撤销的探访");
    screen_press(screen, "F3");
    screen_type(screen, "2322");
    screen_press(screen, "F2");
    screen_expect(screen, "登记了 2 人");
    screen_press(screen, "Esc u Enter u Enter"); /* of a batch one after the other */
    screen_expect(screen, "的探访已作废");
    screen_free(&screen);
    world_expect(world, 0, "compliance --month 2026-11 --by village");
    world_expect_output(world, ",4,0,0,4,0,0,0,0,0,0.0\n");
    world_expect(world, 0, "verify");
    world_free(&world);
}

/** The last record is corrected from the list; afterwards the corrected one is the last. */
static void what_was_recorded_is_corrected(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "d c");
    screen_expect(screen, "没有您登记的、还能撤销的探访");
    screen_press(screen, "F2 F2");
    expect_at(screen, "𠮷永福");
    screen_press(screen, "c");
    screen_expect(screen, "更正探访 王桂兰");
    screen_press(screen, "Down 2 F2");
    screen_expect(screen, "王桂兰 电话已登记");
    screen_press(screen, "u Enter");
    screen_expect(screen, "王桂兰 2026-11-23 的探访已作废");
    screen_press(screen, "u");
    screen_expect(screen, "没有您登记的、还能撤销的探访");
    screen_free(&screen);
    world_free(&world);
}

/** Of a month that was closed meanwhile nothing is taken back; why is said. */
static void a_closed_month_keeps_its_visits(void **state)
{
    struct world *world = world_new_home("2026-12-02", "2026-11");
    struct screen *screen = NULL;

    (void)state;
    world_import(world, "tanfang",
                 HEADINGS ELDER("211102002005", "欧阳秀英", "211102194908150049", "低", "1号"));
    screen = world_screen(world, "3001", 24, 80);
    screen_press(screen, "d F2 ^U");
    screen_type(screen, "1130");
    screen_press(screen, "F2");
    screen_expect(screen, "已登记");
    world_expect(world, 0, "--as 2001 close-month 2026-11 --area 211102002");
    screen_press(screen, "u");
    screen_expect(screen, "（2026-11 已月结）不能撤销");
    screen_expect_not(screen, "已作废");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

/** Whole syllables find as initials do; a word that nobody has finds nobody. */
static void a_filter_knows_whole_pinyin(void **state)
{
    static const struct {
        const char *typed, *found, *gone;
    } cases[] = {{"wang", "王桂兰", "欧阳秀英"},
                 {"ouyangx", "欧阳秀英", "王桂兰"},
                 {"oy", "欧阳秀英", "王桂兰"},
                 {"wangx", "没有符合筛选的行", "王桂兰"}};
    struct world *world = world_new_elders();

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct screen *screen = world_screen(world, "3001", 24, 80);
        screen_press(screen, "d /");
        screen_type(screen, cases[i].typed);
        screen_expect(screen, cases[i].found);
        screen_expect_not(screen, cases[i].gone);
        screen_free(&screen);
    }
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_way_on_foot_knows_every_address),
        cmocka_unit_test(columns_are_ordered_by_what_they_mean),
        cmocka_unit_test(overdue_stands_out),
        cmocka_unit_test(what_was_recorded_is_taken_back_later),
        cmocka_unit_test(what_was_recorded_is_corrected),
        cmocka_unit_test(a_closed_month_keeps_its_visits),
        cmocka_unit_test(a_filter_knows_whole_pinyin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
