/**
 * The full screen and nothing else: doudi as a login shell or as sshd's ForceCommand.
 *
 * Whoever comes in over SSH chooses the command, and with AcceptEnv the environment. Neither opens a
 * way here: commands are refused, and of the environment stays what says how the terminal draws.
 * Files are confined by tui/app/ownfiles.h. doc/security.md says what is trusted.
 *
 * Threads: called once by main(), before any other thread; changes the process's environment.
 */
#ifndef DOUDI_CLI_RESTRICTED_H
#define DOUDI_CLI_RESTRICTED_H

#include "base/result.h"

#include <stdbool.h>

/** True for a login shell: `name` (argv[0]) begins with "-", or the account's shell in passwd is
 *  called doudi. The second holds however the account started the program. */
bool restricted_is_login(const char *name);
/**
 * Takes everything away that is not needed. `command`: sshd's "-c", NULL for none; RESULT_USAGE, with
 * the words said, unless it is this program itself. *ret_files: where officers' folders are, `files`
 * or else the account's home folder; new string.
 */
enum result restricted_begin(const char *command, const char *files, char **ret_files);

#endif
