/**
 * The server's socket: path, connecting, listening.
 *
 * A home's socket is HOME/doudi.sock. Other accounts cannot enter the system's own home
 * (/var/lib/doudi), so its socket is /run/doudi/doudi.sock if the system has that folder. A path
 * too long for a socket address is reached through its folder's descriptor.
 *
 * Threads: socket_listen() changes the process's umask for a moment; call it before threads start.
 * The other functions are pure.
 */
#ifndef DOUDI_WIRE_SOCKET_H
#define DOUDI_WIRE_SOCKET_H

#include "base/result.h"

/** The socket path of a home. New string. */
char *socket_path(const char *home);

/**
 * Connects. RESULT_NOTFOUND: no one listens there; RESULT_DENIED: this account may not connect;
 * RESULT_AGAIN: the server is too busy to accept; RESULT_IO otherwise.
 */
enum result socket_connect(const char *path, int *ret_fd);

/**
 * Listens with mode 0660, and replaces a socket file without a listener. RESULT_AGAIN if there is a
 * listener, RESULT_CANTCREATE if the file cannot be made.
 */
enum result socket_listen(const char *path, int *ret_fd);

/** Seconds until a read or write on the socket fails, 0 = never. */
void socket_set_timeouts(int fd, int read_seconds, int write_seconds);

#endif
