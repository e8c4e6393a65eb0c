/**
 * JSON that comes from outside: a manifest, a receipt.
 *
 * Nothing in it is trusted: its size and depth are limited, a value has the right type or is none,
 * and texts have no NUL. Threads: any.
 */
#ifndef DOUDI_BUNDLE_OUTSIDE_H
#define DOUDI_BUNDLE_OUTSIDE_H

#include "base/digest.h"
#include "base/result.h"

#include <json-c/json.h>
#include <stdbool.h>
#include <stdint.h>

/** The one object that the text holds: the caller's, json_object_put(). NULL for other text;
 *  *ret_whole is false if a NUL is in it, or anything behind the object. */
json_object *outside_parse(const char *text, size_t length, bool *ret_whole);

/** A string, borrowed; NULL if it is missing or none. */
const char *outside_text(json_object *object, const char *key);
bool outside_number(json_object *object, const char *key, int64_t *ret_value);
/** A list of at most `most` elements, borrowed; NULL if it is missing or none. */
json_object *outside_list(json_object *object, const char *key, size_t most);

/** True if the text has so many characters, all of them from `characters`. */
bool outside_is_made_of(const char *text, size_t length, const char *characters);
/** A SHA-256, lower-case hexadecimal; `text` may be NULL. */
bool outside_hash(const char *text, char hash[DIGEST_TEXT]);

#endif
