/**
 * Computes a sender's figures again from the rows that were taken in, and compares.
 *
 * Each duty is judged anew; the figures of every village, month and programme, as known and as
 * reported, and the hashes of the statements are compared with what the sender wrote. A difference
 * of a duty's state names the case. Private to src/bundle. Threads: one at a time.
 */
#ifndef DOUDI_BUNDLE_INGEST_CHECK_H
#define DOUDI_BUNDLE_INGEST_CHECK_H

#include "bundle/ingest.h"
#include "db/record.pb-c.h"

struct ingest_check {
    const char *area;   /**< the sender */
    const char *folder; /**< the bundle's files */
    month_t from, to;
    day_t date;              /**< the bundle's */
    bool rounds;             /**< it says of extra rounds of visits */
    struct receipt *receipt; /**< gets the differences */
    Rec__Bundle *bundle;     /**< … with the names behind them */
};

/** A reading transaction of its own. */
enum result ingest_check(struct service *service, const struct caller *caller,
                         struct ingest_check *check, struct reply *reply);

/** Lists a difference; `names`: whom or what it is about where the place does not say it. */
void ingest_check_differ(struct ingest_check *check, struct receipt_difference *difference,
                         const char *names);

#endif
