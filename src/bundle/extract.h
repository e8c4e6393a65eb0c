/**
 * Rows for the nightly bundle: one table after the other, in key order, as text cells.
 *
 * The service is read-only, open on a restored copy. Each row of the table here is a file of the
 * bundle with its columns.
 */
#ifndef DOUDI_BUNDLE_EXTRACT_H
#define DOUDI_BUNDLE_EXTRACT_H

#include "service/service.h"

struct extract_file {
    const char *name; /**< "cases.csv" */
    const char *const *columns;
    size_t column_count;
    /** Calls `row` with `column_count` cells for every row. */
    enum result (*rows)(struct service *service, const struct extract_file *file,
                        enum result (*row)(const char *const *cells, void *arg), void *arg);
};

/** persons cases members visits duties compliance events; NULL after the last. */
const struct extract_file *extract_at(size_t index);

#endif
