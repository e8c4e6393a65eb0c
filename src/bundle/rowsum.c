#include "bundle/rowsum.h"

void rowsum_add(struct rowsum *sum, const uint8_t hash[DIGEST_SIZE])
{
    enum { BYTE = 8 };
    unsigned carry = 0;

    for (size_t i = DIGEST_SIZE; i-- > 0;) {
        carry += (unsigned)sum->total[i] + hash[i];
        sum->total[i] = (uint8_t)carry;
        carry >>= BYTE;
    }
    sum->rows++;
}

const char *rowsum_format(const struct rowsum *sum, char text[DIGEST_TEXT])
{
    return digest_format(sum->total, text);
}
