/**
 * The content of an event, gathered while a use case runs.
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

/** The session and number under which an event is written. */
struct event_place {
    const uint8_t *session;
    struct digest *digest; /**< the session's (service/memory/chain.h) */
    uint64_t seq;
    const uint8_t *previous; /**< DIGEST_SIZE bytes, NULL for the session's first event */
    uint64_t written;        /**< seq of the session's last write with a number, 0 = none */
    bool is_receipt;         /**< the event of a write with a number */
    bool same_day;           /**< the session's event before it is of the same day */
    bool salted;             /**< its hash can be computed from a bundle (service/memory/chain.h) */
};

/** Stores the event; on success sets its hash. */
enum result event_put(const struct usecase *usecase, const struct access_action *action,
                      const struct event_place *place, enum result outcome,
                      uint8_t ret_hash[DIGEST_SIZE]);

/** The microseconds of the second in which it happened; 0 if an older version wrote it. */
uint32_t event_micros(const Rec__Event *event);

/** True if the event is the receipt of exactly this request of the caller. */
bool event_answers(struct digest *digest, const Rec__Event *event, const struct caller *caller,
                   const struct access_action *action);
/** Fills the reply from the receipt of an earlier request. */
void event_reply(const Rec__Event *event, struct reply *reply);

/** These add to the event: its record ("case:12") and area, old and new values, a note. */
void event_name_record(struct usecase *usecase, const char *area, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void event_add_change(struct usecase *usecase, const char *name, const char *old, const char *new);
void event_add_note(struct usecase *usecase, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
