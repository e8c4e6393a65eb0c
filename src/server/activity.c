#include "server/activity.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/** A session has a place in one of 1024 rows of eight: several times as many places as clients. */
enum { ROWS = 1024, PLACES = 8, NAME = 16 };

struct entry {
    uint8_t session[NAME];
    int64_t moment; /**< 0 = free */
};

struct activity {
    pthread_mutex_t lock;
    struct entry rows[ROWS][PLACES];
};

struct activity *activity_new(void)
{
    struct activity *activity = mem_new(sizeof *activity);

    pthread_mutex_init(&activity->lock, NULL);
    return activity;
}

void activity_free(struct activity **activity)
{
    if (*activity == NULL)
        return;
    pthread_mutex_destroy(&(*activity)->lock);
    free(*activity);
    *activity = NULL;
}

/** A session's name is a hash, so any of its bytes choose the row evenly. */
static struct entry *row_of(struct activity *activity, const uint8_t session[16])
{
    return activity->rows[(session[0] << 8 | session[1]) % ROWS];
}

static struct entry *find(struct entry *row, const uint8_t session[16])
{
    for (int i = 0; i < PLACES; i++)
        if (row[i].moment != 0 && memcmp(row[i].session, session, NAME) == 0)
            return &row[i];
    return NULL;
}

static struct entry *oldest(struct entry *row)
{
    struct entry *found = row;

    for (int i = 1; i < PLACES; i++)
        if (row[i].moment < found->moment)
            found = &row[i];
    return found;
}

void activity_note(struct activity *activity, const uint8_t session[16], int64_t moment)
{
    struct entry *row = row_of(activity, session);

    pthread_mutex_lock(&activity->lock);
    struct entry *entry = find(row, session);
    if (entry == NULL)
        entry = oldest(row);
    memcpy(entry->session, session, NAME);
    entry->moment = moment;
    pthread_mutex_unlock(&activity->lock);
}

bool activity_last(struct activity *activity, const uint8_t session[16], int64_t *ret_moment)
{
    pthread_mutex_lock(&activity->lock);
    const struct entry *entry = find(row_of(activity, session), session);
    if (entry != NULL)
        *ret_moment = entry->moment;
    pthread_mutex_unlock(&activity->lock);
    return entry != NULL;
}
