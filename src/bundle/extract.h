/**
 * Rows for the nightly bundle: one table after the other, in key order, as text cells.
 *
 * The service is read-only, open on a restored copy. Each row of the table here is a file of the
 * bundle with its columns; bundle/dictionary.h says what each column means.
 */
#ifndef DOUDI_BUNDLE_EXTRACT_H
#define DOUDI_BUNDLE_EXTRACT_H

#include "service/service.h"

struct extract;
struct txn;

typedef enum result (*extract_row_fn)(const char *const *cells, void *arg);

struct extract_file {
    const char *name;    /**< "cases.csv" */
    const char *table;   /**< the store's table that has one record for each row, NULL = none */
    const char *also;    /**< a second table whose records are rows of it, NULL = none */
    const char *zh, *en; /**< what it holds */
    const char *const *columns;
    size_t column_count;
    /** So many columns at the beginning are the key: rows of one key follow one another, and a delta
     *  (bundle/delta.h) has all of them or none. 0 = the whole file is sent anew if it changed. */
    size_t key_columns;
    bool later; /**< bundles of older programs lack it: they are taken without it */
    /** Calls `row` with `column_count` cells for every row. */
    enum result (*rows)(struct service *service, const struct extract_file *file,
                        extract_row_fn row, void *arg);
    /** Sends the rows through extract->line (bundle/extract_line.h), NULL = `rows` does it. */
    enum result (*scan)(struct txn *txn, struct extract *extract);
};

/** persons cases members visits duties compliance events …, the dictionary and the codes last; NULL
 *  after the last. */
const struct extract_file *extract_at(size_t index);

/** A table of the store and where its records are. */
struct extract_table {
    const char *name;
    uint64_t records;
    uint64_t rows;       /**< of the file: those of a second table, too */
    const char *file;    /**< NULL = left out … */
    const char *zh, *en; /**< … and why */
};

/** The tables of the store, one after the other; RESULT_NOTFOUND after the last. */
enum result extract_table_at(struct service *service, size_t index,
                             struct extract_table *ret_table);

#endif
