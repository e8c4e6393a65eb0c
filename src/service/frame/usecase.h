/**
 * Inside the service: the frame every use case runs in.
 *
 * usecase_write() checks the right, looks whether this request was done before (its event is the
 * receipt) and otherwise runs `body` in a transaction, with an event at its end; refused attempts
 * leave an event too. The body may run several times: usecase_write() resets the reply, the
 * changes and the totals' deltas before each run, and applies the deltas to the totals in memory
 * only after the commit. A body does not call usecase_write() or usecase_read(), and keeps no lock.
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
struct usecase {
    struct service *service;
    const struct caller *caller;
    struct txn *txn;
    struct reply *reply;
    day_t today;
    int64_t now; /**< seconds since 1970 */
    struct event_draft
        *event;          /**< what the event will say (service/frame/usecase.c); NULL: nothing */
    struct delta *delta; /**< changes of the totals, applied after the commit */
    bool awaits_closing; /**< refused until the timer has closed a month */
    struct stranger_list *met; /**< people of other areas (service/frame/stranger.h) */
    uint64_t made_person; /**< the last person whom this transaction has registered, 0 = none */
};

typedef enum result (*usecase_body)(struct usecase *usecase, void *arg);

enum result usecase_write(struct service *service, const struct caller *caller, enum action action,
                          const char *area, usecase_body body, void *arg, struct reply *reply);
/** The same without the waiting for the disk, for demonstration data and month opening. */
enum result usecase_write_bulk(struct service *service, const struct caller *caller,
                               enum action action, usecase_body body, void *arg,
                               struct reply *reply);
/** Checks the right and runs `body` reading; actions that are `logged` leave an event. */
enum result usecase_read(struct service *service, const struct caller *caller, enum action action,
                         const char *area, usecase_body body, void *arg, struct reply *reply);

/** Checks the right at one more area inside a body (a record's own); says so when refused. */
enum result usecase_allow(struct usecase *usecase, enum action action, const char *area);
/** Maker and checker differ: says so and refuses when the caller is who did or asked for it. */
enum result usecase_refuse_maker(struct usecase *usecase, const char *maker, const char *words);

/** How the month stands for the street of `area`. Ask before the transaction itself changes it. */
enum result usecase_month_state(struct usecase *usecase, month_t month, const char *area,
                                enum month_state *ret_state);
/** Whether it is closed there. */
enum result usecase_month_closed(struct usecase *usecase, month_t month, const char *area,
                                 bool *ret_closed);
/** Notes that this transaction closes or reopens the month of a street. */
void usecase_month_mark(struct usecase *usecase, month_t month, const char *street, bool closed);

/** A write without an event or receipt of its own: maintenance in small steps, drafts. The right was
 *  checked before. */
enum result usecase_write_unlogged(struct service *service, const struct caller *caller,
                                   enum store_mode mode, usecase_body body, void *arg,
                                   struct reply *reply);

#endif
