/**
 * A delta: a bundle with the rows that are new or changed since the bundle before.
 *
 * Its manifest has kind "delta" and base, the number of the bundle on which it builds. Rows go by key
 * (struct extract_file): of a key with a new, changed or lost row all rows are in the file, and take
 * the place of those that the receiver has. Keys without any row are in removed.csv (file, key). For
 * each file the manifest says how many rows the receiver then has, and their sum (bundle/rowsum.h).
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_BUNDLE_DELTA_H
#define DOUDI_BUNDLE_DELTA_H

#include "base/str.h"
#include "bundle/extract.h"
#include "bundle/rowstate.h"

#define DELTA_REMOVED "removed.csv"

/** Appends a key as removed.csv has it: the first `count` cells with | between, in which \ | and line
 *  breaks are written \\ \| \n. */
void delta_add_key(struct str *key, const char *const *cells, size_t count);
/** Appends the names of all columns, a comma between. */
void delta_add_columns(struct str *text, const struct extract_file *file);

/** The bundle to come. */
struct delta_ask {
    const char *directory; /**< where it goes */
    const char *previous;  /**< hash of the manifest before it, "" = none */
    uint64_t number;
    day_t date;
};

/**
 * True if a delta will do: the state is that of the bundle before, whose files and columns were the
 * same, and which lies in the same folder, so that a folder is never without what its deltas build
 * on; and the last full bundle is younger than a week.
 */
bool delta_will_do(const struct rowstate *state, const struct delta_ask *ask);

#endif
