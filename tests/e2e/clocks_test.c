/* The machine's clock jumps. The programs run on the real date here, so months are worked out. */
#include "world.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/month.h"
#include "unit.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { DAY = 86400, FAR = 100 };

struct scene {
    struct world *world;
    char *path; /**< of the clock */
    char *order;
    int clock;
    char month[MONTH_TEXT];
    char *figures; /**< of this month, before anything jumped */
};

/** The clock of the programs is so many days ahead of the machine's; uptime stays as it is. */
static void jump(struct scene *scene, int days)
{
    int64_t ahead = (int64_t)days * DAY * 1000;

    assert_int_equal(pwrite(scene->clock, &ahead, sizeof ahead, sizeof ahead), sizeof ahead);
}

static const char *day_ahead(int days, char text[DATE_TEXT])
{
    return date_format(date_today(NULL) + days, text);
}

static int begin(void **state)
{
    struct scene *scene = mem_new(sizeof *scene);
    const char *sanitizer = getenv("ASAN_OPTIONS");
    int64_t none[2] = {0};

    scene->world = world_new("");
    scene->path = mem_printf("%s-clock", scene->world->home);
    scene->clock = open(scene->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_int_equal(pwrite(scene->clock, none, sizeof none, 0), sizeof none);
    scene->order = mem_printf("%s:verify_asan_link_order=0", sanitizer != NULL ? sanitizer : "");
    unsetenv("DOUDI_TODAY");
    setenv("ASAN_OPTIONS", scene->order, 1);
    setenv("DOUDI_CLOCK", scene->path, 1);
    setenv("LD_PRELOAD", "clock.so", 1);
    month_format(month_of(date_today(NULL)), scene->month);
    world_expect(scene->world, 0, "demo --cases 40 --months 1 --seed 7 --area 211103001");
    world_expect(scene->world, 0, "compliance --month %s --by county", scene->month);
    scene->figures = mem_copy(scene->world->output);
    *state = scene;
    return 0;
}

static int end(void **state)
{
    struct scene *scene = *state;

    unsetenv("LD_PRELOAD");
    unsetenv("DOUDI_CLOCK");
    world_free(&scene->world);
    close(scene->clock);
    unlink(scene->path);
    free(scene->path);
    free(scene->order);
    free(scene->figures);
    free(scene);
    return 0;
}

static void expect_as_before(struct scene *scene)
{
    world_expect(scene->world, 0, "compliance --month %s --by county", scene->month);
    assert_string_equal(scene->world->output, scene->figures);
    world_expect(scene->world, 0, "status");
    assert_null(strstr(scene->world->output, "时钟"));
    world_expect(scene->world, 0, "verify");
}

/** While the clock stands wrong: whoever looks is told, and nothing is closed. */
static void expect_doubt(struct scene *scene)
{
    struct world *world = scene->world;
    struct screen *screen;

    world_expect(world, 0, "status");
    world_expect_output(world, "服务器时钟从 ");
    world_expect_output(world, "status --confirm-clock ");
    world_expect(world, 75, "close-month %s --area 211103001", scene->month);
    world_expect_output(world, "服务器时钟跳到了 ");
    screen = world_screen(world, "2001", 24, 80);
    screen_expect(screen, "服务器时钟跳到了");
    screen_free(&screen);
}

static void a_jump_closes_no_month(void **state)
{
    static const struct {
        int days;
        bool restarts; /**< the server starts with the wrong clock, else it is running */
    } jumps[] = {{FAR, false}, {FAR, true}, {-FAR, false}, {-FAR, true}};
    struct scene *scene = *state;

    for (size_t i = 0; i < sizeof jumps / sizeof jumps[0]; i++) {
        if (jumps[i].restarts)
            world_stop_server(scene->world, SIGKILL);
        jump(scene, jumps[i].days);
        if (jumps[i].days > 0)
            expect_doubt(scene);
        world_expect(scene->world, 0, "status");
        world_expect_output(scene->world, "服务器时钟从 ");
        if (jumps[i].restarts)
            world_await_output(scene->world, "时钟从 ", "audit"); /* the timer writes it */
        jump(scene, 0);
        expect_as_before(scene);
    }
}

static void the_administrator_confirms_it(void **state)
{
    struct scene *scene = *state;
    struct world *world = scene->world;
    char right[DATE_TEXT], wrong[DATE_TEXT];

    world_expect(world, 65, "status --confirm-clock %s", day_ahead(0, right));
    world_expect_output(world, "不需要确认");
    world_stop_server(world, SIGTERM);
    jump(scene, FAR);
    world_expect(world, 65, "status --confirm-clock %s", day_ahead(0, wrong));
    world_expect_output(world, "请先核对系统时间");
    world_expect(world, 77, "--as 2001 status --confirm-clock %s", day_ahead(FAR, right));
    world_expect(world, 0, "status --confirm-clock %s", right);
    world_expect_output(world, "时钟已确认");
    world_stop_server(world, SIGTERM);
    world_expect(world, 0, "status");
    assert_null(strstr(world->output, "时钟"));
    world_expect(world, 0, "compliance --month %s --as-reported --by county", scene->month);
    world_expect(world, 0, "audit --action clock");
    world_expect_output(world, "核对时钟");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_jump_closes_no_month, begin, end),
        cmocka_unit_test_setup_teardown(the_administrator_confirms_it, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
