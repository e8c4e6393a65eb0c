#include "bundle/part.h"

#include "base/columns.h"
#include "base/digest.h"
#include "base/mem.h"
#include "base/outfile.h"
#include "base/paths.h"
#include "base/text.h"
#include "bundle/delta.h"
#include "bundle/rowline.h"
#include "bundle/rowsum.h"
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

/** The rows of one key, until it is known whether they are written. */
struct group {
    struct str key, lines, hashes;
    uint64_t rows;
    int64_t values[COLUMNS_MAX]; /**< to be added to the sums */
    bool no_number[COLUMNS_MAX];
};

struct part {
    const struct part_place *place;
    const struct extract_file *file;
    FILE *stream;
    struct str buffer;
    struct digest *digest, *row_digest;
    struct sum sums[COLUMNS_MAX];
    uint64_t rows;
    struct rowsum all; /**< of all rows, also those that a delta leaves out */
    struct rowsum all_values;
    struct rowline_pairs pairs;
    struct str values_line;
    struct group group;
    struct str key; /**< of the row that is being added */
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

static void add_values(struct part *part, const char *const *cells)
{
    struct group *group = &part->group;

    for (size_t i = 0; i < part->file->column_count; i++) {
        int64_t value = 0;

        if (part->sums[i].kept && cells[i][0] != '\0' &&
            text_to_int(cells[i], INT32_MIN, INT32_MAX, &value) != 0)
            group->no_number[i] = true;
        group->values[i] += value;
    }
}

// ---- groups

/** The hash of a group: of its row, or of its rows' hashes. */
static void hash_group(const struct group *group, uint8_t hash[DIGEST_SIZE])
{
    if (group->rows == 1)
        memcpy(hash, group->hashes.text, DIGEST_SIZE);
    else
        digest_bytes(group->hashes.text, group->hashes.length, hash);
}

static void take_group(struct part *part)
{
    struct group *group = &part->group;

    str_add_bytes(&part->buffer, group->lines.text, group->lines.length);
    part->rows += group->rows;
    for (size_t i = 0; i < part->file->column_count; i++) {
        part->sums[i].value += group->values[i];
        part->sums[i].kept &= !group->no_number[i];
    }
}

static void clear_group(struct group *group)
{
    str_clear(&group->key);
    str_clear(&group->lines);
    str_clear(&group->hashes);
    group->rows = 0;
    memset(group->values, 0, sizeof group->values);
    memset(group->no_number, 0, sizeof group->no_number);
}

/** Ends the group: writes it unless a delta can leave it out. */
static enum result end_group(struct part *part)
{
    struct group *group = &part->group;
    uint8_t hash[DIGEST_SIZE];
    bool changed = true;
    enum result result = RESULT_OK;

    if (group->rows == 0)
        return RESULT_OK;
    hash_group(group, hash);
    if (part->place->state != NULL)
        result = rowstate_put(part->place->state, str_text(&group->key), hash, &changed);
    if (changed || !part->place->delta)
        take_group(part);
    clear_group(group);
    return result == 0 && part->buffer.length >= BUFFER_SIZE ? write_buffer(part) : result;
}

/** Adds the row to the sum of values, which a receiver computes from its database. */
static void add_values_line(struct part *part, const char *const *cells,
                            const uint8_t line_hash[DIGEST_SIZE])
{
    uint8_t hash[DIGEST_SIZE];

    if (rowline_is_sorted(&part->pairs, cells)) {
        rowsum_add(&part->all_values, line_hash);
        return;
    }
    str_clear(&part->values_line);
    rowline_add_values(&part->values_line, &part->pairs, cells, part->file->column_count);
    digest_add(part->row_digest, str_text(&part->values_line), part->values_line.length);
    digest_next(part->row_digest, hash);
    rowsum_add(&part->all_values, hash);
}

static void add_line(struct part *part, const char *const *cells)
{
    struct str *lines = &part->group.lines;
    size_t begin = lines->length;
    uint8_t hash[DIGEST_SIZE];

    rowline_add(lines, cells, part->file->column_count);
    digest_add(part->row_digest, lines->text + begin, lines->length - begin);
    digest_next(part->row_digest, hash);
    str_add_bytes(&part->group.hashes, hash, sizeof hash);
    rowsum_add(&part->all, hash);
    add_values_line(part, cells, hash);
}

static enum result add_row(const char *const *cells, void *arg)
{
    struct part *part = arg;
    enum result result = RESULT_OK;

    str_clear(&part->key);
    delta_add_key(&part->key, cells, part->file->key_columns);
    if (strcmp(str_text(&part->key), str_text(&part->group.key)) != 0)
        result = end_group(part);
    if (part->group.rows == 0)
        str_add(&part->group.key, str_text(&part->key));
    add_line(part, cells);
    add_values(part, cells);
    part->group.rows++;
    return result;
}

/** Keeps sums of the columns that are shown as numbers (base/columns.h). */
static void begin(struct part *part, const struct extract_file *file)
{
    part->file = file;
    part->digest = digest_new();
    part->row_digest = digest_new();
    part->pairs = rowline_find_pairs(file);
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

/** What the receiver has once the bundle is applied, and by which columns it is applied. */
static void describe_state(json_object *description, const struct part *part)
{
    json_object *key = json_object_new_array();
    json_object *state = json_object_new_object();
    char text[DIGEST_TEXT];

    for (size_t i = 0; i < part->file->key_columns; i++)
        json_object_array_add(key, json_object_new_string(part->file->columns[i]));
    json_object_object_add(description, "key", key);
    json_object_object_add(state, "rows", json_object_new_int64((int64_t)part->all.rows));
    json_object_object_add(state, "sum", json_object_new_string(rowsum_format(&part->all, text)));
    json_object_object_add(state, "values",
                           json_object_new_string(rowsum_format(&part->all_values, text)));
    json_object_object_add(description, "state", state);
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
    json_object *description = describe(part->file->name, part->rows, sums, sum);
    describe_state(description, part);
    digest_end(&part->row_digest, sum);
    str_free(&part->buffer);
    str_free(&part->key);
    str_free(&part->values_line);
    str_free(&part->group.key);
    str_free(&part->group.lines);
    str_free(&part->group.hashes);
    return description;
}

/** Adds a row of removed.csv. */
static void add_removed(const char *key, void *arg)
{
    struct part *part = arg;
    const char *const cells[] = {part->file->name, key};

    csv_add_row(part->place->removed, cells, sizeof cells / sizeof cells[0], false);
}

static enum result put_rows(struct service *service, struct part *part)
{
    struct rowstate *state = part->place->state;
    struct str columns = {0};
    enum result result = RESULT_OK;

    delta_add_columns(&columns, part->file);
    if (state != NULL)
        result = rowstate_begin(state, part->file->name, str_text(&columns));
    if (result == 0)
        result = part->file->rows(service, part->file, add_row, part);
    if (result == 0)
        result = end_group(part);
    if (result == 0 && state != NULL)
        result = rowstate_end(state, add_removed, part);
    if (result == 0)
        result = write_buffer(part);
    str_free(&columns);
    return result;
}

static enum result write_rows(struct part *part, const char *path)
{
    enum result result;

    part->stream = fopen(path, "we");
    if (part->stream == NULL)
        return result_of_write(errno, RESULT_CANTCREATE);
    result = put_rows(part->place->service, part);
    if (fclose(part->stream) != 0 && result == 0)
        result = result_of_write(errno, RESULT_IO);
    return result;
}

enum result part_add_extract(const struct part_place *place, const struct extract_file *file,
                             uint64_t *ret_rows, json_object **ret_description)
{
    struct part *part = mem_new(sizeof *part);
    char *path = paths_join(place->scratch, file->name);
    enum result result;

    part->place = place;
    begin(part, file);
    result = write_rows(part, path);
    if (result == 0)
        result = tarball_add(place->tarball, file->name, path);
    if (result == 0)
        *ret_rows = part->rows;
    json_object *description = end(part);
    if (result == 0)
        *ret_description = description;
    else
        json_object_put(description);
    remove(path);
    free(path);
    free(part);
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
                          size_t headings, json_object **ret_description)
{
    char *path = paths_join(place->scratch, name);
    uint8_t sum[DIGEST_SIZE];
    enum result result = outfile_write(path, text);

    if (result == 0)
        result = tarball_add(place->tarball, name, path);
    if (result == 0) {
        digest_bytes(str_text(text), text->length, sum);
        *ret_description =
            describe(name, count_lines(text) - headings, json_object_new_object(), sum);
    }
    remove(path);
    free(path);
    return result;
}
