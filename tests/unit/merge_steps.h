/**
 * What tests of merges look at: everything that is stored, and whether it fits together.
 */
#ifndef DOUDI_TESTS_MERGE_STEPS_H
#define DOUDI_TESTS_MERGE_STEPS_H

#include "service_fixture.h"

/** Every record that a merge may touch, as texts. New string. */
char *merge_dump(struct fixture *fixture);
/** Every figure equals what is computed again from the raw records. */
void merge_expect_verified(struct fixture *fixture);

#endif
