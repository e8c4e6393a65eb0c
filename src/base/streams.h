/**
 * The three streams that a program is given. Whoever starts it may have closed one of them; then the
 * next file that it opens would get the number, and be written over by messages.
 */
#ifndef DOUDI_BASE_STREAMS_H
#define DOUDI_BASE_STREAMS_H

#include "base/result.h"

#include <stdbool.h>

/** Before anything is opened: what is closed of descriptors 0 to 2 becomes one that fails to read
 *  and to write. False if that was standard output, so that nothing said there would be read. */
bool streams_open(void);
/** At the end: RESULT_FULL or RESULT_IO if standard output did not take all that was written. */
enum result streams_finish(void);

#endif
