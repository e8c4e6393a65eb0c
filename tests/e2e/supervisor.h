/**
 * systemd in small, for one home: has the service's socket, starts doudid for the first client, or
 * again when it ended with a fault that may pass, and writes down what the service says of itself.
 *
 * DOUDI_SOCKET then leads the commands of the test to it.
 */
#ifndef DOUDI_TESTS_SUPERVISOR_H
#define DOUDI_TESTS_SUPERVISOR_H

#include "world.h"

struct supervisor;

/** `data`: the service's own folder of data files (DOUDI_DATADIR), NULL = that of the build. `at_once`:
 *  starts the service without a client. */
struct supervisor *supervisor_start(const struct world *world, const char *data, bool at_once);
/** Waits until the service says `text` (READY=1, STATUS=…), at most 20 seconds. */
void supervisor_await(const struct supervisor *supervisor, const char *text);
/** The service's present or last process. */
pid_t supervisor_pid(const struct supervisor *supervisor);
/** How often the service was started. */
int supervisor_starts(const struct supervisor *supervisor);
/** Ends the service and waits until it is gone; before world_free(). */
void supervisor_stop(struct supervisor **supervisor);

#endif
