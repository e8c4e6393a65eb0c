/**
 * Checks the examples in programme files that are about duties and the clocks of steps.
 *
 * Loading a file runs its other examples. An example of a case that starts on a day and is counted
 * in a month or not needs the duty rules (src/domain/duty.h), one of a clock those of the lifecycle,
 * so they are run here, before any month is opened: a rule or a file that was changed by mistake is
 * found at once.
 *
 * Threads: pure function.
 */
#ifndef DOUDI_SERVICE_MEMORY_EXAMPLES_H
#define DOUDI_SERVICE_MEMORY_EXAMPLES_H

#include "form/form.h"

/** RESULT_INVALID with *ret_message (Chinese, new string) about the first example that fails. */
enum result examples_check(const struct forms *forms, char **ret_message);

#endif
