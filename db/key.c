#include "db/key.h"

#include "base/mem.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

void key_add_bytes(struct key *key, const void *bytes, size_t length)
{
    if (length > KEY_MAX - key->length) {
        key->overflow = true;
        return;
    }
    memcpy(key->bytes + key->length, bytes, length);
    key->length += length;
}

void key_add_u32(struct key *key, uint32_t number)
{
    uint32_t big = htobe32(number);
    key_add_bytes(key, &big, sizeof big);
}

void key_add_u64(struct key *key, uint64_t number)
{
    uint64_t big = htobe64(number);
    key_add_bytes(key, &big, sizeof big);
}

void key_add_area(struct key *key, const char *area)
{
    char padded[KEY_AREA] = {0};
    size_t length = strlen(area);
    if (length > sizeof padded) {
        key->overflow = true;
        return;
    }
    memcpy(padded, area, length); /* not a string: NOLINT(bugprone-not-null-terminated-result) */
    key_add_bytes(key, padded, sizeof padded);
}

void key_add_text(struct key *key, const char *text)
{
    key_add_bytes(key, text, strlen(text) + 1);
}

void key_add_prefix(struct key *key, const char *text)
{
    if (text != NULL)
        key_add_bytes(key, text, strlen(text));
}

void key_next(struct key *key)
{
    key->bytes[key->length++] = 0;
}

int key_compare_prefix(const struct key *key, const struct key *prefix)
{
    size_t length = key->length < prefix->length ? key->length : prefix->length;
    return memcmp(key->bytes, prefix->bytes, length);
}

int key_compare(const struct key *a, const struct key *b)
{
    int order = key_compare_prefix(a, b);
    return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

char *key_text(const struct key *key)
{
    static const char digits[] = "0123456789abcdef";
    char *text = mem_new(key->length * 2 + 1);
    for (size_t i = 0; i < key->length; i++) {
        text[2 * i] = digits[key->bytes[i] >> 4];
        text[2 * i + 1] = digits[key->bytes[i] & 15];
    }
    return text;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

enum result key_parse(const char *text, struct key *ret_key)
{
    struct key key = {0};
    size_t length = strlen(text);
    if (length % 2 != 0 || length / 2 > KEY_MAX)
        return RESULT_INVALID;
    for (size_t i = 0; i < length; i += 2) {
        int high = hex_value(text[i]);
        int low = hex_value(text[i + 1]);
        if (high < 0 || low < 0)
            return RESULT_INVALID;
        key.bytes[key.length++] = (uint8_t)(high << 4 | low);
    }
    *ret_key = key;
    return RESULT_OK;
}

DBT key_dbt(const struct key *key)
{
    return (DBT){.data = (void *)key->bytes, .size = (u_int32_t)key->length};
}

struct key *keys_add(struct keys *keys)
{
    if (keys->count == keys->capacity) { /* usually only one key is added */
        keys->capacity = keys->capacity == 0 ? 1 : keys->capacity * 2;
        keys->items = mem_resize(keys->items, keys->capacity, sizeof *keys->items);
    }
    struct key *key = &keys->items[keys->count++];
    key->length = 0;
    key->overflow = false;
    return key;
}

static int keys_order(const void *a, const void *b)
{
    return key_compare(a, b);
}

void keys_settle(struct keys *keys)
{
    size_t kept = 0;
    if (keys->count > 1)
        qsort(keys->items, keys->count, sizeof *keys->items, keys_order);
    for (size_t i = 0; i < keys->count; i++)
        if (i == 0 || key_compare(&keys->items[i], &keys->items[kept - 1]) != 0)
            keys->items[kept++] = keys->items[i];
    keys->count = kept;
}

void keys_free(struct keys *keys)
{
    free(keys->items);
    *keys = (struct keys){0};
}
