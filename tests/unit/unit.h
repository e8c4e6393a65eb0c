/**
 * What every unit test includes: cmocka with the headers it needs, and a comparison of results
 * that fails with their names.
 *
 * Tests of widths or of Chinese text call setlocale(LC_ALL, "C.UTF-8") in main().
 */
#ifndef DOUDI_TESTS_UNIT_H
#define DOUDI_TESTS_UNIT_H

#include "base/result.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/** Fails with both names when they differ. */
#define assert_result(actual, expected)                                                            \
    assert_string_equal(result_name(actual), result_name(expected))

/** A new folder for a test, below TMPDIR; new string. */
static inline char *unit_folder(const char *name)
{
    const char *base = getenv("TMPDIR");
    char path[256];

    (void)snprintf(path, sizeof path, "%s/doudi-%s-XXXXXX", base != NULL ? base : "/tmp", name);
    assert_non_null(mkdtemp(path));
    return strdup(path);
}

/**
 * How many random histories a test lives through: few in the default run, many in `make
 * check-torture`, and as many as DOUDI_RUNS says where it is set.
 */
static inline unsigned unit_runs(unsigned few, unsigned many)
{
    const char *runs = getenv("DOUDI_RUNS");

    if (runs != NULL)
        return (unsigned)atoi(runs);
    return getenv("DOUDI_TORTURE") != NULL ? many : few;
}

/** The number of the first of them: 1, or DOUDI_FIRST, to see a history again. */
static inline unsigned unit_first_run(void)
{
    const char *first = getenv("DOUDI_FIRST");

    return first != NULL ? (unsigned)atoi(first) : 1;
}

/** A zombie is dead, but only when its last thread has gone: until then its files are open. */
static inline bool unit_is_alive(pid_t pid)
{
    char path[64];
    char state = 'X';
    int threads = 0;
    FILE *file = NULL;

    (void)snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    file = fopen(path, "re");
    if (file != NULL) {
        /* Fields 3 and 20. */
        if (fscanf(file,
                   "%*d (%*[^)]) %c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d "
                   "%*d %d",
                   &state, &threads) != 2)
            state = 'X';
        fclose(file);
    }
    return threads > 1 || (state != 'X' && state != 'Z');
}

/** The sanitizers are in: memory and system calls are theirs, too. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SANITIZED = 1 };
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif
#else
enum { SANITIZED = 0 };
#endif

#endif
