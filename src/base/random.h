/**
 * Random numbers: reproducible ones for demonstrations and tests, secret ones for sessions.
 */
#ifndef DOUDI_BASE_RANDOM_H
#define DOUDI_BASE_RANDOM_H

#include "base/result.h"

#include <stddef.h>
#include <stdint.h>

/** A small generator (SplitMix64): the same seed gives the same numbers everywhere. */
struct random {
    uint64_t state;
};

uint64_t random_next(struct random *random);
/** A number in [0, bound); bound > 0. */
uint32_t random_below(struct random *random, uint32_t bound);

/** Fills with bytes from the kernel's generator. */
enum result random_secret(void *bytes, size_t length);

#endif
