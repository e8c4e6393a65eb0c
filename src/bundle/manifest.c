#include "bundle/manifest.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/str.h"
#include "bundle/outside.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { BLOCK_BYTES = 64 * 1024 };

static __attribute__((format(printf, 3, 4))) enum result
refuse(char **ret_message, enum result result, const char *format, ...)
{
    struct str text = {0};
    va_list args;

    str_add(&text, "报送包的清单 " MANIFEST_NAME " ");
    va_start(args, format);
    str_vprintf(&text, format, args);
    va_end(args);
    *ret_message = str_take(&text);
    return result;
}

// ---- parsing

/** Refuses names that lead out of a folder or are the manifest's own. */
static bool take_name(const char *text, char name[MANIFEST_FILE_NAME])
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.";

    if (text == NULL || *text == '\0' || *text == '.' || strcmp(text, MANIFEST_NAME) == 0 ||
        strlen(text) >= MANIFEST_FILE_NAME || text[strspn(text, allowed)] != '\0')
        return false;
    memcpy(name, text, strlen(text) + 1);
    return true;
}

static const struct manifest_file *find_file(const struct manifest *manifest, const char *name)
{
    for (size_t i = 0; i < manifest->file_count; i++)
        if (strcmp(manifest->files[i].name, name) == 0)
            return &manifest->files[i];
    return NULL;
}

/** What the receiver then has; older bundles do not say it. */
static bool take_state(json_object *object, struct manifest_file *file)
{
    json_object *state = NULL;
    int64_t rows = 0;

    if (!json_object_object_get_ex(object, "state", &state))
        return true;
    if (!json_object_is_type(state, json_type_object) || !outside_number(state, "rows", &rows) ||
        rows < 0)
        return false;
    file->state_rows = (uint64_t)rows;
    if (json_object_object_get_ex(state, "values", NULL) &&
        !outside_hash(outside_text(state, "values"), file->state_values))
        return false;
    return outside_hash(outside_text(state, "sum"), file->state_sum);
}

static bool take_file(json_object *object, struct manifest *manifest)
{
    struct manifest_file file = {0};
    int64_t rows = 0;

    if (!json_object_is_type(object, json_type_object) ||
        !take_name(outside_text(object, "name"), file.name) ||
        !outside_hash(outside_text(object, "sha256"), file.sha256) ||
        !outside_number(object, "rows", &rows) || rows < 0 ||
        find_file(manifest, file.name) != NULL)
        return false;
    file.rows = (uint64_t)rows;
    if (!take_state(object, &file))
        return false;
    manifest->files[manifest->file_count++] = file;
    return true;
}

/** Format 1 has no number. */
static bool take_number(json_object *object, int64_t format, struct manifest *manifest)
{
    int64_t number = 0;

    if (format > 1 && (!outside_number(object, "number", &number) || number < 1))
        return false;
    manifest->number = (uint64_t)number;
    return true;
}

/** A delta builds on the bundle before it. */
static bool take_kind(json_object *object, int64_t format, struct manifest *manifest)
{
    const char *kind = outside_text(object, "kind");
    int64_t base = 0;

    manifest->delta = kind != NULL && strcmp(kind, MANIFEST_DELTA) == 0;
    if (!manifest->delta)
        return format <= MANIFEST_FORMAT_FULL && (kind == NULL || strcmp(kind, MANIFEST_FULL) == 0);
    if (format <= MANIFEST_FORMAT_FULL || !outside_number(object, "base", &base) || base < 1 ||
        (uint64_t)base + 1 != manifest->number)
        return false;
    manifest->base = (uint64_t)base;
    return true;
}

static bool take_head(json_object *object, struct manifest *manifest)
{
    const char *area = outside_text(object, "area");
    const char *date = outside_text(object, "date");
    const char *previous = outside_text(object, "previous");

    if (area == NULL || date == NULL || previous == NULL ||
        (*area != '\0' && !outside_is_made_of(area, sizeof manifest->area - 1, "0123456789")) ||
        date_parse(date, &manifest->date) != 0)
        return false;
    memcpy(manifest->area, area, strlen(area) + 1);
    return *previous == '\0' || outside_hash(previous, manifest->previous);
}

/** "2026-11-23T01:30:05+08:00"; older senders may not say it. */
static void take_moment(json_object *object, struct manifest *manifest)
{
    const char *text = outside_text(object, "data_at");
    char stamp[STAMP_TEXT];

    if (text == NULL || strlen(text) < STAMP_TEXT - 1)
        return;
    snprintf(stamp, sizeof stamp, "%s", text);
    stamp[DATE_TEXT - 1] = ' ';
    (void)date_parse_stamp(stamp, &manifest->data_at);
}

/** Older senders do not say it. */
static bool take_lacks(json_object *object, struct manifest *manifest)
{
    json_object *list = outside_list(object, "lacking", MANIFEST_LACKS);
    int64_t more = 0;

    if (list == NULL)
        return !json_object_object_get_ex(object, "lacking", NULL);
    for (size_t i = 0; i < json_object_array_length(list); i++) {
        json_object *item = json_object_array_get_idx(list, i);
        struct manifest_lack *lack = &manifest->lacks[manifest->lack_count++];
        const char *area = outside_text(item, "area"), *date = outside_text(item, "date");
        if (area == NULL || date == NULL ||
            !outside_is_made_of(area, sizeof lack->area - 1, "0123456789") ||
            (*date != '\0' && date_parse(date, &lack->date) != 0))
            return false;
        memcpy(lack->area, area, sizeof lack->area);
    }
    if (outside_number(object, "lacking_more", &more) && more > 0)
        manifest->lacks_more = (uint64_t)more;
    return true;
}

static enum result read_object(json_object *object, struct manifest *manifest, char **ret_message)
{
    json_object *files = NULL;
    int64_t format = 0;

    if (object == NULL || !outside_number(object, "format", &format))
        return refuse(ret_message, RESULT_INVALID, "不是 doudi 的清单");
    if (format < 1 || format > MANIFEST_FORMAT)
        return refuse(ret_message, RESULT_FORMAT, "由更新的版本生成，请先升级 doudi");
    if (!take_head(object, manifest) || !take_number(object, format, manifest) ||
        !take_kind(object, format, manifest))
        return refuse(ret_message, RESULT_INVALID, "缺少区划、日期、编号或上一包的校验值");
    json_object *test = json_object_object_get(object, "test_date");
    manifest->test_date = test != NULL && json_object_get_boolean(test);
    take_moment(object, manifest);
    if (!take_lacks(object, manifest))
        return refuse(ret_message, RESULT_INVALID, "缺哪些单位的数据（lacking）写得不对");
    files = outside_list(object, "files", MANIFEST_FILES);
    if (files == NULL)
        return refuse(ret_message, RESULT_INVALID, "没有文件表，或文件太多");
    for (size_t i = 0; i < json_object_array_length(files); i++)
        if (!take_file(json_object_array_get_idx(files, i), manifest))
            return refuse(ret_message, RESULT_INVALID, "第 %zu 个文件写得不对", i + 1);
    return RESULT_OK;
}

enum result manifest_parse(const char *text, size_t length, struct manifest **ret_manifest,
                           char **ret_message)
{
    if (length > MANIFEST_BYTES)
        return refuse(ret_message, RESULT_INVALID, "太大");
    bool whole = false;
    json_object *object = outside_parse(text, length, &whole);
    struct manifest *manifest = mem_new(sizeof *manifest);
    uint8_t sum[DIGEST_SIZE];
    enum result result =
        whole ? read_object(object, manifest, ret_message)
              : refuse(ret_message, RESULT_INVALID, "在末尾之后还有内容，或不是文字");

    digest_bytes(text, length, sum);
    digest_format(sum, manifest->sha256);
    if (result == 0)
        *ret_manifest = manifest;
    else
        free(manifest);
    json_object_put(object);
    return result;
}

void manifest_free(struct manifest **manifest)
{
    free(*manifest);
    *manifest = NULL;
}

// ---- checking a bundle

/** A bundle while it is read: its files' hashes, and its manifest's text. */
struct reading {
    struct archive *archive;
    const char *folder;    /**< where its files go, NULL = nowhere */
    uint64_t bytes, most;  /**< of all files so far; how many they may have */
    bool refused;          /**< they would have more */
    bool strange;          /**< it has a link, a folder, a path, or more files than a bundle */
    struct manifest found; /**< only names and hashes */
    struct str text;       /**< of the manifest */
    struct str sum;        /**< of MANIFEST_SUM_NAME */
};

/** Where a member's bytes go; NULL = not there. */
struct sink {
    struct digest *digest;
    FILE *file;
    struct str *text; /**< no more than a manifest may have */
};

static enum result take_block(struct reading *reading, const struct sink *sink, const char *block,
                              size_t length)
{
    reading->bytes += length;
    if (reading->bytes > reading->most) {
        reading->refused = true;
        return RESULT_INVALID;
    }
    if (sink->digest != NULL)
        digest_add(sink->digest, block, length);
    if (sink->text != NULL && sink->text->length <= MANIFEST_BYTES)
        str_add_bytes(sink->text, block, length);
    if (sink->file != NULL && fwrite(block, 1, length, sink->file) != length)
        return result_of_write(errno, RESULT_IO);
    return RESULT_OK;
}

/** RESULT_CORRUPT if the member cannot be read. */
static enum result read_member(struct reading *reading, const struct sink *sink)
{
    char *block = mem_array(1, BLOCK_BYTES);
    enum result result = RESULT_OK;
    la_ssize_t got = 0;

    while (result == 0 && (got = archive_read_data(reading->archive, block, BLOCK_BYTES)) > 0)
        result = take_block(reading, sink, block, (size_t)got);
    free(block);
    return result == 0 && got != 0 ? RESULT_CORRUPT : result;
}

/** The member's file in the folder; its name is plain. */
static enum result write_member(struct reading *reading, struct digest *digest, const char *name)
{
    char *path = paths_join(reading->folder, name);
    FILE *to = fopen(path, "wxe");
    enum result result = to != NULL
                             ? read_member(reading, &(struct sink){.digest = digest, .file = to})
                             : result_of_write(errno, RESULT_IO);

    if (to != NULL && fclose(to) != 0 && result == 0)
        result = result_of_write(errno, RESULT_IO);
    free(path);
    return result;
}

static enum result read_file(struct reading *reading, const char *name)
{
    struct manifest_file file = {0};
    struct digest *digest = digest_new();
    uint8_t sum[DIGEST_SIZE];
    bool known = take_name(name, file.name) && reading->found.file_count < MANIFEST_FILES &&
                 find_file(&reading->found, name) == NULL;
    enum result result = RESULT_CORRUPT;

    reading->strange = !known;
    if (known)
        result = reading->folder != NULL ? write_member(reading, digest, name)
                                         : read_member(reading, &(struct sink){.digest = digest});

    digest_end(&digest, sum);
    digest_format(sum, file.sha256);
    if (result == 0)
        reading->found.files[reading->found.file_count++] = file;
    return result;
}

/** By the size that its header says, so that nothing of it is read. */
static bool is_too_large(struct reading *reading, struct archive_entry *entry)
{
    la_int64_t size = archive_entry_size(entry);

    if (size <= 0 || (uint64_t)size <= reading->most - reading->bytes)
        return false;
    reading->refused = true;
    return true;
}

static enum result read_bundle(struct reading *reading, const char *path)
{
    struct archive_entry *entry;
    enum result result = RESULT_OK;
    int code;

    archive_read_support_filter_zstd(reading->archive);
    archive_read_support_format_tar(reading->archive);
    if (archive_read_open_filename(reading->archive, path, BLOCK_BYTES) != ARCHIVE_OK)
        return RESULT_CORRUPT;
    while ((code = archive_read_next_header(reading->archive, &entry)) == ARCHIVE_OK &&
           result == 0) {
        const char *name = archive_entry_pathname(entry);
        if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != NULL) {
            reading->strange = true;
            return RESULT_CORRUPT;
        }
        if (is_too_large(reading, entry))
            return RESULT_INVALID;
        if (name != NULL && strcmp(name, MANIFEST_NAME) == 0 && reading->text.length == 0)
            result = read_member(reading, &(struct sink){.text = &reading->text});
        else if (name != NULL && strcmp(name, MANIFEST_SUM_NAME) == 0 && reading->sum.length == 0)
            result = read_member(reading, &(struct sink){.text = &reading->sum});
        else
            result = read_file(reading, name);
    }
    return result == 0 && code != ARCHIVE_EOF ? RESULT_CORRUPT : result;
}

/** The manifest's text is what its sum says, where there is one. */
static bool is_intact(const struct reading *reading, const struct manifest *manifest)
{
    char *line = mem_printf("%s  " MANIFEST_NAME "\n", manifest->sha256);
    bool intact = reading->sum.length == 0 || strcmp(str_text(&reading->sum), line) == 0;

    free(line);
    return intact;
}

static enum result compare(const struct reading *reading, const struct manifest *manifest,
                           char **ret_message)
{
    if (!is_intact(reading, manifest))
        return refuse(ret_message, RESULT_CORRUPT, "与 " MANIFEST_SUM_NAME " 不符");
    for (size_t i = 0; i < manifest->file_count; i++) {
        const struct manifest_file *file = &manifest->files[i];
        const struct manifest_file *found = find_file(&reading->found, file->name);
        if (found == NULL || strcmp(found->sha256, file->sha256) != 0)
            return refuse(ret_message, RESULT_CORRUPT, "与包内的 %s 不符", file->name);
    }
    if (reading->found.file_count != manifest->file_count)
        return refuse(ret_message, RESULT_CORRUPT, "没有列出包内的全部文件");
    return RESULT_OK;
}

/** How many bytes the files of a bundle of this size may have. */
static uint64_t unpacked_most(const char *path)
{
    struct stat status;

    return MANIFEST_ROOM +
           (stat(path, &status) == 0 ? (uint64_t)status.st_size * MANIFEST_RATIO : 0);
}

static enum result refuse_bundle(const struct reading *reading, enum result result,
                                 const char *path, char **ret_message)
{
    if (result == RESULT_INVALID)
        return refuse(ret_message, result, "无法核对：报送包 %s 解开后大得不像报送包", path);
    if (result == RESULT_FULL)
        return refuse(ret_message, result, "无法核对：磁盘放不下 %s 里的文件", path);
    if (reading->strange)
        return refuse(ret_message, result,
                      "无法核对：报送包 %s 里有报送包没有的东西（链接、目录、带路径或重名的文件）",
                      path);
    return refuse(ret_message, result, "无法核对：报送包 %s 读不出来，没有传完整或已损坏", path);
}

enum result manifest_check(const char *path, struct manifest **ret_manifest, char **ret_message)
{
    enum result result = manifest_unpack(path, NULL, ret_manifest, ret_message);

    return result == RESULT_INVALID ? RESULT_CORRUPT : result;
}

enum result manifest_unpack(const char *path, const char *folder, struct manifest **ret_manifest,
                            char **ret_message)
{
    struct reading *reading = mem_new(sizeof *reading);
    struct manifest *manifest = NULL;

    reading->folder = folder;
    reading->most = unpacked_most(path);
    reading->archive = archive_read_new();
    enum result result = read_bundle(reading, path);
    if (result != 0)
        (void)refuse_bundle(reading, result, path, ret_message);
    else
        result =
            manifest_parse(str_text(&reading->text), reading->text.length, &manifest, ret_message);
    if (result == RESULT_INVALID && manifest == NULL && !reading->refused)
        result = RESULT_CORRUPT;
    if (manifest != NULL)
        result = compare(reading, manifest, ret_message);
    if (result == 0)
        *ret_manifest = manifest;
    else
        manifest_free(&manifest);
    archive_read_free(reading->archive);
    str_free(&reading->text);
    str_free(&reading->sum);
    free(reading);
    return result;
}
