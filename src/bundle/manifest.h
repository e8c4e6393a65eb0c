/**
 * manifest.json of a bundle (bundle/bundle.h): reads it, and checks a bundle against it.
 *
 * A manifest comes from outside, so nothing in it is trusted: sizes are limited, names must be
 * plain file names without duplicates, hashes must be hashes. Threads: any.
 */
#ifndef DOUDI_BUNDLE_MANIFEST_H
#define DOUDI_BUNDLE_MANIFEST_H

#include "base/date.h"
#include "base/digest.h"
#include "base/result.h"
#include "base/words.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MANIFEST_NAME "manifest.json"
/** The manifest's own SHA-256, as sha256sum writes it: nothing else would tell of a changed byte in
 *  the manifest of a bundle that is not signed. Bundles of earlier programs have none. */
#define MANIFEST_SUM_NAME "manifest.sha256"
/** Its kinds; a manifest without one is of a full bundle. */
#define MANIFEST_FULL "full"
#define MANIFEST_DELTA "delta"

enum {
    /** 3 is that of deltas; 2 has a number, and in `previous` the hash of the previous manifest; 1 had
     *  no number and the hash of the previous bundle's file. All are read. */
    MANIFEST_FORMAT = 3,
    MANIFEST_FORMAT_FULL = 2,
    MANIFEST_BYTES = 64 * 1024, /**< at most */
    MANIFEST_FILES = 64,        /**< at most */
    MANIFEST_FILE_NAME = 64,    /**< with the NUL */
    MANIFEST_LACKS = 200,       /**< at most */
    /** A bundle's files may have this many bytes for each of the bundle, and MANIFEST_ROOM more: a
     *  real one has some twenty. */
    MANIFEST_RATIO = 200,
    MANIFEST_ROOM = 16 << 20,
};

struct manifest_file {
    char name[MANIFEST_FILE_NAME];
    char sha256[DIGEST_TEXT];
    uint64_t rows;
    /** What the receiver has of this file once the bundle is applied: rows, and their sum
     *  (bundle/rowsum.h), of their lines and of their values (bundle/rowline.h). "" = the manifest
     *  does not say. */
    uint64_t state_rows;
    char state_sum[DIGEST_TEXT], state_values[DIGEST_TEXT];
};

/** A division whose data the sender lacks. */
struct manifest_lack {
    char area[AREA_TEXT];
    day_t date; /**< of its last data, 0 = nothing ever came */
};

struct manifest {
    char area[AREA_TEXT]; /**< 12 digits, or "" */
    day_t date;
    bool test_date;             /**< the day was set for a test */
    int64_t data_at;            /**< all that was recorded before is in it, 0 = not said */
    uint64_t number;            /**< in the order of the home's bundles, 0 = format 1 */
    bool delta;                 /**< only what is new or changed (bundle/delta.h) … */
    uint64_t base;              /**< … since the bundle of this number */
    char previous[DIGEST_TEXT]; /**< "" = none */
    char sha256[DIGEST_TEXT];   /**< of the manifest's own text */
    size_t lack_count;          /**< what the sender says it lacks itself */
    uint64_t lacks_more;        /**< … more than are listed */
    struct manifest_lack lacks[MANIFEST_LACKS];
    size_t file_count;
    struct manifest_file files[MANIFEST_FILES];
};

/** Parses a manifest; RESULT_INVALID with words in *ret_message (new string) for other text,
 *  RESULT_FORMAT for that of a newer program. */
enum result manifest_parse(const char *text, size_t length, struct manifest **ret_manifest,
                           char **ret_message);

/** Reads the bundle at `path`: it must have all files of its manifest, with these hashes, and no
 *  others. RESULT_CORRUPT with words otherwise, RESULT_FORMAT as above. */
enum result manifest_check(const char *path, struct manifest **ret_manifest, char **ret_message);
/** The same, and writes the files into `folder` (which the caller empties, also after an error).
 *  RESULT_INVALID if they become larger than a bundle of this size can be, RESULT_FULL. */
enum result manifest_unpack(const char *path, const char *folder, struct manifest **ret_manifest,
                            char **ret_message);

void manifest_free(struct manifest **manifest);

#endif
