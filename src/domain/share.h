/**
 * A person counts once a month (转出并计), whatever the number of their cases.
 *
 * A person who leaves one village and is taken in elsewhere, or in the same village again, within a
 * month has two cases and two duties. Only one of them counts in the programme's totals.
 *
 * Threads: pure functions; nothing is allocated or kept.
 */
#ifndef DOUDI_DOMAIN_SHARE_H
#define DOUDI_DOMAIN_SHARE_H

#include "base/date.h"

#include <stddef.h>
#include <stdint.h>

/** One of several cases of the same person and programme that touch a month. */
struct duty_claim {
    day_t since, closed_on; /**< as in struct duty_facts */
    day_t first_visit;      /**< first counting visit of the month, 0 = none */
    uint64_t case_id;       /**< decides between equal claims */
    day_t present;          /**< result: for duty_facts.present */
    size_t keeper;          /**< result: index of the claim that counts; may be its own */
};

/**
 * Sets the results of each claim. Of the cases on the books on a day of the month, the first to
 * reach the person keeps the duty; if none did, the last case owes it. A case off the books in the
 * month keeps its own row.
 */
void duty_share(month_t month, struct duty_claim *claims, size_t count);
#endif
