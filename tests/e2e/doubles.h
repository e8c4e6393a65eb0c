/**
 * A home with one household in two cases, each of its two people in two records.
 */
#ifndef DOUDI_TESTS_E2E_DOUBLES_H
#define DOUDI_TESTS_E2E_DOUBLES_H

#include "world.h"

/** world_new_home() with the cases 2111020022026DB00001 (李晓红) and …2 (李小红). */
struct world *doubles_world(void);
/** The same from two ledgers; the batch of the first in *ret_batch, a new string. */
struct world *doubles_world_of_two(char **ret_batch);

#endif
