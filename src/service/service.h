/**
 * The service: what officers can do, one use case per function, one transaction each.
 *
 * A use case checks the right (service/access.h), applies the rules (src/domain), changes the
 * store (db) and leaves an event — in that order, in one transaction. All take the caller and
 * fill a `struct reply`; the returned result says what happened and the reply's message says it in
 * words. Dates come in as text and are checked here.
 *
 * A write is done once per (session, number): sent again, byte by byte the same, it gets the same
 * reply and changes nothing. Another request under a used number is refused, and that is on record;
 * so is every reading that is logged and every refusal, whatever its number.
 *
 * Threads: a service may be used by any number of threads at once; a caller and a reply by one.
 */
#ifndef DOUDI_SERVICE_SERVICE_H
#define DOUDI_SERVICE_SERVICE_H

#include "base/columns.h"
#include "base/date.h"
#include "base/result.h"
#include "base/settle.h"
#include "base/sheet.h"
#include "base/words.h"
#include "service/access.h"
#include "service/reply.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct service;

enum { SESSION_SIZE = 16 };

/** Who asks, on which session, with which request. */
struct caller {
    uint8_t session[SESSION_SIZE]; /**< its name, as events have it; no secret */
    uint8_t token[SESSION_SIZE];   /**< the client's secret, from which the name follows */
    uint32_t uid;                  /**< account of the machine that asks */
    bool owner;                    /**< … which owns the home */
    uint64_t number;               /**< the request's number; 0 = not to be recognised again */
    const void *request;           /**< … and its bytes as they came; borrowed while it lasts */
    size_t request_length;
    char officer[OFFICER_TEXT]; /**< 工号, "system", "" before login */
    char name[64];
    enum role role;
    char area[AREA_TEXT]; /**< 12 digits; "" = everywhere */
    uint64_t moment;      /**< when role and area were read (service/memory/revoked.h) */
    char terminal[64];
    bool must_change; /**< only the password may be changed */
    bool by_password; /**< came with one, and is asked for it again after a while of silence */
    /** Set by a write that is not on the disk yet: the answer is given when service_settle() is done.
     *  NULL: writes wait for the disk themselves. */
    bool *unsettled;
    /** Called now and then by long work; may be NULL. A result other than RESULT_OK ends it. */
    enum result (*progress)(uint64_t done, uint64_t total, const char *what, void *arg);
    void *arg;
};

struct service_options {
    const char *home;
    const char *forms; /**< folder of programme files */
    bool create;       /**< a home that is not initialised may be opened */
    bool read_only;    /**< a restored copy: reads and extracts only */
    const char
        *key_file;   /**< of an encrypted home (service/keeping/homekey.h), NULL = not encrypted */
    bool background; /**< what is due is left to service_tick(), which the caller soon calls */
    size_t cache_bytes; /**< of the store (db/store.h) */
    const char *today;  /**< DOUDI_TODAY, NULL = the clock */
};

/** Opens the home's store, loads the programmes, and does what is due as service_tick() does.
 *  On failure *ret_message (new string) says why in Chinese. */
enum result service_open(const struct service_options *options, struct service **ret_service,
                         char **ret_message);
void service_close(struct service **service);
/** Gets ready, in the background, for what would make a first request wait: searching. */
void service_prepare(struct service *service);
/** What has stopped the database, RESULT_OK while it runs (db/store.h, store_failure()): only
 *  another process, which recovers it, can go on. */
enum result service_failure(const struct service *service);

/** Calls settle->done once every write before is on the disk, or service_failure() says why that is
 *  not known: within this call or in another thread (base/settle.h). */
void service_settle(struct service *service, struct settle *settle);

/** The server's date, China time. */
day_t service_today(const struct service *service);
/** The month that is meant when none is named: this one, or with a doubtful clock (service/frame/clockwatch.h)
 *  the last one that was opened. */
month_t service_this_month(struct service *service);
bool service_test_date(const struct service *service);
bool service_initialised(const struct service *service);
/** The home's division and its name, "" before init. Borrowed for the service's life. */
const char *service_area(const struct service *service);
const char *service_home(const struct service *service);
/** The key file it was opened with, NULL = not encrypted. */
const char *service_key_file(const struct service *service);
month_t service_first_month(const struct service *service);
const struct forms *service_forms(const struct service *service);
/** Name of a division, "" if unknown. Borrowed until areas change (never within a request). */
const char *service_area_name(const struct service *service, const char *code);

/** Checks a right alone: for every request before it is looked at, and for what is prepared before
 *  its transaction. With an area, in that area too. A refusal leaves its event. */
enum result service_check(struct service *service, const struct caller *caller, enum action action,
                          const char *area, struct reply *reply);

/** Timer work: opens months that have begun, closes months whose day has come, checkpoints. May take
 *  minutes in a large home, in small steps; RESULT_AGAIN after service_stop(). */
enum result service_tick(struct service *service);
/** The service is about to be closed: work in steps ends after the step. */
void service_stop(struct service *service);

#endif
