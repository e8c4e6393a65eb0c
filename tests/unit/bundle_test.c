#include "bundle/bundle.h"
#include "bundle/manifest.h"
#include "bundle/readme.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/str.h"
#include "bundle/extract.h"
#include "form/form.h"
#include "service/keeping/backup.h"
#include "service/keeping/homedir.h"
#include "service/lists/lacking.h"

#include "unit.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/*
 * A bundle of two small tables. What bundle_write() asks of a service is answered here, so that
 * every byte of the bundle is known.
 */

static char *home;
static enum result rows_result;
static day_t today;
static struct backup_bundle last;
static uint64_t persons_stored;

day_t service_today(const struct service *service)
{
    (void)service;
    return today;
}

const char *service_area_name(const struct service *service, const char *code)
{
    (void)service;
    (void)code;
    return "胜利街道";
}

enum result backup_last_bundle(struct service *service, struct backup_bundle *ret_last)
{
    (void)service;
    *ret_last = last;
    return RESULT_OK;
}

enum result extract_table_at(struct service *service, size_t index, struct extract_table *ret_table)
{
    const struct extract_table tables[] = {
        {.name = "person",
         .records = persons_stored,
         .rows = persons_stored,
         .file = "persons.csv"},
        {.name = "draft", .records = 7, .zh = "没有提交", .en = "not submitted"},
    };

    (void)service;
    if (index >= COUNT(tables))
        return RESULT_NOTFOUND;
    *ret_table = tables[index];
    return RESULT_OK;
}

const char *service_area(const struct service *service)
{
    (void)service;
    return "211102002000";
}

/* Programmes are asked for by rows of compliance.csv alone, which these bundles do not have. */
const struct forms *service_forms(const struct service *service)
{
    (void)service;
    return NULL;
}

const struct form *forms_get(const struct forms *forms, const char *kind)
{
    (void)forms;
    (void)kind;
    return NULL;
}

/* What a county says of its streets, lacking_test tests. */
bool service_collects(const struct service *service)
{
    (void)service;
    return false;
}

enum result lacking_list(struct service *service, struct lacking *ret_lacking, struct reply *reply)
{
    (void)service;
    (void)ret_lacking;
    (void)reply;
    return RESULT_OK;
}

const char *service_home(const struct service *service)
{
    (void)service;
    return home;
}

int64_t backup_kept_days(struct service *service)
{
    (void)service;
    return 7;
}

char *homedir_outbox(const char *of)
{
    return paths_join(of, "outbox");
}

enum result backup_check_folder(const struct service *service, const char *directory,
                                char **ret_message)
{
    (void)service;
    (void)directory;
    (void)ret_message;
    return RESULT_OK;
}

static enum result add_rows(struct service *service, const struct extract_file *file,
                            enum result (*row)(const char *const *cells, void *arg), void *arg)
{
    static const char *const ROWS[][3] = {
        {"211102002001", "61", "77.0"}, {"a,\"b\"", "", ""}, {"'=1+1", "2", "100.0"}};

    (void)service;
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        enum result result = row(ROWS[i], arg);

        if (result != 0)
            return result;
    }
    return file->column_count == 3 ? rows_result : RESULT_OK;
}

static const char *const COLUMNS[] = {"key", "owed", "rate"};

const struct extract_file *extract_at(size_t index)
{
    static const struct extract_file FILES[] = {
        {"persons.csv", "person", NULL, "人", "people", COLUMNS, 1, 1, false, add_rows},
        {"compliance.csv", NULL, NULL, "探访率", "figures", COLUMNS, 3, 1, false, add_rows},
    };

    return index < COUNT(FILES) ? &FILES[index] : NULL;
}

static const struct {
    const char *name;
    const char *text;
} MEMBERS[] = {
    {"persons.csv", "key\n211102002001\n\"a,\"\"b\"\"\"\n''=1+1\n"},
    {"compliance.csv", "key,owed,rate\n211102002001,61,77.0\n\"a,\"\"b\"\"\",,\n''=1+1,2,100.0\n"},
};

static int begin(void **state)
{
    home = unit_folder("bundle");
    *state = paths_join(home, "out");
    rows_result = RESULT_OK;
    today = date_make(2026, 11, 23);
    last = (struct backup_bundle){0};
    persons_stored = 3;
    return 0;
}

static void empty_directory(const char *directory)
{
    DIR *dir = opendir(directory);
    const struct dirent *entry;

    while (dir != NULL && (entry = readdir(dir)) != NULL)
        unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir != NULL)
        closedir(dir);
    rmdir(directory);
}

static int end(void **state)
{
    char *directory = *state;

    empty_directory(directory);
    /* Nothing else is left in the home. */
    assert_int_equal(rmdir(home), 0);
    free(directory);
    free(home);
    return 0;
}

/** 2026-11-23 01:30:05 in China. */
enum { DATA_AT = 1795368605 };

static enum result order_bundle(const char *directory, struct bundle_written *written,
                                char **ret_message)
{
    const struct bundle_order order = {.directory = directory, .data_at = DATA_AT};

    return bundle_write(NULL, &order, written, ret_message);
}

/** Writes a bundle of the day, and remembers it as the home does. New string: its path. */
static char *write_bundle(const char *directory, const char *date)
{
    struct bundle_written written = {0};
    char *message = NULL;
    char *path;

    assert_int_equal(date_parse(date, &today), 0);
    if (order_bundle(directory, &written, &message) != 0)
        fail_msg("%s", message);
    assert_int_equal(written.rows, 6);
    assert_true(written.bytes > 0);
    path = mem_copy(written.path);
    last = written.bundle;
    bundle_written_free(&written);
    return path;
}

static void read_member(struct archive *archive, struct str *text)
{
    char part[1000];
    la_ssize_t got;

    str_clear(text);
    while ((got = archive_read_data(archive, part, sizeof part)) > 0)
        str_add_bytes(text, part, (size_t)got);
    assert_int_equal(got, 0);
}

static const char *text_of(json_object *object, const char *name)
{
    return json_object_get_string(json_object_object_get(object, name));
}

/** The next member; NULL at the end. */
static const char *next_member(struct archive *archive, struct str *text)
{
    struct archive_entry *entry;
    int code = archive_read_next_header(archive, &entry);

    if (code == ARCHIVE_EOF)
        return NULL;
    assert_int_equal(code, ARCHIVE_OK);
    read_member(archive, text);
    return archive_entry_pathname(entry);
}

/** The bundle's manifest, when its files have been compared. */
static json_object *read_bundle(const char *path, char ret_hash[DIGEST_TEXT])
{
    struct archive *archive = archive_read_new();
    struct str text = {0}, readme = {0};
    uint8_t sum[DIGEST_SIZE];
    json_object *manifest;

    archive_read_support_filter_zstd(archive);
    archive_read_support_format_tar(archive);
    assert_int_equal(archive_read_open_filename(archive, path, 1000), ARCHIVE_OK);
    for (size_t i = 0; i < COUNT(MEMBERS); i++) {
        assert_string_equal(next_member(archive, &text), MEMBERS[i].name);
        assert_string_equal(str_text(&text), MEMBERS[i].text);
    }
    assert_string_equal(next_member(archive, &text), README_NAME);
    readme_add(&readme);
    assert_string_equal(str_text(&text), str_text(&readme));
    assert_string_equal(next_member(archive, &text), "manifest.json");
    digest_bytes(str_text(&text), text.length, sum);
    digest_format(sum, ret_hash);
    manifest = json_tokener_parse(str_text(&text));
    assert_non_null(manifest);
    assert_string_equal(next_member(archive, &text), "manifest.sha256");
    assert_memory_equal(str_text(&text), ret_hash, DIGEST_TEXT - 1);
    assert_string_equal(str_text(&text) + DIGEST_TEXT - 1, "  manifest.json\n");
    assert_null(next_member(archive, &text));
    archive_read_free(archive);
    str_free(&readme);
    str_free(&text);
    return manifest;
}

static int64_t number_of(json_object *object, const char *name)
{
    return json_object_get_int64(json_object_object_get(object, name));
}

static void says_what_is_in_it(void **state)
{
    char *path = write_bundle(*state, "2026-11-23");
    char own[DIGEST_TEXT];
    json_object *manifest = read_bundle(path, own);
    json_object *files = json_object_object_get(manifest, "files");
    json_object *sums;

    assert_string_equal(strrchr(path, '/') + 1, "doudi-211102002000-20261123.tar.zst");
    assert_int_equal(json_object_array_length(files), COUNT(MEMBERS) + 1);
    for (size_t i = 0; i < COUNT(MEMBERS); i++) {
        json_object *file = json_object_array_get_idx(files, i);
        uint8_t sum[DIGEST_SIZE];
        char hash[DIGEST_TEXT];

        digest_bytes(MEMBERS[i].text, strlen(MEMBERS[i].text), sum);
        assert_string_equal(text_of(file, "name"), MEMBERS[i].name);
        assert_string_equal(text_of(file, "sha256"), digest_format(sum, hash));
        assert_int_equal(number_of(file, "rows"), 3);
    }
    /* Whole numbers are summed, codes and rates are not. */
    sums = json_object_object_get(json_object_array_get_idx(files, 1), "sums");
    assert_int_equal(json_object_object_length(sums), 1);
    assert_int_equal(number_of(sums, "owed"), 63);
    json_object_put(manifest);
    free(path);
}

static void says_what_it_is(void **state)
{
    char *path = write_bundle(*state, "2026-11-23");
    char own[DIGEST_TEXT];
    json_object *manifest = read_bundle(path, own);
    int64_t made = 0;

    assert_int_equal(number_of(manifest, "format"), 2);
    assert_int_equal(number_of(manifest, "number"), 1);
    assert_string_equal(text_of(manifest, "area"), "211102002000");
    assert_string_equal(text_of(manifest, "area_name"), "胜利街道");
    assert_string_equal(text_of(manifest, "date"), "2026-11-23");
    assert_string_equal(text_of(manifest, "previous"), "");
    assert_string_equal(text_of(manifest, "data_at"), "2026-11-23T01:30:05+08:00");
    assert_null(json_object_object_get(manifest, "test_date"));
    assert_true(strncmp(text_of(manifest, "software"), "doudi ", 6) == 0);
    /* The moment at which it was made is the clock's. */
    char *at = mem_copy(text_of(manifest, "made_at"));
    assert_int_equal(strlen(at), strlen("2026-11-23T01:30:05+08:00"));
    assert_string_equal(at + STAMP_TEXT - 1, "+08:00");
    at[STAMP_TEXT - 1] = '\0';
    at[DATE_TEXT - 1] = ' ';
    assert_int_equal(date_parse_stamp(at, &made), 0);
    assert_true(llabs(made - time(NULL)) < 100);
    free(at);
    json_object_put(manifest);
    free(path);
}

static void counts_every_table(void **state)
{
    char *path = write_bundle(*state, "2026-11-23");
    char own[DIGEST_TEXT];
    json_object *manifest = read_bundle(path, own);
    json_object *tables = json_object_object_get(manifest, "tables");
    json_object *person = json_object_array_get_idx(tables, 0);
    json_object *draft = json_object_array_get_idx(tables, 1);

    assert_int_equal(json_object_array_length(tables), 2);
    assert_string_equal(text_of(person, "name"), "person");
    assert_int_equal(number_of(person, "records"), 3);
    assert_string_equal(text_of(person, "file"), "persons.csv");
    assert_int_equal(number_of(draft, "records"), 7);
    assert_string_equal(text_of(draft, "left_out"), "没有提交");
    assert_null(json_object_object_get(draft, "file"));
    json_object_put(manifest);
    free(path);
}

/** A record that is in no file makes no bundle. */
static void a_lost_row_makes_no_bundle(void **state)
{
    struct bundle_written written = {0};
    char *message = NULL;

    persons_stored = 4;
    assert_int_equal(order_bundle(*state, &written, &message), RESULT_CORRUPT);
    assert_non_null(strstr(message, "persons.csv 有 3 行，数据库里有 4 条"));
    assert_int_equal(rmdir(*state), 0);
    free(message);
}

/** Writes the next bundle and compares its name, number and previous hash; takes over its own. */
static void expect_next(const char *directory, const char *date, const char *name, int64_t number,
                        char hash[DIGEST_TEXT])
{
    char *path = write_bundle(directory, date);
    char own[DIGEST_TEXT];
    json_object *manifest = read_bundle(path, own);

    assert_string_equal(strrchr(path, '/') + 1, name);
    assert_string_equal(text_of(manifest, "date"), date);
    assert_int_equal(number_of(manifest, "number"), number);
    assert_string_equal(text_of(manifest, "previous"), hash);
    assert_string_equal(last.manifest, own);
    memcpy(hash, own, DIGEST_TEXT);
    json_object_put(manifest);
    free(path);
}

static void names_the_bundle_it_follows(void **state)
{
    char hash[DIGEST_TEXT] = "";

    expect_next(*state, "2026-11-20", "doudi-211102002000-20261120.tar.zst", 1, hash);
    expect_next(*state, "2026-11-21", "doudi-211102002000-20261121.tar.zst", 2, hash);
    expect_next(*state, "2026-11-21", "doudi-211102002000-20261121-2.tar.zst", 3, hash);
    expect_next(*state, "2026-12-01", "doudi-211102002000-20261201.tar.zst", 4, hash);
    /* A day that is tried again after later ones takes nothing from them. */
    expect_next(*state, "2026-11-21", "doudi-211102002000-20261121-3.tar.zst", 5, hash);
    expect_next(*state, "2026-12-01", "doudi-211102002000-20261201-2.tar.zst", 6, hash);
}

/** The order is the home's: it goes on in an empty folder. */
static void an_emptied_folder_changes_no_number(void **state)
{
    char hash[DIGEST_TEXT] = "";

    expect_next(*state, "2026-11-20", "doudi-211102002000-20261120.tar.zst", 1, hash);
    empty_directory(*state);
    expect_next(*state, "2026-11-20", "doudi-211102002000-20261120-2.tar.zst", 2, hash);
}

/** A restored home, or one whose server died after the bundle was there, knows an earlier one. */
static void a_bundle_that_the_home_forgot_counts(void **state)
{
    char hash[DIGEST_TEXT] = "";

    expect_next(*state, "2026-11-20", "doudi-211102002000-20261120.tar.zst", 1, hash);
    struct backup_bundle known = last;
    expect_next(*state, "2026-11-20", "doudi-211102002000-20261120-2.tar.zst", 2, hash);
    expect_next(*state, "2026-11-21", "doudi-211102002000-20261121.tar.zst", 3, hash);
    last = known;
    expect_next(*state, "2026-11-21", "doudi-211102002000-20261121-2.tar.zst", 4, hash);
    last = (struct backup_bundle){0};
    expect_next(*state, "2026-11-22", "doudi-211102002000-20261122.tar.zst", 5, hash);
}

/** Names that are no bundles of this area are passed over; an unfinished one goes. */
static void other_files_of_the_folder_stay(void **state)
{
    static const char *const names[] = {
        "doudi-211102002000-20261140.tar.zst",      "doudi-211102002000-20261123-1.tar.zst",
        "doudi-211102002000-20261123-x.tar.zst",    "doudi-211102003000-20261123.tar.zst",
        "doudi-211102003000-20261123.tar.zst.part", "doudi-211102002000-20261129.tar.zst"};
    const char *directory = *state;
    char *part = paths_join(directory, "doudi-211102002000-20261101-4.tar.zst.part");
    char hash[DIGEST_TEXT] = "";

    assert_int_equal(mkdir(directory, 0700), 0);
    for (size_t i = 0; i < COUNT(names); i++) {
        char *path = paths_join(directory, names[i]);
        fclose(fopen(path, "we"));
        free(path);
    }
    fclose(fopen(part, "we"));
    expect_next(directory, "2026-11-23", "doudi-211102002000-20261123.tar.zst", 1, hash);
    assert_int_equal(access(part, F_OK), -1);
    for (size_t i = 0; i < COUNT(names); i++) {
        char *path = paths_join(directory, names[i]);
        assert_int_equal(access(path, F_OK), 0);
        free(path);
    }
    free(part);
}

/** All but the manifest's own moment: the same data and place give the same bytes. */
static void same_data_give_the_same_bytes(void **state)
{
    char own[DIGEST_TEXT];
    char *path = write_bundle(*state, "2026-11-23");
    json_object *manifest = read_bundle(path, own);

    empty_directory(*state);
    last = (struct backup_bundle){0};
    sleep(1);
    char *again = write_bundle(*state, "2026-11-23");
    json_object *manifest_again = read_bundle(again, own);
    assert_string_equal(path, again);
    assert_string_not_equal(text_of(manifest, "made_at"), text_of(manifest_again, "made_at"));
    json_object_object_del(manifest, "made_at");
    json_object_object_del(manifest_again, "made_at");
    assert_string_equal(json_object_to_json_string(manifest),
                        json_object_to_json_string(manifest_again));
    json_object_put(manifest);
    json_object_put(manifest_again);
    free(path);
    free(again);
}

static void is_there_whole_or_not_at_all(void **state)
{
    const char *directory = *state;
    struct bundle_written written = {0};
    char *message = NULL;

    rows_result = RESULT_CORRUPT;
    assert_int_equal(order_bundle(directory, &written, &message), RESULT_CORRUPT);
    assert_null(written.path);
    assert_non_null(message);
    assert_int_equal(rmdir(directory), 0);
    free(message);
}

/** True if the bundle keeps its manifest; *ret_same if the files are what they were. */
static bool is_believed(const char *path, bool *ret_same)
{
    struct manifest *manifest = NULL;
    char *message = NULL;

    *ret_same = true;
    if (manifest_check(path, &manifest, &message) != 0) {
        assert_non_null(message);
        free(message);
        return false;
    }
    for (size_t i = 0; i < COUNT(MEMBERS); i++) {
        uint8_t sum[DIGEST_SIZE];
        char hash[DIGEST_TEXT];

        digest_bytes(MEMBERS[i].text, strlen(MEMBERS[i].text), sum);
        *ret_same &= strcmp(manifest->files[i].sha256, digest_format(sum, hash)) == 0;
    }
    manifest_free(&manifest);
    return true;
}

static void a_broken_byte_is_noticed(void **state)
{
    char *path = write_bundle(*state, "2026-11-23");
    FILE *file = fopen(path, "r+");
    size_t noticed = 0;
    bool same = false;

    assert_true(is_believed(path, &same));
    assert_true(same);
    fseek(file, 0, SEEK_END);
    long length = ftell(file);
    for (long at = 0; at < length; at++) {
        fseek(file, at, SEEK_SET);
        int byte = fgetc(file);
        fseek(file, at, SEEK_SET);
        fputc(byte ^ 0x20, file);
        fflush(file);
        if (is_believed(path, &same))
            assert_true(same);
        else
            noticed++;
        fseek(file, at, SEEK_SET);
        fputc(byte, file);
        fflush(file);
    }
    assert_true(noticed * 2 > (size_t)length);
    fclose(file);
    free(path);
}

#define BUNDLE_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BUNDLE_TEST(says_what_is_in_it),
        BUNDLE_TEST(says_what_it_is),
        BUNDLE_TEST(counts_every_table),
        BUNDLE_TEST(a_lost_row_makes_no_bundle),
        BUNDLE_TEST(names_the_bundle_it_follows),
        BUNDLE_TEST(an_emptied_folder_changes_no_number),
        BUNDLE_TEST(a_bundle_that_the_home_forgot_counts),
        BUNDLE_TEST(other_files_of_the_folder_stay),
        BUNDLE_TEST(same_data_give_the_same_bytes),
        BUNDLE_TEST(is_there_whole_or_not_at_all),
        BUNDLE_TEST(a_broken_byte_is_noticed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
