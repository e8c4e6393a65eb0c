#include "bundle_files.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/str.h"
#include "unit.h"

#include <dirent.h>
#include <json-c/json.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- folders and files

char *bundle_files_unpack(const char *bundle)
{
    char *folder = unit_folder("unpacked");
    char *command = mem_printf("bsdtar -xf '%s' -C '%s'", bundle, folder);

    assert_int_equal(system(command), 0);
    free(command);
    return folder;
}

void bundle_files_remove(char **folder)
{
    char *command = mem_printf("rm -rf '%s'", *folder);

    assert_int_equal(system(command), 0);
    free(command);
    free(*folder);
    *folder = NULL;
}

static void read_text(const char *folder, const char *name, struct str *text)
{
    char *path = paths_join(folder, name);
    FILE *file = fopen(path, "re");
    char block[65536];
    size_t got;

    if (file == NULL)
        fail_msg("no %s", path);
    while ((got = fread(block, 1, sizeof block, file)) > 0)
        str_add_bytes(text, block, got);
    fclose(file);
    free(path);
}

static void hash_text(const struct str *text, char hash[DIGEST_TEXT])
{
    uint8_t sum[DIGEST_SIZE];

    digest_bytes(str_text(text), text->length, sum);
    digest_format(sum, hash);
}

static json_object *read_manifest(const char *folder)
{
    struct str text = {0};
    json_object *manifest;

    read_text(folder, "manifest.json", &text);
    manifest = json_tokener_parse(str_text(&text));
    assert_non_null(manifest);
    str_free(&text);
    return manifest;
}

char *bundle_manifest_get(const char *folder, const char *name)
{
    json_object *manifest = read_manifest(folder);
    json_object *value = NULL;
    char *text = json_object_object_get_ex(manifest, name, &value)
                     ? mem_copy(json_object_get_string(value))
                     : NULL;

    json_object_put(manifest);
    return text;
}

char *bundle_manifest_hash(const char *folder)
{
    struct str text = {0};
    char hash[DIGEST_TEXT];

    read_text(folder, "manifest.json", &text);
    hash_text(&text, hash);
    str_free(&text);
    return mem_copy(hash);
}

// ---- CSV

struct bundle_table {
    char *name;
    struct str text; /**< all cells, each with its end */
    size_t *cells;   /**< where each begins; first the names of the columns */
    size_t count, capacity, columns;
};

static void begin_cell(struct bundle_table *table)
{
    mem_grow((void **)&table->cells, table->count, &table->capacity, sizeof *table->cells);
    table->cells[table->count++] = table->text.length;
}

/** Removes the apostrophe that keeps spreadsheets from running a text. */
static const char *without_apostrophe(const char *text)
{
    const char *behind = text + strspn(text, "'");

    return behind > text && *behind != '\0' && strchr("=+-@\t", *behind) != NULL ? text + 1 : text;
}

struct bundle_table *bundle_table_read(const char *folder, const char *name)
{
    struct bundle_table *table = mem_new(sizeof *table);
    struct str text = {0};
    bool quoted = false;

    read_text(folder, name, &text);
    table->name = mem_copy(name);
    begin_cell(table);
    for (const char *at = str_text(&text); *at != '\0'; at++) {
        if (*at == '"' && quoted && at[1] == '"')
            str_add_char(&table->text, *at++);
        else if (*at == '"')
            quoted = !quoted;
        else if (quoted || (*at != ',' && *at != '\n'))
            str_add_char(&table->text, *at);
        else {
            str_add_bytes(&table->text, "", 1);
            if (*at == '\n' && table->columns == 0)
                table->columns = table->count;
            if (at[1] != '\0')
                begin_cell(table);
        }
    }
    if (table->count % table->columns != 0)
        fail_msg("%s: rows of different lengths", name);
    str_free(&text);
    return table;
}

size_t bundle_table_rows(const struct bundle_table *table)
{
    return table->count / table->columns - 1;
}

const char *bundle_table_get(const struct bundle_table *table, size_t row, const char *column)
{
    for (size_t i = 0; i < table->columns; i++)
        if (strcmp(table->text.text + table->cells[i], column) == 0)
            return without_apostrophe(table->text.text +
                                      table->cells[(row + 1) * table->columns + i]);
    fail_msg("%s has no %s", table->name, column);
    return NULL;
}

void bundle_table_free(struct bundle_table **table)
{
    free((*table)->name);
    free((*table)->cells);
    str_free(&(*table)->text);
    free(*table);
    *table = NULL;
}

// ---- 1: the manifest

static size_t rows_of(const char *folder, const char *name, const struct str *text)
{
    struct bundle_table *table;
    size_t rows = 0;

    if (strstr(name, ".csv") == NULL) {
        for (const char *at = str_text(text); (at = strchr(at, '\n')) != NULL; at++)
            rows++;
        return rows;
    }
    table = bundle_table_read(folder, name);
    rows = bundle_table_rows(table);
    bundle_table_free(&table);
    return rows;
}

static char *check_file(const char *folder, json_object *file)
{
    const char *name = json_object_get_string(json_object_object_get(file, "name"));
    const char *told = json_object_get_string(json_object_object_get(file, "sha256"));
    int64_t rows = json_object_get_int64(json_object_object_get(file, "rows"));
    struct str text = {0};
    char hash[DIGEST_TEXT];
    char *fault = NULL;

    read_text(folder, name, &text);
    hash_text(&text, hash);
    if (strcmp(hash, told) != 0)
        fault = mem_printf("%s has another hash", name);
    else if (strstr(name, ".xlsx") == NULL && rows_of(folder, name, &text) != (size_t)rows)
        fault = mem_printf("%s has not %lld rows", name, (long long)rows);
    str_free(&text);
    return fault;
}

static size_t count_files(const char *folder)
{
    DIR *directory = opendir(folder);
    struct dirent *entry;
    size_t count = 0;

    while ((entry = readdir(directory)) != NULL)
        count += entry->d_name[0] != '.';
    closedir(directory);
    return count;
}

/** Each table's records are the rows of its file, or it says why it is left out. */
static char *check_table(json_object *files, json_object *table)
{
    json_object *left_out = NULL;
    int64_t records = json_object_get_int64(json_object_object_get(table, "records"));
    const char *name = json_object_get_string(json_object_object_get(table, "file"));

    if (name == NULL)
        return json_object_object_get_ex(table, "left_out", &left_out) ? NULL
                                                                       : mem_copy("no reason");
    for (size_t i = 0; i < json_object_array_length(files); i++) {
        json_object *file = json_object_array_get_idx(files, i);
        json_object *state = json_object_object_get(file, "state"); /* once it is applied */
        if (strcmp(json_object_get_string(json_object_object_get(file, "name")), name) == 0)
            return json_object_get_int64(json_object_object_get(state, "rows")) == records
                       ? NULL
                       : mem_printf("%s has other rows than its table", name);
    }
    return mem_printf("no file %s", name);
}

/** The manifest's own sum, with the receiver's command. */
static char *check_sum(const char *folder)
{
    char *command = mem_printf("cd '%s' && sha256sum -c --quiet manifest.sha256", folder);
    int status = system(command);

    free(command);
    return status == 0 ? NULL : mem_copy("the manifest is not as its sum says");
}

char *bundle_check_manifest(const char *folder)
{
    json_object *manifest = read_manifest(folder);
    json_object *files = json_object_object_get(manifest, "files");
    json_object *tables = json_object_object_get(manifest, "tables");
    size_t count = json_object_array_length(files);
    char *fault = NULL;

    if (count_files(folder) != count + 2)
        fault = mem_copy("there are other files");
    else
        fault = check_sum(folder);
    for (size_t i = 0; i < count && fault == NULL; i++)
        fault = check_file(folder, json_object_array_get_idx(files, i));
    for (size_t i = 0; i < json_object_array_length(tables) && fault == NULL; i++)
        fault = check_table(files, json_object_array_get_idx(tables, i));
    json_object_put(manifest);
    return fault;
}

// ---- 3: statements

/** Adds columns with a tab between; NULL ends the list. */
static void add_columns(struct str *text, const struct bundle_table *table, size_t row,
                        const char *const *columns)
{
    for (size_t i = 0; columns[i] != NULL; i++)
        str_printf(text, "%s%s", i > 0 ? "\t" : "", bundle_table_get(table, row, columns[i]));
}

static bool same(const struct bundle_table *one, size_t row, const struct bundle_table *other,
                 size_t other_row, const char *column)
{
    return strcmp(bundle_table_get(one, row, column), bundle_table_get(other, other_row, column)) ==
           0;
}

/** True if `row` goes from 1 to `rows`. */
static bool add_statement(struct str *text, const struct bundle_table *statements, size_t row,
                          const struct bundle_table *rows)
{
    static const char *const head[] = {"month", "area", "version", NULL};
    static const char *const cells[] = {"case_no",   "name",      "village", "kind",
                                        "officer",   "state",     "reason",  "reached_on",
                                        "fulfilled", "attempted", "late",    NULL};
    static const char *const more[] = {"words", "attempts", "case_id", NULL};

    size_t count = 0;
    bool ordered = true;

    add_columns(text, statements, row, head);
    str_add_char(text, '\n');
    for (size_t i = 0; i < bundle_table_rows(rows); i++) {
        if (!same(statements, row, rows, i, "month") || !same(statements, row, rows, i, "area") ||
            !same(statements, row, rows, i, "version"))
            continue;
        ordered &= strtoul(bundle_table_get(rows, i, "row"), NULL, 10) == ++count;
        add_columns(text, rows, i, cells);
        if (*bundle_table_get(rows, i, "words") != '\0') {
            str_add_char(text, '\t');
            add_columns(text, rows, i, more);
        }
        str_add_char(text, '\n');
    }
    return ordered && strtoul(bundle_table_get(statements, row, "rows"), NULL, 10) == count;
}

char *bundle_check_statements(const char *folder)
{
    struct bundle_table *statements = bundle_table_read(folder, "statements.csv");
    struct bundle_table *rows = bundle_table_read(folder, "statement_rows.csv");
    char *fault = NULL;

    for (size_t i = 0; i < bundle_table_rows(statements) && fault == NULL; i++) {
        struct str text = {0};
        char hash[DIGEST_TEXT];

        bool ordered = add_statement(&text, statements, i, rows);
        hash_text(&text, hash);
        if (!ordered || strcmp(hash, bundle_table_get(statements, i, "hash")) != 0)
            fault = mem_printf("statement %zu has another hash", i + 1);
        str_free(&text);
    }
    bundle_table_free(&statements);
    bundle_table_free(&rows);
    return fault;
}

// ---- 4: events

/** N(x). */
static void add_netstring(struct str *text, const char *value)
{
    str_printf(text, "%zu:%s,", strlen(value), value);
}

/** Adds N() of the text before the next separator that is not escaped; returns what follows it. */
static const char *add_piece(struct str *text, const char *at, const char *separator)
{
    struct str piece = {0};

    while (*at != '\0' && (*separator == '\0' || strncmp(at, separator, strlen(separator)) != 0)) {
        if (*at == '\\') {
            at++;
            if (strncmp(at, "→", strlen("→")) == 0) {
                str_add(&piece, "→");
                at += strlen("→");
                continue;
            }
            str_add_char(&piece, *at == 'n' ? '\n' : *at);
        } else {
            str_add_char(&piece, *at);
        }
        at++;
    }
    add_netstring(text, str_text(&piece));
    str_free(&piece);
    return *at != '\0' ? at + strlen(separator) : at;
}

static void hash_changes(const char *salt, const char *changes, char hash[DIGEST_TEXT])
{
    struct str text = {0};

    add_netstring(&text, salt);
    while (*changes != '\0') {
        changes = add_piece(&text, changes, "=");
        changes = add_piece(&text, changes, "→");
        changes = add_piece(&text, changes, "|");
    }
    hash_text(&text, hash);
    str_free(&text);
}

static void hash_event(const struct bundle_table *events, size_t row, char hash[DIGEST_TEXT])
{
    static const char *const columns[] = {"session",  "seq",      "at",           "officer",
                                          "action",   "record",   "area",         "result_no",
                                          "note",     "terminal", "number",       "written",
                                          "same_day", "previous", "changes_hash", "answer_hash"};
    struct str text = {0};

    add_netstring(&text, "doudi event 2");
    for (size_t i = 0; i < COUNT(columns); i++)
        add_netstring(&text, bundle_table_get(events, row, columns[i]));
    hash_text(&text, hash);
    str_free(&text);
}

/** Follows the event of the same session in the row before, or is its session's first. */
static bool is_linked(const struct bundle_table *events, size_t row)
{
    const char *previous = bundle_table_get(events, row, "previous");

    if (row == 0 || !same(events, row, events, row - 1, "session"))
        return *previous == '\0';
    return strcmp(previous, bundle_table_get(events, row - 1, "hash")) == 0 &&
           strtoul(bundle_table_get(events, row, "seq"), NULL, 10) ==
               strtoul(bundle_table_get(events, row - 1, "seq"), NULL, 10) + 1;
}

/** The name of a result is not hashed, its number is; codes.csv has both. */
static bool has_its_result(const struct bundle_table *events, size_t row,
                           const struct bundle_table *codes)
{
    for (size_t i = 0; i < bundle_table_rows(codes); i++)
        if (strcmp(bundle_table_get(codes, i, "list"), "result") == 0 &&
            strcmp(bundle_table_get(codes, i, "value"), bundle_table_get(events, row, "result")) ==
                0)
            return strcmp(bundle_table_get(codes, i, "code"),
                          bundle_table_get(events, row, "result_no")) == 0;
    return false;
}

static char *check_event(const struct bundle_table *events, size_t row,
                         const struct bundle_table *codes, size_t *whole)
{
    const char *salt = bundle_table_get(events, row, "salt");
    char hash[DIGEST_TEXT];

    if (!has_its_result(events, row, codes))
        return mem_printf("event %zu has another result", row + 1);
    if (!is_linked(events, row))
        return mem_printf("event %zu does not follow the one before", row + 1);
    if (*salt != '\0') {
        hash_changes(salt, bundle_table_get(events, row, "changes"), hash);
        if (strcmp(hash, bundle_table_get(events, row, "changes_hash")) != 0)
            return mem_printf("event %zu has other changes", row + 1);
        ++*whole;
    }
    hash_event(events, row, hash);
    if (strcmp(hash, bundle_table_get(events, row, "hash")) != 0)
        return mem_printf("event %zu has another hash", row + 1);
    return NULL;
}

char *bundle_check_events(const char *folder, size_t *ret_whole)
{
    struct bundle_table *events = bundle_table_read(folder, "events.csv");
    struct bundle_table *codes = bundle_table_read(folder, "codes.csv");
    char *fault = NULL;

    *ret_whole = 0;
    for (size_t i = 0; i < bundle_table_rows(events) && fault == NULL; i++)
        if (*bundle_table_get(events, i, "changes_hash") != '\0')
            fault = check_event(events, i, codes, ret_whole);
        else if (!is_linked(events, i))
            fault = mem_printf("event %zu does not follow the one before", i + 1);
    bundle_table_free(&events);
    bundle_table_free(&codes);
    return fault;
}

// ---- 6: figures

/** Where figures are counted: duties, or the rows of the last statements. */
struct counting {
    const struct bundle_table *rows;
    const char *area;      /**< the column with the village */
    const char *attempted; /**< the column that counts attempts */
};

static bool is_state(const struct bundle_table *rows, size_t row, const char *state)
{
    return strcmp(bundle_table_get(rows, row, "state"), state) == 0;
}

static bool is_set(const struct bundle_table *rows, size_t row, const char *column)
{
    return strcmp(bundle_table_get(rows, row, column), "0") != 0;
}

static bool is_counted(const struct counting *counting, size_t row, const char *figure)
{
    const struct bundle_table *rows = counting->rows;

    if (strcmp(figure, "owed") == 0)
        return is_state(rows, row, "reached") || is_state(rows, row, "pending") ||
               is_state(rows, row, "missed");
    if (strcmp(figure, "fulfilled") == 0 || strcmp(figure, "late") == 0)
        return is_set(rows, row, figure);
    if (strcmp(figure, "attempted") == 0)
        return is_set(rows, row, counting->attempted) &&
               *bundle_table_get(rows, row, "reached_on") == '\0';
    return is_state(rows, row, figure);
}

/** True if the row of a statement is of the version that the village's figures name. */
static bool is_of_version(const struct counting *counting, size_t row, const char *version)
{
    return strcmp(counting->area, "village") != 0 ||
           strcmp(bundle_table_get(counting->rows, row, "version"), version) == 0;
}

static bool is_of_village(const struct counting *counting, size_t row,
                          const struct bundle_table *figures, size_t village)
{
    const struct bundle_table *rows = counting->rows;
    const char *area = bundle_table_get(figures, village, "area");

    return strcmp(bundle_table_get(rows, row, counting->area), area) == 0 &&
           same(rows, row, figures, village, "month") &&
           same(rows, row, figures, village, "kind") &&
           (strcmp(counting->area, "village") == 0 ||
            strcmp(bundle_table_get(rows, row, "type"), "visit") == 0) &&
           is_of_version(counting, row, bundle_table_get(figures, village, "version"));
}

static size_t count_figure(const struct counting *counting, const struct bundle_table *figures,
                           size_t village, const char *figure)
{
    size_t count = 0;

    for (size_t i = 0; i < bundle_table_rows(counting->rows); i++)
        count += is_of_village(counting, i, figures, village) && is_counted(counting, i, figure);
    return count;
}

/** Compares the figures, `prefix` ("known_") before the name of each in compliance.csv. */
static char *check_village(const struct counting *counting, const struct bundle_table *figures,
                           size_t village, const char *const *names, const char *prefix)
{
    for (size_t i = 0; names[i] != NULL; i++) {
        char *column = mem_printf("%s%s", prefix, names[i]);
        size_t counted = count_figure(counting, figures, village, names[i]);
        size_t told = strtoul(bundle_table_get(figures, village, column), NULL, 10);
        free(column);
        if (counted != told)
            return mem_printf("%s%s of row %zu is %zu, not %zu", prefix, names[i], village + 1,
                              counted, told);
    }
    return NULL;
}

char *bundle_check_figures(const char *folder)
{
    static const char *const all[] = {"owed",    "reached",     "fulfilled", "pending", "missed",
                                      "excused", "not_counted", "attempted", "late",    NULL};
    static const char *const known[] = {"owed", "reached", NULL};
    struct bundle_table *figures = bundle_table_read(folder, "compliance.csv");
    struct bundle_table *duties = bundle_table_read(folder, "duties.csv");
    struct bundle_table *reported = bundle_table_read(folder, "statement_rows.csv");
    const struct counting from_duties = {duties, "area", "attempts"};
    const struct counting from_statements = {reported, "village", "attempted"};
    char *fault = NULL;

    for (size_t i = 0; i < bundle_table_rows(figures) && fault == NULL; i++) {
        bool is_known = strcmp(bundle_table_get(figures, i, "basis"), "known") == 0;
        fault = check_village(is_known ? &from_duties : &from_statements, figures, i, all, "");
        if (fault == NULL)
            fault = check_village(&from_duties, figures, i, known, "known_");
    }
    bundle_table_free(&figures);
    bundle_table_free(&duties);
    bundle_table_free(&reported);
    return fault;
}
