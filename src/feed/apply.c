#include "feed/apply.h"

#include "base/mem.h"
#include "domain/area.h"
#include "feed/follow.h"
#include "feed/sql.h"
#include "feed/stage.h"
#include "feed/state.h"
#include "feed/sum.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Keeps two homes, one in the other, from beginning at the same time. */
#define LOCK_FIRST "SELECT pg_catalog.pg_advisory_xact_lock(1685026149, 0)"

struct applying {
    const struct apply_order *order;
    struct database *database;
    bool first; /**< the home has no rows yet */
    struct stage stage;
    struct applied done;
    struct state_change change; /**< of the table that is being changed */
    struct str touched;         /**< JSON: rows of each table that were changed */
    struct str altered;         /**< names of tables that a full bundle found altered */
    char *message;
};

// ---- what the database has

static enum result take_last(const char *const *cells, void *arg)
{
    struct follow_known *known = arg;

    known->number = strtoull(cells[0], NULL, 10);
    snprintf(known->manifest, sizeof known->manifest, "%s", cells[1]);
    return RESULT_OK;
}

static enum result take_same(const char *const *cells, void *arg)
{
    struct follow_known *known = arg;

    snprintf(known->same, sizeof known->same, "%s", cells[0]);
    return RESULT_OK;
}

struct overlap {
    const char *origin;
    struct follow_known *known;
};

static enum result take_overlap(const char *const *cells, void *arg)
{
    struct overlap *overlap = arg;

    if (area_contains(cells[0], overlap->origin) || area_contains(overlap->origin, cells[0]))
        snprintf(overlap->known->overlap, sizeof overlap->known->overlap, "%s", cells[0]);
    return RESULT_OK;
}

static enum result read_known(struct applying *applying, struct follow_known *known)
{
    const struct manifest *manifest = applying->order->manifest;
    char number[NUMBER_TEXT];
    const char *const values[] = {manifest->area, number};
    struct overlap overlap = {manifest->area, known};
    enum result result = database_ask(applying->database,
                                      "SELECT number, manifest FROM " FEED_SCHEMA
                                      ".taken WHERE origin = $1 ORDER BY number DESC LIMIT 1",
                                      values, 1, take_last, known);

    snprintf(number, sizeof number, "%" PRIu64, manifest->number);
    if (result == 0)
        result = database_ask(applying->database,
                              "SELECT manifest FROM " FEED_SCHEMA
                              ".taken WHERE origin = $1 AND number = $2",
                              values, 2, take_same, known);
    applying->first = known->number == 0;
    if (result == 0 && applying->first)
        result = database_run(applying->database, LOCK_FIRST);
    if (result == 0 && applying->first)
        result =
            database_ask(applying->database,
                         "SELECT DISTINCT origin FROM " FEED_SCHEMA ".taken WHERE origin <> $1",
                         values, 1, take_overlap, &overlap);
    return result;
}

// ---- from the stages into the tables

typedef void (*sql_fn)(struct str *sql, const struct feed_table *table);

static enum result change_rows(struct applying *applying, const struct feed_table *table,
                               sql_fn add, uint64_t *ret_touched)
{
    const char *const values[] = {applying->order->manifest->area};
    struct str sql = {0};
    enum result result;

    add(&sql, table);
    result = database_change(applying->database, str_text(&sql), values, 1, ret_touched);
    str_free(&sql);
    return result;
}

static enum result index_stage(struct applying *applying, const struct feed_table *table)
{
    struct str sql = {0};
    enum result result;

    sql_add_stage_index(&sql, table);
    result = database_run(applying->database, str_text(&sql));
    str_free(&sql);
    return result;
}

/** A lasting stage is left empty. */
static enum result empty_stage(struct applying *applying, const struct feed_table *table)
{
    struct str sql = {0};
    enum result result;

    sql_add_stage(&sql, table, true, applying->order->manifest->area);
    result = database_run(applying->database, str_text(&sql));
    str_free(&sql);
    return result;
}

static void count_touched(struct applying *applying, const struct feed_table *table,
                          uint64_t deleted, uint64_t updated, uint64_t inserted)
{
    if (deleted + updated + inserted > 0)
        str_printf(&applying->touched,
                   "%s\"%s\": {\"inserted\": %" PRIu64 ", \"updated\": %" PRIu64
                   ", \"deleted\": %" PRIu64 "}",
                   applying->touched.length > 0 ? ", " : "", table->name, inserted, updated,
                   deleted);
    applying->done.deleted += deleted;
    applying->done.updated += updated;
    applying->done.inserted += inserted;
}

/** The rows that are gone: of a delta those of groups that it has, as removed.csv has deleted the
 *  others. */
static enum result delete_gone(struct applying *applying, const struct feed_table *table,
                               uint64_t *deleted)
{
    bool delta = applying->order->manifest->delta;

    return change_rows(applying, table, delta ? sql_add_delete_in_groups : sql_add_delete, deleted);
}

static size_t index_of(const struct applying *applying, const struct feed_table *table)
{
    return (size_t)(table - applying->order->tables->tables);
}

/** Adds the rows of the delta's groups as they stand now; a full bundle's are not asked for. */
static enum result sum_groups(struct applying *applying, const struct feed_table *table,
                              struct rowsum *sum)
{
    const struct manifest *manifest = applying->order->manifest;
    struct rowsum groups = {0};
    enum result result = RESULT_OK;

    if (manifest->delta)
        result = sum_read(applying->database, table,
                          &applying->stage.headings[index_of(applying, table)], manifest->area,
                          true, &groups);
    rowsum_join(sum, &groups);
    return result;
}

static enum result change_differences(struct applying *applying, const struct feed_table *table,
                                      uint64_t *deleted, uint64_t *updated, uint64_t *inserted)
{
    enum result result = RESULT_OK;

    if (!applying->order->tables->distributed)
        result = index_stage(applying, table);
    if (result == 0)
        result = sum_groups(applying, table, &applying->change.before);
    if (result == 0)
        result = delete_gone(applying, table, deleted);
    if (result == 0)
        result = change_rows(applying, table, sql_add_update, updated);
    if (result == 0)
        result = change_rows(applying, table, sql_add_insert, inserted);
    return result == 0 ? sum_groups(applying, table, &applying->change.after) : result;
}

static enum result apply_differences(struct applying *applying, const struct feed_table *table)
{
    const struct stage *stage = &applying->stage;
    const struct rowsum *removed = &stage->removed.deleted[index_of(applying, table)];
    uint64_t deleted = 0, updated = 0, inserted = 0;
    enum result result = RESULT_OK;

    applying->change = (struct state_change){.before = *removed};
    if (applying->first)
        result = change_rows(applying, table, sql_add_insert_all, &inserted);
    else if (!applying->order->manifest->delta || stage->rows[index_of(applying, table)] > 0)
        result = change_differences(applying, table, &deleted, &updated, &inserted);
    if (result == 0 && applying->order->tables->distributed)
        result = empty_stage(applying, table);
    count_touched(applying, table, deleted + removed->rows, updated, inserted);
    return result;
}

/** Words for a table that somebody has altered since the last bundle; a full bundle puts it right. */
static enum result find_altered(struct applying *applying, const struct feed_table *table)
{
    enum state_verdict verdict = STATE_SAME;
    enum result result = RESULT_OK;

    if (!applying->first && !applying->order->manifest->delta)
        result =
            state_compare(applying->database, table, applying->order->manifest->area, &verdict);
    if (verdict == STATE_ALTERED)
        str_printf(&applying->altered, "%s%s", applying->altered.length > 0 ? "、" : "",
                   table->name);
    return result;
}

static enum result settle_table(struct applying *applying, const struct feed_table *table)
{
    const struct manifest *manifest = applying->order->manifest;
    const struct state_table state = {.database = applying->database,
                                      .table = table,
                                      .manifest = manifest,
                                      .heading =
                                          &applying->stage.headings[index_of(applying, table)]};

    return state_settle(&state, manifest->delta ? &applying->change : NULL, &applying->message);
}

static enum result change_table(struct applying *applying, const struct feed_table *table)
{
    enum result result = find_altered(applying, table);

    if (result == 0)
        result = apply_differences(applying, table);
    if (result == RESULT_INVALID)
        applying->message =
            mem_printf("%s：%s", table->file->name, database_message(applying->database));
    return result == 0 ? settle_table(applying, table) : result;
}

static enum result note_taken(struct applying *applying)
{
    const struct apply_order *order = applying->order;
    const struct manifest *manifest = order->manifest;
    const struct applied *done = &applying->done;
    char date[DATE_TEXT];
    char *touched = mem_printf("{%s}", str_text(&applying->touched));
    char numbers[6][NUMBER_TEXT];
    char base[NUMBER_TEXT];
    const char *const values[] = {manifest->area,
                                  numbers[0],
                                  manifest->sha256,
                                  manifest->previous,
                                  date_format(manifest->date, date),
                                  order->file,
                                  numbers[1],
                                  numbers[2],
                                  numbers[3],
                                  numbers[4],
                                  numbers[5],
                                  touched,
                                  manifest->delta ? "delta" : "full",
                                  manifest->delta ? base : NULL};

    snprintf(base, sizeof base, "%" PRIu64, manifest->base);
    const uint64_t counts[] = {manifest->number, order->bytes,  done->rows,
                               done->inserted,   done->updated, done->deleted};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        snprintf(numbers[i], sizeof numbers[i], "%" PRIu64, counts[i]);
    enum result result = database_change(
        applying->database,
        "INSERT INTO " FEED_SCHEMA ".taken (origin, number, manifest, previous, date, file, bytes, "
        "rows, inserted, updated, deleted, touched, kind, base) VALUES ($1, $2, $3, $4, $5, $6, "
        "$7, $8, $9, "
        "$10, $11, $12, $13, $14)",
        values, sizeof values / sizeof values[0], NULL);
    free(touched);
    return result;
}

static enum result take(struct applying *applying)
{
    const struct apply_order *order = applying->order;
    struct stage *stage = &applying->stage;

    *stage = (struct stage){
        .database = order->database, .tables = order->tables, .manifest = order->manifest};
    enum result result = stage_fill(stage, order->path);
    if (result != 0 && stage->message != NULL)
        applying->message = mem_copy(stage->message);
    applying->done.rows = stage->count;
    for (size_t i = 0; result == 0 && i < order->tables->count; i++)
        if (stage->seen[i]) /* an older sender's bundles lack the later files */
            result = change_table(applying, &order->tables->tables[i]);
    return result == 0 ? note_taken(applying) : result;
}

static enum result judge_and_take(struct applying *applying)
{
    const struct apply_order *order = applying->order;
    const char *const values[] = {order->manifest->area};
    struct follow_known known = {0};
    enum result result =
        database_ask(applying->database, DATABASE_LOCK_ORIGIN, values, 1, NULL, NULL);

    if (result == 0)
        result = read_known(applying, &known);
    if (result != 0)
        return result;
    switch (follow_judge(&known, order->manifest, order->after_gap, &applying->message)) {
    case FOLLOW_KNOWN:
        applying->done.known = true;
        return RESULT_OK;
    case FOLLOW_OLDER:
        return RESULT_EXISTS;
    case FOLLOW_REFUSE:
        return RESULT_INVALID;
    default:
        return take(applying);
    }
}

enum result apply_bundle(const struct apply_order *order, struct applied *ret_applied,
                         char **ret_message)
{
    struct applying applying = {.order = order, .database = order->database};
    enum result result = database_run(order->database, "BEGIN");

    if (result == 0)
        result = judge_and_take(&applying);
    if (result == 0)
        result = database_run(order->database, "COMMIT");
    if (result == 0) {
        *ret_applied = applying.done;
        ret_applied->altered = applying.altered.length > 0 ? str_take(&applying.altered) : NULL;
    } else {
        if (applying.message == NULL)
            applying.message = mem_copy(database_message(order->database));
        *ret_message = applying.message;
        applying.message = NULL;
        (void)database_run(order->database, "ROLLBACK");
    }
    stage_free(&applying.stage);
    str_free(&applying.touched);
    str_free(&applying.altered);
    free(applying.message);
    return result;
}
