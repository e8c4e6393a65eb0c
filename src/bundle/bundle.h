/**
 * The nightly bundle: doudi-AREA-YYYYMMDD.tar.zst; signed or sealed, .cms stands behind that.
 *
 * It has one CSV file for every extract (bundle/extract.h), README.txt, manifest.json and the sum of
 * that; a full one all rows, a delta (bundle/delta.h) those that are new or changed. The manifest
 * names the area, the day, the moment of the data and that of the bundle, the bundle's
 * number and the hash of the manifest before it (bundle/numbering.h); for each file its rows, the
 * sums of its whole-number columns and its SHA-256; for each table of the store how many records it
 * has and which file they are in. A file whose rows are not as many as the table's records is not
 * sent: the bundle fails. It is written under a temporary name, synced, renamed and read again, so
 * that it is never there in part. Equal data give equal bytes, except for the number, the previous
 * hash and the moment in the manifest.
 *
 * Threads: one bundle at a time in a directory.
 */
#ifndef DOUDI_BUNDLE_BUNDLE_H
#define DOUDI_BUNDLE_BUNDLE_H

#include "base/result.h"
#include "bundle/seal.h"
#include "service/keeping/backup.h"

#include <stdint.h>

struct bundle_order {
    const char *directory;
    int64_t data_at;               /**< all that was recorded before this moment is in the data */
    bool test_date;                /**< the service's date was set for a test */
    const struct seal_order *seal; /**< NULL = a plain bundle */
    const char *served; /**< the home that is sent: gets the queues and what the next delta builds
                             on; NULL = none, and a full bundle */
    bool full;          /**< a full bundle, also where a delta would do */
};

struct bundle_written {
    char *path;
    uint64_t rows; /**< of all extracts */
    uint64_t bytes;
    struct backup_bundle bundle;
};

/**
 * Writes the bundle of a service that is open on a verified copy, for the service's date. Scratch
 * files go to the copy's home. On failure *ret_message (new string) says why.
 */
enum result bundle_write(struct service *service, const struct bundle_order *order,
                         struct bundle_written *ret_written, char **ret_message);
void bundle_written_free(struct bundle_written *written);

#endif
