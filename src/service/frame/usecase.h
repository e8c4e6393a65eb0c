/**
 * Inside the service: the frame every use case runs in.
 *
 * service_write() checks the right, looks whether this request was done before (its event is the
 * receipt) and otherwise runs `body` in a transaction, with an event at its end; refused attempts
 * leave an event too. The body may run several times: service_write() resets the reply, the
 * changes and the totals' deltas before each run, and applies the deltas to the totals in memory
 * only after the commit. A body does not call service_write() or service_read(), and keeps no lock.
 *
 * Private to src/service. Threads: one work per thread.
 */
#ifndef DOUDI_SERVICE_FRAME_USECASE_H
#define DOUDI_SERVICE_FRAME_USECASE_H

#include "db/tables.h"
#include "domain/rate.h"
#include "form/form.h"
#include "service/memory/closed.h"
#include "service/memory/facts.h"
#include "service/service.h"

struct totals;
struct stranger_list;

/** One use case in progress. */
struct work {
    struct service *service;
    const struct caller *caller;
    struct txn *txn;
    struct reply *reply;
    day_t today;
    int64_t now; /**< seconds since 1970 */
    struct event_draft
        *event; /**< what the event will say (service/frame/usecase.c); NULL: nothing */
    struct ledger_delta *delta; /**< changes of the totals, applied after the commit */
    bool early;                 /**< refused until the timer has closed a month */
    struct stranger_list *met;  /**< people of other areas (service/frame/stranger.h) */
    uint64_t made_person; /**< the last person whom this transaction has registered, 0 = none */
};

typedef enum result (*work_body)(struct work *work, void *arg);

enum result service_write(struct service *service, const struct caller *caller, enum action action,
                          const char *area, work_body body, void *arg, struct reply *reply);
/** The same without the waiting for the disk, for demonstration data and month opening. */
enum result service_write_bulk(struct service *service, const struct caller *caller,
                               enum action action, work_body body, void *arg, struct reply *reply);
/** Checks the right and runs `body` reading; actions that are `logged` leave an event. */
enum result service_read(struct service *service, const struct caller *caller, enum action action,
                         const char *area, work_body body, void *arg, struct reply *reply);

/** Checks the right at one more area inside a body (a record's own); says so when refused. */
enum result work_allow(struct work *work, enum action action, const char *area);
/** Maker and checker differ: says so and refuses when the caller is who did or asked for it. */
enum result work_other(struct work *work, const char *maker, const char *words);

/** What the event says: the record ("case:12"), its area, old and new values, a note. */
void work_record(struct work *work, const char *area, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void work_change(struct work *work, const char *name, const char *old, const char *new);
void work_note(struct work *work, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** How the month stands for the street of `area`. Ask before the transaction itself changes it. */
enum result work_month_state(struct work *work, month_t month, const char *area,
                             enum month_state *ret_state);
/** Whether it is closed there. */
enum result work_month_closed(struct work *work, month_t month, const char *area, bool *ret_closed);
/** The same for who changes the month: RESULT_AGAIN with words while the timer has yet to close it
 *  (service/ledger/month.c). What is entered after the closing day must not be in what it reports. */
enum result work_month_settled(struct work *work, month_t month, const char *area,
                               bool *ret_closed);
/** Notes that this transaction closes or reopens the month of a street. */
void work_month_mark(struct work *work, month_t month, const char *street, bool closed);
/** Closes the street-months whose closing day has come (service/ledger/month.c). */
enum result month_close_due(struct service *service);
/** The day at whose start a month that was never closed closes by itself. */
day_t month_first_closing(const struct service *service, month_t month);
/** The same for a street, reopened or not; 0 if it is closed. */
enum result month_closing_day(struct work *work, month_t month, const char *street, day_t *ret_day);

/** A write without an event or receipt of its own: maintenance in small steps, drafts. The right was
 *  checked before. */
enum result service_write_quiet(struct service *service, const struct caller *caller,
                                enum store_mode mode, work_body body, void *arg,
                                struct reply *reply);

#endif
