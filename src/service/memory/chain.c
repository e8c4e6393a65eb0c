#include "service/memory/chain.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/words.h"

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
            digest_free(&entry->end.digest);
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
    entry->end.digest = digest_new();
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

// ---- hashes

/** Writes "LENGTH:", the beginning of a netstring, before `end`; returns where it begins. */
static char *begin_before(char *end, size_t length)
{
    *--end = ':';
    do
        *--end = (char)('0' + length % 10);
    while ((length /= 10) != 0);
    return end;
}

static void begin_netstring(struct str *text, size_t length)
{
    char digits[NUMBER_TEXT];
    char *end = digits + sizeof digits;
    char *begin = begin_before(end, length);

    str_add_bytes(text, begin, (size_t)(end - begin));
}

static void add_bytes(struct str *text, const char *bytes, size_t length)
{
    enum { SHORT = 100 };
    char whole[NUMBER_TEXT + SHORT + 1];
    char *value = whole + NUMBER_TEXT;

    if (length <= SHORT) { /* nearly all: one addition instead of three */
        char *begin = begin_before(value, length);
        memcpy(value, bytes, length);
        value[length] = ',';
        str_add_bytes(text, begin, (size_t)(value + length + 1 - begin));
        return;
    }
    begin_netstring(text, length);
    str_add_bytes(text, bytes, length);
    str_add_char(text, ',');
}

static void add_value(struct str *text, const char *value)
{
    add_bytes(text, value, strlen(value));
}

static void add_number(struct str *text, uint64_t number)
{
    char digits[NUMBER_TEXT];
    char *place = digits + sizeof digits;

    do
        *--place = (char)('0' + number % 10);
    while ((number /= 10) != 0);
    add_bytes(text, place, (size_t)(digits + sizeof digits - place));
}

/** Hexadecimal, as a bundle writes bytes. */
static void add_hex(struct str *text, ProtobufCBinaryData bytes)
{
    static const char hexadecimal[] = "0123456789abcdef";
    char pair[2 * DIGEST_SIZE];

    begin_netstring(text, 2 * bytes.len);
    for (size_t done = 0, count; done < bytes.len; done += count) {
        count = bytes.len - done < DIGEST_SIZE ? bytes.len - done : DIGEST_SIZE;
        for (size_t i = 0; i < count; i++) {
            pair[2 * i] = hexadecimal[bytes.data[done + i] >> 4];
            pair[2 * i + 1] = hexadecimal[bytes.data[done + i] & 15];
        }
        str_add_bytes(text, pair, 2 * count);
    }
    str_add_char(text, ',');
}

static void add_sum(struct str *text, const uint8_t sum[DIGEST_SIZE])
{
    add_hex(text, (ProtobufCBinaryData){DIGEST_SIZE, (uint8_t *)sum});
}

static void add_changes(struct str *text, const Rec__Event *event)
{
    add_hex(text, event->salt);
    for (size_t i = 0; i < event->n_changes; i++) {
        add_value(text, event->changes[i]->name);
        add_value(text, event->changes[i]->old);
        add_value(text, event->changes[i]->new_);
    }
}

static void add_answer(struct str *text, const Rec__Event *event)
{
    add_hex(text, event->salt);
    add_hex(text, event->request);
    add_value(text, event->reply_message);
    for (size_t i = 0; i < event->n_reply; i++) {
        add_value(text, event->reply[i]->name);
        add_value(text, event->reply[i]->value);
    }
}

static void add_event(struct str *text, const Rec__Event *event)
{
    char at[STAMP_TEXT];

    add_value(text, CHAIN_PURPOSE);
    add_hex(text, event->session);
    add_number(text, event->seq);
    add_value(text, date_format_stamp(event->at, at));
    add_value(text, event->officer);
    add_value(text, event->action);
    add_value(text, event->record);
    add_value(text, event->area);
    add_number(text, event->result);
    add_value(text, event->note);
    add_value(text, event->terminal);
    add_number(text, event->number);
    add_number(text, event->written);
    add_number(text, event->same_day);
    add_hex(text, event->previous);
}

/** The sum of the text, which is emptied. */
static void take_sum(struct digest *digest, struct str *text, uint8_t sum[DIGEST_SIZE])
{
    digest_add(digest, str_text(text), text->length);
    digest_next(digest, sum);
    str_clear(text);
}

static void hash_parts(struct digest *digest, const Rec__Event *event,
                       struct chain_hashes *ret_hashes)
{
    struct str text = {0};

    add_changes(&text, event);
    take_sum(digest, &text, ret_hashes->changes);
    add_answer(&text, event);
    take_sum(digest, &text, ret_hashes->answer);
    add_event(&text, event);
    add_sum(&text, ret_hashes->changes);
    add_sum(&text, ret_hashes->answer);
    take_sum(digest, &text, ret_hashes->event);
    str_free(&text);
}

void chain_hash_parts(const Rec__Event *event, struct chain_hashes *ret_hashes)
{
    struct digest *digest = digest_new();

    hash_parts(digest, event, ret_hashes);
    digest_free(&digest);
}

static void hash_packed(struct digest *digest, const Rec__Event *event, uint8_t hash[DIGEST_SIZE])
{
    Rec__Event bare = *event;

    bare.hash = (ProtobufCBinaryData){0};
    size_t size = rec__event__get_packed_size(&bare);
    uint8_t *bytes = mem_new(size + 1);
    rec__event__pack(&bare, bytes);
    digest_add(digest, bytes, size);
    digest_next(digest, hash);
    free(bytes);
}

void chain_hash_with(struct digest *digest, const Rec__Event *event, uint8_t hash[DIGEST_SIZE])
{
    struct chain_hashes hashes;

    if (event->salt.len == 0) {
        hash_packed(digest, event, hash);
        return;
    }
    hash_parts(digest, event, &hashes);
    memcpy(hash, hashes.event, DIGEST_SIZE);
}

void chain_hash(const Rec__Event *event, uint8_t hash[DIGEST_SIZE])
{
    struct digest *digest = digest_new();

    chain_hash_with(digest, event, hash);
    digest_free(&digest);
}

// ---- checking

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
