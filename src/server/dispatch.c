#include "server/dispatch.h"

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "server/texts.h"
#include "wire/convert.h"
#include "wire/frame.h"

#include <stdlib.h>

const struct handler *dispatch_find_handler(const struct handler_table *table,
                                            Wire__Request__WhatCase what)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->rows[i].what == what)
            return &table->rows[i];
    return NULL;
}

static void pack_response(const Wire__Response *response, uint8_t **ret_bytes, size_t *ret_length)
{
    size_t length = wire__response__get_packed_size(response);
    uint8_t *bytes;

    if (length > FRAME_RESPONSE_MAX) {
        dispatch_refuse(RESULT_INVALID, "内容太多，一次取不完，请缩小范围后再试", ret_bytes,
                        ret_length);
        return;
    }
    bytes = mem_new(length + 1);
    wire__response__pack(response, bytes);
    *ret_bytes = bytes;
    *ret_length = length;
}

void dispatch_refuse(enum result result, const char *words, uint8_t **ret_answer,
                     size_t *ret_length)
{
    Wire__Response response = WIRE__RESPONSE__INIT;

    response.result = (uint32_t)result;
    response.message = (char *)words;
    pack_response(&response, ret_answer, ret_length);
}

static void add_problems(Wire__Response *response, const struct problems *problems)
{
    if (problems->count == 0)
        return;
    response->n_problems = problems->count;
    response->problems = mem_array(problems->count, sizeof(Wire__Problem *));
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *from = &problems->items[i];
        Wire__Problem *problem = mem_new(sizeof *problem);

        wire__problem__init(problem);
        problem->field = mem_copy(from->field);
        problem->value = mem_copy(from->value);
        problem->text = mem_copy(from->text);
        problem->warning = from->warning;
        response->problems[i] = problem;
    }
}

static enum result handle(struct session *session, const struct handler *handler,
                          Wire__Request *request, Wire__Response *response, struct reply *reply)
{
    if (session->greeted == (request->what_case == WIRE__REQUEST__WHAT_HELLO))
        return reply_say(reply, RESULT_PROTOCOL, "%s", result_words(RESULT_PROTOCOL));
    enum result texts = texts_take(&request->base, reply);
    if (texts != 0)
        return texts;
    session->caller.number = request->number;
    bool idle = session_idle(session);
    if (idle && handler->action != ACTION_LOGIN && handler->action != ACTION_LOGOUT)
        return reply_say(reply, RESULT_LOGIN, "离开太久，已锁定，请重新输入密码。");
    if (handler->action != ACTION_LOGIN) { /* anybody may come */
        enum result right =
            service_check(session->service, &session->caller, handler->action, NULL, reply);
        if (right != 0)
            return right;
    }
    return handler->handle(session, request, response, reply);
}

static bool answer_request(struct session *session, const struct handler *handler,
                           Wire__Request *request, uint8_t **ret_answer, size_t *ret_length)
{
    Wire__Response *response = mem_new(sizeof *response);
    struct reply reply = {0};
    enum result result;

    wire__response__init(response);
    result = handle(session, handler, request, response, &reply);
    if (result != 0)
        log_debug("%s: %s", handler->name, result_name(result));
    session_asked(session);
    session->handled = handler;
    session->outcome = result;
    response->number = request->number;
    response->result = (uint32_t)result;
    if (reply.message != NULL)
        response->message = mem_copy(reply.message);
    else if (result != 0)
        response->message = mem_copy(result_words(result));
    add_problems(response, &reply.problems);
    pack_response(response, ret_answer, ret_length);
    reply_free(&reply);
    wire_sheets_drop(&response->base);
    wire__response__free_unpacked(response, NULL);
    return result != RESULT_PROTOCOL;
}

/** How much memory one request may still take while it is unpacked. */
struct room {
    size_t left;
    bool full;
};

static void *take_bytes(void *arg, size_t size)
{
    enum { LEAST = 32, OVERHEAD = 8 }; /* of malloc() */
    struct room *room = arg;
    size_t taken = size + OVERHEAD > LEAST ? size + OVERHEAD : LEAST;

    room->full = room->full || taken > room->left;
    if (room->full)
        return NULL;
    room->left -= taken;
    return malloc(size);
}

static void give_bytes(void *arg, void *bytes)
{
    (void)arg;
    free(bytes);
}

bool dispatch_frame(struct session *session, const struct handler_table *table,
                    const uint8_t *bytes, size_t length, uint8_t **ret_answer, size_t *ret_length)
{
    struct room room = {.left = LIMIT_UNPACKED};
    ProtobufCAllocator allocator = {take_bytes, give_bytes, &room};
    Wire__Request *request = wire__request__unpack(&allocator, length, bytes);
    const struct handler *handler =
        request != NULL ? dispatch_find_handler(table, request->what_case) : NULL;
    bool keep = false;

    session->handled = NULL;
    session->caller.request = bytes;
    session->caller.request_length = length;
    if (handler != NULL)
        keep = answer_request(session, handler, request, ret_answer, ret_length);
    else if (room.full)
        dispatch_refuse(RESULT_INVALID, TEXTS_TOO_MANY, ret_answer, ret_length);
    else
        dispatch_refuse(RESULT_PROTOCOL, result_words(RESULT_PROTOCOL), ret_answer, ret_length);
    session->caller.request = NULL;
    session->caller.request_length = 0;
    if (request != NULL)
        wire__request__free_unpacked(request, &allocator);
    return keep;
}
