/* Disks that are full: the home's own, and one that a backup is to go to. */
#include "bundle_files.h"
#include "world.h"

#include "base/mem.h"
#include "base/paths.h"
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MIB = 1 << 20 };

/** The chief of the demonstration's street. */
static const char CHIEF[] = "2001";

/** Makes a folder a small file system of its own, which only this program and its children see. */
static void make_disk(const char *folder, const char *size)
{
    char *options = mem_printf("size=%s,mode=700", size);

    assert_true(mkdir(folder, 0700) == 0 || errno == EEXIST);
    if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("small", folder, "tmpfs", 0, options) != 0) {
        print_message("no small disk can be mounted here: %s\n", strerror(errno));
        free(options);
        rmdir(folder);
        skip();
    }
    free(options);
}

/** Fills a disk but for so many bytes. */
static void fill(const char *folder, uint64_t leave)
{
    char *path = paths_join(folder, "ballast");
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    uint64_t left = paths_free_bytes(folder);

    assert_true(file >= 0 && left > leave);
    assert_int_equal(posix_fallocate(file, 0, (off_t)(left - leave)), 0);
    close(file);
    free(path);
}

static void empty(const char *folder)
{
    char *path = paths_join(folder, "ballast");

    assert_int_equal(unlink(path), 0);
    free(path);
}

static void a_backup_that_does_not_fit_is_said(void **state)
{
    struct world *world = world_new_home("2026-11-23", "2026-11");
    char *disk = mem_printf("%s-disk", world->home);

    (void)state;
    make_disk(disk, "64m");
    world_stop_server(world, SIGTERM); /* it does not see the disk */
    fill(disk, 0);
    world_expect(world, 74, "backup '%s/night'", disk);
    world_expect_output(world, "空间不够：要约 ");
    world_expect_output(world, "请腾出空间，或换一个磁盘");
    world_expect(world, 74, "export --out '%s'", disk);
    world_expect_output(world, "磁盘已满");
    world_expect(world, 0, "status");
    world_expect_output(world, "夜间备份和导出没有做成：");
    empty(disk);
    world_expect(world, 0, "backup '%s/night'", disk);
    world_expect(world, 0, "export --out '%s'", disk);
    world_expect(world, 0, "status");
    assert_null(strstr(world->output, "没有做成"));
    umount2(disk, MNT_DETACH);
    rmdir(disk);
    free(disk);
    world_free(&world);
}

/** Nothing but the ballast is on the disk. */
static void expect_nothing_left(const char *disk)
{
    char *command = mem_printf("test \"$(ls -A '%s')\" = ballast", disk);

    assert_int_equal(system(command), 0);
    free(command);
}

/** A part of the bundle fits: nothing of it stays, and its number is not used up. */
static void half_a_bundle_is_none(void **state)
{
    struct world *world = world_new("2026-11-23");
    char *disk = mem_printf("%s-disk", world->home);

    (void)state;
    world_expect(world, 0, "demo --area 211103001 --cases 300 --months 2 --seed 1");
    world_stop_server(world, SIGTERM); /* it does not see the disk */
    make_disk(disk, "8m");
    for (uint64_t kib = 0; kib <= 64; kib += 16) {
        fill(disk, kib * 1024);
        world_expect(world, 74, "export --out '%s'", disk);
        world_expect_output(world, "磁盘已满");
        expect_nothing_left(disk);
        empty(disk);
    }
    world_expect(world, 0, "export --out '%s'", disk);
    char *bundle = paths_join(disk, "doudi-211100000000-20261123.tar.zst");
    char *folder = bundle_files_unpack(bundle);
    char *number = bundle_manifest_get(folder, "number");
    assert_string_equal(number, "1");
    free(number);
    bundle_files_remove(&folder);
    free(bundle);
    world_stop_server(world, SIGTERM);
    umount2(disk, MNT_DETACH);
    rmdir(disk);
    free(disk);
    world_free(&world);
}

/** Whoever looks sees the alarm; the server that knows of the failure may be gone by then. */
static void expect_alarm(struct world *world, const char *in_status, const char *on_screen)
{
    struct screen *screen;

    world_expect(world, 0, "status");
    world_expect_output(world, in_status);
    screen = world_screen(world, CHIEF, 24, 80);
    screen_expect(screen, on_screen);
    screen_free(&screen);
}

/** The home's disk is full at night, so that the failure cannot be written down; later there is room
 *  again. */
static void a_night_on_a_full_disk_is_an_alarm_afterwards(void **state)
{
    static const struct {
        uint64_t leave;
        int signal; /**< that ends the server before anybody looks, 0 = none */
        const char *in_status, *on_screen;
    } nights[] = {
        /* The reserve takes the alarm. */
        {12 * MIB, 0, "夜间备份和导出没有做成：", "夜间备份没有做成"},
        {12 * MIB, SIGKILL, "夜间备份和导出没有做成：", "夜间备份没有做成"},
        /* Nothing can be written, not even who came for it: the server remembers. */
        {5 * MIB, 0, "磁盘满了，有内容没有存上", "磁盘满过"},
        {5 * MIB, SIGTERM, "磁盘满了，有内容没有存上", "磁盘满过"},
    };
    struct world *world = world_new("2026-11-23");
    char *out = mem_printf("%s-out", world->home);

    (void)state;
    make_disk(world->home, "96m");
    world_expect(world, 0, "demo --area 211103001 --cases 20 --months 1 --seed 1");
    for (size_t i = 0; i < sizeof nights / sizeof nights[0]; i++) {
        world_expect(world, 0, "export --out '%s'", out);
        world_expect(world, 0, "status");
        assert_null(strstr(world->output, "没有做成"));
        assert_null(strstr(world->output, "没有存上"));
        fill(world->home, nights[i].leave);
        world_expect(world, 74, "export --out '%s'", out);
        empty(world->home);
        if (nights[i].signal != 0)
            world_stop_server(world, nights[i].signal);
        expect_alarm(world, nights[i].in_status, nights[i].on_screen);
    }
    world_stop_server(world, SIGKILL);
    umount2(world->home, MNT_DETACH);
    free(out);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_backup_that_does_not_fit_is_said),
        cmocka_unit_test(half_a_bundle_is_none),
        cmocka_unit_test(a_night_on_a_full_disk_is_an_alarm_afterwards),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
