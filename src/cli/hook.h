/**
 * Programs of the office that hand a bundle over: the executables of /etc/doudi/send.d.
 *
 * They are tried in the order of their names (letters, digits, - and _, as run-parts has it) with
 * plain arguments, no shell between: file, receiver, address, date, number, full or delta. The first
 * that ends with 0 has handed it over. What they print goes to stderr, which is the journal. Each has
 * `seconds`; what then still runs is killed with all that it has started.
 *
 * Threads: one; the process must have no other children.
 */
#ifndef DOUDI_CLI_HOOK_H
#define DOUDI_CLI_HOOK_H

#include "base/result.h"

enum { HOOK_ARGUMENTS = 6, HOOK_SECONDS = 15 * 60 };

/** `folder`: NULL = there is none. RESULT_AGAIN if nobody took it; *ret_fault (new string) says why:
 *  the last line that the last program printed, and how it ended. */
enum result hook_run(const char *folder, const char *const arguments[HOOK_ARGUMENTS], int seconds,
                     char **ret_fault);

#endif
