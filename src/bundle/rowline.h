/**
 * A row of the bundle's CSV files as one line, and the line that its values have.
 *
 * The two differ only where a cell of pairs is not in the order of bundle/pairs.h. Sums of the second
 * kind can be computed by whoever keeps values instead of lines.
 *
 * Private to src/bundle and src/feed. Threads: pure functions.
 */
#ifndef DOUDI_BUNDLE_ROWLINE_H
#define DOUDI_BUNDLE_ROWLINE_H

#include "base/str.h"
#include "bundle/extract.h"

#include <stdbool.h>

enum { ROWLINE_COLUMNS = 64 };

/** Which columns of a file are pairs. */
struct rowline_pairs {
    size_t count;
    size_t columns[ROWLINE_COLUMNS];
};

/** Appends the line with its line feed. Formulas, and texts that look as if they were marked as
 *  one, get an apostrophe: a receiver can then tell which apostrophe to remove. */
void rowline_add(struct str *lines, const char *const *cells, size_t count);

struct rowline_pairs rowline_find_pairs(const struct extract_file *file);
/** True if the row's values have the line that the row has. */
bool rowline_is_sorted(const struct rowline_pairs *pairs, const char *const *cells);
/** Appends the line of the row's values. */
void rowline_add_values(struct str *lines, const struct rowline_pairs *pairs,
                        const char *const *cells, size_t count);

#endif
