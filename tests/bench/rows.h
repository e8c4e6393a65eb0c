/**
 * The rows that the theme dump has written, for loading them into a peer.
 */
#ifndef DOUDI_TESTS_BENCH_ROWS_H
#define DOUDI_TESTS_BENCH_ROWS_H

#include "bench.h"

/** A table, its file SCRATCH/rows/NAME.tsv; the last has no name. */
struct rows_table {
    const char *name;
    size_t columns;
};
extern const struct rows_table rows_tables[];

char *rows_path(const struct bench *bench, const struct rows_table *table);
/** Calls `row` with the cells of every row, NULL for a null; they may be changed. */
enum result rows_each(const struct bench *bench, const struct rows_table *table,
                      enum result (*row)(char *const *cells, size_t count, void *arg), void *arg);
/** A file of the schemas' folder; new string, NULL (said) if it cannot be read. */
char *rows_read_text(const struct bench *bench, const char *name);

#endif
