#include "feed/sum.h"

#include "bundle/rowline.h"
#include "feed/cell.h"
#include "feed/sql.h"

struct summing {
    const struct feed_table *table;
    const struct stage_heading *heading;
    struct rowline_pairs pairs; /**< places of the heading */
    struct digest *digest;
    struct str text, line;
    uint64_t portion; /**< rows of the last FETCH */
    struct rowsum sum;
};

static enum result add_row(const char *const *shown, void *arg)
{
    struct summing *summing = arg;
    const struct stage_heading *heading = summing->heading;
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
    const struct stage_heading *heading = summing->heading;

    for (size_t i = 0; i < heading->count; i++)
        if (summing->table->columns[heading->columns[i]].words->type == DICTIONARY_PAIRS)
            summing->pairs.columns[summing->pairs.count++] = i;
}

static enum result read_rows(struct summing *summing, struct database *database, const char *origin)
{
    struct str sql = {0};

    sql_add_cursor(&sql, summing->table, summing->heading->columns, summing->heading->count,
                   origin);
    enum result result = database_run(database, str_text(&sql));
    do {
        summing->portion = 0;
        if (result == 0)
            result = database_ask(database, "FETCH 2000 FROM kept", NULL, 0, add_row, summing);
    } while (result == 0 && summing->portion > 0);
    str_free(&sql);
    return result == 0 ? database_run(database, "CLOSE kept") : result;
}

enum result sum_read(struct database *database, const struct feed_table *table,
                     const struct stage_heading *heading, const char *origin,
                     struct rowsum *ret_sum)
{
    struct summing summing = {.table = table, .heading = heading, .digest = digest_new()};

    find_pairs(&summing);
    enum result result = read_rows(&summing, database, origin);
    if (result == 0)
        *ret_sum = summing.sum;
    digest_free(&summing.digest);
    str_free(&summing.text);
    str_free(&summing.line);
    return result;
}
