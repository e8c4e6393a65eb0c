#include "bundle/rowsum.h"

#include <string.h>

enum { BYTE = 8, HEX = 16 };

void rowsum_add(struct rowsum *sum, const uint8_t hash[DIGEST_SIZE])
{
    unsigned carry = 0;

    for (size_t i = DIGEST_SIZE; i-- > 0;) {
        carry += (unsigned)sum->total[i] + hash[i];
        sum->total[i] = (uint8_t)carry;
        carry >>= BYTE;
    }
    sum->rows++;
}

void rowsum_join(struct rowsum *sum, const struct rowsum *other)
{
    uint64_t rows = sum->rows + other->rows;

    rowsum_add(sum, other->total);
    sum->rows = rows;
}

void rowsum_part(struct rowsum *sum, const struct rowsum *other)
{
    unsigned borrow = 0;

    for (size_t i = DIGEST_SIZE; i-- > 0;) {
        unsigned less = (unsigned)other->total[i] + borrow;
        borrow = sum->total[i] < less;
        sum->total[i] = (uint8_t)(sum->total[i] - less);
    }
    sum->rows -= other->rows;
}

const char *rowsum_format(const struct rowsum *sum, char text[DIGEST_TEXT])
{
    return digest_format(sum->total, text);
}

bool rowsum_parse(const char *text, struct rowsum *ret_sum)
{
    static const char digits[] = "0123456789abcdef";
    struct rowsum sum = {0};

    if (strlen(text) != DIGEST_TEXT - 1 || strspn(text, digits) != DIGEST_TEXT - 1)
        return false;
    for (size_t i = 0; i < DIGEST_SIZE; i++)
        sum.total[i] = (uint8_t)((strchr(digits, text[2 * i]) - digits) * HEX +
                                 (strchr(digits, text[2 * i + 1]) - digits));
    *ret_sum = sum;
    return true;
}
