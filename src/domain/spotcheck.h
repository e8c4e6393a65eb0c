/**
 * 抽查: a draw that anybody can repeat from the seed and the case numbers, and what a check finds.
 *
 * Each case has the SHA-256 of "SEED,CASE_NO" (UTF-8, no line break). The cases stand in the order
 * of these sums, and the first ones are drawn: the share of all cases, rounded up. So neither the
 * order of the list nor the program matters.
 *
 * Threads: pure functions over constant tables.
 */
#ifndef DOUDI_DOMAIN_SPOTCHECK_H
#define DOUDI_DOMAIN_SPOTCHECK_H

#include "base/digest.h"

#include <stdbool.h>

enum { SPOTCHECK_SEED_MAX = 40, SPOTCHECK_SHARE_MAX = 100 };

/** How many of `people` a share in percent draws; rounded up, so a share of some is never nobody. */
size_t spotcheck_count(size_t people, unsigned share);
/** False for an empty or long seed, and for one with a comma, a blank or a control character: it
 *  must be typed again without doubt. */
bool spotcheck_seed_valid(const char *seed);
/** The sum by which a case is ordered. */
void spotcheck_sum(const char *seed, const char *case_no, uint8_t ret_sum[DIGEST_SIZE]);

enum spotcheck_finding {
    SPOTCHECK_UNCHECKED,
    SPOTCHECK_RIGHT,   /**< the person was met, and the visit was as recorded */
    SPOTCHECK_WRONG,   /**< the visit was not as recorded */
    SPOTCHECK_NOT_MET, /**< the person was not met, so the visit is neither right nor wrong */
    SPOTCHECK_COUNT_
};

/** Id as stored, and column of counts; "" for no finding. */
const char *spotcheck_finding_id(enum spotcheck_finding finding);
/** What officers read; "" for no finding. */
const char *spotcheck_finding_label(enum spotcheck_finding finding);
/** The finding of an id or a label, SPOTCHECK_COUNT_ for another text. */
enum spotcheck_finding spotcheck_finding_parse(const char *text);

#endif
