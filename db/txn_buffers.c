#include "db/txn_buffers.h"

#include <stdbool.h>
#include <stdlib.h>

enum { KEPT_BYTES = 256 * 1024 /* of each buffer at most: a bulk read (scan.c) */ };

static void buffers_free(struct txn_buffers *buffers)
{
    free(buffers->value.data);
    free(buffers->batch.data);
    free(buffers->packed);
    arena_free(&buffers->arena);
}

void txn_buffers_init(struct txn_buffer_pool *pool)
{
    pthread_mutex_init(&pool->lock, NULL);
    pool->count = 0;
}

void txn_buffers_free(struct txn_buffer_pool *pool)
{
    while (pool->count > 0)
        buffers_free(&pool->items[--pool->count]);
    pthread_mutex_destroy(&pool->lock);
}

void txn_buffers_take(struct txn_buffer_pool *pool, struct txn_buffers *ret_buffers)
{
    *ret_buffers = (struct txn_buffers){.value = {.flags = DB_DBT_REALLOC}};
    pthread_mutex_lock(&pool->lock);
    if (pool->count > 0)
        *ret_buffers = pool->items[--pool->count];
    pthread_mutex_unlock(&pool->lock);
}

void txn_buffers_return(struct txn_buffer_pool *pool, struct txn_buffers *buffers)
{
    bool kept = buffers->value.size <= KEPT_BYTES && buffers->batch.ulen <= KEPT_BYTES &&
                buffers->packed_size <= KEPT_BYTES && buffers->arena.size <= KEPT_BYTES;
    pthread_mutex_lock(&pool->lock);
    kept = kept && pool->count < TXN_BUFFERS_KEPT;
    if (kept)
        pool->items[pool->count++] = *buffers;
    pthread_mutex_unlock(&pool->lock);
    if (!kept)
        buffers_free(buffers);
    *buffers = (struct txn_buffers){0};
}
