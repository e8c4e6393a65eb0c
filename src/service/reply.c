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

#undef reply_say /* the analyser's macro (service/reply.h) */
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
