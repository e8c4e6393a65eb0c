/**
 * Takes from this process, and from what it starts, the files it does not need (Landlock,
 * Linux 5.13 and later).
 *
 * A second wall: whatever the program is tricked into, the kernel refuses to read, write or run what
 * no rule names. Open files stay open; sockets are not concerned.
 *
 * Threads: holds for the calling thread and its children.
 */
#ifndef DOUDI_BASE_CONFINE_H
#define DOUDI_BASE_CONFINE_H

#include <stdbool.h>
#include <stddef.h>

enum confine_right {
    CONFINE_READ, /**< read what is below */
    CONFINE_RUN,  /**< read and run this program */
    CONFINE_USE,  /**< read and write this device */
    CONFINE_KEEP  /**< read, make, write and remove files below; no folders, links or devices */
};

struct confine_rule {
    const char *path; /**< NULL, or one that does not exist: passed over */
    enum confine_right right;
};

/** Once done it cannot be undone. False if the kernel has no Landlock: nothing is changed. */
bool confine_files(const struct confine_rule *rules, size_t count);

#endif
