/**
 * What ledger_property_test does: random work of a day, in the program and in its model.
 */
#ifndef DOUDI_TESTS_LEDGER_ACTS_H
#define DOUDI_TESTS_LEDGER_ACTS_H

#include "ledger_model.h"

extern const char *const areas[AREAS];
extern const char *const streets[STREETS];
extern const char *const kinds[2];

uint32_t pick(struct world *world, uint32_t bound);
/** Fails, with the program's words, if it answered otherwise than the model. */
void expect(struct world *world, const char *what, enum result got, enum result expected);
void live_a_day(struct world *world);
void next_day(struct world *world, int days);

#endif
