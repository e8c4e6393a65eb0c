#include "base/ids.h"

#include <stddef.h>

enum { ORIGIN_DIGITS = 9 };

uint32_t ids_origin(const char *area)
{
    uint32_t origin = 0;

    for (int i = 0; i < ORIGIN_DIGITS; i++)
        origin = origin * 10 + (*area != '\0' ? (uint32_t)(*area++ - '0') : 0);
    return origin;
}

uint32_t ids_origin_of(uint64_t id)
{
    return (uint32_t)(id >> IDS_COUNT_BITS);
}

uint64_t ids_count_of(uint64_t id)
{
    return id & ((1ULL << IDS_COUNT_BITS) - 1);
}

uint64_t ids_make(uint32_t origin, uint64_t count)
{
    return (uint64_t)origin << IDS_COUNT_BITS | count;
}

bool ids_parse(const char *text, uint64_t *ret_id)
{
    uint64_t id = 0;

    if (*text < '1' || *text > '9')
        return false;
    for (; *text >= '0' && *text <= '9'; text++)
        if (__builtin_mul_overflow(id, 10, &id) ||
            __builtin_add_overflow(id, (uint64_t)(*text - '0'), &id))
            return false;
    if (*text != '\0')
        return false;
    *ret_id = id;
    return true;
}

const char *ids_format(uint64_t id, char buffer[IDS_TEXT])
{
    size_t place = IDS_TEXT - 1;

    buffer[place] = '\0';
    do
        buffer[--place] = (char)('0' + id % 10);
    while ((id /= 10) != 0);
    return buffer + place;
}
