/**
 * What an event will say, gathered while a use case runs.
 *
 * Private to src/service. Threads: one draft per thread.
 */
#ifndef DOUDI_SERVICE_FRAME_EVENT_H
#define DOUDI_SERVICE_FRAME_EVENT_H

#include "service/frame/usecase.h"
#include "service/memory/chain.h"

struct event_change {
    char *name, *old, *new;
};

struct event_draft {
    char *record, *area, *note;
    size_t count, capacity;
    struct event_change *changes;
};

void event_draft_clear(struct event_draft *draft);

/** Where and as which number an event is written. */
struct event_place {
    const uint8_t *session;
    uint64_t seq;
    const uint8_t *previous; /**< DIGEST_SIZE bytes, NULL for the session's first */
    uint64_t written;        /**< seq of the session's last numbered write, 0 = none */
    bool is_receipt;         /**< a numbered write */
    bool same_day;           /**< the session's event before it is of the same day */
};

/** Puts the event; on success writes its hash. */
enum result event_put(const struct usecase *usecase, const struct access_action *action,
                      const struct event_place *place, enum result outcome,
                      uint8_t ret_hash[DIGEST_SIZE]);

/** True if the event is the receipt of the very request that the caller sends. */
bool event_answers(const Rec__Event *event, const struct caller *caller,
                   const struct access_action *action);
/** Fills the reply from an event, which is the receipt of a request made before. */
void event_reply(const Rec__Event *event, struct reply *reply);

/** What the event says: the record ("case:12"), its area, old and new values, a note. */
void event_name_record(struct usecase *usecase, const char *area, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void event_add_change(struct usecase *usecase, const char *name, const char *old, const char *new);
void event_add_note(struct usecase *usecase, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
