/**
 * One file of a bundle: written as scratch, added to the tarball, described for the manifest.
 *
 * Private to src/bundle. Threads: one thread for each tarball.
 */
#ifndef DOUDI_BUNDLE_PART_H
#define DOUDI_BUNDLE_PART_H

#include "base/str.h"
#include "bundle/extract.h"
#include "bundle/rowstate.h"
#include "bundle/tarball.h"

#include <json-c/json.h>

/** Where a bundle's files come from and go to. */
struct part_place {
    struct service *service;
    const char *scratch; /**< folder in which a file is made and removed again */
    struct tarball *tarball;
    struct rowstate *state; /**< NULL = nothing is known, nothing is kept */
    bool delta;             /**< write only what is new or changed since `state` */
    struct str *removed;    /**< gets rows of removed.csv, of keys that are gone */
};

/**
 * Writes the rows of an extract. *ret_rows is their number. *ret_description, the caller's: name,
 * rows, sums of the whole-number columns, SHA-256; key, and rows and sum of the whole state. A key
 * whose rows do not follow one another is RESULT_CORRUPT.
 */
enum result part_add_extract(const struct part_place *place, const struct extract_file *file,
                             uint64_t *ret_rows, json_object **ret_description);
/** Writes a text; its rows are its lines behind the `headings`. */
enum result part_add_text(const struct part_place *place, const char *name, const struct str *text,
                          size_t headings, json_object **ret_description);

#endif
