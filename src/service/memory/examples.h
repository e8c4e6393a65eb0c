/**
 * Checks the examples in programme files that need the rules of src/domain.
 *
 * Loading a file runs its other examples. An example about a duty, an amount or a step's clock is run
 * here, before any month is opened: a rule or a file that was changed by mistake is found at once.
 * Another kind of example is a word of `expect` (form/programme.h) and a row of CHECKS.
 *
 * Threads: pure function.
 */
#ifndef DOUDI_SERVICE_MEMORY_EXAMPLES_H
#define DOUDI_SERVICE_MEMORY_EXAMPLES_H

#include "form/form.h"

/** RESULT_INVALID with *ret_message ("FILE:LINE：reason", new string) about the first example that
 *  fails. */
enum result examples_check(const struct forms *forms, char **ret_message);

#endif
