/**
 * What a use case answers besides its result.
 *
 * Threads: a reply belongs to one.
 */
#ifndef DOUDI_SERVICE_REPLY_H
#define DOUDI_SERVICE_REPLY_H

#include "base/fields.h"
#include "base/problems.h"
#include "base/result.h"

/** reply_free() before it is used again. */
struct reply {
    char *message;            /**< Chinese sentence for the user, NULL = the result's own words */
    struct problems problems; /**< at fields */
    struct fields values;     /**< outcome of a write, by name (each use case says which) */
};

void reply_free(struct reply *reply);
/** Sets the message (replacing one) and returns `result`. */
enum result reply_say(struct reply *reply, enum result result, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
#ifdef __clang_analyzer__ /* which looks at one file at a time and would not see what it returns */
#define reply_say(reply, result, ...) ((reply_say)(reply, result, __VA_ARGS__), (result))
#endif

#endif
