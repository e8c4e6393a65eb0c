/**
 * What a terminal's start takes, in figures that do not depend on how busy the machine is: which
 * libraries are loaded, how often it reads and writes, what memory is its own. Many terminals run on
 * one machine, and every one of them starts in front of an officer who waits.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <string.h>

/* A library more is a file to find, map and relocate at every start, and pages of each process. */
static const char *const LIBRARIES[] = {
    "libncursesw.so", "libtinfo.so", "libpanelw.so", "libprotobuf-c.so", "libcyaml.so",
    "libyaml-",       "libcsv.so",   "libjson-c.so", "libc.so",          "ld-linux",
};

enum {
    READS = 30,  /* system calls until the first screen is there; 19 when this was written */
    WRITES = 40, /* curses writes each line by itself; 15 here */
    OWN_KB = 900 /* memory shared with nobody; 590 */
};

static FILE *open_proc(const struct screen *screen, const char *name)
{
    char *path = mem_printf("/proc/%d/%s", screen_pid(screen), name);
    FILE *file = fopen(path, "re");

    assert_non_null(file);
    free(path);
    return file;
}

/** The number behind `key` in a file of /proc/PID. */
static long figure(const struct screen *screen, const char *file_name, const char *key)
{
    FILE *file = open_proc(screen, file_name);
    char line[512];
    long found = -1;

    while (found < 0 && fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, key, strlen(key)) == 0)
            found = strtol(line + strlen(key), NULL, 10);
    fclose(file);
    assert_true(found >= 0);
    return found;
}

static bool is_known(const char *path)
{
    for (size_t i = 0; i < COUNT(LIBRARIES); i++)
        if (strstr(path, LIBRARIES[i]) != NULL)
            return true;
    return false;
}

static void expect_few_libraries(const struct screen *screen)
{
    FILE *maps = open_proc(screen, "maps");
    char line[4096];

    while (fgets(line, sizeof line, maps) != NULL) {
        const char *path = strchr(line, '/');

        if (path != NULL && strstr(path, ".so") != NULL && !is_known(path))
            fail_msg("loaded at every start: %s", path);
    }
    fclose(maps);
}

static void a_start_takes_little(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = NULL;
    long reads = 0;
    long writes = 0;
    long own = 0;

    (void)state;
    unsetenv("LD_PRELOAD");                       /* what the tests load is not the program's */
    screen = world_screen(world, "1001", 24, 80); /* the server may have had to start */
    screen_free(&screen);
    screen = world_screen(world, "1001", 24, 80);
    screen_expect(screen, "首页");
    reads = figure(screen, "io", "syscr:");
    writes = figure(screen, "io", "syscw:");
    own = figure(screen, "smaps_rollup", "Anonymous:");
    print_message("start: %ld reads, %ld writes, %ld kB of its own\n", reads, writes, own);
    if (SANITIZED == 0) {
        expect_few_libraries(screen);
        assert_in_range(reads, 1, READS);
        assert_in_range(writes, 1, WRITES);
        assert_in_range(own, 1, OWN_KB);
    }
    screen_free(&screen);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_start_takes_little),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
