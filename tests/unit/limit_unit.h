/**
 * A test that fails within a transaction, or holding a lock, leaves both behind: taking its fixture
 * down would wait for ever, and what the test said would never be printed. So the taking down has a
 * limit, which only such a test reaches; what it left stays as it is.
 */
#ifndef DOUDI_TESTS_LIMIT_UNIT_H
#define DOUDI_TESTS_LIMIT_UNIT_H

#include "unit.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

enum { LIMIT_UNIT_SECONDS = 60 };

/** The thread that takes down: cmocka's. */
static pthread_t limit_unit_thread;

static inline void limit_unit_reached(int signal)
{
    if (pthread_equal(pthread_self(), limit_unit_thread))
        fail_msg("the fixture could not be taken down in %d s: a lock or a transaction was left",
                 LIMIT_UNIT_SECONDS);
    pthread_kill(limit_unit_thread, signal);
}

static inline void limit_unit_begin(void)
{
    /* fail_msg does not return to where the signal would be let in again. */
    struct sigaction action = {.sa_handler = limit_unit_reached, .sa_flags = SA_NODEFER};

    limit_unit_thread = pthread_self();
    assert_int_equal(sigaction(SIGALRM, &action, NULL), 0);
    alarm(LIMIT_UNIT_SECONDS);
}

static inline void limit_unit_end(void)
{
    alarm(0);
}

#endif
