/*
 * First Berkeley DB checks every page of every file. Only if all are sound are the records read:
 * each must unpack, stand under its own key, and be in each index under exactly the keys that its
 * table gives. Each index is compared by a sum over its items, in one pass over each file; only if
 * the sums differ is each key looked up, to name the wrong ones.
 */
#include "db/env.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/str.h"
#include "db/arena.h"
#include "db/item.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { FINDINGS_MAX = 100 };

struct check {
    struct store *store;
    const struct store_options *options;
    void (*report)(const char *line, void *arg);
    void *arg;
    uint64_t findings;
    struct str last;  /* the last line: Berkeley DB repeats lines */
    const char *file; /* being checked */
    struct txn *txn;
    const struct table *table;
    struct tally wanted[INDEXES_MAX]; /* what the records should put into each index */
    size_t index;                     /* being checked */
    struct tally found;
    struct arena arena; /* of the record being checked */
};

static void finding(struct check *check, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void finding(struct check *check, const char *format, ...)
{
    struct str line = {0};
    va_list args;
    str_printf(&line, "%s：", check->file);
    va_start(args, format);
    str_vprintf(&line, format, args);
    va_end(args);
    if (strcmp(str_text(&line), str_text(&check->last)) != 0 && check->findings++ < FINDINGS_MAX)
        check->report(str_text(&line), check->arg);
    str_free(&check->last);
    check->last = line;
}

static void on_message(const char *message, void *arg)
{
    finding(arg, "%s", message);
}

static void finding_at(struct check *check, const uint8_t *bytes, size_t length, const char *text)
{
    struct key key = {0};
    key_add_bytes(&key, bytes, length);
    char *hex = key_text(&key);
    finding(check, "%s %s", hex, text);
    free(hex);
}

/* Berkeley DB's check of one file, in an environment of its own: damage stops only that one. */
static enum result check_pages(struct check *check, const char *name)
{
    DB *file;
    uint64_t before = check->findings;
    enum result result = env_open_pages(check->store, check->options);
    if (result != 0)
        return result;
    char *file_name = env_file_name(name);
    check->file = file_name;
    int code = env_new_file(check->store, &file);
    if (code == 0)
        code = file->verify(file, file_name, NULL, NULL, 0);
    if (code != 0 && check->findings == before)
        finding(check, "%s", db_strerror(code));
    env_close(check->store);
    check->file = "db";
    free(file_name);
    return RESULT_OK;
}

static enum result check_all_pages(struct check *check)
{
    enum result result = check_pages(check, "sequence");
    for (size_t t = 0; t < TABLE_COUNT && result == 0; t++) {
        result = check_pages(check, tables[t]->name);
        const struct index *index = tables[t]->indexes;
        for (; result == 0 && index->name != NULL; index++)
            result = check_pages(check, index->name);
    }
    return result;
}

static bool key_is_own(const struct table *table, const void *record, const struct item *item)
{
    struct key key = {0};
    table->key(record, &key);
    return key.length == item->key_length && memcmp(key.bytes, item->key, key.length) == 0;
}

/* Adds the keys that a record should have in each index. */
static void count_wanted(struct check *check, const void *record, const struct item *item)
{
    const struct table *table = check->table;
    for (size_t i = 0; table->indexes[i].name != NULL; i++) {
        struct keys keys;
        if (env_index_keys(&table->indexes[i], record, &keys) != 0) {
            finding_at(check, item->key, item->key_length, "记录算不出索引键");
            continue;
        }
        for (size_t k = 0; k < keys.count; k++)
            item_tally_add(&check->wanted[i], &(struct item){.key = keys.items[k].bytes,
                                                             .key_length = keys.items[k].length,
                                                             .value = (uint8_t *)item->key,
                                                             .value_length = item->key_length});
        keys_free(&keys);
    }
}

/* Checks a record and adds up what the indexes should hold. */
static enum result check_record(const struct item *item, void *arg)
{
    struct check *check = arg;
    arena_clear(&check->arena);
    const void *record = protobuf_c_message_unpack(check->table->type, &check->arena.allocator,
                                                   item->value_length, item->value);
    if (record == NULL || !key_is_own(check->table, record, item))
        finding_at(check, item->key, item->key_length, "记录读不出，或与主键不符");
    else
        count_wanted(check, record, item);
    return RESULT_OK;
}

static enum result count_item(const struct item *item, void *arg)
{
    struct check *check = arg;
    item_tally_add(&check->found, item);
    return RESULT_OK;
}

/* The index is wrong: reports this record's keys that it lacks. */
static enum result name_missing(const struct item *item, void *arg)
{
    struct check *check = arg;
    struct opened_index *opened = &check->store->tables[check->table->id].indexes[check->index];
    DB *file = opened->file;
    struct keys keys = {0};
    arena_clear(&check->arena);
    const void *record = protobuf_c_message_unpack(check->table->type, &check->arena.allocator,
                                                   item->value_length, item->value);
    if (record == NULL || env_index_keys(opened->index, record, &keys) != 0)
        return RESULT_OK;
    for (size_t k = 0; k < keys.count; k++) {
        DBT key = {.data = keys.items[k].bytes,
                   .size = (u_int32_t)keys.items[k].length,
                   .flags = DB_DBT_USERMEM,
                   .ulen = KEY_MAX};
        DBT value = {.data = (void *)item->key,
                     .size = (u_int32_t)item->key_length,
                     .flags = DB_DBT_USERMEM,
                     .ulen = (u_int32_t)item->key_length};
        if (file->get(file, check->txn->handle, &key, &value, DB_GET_BOTH) != 0)
            finding_at(check, keys.items[k].bytes, keys.items[k].length, "索引中缺这一项");
    }
    keys_free(&keys);
    return RESULT_OK;
}

static bool keys_hold(const struct keys *keys, const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < keys->count; i++)
        if (keys->items[i].length == length && memcmp(keys->items[i].bytes, bytes, length) == 0)
            return true;
    return false;
}

/* Reports an item of the index whose record does not have its key. */
static enum result name_stale(const struct item *item, void *arg)
{
    struct check *check = arg;
    struct opened *opened = &check->store->tables[check->table->id];
    DBT key = {.data = item->value, .size = (u_int32_t)item->value_length};
    DBT *value = &check->txn->buffers.value;
    struct keys keys = {0};
    const void *record = NULL;
    arena_clear(&check->arena);
    if (opened->primary->get(opened->primary, check->txn->handle, &key, value, 0) == 0)
        record = protobuf_c_message_unpack(check->table->type, &check->arena.allocator, value->size,
                                           value->data);
    if (record != NULL)
        (void)env_index_keys(opened->indexes[check->index].index, record, &keys);
    if (!keys_hold(&keys, item->key, item->key_length))
        finding_at(check, item->key, item->key_length, "索引中多这一项");
    keys_free(&keys);
    return RESULT_OK;
}

static enum result check_index(struct check *check, size_t i)
{
    struct opened *opened = &check->store->tables[check->table->id];
    DB *file = opened->indexes[i].file;
    check->index = i;
    check->found = (struct tally){0};
    enum result result = scan_file(check->txn, file, count_item, check);
    if (result != 0)
        return result;
    if (check->found.count == check->wanted[i].count && check->found.sum == check->wanted[i].sum)
        return RESULT_OK;
    check->file = opened->indexes[i].index->name;
    finding(check, "索引与记录不符：应有 %ju 项，实有 %ju 项", (uintmax_t)check->wanted[i].count,
            (uintmax_t)check->found.count);
    result = scan_file(check->txn, opened->primary, name_missing, check);
    if (result == 0)
        result = scan_file(check->txn, file, name_stale, check);
    return result;
}

static enum result check_table(struct txn *txn, void *arg)
{
    struct check *check = arg;
    DB *primary = check->store->tables[check->table->id].primary;
    check->txn = txn;
    check->file = check->table->name;
    memset(check->wanted, 0, sizeof check->wanted);
    enum result result = scan_file(txn, primary, check_record, check);
    for (size_t i = 0; result == 0 && check->table->indexes[i].name != NULL; i++)
        result = check_index(check, i);
    return result;
}

static enum result check_records(struct check *check)
{
    enum result result = env_open(check->store, check->options, DB_RECOVER);
    if (result == 0)
        result = env_open_tables(check->store);
    for (size_t t = 0; t < TABLE_COUNT && result == 0; t++) {
        check->table = tables[t];
        result = store_run(check->store, STORE_READ, check_table, check);
    }
    env_close(check->store);
    return result;
}

/* Recovers, so that the last server's log goes into the files. */
static enum result recover(struct check *check)
{
    enum result result = env_open(check->store, check->options, DB_RECOVER);
    DB_ENV *env = check->store->env;
    /* Not store_checkpoint(): it would remove log files that may be for the archive. */
    if (result == 0)
        result = env_result(check->store, env->txn_checkpoint(env, 0, 0, DB_FORCE));
    env_close(check->store);
    return result;
}

enum result store_verify(const char *home, const char *key_file,
                         void (*report)(const char *line, void *arg), void *arg)
{
    const struct store_options options = {.key_file = key_file, .read_only = true};
    char *directory = paths_join(home, "db");
    struct store *store = store_new(directory);
    struct check check = {
        .store = store, .options = &options, .report = report, .arg = arg, .file = "db"};
    free(directory);
    arena_init(&check.arena);
    store->report = on_message;
    store->report_arg = &check;
    enum result result = format_check(store->directory, key_file);
    if (result == 0)
        result = format_read(store->directory, &store->format);
    if (result == 0)
        result = recover(&check);
    if (result == 0)
        result = check_all_pages(&check);
    if (result == 0 && check.findings == 0)
        result = check_records(&check);
    uint64_t findings = check.findings;
    store_destroy(&store);
    str_free(&check.last);
    arena_free(&check.arena);
    if (findings > FINDINGS_MAX) {
        char *line = mem_printf("共 %ju 处，其余未列", (uintmax_t)findings);
        report(line, arg);
        free(line);
    }
    return result == 0 && findings > 0 ? RESULT_CORRUPT : result;
}
