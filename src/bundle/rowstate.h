/**
 * What the last bundle said, row by row, so that the next one can be a delta.
 *
 * For every file of the bundle the rows are put into groups by their key (struct extract_file), and
 * of each group the key and a hash are kept: in HOME/outbox/rows-NUMBER, one folder for the last
 * bundle. It lies outside the database and its backups, so a restored home has none and sends a full
 * bundle; so does one that cannot be read, or that knows other files or columns.
 *
 * A run begins each file, puts its groups, ends the file, and commits when the bundle stands in its
 * place; without a commit the old state stays. Private to src/bundle. Threads: one run at a time.
 */
#ifndef DOUDI_BUNDLE_ROWSTATE_H
#define DOUDI_BUNDLE_ROWSTATE_H

#include "base/date.h"
#include "base/digest.h"
#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The bundle that a state belongs to. */
struct rowstate_bundle {
    uint64_t number;
    char manifest[DIGEST_TEXT]; /**< SHA-256 of its manifest */
    char *name;                 /**< of the plain file */
    day_t full_on;              /**< day of the last full bundle */
};

struct rowstate;

/** Opens the state in the folder HOME/outbox, which is made. NULL = a state that knows nothing and
 *  keeps nothing. RESULT_CANTCREATE, RESULT_FULL. */
enum result rowstate_open(const char *outbox, struct rowstate **ret_state);
/** The last bundle; NULL if it is not known. */
const struct rowstate_bundle *rowstate_last(const struct rowstate *state);
/** True if the last bundle had a file of this name with these columns ("a,b,c"). */
bool rowstate_knows(const struct rowstate *state, const char *file, const char *columns);

enum result rowstate_begin(struct rowstate *state, const char *file, const char *columns);
/** *ret_changed: the group is new, or not as it was. */
enum result rowstate_put(struct rowstate *state, const char *key, const uint8_t hash[DIGEST_SIZE],
                         bool *ret_changed);
/** Ends the file: calls `gone` for every key that the last bundle had and this one has not.
 *  RESULT_CORRUPT if a key was put twice: the rows of a key must follow one another. */
enum result rowstate_end(struct rowstate *state, void (*gone)(const char *key, void *arg),
                         void *arg);
/** Puts the new state in the place of the old one. */
enum result rowstate_commit(struct rowstate *state, const struct rowstate_bundle *bundle);
/** Frees it; without a commit nothing has changed. */
void rowstate_close(struct rowstate **state);

#endif
