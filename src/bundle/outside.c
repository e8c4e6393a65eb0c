#include "bundle/outside.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH = 6 };

json_object *outside_parse(const char *text, size_t length, bool *ret_whole)
{
    struct json_tokener *tokener = json_tokener_new_ex(DEPTH);
    char *copy = mem_copy_bytes(text, length); /* the parser needs the NUL as the end */
    json_object *object = json_tokener_parse_ex(tokener, copy, (int)length + 1);
    size_t end = json_tokener_get_parse_end(tokener); /* after the NUL, if the parser stopped
                                                         there */
    const char *rest = copy + (end < length ? end : length);

    *ret_whole = strlen(copy) == length && rest[strspn(rest, " \r\n")] == '\0';
    if (!*ret_whole || !json_object_is_type(object, json_type_object)) {
        json_object_put(object);
        object = NULL;
    }
    json_tokener_free(tokener);
    free(copy);
    return object;
}

const char *outside_text(json_object *object, const char *key)
{
    json_object *value = NULL;

    if (!json_object_object_get_ex(object, key, &value) ||
        !json_object_is_type(value, json_type_string))
        return NULL;
    const char *text = json_object_get_string(value);
    return strlen(text) == (size_t)json_object_get_string_len(value) ? text : NULL;
}

bool outside_number(json_object *object, const char *key, int64_t *ret_value)
{
    json_object *value = NULL;

    if (!json_object_object_get_ex(object, key, &value) ||
        !json_object_is_type(value, json_type_int))
        return false;
    *ret_value = json_object_get_int64(value);
    return true;
}

json_object *outside_list(json_object *object, const char *key, size_t most)
{
    json_object *value = NULL;

    if (!json_object_object_get_ex(object, key, &value) ||
        !json_object_is_type(value, json_type_array) || json_object_array_length(value) > most)
        return NULL;
    return value;
}

bool outside_is_made_of(const char *text, size_t length, const char *characters)
{
    return strlen(text) == length && strspn(text, characters) == length;
}

bool outside_hash(const char *text, char hash[DIGEST_TEXT])
{
    if (text == NULL || !outside_is_made_of(text, DIGEST_TEXT - 1, "0123456789abcdef"))
        return false;
    memcpy(hash, text, DIGEST_TEXT);
    return true;
}
