/**
 * From a frame to the handler of its request and back to a frame.
 *
 * The requests are one table of handlers; main's is in server/handlers.h, tests have their own.
 * The right to a request is asked of the service (service_check()) before its handler runs, so that
 * no request can be forgotten; which area it may touch is for the use case, that knows the record.
 * A frame that is no request, or a request without a row, is answered with RESULT_PROTOCOL and
 * ends its connection. Threads: constant tables; a session belongs to its thread.
 */
#ifndef DOUDI_SERVER_DISPATCH_H
#define DOUDI_SERVER_DISPATCH_H

#include "server/session.h"
#include "wire/doudi.pb-c.h"

#include <stddef.h>

/**
 * Answers one request: fills the response's `what`; result, message and problems are taken from
 * what it returns and from `reply`.
 */
typedef enum result (*handler_function)(struct session *session, const Wire__Request *request,
                                        Wire__Response *response, struct reply *reply);

struct handler {
    Wire__Request__WhatCase what;
    const char *name;   /**< the field's name in doudi.proto; for the log */
    enum action action; /**< the right without which it is not even looked at */
    handler_function handle;
};

struct handler_table {
    const struct handler *rows;
    size_t count;
};

const struct handler *dispatch_find_handler(const struct handler_table *table,
                                            Wire__Request__WhatCase what);

/**
 * Answers a frame. Returns false if the connection is to be closed after the answer.
 * *ret_answer is always set (free()).
 */
bool dispatch_frame(struct session *session, const struct handler_table *table,
                    const uint8_t *bytes, size_t length, uint8_t **ret_answer, size_t *ret_length);

/** The answer to something that is no request, or that cannot be served now. */
void dispatch_refuse(enum result result, const char *words, uint8_t **ret_answer,
                     size_t *ret_length);

#endif
