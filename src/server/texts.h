/**
 * What the texts of a request may hold: checked, cleaned and measured here, once for all requests.
 *
 * A text that is no UTF-8, or longer than base/limits.h says, refuses the request. Names and notes
 * become plain (base/plain.h), since they are stored and shown to others. What a form or an import asks
 * for stays as it was typed: the type of its field decides (form/type.h). Threads: pure functions.
 */
#ifndef DOUDI_SERVER_TEXTS_H
#define DOUDI_SERVER_TEXTS_H

#include "base/result.h"
#include "service/reply.h"

#include <protobuf-c/protobuf-c.h>

/** What is said of a request with too much in it. */
#define TEXTS_TOO_MANY "一次提交的内容太多，请分几次提交"

/** Goes through all texts of an unpacked message, which owns them. RESULT_INVALID with words. */
enum result texts_take(ProtobufCMessage *message, struct reply *reply);

#endif
