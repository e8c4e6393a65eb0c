#include "config.h"

#include "bundle/bundle.h"

#include "base/columns.h"
#include "base/digest.h"
#include "base/mem.h"
#include "base/outfile.h"
#include "base/paths.h"
#include "base/str.h"
#include "base/text.h"
#include "bundle/extract.h"
#include "bundle/manifest.h"
#include "bundle/tarball.h"
#include "exchange/csv.h"
#include "service/keeping/backup.h"

#include <errno.h>
#include <glob.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { BUFFER_SIZE = 1 << 20, COLUMNS_MAX = 64 };

/** A column's sum; `kept` ends at the first cell that is not a whole number. */
struct sum {
    bool kept;
    int64_t value;
};

struct part {
    const struct extract_file *file;
    FILE *stream;
    struct str buffer;
    struct digest *digest;
    struct sum sums[COLUMNS_MAX];
    uint64_t rows;
};

struct bundle {
    struct service *service;
    day_t date;
    char *name;
    char *directory; /**< where the bundle goes */
    char *scratch;   /**< where its files are made */
    json_object *manifest;
    struct tarball *tarball;
    uint64_t rows;
    char *message; /**< why it failed, NULL if the result is enough */
};

static enum result part_write(struct part *part)
{
    size_t length = part->buffer.length;

    digest_add(part->digest, str_text(&part->buffer), length);
    if (fwrite(str_text(&part->buffer), 1, length, part->stream) != length)
        return result_of_write(errno, RESULT_IO);
    str_clear(&part->buffer);
    return RESULT_OK;
}

static void part_add_sums(struct part *part, const char *const *cells)
{
    for (size_t i = 0; i < part->file->column_count; i++) {
        struct sum *sum = &part->sums[i];
        int64_t value = 0;

        if (sum->kept && cells[i][0] != '\0' &&
            text_to_int(cells[i], INT32_MIN, INT32_MAX, &value) != 0)
            sum->kept = false;
        sum->value += value;
    }
}

static enum result part_add_row(const char *const *cells, void *arg)
{
    struct part *part = arg;

    csv_add_row(&part->buffer, cells, part->file->column_count, false);
    part_add_sums(part, cells);
    part->rows++;
    return part->buffer.length < BUFFER_SIZE ? RESULT_OK : part_write(part);
}

/** Keeps sums of the columns that are shown as numbers (base/columns.h). */
static void part_begin(struct part *part, const struct extract_file *file)
{
    part->file = file;
    part->digest = digest_new();
    for (size_t i = 0; i < file->column_count && i < COLUMNS_MAX; i++) {
        const struct sheet_column *column = column_find(file->columns[i]);

        part->sums[i].kept = column != NULL && column->right;
    }
    csv_add_row(&part->buffer, file->columns, file->column_count, false);
}

static json_object *part_describe(struct part *part)
{
    json_object *description = json_object_new_object();
    json_object *sums = json_object_new_object();
    uint8_t sum[DIGEST_SIZE];
    char text[DIGEST_TEXT];

    digest_end(&part->digest, sum);
    for (size_t i = 0; i < part->file->column_count; i++) {
        if (part->sums[i].kept)
            json_object_object_add(sums, part->file->columns[i],
                                   json_object_new_int64(part->sums[i].value));
    }
    json_object_object_add(description, "name", json_object_new_string(part->file->name));
    json_object_object_add(description, "rows", json_object_new_int64((int64_t)part->rows));
    json_object_object_add(description, "sums", sums);
    json_object_object_add(description, "sha256", json_object_new_string(digest_format(sum, text)));
    return description;
}

static enum result write_rows(struct bundle *bundle, struct part *part, const char *path)
{
    enum result result;

    part->stream = fopen(path, "we");
    if (part->stream == NULL)
        return result_of_write(errno, RESULT_CANTCREATE);
    result = part->file->rows(bundle->service, part->file, part_add_row, part);
    if (result == 0)
        result = part_write(part);
    if (fclose(part->stream) != 0 && result == 0)
        result = result_of_write(errno, RESULT_IO);
    return result;
}

static enum result add_part(struct bundle *bundle, const struct extract_file *file,
                            json_object *files)
{
    struct part part = {0};
    char *path = paths_join(bundle->scratch, file->name);
    enum result result;

    part_begin(&part, file);
    result = write_rows(bundle, &part, path);
    json_object_array_add(files, part_describe(&part));
    if (result == 0)
        result = tarball_add(bundle->tarball, file->name, path);
    remove(path);
    bundle->rows += part.rows;
    str_free(&part.buffer);
    free(path);
    return result;
}

/** The newest bundle of this area with an earlier day. */
static char *find_previous(const struct bundle *bundle)
{
    size_t prefix = strlen(bundle->name) - strlen("YYYYMMDD.tar.zst");
    char *pattern = mem_printf("%s/%.*s*.tar.zst", bundle->directory, (int)prefix, bundle->name);
    char *previous = NULL;
    glob_t found;

    if (glob(pattern, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++) {
            const char *name = strrchr(found.gl_pathv[i], '/') + 1;

            if (strlen(name) == strlen(bundle->name) && strcmp(name, bundle->name) < 0)
                mem_replace(&previous, found.gl_pathv[i]);
        }
        globfree(&found);
    }
    free(pattern);
    return previous;
}

static enum result digest_file(const char *path, char text[DIGEST_TEXT])
{
    struct digest *digest = digest_new();
    FILE *stream = fopen(path, "re");
    char *buffer = mem_new(BUFFER_SIZE);
    uint8_t sum[DIGEST_SIZE];
    size_t got;
    bool failed = stream == NULL;

    while (!failed && (got = fread(buffer, 1, BUFFER_SIZE, stream)) > 0)
        digest_add(digest, buffer, got);
    failed = failed || ferror(stream) != 0;
    if (stream != NULL)
        fclose(stream);
    free(buffer);
    digest_end(&digest, sum);
    digest_format(sum, text);
    return failed ? RESULT_NOINPUT : RESULT_OK;
}

static enum result describe_bundle(struct bundle *bundle)
{
    char *previous = find_previous(bundle);
    char hash[DIGEST_TEXT] = "";
    char date[DATE_TEXT];
    json_object *manifest = bundle->manifest;
    enum result result = previous != NULL ? digest_file(previous, hash) : RESULT_OK;

    free(previous);
    json_object_object_add(manifest, "format", json_object_new_int(MANIFEST_FORMAT));
    json_object_object_add(manifest, "area", json_object_new_string(service_area(bundle->service)));
    json_object_object_add(manifest, "date",
                           json_object_new_string(date_format(bundle->date, date)));
    json_object_object_add(manifest, "software", json_object_new_string(PACKAGE_STRING));
    json_object_object_add(manifest, "previous", json_object_new_string(hash));
    return result;
}

static enum result add_manifest(struct bundle *bundle)
{
    char *path = paths_join(bundle->scratch, MANIFEST_NAME);
    struct str text = {0};
    enum result result;

    str_printf(&text, "%s\n",
               json_object_to_json_string_ext(
                   bundle->manifest, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE));
    result = outfile_write(path, &text);
    if (result == 0)
        result = tarball_add(bundle->tarball, MANIFEST_NAME, path);
    remove(path);
    str_free(&text);
    free(path);
    return result;
}

static enum result fill_bundle(struct bundle *bundle)
{
    json_object *files = json_object_new_array();
    const struct extract_file *file;
    enum result result = describe_bundle(bundle);

    json_object_object_add(bundle->manifest, "files", files);
    for (size_t i = 0; result == 0 && (file = extract_at(i)) != NULL; i++)
        result = add_part(bundle, file, files);
    return result == 0 ? add_manifest(bundle) : result;
}

static enum result name_bundle(struct bundle *bundle, const char *date)
{
    int year;
    int month;
    int day;

    bundle->date = service_today(bundle->service);
    if (date != NULL && date[0] != '\0' && date_parse(date, &bundle->date) != 0)
        return RESULT_INVALID;
    date_split(bundle->date, &year, &month, &day);
    bundle->name = mem_printf("doudi-%s-%04d%02d%02d.tar.zst", service_area(bundle->service), year,
                              month, day);
    return RESULT_OK;
}

/** Reads the bundle again: an unreadable one should fail tonight, not at its receiver. */
static enum result check_bundle(struct bundle *bundle, const char *path)
{
    struct manifest *manifest = NULL;
    enum result result = manifest_check(path, &manifest, &bundle->message);

    manifest_free(&manifest);
    if (result != 0)
        remove(path);
    return result;
}

static enum result make_bundle(struct bundle *bundle, const char *date,
                               struct bundle_written *written)
{
    char *path = NULL;
    enum result result = name_bundle(bundle, date);

    if (result != 0)
        return result;
    if (mkdtemp(bundle->scratch) == NULL ||
        (mkdir(bundle->directory, 0700) != 0 && errno != EEXIST))
        return result_of_write(errno, RESULT_CANTCREATE);
    result = backup_check_folder(bundle->service, bundle->directory, &bundle->message);
    if (result != 0)
        return result;
    path = paths_join(bundle->directory, bundle->name);
    result = tarball_open(path, &bundle->tarball);
    if (result == 0)
        result = fill_bundle(bundle);
    if (result == 0)
        result = tarball_finish(&bundle->tarball, &written->bytes);
    tarball_abandon(&bundle->tarball);
    if (result == 0)
        result = check_bundle(bundle, path);
    if (result == 0) {
        written->path = path;
        written->rows = bundle->rows;
        return RESULT_OK;
    }
    free(path);
    return result;
}

enum result bundle_write(struct service *service, const char *directory, const char *date,
                         struct bundle_written *ret_written, char **ret_message)
{
    struct bundle bundle = {
        .service = service,
        .directory = mem_copy(directory),
        .scratch = paths_join(service_home(service), "bundle-XXXXXX"),
        .manifest = json_object_new_object(),
    };
    struct bundle_written written = {0};
    enum result result = make_bundle(&bundle, date, &written);

    remove(bundle.scratch);
    if (result == 0)
        *ret_written = written;
    else if (bundle.message != NULL)
        *ret_message = bundle.message;
    else if (result == RESULT_INVALID)
        *ret_message = mem_printf("日期 %s 不对，请写成 2026-11-23 的样子。", date);
    else
        *ret_message = mem_printf("报送包写不到 %s：%s", directory, result_words(result));
    json_object_put(bundle.manifest);
    free(bundle.scratch);
    free(bundle.directory);
    free(bundle.name);
    return result;
}

void bundle_written_free(struct bundle_written *written)
{
    free(written->path);
    *written = (struct bundle_written){0};
}
