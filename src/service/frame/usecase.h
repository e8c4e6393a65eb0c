/**
 * The frame: every use case runs in it.
 *
 * usecase_write() checks the right and looks for the receipt of an earlier identical request; its
 * event is the receipt. Without one, it runs `body` in a transaction and writes the event at its
 * end; refused attempts leave an event too. The body may run several times: usecase_write() resets
 * the reply, the event and the deltas of the totals before each run, and applies the deltas to the
 * totals in memory only after the commit. A body must not call usecase_write() or usecase_read(),
 * and must hold no lock.
 *
 * Private to src/service. Threads: one thread uses a `struct usecase`.
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
    int64_t now;     /**< seconds since 1970 */
    uint32_t micros; /**< of that second */
    /** the content of the event (service/frame/event.h); NULL: no event */
    struct event_draft *event;
    struct delta *delta;       /**< changes of the totals, applied after the commit */
    bool awaits_closing;       /**< refused because the timer must close a month first */
    struct stranger_list *met; /**< strangers met so far (service/frame/stranger.h) */
    uint64_t made_person;      /**< the last person that this transaction has added, 0 = none */
};

typedef enum result (*usecase_body)(struct usecase *usecase, void *arg);

enum result usecase_write(struct service *service, const struct caller *caller, enum action action,
                          const char *area, usecase_body body, void *arg, struct reply *reply);
/** The same without waiting for the disk, for demonstration data and month opening. */
enum result usecase_write_bulk(struct service *service, const struct caller *caller,
                               enum action action, usecase_body body, void *arg,
                               struct reply *reply);
/** Checks the right and runs `body` in a reading transaction; `logged` actions leave an event. */
enum result usecase_read(struct service *service, const struct caller *caller, enum action action,
                         const char *area, usecase_body body, void *arg, struct reply *reply);

/** Checks the right for one more area within a body, usually the record's own; a refusal has
 *  words. */
enum result usecase_allow(struct usecase *usecase, enum action action, const char *area);
/** Refuses with `words` if the caller is the maker: maker and checker must differ. */
enum result usecase_refuse_maker(struct usecase *usecase, const char *maker, const char *words);

/** The state of the month for the street of `area`. Ask before this transaction changes it. */
enum result usecase_month_state(struct usecase *usecase, month_t month, const char *area,
                                enum month_state *ret_state);
/** True in *ret_closed if the month is closed there. */
enum result usecase_month_closed(struct usecase *usecase, month_t month, const char *area,
                                 bool *ret_closed);
/** Notes that this transaction closes or reopens the month of a street; applied after the
 *  commit. */
void usecase_month_mark(struct usecase *usecase, month_t month, const char *street, bool closed);

/** A write without event and receipt: maintenance in small steps, drafts. Check the right
 *  before. */
enum result usecase_write_unlogged(struct service *service, const struct caller *caller,
                                   enum store_mode mode, usecase_body body, void *arg,
                                   struct reply *reply);

#endif
