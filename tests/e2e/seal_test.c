/* Bundles that are signed and sealed, from the command to the receiver's openssl. */
#include "bundle_files.h"
#include "certs.h"
#include "world.h"

#include "base/mem.h"
#include "base/paths.h"
#include "unit.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_receivers_open_it_with_openssl),
        cmocka_unit_test(mistakes_are_told_before_anything_is_made),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
