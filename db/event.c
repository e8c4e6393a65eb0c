#include "db/table.h"

#include <string.h>

enum { EVENT_BY_DAY, EVENT_BY_RECORD };

enum { SESSION_SIZE = 16 };

static void make_key(struct key *key, const uint8_t session[SESSION_SIZE], uint64_t seq)
{
    key_add_bytes(key, session, SESSION_SIZE);
    key_add_u64(key, seq);
}

static void event_key(const void *record, struct key *key)
{
    const Rec__Event *event = record;
    if (event->session.len != SESSION_SIZE)
        key->overflow = true;
    else
        make_key(key, event->session.data, event->seq);
}

/* By day, then by session: a key that leads with the second would make everybody write to one
 * page. The first event of a session's
 * day stands for those that follow. */
static void event_day(const void *record, struct keys *to)
{
    const Rec__Event *event = record;
    if (event->same_day)
        return;
    struct key *key = keys_add(to);
    key_add_u32(key, (uint32_t)date_of_time(event->at));
    event_key(event, key);
}

static void event_record(const void *record, struct keys *to)
{
    const Rec__Event *event = record;
    if (*event->record == '\0')
        return;
    struct key *key = keys_add(to);
    key_add_text(key, event->record);
    key_add_u64(key, (uint64_t)event->at);
    event_key(event, key);
}

const struct table table_event = {
    .id = TABLE_EVENT,
    .name = "event",
    .type = &rec__event__descriptor,
    .key = event_key,
    .rewrite = true,
    .indexes =
        {
            [EVENT_BY_DAY] = {.name = "event_day", .keys = event_day, .immutable = true},
            [EVENT_BY_RECORD] = {.name = "event_record", .keys = event_record, .immutable = true},
        },
};

TABLE_EACH(event, Rec__Event)

enum result store_event_get(struct txn *txn, const uint8_t session[16], uint64_t seq,
                            Rec__Event **ret_event)
{
    struct key key = {0};
    make_key(&key, session, seq);
    return table_get(txn, &table_event, &key, ret_event);
}

enum result store_event_last(struct txn *txn, const uint8_t session[16], Rec__Event **ret_event)
{
    struct key key = {0};
    key_add_bytes(&key, session, SESSION_SIZE);
    return table_last(txn, &table_event, &key, ret_event);
}

enum result store_event_put(struct txn *txn, const Rec__Event *event)
{
    return table_add(txn, &table_event, event);
}

enum result store_event_scan(struct txn *txn, store_event_fn each, void *arg)
{
    struct range range = {0};
    return scan_result(
        scan_table(txn, &table_event, &range, event_each, &(struct event_each){each, arg}));
}

/* From entry to entry of the index by day. */
struct day_walk {
    struct txn *txn;
    store_event_fn each;
    void *arg;
    const char *officer; /* only the sessions of this one; NULL = all */
    bool open;           /* what follows `session`'s event `seq` on its day is still to come */
    uint8_t session[SESSION_SIZE];
    uint64_t seq;
};

static enum result walk_follower(const void *record, void *arg)
{
    const Rec__Event *event = record;
    struct day_walk *walk = arg;
    if (!event->same_day)
        return (enum result)STORE_STOP;
    enum result result = walk->each(event, walk->arg);
    if ((int)result != STORE_STOP)
        return result;
    walk->each = NULL; /* it has seen enough */
    return result;
}

/* Hands over what follows the last entry's event on its day. */
static enum result walk_rest(struct day_walk *walk)
{
    struct range range = {0};
    if (!walk->open)
        return RESULT_OK;
    walk->open = false;
    key_add_bytes(&range.to, walk->session, SESSION_SIZE);
    make_key(&range.from, walk->session, walk->seq + 1);
    enum result result =
        scan_result(scan_table(walk->txn, &table_event, &range, walk_follower, walk));
    return result == 0 && walk->each == NULL ? (enum result)STORE_STOP : result;
}

/* Events of format 1 have an entry each: behind such a one nothing is looked for. */
static bool is_next(const struct day_walk *walk, const Rec__Event *event)
{
    return event->seq == walk->seq + 1 &&
           memcmp(walk->session, event->session.data, SESSION_SIZE) == 0;
}

static enum result walk_entry(const void *record, void *arg)
{
    const Rec__Event *event = record;
    struct day_walk *walk = arg;
    enum result result = walk->open && is_next(walk, event) ? RESULT_OK : walk_rest(walk);
    bool wanted = walk->officer == NULL || strcmp(event->officer, walk->officer) == 0;
    if (result == 0 && wanted)
        result = walk->each(event, walk->arg);
    walk->open = result == 0 && wanted;
    memcpy(walk->session, event->session.data, SESSION_SIZE);
    walk->seq = event->seq;
    return result;
}

enum result store_event_since(struct txn *txn, day_t from, store_event_fn each, void *arg)
{
    struct day_walk walk = {.txn = txn, .each = each, .arg = arg};
    struct range range = {0};
    key_add_u32(&range.from, from < 0 ? 0 : (uint32_t)from);
    enum result result = scan_by_index(txn, &table_event, EVENT_BY_DAY, &range, walk_entry, &walk);
    return scan_result(result != 0 ? result : walk_rest(&walk));
}

enum result store_event_of_officer(struct txn *txn, day_t day, const char *officer,
                                   store_event_fn each, void *arg)
{
    struct day_walk walk = {.txn = txn, .each = each, .arg = arg, .officer = officer};
    struct range range = {0};
    key_add_u32(&range.from, day < 0 ? 0 : (uint32_t)day);
    range.to = range.from;
    enum result result = scan_by_index(txn, &table_event, EVENT_BY_DAY, &range, walk_entry, &walk);
    return scan_result(result != 0 ? result : walk_rest(&walk));
}

enum result store_event_of_kind(struct txn *txn, const char *beginning, store_event_fn each,
                                void *arg)
{
    struct key key = {0};
    key_add_bytes(&key, beginning, strlen(beginning));
    struct range range = table_range_prefix(&key);
    return scan_result(scan_by_index(txn, &table_event, EVENT_BY_RECORD, &range, event_each,
                                     &(struct event_each){each, arg}));
}

enum result store_event_of_record(struct txn *txn, const char *record, store_event_fn each,
                                  void *arg)
{
    struct key key = {0};
    key_add_text(&key, record);
    struct range range = table_range_prefix(&key);
    return scan_result(scan_by_index(txn, &table_event, EVENT_BY_RECORD, &range, event_each,
                                     &(struct event_each){each, arg}));
}
