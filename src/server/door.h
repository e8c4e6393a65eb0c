/**
 * Turns clients away before a session begins: the server is full, or has no home to serve.
 *
 * Threads: the functions are pure.
 */
#ifndef DOUDI_SERVER_DOOR_H
#define DOUDI_SERVER_DOOR_H

#include "base/result.h"

/** Answers whatever the client asks with `result` and `words`, and closes the socket. */
void door_refuse(int fd, enum result result, const char *words);
/** The same for every client that waits in the queue of a listening socket. */
void door_refuse_waiting(int listen_fd, enum result result, const char *words);

#endif
