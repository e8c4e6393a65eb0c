/**
 * Work on a home that has no server: restoring, verifying, and the nightly bundle.
 *
 * Results go to stdout, what is wrong to stderr. Threads: none but the caller's.
 */
#ifndef DOUDI_SERVER_MAINTAIN_H
#define DOUDI_SERVER_MAINTAIN_H

#include "base/result.h"

/** Makes a home out of a backup and verifies it. */
enum result maintain_restore(const char *backup, const char *home);

/** Pages, indexes, totals, event chains, statements. Prints "verify ok" or what differs. */
enum result maintain_verify(const char *home);

/**
 * The nightly bundle: restores the backup into `home`, verifies it there and writes the bundle of
 * `date` (NULL = today) into `directory`. Prints path, rows and bytes, a line each.
 */
enum result maintain_extract(const char *backup, const char *home, const char *directory,
                             const char *date);

#endif
