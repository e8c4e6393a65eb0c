#include "db/txn_buffers.h"

#include <stdbool.h>
#include <stdlib.h>

enum { KEPT_BYTES = 256 * 1024 /* of each buffer at most: a bulk read (scan.c) */ };

static void room_free(struct room *room)
{
    free(room->value.data);
    free(room->batch.data);
    free(room->packed);
    arena_free(&room->arena);
}

void rooms_init(struct rooms *rooms)
{
    pthread_mutex_init(&rooms->lock, NULL);
    rooms->count = 0;
}

void rooms_free(struct rooms *rooms)
{
    while (rooms->count > 0)
        room_free(&rooms->items[--rooms->count]);
    pthread_mutex_destroy(&rooms->lock);
}

void room_take(struct rooms *rooms, struct room *ret_room)
{
    *ret_room = (struct room){.value = {.flags = DB_DBT_REALLOC}};
    pthread_mutex_lock(&rooms->lock);
    if (rooms->count > 0)
        *ret_room = rooms->items[--rooms->count];
    pthread_mutex_unlock(&rooms->lock);
}

void room_return(struct rooms *rooms, struct room *room)
{
    bool kept = room->value.size <= KEPT_BYTES && room->batch.ulen <= KEPT_BYTES &&
                room->packed_size <= KEPT_BYTES && room->arena.size <= KEPT_BYTES;
    pthread_mutex_lock(&rooms->lock);
    kept = kept && rooms->count < ROOMS;
    if (kept)
        rooms->items[rooms->count++] = *room;
    pthread_mutex_unlock(&rooms->lock);
    if (!kept)
        room_free(room);
    *room = (struct room){0};
}
