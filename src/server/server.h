/**
 * The server's loop: accepts clients, gives each a thread, and ends in good order.
 *
 * It ends when `stop_fd` becomes readable, or (with idle_exit) that many seconds after the last
 * client has gone or when another server asks it to make room, or when the database stops: it accepts no more clients, lets running requests
 * finish, sends their answers, and closes waiting connections. Those clients find the next server
 * by themselves.
 *
 * Threads: server_run() blocks; everything it starts has ended when it returns RESULT_OK.
 */
#ifndef DOUDI_SERVER_SERVER_H
#define DOUDI_SERVER_SERVER_H

#include "base/limits.h"
#include "server/dispatch.h"

#include <sys/types.h>

struct server_options {
    const char *home;
    struct service *service; /**< NULL: handlers that need none */
    /** service_settle(); handlers that set `unsettled` need it. */
    void (*settle)(struct service *service, struct settle *settle);
    struct handler_table handlers;
    int listen_fd;
    int stop_fd;          /**< readable = end */
    int idle_exit;        /**< seconds, 0 = never */
    uid_t owner;          /**< of the home */
    struct limits limits; /**< `clients` is at most LIMIT_CLIENTS */
    /** Called after the last client was accepted and before waiting for running requests. */
    void (*closing)(void *arg);
    void *arg;
};

/** RESULT_AGAIN: some work did not end; RESULT_IO: the database stopped. In both cases the process
 *  should end without closing the store. */
enum result server_run(const struct server_options *options);
/** The error that stopped the database; another process must then serve. RESULT_OK while it
 *  runs. */
enum result server_failure(const struct server_options *options);

#endif
