#include "bundle/rowstate.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/str.h"
#include "bundle/delta.h"
#include "bundle/rowsum.h"
#include "certs.h"
#include "unit.h"

#include <sys/stat.h>

/* What a bundle said is kept from one run to the next; what cannot be trusted is not used. */

static char *outbox;

static int begin(void **state)
{
    char *folder = unit_folder("rowstate");

    (void)state;
    outbox = paths_join(folder, "outbox");
    free(folder);
    return 0;
}

static int end(void **state)
{
    (void)state;
    assert_int_equal(certs_shell("rm -rf \"$(dirname '%s')\"", outbox), 0);
    free(outbox);
    return 0;
}

/** A run: keys "a b c" of the file x.csv, the hash of each its text in `hashes`. */
struct run {
    const char *keys[4], *hashes[4];
};

static void add_gone(const char *key, void *arg)
{
    str_printf(arg, "-%s", key);
}

/** Puts the groups; appends "+KEY" of what changed and "-KEY" of what is gone. */
static enum result put_all(struct rowstate *state, const struct run *run, struct str *said)
{
    enum result result = rowstate_begin(state, "x.csv", "key,value");

    for (size_t i = 0; result == 0 && i < COUNT(run->keys) && run->keys[i] != NULL; i++) {
        uint8_t hash[DIGEST_SIZE];
        bool changed = false;

        digest_bytes(run->hashes[i], strlen(run->hashes[i]), hash);
        result = rowstate_put(state, run->keys[i], hash, &changed);
        if (changed)
            str_printf(said, "+%s", run->keys[i]);
    }
    return result == 0 ? rowstate_end(state, add_gone, said) : result;
}

static enum result commit(struct rowstate *state, uint64_t number)
{
    char name[] = "bundle.tar.zst";
    struct rowstate_bundle bundle = {
        .number = number, .name = name, .full_on = date_make(2026, 11, 23)};

    memset(bundle.manifest, 'a', DIGEST_TEXT - 1);
    return rowstate_commit(state, &bundle);
}

/** Runs, commits as `number` (0 = not), and compares what changed. */
static void expect_run(const struct run *run, uint64_t number, const char *says)
{
    struct rowstate *state = NULL;
    struct str said = {0};

    assert_result(rowstate_open(outbox, &state), RESULT_OK);
    assert_result(put_all(state, run, &said), RESULT_OK);
    assert_string_equal(str_text(&said), says);
    if (number != 0)
        assert_result(commit(state, number), RESULT_OK);
    rowstate_close(&state);
    str_free(&said);
}

/** The number of the bundle that is known, 0 = none. */
static uint64_t known(void)
{
    struct rowstate *state = NULL;

    assert_result(rowstate_open(outbox, &state), RESULT_OK);
    const struct rowstate_bundle *last = rowstate_last(state);
    uint64_t number = last != NULL ? last->number : 0;
    rowstate_close(&state);
    return number;
}

static const struct run THREE = {{"1", "2", "3"}, {"a", "b", "c"}};

static void tells_what_changed(void **state)
{
    (void)state;
    assert_int_equal(known(), 0);
    expect_run(&THREE, 1, "+1+2+3");
    expect_run(&THREE, 2, "");
    expect_run(&(struct run){{"0", "1", "2", "3"}, {"x", "a", "B", "c"}}, 3, "+0+2");
    expect_run(&(struct run){{"3", "1"}, {"c", "a"}}, 4, "-0-2");
    expect_run(&(struct run){{0}}, 5, "-1-3");
    expect_run(&(struct run){{""}, {"whole"}}, 6, "+");
    expect_run(&(struct run){{""}, {"Whole"}}, 7, "+");
    assert_int_equal(known(), 7);
    /* One folder, whatever came before. */
    assert_int_equal(certs_shell("test \"$(ls '%s')\" = rows-7", outbox), 0);
}

static void without_a_commit_nothing_changes(void **state)
{
    (void)state;
    expect_run(&THREE, 1, "+1+2+3");
    expect_run(&(struct run){{"1"}, {"z"}}, 0, "+1-3-2");
    expect_run(&THREE, 2, "");
}

static void it_knows_its_columns(void **state)
{
    struct rowstate *rows = NULL;

    (void)state;
    expect_run(&THREE, 1, "+1+2+3");
    assert_result(rowstate_open(outbox, &rows), RESULT_OK);
    assert_true(rowstate_knows(rows, "x.csv", "key,value"));
    assert_false(rowstate_knows(rows, "x.csv", "key,value,new"));
    assert_false(rowstate_knows(rows, "y.csv", "key,value"));
    assert_string_equal(rowstate_last(rows)->name, "bundle.tar.zst");
    assert_int_equal(rowstate_last(rows)->full_on, date_make(2026, 11, 23));
    rowstate_close(&rows);
}

/** Two groups of one key would overwrite each other at the receiver. */
static void a_key_put_twice_is_refused(void **state)
{
    struct rowstate *rows = NULL;
    struct str said = {0};

    (void)state;
    assert_result(rowstate_open(outbox, &rows), RESULT_OK);
    assert_result(put_all(rows, &(struct run){{"1", "2", "1"}, {"a", "b", "c"}}, &said),
                  RESULT_CORRUPT);
    rowstate_close(&rows);
    str_free(&said);
}

static void what_is_damaged_is_not_used(void **state)
{
    static const char *const damages[] = {
        "rm index",
        "rm keys",
        "rm entries",
        ": >keys",
        "truncate -s 2 keys",
        "truncate -s 33 entries",
        ": >entries",
        "truncate -s -10 index",
        "sed -i s/1/9/ index",
        "printf 'x\\n' >>index",
        "sed -i 's/x.csv\\t0/x.csv\\t1/' index",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(damages); i++) {
        assert_int_equal(certs_shell("rm -rf '%s'", outbox), 0);
        expect_run(&THREE, 1, "+1+2+3");
        assert_int_equal(known(), 1);
        assert_int_equal(certs_shell("cd '%s/rows-1' && %s", outbox, damages[i]), 0);
        if (known() != 0)
            fail_msg("used after: %s", damages[i]);
        expect_run(&THREE, 2, "+1+2+3");
        assert_int_equal(known(), 2);
    }
}

/** What a killed export leaves: an unfinished folder, or an older one beside the new one. */
static void leavings_are_cleared(void **state)
{
    (void)state;
    expect_run(&THREE, 8, "+1+2+3");
    assert_int_equal(certs_shell("cd '%s' && cp -r rows-8 rows-new && cp -r rows-8 rows-7 && "
                                 "mkdir rows-x && sed -i '2s/8/7/' rows-7/index",
                                 outbox),
                     0);
    expect_run(&THREE, 9, "");
    assert_int_equal(certs_shell("test \"$(ls '%s' | tr '\\n' ' ')\" = 'rows-9 rows-x '", outbox),
                     0);
}

static void without_a_folder_nothing_is_kept(void **state)
{
    struct rowstate *rows = NULL;
    struct str said = {0};

    (void)state;
    for (int i = 0; i < 2; i++) {
        assert_result(rowstate_open(NULL, &rows), RESULT_OK);
        assert_null(rowstate_last(rows));
        assert_result(put_all(rows, &THREE, &said), RESULT_OK);
        assert_result(commit(rows, 1), RESULT_OK);
        rowstate_close(&rows);
    }
    assert_string_equal(str_text(&said), "+1+2+3+1+2+3");
    str_free(&said);
    assert_result(rowstate_open("/proc/nowhere", &rows), RESULT_CANTCREATE);
}

static void keys_are_texts_that_differ(void **state)
{
    static const struct {
        const char *cells[2], *key;
        size_t count;
    } cases[] = {
        {{"a", "b"}, "a|b", 2},     {{"a|", "b"}, "a\\||b", 2},
        {{"a", "|b"}, "a|\\|b", 2}, {{"a\\", "n"}, "a\\\\|n", 2},
        {{"a\nb"}, "a\\nb", 1},     {{"", ""}, "|", 2},
        {{"a", "b"}, "a", 1},       {{"a"}, "", 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str key = {0};
        delta_add_key(&key, cases[i].cells, cases[i].count);
        assert_string_equal(str_text(&key), cases[i].key);
        str_free(&key);
    }
}

static void sums_do_not_depend_on_order(void **state)
{
    struct rowsum one = {0}, other = {0};
    uint8_t high[DIGEST_SIZE], low[DIGEST_SIZE] = {0};
    char text[DIGEST_TEXT];

    (void)state;
    memset(high, 0xff, sizeof high);
    low[DIGEST_SIZE - 1] = 3;
    rowsum_add(&one, high);
    rowsum_add(&one, low);
    rowsum_add(&other, low);
    rowsum_add(&other, high);
    assert_memory_equal(&one, &other, sizeof one);
    /* 2^256 - 1 + 3 = 2 */
    assert_string_equal(rowsum_format(&one, text),
                        "0000000000000000000000000000000000000000000000000000000000000002");
    assert_int_equal(one.rows, 2);
}

static void sums_are_joined_and_parted(void **state)
{
    struct rowsum one = {0}, other = {0}, both = {0}, read = {0};
    uint8_t high[DIGEST_SIZE], low[DIGEST_SIZE] = {0};
    char text[DIGEST_TEXT];

    (void)state;
    memset(high, 0xff, sizeof high);
    low[DIGEST_SIZE - 1] = 3;
    rowsum_add(&one, high);
    rowsum_add(&other, low);
    rowsum_add(&other, low);
    rowsum_join(&both, &one);
    rowsum_join(&both, &other);
    assert_int_equal(both.rows, 3);
    assert_true(rowsum_parse(rowsum_format(&both, text), &read));
    assert_memory_equal(read.total, both.total, sizeof read.total);
    /* Below zero and back. */
    rowsum_part(&both, &one);
    assert_memory_equal(&both, &other, sizeof both);
    rowsum_part(&other, &both);
    rowsum_part(&other, &one);
    rowsum_join(&other, &one);
    assert_memory_equal(&other, &(struct rowsum){0}, sizeof other);
    text[0] = 'G';
    assert_false(rowsum_parse(text, &read));
    assert_false(rowsum_parse("ab", &read));
}

#define ROWSTATE_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROWSTATE_TEST(tells_what_changed),
        ROWSTATE_TEST(without_a_commit_nothing_changes),
        ROWSTATE_TEST(it_knows_its_columns),
        ROWSTATE_TEST(a_key_put_twice_is_refused),
        ROWSTATE_TEST(what_is_damaged_is_not_used),
        ROWSTATE_TEST(leavings_are_cleared),
        ROWSTATE_TEST(without_a_folder_nothing_is_kept),
        cmocka_unit_test(keys_are_texts_that_differ),
        cmocka_unit_test(sums_do_not_depend_on_order),
        cmocka_unit_test(sums_are_joined_and_parted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
