/**
 * The inside of a service: life.c owns it, all rooms share it.
 *
 * Private to src/service. Threads: any, under these locks. They are taken in this order: tick, the
 * turn to load a month, gate, a session's chain, the store.
 */
#ifndef DOUDI_SERVICE_MEMORY_STATE_H
#define DOUDI_SERVICE_MEMORY_STATE_H

#include "base/words.h"
#include "service/memory/cache.h"
#include "service/memory/census.h"
#include "service/memory/chain.h"
#include "service/memory/closed.h"
#include "service/memory/facts.h"
#include "service/memory/kept.h"
#include "service/memory/lent.h"
#include "service/memory/people_changes.h"
#include "service/memory/revoked.h"
#include "service/memory/round_kept.h"
#include "service/memory/settled.h"
#include "service/memory/totals.h"
#include "service/memory/urgent_kept.h"

#include <pthread.h>
#include <stdatomic.h>

/** How far the timer's work has come (service/ledger/opening.h). */
struct catching_up {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    char passed[AREA_TEXT]; /**< all villages before this one are opened */
};

/** A month that is being read into the totals, in steps (service/memory/reading.c). */
struct month_loading {
    pthread_mutex_t turn; /**< one month at a time */
    /** its figures so far, NULL = no reading; changes only with the gate held alone */
    struct totals *fresh;
    char passed[AREA_TEXT]; /**< the last village in these figures */
    size_t step_rows;
};

/** People in two senders' homes, as counted after the last bundle (service/lists/overlap.c). */
struct overlap_memory {
    pthread_mutex_t lock;
    bool counted;
    uint64_t bundles; /**< senders_tally.bundles of that time */
    size_t all, wrong;
};

/** Opens, closes and ticks a service: the rooms below life.c call life.c through it. */
struct life {
    enum result (*open)(const struct service_options *options, struct service **ret_service,
                        char **ret_message);
    void (*close)(struct service **service);
    enum result (*tick)(struct service *service);
};

struct payroll_kept;
struct payroll_ready;

struct service {
    const struct life *life;
    char *home, *forms_directory;
    char *key_file; /**< NULL = not encrypted */
    bool read_only, background;
    day_t fixed_today; /**< DOUDI_TODAY, 0 = the clock */
    struct store *store;
    struct forms *forms;
    struct cache *cache;
    struct totals *totals;
    struct census *census;
    struct closed_months *closed;
    struct chains *chains;
    struct revoked *revoked;
    struct hashing *hashing;
    atomic_size_t importing; /**< bytes of rows that imports have gathered */
    struct strangers *strangers;
    struct people_changes *people_changes;
    struct settled *settled;
    struct payroll_kept *payroll_kept;
    struct payroll_ready *payroll_ready;
    struct kept *round_kept;
    struct kept *urgent_kept;
    struct lent *lent;
    uint8_t session[SESSION_SIZE]; /**< session for events of requests without a number */

    /** Every write holds it shared; work that must not overlap with any write holds it alone. */
    pthread_rwlock_t gate;
    pthread_mutex_t tick;

    atomic_bool initialised;
    char area[AREA_TEXT]; /**< set once, before `initialised` */
    month_t first_month;
    uint32_t ids_origin; /**< Rec__Home.ids_origin */
    bool collects;       /**< service_collects() */
    day_t created;
    month_t whole_from;             /**< Rec__Home.whole_from */
    _Atomic month_t opened_month;   /**< the last opened month; its duties may be incomplete */
    _Atomic month_t complete_month; /**< the last month whose duties are all made */
    _Atomic day_t closed_for;       /**< all closings due by this day are done */
    _Atomic day_t kept_for;         /**< the indicators due by this day are kept; 0 = look again */
    struct catching_up catching_up;
    struct month_loading loading;
    struct overlap_memory overlaps;
    struct night *night;
    struct clockwatch *clock;
    atomic_uint_fast64_t repeated; /**< requests that were answered from their receipt */
    atomic_bool prepared; /**< service_prepare() was called: the timer counts the census too */
    atomic_bool stopping; /**< work in steps ends after its present step */
};

#endif
