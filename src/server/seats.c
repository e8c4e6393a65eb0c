#include "server/seats.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct seat {
    char *officer;
    unsigned taken;
};

struct seats {
    unsigned most;
    pthread_mutex_t lock;
    size_t count, capacity;
    struct seat
        *items; /**< officers with a connection; some thousands at most, searched at logins */
};

struct seats *seats_new(unsigned most)
{
    struct seats *seats = mem_new(sizeof *seats);

    seats->most = most;
    pthread_mutex_init(&seats->lock, NULL);
    return seats;
}

void seats_free(struct seats **seats)
{
    if (*seats == NULL)
        return;
    for (size_t i = 0; i < (*seats)->count; i++)
        free((*seats)->items[i].officer);
    free((*seats)->items);
    pthread_mutex_destroy(&(*seats)->lock);
    free(*seats);
    *seats = NULL;
}

static struct seat *find_seat(struct seats *seats, const char *officer)
{
    for (size_t i = 0; i < seats->count; i++)
        if (strcmp(seats->items[i].officer, officer) == 0)
            return &seats->items[i];
    mem_grow((void **)&seats->items, seats->count, &seats->capacity, sizeof(struct seat));
    seats->items[seats->count] = (struct seat){.officer = mem_copy(officer)};
    return &seats->items[seats->count++];
}

static void drop_empty(struct seats *seats, struct seat *seat)
{
    if (seat->taken > 0)
        return;
    free(seat->officer);
    *seat = seats->items[--seats->count];
}

bool seats_take(struct seats *seats, const char *officer)
{
    pthread_mutex_lock(&seats->lock);
    struct seat *seat = find_seat(seats, officer);
    bool free_one = seat->taken < seats->most;
    seat->taken += free_one;
    drop_empty(seats, seat);
    pthread_mutex_unlock(&seats->lock);
    return free_one;
}

void seats_leave(struct seats *seats, const char *officer)
{
    pthread_mutex_lock(&seats->lock);
    struct seat *seat = find_seat(seats, officer);
    if (seat->taken > 0)
        seat->taken--;
    drop_empty(seats, seat);
    pthread_mutex_unlock(&seats->lock);
}
