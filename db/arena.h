/**
 * Memory for one record at a time: a scan unpacks each record into the same block.
 *
 * arena_clear() takes back everything allocated since the last one. For one thread.
 */
#ifndef DOUDI_DB_ARENA_H
#define DOUDI_DB_ARENA_H

#include <protobuf-c/protobuf-c.h>
#include <stddef.h>

struct arena {
    ProtobufCAllocator allocator; /**< to unpack with; its free does nothing */
    char *block;
    size_t size;
    size_t used;
    struct arena_piece *pieces; /**< what the block had no space for */
    size_t beyond;              /**< bytes of the pieces */
};

void arena_init(struct arena *arena);
void arena_clear(struct arena *arena);
/** Gives the block to `to`, empty; the contents of both are lost. `to` is an arena, or all zero. */
void arena_move(struct arena *to, struct arena *from);
void arena_free(struct arena *arena);

#endif
