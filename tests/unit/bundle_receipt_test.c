#include "bundle/receiptfile.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/paths.h"
#include "base/str.h"

#include "unit.h"

#include <sys/stat.h>
#include <unistd.h>

#define HASH "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static struct receipt *example(void)
{
    struct receipt *receipt = receipt_new();
    struct receipt_difference difference = {"reached", "211103001001", 0, "tanfang", "12", "11"};

    strcpy(receipt->receiver, "211103000000");
    strcpy(receipt->sender, "211103001000");
    receipt->number = 7;
    receipt->delta = true;
    receipt->date = date_make(2026, 11, 28);
    strcpy(receipt->manifest, HASH);
    strcpy(receipt->file, "doudi-211103001000-20261128.tar.zst");
    strcpy(receipt->file_sha256, HASH);
    mem_replace(&receipt->words, "已收下，有 1 个数对不上");
    receipt->rows = 12345;
    receipt->at = 1795800605;
    difference.month = month_make(2026, 11);
    strcpy(difference.case_no, "211103001-2026-LR-00007");
    strcpy(difference.note, "说明");
    receipt_add_difference(receipt, &difference);
    receipt_add_finding(receipt, "211103001-2026-LR-00012", "此人同时在新工街道");
    return receipt;
}

static char *read_whole(const char *path)
{
    static char text[1 << 17];
    FILE *file = fopen(path, "re");

    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

static enum result read_file(const char *path, struct receipt **ret_receipt, char **ret_message)
{
    struct receiptfile file = {0};
    enum result result = receiptfile_read(path, &file, ret_message);

    if (result == 0)
        result = receiptfile_open(&file, NULL, ret_receipt, ret_message);
    receiptfile_free(&file);
    return result;
}

static void test_comes_back_as_written(void **state)
{
    char *folder = unit_folder("receipt");
    struct receipt *receipt = example(), *back = NULL;
    char *path = NULL, *message = NULL;
    struct stat status;

    (void)state;
    assert_result(receipt_write(receipt, folder, &path), RESULT_OK);
    assert_non_null(strstr(path, "/receipt-211103001000-000007-001122334455.json"));
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_result(read_file(path, &back, &message), RESULT_OK);
    assert_string_equal(back->receiver, receipt->receiver);
    assert_string_equal(back->sender, receipt->sender);
    assert_int_equal(back->number, 7);
    assert_true(back->delta);
    assert_int_equal(back->date, receipt->date);
    assert_string_equal(back->manifest, HASH);
    assert_string_equal(back->file, receipt->file);
    assert_string_equal(back->file_sha256, HASH);
    assert_int_equal(back->outcome, RECEIPT_TAKEN);
    assert_int_equal(back->reason, RECEIPT_NONE);
    assert_string_equal(back->words, receipt->words);
    assert_int_equal(back->rows, 12345);
    assert_int_equal(back->at, 1795800605);
    assert_int_equal(back->difference_total, 1);
    assert_string_equal(back->differences[0].figure, "reached");
    assert_string_equal(back->differences[0].area, "211103001001");
    assert_int_equal(back->differences[0].month, month_make(2026, 11));
    assert_string_equal(back->differences[0].kind, "tanfang");
    assert_string_equal(back->differences[0].sent, "12");
    assert_string_equal(back->differences[0].computed, "11");
    assert_string_equal(back->differences[0].case_no, "211103001-2026-LR-00007");
    assert_string_equal(back->differences[0].note, "说明");
    assert_int_equal(back->finding_count, 1);
    assert_string_equal(back->findings[0].case_no, "211103001-2026-LR-00012");
    assert_string_equal(back->findings[0].words, "此人同时在新工街道");
    unlink(path);
    rmdir(folder);
    receipt_free(&receipt);
    receipt_free(&back);
    assert_null(back);
    free(path);
    free(folder);
}

/** Programs of before named neither case nor note. */
static void test_an_older_one_is_read(void **state)
{
    static const char *const later[] = {"\"case\":\"211103001-2026-LR-00007\",",
                                        "\"note\":\"说明\""};
    struct receipt *receipt = example(), *back = NULL;
    char *text = receipt_text(receipt), *message = NULL;

    (void)state;
    for (size_t i = 0; i < COUNT(later); i++) {
        char *at = strstr(text, later[i]);
        assert_non_null(at);
        memset(at, ' ', strlen(later[i]));
    }
    char *last = strstr(text, "\"computed\":\"11\",");
    assert_non_null(last);
    last[strlen("\"computed\":\"11\"")] = ' ';
    assert_result(receipt_parse(text, strlen(text), &back, &message), RESULT_OK);
    assert_string_equal(back->differences[0].case_no, "");
    assert_string_equal(back->differences[0].note, "");
    receipt_free(&receipt);
    receipt_free(&back);
    free(text);
}

/** More than fit are counted. */
static void test_lists_are_limited(void **state)
{
    char *folder = unit_folder("receipt");
    struct receipt *receipt = example(), *back = NULL;
    char *path = NULL, *message = NULL;

    (void)state;
    for (size_t i = 1; i < RECEIPT_LIST + 50; i++) {
        receipt_add_difference(receipt, &receipt->differences[0]);
        receipt_add_finding(receipt, "X", "又一个\n换行\x1b[2J");
    }
    assert_result(receipt_write(receipt, folder, &path), RESULT_OK);
    assert_result(read_file(path, &back, &message), RESULT_OK);
    assert_int_equal(back->difference_count, RECEIPT_LIST);
    assert_int_equal(back->difference_total, RECEIPT_LIST + 50);
    assert_int_equal(back->finding_count, RECEIPT_LIST);
    assert_int_equal(back->finding_total, RECEIPT_LIST + 50);
    assert_string_equal(back->findings[1].words, "又一个 换行[2J");
    unlink(path);
    rmdir(folder);
    receipt_free(&receipt);
    receipt_free(&back);
    free(path);
    free(folder);
}

/** Every outcome and reason comes back, and has words. */
static void test_reasons(void **state)
{
    char *folder = unit_folder("receipt");

    (void)state;
    for (enum receipt_reason reason = RECEIPT_KNOWN; reason < RECEIPT_REASON_COUNT_; reason++) {
        struct receipt *receipt = example(), *back = NULL;
        char *path = NULL, *message = NULL;
        receipt->outcome = reason == RECEIPT_KNOWN ? RECEIPT_TAKEN
                           : reason == RECEIPT_GAP ? RECEIPT_WAITING
                                                   : RECEIPT_REFUSED;
        receipt->reason = reason;
        assert_string_not_equal(receipt_reason_label(reason), "");
        assert_string_not_equal(receipt_outcome_label(receipt->outcome), "");
        assert_result(receipt_write(receipt, folder, &path), RESULT_OK);
        assert_result(read_file(path, &back, &message), RESULT_OK);
        assert_int_equal(back->outcome, receipt->outcome);
        assert_int_equal(back->reason, reason);
        unlink(path);
        receipt_free(&receipt);
        receipt_free(&back);
        free(path);
    }
    rmdir(folder);
    free(folder);
}

/** A file of which nothing is known but its name. */
static void test_unknown_sender(void **state)
{
    char *folder = unit_folder("receipt");
    struct receipt *receipt = receipt_new(), *back = NULL;
    char *path = NULL, *message = NULL;

    (void)state;
    strcpy(receipt->receiver, "211103000000");
    strcpy(receipt->file_sha256, HASH);
    receipt->outcome = RECEIPT_REFUSED;
    receipt->reason = RECEIPT_UNREADABLE;
    receipt->at = 1;
    assert_result(receipt_write(receipt, folder, &path), RESULT_OK);
    assert_non_null(strstr(path, "/receipt-unknown-000000-001122334455.json"));
    assert_result(read_file(path, &back, &message), RESULT_OK);
    assert_string_equal(back->sender, "");
    assert_string_equal(back->manifest, "");
    unlink(path);
    rmdir(folder);
    receipt_free(&receipt);
    receipt_free(&back);
    free(path);
    free(folder);
}

/** What stands in a good receipt, and what a bad one has in its place. */
static const struct {
    const char *good, *bad, *words;
} BAD[] = {
    {"\"format\":1", "\"format\":2", "升级"},
    {"\"format\":1", "\"format\":0", "不是 doudi 的回执"},
    {"\"format\":1", "\"format\":\"1\"", "不是 doudi 的回执"},
    {"\"receiver\":\"211103000000\"", "\"receiver\":\"\"", "谁的哪个包"},
    {"\"receiver\":\"211103000000\"", "\"receiver\":\"21110300000x\"", "谁的哪个包"},
    {"\"sender\":\"211103001000\"", "\"sender\":\"../../etc/pas\"", "谁的哪个包"},
    {"\"sender\":\"211103001000\"", "\"sender\":211103001000", "谁的哪个包"},
    {"\"number\":7", "\"number\":-7", "谁的哪个包"},
    {"\"kind\":\"delta\"", "\"kind\":\"half\"", "谁的哪个包"},
    {"\"date\":\"2026-11-28\"", "\"date\":\"2026-11-31\"", "谁的哪个包"},
    {"\"manifest\":\"00", "\"manifest\":\"0G", "谁的哪个包"},
    {"\"file\":\"doudi-", "\"file\":\"\\u001b[2J", "谁的哪个包"},
    {"\"file\":\"doudi-", "\"file\":\"\\u0000", "谁的哪个包"},
    {"\"outcome\":\"taken\"", "\"outcome\":\"perhaps\"", "收了没有"},
    {"\"outcome\":\"taken\"", "\"outcome\":\"refused\"", "收了没有"},
    {"\"reason\":\"\"", "\"reason\":\"foreign\"", "收了没有"},
    {"\"reason\":\"\"", "\"reason\":\"whim\"", "收了没有"},
    {"\"words\":\"已收下", "\"words\":\"\\u202e已收下", "收了没有"},
    {"\"rows\":12345", "\"rows\":1.5", "收了没有"},
    {"\"at\":\"2026", "\"at\":\"26", "收了没有"},
    {"\"difference_count\":1", "\"difference_count\":0", "差异或问题"},
    {"\"month\":\"2026-11\"", "\"month\":\"2026-13\"", "差异或问题"},
    {"\"sent\":\"12\"", "\"sent\":\"123456789012345678901234567890123\"", "差异或问题"},
    {"\"case\":\"211103001-2026-LR-00007", "\"case\":\"\\u001b[2J", "差异或问题"},
    {"\"note\":\"说明\"", "\"note\":7", "差异或问题"},
    {"\"case\":\"211103001-2026-LR-00012", "\"Case\":\"", "差异或问题"},
    {"\"finding_count\":1", "\"finding_count\":9}}", "不是 doudi 的回执"},
};

static char *replaced(const char *text, const char *good, const char *bad)
{
    const char *at = strstr(text, good);

    assert_non_null(at);
    return mem_printf("%.*s%s%s", (int)(at - text), text, bad, at + strlen(good));
}

static void test_refuses_what_is_wrong(void **state)
{
    char *folder = unit_folder("receipt");
    struct receipt *receipt = example(), *back = NULL;
    char *path = NULL, *message = NULL;

    (void)state;
    assert_result(receipt_write(receipt, folder, &path), RESULT_OK);
    const char *text = read_whole(path);
    assert_result(receipt_parse(text, strlen(text), &back, &message), RESULT_OK);
    receipt_free(&back);
    for (size_t i = 0; i < COUNT(BAD); i++) {
        char *bad = replaced(text, BAD[i].good, BAD[i].bad);
        assert_result(receipt_parse(bad, strlen(bad), &back, &message), RESULT_INVALID);
        if (strstr(message, BAD[i].words) == NULL)
            fail_msg("row %zu: %s", i, message);
        free(message);
        free(bad);
    }
    for (size_t length = 0; length + 2 < strlen(text); length += 7) {
        assert_result(receipt_parse(text, length, &back, &message), RESULT_INVALID);
        free(message);
    }
    unlink(path);
    rmdir(folder);
    receipt_free(&receipt);
    free(path);
    free(folder);
}

static void test_folders_are_forgotten(void **state)
{
    struct receipt *receipt = receipt_new();

    (void)state;
    mem_replace(&receipt->words, "包 /srv/in/a.zst 读不出来，/srv/in/a.zst");
    receipt_forget_folder(receipt, "/srv/in/a.zst");
    assert_string_equal(receipt->words, "包 a.zst 读不出来，a.zst");
    receipt_forget_folder(receipt, "a.zst");
    assert_string_equal(receipt->words, "包 a.zst 读不出来，a.zst");
    receipt_free(&receipt);
}

static void test_unreadable(void **state)
{
    char *folder = unit_folder("receipt");
    char *path = paths_join(folder, "none.json"), *message = NULL;
    struct receipt *receipt = NULL;
    struct str large = {0};

    (void)state;
    assert_result(read_file(path, &receipt, &message), RESULT_NOINPUT);
    free(message);
    str_add(&large, "{}");
    while (large.length <= RECEIPT_BYTES)
        str_add(&large, "                                                                ");
    assert_result(receipt_parse(large.text, large.length, &receipt, &message), RESULT_INVALID);
    assert_non_null(strstr(message, "太大"));
    free(message);
    str_free(&large);
    rmdir(folder);
    free(path);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_comes_back_as_written),
        cmocka_unit_test(test_an_older_one_is_read),
        cmocka_unit_test(test_lists_are_limited),
        cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_unknown_sender),
        cmocka_unit_test(test_refuses_what_is_wrong),
        cmocka_unit_test(test_unreadable),
        cmocka_unit_test(test_folders_are_forgotten),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
