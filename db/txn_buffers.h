/**
 * Buffers that transactions read and write in, handed from one transaction to the next.
 *
 * Allocating them for each transaction cost a fifth of a visit's processor time with 64 clients.
 * Threads: any number may share a pool; the buffers belong to one thread at a time.
 */
#ifndef DOUDI_DB_TXN_BUFFERS_H
#define DOUDI_DB_TXN_BUFFERS_H

#include "db/arena.h"

#include <db.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

struct txn_buffers {
    DBT value;       /**< the last record read; Berkeley DB resizes it */
    DBT batch;       /**< a scan's batch, while no scan uses it */
    uint8_t *packed; /**< the last record written */
    size_t packed_size;
    struct arena arena; /**< a scan's records, while no scan uses it */
};

enum { TXN_BUFFERS_KEPT = 64 };

/** Buffers kept for later transactions. */
struct txn_buffer_pool {
    pthread_mutex_t lock;
    size_t count;
    struct txn_buffers items[TXN_BUFFERS_KEPT];
};

void txn_buffers_init(struct txn_buffer_pool *pool);
void txn_buffers_free(struct txn_buffer_pool *pool);

/** Kept buffers, or empty ones. */
void txn_buffers_take(struct txn_buffer_pool *pool, struct txn_buffers *ret_buffers);
/** Keeps the buffers for a later transaction; frees too large or too many buffers. */
void txn_buffers_return(struct txn_buffer_pool *pool, struct txn_buffers *buffers);

#endif
