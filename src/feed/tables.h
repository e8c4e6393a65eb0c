/**
 * The tables of the database: one for each CSV file of the bundle.
 *
 * Columns, their order, types and words come from bundle/extract.h and bundle/dictionary.h. Here
 * stand only the key of each table, which columns must lie in the sender's area, and the further
 * indexes. Each table begins with `origin`, the area of the home that sent the row. The keys of
 * "numbered" tables may repeat in a file; their last column `nth` counts the rows of equal keys
 * from 1.
 *
 * Threads: constant after tables_set_distributed().
 */
#ifndef DOUDI_FEED_TABLES_H
#define DOUDI_FEED_TABLES_H

#include "bundle/dictionary.h"
#include "bundle/extract.h"

#include <stdbool.h>

/** The schema of all tables and views. */
#define FEED_SCHEMA "doudi"

enum { FEED_COLUMNS = 64, FEED_TABLES = 64, FEED_TABLE_NAME = 64, FEED_STAGE_NAME = 80 };

struct feed_column {
    const struct dictionary_column *words;
    bool key;
    /** NOT NULL: the dictionary says that it is never empty, or it is of the key; but older versions
     *  do not write all columns. */
    bool required;
    bool inside; /**< an area that must lie in the sender's */
};

struct feed_table {
    const struct extract_file *file;
    char name[FEED_TABLE_NAME];  /**< "cases" */
    char stage[FEED_STAGE_NAME]; /**< with its schema */
    size_t column_count;
    struct feed_column columns[FEED_COLUMNS]; /**< in the order of the file */
    bool numbered;
    /** Rows with equal first columns, so many, are a group: they stand together in the file, and a
     *  delta has all of them or none (bundle/delta.h). */
    size_t group_count;
    const char *index; /**< columns of a further index, NULL = none */
};

struct feed_tables {
    /** Stages are tables of the schema, distributed as the tables are, since Citus joins only such
     *  ones; otherwise they are temporary. */
    bool distributed;
    size_t count;
    struct feed_table tables[FEED_TABLES];
};

/** The columns of a file, as numbers of the table's. */
struct feed_heading {
    size_t count;
    size_t columns[FEED_COLUMNS];
};

/** RESULT_CORRUPT if a column has no words or a file no key: a fault of the program. The result is
 *  the caller's; free(). */
enum result tables_new(struct feed_tables **ret_tables);
/** Names the stages. */
void tables_set_distributed(struct feed_tables *tables, bool distributed);
/** The table of a file, NULL if there is none. */
const struct feed_table *tables_find(const struct feed_tables *tables, const char *file);
/** The SQL type of a column. */
const char *tables_sql_type(enum dictionary_type type);
/** The group's key as removed.csv has it, for values in the order of the columns: splits `text` in
 *  place. False if it does not have so many. */
bool tables_split_key(const struct feed_table *table, char *text, char **ret_cells);
/** True for types whose values are text: in a required column an empty cell is an empty text. */
bool tables_is_text(enum dictionary_type type);

#endif
