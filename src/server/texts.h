/**
 * What the texts of a request may hold. Every text of every request is checked, cleaned and
 * measured here.
 *
 * A request with a text that is not UTF-8, or longer than base/limits.h allows, is refused. Names
 * and notes become plain (base/plain.h), because others will see them. Values of forms and imports
 * stay as typed: the type of their field decides (form/type.h). Threads: pure functions.
 */
#ifndef DOUDI_SERVER_TEXTS_H
#define DOUDI_SERVER_TEXTS_H

#include "base/result.h"
#include "service/reply.h"

#include <protobuf-c/protobuf-c.h>

/** The words for a request that holds too much. */
#define TEXTS_TOO_MANY "一次提交的内容太多，请分几次提交"

/** Checks and cleans all texts of an unpacked message, which owns them. RESULT_INVALID with
 *  words. */
enum result texts_take(ProtobufCMessage *message, struct reply *reply);

#endif
