/**
 * Memory of the catalogue: thousands of small pieces, allocated one by one and freed together.
 *
 * Pieces lie side by side in chunks: this takes half the memory of single allocations, and leaves
 * no holes when the scaffold is freed. A zeroed pool is empty. Threads: one at a time.
 */
#ifndef DOUDI_FORM_POOL_H
#define DOUDI_FORM_POOL_H

#include <stdarg.h>
#include <stddef.h>

struct pool {
    size_t count;
    size_t capacity;
    void **items; /**< chunks and large pieces */
    char *next;   /**< free space in the current chunk */
    size_t left;
};

/** Takes ownership of an allocation and returns it. */
void *pool_keep(struct pool *pool, void *item);
/** `size` zeroed bytes, aligned for any type. */
void *pool_take(struct pool *pool, size_t size);
/** A copy of `size` bytes, not aligned: for texts. */
char *pool_copy(struct pool *pool, const char *bytes, size_t size);
const char *pool_vtext(struct pool *pool, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
/** Frees all pieces; the pool is then empty. */
void pool_free(struct pool *pool);

#endif
