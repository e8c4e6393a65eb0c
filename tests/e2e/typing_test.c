/**
 * Filling in: choices by words and by numbers, text of several lines, what is pasted.
 */
#include "world.h"

#include "unit.h"

#include <stdlib.h>
#include <string.h>

/** One behaviour everywhere: the number that stands beside the item chooses it, in any form or grid. */
static void a_digit_chooses_that_item_everywhere(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "d F2 Down"); /* a visit */
    screen_expect(screen, "*方式          上门  1上门 2电话 3视频 4远程 5其他");
    screen_type(screen, "2");
    screen_expect(screen, "▸*方式          电话  1上门");
    screen_press(screen, "Down");
    screen_type(screen, "4");
    screen_expect(screen, "*结果          联系不上  1成功 2未遇 3拒访 4联系不上");
    screen_type(screen, "7"); /* never lost without a word */
    screen_expect(screen, "结果没有第 7 项，可打 1 到 4");
    screen_expect(screen, "*结果          联系不上");
    screen_press(screen, "Esc Down Down Enter F6"); /* an excuse */
    screen_type(screen, "2");
    screen_expect(screen, "▸*原因      外出  1住院 2外出 3旅居 4拒绝 5其他");
    screen_press(screen, "Esc Down Enter F3 Right"); /* the grid */
    screen_expect(screen, "方式 1上门 2电话 3视频 4远程 5其他   结果 1成功 2未遇 3拒访 4联系不上");
    screen_type(screen, "2");
    screen_press(screen, "Right");
    screen_type(screen, "3");
    screen_expect(screen, "2026-11-23 电话   拒访     刘洋");
    screen_expect_whole(screen);
    screen_press(screen, "F6 Esc Esc F5 1 Down"); /* a case */
    screen_expect(screen, "证件类型        身份证      1身份证 2户口簿无证 3其他");
    screen_type(screen, "2");
    screen_expect(screen, "证件类型        户口簿无证  1身份证");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

/** Of a set a digit takes an item in and out; more than nine items are chosen in their list. */
static void a_digit_in_sets_and_long_lists(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "d F2");
    for (int i = 0; i < 10; i++)
        screen_press(screen, "Down");
    screen_expect(screen, "▸ 需求");
    screen_expect(screen, "1生活照料 2康复护理 3精神慰藉");
    screen_type(screen, "51");
    screen_expect(screen, "生活照料、就医");
    screen_type(screen, "1");
    screen_expect_not(screen, "生活照料、");
    screen_expect(screen, "▸ 需求          就医");
    screen_press(screen, "Esc Down Down Enter Esc F5 1");
    screen_go_to(screen, "民族", 0);
    screen_type(screen, "3"); /* may still become 30 */
    screen_expect(screen, "▸ 3 回族");
    screen_press(screen, "Enter");
    screen_expect(screen, "民族            回族");
    screen_type(screen, "11");
    screen_expect(screen, "民族            满族");
    screen_go_to(screen, "*类别", 0);
    screen_type(screen, "4"); /* of ten: it can become no other number */
    screen_expect(screen, "  4*失能");
    screen_press(screen, "Enter");
    screen_expect(screen, "▸*类别            失能");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

/** Words go on being typed; lists whose entries have digits of their own are searched by them. */
static void chooses_by_words(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "F5 1 Down");
    screen_type(screen, "hkb");
    screen_expect(screen, "1 户口簿无证");
    screen_press(screen, "Enter");
    screen_expect(screen, "证件类型        户口簿无证");
    screen_type(screen, "身");
    screen_press(screen, "Tab");
    screen_expect(screen, "证件类型        身份证");
    screen_go_to(screen, "所在村", 0);
    screen_press(screen, "F4");
    screen_type(screen, "jqsq"); /* entries with digits have no numbers: digits look for them */
    screen_expect(screen, "211102002005 旌旗社区");
    screen_expect_whole(screen);
    screen_press(screen, "Backspace Backspace Backspace Backspace");
    screen_type(screen, "002005");
    screen_press(screen, "Enter");
    screen_expect(screen, "211102002005 旌旗社区");
    screen_free(&screen);
    world_free(&world);
}

/** Ten and more: digits are put together, and what can be no longer number is taken at once. */
static void chooses_by_numbers_of_two_digits(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "2001", 24, 80);

    (void)state;
    screen_press(screen, "F9 1");
    screen_expect(screen, "菜单"); /* it may still become 10 or 11 */
    screen_press(screen, "Enter");
    screen_expect(screen, "应访清单");
    screen_press(screen, "Esc F9 4");
    screen_expect(screen, "特殊困难老年人探访  在册");
    screen_free(&screen);
    world_free(&world);
}

static void pasted_text_stays_in_its_field(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_paste(screen, "n\r1");
    screen_expect(screen, "这里不能粘贴");
    screen_expect(screen, "首页");
    screen_press(screen, "F5 1");
    screen_paste(screen, "赵\t铁\r\n柱?");
    screen_expect(screen, "*姓名            赵 铁  柱?");
    screen_expect(screen, "▸*姓名");
    screen_free(&screen);
    world_free(&world);
}

/** A remark of several lines is seen, gone through and kept as it was typed. */
static void writes_a_remark_of_several_lines(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "d Enter");
    for (int i = 0; i < 11; i++)
        screen_press(screen, "Down");
    screen_expect(screen, "▸ 备注");
    screen_type(screen, "老人情绪稳定，儿子每周来一次。轮椅坏了，下周二社区送一把新的来，请跟进。");
    screen_expect(screen, "跟进。"); /* wrapped, not cut */
    screen_press(screen, "^N");
    screen_paste(screen, "门铃坏了\r先打电话");
    screen_expect(screen, "门铃坏了");
    screen_press(screen, "Up Up Home");
    screen_type(screen, "【");
    screen_expect(screen, "【老人情绪稳定");
    screen_expect_whole(screen);
    screen_press(screen, "Down Down Down Down BackTab");
    screen_expect_not(screen, "▸ 备注"); /* out of its lines by the key between fields */
    screen_press(screen, "F2");
    screen_expect(screen, "王桂兰 已登记");
    screen_go_to(screen, "王桂兰", 0);
    screen_press(screen, "F7 Tab Tab Down Enter");
    screen_expect(screen, "【老人情绪稳定，儿子");
    screen_expect(screen, "先打电话");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

/** Lists are filtered by the words of any column, by initials, by case number and village code. */
static void filters_by_whatever_is_known(void **state)
{
    static const struct {
        const char *typed, *found, *gone;
    } cases[] = {
        {"ygj", NULL, "王桂兰"},           {"oyxy", "欧阳秀英", "王桂兰"},
        {"jqsq", "王桂兰", NULL},          {"旌旗 独居", "王桂兰", "欧阳秀英"},
        {"LR00002", "欧阳秀英", "王桂兰"}, {"211102002005", "𠮷永福", NULL},
        {"0006", "阿依古丽", "王桂兰"},
    };
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        print_message("%s\n", cases[i].typed);
        screen_press(screen, "d /");
        screen_type(screen, cases[i].typed);
        if (cases[i].found != NULL)
            screen_expect(screen, cases[i].found);
        if (cases[i].gone != NULL)
            screen_expect_not(screen, cases[i].gone);
        screen_expect_whole(screen);
        screen_press(screen, "Esc Esc");
    }
    screen_free(&screen);
    world_free(&world);
}

/** Working down the list: what was done moves away, and the cursor is at the next one. */
static void goes_on_with_the_next_one(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);
    int row = 0;

    (void)state;
    screen_press(screen, "d");
    row = screen_find(screen, "▸");
    screen_expect(screen, "1 王桂兰"); /* owed four: she stays on the list */
    screen_press(screen, "Enter F2");
    screen_expect(screen, "王桂兰 已登记");
    screen_expect(screen, "1/4");
    assert_int_equal(screen_find(screen, "▸"), row);
    assert_null(strstr(screen_row(screen, row), "王桂兰"));
    screen_free(&screen);
    world_free(&world);
}

/** A day is typed as short as it is said, in every window; what it means is shown on leaving the field. */
static void days_are_typed_short(void **state)
{
    static const struct {
        const char *typed, *shown;
    } visit[] = {{".", "2026-11-23"},
                 {"-1", "2026-11-22"},
                 {"-", "2026-11-22"},
                 {"3", "2026-11-03"},
                 {"27", "2026-10-27"},
                 {"1120", "2026-11-20"},
                 {"1126", "2026-11-26 还没有到"},
                 {"32", "! 探访日期不存在或写法不对"}},
      excuse[] = {{"27", "2026-11-27"}, {"1205", "2026-12-05"}, {"+2", "2026-11-25"}};
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "d F2");
    for (size_t i = 0; i < COUNT(visit); i++) {
        screen_type(screen, visit[i].typed);
        screen_press(screen, "Down");
        screen_expect(screen, visit[i].shown);
        screen_expect_whole(screen);
        screen_press(screen, "Up");
    }
    screen_press(screen, "Esc Down Down Enter F6 Down Down");
    screen_expect(screen, "▸*截止日");
    for (size_t i = 0; i < COUNT(excuse); i++) {
        screen_type(screen, excuse[i].typed);
        screen_press(screen, "Down");
        screen_expect(screen, excuse[i].shown);
        screen_press(screen, "Up");
    }
    screen_free(&screen);
    world_free(&world);
}

/** A village by its initials, wherever a field takes one; and who was opened last, from any list. */
static void villages_by_initials_and_people_by_one_key(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 43, 132);

    (void)state;
    screen_press(screen, "F5 1");
    screen_go_to(screen, "所在村", 0);
    screen_type(screen, "jqsq");
    screen_press(screen, "Down");
    screen_expect(screen, "211102002005 旌旗社区");
    screen_press(screen, "Up"); /* another one takes its place */
    screen_type(screen, "tuanjie");
    screen_press(screen, "Down");
    screen_expect(screen, "团结社区");
    screen_press(screen, "Esc Down Down Enter d s");
    screen_type(screen, "jq");
    screen_press(screen, "Down");
    screen_expect(screen, "旌旗社区");
    screen_press(screen, "Esc Down Down Enter F7");
    screen_expect(screen, "王桂兰");
    screen_press(screen, "^F");
    screen_expect(screen, "最近打开的人");
    screen_expect(screen, "王桂兰");
    screen_type(screen, "oy jq");
    screen_expect(screen, "欧阳秀英");
    screen_expect_not(screen, "王桂兰 ");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

static void expect_current(struct screen *screen, const char *label)
{
    int row = screen_find(screen, "▸");

    if (row < 0 || strstr(screen_row(screen, row), label) == NULL) {
        screen_print(screen);
        fail_msg("the cursor is not on %s", label);
    }
}

/** What only the server knows to be wrong stands at its field, and the cursor with it. */
static void a_refusal_puts_the_cursor_on_its_field(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "2001", 24, 80);

    (void)state;
    screen_press(screen, ":");
    screen_type(screen, "请假");
    screen_press(screen, "Enter F7");
    screen_go_to(screen, "替班人", 0);
    screen_type(screen, "9876");
    screen_go_to(screen, "截止日", 0);
    screen_type(screen, "27");
    screen_go_to(screen, "原因", 0);
    screen_type(screen, "学习培训");
    screen_press(screen, "F2");
    screen_expect(screen, "没有工号 9876，请核对");
    expect_current(screen, "替班人");
    screen_press(screen, "Backspace Backspace Backspace Backspace");
    screen_type(screen, "1001");
    screen_press(screen, "Up");
    expect_current(screen, "请假的人");
    screen_press(screen, "Backspace Backspace Backspace Backspace");
    screen_type(screen, "1001");
    screen_press(screen, "F2");
    screen_expect(screen, "替班人不能是请假的本人，请换一位");
    expect_current(screen, "替班人");
    screen_free(&screen);
    screen = world_screen(world, "2001", 24, 80);
    screen_press(screen, ":");
    screen_type(screen, "专项");
    screen_press(screen, "Enter F7");
    screen_go_to(screen, "名称", 0);
    screen_type(screen, "寒");
    screen_go_to(screen, "原因", 0);
    screen_type(screen, "1");
    screen_go_to(screen, "截止日", 0);
    screen_type(screen, "27");
    screen_press(screen, "F2");
    screen_expect(screen, "请写专项走访的名称");
    expect_current(screen, "名称");
    screen_free(&screen);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_digit_chooses_that_item_everywhere),
        cmocka_unit_test(a_digit_in_sets_and_long_lists),
        cmocka_unit_test(chooses_by_words),
        cmocka_unit_test(chooses_by_numbers_of_two_digits),
        cmocka_unit_test(pasted_text_stays_in_its_field),
        cmocka_unit_test(writes_a_remark_of_several_lines),
        cmocka_unit_test(filters_by_whatever_is_known),
        cmocka_unit_test(goes_on_with_the_next_one),
        cmocka_unit_test(days_are_typed_short),
        cmocka_unit_test(villages_by_initials_and_people_by_one_key),
        cmocka_unit_test(a_refusal_puts_the_cursor_on_its_field),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
