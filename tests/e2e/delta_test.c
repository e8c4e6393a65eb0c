/*
 * Deltas as their receiver applies them: by what README.txt says, with nothing of the program that
 * wrote them but the hash function. After each the rows are those that the manifest promises.
 */
#include "bundle_files.h"
#include "certs.h"
#include "world.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/str.h"
#include "unit.h"

#include <json-c/json.h>
#include <signal.h>
#include <sys/stat.h>

#define AREA "211100000000"

// ---- files of rows

struct row {
    char *line; /**< as it stands, with its line feed */
    char *key;
};

struct rows {
    struct row *items;
    size_t count, capacity;
};

static void rows_free(struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        free(rows->items[i].line);
        free(rows->items[i].key);
    }
    free(rows->items);
    *rows = (struct rows){0};
}

/** The end of a cell that begins at `at`; appends the cell without quotation marks. */
static const char *read_cell(const char *at, struct str *cell)
{
    bool quoted = *at == '"';

    for (at += quoted; *at != '\0'; at++) {
        if (quoted && *at == '"' && at[1] == '"')
            at++;
        else if (quoted && *at == '"')
            return at + 1;
        else if (!quoted && (*at == ',' || *at == '\n'))
            return at;
        str_add_char(cell, *at);
    }
    return at;
}

/** A cell of a key: without the apostrophe of spreadsheets, escaped. */
static void add_key(struct str *key, const char *cell)
{
    const char *behind = cell + strspn(cell, "'");

    if (behind > cell && *behind != '\0' && strchr("=+-@\t", *behind) != NULL)
        cell++;
    for (; *cell != '\0'; cell++) {
        if (*cell == '\\' || *cell == '|' || *cell == '\n')
            str_add_char(key, '\\');
        str_add_char(key, *cell == '\n' ? 'n' : *cell);
    }
}

/** Adds the row at `at`, whose first `keys` cells are its key; returns its end. */
static const char *add_row(struct rows *rows, const char *at, size_t keys)
{
    const char *begin = at;
    struct str cell = {0}, key = {0};

    for (size_t i = 0; *at != '\0' && (i == 0 || at[-1] == ','); i++) {
        str_clear(&cell);
        at = read_cell(at, &cell);
        if (i < keys && i > 0)
            str_add_char(&key, '|');
        if (i < keys)
            add_key(&key, str_text(&cell));
        at += *at != '\0';
    }
    mem_grow((void **)&rows->items, rows->count, &rows->capacity, sizeof *rows->items);
    rows->items[rows->count++] =
        (struct row){mem_copy_bytes(begin, (size_t)(at - begin)), str_take(&key)};
    str_free(&cell);
    return at;
}

static struct rows read_rows(const char *folder, const char *name, size_t keys)
{
    char *path = paths_join(folder, name);
    FILE *file = fopen(path, "re");
    struct str text = {0};
    struct rows rows = {0};
    char block[65536];
    size_t got;

    assert_non_null(file);
    while ((got = fread(block, 1, sizeof block, file)) > 0)
        str_add_bytes(&text, block, got);
    fclose(file);
    const char *at = strchr(str_text(&text), '\n') + 1;
    while (*at != '\0')
        at = add_row(&rows, at, keys);
    str_free(&text);
    free(path);
    return rows;
}

static bool has_key(const struct rows *rows, const char *key)
{
    for (size_t i = 0; i < rows->count; i++)
        if (strcmp(rows->items[i].key, key) == 0)
            return true;
    return false;
}

// ---- the manifest

struct told {
    json_object *manifest, *files;
};

static struct told read_told(const char *folder)
{
    char *path = paths_join(folder, "manifest.json");
    struct told told = {.manifest = json_object_from_file(path)};

    assert_non_null(told.manifest);
    told.files = json_object_object_get(told.manifest, "files");
    free(path);
    return told;
}

static const char *text_of(json_object *object, const char *name)
{
    return json_object_get_string(json_object_object_get(object, name));
}

/** True if the rows are as many as `state` says, with that sum. */
static bool is_state(const struct rows *rows, json_object *state)
{
    uint8_t total[DIGEST_SIZE] = {0}, hash[DIGEST_SIZE];
    char text[DIGEST_TEXT];

    for (size_t i = 0; i < rows->count; i++) {
        unsigned carry = 0;
        digest_bytes(rows->items[i].line, strlen(rows->items[i].line), hash);
        for (int j = DIGEST_SIZE - 1; j >= 0; j--) {
            carry += (unsigned)total[j] + hash[j];
            total[j] = (uint8_t)carry;
            carry >>= 8;
        }
    }
    return json_object_get_int64(json_object_object_get(state, "rows")) == (int64_t)rows->count &&
           strcmp(text_of(state, "sum"), digest_format(total, text)) == 0;
}

// ---- applying

/** Adds the rows of `from` whose keys are in neither list. */
static void add_others(struct rows *to, const struct rows *from, const struct rows *fresh,
                       const struct rows *gone)
{
    for (size_t i = 0; i < from->count; i++) {
        const struct row *row = &from->items[i];
        if (!has_key(fresh, row->key) && !has_key(gone, row->key))
            (void)add_row(to, row->line, 0);
    }
}

/** Keys of removed.csv for one file. */
static struct rows read_gone(const char *folder, const char *name)
{
    struct bundle_table *table = bundle_table_read(folder, "removed.csv");
    struct rows gone = {0};

    for (size_t i = 0; i < bundle_table_rows(table); i++) {
        if (strcmp(bundle_table_get(table, i, "file"), name) != 0)
            continue;
        mem_grow((void **)&gone.items, gone.count, &gone.capacity, sizeof *gone.items);
        gone.items[gone.count++] = (struct row){NULL, mem_copy(bundle_table_get(table, i, "key"))};
    }
    bundle_table_free(&table);
    return gone;
}

static void write_rows(const char *folder, const char *name, const struct rows *rows)
{
    char *path = paths_join(folder, name);
    FILE *file = fopen(path, "we");

    fputs("columns\n", file);
    for (size_t i = 0; i < rows->count; i++)
        fputs(rows->items[i].line, file);
    fclose(file);
    free(path);
}

/** Applies one file of a delta to the folder `have`, and compares. */
static void apply_file(const char *have, const char *delta, json_object *file)
{
    const char *name = text_of(file, "name");
    json_object *key = json_object_object_get(file, "key");
    size_t keys = json_object_array_length(key);
    struct rows old = read_rows(have, name, keys), fresh = read_rows(delta, name, keys);
    struct rows gone = read_gone(delta, name), all = {0};

    add_others(&all, &old, &fresh, &gone);
    for (size_t i = 0; i < fresh.count; i++)
        (void)add_row(&all, fresh.items[i].line, 0);
    if (!is_state(&all, json_object_object_get(file, "state")))
        fail_msg("%s is not what its manifest promises", name);
    write_rows(have, name, &all);
    rows_free(&old);
    rows_free(&fresh);
    rows_free(&gone);
    rows_free(&all);
}

/** Applies the delta; returns how many rows it has without those of events. */
static size_t apply(const char *have, const char *delta)
{
    struct told told = read_told(delta);
    size_t rows = 0;

    assert_string_equal(text_of(told.manifest, "kind"), "delta");
    for (size_t i = 0; i < json_object_array_length(told.files); i++) {
        json_object *file = json_object_array_get_idx(told.files, i);
        if (json_object_object_get(file, "state") == NULL)
            continue;
        apply_file(have, delta, file);
        if (strcmp(text_of(file, "name"), "events.csv") != 0)
            rows += (size_t)json_object_get_int64(json_object_object_get(file, "rows"));
    }
    json_object_put(told.manifest);
    return rows;
}

/** A full bundle promises what it has. */
static void expect_full(const char *folder)
{
    struct told told = read_told(folder);

    assert_string_equal(text_of(told.manifest, "kind"), "full");
    assert_null(json_object_object_get(told.manifest, "base"));
    for (size_t i = 0; i < json_object_array_length(told.files); i++) {
        json_object *file = json_object_array_get_idx(told.files, i);
        struct rows rows = {0};

        if (json_object_object_get(file, "state") == NULL)
            continue;
        rows = read_rows(folder, text_of(file, "name"), 0);
        assert_true(is_state(&rows, json_object_object_get(file, "state")));
        rows_free(&rows);
    }
    json_object_put(told.manifest);
}

// ---- nights

static char *out_of(const struct world *world)
{
    return mem_printf("%s-out", world->home);
}

/** Exports; unpacks what was made. New string: the folder. */
static char *export_to(struct world *world, const char *out, const char *more)
{
    world_expect(world, 0, "export --out '%s' %s", out, more);
    char *path = world_last_line(world);
    char *folder = bundle_files_unpack(path);
    char *fault = bundle_check_manifest(folder);
    if (fault != NULL)
        fail_msg("%s", fault);
    free(path);
    return folder;
}

static void expect_said(const char *folder, const char *name, const char *value)
{
    char *said = bundle_manifest_get(folder, name);

    assert_non_null(said);
    assert_string_equal(said, value);
    free(said);
}

static void set_day(struct world *world, const char *day)
{
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", day, 1);
}

static struct world *begin(void)
{
    struct world *world = world_new("2026-11-23");

    world_expect(world, 0, "demo --area 211103001 --cases 60 --months 2 --seed 7");
    world_expect(world, 0, "officer add 7001 --name '王|小\\\\明' --role street --area 211103001");
    return world;
}

static void end(struct world **world, char **out)
{
    assert_int_equal(certs_shell("rm -rf '%s'", *out), 0);
    free(*out);
    world_free(world);
}

static void a_week_of_deltas_is_the_full_bundle(void **state)
{
    static const char *const days[] = {"2026-11-24", "2026-11-25", "2026-11-29"};
    struct world *world = begin();
    char *out = out_of(world);
    char *have = export_to(world, out, "");

    (void)state;
    expect_full(have);
    for (size_t i = 0; i < COUNT(days); i++) {
        set_day(world, days[i]);
        if (i == 1) {
            char *ledger = world_data("ledgers/探访对象.csv");
            world_expect(world, 0, "officer edit 7001 --name 王小明");
            assert_int_equal(certs_shell("cp '%s' '%s/elders.csv'", ledger, world->home), 0);
            world_run(world, "import tanfang '%s/elders.csv'", world->home);
            world_expect(world, 0,
                         "visit add --id 211122194512156810 --date 2026-11-20 --mode 上门 "
                         "--result 成功");
            free(ledger);
        }
        char *delta = export_to(world, out, "");
        char *number = mem_printf("%zu", i + 1);
        expect_said(delta, "base", number);
        size_t rows = apply(have, delta);
        /* Another day: what is due is another, nothing else. */
        assert_true(i == 1 ? rows > 10 : rows < 200);
        bundle_files_remove(&delta);
        free(number);
    }
    /* Seven days after the full one. */
    set_day(world, "2026-11-30");
    char *full = export_to(world, out, "");
    expect_full(full);
    bundle_files_remove(&full);
    bundle_files_remove(&have);
    end(&world, &out);
}

static void lost_rows_are_named(void **state)
{
    struct world *world = begin();
    char *out = out_of(world);
    char *ledger = world_data("ledgers/探访对象.csv");

    (void)state;
    assert_int_equal(certs_shell("cp '%s' '%s/elders.csv'", ledger, world->home), 0);
    world_run(world, "import tanfang '%s/elders.csv'", world->home);
    char *have = export_to(world, out, "");
    struct bundle_table *cases = bundle_table_read(have, "cases.csv");
    size_t last = bundle_table_rows(cases) - 1;
    world_expect(world, 0, "import --undo '%s'", bundle_table_get(cases, last, "batch"));
    bundle_table_free(&cases);
    char *delta = export_to(world, out, "");
    struct bundle_table *removed = bundle_table_read(delta, "removed.csv");
    if (bundle_table_rows(removed) == 0)
        fail_msg("nothing is gone after: %s", world->output);
    bundle_table_free(&removed);
    (void)apply(have, delta);
    bundle_files_remove(&delta);
    bundle_files_remove(&have);
    free(ledger);
    end(&world, &out);
}

/** Whatever a delta would stand on that the receiver may not have. */
static void without_a_base_it_is_a_full_bundle(void **state)
{
    struct world *world = begin();
    char *out = out_of(world);
    char *other = mem_printf("%s/other", out);
    char *folder = export_to(world, out, "");

    (void)state;
    bundle_files_remove(&folder);
    folder = export_to(world, out, "");
    expect_said(folder, "kind", "delta");
    bundle_files_remove(&folder);
    folder = export_to(world, out, "--full"); /* asked for */
    expect_said(folder, "kind", "full");
    bundle_files_remove(&folder);
    folder = export_to(world, other, ""); /* another folder */
    expect_said(folder, "kind", "full");
    bundle_files_remove(&folder);
    folder = export_to(world, other, "");
    expect_said(folder, "kind", "delta");
    bundle_files_remove(&folder);
    folder = export_to(world, out, ""); /* what it builds on lies elsewhere */
    expect_said(folder, "kind", "full");
    bundle_files_remove(&folder);
    assert_int_equal(certs_shell("rm -r '%s/outbox'", world->home), 0); /* lost */
    folder = export_to(world, out, "");
    expect_said(folder, "kind", "full");
    bundle_files_remove(&folder);
    free(other);
    end(&world, &out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_week_of_deltas_is_the_full_bundle),
        cmocka_unit_test(lost_rows_are_named),
        cmocka_unit_test(without_a_base_it_is_a_full_bundle),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
