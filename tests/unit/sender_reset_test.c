/* A street whose home was restored or exchanged: its bundles no longer follow those that the county
 * has. The county gives up the chain, and takes the next whole bundle. */
#include "ingest_fixture.h"

#include "base/mem.h"
#include "bundle/waiting.h"
#include "service/lists/senders.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STREET "211103001000"
#define TODAY "2026-11-23"

static struct office street, county;
static char *folder;
static struct caller clerk; /* of the county */

static int begin(void **state)
{
    (void)state;
    folder = unit_folder("reset");
    ingest_street(&street, "211103001", 20, 4, TODAY);
    office_make_of(&county, "211103", "county", TODAY, NULL);
    clerk = office_officer(&county, ROLE_COUNTY, "7001", "211103000000");
    return 0;
}

static int end(void **state)
{
    (void)state;
    office_remove(&street);
    office_remove(&county);
    remove_tree(folder);
    free(folder);
    return 0;
}

static void expect_taken(const char *bundle, enum receipt_outcome outcome,
                         enum receipt_reason reason)
{
    struct receipt *receipt = ingest_take(&county, bundle);

    if (receipt->outcome != outcome || receipt->reason != reason)
        fail_msg("%s: %s", receipt_reason_label(receipt->reason), receipt->words);
    receipt_free(&receipt);
}

static void expect_reset(const struct caller *caller, const char *area, const char *reason,
                         enum result expected)
{
    reply_free(&county.reply);
    assert_int_equal(senders_reset(county.service, caller, area, reason, &county.reply), expected);
}

static void expect_sender(const char *number, const char *state)
{
    struct sheet *sheet = NULL;
    size_t row = 0;

    reply_free(&county.reply);
    assert_ok(senders_list(county.service, &clerk, &sheet, &county.reply));
    while (strcmp(sheet_get(sheet, row, "key"), STREET) != 0)
        row++;
    assert_string_equal(sheet_get(sheet, row, "number"), number);
    assert_string_equal(sheet_get(sheet, row, "state"), state);
    sheet_free(&sheet);
}

static void expect_same_figures(void)
{
    char *there = ingest_figures(&(struct office *){&county}, 1);
    char *here = ingest_figures(&(struct office *){&street}, 1);

    assert_string_equal(there, here);
    free(there);
    free(here);
}

/** The same bundle with other content: another home under the same name. */
static char *fork_of(const char *bundle)
{
    struct members members;
    char *path = mem_printf("%s/fork.tar.zst", folder);

    members_read(&members, bundle);
    members_change(&members, "duties.csv", ",pending,", ",reached,", true);
    members_write(&members, path);
    members_free(&members);
    return path;
}

static void a_forked_sender_comes_back(void **state)
{
    struct caller village = office_officer(&county, ROLE_VILLAGE, "7002", "211103001001");
    struct caller admin = office_officer(&county, ROLE_ADMIN, "7003", "");
    char *first = ingest_export(&street, folder);
    char *fork = fork_of(first);

    (void)state;
    expect_reset(&clerk, "211103001", "还没有来过", RESULT_NOTFOUND);
    expect_taken(fork, RECEIPT_TAKEN, RECEIPT_NONE);
    char *second = ingest_export(&street, folder);
    char *delta = ingest_export_delta(&street, folder);
    expect_taken(second, RECEIPT_REFUSED, RECEIPT_CHAIN);
    expect_reset(&village, "211103001", "想改一下", RESULT_DENIED);
    expect_reset(&admin, "211103001", "想改一下", RESULT_DENIED);
    expect_reset(&clerk, "211103001", "", RESULT_INVALID);
    expect_reset(&clerk, "211103001001", "不是单位", RESULT_USAGE);
    expect_reset(&clerk, "211102001", "别的县区的", RESULT_USAGE);
    expect_taken(second, RECEIPT_REFUSED, RECEIPT_CHAIN); /* none of these did anything */
    expect_reset(&clerk, "211103001", "从备份恢复", RESULT_OK);
    assert_non_null(strstr(county.reply.message, "export --full"));
    expect_sender("1", "已收到"); /* its rows still stand */
    expect_reset(&clerk, "211103001", "从备份恢复", RESULT_NOTFOUND);
    expect_taken(delta, RECEIPT_WAITING, RECEIPT_GAP); /* only a whole one begins a chain */
    expect_taken(fork, RECEIPT_REFUSED, RECEIPT_OLDER);
    expect_taken(second, RECEIPT_TAKEN, RECEIPT_NONE);
    expect_taken(second, RECEIPT_TAKEN, RECEIPT_KNOWN);
    expect_taken(delta, RECEIPT_TAKEN, RECEIPT_NONE);
    expect_taken(fork, RECEIPT_REFUSED, RECEIPT_OLDER);
    expect_sender("3", "已收到");
    expect_same_figures();
    free(first);
    free(fork);
    free(second);
    free(delta);
}

/** A new home counts from 1 again: the county already has bundles of those numbers. */
static void a_new_home_begins_with_one(void **state)
{
    char *old = ingest_export(&street, folder);
    char *other = mem_printf("%s/other", folder);

    (void)state;
    office_remove(&street);
    ingest_street(&street, "211103001", 24, 9, TODAY);
    char *first = ingest_export(&street, other);
    char *second = ingest_export(&street, other);
    expect_taken(first, RECEIPT_REFUSED, RECEIPT_OLDER);
    expect_reset(&clerk, STREET, "换了服务器，重新建的数据目录", RESULT_OK);
    expect_taken(first, RECEIPT_TAKEN, RECEIPT_NONE);
    expect_sender("1", "已收到");
    expect_same_figures();
    expect_taken(second, RECEIPT_TAKEN, RECEIPT_NONE);
    expect_sender("2", "已收到");
    char *delta = ingest_export_delta(&street, other);
    expect_taken(delta, RECEIPT_TAKEN, RECEIPT_NONE);
    expect_same_figures();
    expect_taken(old, RECEIPT_REFUSED, RECEIPT_CHAIN); /* the old home's next, number 4 */
    free(first);
    free(second);
    free(delta);
    free(other);
    free(old);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_forked_sender_comes_back),
        cmocka_unit_test(a_new_home_begins_with_one),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
