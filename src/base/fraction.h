/**
 * Exact fractions, for amounts that are divided before they are rounded.
 *
 * A fraction is in lowest terms and `below` is positive. An operation returns false, and writes
 * nothing, if its result does not fit or would be divided by 0. Threads: pure functions.
 */
#ifndef DOUDI_BASE_FRACTION_H
#define DOUDI_BASE_FRACTION_H

#include <stdbool.h>
#include <stdint.h>

struct fraction {
    int64_t above, below;
};

struct fraction fraction_whole(int64_t number);
bool fraction_add(struct fraction a, struct fraction b, struct fraction *ret_sum);
bool fraction_subtract(struct fraction a, struct fraction b, struct fraction *ret_difference);
bool fraction_multiply(struct fraction a, struct fraction b, struct fraction *ret_product);
bool fraction_divide(struct fraction a, struct fraction b, struct fraction *ret_quotient);
/** Less than, equal to or greater than 0, as a is to b. */
int fraction_compare(struct fraction a, struct fraction b);
/** The nearest multiple of `step` (from 1); a half goes away from 0: half up for an amount. */
bool fraction_round(struct fraction a, int64_t step, int64_t *ret_number);

#endif
