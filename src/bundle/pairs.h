/**
 * Cells of pairs, "name=value" joined by '|' (bundle/extract_line.h), put into an order of their own.
 *
 * A receiver that keeps a cell as a set of names, as a database does, cannot tell how its pairs were
 * ordered. So that both sides can compute the same sum, it is made of cells whose pairs are sorted
 * by name as it is written, bytewise; of equal names the last one counts.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_BUNDLE_PAIRS_H
#define DOUDI_BUNDLE_PAIRS_H

#include "base/str.h"

#include <stdbool.h>

/** Appends the cell's pairs in order. A piece without "=" is a name without a value. */
void pairs_add_sorted(struct str *text, const char *cell);
/** True if the cell stands so already, which most do. */
bool pairs_are_sorted(const char *cell);
/** Appends a name or a value; what separates is escaped. */
void pairs_add_escaped(struct str *text, const char *value);
/** The same for a value before or behind an arrow, which is escaped too. */
void pairs_add_arrows_escaped(struct str *text, const char *value);

#define PAIRS_ARROW "→"

#endif
