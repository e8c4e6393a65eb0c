/**
 * Starts the server of a home; the server reports when it is ready.
 *
 * start_server() runs `doudid` in its own session and waits for its report through a pipe. The
 * server calls start_report() once, when it listens or when it has failed.
 * Threads: start_server() forks; the process must have no other threads.
 */
#ifndef DOUDI_WIRE_START_H
#define DOUDI_WIRE_START_H

#include "base/result.h"

#include <stdbool.h>

/** Seconds that a server started by a client lives after its last client. */
enum { START_IDLE_EXIT = 30 };

/**
 * `key_file`: absolute path of the home's key, NULL = the remembered path. RESULT_AGAIN: another
 * server has the home, or is about to have it. Any other error is the server's own, with its words
 * in *ret_message (set only on error; free()).
 */
enum result start_server(const char *home, bool create, const char *key_file, char **ret_message);

/** For the server: reports `result` and its words, and closes the pipe. */
void start_report(int fd, enum result result, const char *words);

#endif
