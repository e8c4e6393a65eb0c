/**
 * Refuses pages of zeros. Berkeley DB takes such a page for one not written yet and skips its
 * checksum, so zeros from a bad disk or a repaired file system would read as if there had never
 * been a record. After recovery no file has such a page: reading one fails with EBADMSG, which is
 * damage (store_result()).
 *
 * Threads: any. Recovery reads pages that its log will fill, so it runs between zeros_allow(true)
 * and zeros_allow(false), which hold for the calling thread.
 */
#ifndef DOUDI_DB_ZEROS_H
#define DOUDI_DB_ZEROS_H

#include <stdbool.h>
#include <stddef.h>

/** Makes Berkeley DB read through this module. Call before opening an environment. */
void zeros_refuse(void);
void zeros_allow(bool allowed);
bool zeros_only(const void *bytes, size_t length);

#endif
