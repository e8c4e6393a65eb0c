/**
 * A sum of rows that does not depend on their order, so that whoever applies deltas can compare what
 * he has with what the sender has: the SHA-256 of each row's line (as it stands in the CSV, with its
 * line feed) taken as big-endian numbers and added, modulo 2 to the 256.
 *
 * `struct rowsum sum = {0};` is the sum of no rows. Threads: pure functions.
 */
#ifndef DOUDI_BUNDLE_ROWSUM_H
#define DOUDI_BUNDLE_ROWSUM_H

#include "base/digest.h"

#include <stdbool.h>

struct rowsum {
    uint64_t rows;
    uint8_t total[DIGEST_SIZE];
};

void rowsum_add(struct rowsum *sum, const uint8_t hash[DIGEST_SIZE]);
/** Adds the rows of another sum, or takes them away again. */
void rowsum_join(struct rowsum *sum, const struct rowsum *other);
void rowsum_part(struct rowsum *sum, const struct rowsum *other);
/** Lower-case hexadecimal; returns `text`. */
const char *rowsum_format(const struct rowsum *sum, char text[DIGEST_TEXT]);
/** The way back, without the number of rows. False for another text. */
bool rowsum_parse(const char *text, struct rowsum *ret_sum);

#endif
