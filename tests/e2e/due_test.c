/**
 * Working through the due list: after a record the cursor goes on, whatever became of the person; what is
 * marked is what is worked on.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* All overdue, in this order: 王桂兰 (owed 4), 𠮷永福 (2), 欧阳秀英, 阿依古丽 (1 each). */

static void expect_at(struct screen *screen, const char *name)
{
    int row = screen_find(screen, "▸");

    if (row < 0 || strstr(screen_row(screen, row), name) == NULL) {
        screen_print(screen);
        fail_msg("the cursor is not at %s", name);
    }
}

/** Opens the visit form of the row the cursor is on and files that nobody was at home. */
static void file_attempt(struct screen *screen)
{
    screen_press(screen, "F2");
    screen_expect(screen, "登记探访");
    screen_press(screen, "Down Down Right");
    screen_expect(screen, "未遇");
    screen_press(screen, "F2");
    screen_expect(screen, "未遇已登记");
}

static void expect_visits(struct world *world, const char *name, const char *done)
{
    char *text = mem_printf("旌旗社区,%s", name);
    const char *row;

    world_expect(world, 0, "due --month 2026-11 --all");
    row = strstr(world->output, text);
    assert_non_null(row);
    assert_int_equal(
        strncmp(strstr(row, done) == NULL ? "" : strstr(row, done), done, strlen(done)), 0);
    if (strstr(row, done) > strchr(row, '\n'))
        fail_msg("%s: not %s\n%s", name, done, world->output);
    free(text);
}

static void a_failed_attempt_goes_on_to_the_next(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "d");
    expect_at(screen, "王桂兰");
    file_attempt(screen);
    screen_expect(screen, "王桂兰 未遇已登记，仍待访，逾期 22 天");
    expect_at(screen, "𠮷永福");
    screen_press(screen, "F2 F2"); /* whoever types on without looking records the next one */
    screen_expect(screen, "𠮷永福 已登记，还差 1 次；已访 0→1");
    expect_at(screen, "欧阳秀英");
    screen_expect(screen, "还差 1 次"); /* in the list, too: she is not done with */
    screen_press(screen, "End");
    expect_at(screen, "𠮷永福"); /* she went down: less urgent */
    screen_press(screen, "Up");
    expect_at(screen, "阿依");
    file_attempt(screen);
    expect_at(screen, "𠮷永福");
    screen_press(screen, "F2 Down Down Right F2 Enter"); /* twice a day is asked about */
    screen_expect(screen, "𠮷永福 未遇已登记，还差 1 次");
    expect_at(screen, "王桂兰"); /* from the end to the beginning */
    screen_free(&screen);
    expect_visits(world, "王桂兰", ",4,0,");
    world_free(&world);
}

/** No row is selected where the only one was just recorded: nothing happens until it is chosen again. */
static void nobody_is_selected_where_nobody_else_waits(void **state)
{
    static const struct {
        const char *visits[5];
        const char *filter;
    } cases[] = {
        {{NULL}, "王"},
        {{"211102194908150049 --date 2026-11-20", "211102195506060037 --date 2026-11-20",
          "211102194801010046 --date 2026-11-20", "211102194801010046 --date 2026-11-21", NULL},
         NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct world *world = world_new_elders();
        struct screen *screen = NULL;

        for (size_t k = 0; cases[i].visits[k] != NULL; k++)
            world_expect(world, 0,
                         "--as 3001 visit add --id %s --mode 上门 --result 成功 --by 刘洋",
                         cases[i].visits[k]);
        screen = world_screen(world, "3001", 24, 80);
        screen_press(screen, "d");
        if (cases[i].filter != NULL) {
            screen_press(screen, "/");
            screen_type(screen, cases[i].filter);
            screen_press(screen, "Enter");
        }
        expect_at(screen, "王桂兰");
        file_attempt(screen);
        screen_expect(screen, "王桂兰");
        assert_int_equal(screen_find(screen, "▸"), -1);
        screen_press(screen, "F2");
        screen_expect(screen, "没有选中的行；↑↓ 选一行");
        screen_press(screen, "F2");
        screen_expect_not(screen, "登记探访");
        screen_press(screen, "F6");
        screen_expect_not(screen, "申请免访");
        screen_press(screen, "^R F7");
        screen_expect(screen, "没有选中的行");
        screen_press(screen, "Down");
        expect_at(screen, "王桂兰");
        screen_press(screen, "F2");
        screen_expect(screen, "登记探访 王桂兰");
        screen_free(&screen);
        expect_visits(world, "王桂兰", ",4,0,");
        world_free(&world);
    }
}

/** The first screen's lines are worked through in the same way. */
static void the_first_screen_goes_on_too(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_go_to(screen, "王桂兰", 0);
    screen_press(screen, "Enter Down Down Right F2");
    screen_expect(screen, "王桂兰 未遇已登记，仍待访");
    expect_at(screen, "𠮷永福");
    screen_press(screen, "Enter F2");
    screen_expect(screen, "𠮷永福 已登记");
    expect_at(screen, "欧阳秀英");
    screen_free(&screen);
    expect_visits(world, "王桂兰", ",4,0,");
    world_free(&world);
}

static void keys_work_on_what_is_marked(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "d ,");
    screen_type(screen, "1,3");
    screen_press(screen, "Enter");
    screen_expect(screen, "已选 2 行");
    screen_press(screen, "F7");
    screen_expect(screen, "选中了 2 行，“个案”一次只办一行；按 * 取消选择");
    screen_press(screen, "F5");
    screen_expect(screen, "应访清单 2026年11月（选中 2 行）");
    screen_expect(screen, "王桂兰");
    screen_expect(screen, "欧阳秀英");
    screen_expect_not(screen, "永福");
    screen_press(screen, "Esc F2");
    screen_expect(screen, "批量登记");
    screen_expect(screen, "共 2 人");
    screen_expect(screen, "欧阳秀英");
    screen_expect_not(screen, "永福");
    screen_press(screen, "Esc ^R"); /* asked for again, they are still marked */
    screen_expect(screen, "已选 2 行");
    screen_press(screen, "F6");
    screen_expect(screen, "申请免访 2 人：王桂兰、欧阳秀英");
    screen_press(screen, "Right Down ^U");
    screen_type(screen, "2026-11-01");
    screen_press(screen, "F2");
    screen_expect(screen, "已提交 2 份免访申请");
    screen_expect_not(screen, "已选");
    expect_at(screen, "阿依");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_expect(world, 0, "due --month 2026-11");
    world_free(&world);
}

/** One mark is the row that is meant, wherever the cursor is. */
static void one_mark_is_the_row_that_is_meant(void **state)
{
    static const struct {
        const char *key, *shown;
    } keys[] = {
        {"Enter", "登记探访 欧阳秀英"}, {"F6", "申请免访 欧阳秀英"}, {"F7", "欧阳秀英  探访"}};
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    for (size_t i = 0; i < COUNT(keys); i++) {
        screen_press(screen, "d Down Down Space Home");
        screen_expect(screen, "已选 1 行");
        expect_at(screen, "王桂兰");
        screen_press(screen, keys[i].key);
        screen_expect(screen, keys[i].shown);
        screen_press(screen, "Esc Esc");
        screen_expect(screen, "首页");
    }
    screen_free(&screen);
    world_free(&world);
}

/** Of several some cannot be asked for: the others are, and those stay with the reason. */
static void what_was_refused_of_several_is_named(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "d F6 Right Down ^U");
    screen_type(screen, "2026-11-01");
    screen_press(screen, "F2");
    screen_expect(screen, "已提交");
    screen_press(screen, "* F6");
    screen_expect(screen, "申请免访 4 人");
    screen_press(screen, "Right Down ^U");
    screen_type(screen, "2026-11-01");
    screen_press(screen, "F2");
    screen_expect(screen, "已提交 3 份，1 人没有提交：王桂兰：");
    screen_expect(screen, "申请免访 王桂兰");
    screen_press(screen, "Esc Down Enter");
    screen_expect(screen, "已选 1 行");
    screen_free(&screen);
    world_free(&world);
}

/** A month later the same cases are other work: marks do not go along. */
static void marks_stay_with_their_month(void **state)
{
    struct world *world = world_new("2026-11-23");
    struct screen *screen = NULL;

    (void)state;
    world_expect(world, 0, "demo --cases 60 --months 2 --seed 7 --area 211102002");
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "d a *");
    screen_expect(screen, "已选");
    screen_press(screen, "[");
    screen_expect(screen, "2026年10月");
    screen_expect_not(screen, "已选");
    screen_free(&screen);
    world_free(&world);
}

// ---- the list changes in place

enum { ROWS = 24 };

/** What is on the screen, without the line that says what was done. */
static void read_screen(struct screen *screen, char *rows[ROWS])
{
    for (int row = 0; row < ROWS; row++) {
        const char *text = screen_row(screen, row);
        rows[row] = mem_copy(strstr(text, "已登记") != NULL ? "" : text);
    }
}

/** Asking anew changes nothing that is seen. */
static void expect_as_if_asked(struct screen *screen)
{
    char *shown[ROWS], *asked[ROWS];
    unsigned long before = screen_requests(screen);

    read_screen(screen, shown);
    screen_press(screen, "^R");
    assert_int_equal(screen_requests(screen), before + 1);
    read_screen(screen, asked);
    for (int row = 0; row < ROWS; row++) {
        if (*shown[row] != '\0' && strcmp(shown[row], asked[row]) != 0)
            fail_msg("row %d: %s\nasked anew: %s", row, shown[row], asked[row]);
        free(shown[row]);
        free(asked[row]);
    }
}

/** Files the visit of the row the cursor is on; `keys` choose the result. */
static void file_counting(struct screen *screen, const char *keys, unsigned long requests,
                          const char *said)
{
    screen_press(screen, "F2");
    screen_expect(screen, "登记探访");
    if (*keys != '\0')
        screen_press(screen, keys);
    unsigned long before = screen_requests(screen);
    screen_press(screen, "F2");
    screen_expect(screen, said);
    if (screen_requests(screen) != before + requests)
        fail_msg("%s: %lu requests", said, screen_requests(screen) - before);
}

static void a_visit_costs_no_list(void **state)
{
    static const char missed[] = "Down Down Right";
    static const struct {
        const char *keys, *filter; /**< before the first visit */
        const char *visitor;       /**< whose list, NULL = everybody's */
        const char *result, *said;
        const char *gone; /**< no longer in the list */
    } cases[] = {
        {"", NULL, NULL, missed, "王桂兰 未遇已登记，仍待访", NULL},
        {"", NULL, NULL, "", "王桂兰 已登记，还差 3 次；已访 0→1", NULL},
        {"Down", NULL, NULL, "", "𠮷永福 已登记，还差 1 次", NULL},
        {"Down Down", NULL, NULL, "", "欧阳秀英 已登记，达标", "欧阳秀英"},
        {"a Down Down", NULL, NULL, "", "欧阳秀英 已登记，达标", NULL},
        {"Down", "王", NULL, "", "王桂兰 已登记", NULL},
        {"Space Down", NULL, NULL, "", "王桂兰 已登记", NULL},
        {"", NULL, "刘洋", "", "王桂兰 已登记，还差 3 次", NULL},
        {"Down Down", NULL, "刘洋", "", "欧阳秀英 已登记，达标", "欧阳秀英"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct world *world = world_new_elders();
        struct screen *screen = world_screen(world, "3001", ROWS, 80);

        screen_press(screen, "d");
        if (cases[i].filter != NULL) {
            screen_press(screen, "/");
            screen_type(screen, cases[i].filter);
            screen_press(screen, "Enter");
        }
        if (cases[i].visitor != NULL) {
            screen_press(screen, "s Down");
            screen_type(screen, cases[i].visitor);
            screen_press(screen, "F2");
            screen_expect(screen, "探访人 刘洋");
        }
        if (*cases[i].keys != '\0')
            screen_press(screen, cases[i].keys);
        file_counting(screen, cases[i].result, 1, cases[i].said);
        expect_as_if_asked(screen);
        if (cases[i].gone != NULL)
            screen_expect_not(screen, cases[i].gone);
        screen_free(&screen);
        world_free(&world);
    }
}

/** What others record meanwhile is seen with the next visit: then the list is asked for. */
static void what_others_changed_is_asked_for(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", ROWS, 80);

    (void)state;
    screen_press(screen, "d");
    screen_expect(screen, "欧阳秀英");
    world_expect(world, 0,
                 "--as 3001 visit add --id 211102195506060037 --date 2026-11-20 --mode 上门 "
                 "--result 成功 --by 刘洋");
    file_counting(screen, "", 2, "王桂兰 已登记，还差 3 次；已访 1→2");
    expect_as_if_asked(screen);
    file_counting(screen, "", 1, "已访 2→3"); /* from then on in place again */
    expect_as_if_asked(screen);
    screen_free(&screen);
    world_free(&world);
}

/** A row of the visit's list opens before its window, not behind it; what it asks for is a date ahead. */
static void a_row_of_a_visit_can_be_seen(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", ROWS, 80);

    (void)state;
    screen_press(screen, "d");
    screen_press(screen, "F2 F8 PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn");
    screen_expect(screen, "回车增加一行");
    screen_press(screen, "Enter");
    screen_expect(screen, "转介 第 1 行");
    screen_expect(screen, "转介结果");
    screen_press(screen, "F4 2 Down F4 1");
    screen_press(screen, "F2");
    screen_expect(screen, "登记探访");
    screen_free(&screen);
    world_free(&world);
}

/** By telephone and not at home cost a key each, and one more takes back what was wrong. */
static void a_key_records_and_a_key_takes_back(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", ROWS, 80);

    (void)state;
    screen_press(screen, "d u");
    screen_expect(screen, "没有您登记的、还能撤销的探访");
    screen_press(screen, "d");
    screen_expect(screen, "王桂兰 电话已登记，还差 3 次；已访 0→1");
    expect_at(screen, "𠮷永福");
    screen_press(screen, "x");
    screen_expect(screen, "𠮷永福 未遇已登记，仍待访");
    expect_at(screen, "欧阳秀英");
    expect_as_if_asked(screen);
    expect_visits(world, "王桂兰", ",1,");

    screen_press(screen, "u");
    screen_expect(screen, "撤销您登记的：𠮷永福 2026-11-23 上门 未遇？");
    screen_press(screen, "Esc");
    screen_expect_not(screen, "撤销您登记的");
    screen_press(screen, "u Enter");
    screen_expect(screen, "𠮷永福 2026-11-23 的探访已作废");
    expect_at(screen, "𠮷永福");
    screen_press(screen, "u Enter");
    screen_expect(screen, "王桂兰 2026-11-23 的探访已作废");
    expect_at(screen, "王桂兰");
    screen_press(screen, "u");
    screen_expect(screen, "没有您登记的、还能撤销的探访");
    screen_free(&screen);
    world_free(&world);
}

/** What the server wants to know first is asked in the form, which has what the key says. */
static void a_key_asks_where_the_form_would(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", ROWS, 80);

    (void)state;
    screen_press(screen, "d d End");
    expect_at(screen, "王桂兰");
    screen_press(screen, "d"); /* a second visit of one day */
    screen_expect(screen, "登记探访 王桂兰");
    screen_expect(screen, "方式          电话");
    screen_press(screen, "Esc");
    screen_free(&screen);
    world_free(&world);
}

/** A list of another month: the key must not put today's visit there without a word. */
static void a_key_asks_for_the_day_in_another_month(void **state)
{
    struct world *world = world_new("2026-11-23");
    struct screen *screen = NULL;

    (void)state;
    world_expect(world, 0, "demo --area 211103001 --cases 60 --months 2 --seed 1");
    screen = world_screen(world, "1001", ROWS, 80);
    screen_press(screen, "d [ a x");
    screen_expect(screen, "这不是本月的清单，看清探访日期再提交");
    screen_expect(screen, "探访日期      2026-11-23");
    screen_expect(screen, "结果          未遇");
    screen_free(&screen);
    world_free(&world);
}

/** The people of the list in the order of its rows. */
static void expect_order(struct screen *screen, const char *const names[4])
{
    int last = 0;

    for (size_t i = 0; i < 4; i++) {
        int row = screen_find(screen, names[i]);
        if (row <= last) {
            screen_print(screen);
            fail_msg("%s is not in its place", names[i]);
        }
        last = row;
    }
}

static void the_list_has_the_order_that_is_chosen(void **state)
{
    static const struct {
        const char *keys;
        const char *names[4];
    } cases[] = {
        {"d", {"王桂兰", "𠮷永福", "欧阳秀英", "阿依古丽"}},
        {"S 5", {"阿依古丽", "欧阳秀英", "𠮷永福", "王桂兰"}},
        {"S Enter",
         {"王桂兰", "𠮷永福", "欧阳秀英", "阿依古丽"}}, /* the same again: turned round */
        {"S 4", {"阿依古丽", "𠮷永福", "欧阳秀英", "王桂兰"}},
        {"S 1", {"王桂兰", "𠮷永福", "欧阳秀英", "阿依古丽"}},
    };
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", ROWS, 80);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        screen_press(screen, cases[i].keys);
        expect_order(screen, cases[i].names);
    }
    screen_press(screen, "w");
    screen_expect(screen, "排序：走访顺序");
    screen_press(screen, "w");
    screen_expect(screen, "排序：紧急在前");
    screen_free(&screen);
    world_free(&world);
}

/** The cursor's person stands below the list at 80 columns, and again after the next record. */
static void the_person_is_seen_below(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "d Tab");
    screen_expect(screen, "联系人 王强");
    screen_expect(screen, "还没有探访记录");
    screen_press(screen, "Down");
    screen_expect(screen, "电话 13900000008  住址 4号楼");
    screen_press(screen, "x Up");
    screen_expect(screen, "上次  11-23  上门  未遇");
    screen_press(screen, "Tab");
    screen_expect_not(screen, "上次  11-23");
    screen_free(&screen);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_records_and_a_key_takes_back),
        cmocka_unit_test(a_key_asks_where_the_form_would),
        cmocka_unit_test(a_key_asks_for_the_day_in_another_month),
        cmocka_unit_test(the_list_has_the_order_that_is_chosen),
        cmocka_unit_test(the_person_is_seen_below),
        cmocka_unit_test(a_row_of_a_visit_can_be_seen),
        cmocka_unit_test(a_failed_attempt_goes_on_to_the_next),
        cmocka_unit_test(nobody_is_selected_where_nobody_else_waits),
        cmocka_unit_test(the_first_screen_goes_on_too),
        cmocka_unit_test(keys_work_on_what_is_marked),
        cmocka_unit_test(one_mark_is_the_row_that_is_meant),
        cmocka_unit_test(what_was_refused_of_several_is_named),
        cmocka_unit_test(marks_stay_with_their_month),
        cmocka_unit_test(a_visit_costs_no_list),
        cmocka_unit_test(what_others_changed_is_asked_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
