/**
 * Has doudi-report make a file of a document.
 *
 * The program comes in a package of its own and may be missing; then the words say so. Waits for
 * its end. Threads: any.
 */
#ifndef DOUDI_REPORT_COMPANION_H
#define DOUDI_REPORT_COMPANION_H

#include "base/str.h"
#include "report/document.h"

#include <stdbool.h>

/** True if the program is there to be started. */
bool companion_is_installed(void);

/**
 * `format` is "pdf" or "xlsx". RESULT_PARTIAL: made, with words about it. On failure *ret_message
 * (new string) says why and what to do: RESULT_CANTCREATE without the program, RESULT_INVALID for
 * a document that it refuses, RESULT_IO, RESULT_FULL.
 */
enum result companion_make(const struct document *document, const char *format,
                           struct str *ret_bytes, char **ret_message);

#endif
