/**
 * A client's connection and its thread: reads requests, calls their handlers, sends the answers.
 *
 * The server's loop opens, joins and closes connections; the thread only reports that it is done.
 * Threads: only that loop calls the functions below.
 */
#ifndef DOUDI_SERVER_CONNECTION_H
#define DOUDI_SERVER_CONNECTION_H

#include "server/activity.h"
#include "server/meters.h"
#include "server/seats.h"
#include "server/server.h"

#include <stdatomic.h>

struct connection;

/** What all connections of a server share; it outlives them. */
struct connection_host {
    const struct server_options *options;
    int wake_fd;               /**< eventfd, written when a connection is done */
    struct activity *activity; /**< of sessions that came by password */
    struct seats *seats;
    struct meters *meters;
    atomic_bool ending;
    atomic_bool giving_up;
    atomic_bool yielding; /**< another server wants the home */
};

/** Starts a connection's thread; takes the socket (closed also on failure). */
enum result connection_open(struct connection_host *host, int fd, uid_t uid,
                            struct connection **ret_connection);
uid_t connection_uid(const struct connection *connection);
bool connection_done(const struct connection *connection);
/** True if a stranger has been silent for too long, or a frame takes too long to come. */
bool connection_silent(const struct connection *connection);
/** Ends the connection after the answer in progress; `hard`: at once. */
void connection_wake(struct connection *connection, bool hard);
/** Waits for the thread, then closes the socket and frees the connection. */
void connection_close(struct connection **connection);

#endif
