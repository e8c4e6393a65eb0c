#include "bundle/bundle.h"
#include "bundle/manifest.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/str.h"
#include "bundle/extract.h"
#include "service/keeping/backup.h"

#include "unit.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <unistd.h>

/*
 * A bundle of two small tables. What bundle_write() asks of a service is answered here, so that
 * every byte of the bundle is known.
 */

static char *home;
static enum result rows_result;

day_t service_today(const struct service *service)
{
    (void)service;
    return date_make(2026, 11, 23);
}

const char *service_area(const struct service *service)
{
    (void)service;
    return "211102002000";
}

const char *service_home(const struct service *service)
{
    (void)service;
    return home;
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
        {"211102002001", "61", "77.0"}, {"a,\"b\"", "", ""}, {"=1+1", "2", "100.0"}};

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
        {.name = "persons.csv", .columns = COLUMNS, .column_count = 1, .rows = add_rows},
        {.name = "compliance.csv", .columns = COLUMNS, .column_count = 3, .rows = add_rows},
    };

    return index < COUNT(FILES) ? &FILES[index] : NULL;
}

static const struct {
    const char *name;
    const char *text;
} MEMBERS[] = {
    {"persons.csv", "key\n211102002001\n\"a,\"\"b\"\"\"\n'=1+1\n"},
    {"compliance.csv", "key,owed,rate\n211102002001,61,77.0\n\"a,\"\"b\"\"\",,\n'=1+1,2,100.0\n"},
};

static int begin(void **state)
{
    home = unit_folder("bundle");
    *state = paths_join(home, "out");
    rows_result = RESULT_OK;
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

static char *write_bundle(const char *directory, const char *date)
{
    struct bundle_written written = {0};
    char *message = NULL;
    char *path;

    assert_int_equal(bundle_write(NULL, directory, date, &written, &message), RESULT_OK);
    assert_int_equal(written.rows, 6);
    assert_true(written.bytes > 0);
    path = mem_copy(written.path);
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

/** The bundle's manifest, when its files have been compared. */
static json_object *read_bundle(const char *path)
{
    struct archive *archive = archive_read_new();
    struct archive_entry *entry;
    struct str text = {0};
    json_object *manifest;

    archive_read_support_filter_zstd(archive);
    archive_read_support_format_tar(archive);
    assert_int_equal(archive_read_open_filename(archive, path, 1000), ARCHIVE_OK);
    for (size_t i = 0; i < COUNT(MEMBERS); i++) {
        assert_int_equal(archive_read_next_header(archive, &entry), ARCHIVE_OK);
        assert_string_equal(archive_entry_pathname(entry), MEMBERS[i].name);
        read_member(archive, &text);
        assert_string_equal(str_text(&text), MEMBERS[i].text);
    }
    assert_int_equal(archive_read_next_header(archive, &entry), ARCHIVE_OK);
    assert_string_equal(archive_entry_pathname(entry), "manifest.json");
    read_member(archive, &text);
    manifest = json_tokener_parse(str_text(&text));
    assert_non_null(manifest);
    assert_int_equal(archive_read_next_header(archive, &entry), ARCHIVE_EOF);
    archive_read_free(archive);
    str_free(&text);
    return manifest;
}

static void says_what_is_in_it(void **state)
{
    char *path = write_bundle(*state, NULL);
    json_object *manifest = read_bundle(path);
    json_object *files = json_object_object_get(manifest, "files");
    json_object *sums;

    assert_string_equal(strrchr(path, '/') + 1, "doudi-211102002000-20261123.tar.zst");
    assert_string_equal(text_of(manifest, "area"), "211102002000");
    assert_string_equal(text_of(manifest, "date"), "2026-11-23");
    assert_string_equal(text_of(manifest, "previous"), "");
    assert_int_equal(json_object_array_length(files), COUNT(MEMBERS));
    for (size_t i = 0; i < COUNT(MEMBERS); i++) {
        json_object *file = json_object_array_get_idx(files, i);
        uint8_t sum[DIGEST_SIZE];
        char hash[DIGEST_TEXT];

        digest_bytes(MEMBERS[i].text, strlen(MEMBERS[i].text), sum);
        assert_string_equal(text_of(file, "name"), MEMBERS[i].name);
        assert_string_equal(text_of(file, "sha256"), digest_format(sum, hash));
        assert_int_equal(json_object_get_int(json_object_object_get(file, "rows")), 3);
    }
    /* Whole numbers are summed, codes and rates are not. */
    sums = json_object_object_get(json_object_array_get_idx(files, 1), "sums");
    assert_int_equal(json_object_object_length(sums), 1);
    assert_int_equal(json_object_get_int(json_object_object_get(sums, "owed")), 63);
    json_object_put(manifest);
    free(path);
}

static char *digest_path(const char *path)
{
    FILE *file = fopen(path, "r");
    char bytes[100000];
    size_t length = fread(bytes, 1, sizeof bytes, file);
    uint8_t sum[DIGEST_SIZE];
    char hash[DIGEST_TEXT];

    fclose(file);
    digest_bytes(bytes, length, sum);
    return mem_copy(digest_format(sum, hash));
}

static void names_the_bundle_it_follows(void **state)
{
    char *first = write_bundle(*state, "2026-11-20");
    char *second = write_bundle(*state, "2026-11-21");
    char *later = write_bundle(*state, "2026-12-01");
    char *third = write_bundle(*state, "2026-11-22");
    char *hash = digest_path(second);
    json_object *manifest = read_bundle(third);

    assert_string_equal(text_of(manifest, "previous"), hash);
    json_object_put(manifest);
    free(hash);
    free(first);
    free(second);
    free(third);
    free(later);
}

static void same_data_give_the_same_bytes(void **state)
{
    char *path = write_bundle(*state, "");
    char *hash = digest_path(path);
    char *again;
    char *hash_again;

    sleep(1);
    again = write_bundle(*state, "2026-11-23");
    hash_again = digest_path(again);
    assert_string_equal(path, again);
    assert_string_equal(hash, hash_again);
    free(path);
    free(again);
    free(hash);
    free(hash_again);
}

static void is_there_whole_or_not_at_all(void **state)
{
    const char *directory = *state;
    struct bundle_written written = {0};
    char *message = NULL;

    rows_result = RESULT_CORRUPT;
    assert_int_equal(bundle_write(NULL, directory, NULL, &written, &message), RESULT_CORRUPT);
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
    char *path = write_bundle(*state, NULL);
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

static void refuses_what_is_no_date(void **state)
{
    struct bundle_written written = {0};
    char *message = NULL;

    assert_int_equal(bundle_write(NULL, *state, "2026-02-30", &written, &message), RESULT_INVALID);
    assert_non_null(strstr(message, "2026-02-30"));
    free(message);
}

#define BUNDLE_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define HEAD "{\"format\":1,\"area\":\"211102002000\",\"date\":\"2026-11-23\",\"previous\":\"\","
#define FILE_OF(name, hash) "{\"name\":\"" name "\",\"rows\":3,\"sha256\":\"" hash "\"}"

static void what_is_no_manifest_is_refused(void **state)
{
    static const struct {
        const char *text;
        const char *words; /* NULL: it is one */
    } cases[] = {
        {HEAD "\"files\":[]}\n", NULL},
        {HEAD "\"files\":[" FILE_OF("cases.csv", HASH) "]}", NULL},
        {"", "不是"},
        {"[1]", "不是"},
        {"{", "不是"},
        {HEAD "\"files\":[]} x", "末尾"},
        {"{\"format\":2}", "更新的版本"},
        {"{\"format\":1,\"area\":\"2111\",\"date\":\"2026-11-23\",\"previous\":\"\"}", "区划"},
        {"{\"format\":1,\"area\":\"\",\"date\":\"2026-02-29\",\"previous\":\"\"}", "日期"},
        {"{\"format\":1,\"area\":\"\",\"date\":\"2026-02-28\",\"previous\":\"ff\"}", "上一包"},
        {HEAD "\"files\":{}}", "文件表"},
        {HEAD "\"files\":[" FILE_OF("../cases.csv", HASH) "]}", "第 1 个"},
        {HEAD "\"files\":[" FILE_OF("/etc/passwd", HASH) "]}", "第 1 个"},
        {HEAD "\"files\":[" FILE_OF("manifest.json", HASH) "]}", "第 1 个"},
        {HEAD "\"files\":[" FILE_OF("cases.csv", "12") "]}", "第 1 个"},
        {HEAD "\"files\":[" FILE_OF("a.csv", HASH) "," FILE_OF("a.csv", HASH) "]}", "第 2 个"},
        {HEAD "\"files\":[{\"name\":\"a.csv\",\"rows\":-1,\"sha256\":\"" HASH "\"}]}", "第 1 个"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct manifest *manifest = NULL;
        char *message = NULL;
        enum result result =
            manifest_parse(cases[i].text, strlen(cases[i].text), &manifest, &message);

        if (result != (cases[i].words == NULL ? RESULT_OK : RESULT_INVALID) ||
            (cases[i].words != NULL && strstr(message, cases[i].words) == NULL))
            fail_msg("%s: %s", cases[i].text, message);
        manifest_free(&manifest);
        free(message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BUNDLE_TEST(says_what_is_in_it),
        BUNDLE_TEST(names_the_bundle_it_follows),
        BUNDLE_TEST(same_data_give_the_same_bytes),
        BUNDLE_TEST(is_there_whole_or_not_at_all),
        BUNDLE_TEST(a_broken_byte_is_noticed),
        cmocka_unit_test(what_is_no_manifest_is_refused),
        BUNDLE_TEST(refuses_what_is_no_date),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
