/*
 * An office's own forms in the real program: server and terminal read them, status and log tell
 * them, and a fault in one is told with its file.
 */
#include "world.h"

#include "base/mem.h"
#include "screen.h"
#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static char *make_office(const struct world *world)
{
    char *office = mem_printf("%s-office/forms", world->home);
    char *command = mem_printf("mkdir -p '%s'", office);

    assert_int_equal(system(command), 0);
    free(command);
    return office;
}

static void put(const char *office, const char *name, const char *text)
{
    char *path = mem_printf("%s/%s", office, name);
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    free(path);
}

static void the_office_has_a_programme_of_its_own(void **state)
{
    struct world *world = world_new_home("2026-11-23", "2026-11");
    char *office = make_office(world);
    char *folder = mem_printf("%s-office", world->home);
    char *remove = mem_printf("rm -rf '%s'", folder);
    char *told = mem_printf("%s：qunuan.yaml（新增）", office);

    (void)state;
    world_expect(world, 0, "status");
    world_expect_output(world, "本地表单,没有");
    put(office, "qunuan.yaml",
        "kind: qunuan\ntitle: 取暖补贴\nbrief: 取暖\ncode: QN\nsubject: person\n"
        "codes: [{id: qn_band, items: [{label: 八十}, {label: 九十}]}]\n"
        "fields:\n  - {id: band, label: 档次, type: choice, codes: qn_band, required: true}\n"
        "  - {id: from_m, label: 起领月, type: month, required: true}\n"
        "exits: [死亡]\nlist: [name, band]\nroles: {area: person.area, since: from_m}\n");
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_CONFDIR", folder, 1);
    world_expect(world, 0, "status");
    world_expect_output(world, told);
    world_expect(world, 0, "--version; grep -F '%s' '%s/log/doudid.log'", told, world->home);
    struct screen *screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "F5");
    screen_expect(screen, "取暖补贴");
    screen_free(&screen);

    put(office, "qunuan.yaml", "kind: qunuan\ntitel: 取暖\n");
    world_stop_server(world, SIGTERM);
    world_expect(world, 65, "status");
    world_expect_output(world, "没有这个键：titel");
    unsetenv("DOUDI_CONFDIR");
    assert_int_equal(system(remove), 0);
    free(told);
    free(remove);
    free(folder);
    free(office);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_office_has_a_programme_of_its_own)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
