#include "service/memory/revoked.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct renewal {
    char *officer;
    uint64_t moment;
};

struct revoked {
    pthread_rwlock_t lock;
    size_t count, capacity;
    char **officers;
    uint64_t moment; /**< rises with every renewal */
    size_t renewal_count, renewal_capacity;
    struct renewal *renewals; /**< the last renewal of each officer */
};

struct revoked *revoked_new(void)
{
    struct revoked *revoked = mem_new(sizeof *revoked);

    pthread_rwlock_init(&revoked->lock, NULL);
    return revoked;
}

void revoked_free(struct revoked **revoked)
{
    if (*revoked == NULL)
        return;
    for (size_t i = 0; i < (*revoked)->count; i++)
        free((*revoked)->officers[i]);
    free((*revoked)->officers);
    for (size_t i = 0; i < (*revoked)->renewal_count; i++)
        free((*revoked)->renewals[i].officer);
    free((*revoked)->renewals);
    pthread_rwlock_destroy(&(*revoked)->lock);
    free(*revoked);
    *revoked = NULL;
}

/** Index of the officer, or the count. */
static size_t find(const struct revoked *revoked, const char *officer)
{
    size_t i = 0;

    while (i < revoked->count && strcmp(revoked->officers[i], officer) != 0)
        i++;
    return i;
}

bool revoked_has(struct revoked *revoked, const char *officer)
{
    pthread_rwlock_rdlock(&revoked->lock);
    bool found = find(revoked, officer) < revoked->count;
    pthread_rwlock_unlock(&revoked->lock);
    return found;
}

void revoked_set(struct revoked *revoked, const char *officer, bool value)
{
    pthread_rwlock_wrlock(&revoked->lock);
    size_t at = find(revoked, officer);
    if (value && at == revoked->count) {
        mem_grow((void **)&revoked->officers, revoked->count, &revoked->capacity, sizeof(char *));
        revoked->officers[revoked->count++] = mem_copy(officer);
    } else if (!value && at < revoked->count) {
        free(revoked->officers[at]);
        revoked->officers[at] = revoked->officers[--revoked->count];
    }
    pthread_rwlock_unlock(&revoked->lock);
}

uint64_t revoked_now(struct revoked *revoked)
{
    pthread_rwlock_rdlock(&revoked->lock);
    uint64_t moment = revoked->moment;
    pthread_rwlock_unlock(&revoked->lock);
    return moment;
}

/** The officer's renewal, NULL if there was none. */
static struct renewal *find_renewal(const struct revoked *revoked, const char *officer)
{
    for (size_t i = 0; i < revoked->renewal_count; i++)
        if (strcmp(revoked->renewals[i].officer, officer) == 0)
            return &revoked->renewals[i];
    return NULL;
}

void revoked_renew(struct revoked *revoked, const char *officer)
{
    pthread_rwlock_wrlock(&revoked->lock);
    struct renewal *renewal = find_renewal(revoked, officer);
    if (renewal == NULL) {
        mem_grow((void **)&revoked->renewals, revoked->renewal_count, &revoked->renewal_capacity,
                 sizeof *revoked->renewals);
        renewal = &revoked->renewals[revoked->renewal_count++];
        renewal->officer = mem_copy(officer);
    }
    renewal->moment = ++revoked->moment;
    pthread_rwlock_unlock(&revoked->lock);
}

bool revoked_is_old(struct revoked *revoked, const char *officer, uint64_t moment)
{
    pthread_rwlock_rdlock(&revoked->lock);
    const struct renewal *renewal = find_renewal(revoked, officer);
    bool old = renewal != NULL && renewal->moment > moment;
    pthread_rwlock_unlock(&revoked->lock);
    return old;
}
