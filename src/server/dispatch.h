/**
 * Takes a frame to the handler of its request, and the answer back into a frame.
 *
 * The requests are one table of handlers: the server's is in server/handlers.h, tests have their
 * own. Before a handler runs, service_check() checks the right to its request, so that no handler
 * can forget it. The use case checks the area, because it knows the record. A frame that holds no
 * request, or a request without a row, is answered with RESULT_PROTOCOL, and the connection ends.
 * Threads: tables are constant; a session belongs to its thread.
 */
#ifndef DOUDI_SERVER_DISPATCH_H
#define DOUDI_SERVER_DISPATCH_H

#include "server/session.h"
#include "wire/doudi.pb-c.h"

#include <stddef.h>

/**
 * Answers one request: fills the response's `what`. The caller adds the returned result, and
 * message and problems from `reply`.
 */
typedef enum result (*handler_function)(struct session *session, const Wire__Request *request,
                                        Wire__Response *response, struct reply *reply);

struct handler {
    Wire__Request__WhatCase what;
    const char *name;   /**< the field's name in doudi.proto; for the log */
    enum action action; /**< the right that the request needs */
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

/** Makes the answer to a frame that holds no request or cannot be served now. */
void dispatch_refuse(enum result result, const char *words, uint8_t **ret_answer,
                     size_t *ret_length);

#endif
