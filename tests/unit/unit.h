/**
 * What every unit test includes: cmocka with the headers it needs.
 */
#ifndef DOUDI_TESTS_UNIT_H
#define DOUDI_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

#endif
