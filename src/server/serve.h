/**
 * Serving a home from start to end: lock, socket, service, timers, clients.
 */
#ifndef DOUDI_SERVER_SERVE_H
#define DOUDI_SERVER_SERVE_H

#include "base/result.h"

#include <stdbool.h>

struct serve_options {
    const char *home;
    const char *socket; /**< NULL = the home's own (wire/socket.h) */
    bool create;        /**< make the home if it is not there */
    const char
        *key_file; /**< its key, NULL = where it is remembered (service/keeping/homekey.h); with
                               `create` the new home is encrypted */
    int idle_exit; /**< seconds after the last client, 0 = never */
    int cache_mib; /**< the database's pages in memory, 0 = by the machine (db/store.h) */
    int ready_fd;  /**< pipe to the client that started this server, -1 = none */
};

/**
 * Returns when the server has ended. It has told errors to the log and to the starting client.
 * *ret_unfinished: threads still run; the process must end without closing anything.
 */
enum result serve_home(const struct serve_options *options, bool *ret_unfinished);

#endif
