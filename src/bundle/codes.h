/**
 * The lists of values in the bundle: of codes.yaml and of the program's own tables.
 *
 * Threads: constant tables.
 */
#ifndef DOUDI_BUNDLE_CODES_H
#define DOUDI_BUNDLE_CODES_H

#include "bundle/dictionary.h"

/** The ids in the lists "type" and "empty". */
const char *codes_type(enum dictionary_type type);
const char *codes_empty(enum dictionary_empty empty);
/** What an empty cell says, in Chinese. */
const char *codes_empty_words(enum dictionary_empty empty);

#endif
