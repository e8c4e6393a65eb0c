/**
 * The three standard streams. A parent process may have closed one: then the next opened file would
 * get its number, and messages would overwrite that file.
 */
#ifndef DOUDI_BASE_STREAMS_H
#define DOUDI_BASE_STREAMS_H

#include "base/result.h"

#include <stdbool.h>

/** Call before anything is opened: a closed descriptor of 0 to 2 becomes one that fails to read and
 *  write. False if it was standard output: no one would read what is written there. */
bool streams_open(void);
/** Call at the end: RESULT_FULL or RESULT_IO if standard output did not take all text. */
enum result streams_finish(void);
/** After a failed write: true if the reader has gone (a closed pipe, as in `doudi due | head -1`), which
 *  is no fault of the disk and nothing to tell anybody. */
bool streams_is_cut(void);
/** Ends the process as SIGPIPE ends others, although it was ignored while the command ran. */
void streams_end_cut(void);

#endif
