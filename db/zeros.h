/**
 * Pages of zeros. Berkeley DB takes a page that is all zeros for one that has not been written yet and
 * does not compare its checksum, so that a part of a file which a disk or a mended file system has
 * made zero reads as if nothing had ever been there. After recovery no file has such a page: reading
 * one fails with EBADMSG, which is damage (store_result()).
 *
 * Threads: any. Recovery meets pages that its log is about to fill: it runs between zeros_allow(true)
 * and zeros_allow(false), which hold for the calling thread.
 */
#ifndef DOUDI_DB_ZEROS_H
#define DOUDI_DB_ZEROS_H

#include <stdbool.h>
#include <stddef.h>

/** From now on Berkeley DB reads by way of here. To be called before an environment is opened. */
void zeros_refuse(void);
void zeros_allow(bool allowed);
bool zeros_only(const void *bytes, size_t length);

#endif
