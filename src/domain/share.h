/**
 * One person is counted once a month (转出并计), however many cases the person had in it.
 *
 * Somebody who leaves here and is taken in there, or here again, within a month has a case for each
 * stay and a duty for each case. Only one of them counts in the totals of the programme.
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
    uint64_t case_id;       /**< decides between equals */
    day_t present;          /**< answer: for duty_facts.present */
    size_t keeper;          /**< answer: who counts, by index; its own if it is this one */
};

/**
 * Answers for each of the cases. Of those on the books on a day of the month the one that reached the
 * person first keeps the duty; if none did, the last one owes it. A case that is not on the books in
 * the month keeps its own row as it is.
 */
void duty_share(month_t month, struct duty_claim *claims, size_t count);
#endif
