/**
 * Keys that a day's tasks may take, counted on the real program: one for each press, without the names,
 * ID numbers, villages and amounts of a new household.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tally {
    struct world *world;
    struct screen *screen;
    int keys;
};

static void press(struct tally *tally, const char *keys)
{
    for (const char *key = keys; *key != '\0'; key += strspn(key, " ")) {
        key += strcspn(key, " ");
        tally->keys++;
    }
    screen_press(tally->screen, keys);
}

/** Text that is counted. */
static void type(struct tally *tally, const char *text)
{
    for (const char *c = text; *c != '\0'; c++)
        tally->keys += (*c & 0xc0) != 0x80;
    screen_type(tally->screen, text);
}

/** What the task is about anyway. */
static void data(struct tally *tally, const char *text)
{
    screen_type(tally->screen, text);
}

static void open_list(struct tally *tally)
{
    screen_press(tally->screen, "d");
    screen_expect(tally->screen, "应访清单");
}

/** The page of a person with a visit. */
static void open_visited(struct tally *tally)
{
    open_list(tally);
    screen_press(tally->screen, "F7 F3 F2");
    screen_expect(tally->screen, "已登记");
    screen_expect(tally->screen, "基本");
}

// ---- the tasks

static void log_in(struct tally *tally)
{
    const char *arguments[] = {getenv("DOUDI"), "--home", tally->world->home, NULL};

    screen_free(&tally->screen);
    tally->screen = screen_start(&(struct screen_options){.arguments = arguments});
    type(tally, "1001");
    press(tally, "Enter");
    type(tally, "Doudi-2026");
    press(tally, "Enter");
    screen_expect(tally->screen, "首页");
}

static void visit(struct tally *tally)
{
    open_list(tally);
    press(tally, "F2 F2");
    screen_expect(tally->screen, "已登记");
}

static void by_phone(struct tally *tally)
{
    open_list(tally);
    press(tally, "d");
    screen_expect(tally->screen, "电话已登记");
}

static void not_met(struct tally *tally)
{
    open_list(tally);
    press(tally, "x");
    screen_expect(tally->screen, "未遇已登记");
}

/** How often the list of everybody has the text. */
static int count_output(struct tally *tally, const char *text)
{
    int count = 0;

    world_expect(tally->world, 0, "due --month 2026-11 --all");
    for (const char *at = tally->world->output; (at = strstr(at, text)) != NULL; at++)
        count++;
    return count;
}

static void yesterday(struct tally *tally)
{
    open_list(tally);
    int before = count_output(tally, ",1,2026-11-22,");

    press(tally, "F2 - F2");
    screen_expect(tally->screen, "已登记");
    assert_true(count_output(tally, ",1,2026-11-22,") > before); /* may count for two cases */
}

static void correct(struct tally *tally)
{
    open_visited(tally);
    press(tally, "F5 Down 2 F2");
    screen_expect(tally->screen, "已登记");
    screen_expect(tally->screen, "2026-11-23 电话");
}

/** Whoever sees at once that it was wrong is still in the list, at the next person. */
static void correct_at_once(struct tally *tally)
{
    open_list(tally);
    screen_press(tally->screen, "F2 F2");
    press(tally, "c Down 2 F2");
    screen_expect(tally->screen, "电话已登记");
}

/** Whoever was visited before this login, from the list with everybody. */
static void correct_older(struct tally *tally)
{
    open_list(tally);
    screen_press(tally->screen, "F2 F2");
    screen_expect(tally->screen, "已登记");
    screen_leave(&tally->screen);
    tally->screen = world_screen(tally->world, "1001", 24, 80);
    open_list(tally);
    screen_press(tally->screen, "a /");
    screen_type(tally->screen, "达标");
    screen_press(tally->screen, "Enter Home");
    press(tally, "C Down 2 F2");
    screen_expect(tally->screen, "电话已登记");
}

static void take_back_at_once(struct tally *tally)
{
    open_list(tally);
    screen_press(tally->screen, "F2 F2");
    press(tally, "u Enter");
    screen_expect(tally->screen, "已作废");
}

static void take_back(struct tally *tally)
{
    open_visited(tally);
    press(tally, "v 1 F2");
    screen_expect(tally->screen, "已作废");
}

static void batch(struct tally *tally)
{
    open_list(tally);
    press(tally, "F3");
    screen_expect(tally->screen, "批量登记");
    for (int day = 23; day > 3; day--) {
        char text[4];
        (void)snprintf(text, sizeof text, "%d", day);
        type(tally, text);
        if ((day <= 12 || day == 20) && day > 4) /* 1126 and 2026-11-26 begin so, too */
            press(tally, "Enter");
    }
    press(tally, "F2");
    screen_expect(tally->screen, "登记了 20 人");
}

static void household(struct tally *tally)
{
    static const struct {
        const char *relation, *name, *id, *then;
    } members[] = {
        {"", "赵铁柱", "21110219440302002X", "F5"},
        {"2 Enter", "钱秀兰", "211102194908150049", "F5"},
        {"3 Enter", "赵小明", "211102195506060037", "F2"},
    };

    press(tally, "F5 2");
    data(tally, "sjsq");
    press(tally, "PgDn Enter");
    for (size_t i = 0; i < COUNT(members); i++) {
        press(tally, members[i].relation);
        press(tally, "PgDn"); /* past 是否保障 */
        data(tally, members[i].name);
        press(tally, "Enter Enter"); /* past 证件类型 */
        data(tally, members[i].id);
        press(tally, members[i].then);
    }
    screen_expect(tally->screen, "家庭成员（3）");
    press(tally, "PgDn");
    data(tally, "800");
    press(tally, "F2 F2");
    screen_expect_not(tally->screen, "新增 最低生活保障");
    screen_expect(tally->screen, "赵铁柱");
}

static void excuse(struct tally *tally)
{
    open_list(tally);
    screen_press(tally->screen, "End"); /* whoever is first may have asked already */
    press(tally, "F6 1 Down 1 F2");
    screen_expect(tally->screen, "已提交");
}

static void move(struct tally *tally)
{
    open_list(tally);
    press(tally, "F7 F2 PgDn");
    type(tally, "zysq");
    press(tally, "F2");
    screen_expect(tally->screen, "已保存");
    screen_expect(tally->screen, "紫园社区");
}

static void names(struct tally *tally)
{
    press(tally, "F8 w");
    screen_expect(tally->screen, "名单");
}

/* The limit is what the task takes today, where that is less than the budget: it must not grow. */
static const struct {
    const char *task;
    int budget, limit;
    void (*does)(struct tally *tally);
} TASKS[] = {
    {"log in", 16, 16, log_in},
    {"visit, from the list", 2, 2, visit},
    {"visit by telephone, from the list", 1, 1, by_phone},
    {"nobody met, from the list", 1, 1, not_met},
    {"visit of yesterday, from the list", 3, 3, yesterday},
    {"correct a visit, from its person's page", 4, 4, correct},
    {"correct the visit just recorded, from the list", 4, 4, correct_at_once},
    {"correct an older visit, from the list", 4, 4, correct_older},
    {"void a visit, from its person's page", 3, 3, take_back},
    {"void the visit just recorded, from the list", 3, 2, take_back_at_once},
    {"20 people with days of their own, from the list", 45, 45, batch},
    {"household of three beyond its data", 25, 23, household},
    {"excuse, from the list", 6, 5, excuse},
    {"move to another village, from the list", 8, 8, move},
    {"names behind a figure, from the first screen", 2, 2, names},
};

static void tasks_stay_within_their_keys(void **state)
{
    bool beyond = false;

    (void)state;
    for (size_t i = 0; i < COUNT(TASKS); i++) {
        struct tally tally = {.world = world_new("2026-11-23")};
        world_expect(tally.world, 0, "demo --area 211103001 --cases 60 --months 1 --seed 1");
        tally.screen = world_screen(tally.world, "1001", 24, 80);
        TASKS[i].does(&tally);
        print_message("%3d keys, budget %2d: %s\n", tally.keys, TASKS[i].budget, TASKS[i].task);
        beyond = beyond || tally.keys > TASKS[i].limit;
        screen_expect_whole(tally.screen);
        screen_free(&tally.screen);
        world_free(&tally.world);
    }
    assert_false(beyond);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tasks_stay_within_their_keys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
