/**
 * Work on a home that has no server: restoring, verifying, another key, and the nightly bundle.
 *
 * Results go to stdout, errors to stderr. Threads: one only.
 */
#ifndef DOUDI_SERVER_MAINTAIN_H
#define DOUDI_SERVER_MAINTAIN_H

#include "base/result.h"
#include "bundle/seal.h"

#include <stdbool.h>

struct maintain {
    const char *speaker; /**< the program's name in front of each error, NULL = none */
    const char *home;
    const char *key_file;     /**< NULL = where it is remembered (service/keeping/homekey.h) */
    const char *new_key_file; /**< to encrypt with from now on; restoring: NULL = as the backup */
    const char *backup;       /**< to restore */
    const char *logs,
        *until;             /**< how far (service/keeping/homedir.h), NULL = as it was backed up */
    const char *extract;    /**< folder for the bundle */
    struct seal_order seal; /**< of the bundle */
    const char *served;     /**< the home whose backup it is, NULL = a full bundle of any */
    bool full;              /**< a full bundle, also where a delta would do */
};

/** Makes a home from a backup and verifies it. */
enum result maintain_restore(const struct maintain *ask);

/** Pages, indexes, totals, event chains, statements. Prints "verify ok" or what differs. */
enum result maintain_verify(const struct maintain *ask);

/** Encrypts the home with another key, or for the first time. Removes the old database after the
 *  new one has been verified and stands in its place. */
enum result maintain_rekey(const struct maintain *ask);

/**
 * The nightly bundle: restores the backup into `home`, verifies it there and writes the bundle.
 * Prints path, rows, bytes and the bundle's place (struct backup_bundle), a line each.
 */
enum result maintain_extract(const struct maintain *ask);

#endif
