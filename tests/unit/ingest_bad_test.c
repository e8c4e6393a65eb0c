/*
 * Bad deltas, large files, strange paths and foreign signatures at a county: each is refused with a
 * reason, and nothing is half taken.
 */
#include "certs.h"
#include "ingest_fixture.h"

#include "base/mem.h"
#include "base/str.h"
#include "bundle/ingest.h"
#include "bundle/seal.h"

#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

#define DAY "2026-11-10"
#define STREET "211103001000"
#define NEIGHBOUR "211103002000"

static struct office street, county;
static char *folder, *first, *delta, *before;

static int begin(void **state)
{
    (void)state;
    folder = unit_folder("bundles");
    ingest_street(&street, STREET, 20, 5, DAY);
    office_make_of(&county, "211103", "county", DAY, NULL);
    first = ingest_export(&street, folder);
    ingest_visit(&street, 0, 2);
    delta = ingest_export_delta(&street, folder);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    office_remove(&street);
    office_remove(&county);
    remove_tree(folder);
    free(folder);
    free(first);
    free(delta);
    free(before);
    before = NULL;
    return 0;
}

static void expect(struct receipt *receipt, enum receipt_outcome outcome,
                   enum receipt_reason reason, const char *words)
{
    if (receipt->outcome != outcome || receipt->reason != reason ||
        strstr(receipt->words, words) == NULL)
        fail_msg("%s %s: %s", receipt_outcome_label(receipt->outcome),
                 receipt_reason_label(receipt->reason), receipt->words);
    receipt_free(&receipt);
}

static void expect_unchanged(const char *what)
{
    char *now = office_contents(&county, false);

    if (strcmp(before, now) != 0)
        fail_msg("%s changed something", what);
    free(now);
}

static void take_first(void)
{
    expect(ingest_take(&county, first), RECEIPT_TAKEN, RECEIPT_NONE, "已收下");
    before = office_contents(&county, false);
}

// ---- deltas

static const struct {
    const char *what, *file, *old, *new;
    enum receipt_reason reason;
    const char *words;
} DELTAS[] = {
    {"a row that is not as it was", "visits.csv", ",成功,", ",未遇,", RECEIPT_CONTENT,
     "visits.csv 合并以后与发送方的不符"},
    {"another sum", "manifest.json", "\"sum\":\"", "\"sum\":\"00000000", RECEIPT_UNREADABLE, ""},
    {"other columns", "visits.csv", ",mode,", ",node,", RECEIPT_CONTENT, "的列与前一包不同"},
    {"a row without an end", "visits.csv", ",成功,", ",\"成功,", RECEIPT_CONTENT, "没有写完的行"},
    {"a row of another street", "duties.csv", ",211103001", ",211103002", RECEIPT_CONTENT,
     "合并以后与发送方的不符"},
    {"a base that is none", "manifest.json", "\"base\":1", "\"base\":9", RECEIPT_UNREADABLE,
     "编号"},
};

/** A delta is refused, and then the right one is taken. */
static void faulty_deltas_leave_nothing(void **state)
{
    char *path = mem_printf("%s/fault.tar.zst", folder);

    (void)state;
    take_first();
    for (size_t i = 0; i < COUNT(DELTAS); i++) {
        struct members members;
        members_read(&members, delta);
        members_change(&members, DELTAS[i].file, DELTAS[i].old, DELTAS[i].new, true);
        members_write(&members, path);
        print_message("%s\n", DELTAS[i].what);
        expect(ingest_take(&county, path), RECEIPT_REFUSED, DELTAS[i].reason, DELTAS[i].words);
        expect_unchanged(DELTAS[i].what);
        members_free(&members);
    }
    expect(ingest_take(&county, delta), RECEIPT_TAKEN, RECEIPT_NONE, "已收下");
    free(path);
}

/** removed.csv names a person whose rows are still said to be there, and a file outside. */
static void removed_keys_must_agree(void **state)
{
    struct members members;
    char *path = mem_printf("%s/fault.tar.zst", folder), *line;

    (void)state;
    take_first();
    members_read(&members, first);
    const char *row = strchr(members_find(&members, "persons.csv")->text, '\n') + 1;
    line = mem_printf("file,key\npersons.csv,%.*s\n", (int)strcspn(row, ","), row);
    members_free(&members);
    members_read(&members, delta);
    members_change(&members, "removed.csv", "file,key\n", line, true);
    members_write(&members, path);
    expect(ingest_take(&county, path), RECEIPT_REFUSED, RECEIPT_CONTENT, "persons.csv 合并以后");
    expect_unchanged("a removed key");
    members_free(&members);
    free(line);
    free(path);
}

// ---- words

/** The last cell of the first person, with its line feed. New string. */
static char *last_cell(struct members *members)
{
    const char *row = strchr(members_find(members, "persons.csv")->text, '\n') + 1;
    const char *end = strchr(row, '\n') + 1;
    const char *cell = end;

    while (cell[-1] != ',')
        cell--;
    return mem_printf("%.*s", (int)(end - cell), cell);
}

/** What a receipt repeats of a cell is text in one line, or its sender could not read the receipt. */
static void receipts_repeat_whole_characters(void **state)
{
    static const char *const cells[] = {"a=1|未未未未未未未未未未未未未未未未未未未未未\n",
                                        "\"a\nb\"\n"};
    char *path = mem_printf("%s/fault.tar.zst", folder);

    (void)state;
    for (size_t i = 0; i < COUNT(cells); i++) {
        struct members members;
        struct receipt *again = NULL;
        char *message = NULL;
        members_read(&members, first);
        char *last = last_cell(&members);
        members_change(&members, "persons.csv", last, cells[i], true);
        members_write(&members, path);
        struct receipt *receipt = ingest_take(&county, path);
        assert_int_equal(receipt->reason, RECEIPT_CONTENT);
        char *text = receipt_text(receipt);
        if (receipt_parse(text, strlen(text), &again, &message) != 0)
            fail_msg("%s: %s", message, text);
        receipt_free(&again);
        receipt_free(&receipt);
        members_free(&members);
        free(text);
        free(last);
    }
    free(path);
}

/** Figures that are no numbers, of no village, are differences that the sender can read. */
static void differences_can_be_read(void **state)
{
    static const char *const changes[][2] = {
        {",reported,", ",,"},
        {"2026-09,tanfang,211103001001,世纪社区,",
         "2026-09,tanfang,不是区划,世纪社区,未未未未未未未未,"},
        {"2026-09,tanfang,211103001001,", "2026-09,未未未未未未未未未未未未未未,211103001001,"},
        {"2026-09,tanfang,211103001001,世纪社区,",
         "2026-09,tanfang,211103001001,世纪社区,未未未未未未未未"},
    };
    char *path = mem_printf("%s/fault.tar.zst", folder);

    (void)state;
    for (size_t i = 0; i < COUNT(changes); i++) {
        struct members members;
        struct receipt *again = NULL;
        char *message = NULL;
        members_read(&members, first);
        members_change(&members, "compliance.csv", changes[i][0], changes[i][1], true);
        members_write(&members, path);
        struct receipt *receipt = ingest_take(&county, path);
        char *text = receipt_text(receipt);
        if (receipt_parse(text, strlen(text), &again, &message) != 0)
            fail_msg("%zu: %s: %s", i, message, text);
        print_message("%s\n", receipt->words);
        receipt_free(&again);
        receipt_free(&receipt);
        members_free(&members);
        free(text);
        office_remove(&county);
        office_make_of(&county, "211103", "county", DAY, NULL);
    }
    free(path);
}

// ---- large ones

/** Writes the first bundle with so many bytes of one character in a member's place. */
static void write_large(const char *path, const char *file, size_t length, char character)
{
    struct members members;

    members_read(&members, first);
    struct member *member = members_find(&members, file);
    free(member->text);
    member->text = mem_array(length + 1, 1);
    memset(member->text, character, length);
    member->length = length;
    members_write(&members, path);
    members_free(&members);
}

static void large_files_are_refused(void **state)
{
    char *path = mem_printf("%s/large.tar.zst", folder);
    struct members members;
    struct str cell = {0};

    (void)state;
    before = office_contents(&county, false);
    write_large(path, "manifest.json", 8 << 20, ' ');
    expect(ingest_take(&county, path), RECEIPT_REFUSED, RECEIPT_UNREADABLE, "太大");
    write_large(path, "events.csv", 200 << 20, 'x');
    expect(ingest_take(&county, path), RECEIPT_REFUSED, RECEIPT_LARGE, "大得不像");
    /* A cell that the manifest knows, as large as a row may not be. */
    members_read(&members, first);
    str_add(&cell, ",\"");
    while (cell.length < (size_t)5 << 20)
        str_add(&cell, "很长很长很长很长很长很长很长很长");
    str_add(&cell, "\",");
    members_change(&members, "persons.csv", ",,", str_text(&cell), true);
    members_write(&members, path);
    expect(ingest_take(&county, path), RECEIPT_REFUSED, RECEIPT_CONTENT, "太长");
    expect_unchanged("a large file");
    members_free(&members);
    str_free(&cell);
    free(path);
}

/** A folder, a pipe and a device are no bundles, and nobody waits for them. */
static void other_kinds_of_files_are_refused(void **state)
{
    char *pipe = mem_printf("%s/pipe.tar.zst", folder);
    const char *const paths[] = {folder, pipe, "/dev/zero", "/nonexistent/x.tar.zst"};

    (void)state;
    assert_int_equal(mkfifo(pipe, 0600), 0);
    for (size_t i = 0; i < COUNT(paths); i++) {
        char *scratch = mem_printf("%s/in-XXXXXX", county.home.root);
        struct receipt *receipt = NULL;
        assert_non_null(mkdtemp(scratch));
        const struct ingest_order order = {.path = paths[i], .name = "x", .scratch = scratch};
        reply_free(&county.reply);
        assert_result(
            ingest_bundle(county.service, &county.system, &order, &receipt, &county.reply),
            RESULT_NOINPUT);
        assert_non_null(strstr(county.reply.message, "读不出来"));
        remove_tree(scratch);
        free(scratch);
    }
    free(pipe);
}

// ---- signatures

static struct receipt *take_signed(const char *path, const char *trusted)
{
    char *scratch = mem_printf("%s/in-XXXXXX", county.home.root);
    struct receipt *receipt = NULL;

    assert_non_null(mkdtemp(scratch));
    const struct ingest_order order = {
        .path = path, .name = "x.tar.zst.cms", .scratch = scratch, .trusted = trusted};
    reply_free(&county.reply);
    assert_ok(ingest_bundle(county.service, &county.system, &order, &receipt, &county.reply));
    remove_tree(scratch);
    free(scratch);
    return receipt;
}

static char *sign(const char *name)
{
    char *key = mem_printf("%s/%s.both", folder, name), *message = NULL;
    char *path = mem_printf("%s/%s.cms", folder, name);
    const struct seal_order order = {.sign_key = key};
    uint64_t bytes = 0;

    assert_ok(seal_file(&order, first, path, folder, &bytes, &message));
    free(key);
    return path;
}

static void only_the_sender_signs_for_itself(void **state)
{
    char *trusted = mem_printf("%s/trusted", folder), *own, *other;

    (void)state;
    before = office_contents(&county, false);
    certs_make(folder, "own", "ec", "");
    certs_make(folder, "other", "ec", "");
    own = sign("own");
    other = sign("other");
    assert_int_equal(certs_shell("mkdir '%s' && cp '%s/other.pem' '%s/" NEIGHBOUR ".pem'", trusted,
                                 folder, trusted),
                     0);
    expect(take_signed(own, NULL), RECEIPT_REFUSED, RECEIPT_SEAL, "有签名：收的时候加 --trust");
    expect(take_signed(own, trusted), RECEIPT_REFUSED, RECEIPT_SEAL, "不在受信任的证书之列");
    expect(take_signed(other, trusted), RECEIPT_REFUSED, RECEIPT_SEAL,
           "没有这个单位的证书 " STREET ".pem");
    assert_int_equal(certs_shell("cp '%s/own.pem' '%s/" STREET ".pem'", folder, trusted), 0);
    expect(take_signed(other, trusted), RECEIPT_REFUSED, RECEIPT_SEAL, "不在受信任的证书之列");
    expect(take_signed(first, trusted), RECEIPT_REFUSED, RECEIPT_SEAL, "没有签名");
    expect_unchanged("a foreign signature");
    expect(take_signed(own, trusted), RECEIPT_TAKEN, RECEIPT_NONE, "已收下");
    free(own);
    free(other);
    free(trusted);
}

#define BAD_TEST(name) cmocka_unit_test_setup_teardown(name, begin, finish)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BAD_TEST(faulty_deltas_leave_nothing),      BAD_TEST(removed_keys_must_agree),
        BAD_TEST(receipts_repeat_whole_characters), BAD_TEST(differences_can_be_read),
        BAD_TEST(large_files_are_refused),          BAD_TEST(other_kinds_of_files_are_refused),
        BAD_TEST(only_the_sender_signs_for_itself),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
