/**
 * The answer of a use case, besides its result.
 *
 * Threads: one thread uses a reply.
 */
#ifndef DOUDI_SERVICE_REPLY_H
#define DOUDI_SERVICE_REPLY_H

#include "base/fields.h"
#include "base/problems.h"
#include "base/result.h"

/** Call reply_free() before using it again. */
struct reply {
    char *message;            /**< Chinese sentence for the user, NULL = the result's own words */
    struct problems problems; /**< what is wrong at which field */
    struct fields values;     /**< results by name; the header of each use case lists them */
};

void reply_free(struct reply *reply);
/** Sets the message (replacing one) and returns `result`. */
enum result reply_say(struct reply *reply, enum result result, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/** The same, and the sentence stands at a field of the request: a form puts the cursor there. */
enum result reply_say_at(struct reply *reply, enum result result, const char *field,
                         const char *format, ...) __attribute__((format(printf, 4, 5)));
#ifdef __clang_analyzer__ /* the analyser reads one file at a time: show it the result */
#define reply_say(reply, result, ...) ((reply_say)(reply, result, __VA_ARGS__), (result))
#define reply_say_at(reply, result, ...) ((reply_say_at)(reply, result, __VA_ARGS__), (result))
#endif

#endif
