/**
 * The examples in programme files that the duty rules must bear out.
 *
 * The files' other examples are run when they are loaded; whether a case that starts on a day is
 * counted in a month is for the rules to say (src/domain/duty.h), so those are run here, before
 * any month is opened: a rule or a file that has changed by mistake is known at once.
 *
 * Threads: pure.
 */
#ifndef DOUDI_SERVICE_MEMORY_EXAMPLES_H
#define DOUDI_SERVICE_MEMORY_EXAMPLES_H

#include "form/form.h"

/** RESULT_INVALID with *ret_message (Chinese, new string) naming the first that fails. */
enum result examples_check(const struct forms *forms, char **ret_message);

#endif
