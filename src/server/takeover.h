/**
 * Takes a home over from the server that has it.
 *
 * A server that a command started lives on for a while (wire/start.h). It makes room as soon as a
 * server that is to last, or a change of key, asks it to: its requests end, its clients find the next
 * server by themselves. A server that is to last makes room for nobody; one can only wait for its end.
 *
 * Threads: none may run yet.
 */
#ifndef DOUDI_SERVER_TAKEOVER_H
#define DOUDI_SERVER_TAKEOVER_H

#include "base/result.h"

#include <stdbool.h>
#include <stdint.h>

struct takeover {
    const char *home;
    bool create;  /**< make the home if it is not there */
    int patience; /**< seconds to wait for a server that does not make room; 0 = hardly */
    int stop_fd;  /**< readable = stop waiting; -1 = none */
    /** Called again and again while waiting, with the words of homedir_lock(); may be NULL. */
    void (*waiting)(const char *words, int64_t waited_ms, void *arg);
    void *arg;
};

/** Locks the home as homedir_lock() does, RESULT_AGAIN after waiting in vain. */
enum result takeover_lock(const struct takeover *ask, int *ret_lock, char **ret_message);

#endif
