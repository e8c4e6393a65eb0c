#include "form/pool.h"

#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *pool_keep(struct pool *pool, void *item)
{
    mem_grow((void **)&pool->items, pool->count, &pool->capacity, sizeof *pool->items);
    pool->items[pool->count++] = item;
    return item;
}

/* malloc takes a chunk of this size straight from the system: it does not fill the loader's holes,
 * and freeing it leaves none. */
static char *take(struct pool *pool, size_t size, size_t align)
{
    enum { CHUNK = 128 * 1024, LARGE = CHUNK / 8 };
    size_t skipped = -(uintptr_t)pool->next % align;
    if (size >= LARGE)
        return pool_keep(pool, mem_resize(NULL, size, 1));
    if (skipped + size > pool->left) {
        pool->next = pool_keep(pool, mem_resize(NULL, CHUNK, 1));
        pool->left = CHUNK;
        skipped = 0;
    }
    char *taken = pool->next + skipped;
    pool->next = taken + size;
    pool->left -= skipped + size;
    return taken;
}

void *pool_take(struct pool *pool, size_t size)
{
    return memset(take(pool, size, sizeof(void *)), 0, size);
}

char *pool_copy(struct pool *pool, const char *bytes, size_t size)
{
    return memcpy(take(pool, size, 1), bytes, size);
}

const char *pool_vtext(struct pool *pool, const char *format, va_list args)
{
    char *text = NULL;
    va_list again;
    va_copy(again, args);
    size_t size = (size_t)vsnprintf(NULL, 0, format, again) + 1;
    va_end(again);
    text = take(pool, size, 1);
    (void)vsnprintf(text, size, format, args);
    return text;
}

void pool_free(struct pool *pool)
{
    for (size_t i = 0; i < pool->count; i++)
        free(pool->items[i]);
    free(pool->items);
    *pool = (struct pool){0};
}
