/**
 * The service: what officers can do, one use case per function, one transaction each.
 *
 * A use case checks the right (service/access.h), applies the rules (src/domain), changes the store
 * (db) and leaves an event — in that order, in one transaction. All take the caller and fill a
 * `struct reply`; the returned result says what happened, the reply's message says it in words.
 * Dates come in as text and are checked here.
 *
 * A write is done once per (session, number): the same request sent again, byte for byte, gets the
 * same reply and changes nothing. A different request under a used number is refused. That refusal,
 * every refused right and every logged reading leave an event, whatever their number.
 *
 * Threads: any number of threads may use a service at once; one thread uses a caller or a reply.
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
    uint8_t session[SESSION_SIZE]; /**< its name, as in events; not secret */
    uint8_t token[SESSION_SIZE];   /**< the client's secret; the name is computed from it */
    uint32_t uid;                  /**< the system account of the client */
    bool owner;                    /**< … and it owns the home */
    uint64_t number;               /**< the request's number; 0 = no receipt is kept */
    const void *request; /**< … and its bytes as they came; borrowed during the request */
    size_t request_length;
    char officer[OFFICER_TEXT]; /**< 工号, "system", "" before login */
    char name[64];
    enum role role;
    char area[AREA_TEXT]; /**< 12 digits; "" = everywhere */
    uint64_t moment;      /**< when role and area were read (service/memory/revoked.h) */
    char terminal[64];
    bool must_change; /**< only the password may be changed */
    /** logged in with a password, and must give it again after a time of silence */
    bool by_password;
    /** A write that is not on the disk yet sets this: send the answer when service_settle() is
     *  done. NULL: writes wait for the disk themselves. */
    bool *unsettled;
    /** Long work calls this now and then; may be NULL. A result other than RESULT_OK ends the
     *  work. */
    enum result (*progress)(uint64_t done, uint64_t total, const char *what, void *arg);
    void *arg;
};

struct service_options {
    const char *home;
    const char *forms;        /**< folder of programme files */
    const char *office_forms; /**< the office's own, laid over them; NULL = none */
    bool create;              /**< a home that is not initialised may be opened */
    bool read_only;           /**< a restored copy: reads and extracts only */
    /** key of an encrypted home (service/keeping/homekey.h), NULL = not encrypted */
    const char *key_file;
    bool background;    /**< leave due work to service_tick(), which the caller calls soon */
    size_t cache_bytes; /**< size of the store's cache (db/store.h) */
    const char *today;  /**< DOUDI_TODAY, NULL = the clock */
};

/** Opens the home's store, loads the programmes, and does due work as service_tick() does. On
 *  failure *ret_message (new string) says why in Chinese. */
enum result service_open(const struct service_options *options, struct service **ret_service,
                         char **ret_message);
void service_close(struct service **service);
/** Prepares searching in the background, so that the first search need not wait. */
void service_prepare(struct service *service);
/** RESULT_OK while the database runs, else the reason why it stopped (db/store.h, store_failure());
 *  then only a new process, which recovers the database, can go on. */
enum result service_failure(const struct service *service);

/** Calls settle->done when all earlier writes are on the disk, or when the database has stopped
 *  (service_failure()): within this call or in another thread (base/settle.h). */
void service_settle(struct service *service, struct settle *settle);

/** The server's date, China time. */
day_t service_today(const struct service *service);
/** The month that a request without a month means: this month, or with a doubtful clock
 *  (service/frame/clockwatch.h) the month opened last. */
month_t service_this_month(struct service *service);
bool service_test_date(const struct service *service);
bool service_initialised(const struct service *service);
/** The home's division, "" before init. Borrowed. A home that collects takes in others' bundles. */
const char *service_area(const struct service *service);
const char *service_home(const struct service *service);
bool service_collects(const struct service *service);
const char *service_key_file(const struct service *service); /**< NULL = not encrypted */
month_t service_first_month(const struct service *service);
const struct forms *service_forms(const struct service *service);
/** Name of a division, of its street ("" above one); "" if unknown. Borrowed until areas change. */
const char *service_area_name(const struct service *service, const char *code);
const char *service_street_name(const struct service *service, const char *code);

/** Checks a right without a transaction: before a request is looked at, and before work that is
 *  prepared outside the transaction. `area` may be NULL, else the right must hold there. A refusal
 *  leaves an event. */
enum result service_check(struct service *service, const struct caller *caller, enum action action,
                          const char *area, struct reply *reply);

/** Timer work: opens months that have begun, closes months whose day has come, writes checkpoints.
 *  In a large home it may take minutes, in small steps. RESULT_AGAIN after service_stop(). */
enum result service_tick(struct service *service);
/** Call before closing: work in steps ends after its present step. */
void service_stop(struct service *service);

#endif
