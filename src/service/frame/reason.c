#include "service/frame/reason.h"

#include "base/text.h"
#include "base/words.h"

enum result reason_check(const char *field, const char *text, const char *ask, struct reply *reply)
{
    size_t length = text_length(text);

    if (length >= REASON_MIN && length <= REASON_MAX && !text_has_control(text))
        return RESULT_OK;
    problems_add(&reply->problems, field, text, "%s（%d至%d字）", ask, REASON_MIN, REASON_MAX);
    return reply_say(reply, RESULT_INVALID, "%s（%d至%d字）。", ask, REASON_MIN, REASON_MAX);
}
