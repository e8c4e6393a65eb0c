/**
 * Event chains: each session's events are linked by hashes.
 *
 * An event holds the hash of the event before it in its session and its own hash (chain_hash()).
 * The end of each chain is kept in memory, so that a write does
 * not read it back; a write holds its session's chain from before its transaction until after the
 * commit, so events of one session come one after the other (there is no global chain, which would
 * be a hot row).
 *
 * A chain reveals a changed, removed or reordered event. It cannot reveal that a session's last
 * events were removed; only an earlier bundle or backup can. Threads: any.
 */
#ifndef DOUDI_SERVICE_MEMORY_CHAIN_H
#define DOUDI_SERVICE_MEMORY_CHAIN_H

#include "base/date.h"
#include "base/digest.h"
#include "db/tables.h"

#include <stdbool.h>

struct chains;

/** The end of a session's chain; borrowed while the chain is held. */
struct chain {
    uint8_t session[16];
    bool known; /**< the other fields agree with the store */
    bool empty;
    uint64_t seq;
    day_t day; /**< of the last event */
    uint8_t hash[DIGEST_SIZE];
    uint64_t written;      /**< seq of the last write with a number, 0 = none */
    uint64_t number;       /**< … and its number */
    struct digest *digest; /**< for the hashes of its events: beginning one costs more than a sum */
};

struct chains *chains_new(void);
void chains_free(struct chains **chains);

/** Waits for the session's chain and holds it. */
struct chain *chain_hold(struct chains *chains, const uint8_t session[16]);
void chain_release(struct chains *chains, struct chain **chain);
/** Reads the end of the chain from the store unless it is known. */
enum result chain_load(struct chain *chain, struct txn *txn);
/** The number of an event's request, 0 = none. */
uint64_t chain_number(const Rec__Event *event);

/**
 * The hash of an event, from texts that a bundle has too, so that its receiver can compute it.
 *
 * Of an event with a salt: SHA-256 over the netstrings ("3:abc,") of CHAIN_PURPOSE, session, seq,
 * time, officer, action, record, area, result, note, terminal, number, written, same_day, previous,
 * the hash of its changes and the hash of its answer. The changes and the answer have hashes of
 * their own, because a bundle masks sensitive values and leaves the answer out; the salt keeps
 * others from guessing what was hashed. bundle/readme.c describes it for the receiver. An event
 * without a salt is from an older version: SHA-256 over the packed record with `hash` empty.
 */
void chain_hash(const Rec__Event *event, uint8_t hash[DIGEST_SIZE]);
/** The same with a digest that has no sum under way, before and after. */
void chain_hash_with(struct digest *digest, const Rec__Event *event, uint8_t hash[DIGEST_SIZE]);
#define CHAIN_PURPOSE "doudi event 2"

/** The hashes of a salted event and its parts. */
struct chain_hashes {
    uint8_t changes[DIGEST_SIZE]; /**< netstrings of the salt, and of each name, old, new value */
    uint8_t answer[DIGEST_SIZE]; /**< … of the salt, the request's hash, the message, each name and
                                       value of the reply */
    uint8_t event[DIGEST_SIZE];
};
void chain_hash_parts(const Rec__Event *event, struct chain_hashes *ret_hashes);

/** Follows chains through a scan of events in order of session and seq. */
struct chain_check {
    struct chain end;
    uint64_t events;
};
/** NULL if the event follows the event checked before, else the fault in Chinese. */
const char *chain_check(struct chain_check *check, const Rec__Event *event);

#endif
