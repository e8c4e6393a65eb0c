/**
 * Faults of the disk, injected at the libc boundary.
 *
 * fault.so is loaded into the server (LD_PRELOAD) and maps the file that DOUDI_FAULT names; the test
 * maps it too and arms a fault by writing `action` last. Calls to files whose path contains `part`
 * are counted; when `left` of them have been let through, the fault strikes, and FAULT_FAIL goes on
 * striking until it is disarmed.
 */
#ifndef DOUDI_TESTS_FAULT_H
#define DOUDI_TESTS_FAULT_H

#include <stdatomic.h>

enum fault_action {
    FAULT_NONE,
    FAULT_FAIL, /**< the call fails with `error` */
    FAULT_KILL, /**< the process dies instead of the call */
    FAULT_TEAR, /**< half of the bytes are written, then the process dies */
    /** The same of a data file, cut between two pages of the system (4 KiB): each is the new one or
     *  the old. This is what a kill or a power cut can do to a page of Berkeley DB. */
    FAULT_SPLIT,
    FAULT_HOLD /**< the call waits until the fault is disarmed or the process is killed */
};

enum fault_calls { FAULT_WRITES = 1, FAULT_SYNCS = 2 };

struct fault {
    atomic_int action;
    atomic_int struck; /**< how often */
    atomic_long left;
    int error;
    int calls; /**< enum fault_calls */
    char part[64];
};

#endif
