/**
 * Fills a home with invented people. Threads: one demonstration at a time.
 */
#ifndef DOUDI_SERVICE_DEMO_DEMO_H
#define DOUDI_SERVICE_DEMO_DEMO_H

#include "service/service.h"

struct demo_input {
    uint32_t cases, months;
    uint64_t seed;
    const char *area; /**< "" = the home's area */
};
/** Fills a home that has no cases. COLUMNS_OFFICERS with the demonstration officers; values:
 *  cases, visits. */
enum result demo_fill(struct service *service, const struct caller *caller,
                      const struct demo_input *input, struct sheet **ret_officers,
                      struct reply *reply);

#endif
