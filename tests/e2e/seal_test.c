/* Bundles that are signed and sealed, from the command to the receiver's openssl. */
#include "bundle_files.h"
#include "certs.h"
#include "world.h"

#include "base/mem.h"
#include "base/paths.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define AREA "211100000000"

struct desk {
    struct world *world;
    char *keys; /**< keys and certificates */
    char *out;
};

static struct desk desk_new(void)
{
    struct desk desk = {.world = world_new("2026-11-27"), .keys = unit_folder("keys")};

    desk.out = mem_printf("%s-out", desk.world->home);
    world_expect(desk.world, 0, "demo --area 211103001 --cases 60 --months 1 --seed 7");
    certs_make(desk.keys, "street", "ec", "");
    certs_make(desk.keys, "county", "rsa:2048", "");
    certs_make(desk.keys, "city", "ec", "");
    return desk;
}

static void desk_free(struct desk *desk)
{
    assert_int_equal(certs_shell("rm -rf '%s' '%s'", desk->keys, desk->out), 0);
    world_free(&desk->world);
    free(desk->keys);
    free(desk->out);
}

/** Opens the sealed bundle as its receiver, with the openssl command alone. New string: the folder. */
static char *open_sealed(const struct desk *desk, const char *name, const char *receiver)
{
    assert_int_equal(
        certs_shell("cd '%s' && openssl cms -decrypt -inform DER -binary -in '%s/%s' -recip %s.pem "
                    "-inkey %s.key -out signed && openssl cms -verify -inform DER -binary -in "
                    "signed -CAfile street.pem -purpose any -out plain 2>said",
                    desk->keys, desk->out, name, receiver, receiver),
        0);
    char *plain = paths_join(desk->keys, "plain");
    char *folder = bundle_files_unpack(plain);
    free(plain);
    return folder;
}

static void the_receivers_open_it_with_openssl(void **state)
{
    static const char *const names[] = {"doudi-" AREA "-20261127.tar.zst.cms",
                                        "doudi-" AREA "-20261127-2.tar.zst.cms"};
    static const char *const ciphers[] = {"", "--cipher sm4"};
    static const char *const receivers[] = {"county", "city"};
    struct desk desk = desk_new();

    (void)state;
    for (size_t i = 0; i < COUNT(ciphers); i++) {
        world_expect(desk.world, 0,
                     "export --out '%s' --sign-with '%s/street.key' --sign-cert '%s/street.pem' "
                     "--seal-to '%s/county.pem' --seal-to '%s/city.pem' %s",
                     desk.out, desk.keys, desk.keys, desk.keys, desk.keys, ciphers[i]);
        world_expect_output(desk.world, names[i]);
        for (size_t j = 0; j < COUNT(receivers); j++) {
            char *folder = open_sealed(&desk, names[i], receivers[j]);
            char *fault = bundle_check_manifest(folder);

            if (fault != NULL)
                fail_msg("%s", fault);
            bundle_files_remove(&folder);
        }
    }
    /* Nothing that is not sealed lies there, and no key left the home. */
    assert_int_equal(certs_shell("test \"$(ls '%s' | wc -l)\" = 2", desk.out), 0);
    desk_free(&desk);
}

static void mistakes_are_told_before_anything_is_made(void **state)
{
    static const struct {
        const char *arguments, *says;
        int status;
    } cases[] = {
        {"--seal-to nowhere.pem", "打不开", 66},
        {"--seal-to county.key", "里没有证书", 65},
        {"--sign-with county.pem", "没有能用的私钥", 65},
        {"--sign-with county.key", "里没有证书", 65},
        {"--sign-with county.key --sign-cert city.pem", "不是这把私钥的", 65},
        {"--sign-cert city.pem", "--sign-with", 64},
        {"--seal-to county.pem --cipher des", "aes256 或 sm4", 64},
        {"--cipher sm4", "--seal-to", 64},
    };
    struct desk desk = desk_new();

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct world *world = desk.world;

        char *command = mem_printf("export --out '%s' %s", desk.out, cases[i].arguments);
        char *directory = mem_copy(desk.keys);
        assert_int_equal(chdir(directory), 0);
        world_expect(world, cases[i].status, "%s", command);
        world_expect_output(world, cases[i].says);
        free(directory);
        free(command);
    }
    assert_int_equal(certs_shell("test ! -e '%s'", desk.out), 0);
    world_expect(desk.world, 0, "status");
    assert_null(strstr(desk.world->output, "没有做成")); /* nothing was begun */
    assert_int_equal(chdir("/"), 0);
    desk_free(&desk);
}

// ---- a round goes up sealed

#define STREET "211103001000"

static struct world *home_new(const char *level, const char *area)
{
    struct world *world = world_new("2026-11-26");
    char *divisions = world_divisions();

    world_expect(world, 0, "init --area %s %s --divisions '%s' --first-month 2026-10", area, level,
                 divisions);
    free(divisions);
    return world;
}

/** Makes the round and reaches two of its people. */
static void begin_round(struct screen *screen)
{
    screen_press(screen, "F7");
    screen_type(screen, "密封寒潮");
    screen_press(screen, "Down");
    screen_type(screen, "1");
    screen_press(screen, "Down Down");
    screen_type(screen, "28");
    screen_press(screen, "F2");
    screen_expect(screen, "密封寒潮");
    screen_press(screen, "Enter d d Esc");
}

/** The round's rate in an officer's list of rounds. New string. */
static char *round_rate(struct world *world, const char *officer, bool make)
{
    struct screen *screen = world_screen(world, officer, 24, 80);
    const char *rate;

    screen_press(screen, "F9");
    screen_type(screen, "专项");
    screen_press(screen, "Enter");
    if (make)
        begin_round(screen);
    screen_expect(screen, "密封寒潮");
    const char *row = screen_row(screen, screen_find(screen, "密封寒潮 "));
    if ((rate = strchr(row, '.')) == NULL)
        fail_msg("no rate: %s", row);
    while (rate > row && rate[-1] != ' ')
        rate--;
    char *found = mem_copy_bytes(rate, strcspn(rate, " "));
    screen_free(&screen);
    return found;
}

/** A byte of the bundle is another one. */
static void damage(const char *path)
{
    FILE *file = fopen(path, "r+b");

    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long half = ftell(file) / 2;
    assert_int_equal(fseek(file, half, SEEK_SET), 0);
    int byte = fgetc(file);
    assert_int_equal(fseek(file, half, SEEK_SET), 0);
    assert_int_not_equal(fputc(byte ^ 1, file), EOF);
    assert_int_equal(fclose(file), 0);
}

/* Signed and sealed, a street's rounds reach the county whole, or not at all. */
static void a_round_goes_up_sealed(void **state)
{
    struct desk desk = {.world = home_new("", "211103001"), .keys = unit_folder("keys")};
    struct world *county = home_new("--level county", "211103");

    (void)state;
    desk.out = mem_printf("%s-out", desk.world->home);
    certs_make(desk.keys, "street", "ec", "");
    certs_make(desk.keys, "county", "rsa:2048", "");
    assert_int_equal(certs_shell("cd '%s' && mkdir trusted wrong && cp street.pem trusted/" STREET
                                 ".pem && cp county.pem wrong/" STREET ".pem",
                                 desk.keys),
                     0);
    world_expect(desk.world, 0, "demo --cases 40 --months 2 --seed 1 --area 211103001");
    char *figures = round_rate(desk.world, "1001", true);
    assert_string_equal(figures, "8.0"); /* 2 of 25 */
    world_expect(desk.world, 0,
                 "export --out '%s' --sign-with '%s/street.key' --sign-cert '%s/street.pem' "
                 "--seal-to '%s/county.pem'",
                 desk.out, desk.keys, desk.keys, desk.keys);
    char *bundle = mem_printf("%s/doudi-" STREET "-20261126.tar.zst.cms", desk.out);
    char *bad = mem_printf("%s/doudi-" STREET "-20261126-9.tar.zst.cms", desk.out);
    assert_int_equal(certs_shell("cp '%s' '%s'", bundle, bad), 0);
    damage(bad);
    world_expect(county, 0, "officer add 3001 --name 孙丽 --role county --area 211103");
    world_expect(county, 1, "ingest '%s' --unseal-with '%s/county.both' --trust '%s/trusted'", bad,
                 desk.keys, desk.keys);
    world_expect(county, 1, "ingest '%s' --unseal-with '%s/county.both' --trust '%s/wrong'", bundle,
                 desk.keys, desk.keys);
    world_expect(county, 1, "ingest '%s' --trust '%s/trusted'", bundle, desk.keys);
    world_expect(county, 0, "ingest '%s' --unseal-with '%s/county.both' --trust '%s/trusted'",
                 bundle, desk.keys, desk.keys);
    char *taken = round_rate(county, "3001", false);
    assert_string_equal(taken, figures);
    world_expect(county, 0, "verify");
    free(taken);
    free(figures);
    free(bundle);
    free(bad);
    world_free(&county);
    desk_free(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_receivers_open_it_with_openssl),
        cmocka_unit_test(a_round_goes_up_sealed),
        cmocka_unit_test(mistakes_are_told_before_anything_is_made),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
