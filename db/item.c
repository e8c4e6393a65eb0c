#include "db/item.h"

#include "base/random.h"

static uint64_t hash_bytes(uint64_t hash, const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ bytes[i]) * 0x100000001b3; /* FNV-1a */
    return (hash ^ length) * 0x100000001b3;
}

void item_tally_add(struct tally *tally, const struct item *item)
{
    struct random mixed = {hash_bytes(0xcbf29ce484222325, item->key, item->key_length)};
    mixed.state = hash_bytes(mixed.state, item->value, item->value_length);
    tally->count++;
    tally->sum += random_next(&mixed);
}
