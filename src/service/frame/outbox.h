/**
 * The queue of bundles: what is to be sent to whom, what was handed over, and what became of it.
 *
 * HOME/outbox/queue is a text file with a line for each bundle and receiver; HOME/outbox/RECEIVER has
 * the files that are to be sent or may have to be sent again. The queue belongs to no backup: a
 * restored home begins with an empty one. Changes happen under a lock, because the export's child
 * and the server make them.
 *
 * Threads: any.
 */
#ifndef DOUDI_SERVICE_FRAME_OUTBOX_H
#define DOUDI_SERVICE_FRAME_OUTBOX_H

#include "base/date.h"
#include "base/digest.h"
#include "base/result.h"
#include "service/frame/receivers.h"

#include <stdbool.h>
#include <stdint.h>

/** What the receiver said of a bundle. */
enum outbox_receipt { OUTBOX_SILENT, OUTBOX_TAKEN, OUTBOX_WAITING, OUTBOX_REFUSED };

/** A bundle for a receiver. Texts are the outbox's; no text is NULL. */
struct outbox_entry {
    char *receiver;
    uint64_t number;
    char manifest[DIGEST_TEXT];
    day_t date;
    bool full;
    char *file;                 /**< its name in HOME/outbox/RECEIVER; "" = it could not be made */
    int64_t queued_at, sent_at; /**< 0 = not handed over yet */
    int64_t tries;
    char *words; /**< why the last try failed, "" = it did not */
    enum outbox_receipt receipt;
    int64_t receipt_at;
    char *receipt_words;
};

struct outbox {
    struct outbox_entry *entries; /**< by number */
    size_t count, capacity;
};

/** Reads the queue of a home; a missing one is empty. RESULT_CORRUPT if it is none. */
enum result outbox_read(const char *home, struct outbox *ret_outbox);
void outbox_free(struct outbox *outbox);

/** Reads the queue under its lock, lets `change` change it, and writes it if that returns RESULT_OK.
 *  One that cannot be read is set aside as queue.bad, and a new one begun. */
enum result outbox_change(const char *home, enum result (*change)(struct outbox *outbox, void *arg),
                          void *arg);
/** Adds an entry; its texts are copied. */
void outbox_add(struct outbox *outbox, const struct outbox_entry *entry);
struct outbox_entry *outbox_find(struct outbox *outbox, const char *receiver, uint64_t number);
/** Removes entries, and their files, that were handed over so many days before `today`. */
void outbox_prune(struct outbox *outbox, const char *home, day_t today, int64_t days);

/** The last number that was queued for a receiver with a file; 0 = none, or the receiver asked for a
 *  full bundle by refusing the last one. */
uint64_t outbox_last(const struct outbox *outbox, const char *receiver);

/** How a receiver stands. */
struct outbox_standing {
    size_t unsent;       /**< bundles that were not handed over */
    day_t unsent_since;  /**< the day of the oldest of them, 0 = none */
    size_t missing;      /**< days that the receiver does not have: no receipt says so */
    day_t missing_since; /**< the first of them, 0 = none */
    bool refused;        /**< the newest receipt refuses */
    const char *words; /**< the outbox's: why the last try failed, or what the receiver said; "" */
};

/** A day of which no receipt is awaited yet (today's, unless it was refused) is not missing. */
void outbox_stand(const struct outbox *outbox, const struct receiver *receiver, day_t today,
                  struct outbox_standing *ret_standing);

/** HOME/outbox/RECEIVER/FILE. New string. */
char *outbox_path(const char *home, const char *receiver, const char *file);

#endif
