#include "db/arena.h"

#include "base/mem.h"

#include <stdlib.h>

enum { ALIGNMENT = 16, FIRST_SIZE = 4096 };

struct arena_piece {
    struct arena_piece *next;
    _Alignas(ALIGNMENT) char bytes[];
};

static void *arena_alloc(void *data, size_t size)
{
    struct arena *arena = data;
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (size <= arena->size - arena->used) {
        arena->used += size;
        return arena->block + arena->used - size;
    }
    struct arena_piece *piece = mem_new(sizeof *piece + size);
    piece->next = arena->pieces;
    arena->pieces = piece;
    arena->beyond += size;
    return piece->bytes;
}

static void arena_ignore(void *data, void *pointer)
{
    (void)data;
    (void)pointer;
}

void arena_init(struct arena *arena)
{
    *arena = (struct arena){.allocator = {.alloc = arena_alloc, .free = arena_ignore}};
    arena->allocator.allocator_data = arena;
}

static void pieces_free(struct arena *arena)
{
    while (arena->pieces != NULL) {
        struct arena_piece *piece = arena->pieces;
        arena->pieces = piece->next;
        free(piece);
    }
}

void arena_clear(struct arena *arena)
{
    pieces_free(arena);
    /* Grow so that the next record of this size fits. */
    if (arena->beyond > 0) {
        arena->size = (arena->size + arena->beyond) * 2;
        arena->size = arena->size < FIRST_SIZE ? FIRST_SIZE : arena->size;
        arena->block = mem_resize(arena->block, arena->size, 1);
        arena->beyond = 0;
    }
    arena->used = 0;
}

void arena_move(struct arena *to, struct arena *from)
{
    arena_clear(from);
    arena_free(to);
    to->block = from->block;
    to->size = from->size;
    arena_init(from);
}

void arena_free(struct arena *arena)
{
    pieces_free(arena);
    free(arena->block);
    arena_init(arena);
}
