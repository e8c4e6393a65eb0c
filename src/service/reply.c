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

__attribute__((format(printf, 2, 0))) static void set_message(struct reply *reply,
                                                              const char *format, va_list args)
{
    struct str text = {0};

    str_vprintf(&text, format, args);
    free(reply->message);
    reply->message = str_take(&text);
}

#undef reply_say /* the analyser's macros (service/reply.h) */
#undef reply_say_at
enum result reply_say(struct reply *reply, enum result result, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    set_message(reply, format, args);
    va_end(args);
    return result;
}

enum result reply_say_at(struct reply *reply, enum result result, const char *field,
                         const char *format, ...)
{
    va_list args;

    va_start(args, format);
    set_message(reply, format, args);
    va_end(args);
    problems_add(&reply->problems, field, "", "%s", reply->message);
    return result;
}
