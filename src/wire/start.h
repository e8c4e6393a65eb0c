/**
 * Starting the server of a home, and how it says that it is ready.
 *
 * start_server() runs `doudid` in a session of its own and waits until it has reported through a
 * pipe; the server calls start_report() once, when it listens or knows that it never will.
 * Threads: start_server() forks and must be called by a process without threads.
 */
#ifndef DOUDI_WIRE_START_H
#define DOUDI_WIRE_START_H

#include "base/result.h"

#include <stdbool.h>

/** Seconds a server lives on after its last client when a client has started it. */
enum { START_IDLE_EXIT = 30 };

/**
 * `key_file`: the whole path of the home's key, NULL = where it is remembered.
 * RESULT_AGAIN: another server has the home already or is about to. Any other error is the
 * server's own, with its words in *ret_message (set on error only; free()).
 */
enum result start_server(const char *home, bool create, const char *key_file, char **ret_message);

/** The server's side: reports `result` and its words, and closes the pipe. */
void start_report(int fd, enum result result, const char *words);

#endif
