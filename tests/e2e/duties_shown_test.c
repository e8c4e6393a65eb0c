/**
 * One visit, several duties: what it fulfilled is said and shown; the record is laid out for upper
 * systems and copied only when a key asks for it.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char COPY[] = "\033]52;";

/** 王桂兰 is in two programmes of which one takes the other's visits. */
static struct world *double_world(void)
{
    struct world *world = world_new_elders();
    char *path = mem_printf("%s-rows.csv", world->home);
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    assert_true(fputs("村,姓名,身份证号,人员类别,供养方式,集中供养意愿,起始月\n"
                      "旌旗社区,王桂兰,21110219440302002X,老年人,分散,否,2026-03\n",
                      file) >= 0);
    assert_int_equal(fclose(file), 0);
    world_expect(world, 0, "--as 1001 import tekun '%s'", path);
    unlink(path);
    free(path);
    return world;
}

static void find_wang(struct screen *screen)
{
    screen_press(screen, "d /");
    screen_type(screen, "王桂兰");
    screen_press(screen, "Enter");
    screen_expect(screen, "王桂兰");
}

static void a_visit_says_what_it_fulfils(void **state)
{
    struct world *world = double_world();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    find_wang(screen);
    screen_press(screen, "F2");
    screen_expect(screen, "登记探访");
    screen_press(screen, "F2");
    screen_expect(screen, "；同时计入 ");
    screen_expect(screen, "探访、特困");
    screen_press(screen, "Esc Esc F3");
    screen_type(screen, "王桂兰");
    screen_press(screen, "Enter Right Right");
    screen_expect(screen, "2026-11-23");
    screen_expect(screen, "探访、特困");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

/** Presses the keys; expects exactly these bytes to ask for a copy, nothing if NULL. */
static void expect_copy(struct screen *screen, const char *keys, const char *bytes)
{
    const char *at;

    (void)screen_bytes(screen);
    screen_press(screen, keys);
    at = strstr(screen_raw(screen), COPY);
    if (bytes == NULL) {
        assert_null(at);
        return;
    }
    if (at == NULL)
        fail_msg("nothing was copied by %s", keys);
    assert_memory_equal(at, bytes, strlen(bytes));
    assert_null(strstr(at + 1, COPY));
}

static void the_record_is_copied_value_by_value(void **state)
{
    struct world *world = double_world();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    find_wang(screen);
    expect_copy(screen, "Y", NULL);
    screen_expect(screen, "养老服务平台（虚构示例）  1/1  来源：虚构");
    screen_expect(screen, "姓名");
    screen_expect(screen, "家庭住址");
    screen_expect_whole(screen);
    expect_copy(screen, "Down Down Up Up", NULL);
    expect_copy(screen, "Enter", "\033]52;c;546L5qGC5YWw\a"); /* 王桂兰 */
    screen_expect(screen, "“姓名”已送到终端的剪贴板");
    expect_copy(screen, "c", "\033]52;c;5bGF5rCR6Lqr5Lu96K+B\a"); /* 居民身份证 */
    expect_copy(screen, "c", NULL);                               /* the number is not whole */
    screen_expect(screen, "证件号没有显示全");
    expect_copy(screen, "F3", NULL);
    screen_press(screen, "u");
    screen_expect(screen, "21110219440302002X");
    screen_press(screen, "Home Down Down");
    expect_copy(screen, "c", "\033]52;c;MjExMTAyMTk0NDAzMDIwMDJY\a");
    expect_copy(screen, "F3", "\033]52;c;546L5qGC5YWwCeWxheawkei6q+S7veivgQkyMTExMDIxOTQ0");
    screen_free(&screen);
    world_free(&world);
}

/** After a visit the same key lays out that visit. */
static void the_visit_just_recorded_is_laid_out(void **state)
{
    struct world *world = double_world();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    find_wang(screen);
    screen_press(screen, "^Y");
    screen_expect(screen, "还没有登记探访");
    screen_press(screen, "F2 F2");
    screen_expect(screen, "已登记");
    screen_press(screen, "^Y");
    screen_expect(screen, "多头填报");
    screen_expect(screen, "2026-11-23");
    screen_expect(screen, "成功");
    screen_free(&screen);
    world_free(&world);
}

/** Who may only read sees the visit in it, too, and records nothing. */
static void who_reads_sees_the_visit_laid_out(void **state)
{
    struct world *world = double_world();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    find_wang(screen);
    screen_press(screen, "F2 F2");
    screen_expect(screen, "已登记");
    screen_free(&screen);
    screen = world_screen(world, "4001", 24, 80);
    find_wang(screen);
    screen_press(screen, "Y");
    screen_expect(screen, "养老服务平台");
    screen_expect(screen, "2026-11-23");
    screen_expect(screen, "成功");
    screen_free(&screen);
    world_free(&world);
}

/** A terminal without a clipboard gets a file, and nothing goes out to it. */
static void where_nothing_can_be_copied_a_file_is_written(void **state)
{
    static const char *const types[] = {"linux", "vt220", "screen", "putty"};
    struct world *world = double_world();
    char *settings = mem_printf("%s-settings", world->home);
    char *file = mem_printf("%s/doudi/shangbao.txt", settings);

    (void)state;
    assert_int_equal(mkdir(settings, 0700), 0);
    setenv("XDG_CONFIG_HOME", settings, 1);
    for (size_t i = 0; i < COUNT(types); i++) {
        const char *arguments[] = {getenv("DOUDI"), "--home", world->home, "--as", "1001", NULL};
        struct screen_options options = {.term = types[i], .arguments = arguments};
        struct screen *screen = screen_start(&options);
        struct stat about;
        find_wang(screen);
        screen_press(screen, "Y");
        expect_copy(screen, "Enter", NULL);
        screen_expect(screen, "这种终端不能复制，已写成文件，记在");
        assert_int_equal(stat(file, &about), 0);
        assert_int_equal(about.st_mode & 0777, 0600);
        assert_int_equal(about.st_size, strlen("王桂兰"));
        unlink(file);
        screen_free(&screen);
    }
    unsetenv("XDG_CONFIG_HOME");
    free(file);
    free(settings);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_visit_says_what_it_fulfils),
        cmocka_unit_test(the_record_is_copied_value_by_value),
        cmocka_unit_test(the_visit_just_recorded_is_laid_out),
        cmocka_unit_test(who_reads_sees_the_visit_laid_out),
        cmocka_unit_test(where_nothing_can_be_copied_a_file_is_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
