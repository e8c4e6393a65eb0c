/**
 * A terminal whose window changes its size while anything is open: small, large, as before. Nothing is
 * cut, and what the program believes to be on the screen is there.
 */
#include "walkhome.h"
#include "walks.h"
#include "world.h"

#include "base/mem.h"
#include "base/str.h"
#include "unit.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    int rows, columns;
} SIZES[] = {{15, 60}, {43, 132}, {24, 80}};

/** All but the line of messages, which each key takes away. */
static char *picture(struct screen *screen, int rows)
{
    struct str text = {0};

    for (int row = 0; row < rows; row++)
        str_printf(&text, "%s\n", row == rows - 2 ? "" : screen_row(screen, row));
    return str_take(&text);
}

/** True if nothing is cut and a full redraw changes nothing. */
static bool is_drawn(struct screen *screen, int rows, const char *name, const char *keys)
{
    screen_expect_whole(screen);
    char *before = picture(screen, rows);
    screen_press(screen, "^L");
    char *after = picture(screen, rows);
    bool same = strcmp(before, after) == 0;

    if (!same)
        print_message("%s (%s), %d rows:\n%s\nredrawn:\n%s\n", name, keys, rows, before, after);
    free(before);
    free(after);
    return same && screen_row(screen, 0)[0] != '\0';
}

static size_t walk_through(const struct world *world, const struct walker *officer)
{
    const char *arguments[] = {getenv("DOUDI"), "--home", world->home, "--as", officer->id, NULL};
    struct screen *screen = screen_start(&(struct screen_options){.arguments = arguments});
    const char *name = "首页";
    size_t wrong = 0;

    for (size_t i = 0; i < officer->count; i++) {
        const struct walk *at = &officer->walk[i];
        name = at->screen != NULL ? at->screen : name;
        walkhome_take(screen, at->keys);
        if (at->seen != NULL)
            screen_expect(screen, at->seen);
        for (size_t s = 0; s < COUNT(SIZES); s++) {
            screen_resize(screen, SIZES[s].rows, SIZES[s].columns);
            wrong += !is_drawn(screen, SIZES[s].rows, name, at->keys);
        }
    }
    screen_free(&screen);
    return wrong;
}

static void every_screen_takes_every_size(void **state)
{
    struct world *world = walkhome_demo();
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < WALKER_COUNT; i++)
        wrong += walk_through(world, &WALKERS[i]);
    world_expect(world, 0, "verify");
    world_free(&world);
    assert_int_equal(wrong, 0);
}

static void casework_takes_them_too(void **state)
{
    struct world *world = walkhome_casework();
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < WALK_CASEWORK_COUNT; i++)
        wrong += walk_through(world, &WALK_CASEWORK[i]);
    world_free(&world);
    assert_int_equal(wrong, 0);
}

/** Where screen, month and place leave no room for who and when, those give way. */
static void the_title_is_whole(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 15, 60);

    (void)state;
    screen_press(screen, "d Down");
    screen_expect(screen, "应访清单 2026年11月 2/4 刘洋 测试日期");
    screen_resize(screen, 24, 80);
    screen_expect(screen, "刘洋 村级协理员 测试日期 2026-11-23");
    screen_free(&screen);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_takes_every_size),
        cmocka_unit_test(casework_takes_them_too),
        cmocka_unit_test(the_title_is_whole),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
