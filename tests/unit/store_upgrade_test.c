#include "db/store.h"

#include "store_fixture.h"

/* tests/data/old-homes/early.tar.xz: of format 1, without the tables that came later. */
static struct home early_home(void)
{
    struct home home = home_make();
    char *command = mem_printf("mkdir '%s' && tar -xJf '%s/old-homes/early.tar.xz' -C '%s' "
                               "--strip-components=1",
                               home.path, TESTS_DATA, home.path);
    assert_int_equal(system(command), 0);
    free(command);
    return home;
}

static void check_upgraded(const char *path)
{
    struct store *store;
    unsigned findings;
    assert_ok(store_open(path, &(struct store_options){.read_only = true}, &store));
    assert_int_equal(store_format(store), STORE_FORMAT);
    store_close(&store);
    assert_ok(verify_home(path, &findings));
    assert_int_equal(findings, 0);
}

static void opening_for_writing_upgrades(void **state)
{
    struct home home = early_home();
    (void)state;
    assert_ok(store_open(home.path, &(struct store_options){0}, &home.store));
    store_close(&home.store);
    check_upgraded(home.path);
    home_remove(&home);
}

/* A restored or rekeyed home is read without being written: it is upgraded first. */
static void a_home_is_upgraded_without_a_server(void **state)
{
    struct home home = early_home();
    (void)state;
    assert_ok(store_upgrade(home.path, NULL));
    check_upgraded(home.path);
    assert_ok(store_upgrade(home.path, NULL));
    check_upgraded(home.path);
    home_remove(&home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opening_for_writing_upgrades),
        cmocka_unit_test(a_home_is_upgraded_without_a_server),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
