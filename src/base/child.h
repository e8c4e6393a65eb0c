/**
 * A program that is given a text on its standard input and whose output is collected.
 *
 * The caller goes on while it runs: child_step() moves bytes for a moment and tells whether it has
 * ended, so that a screen can count seconds and an officer can give up. The program has a session
 * of its own, without a terminal to ask passwords at, and default signals. It gets /dev/null
 * for an empty input. What it writes as errors is kept as well, up to a few lines.
 *
 * Ownership: a child owns its copies; the input is borrowed until the program has ended. Freeing a
 * child that still runs kills it with all it has started. The caller's process ignores SIGPIPE.
 * Threads: one thread for each child.
 */
#ifndef DOUDI_BASE_CHILD_H
#define DOUDI_BASE_CHILD_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct child;

struct child_order {
    const char *const *arguments; /**< the program's path first, NULL-terminated */
    const void *input;
    size_t length;
    size_t most; /**< bytes of output; a program that writes more is killed */
};

enum {
    CHILD_KILLED = -1, /**< ended by a signal, or by child_free() */
    CHILD_TOO_MUCH = -2
};

/** Starts the program; NULL with errno if it cannot be started. */
struct child *child_start(const struct child_order *order);
/** Moves bytes for at most `milliseconds`; true once the program has ended. */
bool child_step(struct child *child, int milliseconds);
/** Once it has ended: its exit status, CHILD_KILLED or CHILD_TOO_MUCH. */
int child_status(const struct child *child);
/** What it has written so far; the caller may take the text. */
struct str *child_output(struct child *child);
/** The first line that it wrote as an error, as plain text; "" for none. New string. */
char *child_words(const struct child *child);
void child_free(struct child **child);

#endif
