/*
 * Deltas that come before their base: kept, taken in by themselves once it comes, and not for ever.
 */
#include "ingest_fixture.h"

#include "base/mem.h"
#include "bundle/waiting.h"
#include "service/keeping/status.h"

#include <dirent.h>
#include <locale.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <utime.h>

#define DAY "2026-11-10"
#define STREET "211103001000"

enum { BUNDLES = 5 };

static struct office street, county;
static char *folder, *bundles[BUNDLES];

static int begin(void **state)
{
    (void)state;
    folder = unit_folder("bundles");
    ingest_street(&street, STREET, 30, 5, DAY);
    office_make_of(&county, "211103", "county", DAY, NULL);
    bundles[0] = ingest_export(&street, folder);
    for (size_t i = 1; i < BUNDLES; i++) {
        ingest_visit(&street, i, 6);
        bundles[i] = ingest_export_delta(&street, folder);
    }
    return 0;
}

static int finish(void **state)
{
    (void)state;
    for (size_t i = 0; i < BUNDLES; i++)
        free(bundles[i]);
    office_remove(&street);
    office_remove(&county);
    remove_tree(folder);
    free(folder);
    return 0;
}

/** The files that wait; the last one's path in *ret_path (new string) unless NULL. */
static size_t waiting(char **ret_path)
{
    char *path = mem_printf("%s/waiting", county.home.path);
    DIR *dir = opendir(path);
    const struct dirent *entry;
    size_t count = 0;

    while (dir != NULL && (entry = readdir(dir)) != NULL)
        if (entry->d_name[0] != '.' && count++ == 0 && ret_path != NULL)
            *ret_path = mem_printf("%s/%s", path, entry->d_name);
    if (dir != NULL)
        closedir(dir);
    free(path);
    return count;
}

struct followed {
    size_t count;
    uint64_t numbers[BUNDLES];
    enum receipt_outcome outcomes[BUNDLES];
};

static void note(struct receipt *receipt, void *arg)
{
    struct followed *followed = arg;

    assert_true(followed->count < BUNDLES);
    followed->numbers[followed->count] = receipt->number;
    followed->outcomes[followed->count++] = receipt->outcome;
    receipt_free(&receipt);
}

/** Takes a bundle in, and then what follows, as the server does. */
static struct followed take(const char *path, enum receipt_outcome outcome, const char *words)
{
    /* One request, so one number, whatever it takes in. */
    county.system.number++;
    county.system.request = path;
    county.system.request_length = strlen(path);
    struct receipt *receipt = ingest_take(&county, path);
    char *scratch = mem_printf("%s/after-XXXXXX", county.home.root);
    struct followed followed = {0};

    if (receipt->outcome != outcome || strstr(receipt->words, words) == NULL)
        fail_msg("%s: %s", path, receipt->words);
    assert_non_null(mkdtemp(scratch));
    if (outcome == RECEIPT_TAKEN)
        waiting_follow(county.service, &county.system, scratch, receipt, note, &followed);
    remove_tree(scratch);
    free(scratch);
    receipt_free(&receipt);
    return followed;
}

static void expect_equal_figures(void)
{
    struct office *one = &street, *other = &county;
    char *left = ingest_figures(&one, 1), *right = ingest_figures(&other, 1);

    assert_string_equal(left, right);
    free(left);
    free(right);
}

static void the_base_brings_them_in(void **state)
{
    (void)state;
    take(bundles[3], RECEIPT_WAITING, "缺第 3 号");
    take(bundles[1], RECEIPT_WAITING, "已留下，前面的到了会自动接上");
    take(bundles[1], RECEIPT_WAITING, "已留下");
    take(bundles[4], RECEIPT_WAITING, "缺第 4 号");
    assert_int_equal(waiting(NULL), 3);
    struct followed followed = take(bundles[0], RECEIPT_TAKEN, "已收下");
    assert_int_equal(followed.count, 1);
    assert_int_equal(followed.numbers[0], 2);
    assert_int_equal(followed.outcomes[0], RECEIPT_TAKEN);
    assert_int_equal(waiting(NULL), 2);
    followed = take(bundles[2], RECEIPT_TAKEN, "已收下");
    assert_int_equal(followed.count, 2);
    assert_int_equal(followed.numbers[1], 5);
    assert_int_equal(followed.outcomes[1], RECEIPT_TAKEN);
    assert_int_equal(waiting(NULL), 0);
    expect_equal_figures();
}

/** A whole bundle makes those before it useless; a damaged one is refused, and gone. */
static void what_is_useless_goes(void **state)
{
    char *path = NULL;

    (void)state;
    take(bundles[1], RECEIPT_WAITING, "缺第 1 号");
    assert_int_equal(waiting(&path), 1);
    assert_int_equal(truncate(path, 100), 0);
    struct followed followed = take(bundles[0], RECEIPT_TAKEN, "已收下");
    assert_int_equal(followed.count, 1);
    assert_int_equal(followed.outcomes[0], RECEIPT_REFUSED);
    assert_int_equal(waiting(NULL), 0);
    take(bundles[3], RECEIPT_WAITING, "缺第 3 号");
    char *whole = ingest_export(&street, folder);
    followed = take(whole, RECEIPT_TAKEN, "已收下");
    assert_int_equal(followed.count, 0);
    assert_int_equal(waiting(NULL), 0);
    expect_equal_figures();
    free(whole);
    free(path);
}

static void only_so_many_wait_only_so_long(void **state)
{
    char *path = NULL;

    (void)state;
    take(bundles[1], RECEIPT_WAITING, "已留下");
    assert_int_equal(waiting(&path), 1);
    for (size_t i = 1; i < WAITING_MOST; i++) {
        char *copy =
            mem_printf("%s/waiting/" STREET ".%zu.0123456789ab.x", county.home.path, 100 + i);
        FILE *file = fopen(copy, "we");
        assert_non_null(file);
        fclose(file);
        free(copy);
    }
    take(bundles[2], RECEIPT_WAITING, "没有留下，到时要再发一次");
    take(bundles[1], RECEIPT_WAITING, "已留下");
    /* A file that is too old gives room. */
    time_t old = time(NULL) - (time_t)(WAITING_DAYS + 1) * 24 * 60 * 60;
    assert_int_equal(utime(path, &(struct utimbuf){old, old}), 0);
    take(bundles[2], RECEIPT_WAITING, "已留下");
    assert_int_equal(waiting(NULL), WAITING_MOST);
    free(path);
}

/** What the status tells of an alarm: "0" or "1". New string. */
static char *alarm_of(const char *id)
{
    struct sheet *measures = NULL;
    char *value = NULL;

    reply_free(&county.reply);
    assert_ok(status_measure(county.service, &county.system, &measures, &county.reply));
    for (size_t i = 0; i < measures->row_count; i++)
        if (strcmp(sheet_get(measures, i, "measure"), "alarm") == 0 &&
            strcmp(sheet_get(measures, i, "of"), id) == 0)
            value = mem_copy(sheet_get(measures, i, "value"));
    sheet_free(&measures);
    assert_non_null(value);
    return value;
}

static void expect_alarm(const char *id, const char *value)
{
    char *is = alarm_of(id);

    assert_string_equal(is, value);
    free(is);
}

/** Streets that are silent, and figures that differ, call for the administrator. */
static void the_status_tells(void **state)
{
    struct members members;
    char *path = mem_printf("%s/lie.tar.zst", folder);

    (void)state;
    expect_alarm("senders_missing", "1");
    expect_alarm("senders_differ", "0");
    members_read(&members, bundles[0]);
    members_change(&members, "duties.csv", ",pending,", ",reached,", true);
    members_write(&members, path);
    members_free(&members);
    take(path, RECEIPT_TAKEN, "不同");
    expect_alarm("senders_differ", "1");
    expect_alarm("senders_missing", "1"); /* its neighbours */
    free(path);
}

#define WAITING_TEST(name) cmocka_unit_test_setup_teardown(name, begin, finish)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WAITING_TEST(the_base_brings_them_in),
        WAITING_TEST(what_is_useless_goes),
        WAITING_TEST(the_status_tells),
        WAITING_TEST(only_so_many_wait_only_so_long),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
