/**
 * A client's connection and its thread: reads requests, has them answered, sends the answers.
 *
 * The server's loop opens connections, joins them when they are done and closes them; the thread
 * only reports. Threads: connection_open(), _silent(), _wake() and _close() are for that loop.
 */
#ifndef DOUDI_SERVER_CONNECTION_H
#define DOUDI_SERVER_CONNECTION_H

#include "server/activity.h"
#include "server/seats.h"
#include "server/server.h"

#include <stdatomic.h>

struct connection;

/** What all connections of a server share; outlives them. */
struct connection_host {
    const struct server_options *options;
    int wake_fd;               /**< eventfd, written when a connection is done */
    struct activity *activity; /**< of sessions that came by password */
    struct seats *seats;
    atomic_bool ending;
    atomic_bool giving_up;
};

/** Starts a connection's thread; takes the socket (closed also on failure). */
enum result connection_open(struct connection_host *host, int fd, uid_t uid,
                            struct connection **ret_connection);
uid_t connection_uid(const struct connection *connection);
bool connection_done(const struct connection *connection);
/** True if a stranger has been silent, or a frame has been coming, for longer than they may. */
bool connection_silent(const struct connection *connection);
/** Ends it after the answer it is working on; `hard`: whatever it does with its socket. */
void connection_wake(struct connection *connection, bool hard);
/** Waits for the thread, closes and frees. */
void connection_close(struct connection **connection);

#endif
