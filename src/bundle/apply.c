#include "bundle/apply.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/str.h"
#include "base/text.h"
#include "bundle/delta.h"
#include "bundle/readme.h"
#include "bundle/rowfile.h"
#include "bundle/rowsum.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_CELLS = 4, BUFFER = 1 << 17 /* of a file: by default a call for each 4 KiB */ };

/** A file row by row, as its bytes stand there. */
struct raw {
    FILE *stream;
    char *line;
    size_t capacity;
    size_t length; /**< 0 = the file has ended */
    char *keys;    /**< the key's cells, each with its NUL */
    const char *cells[KEY_CELLS];
};

struct merging {
    const struct manifest *manifest;
    const struct forms *forms;
    const struct extract_file *file;
    struct raw old, new;
    FILE *to;
    struct rowsum sum;
    size_t removed_count, removed_capacity;
    char **removed; /**< sorted: file, a line feed, key */
    char **message;
};

static bool is_kept(const char *file)
{
    static const char *const without[] = {"events.csv", "dictionary.csv", "codes.csv"};

    for (size_t i = 0; i < sizeof without / sizeof without[0]; i++)
        if (strcmp(without[i], file) == 0)
            return false;
    return true;
}

static enum result refuse(struct merging *merging, const char *words)
{
    *merging->message = mem_printf("%s %s", merging->file->name, words);
    return RESULT_INVALID;
}

// ---- rows as they stand

/** True for an odd number of quotation marks. */
static bool has_odd_quotes(const char *text, size_t length)
{
    size_t quotes = 0;

    for (size_t i = 0; i < length; i++)
        quotes += text[i] == '"';
    return quotes % 2 != 0;
}

/** Cuts the key's cells out of the line. */
static void cut_keys(struct raw *raw, size_t count)
{
    const char *at = raw->line;
    char *to;

    free(raw->keys);
    raw->keys = to = mem_array(raw->length + KEY_CELLS + 1, 1); /* each may be missing */
    for (size_t i = 0; i < count && i < KEY_CELLS; i++) {
        bool quoted = *at == '"';
        raw->cells[i] = to;
        at += quoted;
        while (*at != '\0' && *at != '\n' && (quoted ? *at != '"' || at[1] == '"' : *at != ',')) {
            at += quoted && *at == '"';
            *to++ = *at++;
        }
        *to++ = '\0';
        at += quoted && *at == '"';
        at += *at == ',';
    }
}

/** Appends the next line to the row; a line without an end fills no memory. */
static bool add_line(struct raw *raw)
{
    enum { BLOCK = 1 << 12 };
    size_t begin = raw->length;
    bool whole = false;

    while (!whole && raw->length <= ROWFILE_ROW) {
        if (raw->capacity < raw->length + BLOCK) {
            raw->capacity = 2 * raw->capacity + BLOCK;
            raw->line = mem_resize(raw->line, raw->capacity, 1);
        }
        raw->line[raw->length] = '\0';
        if (fgets(raw->line + raw->length, BLOCK, raw->stream) == NULL)
            break;
        raw->length += strlen(raw->line + raw->length);
        whole = raw->length > begin && raw->line[raw->length - 1] == '\n';
    }
    return whole;
}

static enum result next_row(struct merging *merging, struct raw *raw)
{
    bool whole = true, open = true;

    raw->length = 0;
    for (size_t begin = 0; whole && (begin == 0 || open); begin = raw->length) {
        whole = add_line(raw);
        open = has_odd_quotes(raw->line + begin, raw->length - begin) != (begin > 0);
    }
    if ((raw->length > 0 && !whole) || raw->length > ROWFILE_ROW)
        return refuse(merging, "有太长或没有写完的行");
    if (raw->length > 0)
        cut_keys(raw, merging->file->key_columns);
    return RESULT_OK;
}

static void raw_free(struct raw *raw)
{
    if (raw->stream != NULL)
        fclose(raw->stream);
    free(raw->line);
    free(raw->keys);
    *raw = (struct raw){0};
}

// ---- keys in the order of their tables

static size_t rank_of(const struct merging *merging, const char *kind)
{
    const struct form *form;
    size_t i = 0;

    while ((form = forms_programme(merging->forms, i)) != NULL && strcmp(form->kind, kind) != 0)
        i++;
    return i;
}

/** Ids stand in the order of their numbers; 工号 are texts, of which 10001 comes before 9001. */
static int compare_cells(const char *column, const char *a, const char *b)
{
    if (strcmp(column, "officer") != 0 && text_is_digits(a) && text_is_digits(b) &&
        strlen(a) != strlen(b))
        return strlen(a) < strlen(b) ? -1 : 1;
    return strcmp(a, b);
}

static int compare_keys(const struct merging *merging)
{
    const struct raw *a = &merging->old, *b = &merging->new;

    for (size_t i = 0; i < merging->file->key_columns && i < KEY_CELLS; i++) {
        int order = compare_cells(merging->file->columns[i], a->cells[i], b->cells[i]);
        if (order != 0 && strcmp(merging->file->name, "compliance.csv") == 0 &&
            strcmp(merging->file->columns[i], "kind") == 0)
            order = rank_of(merging, a->cells[i]) < rank_of(merging, b->cells[i]) ? -1 : 1;
        if (order != 0)
            return order;
    }
    return 0;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static enum result read_removed(struct merging *merging, const char *folder)
{
    static const char *const columns[] = {"file", "key"};
    char *path = paths_join(folder, DELTA_REMOVED);
    struct rowfile *file = NULL;
    const char *const *cells = NULL;
    enum result result = rowfile_open(path, DELTA_REMOVED, columns, 2, &file, merging->message);

    while (result == 0 && (result = rowfile_next(file, &cells, merging->message)) == 0 &&
           cells != NULL) {
        mem_grow((void **)&merging->removed, merging->removed_count, &merging->removed_capacity,
                 sizeof *merging->removed);
        merging->removed[merging->removed_count++] = mem_printf("%s\n%s", cells[0], cells[1]);
    }
    if (merging->removed_count > 0)
        qsort(merging->removed, merging->removed_count, sizeof *merging->removed, compare_texts);
    rowfile_free(&file);
    free(path);
    return result;
}

static bool is_removed(const struct merging *merging)
{
    struct str key = {0};

    if (merging->removed_count == 0)
        return false;
    str_printf(&key, "%s\n", merging->file->name);
    delta_add_key(&key, merging->old.cells, merging->file->key_columns);
    const char *text = str_text(&key);
    bool found = bsearch(&text, merging->removed, merging->removed_count, sizeof *merging->removed,
                         compare_texts) != NULL;
    str_free(&key);
    return found;
}

// ---- one file

static enum result write_row(struct merging *merging, const struct raw *row, bool counted)
{
    uint8_t hash[DIGEST_SIZE];

    if (counted) {
        digest_bytes(row->line, row->length, hash);
        rowsum_add(&merging->sum, hash);
    }
    return fwrite(row->line, 1, row->length, merging->to) == row->length
               ? RESULT_OK
               : result_of_write(errno, RESULT_IO);
}

static enum result merge_row(struct merging *merging)
{
    struct raw *old = &merging->old, *new = &merging->new;
    int order = old->length == 0 ? 1 : new->length == 0 ? -1 : compare_keys(merging);
    enum result result = RESULT_OK;

    if (order > 0)
        result = write_row(merging, new, true);
    else if (order < 0 && !is_removed(merging))
        result = write_row(merging, old, true);
    if (result != 0)
        return result;
    return next_row(merging, order > 0 ? new : old);
}

static enum result merge_rows(struct merging *merging)
{
    enum result result = next_row(merging, &merging->old);

    if (result == 0)
        result = next_row(merging, &merging->new);
    if (result == 0 && (merging->old.length == 0 || merging->new.length == 0 ||
                        strcmp(merging->old.line, merging->new.line) != 0))
        result = refuse(merging, "的列与前一包不同");
    if (result == 0)
        result = write_row(merging, &merging->new, false);
    if (result == 0)
        result = next_row(merging, &merging->old);
    if (result == 0)
        result = next_row(merging, &merging->new);
    while (result == 0 && (merging->old.length > 0 || merging->new.length > 0))
        result = merge_row(merging);
    return result;
}

static enum result check_sum(struct merging *merging, const struct manifest_file *said)
{
    char text[DIGEST_TEXT];

    if (*said->state_sum == '\0' ||
        (merging->sum.rows == said->state_rows &&
         strcmp(rowsum_format(&merging->sum, text), said->state_sum) == 0))
        return RESULT_OK;
    return refuse(merging, "合并以后与发送方的不符");
}

static FILE *open_file(const char *path, const char *mode)
{
    FILE *stream = fopen(path, mode);

    if (stream != NULL)
        (void)setvbuf(stream, NULL, _IOFBF, BUFFER);
    return stream;
}

static enum result merge_file(struct merging *merging, const struct manifest_file *said,
                              const char *before, const char *delta, const char *to)
{
    char *paths[] = {paths_join(before, merging->file->name),
                     paths_join(delta, merging->file->name), paths_join(to, merging->file->name)};
    enum result result = RESULT_OK;

    merging->sum = (struct rowsum){0};
    merging->old.stream = open_file(paths[0], "re");
    merging->new.stream = open_file(paths[1], "re");
    merging->to = open_file(paths[2], "we");
    if (merging->old.stream == NULL || merging->new.stream == NULL || merging->to == NULL)
        result = refuse(merging, "的前一份读不出来");
    if (result == 0)
        result = merge_rows(merging);
    if (merging->to != NULL && fclose(merging->to) != 0 && result == 0)
        result = result_of_write(errno, RESULT_IO);
    raw_free(&merging->old);
    raw_free(&merging->new);
    if (result == 0)
        result = check_sum(merging, said);
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        free(paths[i]);
    return result;
}

/** A file that did not change, or that is sent as a whole. */
static enum result take_whole(struct merging *merging, const char *from, const char *to)
{
    char *source = paths_join(from, merging->file->name);
    char *target = paths_join(to, merging->file->name);
    enum result result =
        link(source, target) == 0 ? RESULT_OK : refuse(merging, "的前一份读不出来");

    free(source);
    free(target);
    return result;
}

static const struct manifest_file *find_said(const struct manifest *manifest, const char *name)
{
    for (size_t i = 0; i < manifest->file_count; i++)
        if (strcmp(manifest->files[i].name, name) == 0)
            return &manifest->files[i];
    return NULL;
}

enum result apply_delta(const struct manifest *manifest, const struct forms *forms,
                        const char *before, const char *delta, const char *to, char **ret_message)
{
    struct merging merging = {.manifest = manifest, .forms = forms, .message = ret_message};
    enum result result = RESULT_OK;

    result = read_removed(&merging, delta);
    for (size_t i = 0; result == 0 && (merging.file = extract_at(i)) != NULL; i++) {
        const struct manifest_file *said = find_said(manifest, merging.file->name);
        if (!is_kept(merging.file->name) || (said == NULL && merging.file->later))
            continue;
        if (said == NULL || merging.file->key_columns == 0)
            result = take_whole(&merging, said == NULL ? before : delta, to);
        else
            result = merge_file(&merging, said, before, delta, to);
    }
    while (merging.removed_count > 0)
        free(merging.removed[--merging.removed_count]);
    free(merging.removed);
    return result;
}

// ---- states that are kept

char *apply_path(const char *home, const char *area, uint64_t number)
{
    return mem_printf("%s/taken/%s.%" PRIu64, home, area, number);
}

static void remove_files(const char *path, bool all)
{
    const struct extract_file *file;

    for (size_t i = 0; (file = extract_at(i)) != NULL; i++) {
        char *name = paths_join(path, file->name);
        if (all || !is_kept(file->name))
            (void)unlink(name);
        free(name);
    }
    char *readme = paths_join(path, README_NAME);
    (void)unlink(readme);
    free(readme);
}

void apply_keep(const char *home, const char *area, uint64_t number, uint64_t before,
                const char *files)
{
    char *folder = paths_join(home, "taken");
    char *to = apply_path(home, area, number), *from = apply_path(home, area, before);

    remove_files(files, false);
    remove_files(to, true); /* of a chain that was given up */
    (void)rmdir(to);
    if ((mkdir(folder, 0700) != 0 && errno != EEXIST) || rename(files, to) != 0) {
        log_warn("the state of %s is not kept: %s", area, strerror(errno));
    } else if (before != 0 && before != number) {
        remove_files(from, true);
        (void)rmdir(from);
    }
    free(folder);
    free(to);
    free(from);
}
