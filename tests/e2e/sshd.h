/**
 * A real sshd on the loopback, for tests.
 */
#ifndef DOUDI_TESTS_SSHD_H
#define DOUDI_TESTS_SSHD_H

#include <stdbool.h>
#include <sys/types.h>

/** A port that is free now. */
int sshd_free_port(void);
/** Starts it with FOLDER/config; fails the test unless it listens on `port`. FOLDER/log has what it
 *  says. It ends with this process; end it with SIGTERM. */
pid_t sshd_start(const char *folder, int port);
/** True if its program and those of the client are there. */
bool sshd_is_there(void);

#endif
