/**
 * Memory of the catalogue: thousands of small things that are made once and freed together.
 *
 * They lie side by side in chunks, which takes half of what an allocation each would and leaves no
 * holes behind when what they were made from is freed. A pool that is all zero is empty. Threads: as
 * for any other memory.
 */
#ifndef DOUDI_FORM_POOL_H
#define DOUDI_FORM_POOL_H

#include <stdarg.h>
#include <stddef.h>

struct pool {
    size_t count;
    size_t capacity;
    void **items; /**< chunks, and what stands alone */
    char *next;   /**< what is left of the chunk that small things come from */
    size_t left;
};

/** Takes over an allocation, and returns it. */
void *pool_keep(struct pool *pool, void *item);
/** `size` zeroed bytes for anything. */
void *pool_take(struct pool *pool, size_t size);
/** A copy of `size` bytes that may begin anywhere: for texts. */
char *pool_copy(struct pool *pool, const char *bytes, size_t size);
const char *pool_vtext(struct pool *pool, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
/** Frees all of it; the pool is empty then. */
void pool_free(struct pool *pool);

#endif
