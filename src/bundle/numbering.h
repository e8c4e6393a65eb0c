/**
 * Which bundle is the next: its number, its name, and the manifest that it follows.
 *
 * All bundles of a home are numbered from 1, without gaps, and each names the hash of the manifest
 * before it. The home's record has the last one; but a home that was restored from a backup, or
 * whose server was killed after the bundle was written, may have made later ones. So the newest
 * bundle of the area in the folder counts too, if its number is higher.
 *
 * Private to src/bundle. Threads: one bundle at a time in a folder.
 */
#ifndef DOUDI_BUNDLE_NUMBERING_H
#define DOUDI_BUNDLE_NUMBERING_H

#include "base/result.h"
#include "service/keeping/backup.h"

struct numbering {
    struct backup_bundle next;  /**< without its manifest's hash */
    char previous[DIGEST_TEXT]; /**< hash of the previous manifest, "" = none */
    char *name; /**< doudi-AREA-YYYYMMDD.tar.zst; later ones of the day doudi-AREA-YYYYMMDD-2.… */
};

/** Also removes what a killed export left in the folder. */
enum result numbering_next(const struct backup_bundle *last, const char *directory,
                           const char *area, day_t date, struct numbering *ret_numbering);
void numbering_free(struct numbering *numbering);

#endif
