/**
 * A county that takes in the bundles of its streets, for end-to-end tests.
 */
#ifndef DOUDI_TESTS_COUNTY_H
#define DOUDI_TESTS_COUNTY_H

#include "world.h"

#define COUNTY_TODAY "2026-11-26"
#define COUNTY_LIAR                                                                                \
    "211103001000" /**< its last bundle is of 11-23 and says a figure that is not so */
#define COUNTY_TWIN "211103002000" /**< has 王桂兰, too, and officers of the same 工号; of 11-25 */
#define COUNTY_WAITER "211103004000" /**< of it came only a delta, which waits for its base */

/** The county 211103 on COUNTY_TODAY; officer 3001 is of the county. */
struct world *county_new(void);
/** Makes a bundle say that the first 待访 duty is 已访, with hashes that agree. */
void county_make_lie(const char *bundle);

#endif
