/**
 * Deltas whose base has not come: kept as plain bundles below HOME/waiting, applied by themselves when the
 * base comes.
 *
 * They passed all checks but that of their place: what they hold is read when they are applied, and
 * a receipt of its own says what came of it. At most WAITING_MOST of a sender are kept, each of at most
 * WAITING_BYTES, for WAITING_DAYS; whatever is not newer than the sender's last bundle is removed. No
 * backup has them: a sender whose delta is lost is asked for it again.
 *
 * Private to src/bundle and src/server. Threads: one at a time for each sender.
 */
#ifndef DOUDI_BUNDLE_WAITING_H
#define DOUDI_BUNDLE_WAITING_H

#include "bundle/ingest.h"

enum { WAITING_MOST = 31, WAITING_DAYS = 40, WAITING_BYTES = 64 << 20 };

/** Keeps the plain bundle at `path`, of which the receipt is written, and says in the receipt whether
 *  it was kept. The same bundle again replaces itself. */
void waiting_keep(const char *home, const char *path, struct receipt *receipt);

/** Fills the column `waiting` of COLUMNS_SENDERS: how many bundles of each sender wait. */
void waiting_count(const char *home, struct sheet *senders);

/** Takes ownership of the receipt. */
typedef void (*waiting_fn)(struct receipt *receipt, void *arg);

/** After a bundle was taken: removes what is no longer needed, takes in what follows on it, one after
 *  another, and hands over each one's receipt. `scratch`: an existing folder that the caller removes. An
 *  error leaves the rest waiting. */
void waiting_follow(struct service *service, const struct caller *caller, const char *scratch,
                    const struct receipt *taken, waiting_fn each, void *arg);

#endif
