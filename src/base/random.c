#include "base/random.h"

#include <errno.h>
#include <sys/random.h>

uint64_t random_next(struct random *random)
{
    random->state += 0x9e3779b97f4a7c15u;
    uint64_t z = random->state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

uint32_t random_below(struct random *random, uint32_t bound)
{
    /* Redraws the lowest 2^32 mod bound values, which would be too frequent by one. */
    uint32_t surplus = -bound % bound;
    uint32_t value;
    do {
        value = (uint32_t)(random_next(random) >> 32);
    } while (value < surplus);
    return value % bound;
}

enum result random_secret(void *bytes, size_t length)
{
    uint8_t *to = bytes;
    while (length > 0) {
        ssize_t got = getrandom(to, length, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return RESULT_IO;
        to += got;
        length -= (size_t)got;
    }
    return RESULT_OK;
}
