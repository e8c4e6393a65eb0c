/**
 * Rights of those who only read, for tests of the screens: both have an `action` of their own.
 */
#ifndef DOUDI_TESTS_UNIT_READERS_H
#define DOUDI_TESTS_UNIT_READERS_H

#include <stdbool.h>

/** True if an auditor has the right (id of service/access.h). */
bool readers_may(const char *right);

#endif
