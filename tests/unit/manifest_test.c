/* What a manifest must be to be read (bundle/manifest.h). */
#include "bundle/manifest.h"

#include "base/mem.h"
#include "base/paths.h"
#include "unit.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define HEAD "{\"format\":1,\"area\":\"211102002000\",\"date\":\"2026-11-23\",\"previous\":\"\","
#define FILE_OF(name, hash) "{\"name\":\"" name "\",\"rows\":3,\"sha256\":\"" hash "\"}"

#define FILE_WITH(state)                                                                           \
    "{\"name\":\"a.csv\",\"rows\":3,\"sha256\":\"" HASH "\",\"state\":" state "}"
#define DELTA(format, base)                                                                        \
    "{\"format\":" format ",\"area\":\"\",\"date\":\"2026-02-28\",\"previous\":\"" HASH            \
    "\",\"number\":3,\"kind\":\"delta\",\"base\":" base ",\"files\":[]}"

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
        {"{\"format\":4}", "更新的版本"},
        {"{\"format\":0}", "更新的版本"},
        {"{\"format\":2,\"area\":\"\",\"date\":\"2026-02-28\",\"previous\":\"\"}", "编号"},
        {"{\"format\":2,\"area\":\"\",\"date\":\"2026-02-28\",\"previous\":\"\",\"number\":0}",
         "编号"},
        {"{\"format\":2,\"area\":\"\",\"date\":\"2026-02-28\",\"previous\":\"\",\"number\":3,"
         "\"files\":[]}",
         NULL},
        {DELTA("3", "2"), NULL},
        {DELTA("2", "2"), "编号"},
        {DELTA("3", "3"), "编号"},
        {DELTA("3", "1"), "编号"},
        {DELTA("3", "\"2\""), "编号"},
        {HEAD "\"kind\":\"full\",\"files\":[]}", NULL},
        {HEAD "\"kind\":\"part\",\"files\":[]}", "编号"},
        {HEAD "\"files\":[" FILE_WITH("{\"rows\":3,\"sum\":\"" HASH "\"}") "]}", NULL},
        {HEAD "\"files\":[" FILE_WITH("{\"rows\":3}") "]}", "第 1 个"},
        {HEAD "\"files\":[" FILE_WITH("{\"rows\":-3,\"sum\":\"" HASH "\"}") "]}", "第 1 个"},
        {HEAD "\"files\":[" FILE_WITH("3") "]}", "第 1 个"},
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

        bool newer = cases[i].words != NULL && strcmp(cases[i].words, "更新的版本") == 0;
        if (result != (cases[i].words == NULL ? RESULT_OK
                       : newer                ? RESULT_FORMAT
                                              : RESULT_INVALID) ||
            (cases[i].words != NULL && strstr(message, cases[i].words) == NULL))
            fail_msg("%s: %s", cases[i].text, message);
        manifest_free(&manifest);
        free(message);
    }
}

// ---- bundles that unpack to too much

enum { MEGABYTE = 1 << 20 };

/** A bundle of `count` files of blanks. */
static void write_bomb(const char *path, size_t count, size_t megabytes)
{
    struct archive *archive = archive_write_new();
    char *blanks = mem_array(MEGABYTE, 1);

    memset(blanks, ' ', MEGABYTE);
    assert_int_equal(archive_write_add_filter_zstd(archive), ARCHIVE_OK);
    assert_int_equal(archive_write_set_format_pax_restricted(archive), ARCHIVE_OK);
    assert_int_equal(archive_write_open_filename(archive, path), ARCHIVE_OK);
    for (size_t i = 0; i < count; i++) {
        struct archive_entry *entry = archive_entry_new();
        char *name = mem_printf("%c%c.csv", (char)('a' + i / 26), (char)('a' + i % 26));
        archive_entry_set_pathname(entry, name);
        archive_entry_set_size(entry, (la_int64_t)(megabytes * MEGABYTE));
        archive_entry_set_filetype(entry, AE_IFREG);
        assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
        for (size_t k = 0; k < megabytes; k++)
            assert_int_equal(archive_write_data(archive, blanks, MEGABYTE), MEGABYTE);
        archive_entry_free(entry);
        free(name);
    }
    assert_int_equal(archive_write_free(archive), ARCHIVE_OK);
    free(blanks);
}

/** Removes the folder with its files, and returns their bytes. */
static uint64_t remove_files(const char *folder)
{
    DIR *directory = opendir(folder);
    struct dirent *entry;
    uint64_t bytes = 0;

    assert_non_null(directory);
    while ((entry = readdir(directory)) != NULL) {
        struct stat status;
        char *path = paths_join(folder, entry->d_name);
        if (stat(path, &status) == 0 && S_ISREG(status.st_mode)) {
            bytes += (uint64_t)status.st_size;
            unlink(path);
        }
        free(path);
    }
    closedir(directory);
    rmdir(folder);
    return bytes;
}

/** Counted in bytes, not in time. */
static void a_bomb_is_refused_by_its_sizes(void **state)
{
    static const struct {
        size_t count, megabytes, most; /**< megabytes written before it is refused */
    } cases[] = {{1, 300, 0}, {3, 15, 15}, {60, 1, 20}};
    char *bundles = unit_folder("bombs");
    char *path = paths_join(bundles, "bomb.tar.zst");

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *folder = unit_folder("unpacked");
        struct manifest *manifest = NULL;
        char *message = NULL;
        write_bomb(path, cases[i].count, cases[i].megabytes);
        assert_result(manifest_unpack(path, folder, &manifest, &message), RESULT_INVALID);
        assert_non_null(strstr(message, "大得不像报送包"));
        assert_in_range(remove_files(folder), 0, cases[i].most * MEGABYTE);
        free(message);
        free(folder);
    }
    (void)remove_files(bundles);
    free(path);
    free(bundles);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_manifest_is_refused),
        cmocka_unit_test(a_bomb_is_refused_by_its_sizes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
