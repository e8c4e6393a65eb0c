/**
 * May this bundle be taken? Each home's bundles are taken in order, without gaps, once.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_FEED_FOLLOW_H
#define DOUDI_FEED_FOLLOW_H

#include "bundle/manifest.h"

#include <stdbool.h>

/** What the database has of the bundle's home. */
struct follow_known {
    uint64_t number;            /**< of the last bundle, 0 = none */
    char manifest[DIGEST_TEXT]; /**< its manifest's hash */
    char same[DIGEST_TEXT];     /**< hash of the one that has the new bundle's number, "" = none */
    char overlap
        [AREA_TEXT]; /**< another home whose area contains this one or lies in it, "" = none */
};

enum follow_verdict {
    FOLLOW_TAKE,
    FOLLOW_KNOWN,
    FOLLOW_OLDER, /**< than the last one, and not taken in its time */
    FOLLOW_REFUSE
};

/** `after_gap`: a whole bundle may follow on a gap or a broken chain. *ret_message (new string) is
 *  set for FOLLOW_REFUSE. */
enum follow_verdict follow_judge(const struct follow_known *known, const struct manifest *manifest,
                                 bool after_gap, char **ret_message);

#endif
