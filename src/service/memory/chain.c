#include "service/memory/chain.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 1024, KEEP = 4096 };

/** A chain in the table. `end` must be first: callers hold a pointer to it, which is cast back. */
struct entry {
    struct chain end;
    pthread_mutex_t lock;
    unsigned users; /**< threads that hold it or wait for it */
    struct entry *next;
};

struct chains {
    pthread_mutex_t lock; /**< guards the table; never held while waiting for a chain */
    size_t count;
    struct entry *buckets[BUCKETS];
};

struct chains *chains_new(void)
{
    struct chains *chains = mem_new(sizeof *chains);

    pthread_mutex_init(&chains->lock, NULL);
    return chains;
}

/** Frees the entries that nobody uses: the store has the ends of their chains. */
static void drop_unused(struct chains *chains)
{
    for (size_t i = 0; i < BUCKETS; i++) {
        for (struct entry **link = &chains->buckets[i]; *link != NULL;) {
            struct entry *entry = *link;
            if (entry->users > 0) {
                link = &entry->next;
                continue;
            }
            *link = entry->next;
            pthread_mutex_destroy(&entry->lock);
            free(entry);
            chains->count--;
        }
    }
}

void chains_free(struct chains **chains)
{
    if (*chains == NULL)
        return;
    drop_unused(*chains);
    pthread_mutex_destroy(&(*chains)->lock);
    free(*chains);
    *chains = NULL;
}

/** A session's name is a hash, so some of its bytes choose the bucket evenly. */
static size_t bucket(const uint8_t session[16])
{
    return ((size_t)session[0] << 8 | session[1]) % BUCKETS;
}

static struct entry *find_or_add(struct chains *chains, const uint8_t session[16])
{
    struct entry **head = &chains->buckets[bucket(session)];

    for (struct entry *entry = *head; entry != NULL; entry = entry->next)
        if (memcmp(entry->end.session, session, sizeof entry->end.session) == 0)
            return entry;
    if (chains->count >= KEEP)
        drop_unused(chains);
    struct entry *entry = mem_new(sizeof *entry);
    memcpy(entry->end.session, session, sizeof entry->end.session);
    pthread_mutex_init(&entry->lock, NULL);
    entry->next = *head;
    *head = entry;
    chains->count++;
    return entry;
}

struct chain *chain_hold(struct chains *chains, const uint8_t session[16])
{
    pthread_mutex_lock(&chains->lock);
    struct entry *entry = find_or_add(chains, session);
    entry->users++;
    pthread_mutex_unlock(&chains->lock);
    pthread_mutex_lock(&entry->lock);
    return &entry->end;
}

void chain_release(struct chains *chains, struct chain **chain)
{
    struct entry *entry = (struct entry *)*chain;

    pthread_mutex_unlock(&entry->lock);
    pthread_mutex_lock(&chains->lock);
    entry->users--;
    pthread_mutex_unlock(&chains->lock);
    *chain = NULL;
}

static void set_end(struct chain *chain, const Rec__Event *last)
{
    chain->seq = last->seq;
    chain->empty = false;
    chain->day = date_of_time(last->at);
    memset(chain->hash, 0, sizeof chain->hash);
    if (last->hash.len == sizeof chain->hash)
        memcpy(chain->hash, last->hash.data, sizeof chain->hash);
}

uint64_t chain_number(const Rec__Event *event)
{
    return event->number != 0 ? event->number : event->seq;
}

/** True for the event of a write. Old events, from before requests had hashes, all count as
 *  writes. */
static bool is_write(const Rec__Event *event)
{
    return event->request.len > 0 || (event->number == 0 && event->seq > 0);
}

/** Finds the chain's last numbered write; `last` is its last event. */
static enum result load_written(struct chain *chain, struct txn *txn, const Rec__Event *last)
{
    Rec__Event *event;

    chain->written = is_write(last) ? last->seq : last->written;
    chain->number = is_write(last) ? chain_number(last) : 0;
    if (chain->number != 0 || chain->written == 0)
        return RESULT_OK;
    enum result result = store_event_get(txn, chain->session, chain->written, &event);
    if (result == RESULT_NOTFOUND) /* somebody removed the event; `verify` reports it */
        return RESULT_CORRUPT;
    if (result != 0)
        return result;
    chain->number = chain_number(event);
    rec__event__free_unpacked(event, NULL);
    return RESULT_OK;
}

enum result chain_load(struct chain *chain, struct txn *txn)
{
    Rec__Event *last;

    if (chain->known)
        return RESULT_OK;
    chain->written = chain->number = 0;
    enum result result = store_event_last(txn, chain->session, &last);
    if (result == RESULT_NOTFOUND) {
        chain->empty = true;
        result = RESULT_OK;
    } else if (result == 0) {
        set_end(chain, last);
        result = load_written(chain, txn, last);
        rec__event__free_unpacked(last, NULL);
    }
    chain->known = result == 0;
    return result;
}

void chain_hash(const Rec__Event *event, uint8_t hash[DIGEST_SIZE])
{
    Rec__Event bare = *event;

    bare.hash = (ProtobufCBinaryData){0};
    size_t size = rec__event__get_packed_size(&bare);
    uint8_t *bytes = mem_new(size + 1);
    rec__event__pack(&bare, bytes);
    digest_bytes(bytes, size, hash);
    free(bytes);
}

const char *chain_check(struct chain_check *check, const Rec__Event *event)
{
    uint8_t hash[DIGEST_SIZE];
    struct chain *end = &check->end;
    bool same = check->events > 0 && event->session.len == sizeof end->session &&
                memcmp(event->session.data, end->session, sizeof end->session) == 0;
    bool intact, linked, listed;

    chain_hash(event, hash);
    intact = event->hash.len == sizeof hash && memcmp(event->hash.data, hash, sizeof hash) == 0;
    linked = same ? event->previous.len == sizeof end->hash &&
                        memcmp(event->previous.data, end->hash, sizeof end->hash) == 0
                  : event->previous.len == 0;
    listed = !event->same_day || (same && date_of_time(event->at) == end->day);
    if (event->session.len == sizeof end->session)
        memcpy(end->session, event->session.data, sizeof end->session);
    set_end(end, event);
    check->events++;
    if (!intact)
        return "内容被改动";
    if (!linked)
        return "与前一条不相连（有记录被删除或调换）";
    return listed ? NULL : "按日期查不到（前一条不是同一天的）";
}
