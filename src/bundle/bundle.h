/**
 * The nightly bundle: doudi-AREA-YYYYMMDD.tar.zst.
 *
 * It has one CSV file for every extract (bundle/extract.h) and manifest.json. The manifest names
 * the area, the day and the hash of the area's previous bundle in the directory; for each file its
 * rows, the sums of its whole-number columns and its SHA-256. The bundle is written under a
 * temporary name, synced, renamed and read again, so that it is never there in part. Equal data
 * gives equal bytes.
 *
 * Threads: one bundle at a time in a directory.
 */
#ifndef DOUDI_BUNDLE_BUNDLE_H
#define DOUDI_BUNDLE_BUNDLE_H

#include "base/result.h"
#include "service/service.h"

#include <stdint.h>

struct bundle_written {
    char *path;
    uint64_t rows; /**< of all files */
    uint64_t bytes;
};

/**
 * Writes the bundle of a service that is open on a verified copy. `date` NULL or "" = today.
 * Scratch files go to the copy's home. On failure *ret_message (new string) says why.
 */
enum result bundle_write(struct service *service, const char *directory, const char *date,
                         struct bundle_written *ret_written, char **ret_message);
void bundle_written_free(struct bundle_written *written);

#endif
