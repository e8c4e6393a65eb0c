/**
 * Reads a bundle into the stages of the tables (feed/sql.h), and then, once more, the removed.csv of
 * a delta: the groups that it names are deleted at once, and counted by the files' columns.
 *
 * `struct stage stage = {.database = …, .tables = …, .manifest = …};` is empty. Threads: one thread
 * for each connection.
 */
#ifndef DOUDI_FEED_STAGE_H
#define DOUDI_FEED_STAGE_H

#include "bundle/manifest.h"
#include "feed/removed.h"

struct stage {
    struct database *database;
    const struct feed_tables *tables;
    const struct manifest *manifest;
    const struct feed_table *table; /**< that is being read; NULL = removed.csv */
    struct rows *rows_reader;
    bool seen[FEED_TABLES];
    struct feed_heading headings[FEED_TABLES]; /**< of the files that were read */
    uint64_t rows[FEED_TABLES];                /**< of the files that were read */
    uint64_t count;                            /**< of all of them */
    struct removed removed;
    char *message; /**< why it failed, NULL if the database says it */
};

/** All files of the bundle, in a transaction that has begun. */
enum result stage_fill(struct stage *stage, const char *path);
void stage_free(struct stage *stage);

#endif
