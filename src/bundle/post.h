/**
 * Puts a bundle into the queue of each receiver (service/frame/outbox.h), sealed and signed as the
 * office's settings say (service/frame/receivers.h).
 *
 * Private to src/bundle and the export. Threads: one bundle of a home at a time.
 */
#ifndef DOUDI_BUNDLE_POST_H
#define DOUDI_BUNDLE_POST_H

#include "service/keeping/backup.h"

struct post_bundle {
    const char *path, *name; /**< the plain bundle, and what it is called */
    const struct backup_bundle *place;
    bool full;
    const char *scratch; /**< a folder for what is not finished */
    int64_t kept_days;   /**< of files that were handed over */
};

/** True if a receiver does not have the bundle of this number in its queue, so that it needs a full
 *  one: it is new, that one could not be made for it, or it refused it. */
bool post_needs_full(const char *home, uint64_t last);

/** Queues it for all receivers. A receiver for whom it cannot be made gets an entry that says why;
 *  the bundle itself is fine, so nothing is returned. */
void post_bundle(const char *home, const struct post_bundle *bundle);

#endif
