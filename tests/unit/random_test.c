#include "base/random.h"

#include "tests/unit/unit.h"

#include <string.h>

/* The first numbers of SplitMix64's reference implementation, seed 1234567. */
static void test_reference(void **state)
{
    (void)state;
    static const uint64_t expected[] = {
        6457827717110365317u, 3203168211198807973u,  9817491932198370423u,
        4593380528125082431u, 16408922859458223821u,
    };
    struct random random = {.state = 1234567};
    for (size_t i = 0; i < COUNT(expected); i++)
        assert_true(random_next(&random) == expected[i]);
}

static void test_below(void **state)
{
    (void)state;
    struct random random = {.state = 1};
    int counts[7] = {0};
    for (int i = 0; i < 7000; i++)
        counts[random_below(&random, 7)]++;
    for (size_t i = 0; i < COUNT(counts); i++)
        assert_in_range(counts[i], 800, 1200);
    for (int i = 0; i < 100; i++)
        assert_int_equal(random_below(&random, 1), 0);
    for (int i = 0; i < 100; i++)
        assert_true(random_below(&random, UINT32_MAX) < UINT32_MAX);
}

static void test_secret(void **state)
{
    (void)state;
    uint8_t a[33] = {0};
    uint8_t b[33] = {0};
    assert_result(random_secret(a, 32), RESULT_OK);
    assert_result(random_secret(b, 32), RESULT_OK);
    assert_memory_not_equal(a, b, 32);
    assert_int_equal(a[32], 0); /* no byte more than asked for */
    assert_result(random_secret(a, 0), RESULT_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reference),
        cmocka_unit_test(test_below),
        cmocka_unit_test(test_secret),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
