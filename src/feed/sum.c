#include "feed/sum.h"

#include "bundle/rowline.h"
#include "feed/cell.h"
#include "feed/sql.h"

struct summing {
    const struct feed_table *table;
    const struct feed_heading *heading;
    struct rowline_pairs pairs; /**< places of the heading */
    struct digest *digest;
    struct str text, line;
    bool fetch;       /**< the statement is asked again until it has no more rows */
    uint64_t portion; /**< rows of the last answer */
    struct rowsum sum;
};

static enum result add_row(const char *const *shown, void *arg)
{
    struct summing *summing = arg;
    const struct feed_heading *heading = summing->heading;
    size_t offset[FEED_COLUMNS] = {0};
    const char *cells[FEED_COLUMNS] = {NULL};
    uint8_t hash[DIGEST_SIZE];

    str_clear(&summing->text);
    str_clear(&summing->line);
    for (size_t i = 0; i < heading->count; i++) {
        const struct feed_column *column = &summing->table->columns[heading->columns[i]];
        offset[i] = summing->text.length;
        cell_add_back(&summing->text, column->words->type, shown[i]);
        str_add_bytes(&summing->text, "", 1);
    }
    for (size_t i = 0; i < heading->count; i++)
        cells[i] = summing->text.text + offset[i];
    rowline_add_values(&summing->line, &summing->pairs, cells, heading->count);
    digest_add(summing->digest, str_text(&summing->line), summing->line.length);
    digest_next(summing->digest, hash);
    rowsum_add(&summing->sum, hash);
    summing->portion++;
    return RESULT_OK;
}

static void find_pairs(struct summing *summing)
{
    const struct feed_heading *heading = summing->heading;

    for (size_t i = 0; i < heading->count; i++)
        if (summing->table->columns[heading->columns[i]].words->type == DICTIONARY_PAIRS)
            summing->pairs.columns[summing->pairs.count++] = i;
}

static enum result ask(struct summing *summing, struct database *database, const char *sql,
                       const char *const *values, size_t count)
{
    enum result result = RESULT_OK;

    find_pairs(summing);
    summing->digest = digest_new();
    do {
        summing->portion = 0;
        result = database_ask(database, sql, values, count, add_row, summing);
    } while (result == 0 && summing->fetch && summing->portion > 0);
    digest_free(&summing->digest);
    str_free(&summing->text);
    str_free(&summing->line);
    return result;
}

enum result sum_ask(struct database *database, const char *sql, const char *const *values,
                    size_t count, const struct feed_table *table,
                    const struct feed_heading *heading, struct rowsum *sum)
{
    struct summing summing = {.table = table, .heading = heading, .sum = *sum};
    enum result result = ask(&summing, database, sql, values, count);

    if (result == 0)
        *sum = summing.sum;
    return result;
}

enum result sum_read(struct database *database, const struct feed_table *table,
                     const struct feed_heading *heading, const char *origin, bool staged,
                     struct rowsum *ret_sum)
{
    struct summing summing = {.table = table, .heading = heading, .fetch = true};
    struct str sql = {0};

    sql_add_cursor(&sql, table, heading, origin, staged);
    enum result result = database_run(database, str_text(&sql));
    if (result == 0)
        result = ask(&summing, database, "FETCH 2000 FROM kept", NULL, 0);
    if (result == 0)
        result = database_run(database, "CLOSE kept");
    if (result == 0)
        *ret_sum = summing.sum;
    str_free(&sql);
    return result;
}
