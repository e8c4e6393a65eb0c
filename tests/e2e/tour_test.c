/**
 * The tour: each step notices that it was done, and nothing is left of it, however it ends.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/** An empty folder for temporary files; new string. */
static char *put_folder(const struct world *world)
{
    char *folder = mem_printf("%s-tmp", world->home);

    assert_int_equal(mkdir(folder, 0700), 0);
    setenv("TMPDIR", folder, 1);
    return folder;
}

static size_t count_files(const char *folder)
{
    DIR *open = opendir(folder);
    size_t count = 0;

    assert_non_null(open);
    for (const struct dirent *entry; (entry = readdir(open)) != NULL;)
        count += entry->d_name[0] != '.';
    closedir(open);
    return count;
}

static struct screen *start(const char *home)
{
    const char *arguments[] = {getenv("DOUDI"), "--home", home, "tour", NULL};

    return screen_start(&(struct screen_options){.arguments = arguments});
}

static void each_step_is_noticed(void **state)
{
    struct world *world = world_new_elders();
    char *folder = put_folder(world);
    char *service = mem_printf("%s/doudi.sock", world->home);

    (void)state;
    setenv("DOUDI_SOCKET", service, 1); /* another home's server: not for the tour */
    struct screen *screen = start(world->home);
    assert_int_equal(count_files(folder), 1);
    screen_expect(screen, "导览 1/5");
    screen_expect(screen, "振兴街道");
    screen_expect_whole(screen);
    screen_press(screen, "Down F3"); /* something else is no step */
    screen_expect(screen, "导览 1/5");
    screen_press(screen, "Esc d");
    screen_expect(screen, "导览 2/5");
    screen_press(screen, "F2");
    screen_expect(screen, "导览 3/5");
    screen_expect_whole(screen);
    screen_press(screen, "Esc"); /* left without a visit: not done */
    screen_expect(screen, "导览 3/5");
    screen_press(screen, "F2 F2");
    screen_expect(screen, "导览 4/5");
    screen_expect(screen, "已登记");
    screen_press(screen, "F8");
    screen_expect(screen, "导览 5/5");
    screen_press(screen, "F1 F1");
    screen_expect(screen, "导览走完了");
    screen_expect(screen, "十二 看板");
    screen_press(screen, "F10");
    screen_send(screen, "\r", 1);
    assert_int_equal(screen_wait(screen), 0);
    screen_free(&screen);
    unsetenv("DOUDI_SOCKET");
    assert_int_equal(count_files(folder), 0);
    world_expect(world, 0, "--as 1001 due --month 2026-11 --all");
    world_expect_output(world, "王桂兰");
    unsetenv("TMPDIR");
    assert_int_equal(rmdir(folder), 0);
    free(service);
    free(folder);
    world_free(&world);
}

static void nothing_is_left_after_a_hang_up(void **state)
{
    struct world *world = world_new_elders();
    char *folder = put_folder(world);
    struct screen *screen = start(world->home);

    (void)state;
    screen_expect(screen, "导览 1/5");
    (void)screen_hang_up(screen);
    screen_free(&screen);
    assert_int_equal(count_files(folder), 0);
    unsetenv("TMPDIR");
    assert_int_equal(rmdir(folder), 0);
    free(folder);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_step_is_noticed),
        cmocka_unit_test(nothing_is_left_after_a_hang_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
