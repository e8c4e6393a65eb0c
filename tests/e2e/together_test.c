/**
 * Two terminals at once on one list and on one case, and a server that dies under a form: each sees what
 * the other did, no record is lost and none is made twice.
 */
#include "world.h"

#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void expect_at(struct screen *screen, const char *name)
{
    int row = screen_find(screen, "▸");

    if (row < 0 || strstr(screen_row(screen, row), name) == NULL) {
        screen_print(screen);
        fail_msg("the cursor is not at %s", name);
    }
}

static void visit(struct world *world, const char *id)
{
    world_expect(
        world, 0,
        "--as 1001 visit add --id %s --date 2026-11-23 --mode 上门 --result 成功 --by 刘洋", id);
}

/** The list shows within a minute what others recorded; a cursor whose person is gone is on nobody. */
static void the_list_stays_true(void **state)
{
    struct world *world = world_new_elders();
    int clock = -1;
    struct screen *screen = world_screen_clock(world, "3001", &clock);

    (void)state;
    screen_press(screen, "d Down");
    expect_at(screen, "𠮷永福");
    screen_bytes(screen);
    visit(world, "211102194908150049");
    world_put_forward(clock, 1, 1);
    screen_await(screen, "已访 1");
    screen_expect_not(screen, "欧阳秀英");
    expect_at(screen, "𠮷永福"); /* stays */
    assert_in_range(screen_bytes(screen), 1, 600);
    visit(world, "211102195506060037");
    world_put_forward(clock, 1, 1);
    screen_await(screen, "已访 2");
    screen_press(screen, "End");
    expect_at(screen, "𠮷永福");
    visit(world, "211102194801010046");
    world_expect(world, 0,
                 "--as 1001 visit add --id 211102194801010046 --date 2026-11-20 --mode 上门 "
                 "--result 成功 --by 刘洋");
    world_put_forward(clock, 1, 1);
    screen_await(screen, "光标所在的一行已经办了，不在这里了；↑↓ 选一行");
    screen_press(screen, "F2"); /* typed without looking: nobody else is recorded */
    screen_expect(screen, "没有选中的行");
    screen_press(screen, "x");
    screen_expect_not(screen, "已登记");
    screen_press(screen, "Up");
    expect_at(screen, "王桂兰");
    screen_expect_whole(screen);
    close(clock);
    screen_free(&screen);
    world_free(&world);
}

/** The person at the cursor becomes less urgent: the cursor goes along, far down, and that is said. */
static void a_cursor_that_goes_along_says_so(void **state)
{
    struct world *world = world_new("2026-11-23");
    int clock = -1;
    struct screen *screen = NULL, *other = NULL;
    char name[64] = "";

    (void)state;
    world_expect(world, 0, "demo --area 211103001 --cases 200 --months 2 --seed 1");
    screen = world_screen_clock(world, "1001", &clock);
    screen_press(screen, "d");
    screen_expect(screen, "11月 1/");
    int row = screen_find(screen, "▸");
    assert_int_equal(sscanf(screen_row(screen, row), "▸ 1 %63s", name), 1);
    other = world_screen(world, "1001", 24, 80);
    screen_press(other, "d d");
    screen_expect(other, "电话已登记");
    world_put_forward(clock, 1, 1);
    screen_await(screen, "别人办了几件，清单已更新；光标所在的一行现在是第");
    expect_at(screen, name);
    screen_expect_not(screen, "11月 1/");
    screen_expect_whole(screen);
    close(clock);
    screen_free(&other);
    screen_free(&screen);
    world_free(&world);
}

/** Two officers at the same person: the second is asked, and what the first did is there once. */
static void one_person_is_recorded_once(void **state)
{
    struct world *world = world_new_elders();
    struct screen *first = world_screen(world, "3001", 24, 80);
    struct screen *second = world_screen(world, "1001", 43, 132);

    (void)state;
    screen_press(first, "d");
    screen_press(second, "d F2");
    screen_expect(second, "登记探访 王桂兰");
    screen_press(first, "F2 F2");
    screen_expect(first, "王桂兰 已登记");
    screen_press(second, "F2");
    screen_expect(second, "当天已登记过一次上门探访，请确认不是重复登记");
    screen_press(second, "Esc Esc");
    if (screen_find(second, "还没有提交") >= 0)
        screen_press(second, "Down Down Enter");
    screen_press(second, "Down d"); /* another person: then the list is asked for anew */
    screen_expect(second, "𠮷永福 电话已登记");
    screen_expect(second, "应访 4  已访 2");
    screen_expect(second, "还差 3 次");
    expect_at(second, "欧阳秀英");
    screen_press(second, "Esc");
    screen_expect(second, "应访 4  已访 2"); /* the first screen as well */
    screen_press(first, "x");
    screen_expect_whole(first);
    screen_expect_whole(second);
    screen_free(&first);
    screen_free(&second);
    world_expect(world, 0, "due --month 2026-11 --all");
    world_expect_output(world, ",高,4,1,2026-11-23,");
    world_expect(world, 0, "verify");
    world_free(&world);
}

/** A visit that another terminal took away under an open page can neither be corrected nor voided. */
static void one_visit_is_voided_once(void **state)
{
    struct world *world = world_new_elders();
    struct screen *first = world_screen(world, "3001", 24, 80);
    struct screen *second = NULL;

    (void)state;
    screen_press(first, "d F2 F2");
    second = world_screen(world, "1001", 24, 80);
    screen_press(second, "F3");
    screen_type(second, "wgl");
    screen_press(second, "Enter v 1");
    screen_expect(second, "作废探访 王桂兰");
    screen_press(first, "u Enter");
    screen_expect(first, "王桂兰 2026-11-23 的探访已作废");
    screen_press(second, "F2");
    screen_expect(second, "这次探访已由刘洋作废");
    screen_expect_whole(second);
    screen_press(second, "Esc Down Enter F5");
    screen_expect_not(second, "更正探访");
    screen_free(&first);
    screen_free(&second);
    world_expect(world, 0, "compliance --month 2026-11 --by village");
    world_expect_output(world, ",4,0,0,4,0,0,0,0,0,0.0\n");
    world_expect(world, 0, "verify");
    world_free(&world);
}

/** What was chosen before the server died is recorded with what is chosen afterwards, once. */
static void a_half_filled_form_outlives_the_server(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "d F2 PgDn");
    screen_type(screen, "12");
    world_stop_server(world, SIGKILL);
    screen_type(screen, "2");
    screen_press(screen, "F2");
    screen_expect(screen, "王桂兰 已登记，还差 3 次");
    screen_go_to(screen, "王桂兰", 0);
    screen_press(screen, "F7");
    screen_expect(screen, "安全关注、经济关注");
    screen_expect(screen, "本月 1/4");
    screen_free(&screen);
    world_expect(world, 0, "verify");
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_list_stays_true),
        cmocka_unit_test(a_cursor_that_goes_along_says_so),
        cmocka_unit_test(one_person_is_recorded_once),
        cmocka_unit_test(one_visit_is_voided_once),
        cmocka_unit_test(a_half_filled_form_outlives_the_server),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
