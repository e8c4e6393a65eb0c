#include "bundle/part.h"

#include "base/columns.h"
#include "base/digest.h"
#include "base/mem.h"
#include "base/outfile.h"
#include "base/paths.h"
#include "base/text.h"
#include "exchange/csv.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static enum result write_buffer(struct part *part)
{
    size_t length = part->buffer.length;

    digest_add(part->digest, str_text(&part->buffer), length);
    if (fwrite(str_text(&part->buffer), 1, length, part->stream) != length)
        return result_of_write(errno, RESULT_IO);
    str_clear(&part->buffer);
    return RESULT_OK;
}

static void add_sums(struct part *part, const char *const *cells)
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

/** True for a text that looks as if csv_add_row() had put its apostrophe in front of a formula. */
static bool looks_marked(const char *cell)
{
    return *cell == '\'' && cell[strspn(cell, "'")] != '\0' &&
           strchr("=+-@\t", cell[strspn(cell, "'")]) != NULL;
}

/** Marks such texts as well: a receiver can then tell which apostrophe to remove. */
static void write_row(struct part *part, const char *const *cells)
{
    const char *written[COLUMNS_MAX] = {NULL};
    char *marked[COLUMNS_MAX];
    size_t count = part->file->column_count, marks = 0;

    for (size_t i = 0; i < count; i++) {
        written[i] = cells[i];
        if (looks_marked(cells[i]))
            written[i] = marked[marks++] = mem_printf("'%s", cells[i]);
    }
    csv_add_row(&part->buffer, written, count, false);
    while (marks > 0)
        free(marked[--marks]);
}

static enum result add_row(const char *const *cells, void *arg)
{
    struct part *part = arg;

    write_row(part, cells);
    add_sums(part, cells);
    part->rows++;
    return part->buffer.length < BUFFER_SIZE ? RESULT_OK : write_buffer(part);
}

/** Keeps sums of the columns that are shown as numbers (base/columns.h). */
static void begin(struct part *part, const struct extract_file *file)
{
    part->file = file;
    part->digest = digest_new();
    for (size_t i = 0; i < file->column_count && i < COLUMNS_MAX; i++)
        part->sums[i].kept = column_is_number(file->columns[i]);
    csv_add_row(&part->buffer, file->columns, file->column_count, false);
}

static json_object *describe(const char *name, uint64_t rows, json_object *sums,
                             const uint8_t sum[DIGEST_SIZE])
{
    json_object *description = json_object_new_object();
    char text[DIGEST_TEXT];

    json_object_object_add(description, "name", json_object_new_string(name));
    json_object_object_add(description, "rows", json_object_new_int64((int64_t)rows));
    json_object_object_add(description, "sums", sums);
    json_object_object_add(description, "sha256", json_object_new_string(digest_format(sum, text)));
    return description;
}

static json_object *end(struct part *part)
{
    json_object *sums = json_object_new_object();
    uint8_t sum[DIGEST_SIZE];

    digest_end(&part->digest, sum);
    for (size_t i = 0; i < part->file->column_count; i++)
        if (part->sums[i].kept)
            json_object_object_add(sums, part->file->columns[i],
                                   json_object_new_int64(part->sums[i].value));
    str_free(&part->buffer);
    return describe(part->file->name, part->rows, sums, sum);
}

static enum result write_rows(struct service *service, struct part *part, const char *path)
{
    enum result result;

    part->stream = fopen(path, "we");
    if (part->stream == NULL)
        return result_of_write(errno, RESULT_CANTCREATE);
    result = part->file->rows(service, part->file, add_row, part);
    if (result == 0)
        result = write_buffer(part);
    if (fclose(part->stream) != 0 && result == 0)
        result = result_of_write(errno, RESULT_IO);
    return result;
}

enum result part_add_extract(const struct part_place *place, const struct extract_file *file,
                             uint64_t *ret_rows, json_object **ret_description)
{
    struct part part = {0};
    char *path = paths_join(place->scratch, file->name);
    enum result result;

    begin(&part, file);
    result = write_rows(place->service, &part, path);
    if (result == 0)
        result = tarball_add(place->tarball, file->name, path);
    json_object *description = end(&part);
    if (result == 0) {
        *ret_rows = part.rows;
        *ret_description = description;
    } else {
        json_object_put(description);
    }
    remove(path);
    free(path);
    return result;
}

static uint64_t count_lines(const struct str *text)
{
    uint64_t lines = 0;

    for (const char *at = str_text(text); (at = strchr(at, '\n')) != NULL; at++)
        lines++;
    return lines;
}

enum result part_add_text(const struct part_place *place, const char *name, const struct str *text,
                          json_object **ret_description)
{
    char *path = paths_join(place->scratch, name);
    uint8_t sum[DIGEST_SIZE];
    enum result result = outfile_write(path, text);

    if (result == 0)
        result = tarball_add(place->tarball, name, path);
    if (result == 0) {
        digest_bytes(str_text(text), text->length, sum);
        *ret_description = describe(name, count_lines(text), json_object_new_object(), sum);
    }
    remove(path);
    free(path);
    return result;
}
