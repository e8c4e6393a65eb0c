/**
 * The server's socket: where it is, connecting to it, listening on it.
 *
 * A home's socket is HOME/doudi.sock. The system's own home (/var/lib/doudi) is closed to other
 * accounts, so its socket is /run/doudi/doudi.sock wherever the system has set that up. A path
 * longer than a socket address can hold is reached through its directory's descriptor.
 *
 * Threads: socket_listen() changes the process's umask for a moment; call it before there are
 * threads. The rest is pure.
 */
#ifndef DOUDI_WIRE_SOCKET_H
#define DOUDI_WIRE_SOCKET_H

#include "base/result.h"

/** Path of the socket of a home. New string. */
char *socket_path(const char *home);

/**
 * Connects. RESULT_NOTFOUND: nobody listens there; RESULT_DENIED: this account may not;
 * RESULT_AGAIN: the server is too busy to take the call; RESULT_IO otherwise.
 */
enum result socket_connect(const char *path, int *ret_fd);

/**
 * Listens with mode 0660. A socket file that nobody listens on is replaced; RESULT_AGAIN if
 * somebody does, RESULT_CANTCREATE if it cannot be made.
 */
enum result socket_listen(const char *path, int *ret_fd);

/** Seconds until a read or write on the socket gives up, 0 = never. */
void socket_set_timeouts(int fd, int read_seconds, int write_seconds);

#endif
