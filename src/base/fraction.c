#include "base/fraction.h"

/* A product of two 64-bit numbers, and a sum of two such products, fit. */
__extension__ typedef __int128 wide;

static wide divisor(wide a, wide b)
{
    while (b != 0) {
        wide rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

static bool make(wide above, wide below, struct fraction *ret_fraction)
{
    if (below == 0)
        return false;
    wide common = divisor(above, below);
    above /= common;
    below /= common;
    if (below < 0) {
        above = -above;
        below = -below;
    }
    if (above > INT64_MAX || above < -INT64_MAX || below > INT64_MAX)
        return false;
    *ret_fraction = (struct fraction){(int64_t)above, (int64_t)below};
    return true;
}

struct fraction fraction_whole(int64_t number)
{
    return (struct fraction){number, 1};
}

bool fraction_add(struct fraction a, struct fraction b, struct fraction *ret_sum)
{
    return make((wide)a.above * b.below + (wide)b.above * a.below, (wide)a.below * b.below,
                ret_sum);
}

bool fraction_subtract(struct fraction a, struct fraction b, struct fraction *ret_difference)
{
    return make((wide)a.above * b.below - (wide)b.above * a.below, (wide)a.below * b.below,
                ret_difference);
}

bool fraction_multiply(struct fraction a, struct fraction b, struct fraction *ret_product)
{
    return make((wide)a.above * b.above, (wide)a.below * b.below, ret_product);
}

bool fraction_divide(struct fraction a, struct fraction b, struct fraction *ret_quotient)
{
    return make((wide)a.above * b.below, (wide)a.below * b.above, ret_quotient);
}

int fraction_compare(struct fraction a, struct fraction b)
{
    wide left = (wide)a.above * b.below;
    wide right = (wide)b.above * a.below;

    return (left > right) - (left < right);
}

bool fraction_round(struct fraction a, int64_t step, int64_t *ret_number)
{
    wide size = a.above < 0 ? -(wide)a.above : a.above;
    wide unit = (wide)a.below * step;
    wide steps = (2 * size + unit) / (2 * unit);
    wide number = (a.above < 0 ? -steps : steps) * step;

    if (number > INT64_MAX || number < -INT64_MAX)
        return false;
    *ret_number = (int64_t)number;
    return true;
}
