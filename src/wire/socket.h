/**
 * The server's socket: path, connecting, listening.
 *
 * A home's socket is HOME/doudi.sock. A server that listens elsewhere makes it a symbolic link to its
 * own socket, so that the home's owner finds the running server in any case. Other accounts cannot
 * enter the system's own home (/var/lib/doudi), so they need the service's socket,
 * /run/doudi/doudi.sock; systemd listens there even if no server runs yet. A path too long for a
 * socket address is reached through its folder's descriptor.
 *
 * Threads: socket_listen() changes the process's umask for a moment; call it before threads start.
 * The other functions are pure.
 */
#ifndef DOUDI_WIRE_SOCKET_H
#define DOUDI_WIRE_SOCKET_H

#include "base/result.h"

/** The socket path of a home: HOME/doudi.sock. New string. */
char *socket_path(const char *home);
/** The socket of the home's service: DOUDI_SOCKET, or that of the system's own home; NULL if the home
 *  has none. New string. */
char *socket_service_path(const char *home);

/**
 * Connects. RESULT_NOTFOUND: no one listens there; RESULT_DENIED: this account may not connect;
 * RESULT_AGAIN: the server is too busy to accept; RESULT_IO otherwise.
 */
enum result socket_connect(const char *path, int *ret_fd);

/**
 * Connects to the server of a home: at HOME/doudi.sock, where the server that has the home is, and
 * else at the service's socket. Results as socket_connect().
 */
enum result socket_connect_home(const char *home, int *ret_fd);

/** Makes HOME/doudi.sock a link to `path`, where the server listens. Only for the server that has the
 *  home's lock. Returns the link, to be removed at the end (new string); NULL if there is none. */
char *socket_lead(const char *home, const char *path);
/** The path at which a listening socket was made by someone else; NULL if it has none. New string. */
char *socket_bound_path(int fd);

/**
 * Listens with mode 0660, and replaces a link, or a socket file without a listener. RESULT_AGAIN if there is a
 * listener, RESULT_CANTCREATE if the file cannot be made.
 */
enum result socket_listen(const char *path, int *ret_fd);

/** Seconds until a read or write on the socket fails, 0 = never. */
void socket_set_timeouts(int fd, int read_seconds, int write_seconds);

#endif
