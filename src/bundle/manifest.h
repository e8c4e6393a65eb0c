/**
 * manifest.json of a bundle (bundle/bundle.h): what it says, and whether a bundle keeps it.
 *
 * A manifest comes from elsewhere and is believed in nothing: sizes are bounded, names are plain file
 * names that occur once, hashes are hashes. Threads: any.
 */
#ifndef DOUDI_BUNDLE_MANIFEST_H
#define DOUDI_BUNDLE_MANIFEST_H

#include "base/date.h"
#include "base/digest.h"
#include "base/result.h"
#include "base/words.h"

#include <stddef.h>
#include <stdint.h>

#define MANIFEST_NAME "manifest.json"

enum {
    MANIFEST_FORMAT = 1,
    MANIFEST_BYTES = 64 * 1024, /**< at most */
    MANIFEST_FILES = 64,        /**< at most */
    MANIFEST_FILE_NAME = 64,    /**< with the NUL */
};

struct manifest_file {
    char name[MANIFEST_FILE_NAME];
    char sha256[DIGEST_TEXT];
    uint64_t rows;
};

struct manifest {
    char area[AREA_TEXT]; /**< 12 digits, or "" */
    day_t date;
    char previous[DIGEST_TEXT]; /**< hash of the bundle before, "" = none */
    size_t file_count;
    struct manifest_file files[MANIFEST_FILES];
};

/** Reads a manifest; RESULT_INVALID with words in *ret_message (new string) if it is none. */
enum result manifest_parse(const char *text, size_t length, struct manifest **ret_manifest,
                           char **ret_message);

/** Reads the bundle at `path`: all files of its manifest are there, with these hashes, and no others.
 *  RESULT_CORRUPT with words if not. */
enum result manifest_check(const char *path, struct manifest **ret_manifest, char **ret_message);

void manifest_free(struct manifest **manifest);

#endif
