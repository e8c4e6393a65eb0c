/**
 * Reads the files in a bundle, one after the other, without unpacking them to the disk.
 *
 * Check the bundle first (bundle/manifest.h). The files' hashes are computed again while they are
 * read and compared with the manifest, because the bundle may have been exchanged meanwhile.
 *
 * Threads: any.
 */
#ifndef DOUDI_FEED_UNPACK_H
#define DOUDI_FEED_UNPACK_H

#include "bundle/manifest.h"

struct unpack_reader {
    /** A file begins. *ret_wanted false passes over it. */
    enum result (*begin)(const struct manifest_file *file, bool *ret_wanted, void *arg);
    enum result (*add)(const void *bytes, size_t length, void *arg);
    enum result (*end)(const struct manifest_file *file, void *arg);
    void *arg;
};

/** A result of the reader's functions other than RESULT_OK ends the reading and is returned.
 *  RESULT_CORRUPT with words in *ret_message (new string) if the bundle is not as it was. */
enum result unpack_read(const char *path, const struct manifest *manifest,
                        const struct unpack_reader *reader, char **ret_message);

#endif
