#include "service/reply.h"

#include "base/str.h"

#include <stdarg.h>
#include <stdlib.h>

void reply_free(struct reply *reply)
{
    free(reply->message);
    problems_free(&reply->problems);
    fields_free(&reply->values);
    *reply = (struct reply){0};
}

#undef reply_say /* the analyser's macros (service/reply.h) */
#undef reply_say_at
enum result reply_say(struct reply *reply, enum result result, const char *format, ...)
{
    struct str text = {0};
    va_list args;

    va_start(args, format);
    str_vprintf(&text, format, args);
    va_end(args);
    free(reply->message);
    reply->message = str_take(&text);
    return result;
}

enum result reply_say_at(struct reply *reply, enum result result, const char *field,
                         const char *format, ...)
{
    struct str text = {0};
    va_list args;

    va_start(args, format);
    str_vprintf(&text, format, args);
    va_end(args);
    problems_add(&reply->problems, field, "", "%s", str_text(&text));
    free(reply->message);
    reply->message = str_take(&text);
    return result;
}
