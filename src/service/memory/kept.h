/**
 * Records of one size that are kept in order behind a lock, to be found by how they begin: what answers
 * of the server were counted from, and the answers. Whether one still holds, its user knows.
 *
 * Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_MEMORY_KEPT_H
#define DOUDI_SERVICE_MEMORY_KEPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct kept;

/** Compares how two records begin. */
typedef int kept_compare_fn(const void *a, const void *b);

/** For records of `size` bytes; all are forgotten when there would be more than `most`. */
struct kept *kept_new(size_t size, size_t most, kept_compare_fn *compare);
void kept_free(struct kept **kept);

/** Copies the record that begins like `of`; false if there is none. */
bool kept_get(struct kept *kept, const void *of, void *ret_record);
/** Keeps a copy, instead of one that begins alike. */
void kept_put(struct kept *kept, const void *record);

/** Notes that something was counted anew; how often since the start, for tests. */
void kept_count(struct kept *kept);
uint64_t kept_counted(struct kept *kept);

#endif
