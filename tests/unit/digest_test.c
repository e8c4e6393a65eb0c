#include "base/digest.h"

#include "tests/unit/unit.h"

#include <string.h>

/* Sums published in FIPS 180-2. */
static const char empty_sum[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
static const char abc_sum[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
static const char million_a_sum[] =
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

static void test_at_once(void **state)
{
    (void)state;
    uint8_t sum[DIGEST_SIZE];
    char text[DIGEST_TEXT];
    digest_bytes("", 0, sum);
    assert_string_equal(digest_format(sum, text), empty_sum);
    digest_bytes("abc", 3, sum);
    assert_string_equal(digest_format(sum, text), abc_sum);
}

static void test_in_pieces(void **state)
{
    (void)state;
    uint8_t sum[DIGEST_SIZE];
    char text[DIGEST_TEXT];
    char piece[1000];
    memset(piece, 'a', sizeof piece);
    struct digest *digest = digest_new();
    for (int i = 0; i < 1000; i++)
        digest_add(digest, piece, sizeof piece);
    digest_end(&digest, sum);
    assert_null(digest);
    assert_string_equal(digest_format(sum, text), million_a_sum);

    digest = digest_new();
    digest_end(&digest, sum);
    assert_string_equal(digest_format(sum, text), empty_sum);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_at_once),
        cmocka_unit_test(test_in_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
