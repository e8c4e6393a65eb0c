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
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/** Fails with both names when they differ. */
#define assert_result(actual, expected)                                                            \
    assert_string_equal(result_name(actual), result_name(expected))

#endif
