/**
 * README.txt of a bundle: in Chinese and English, how to read the files and to check the hashes.
 *
 * Private to src/bundle. Threads: pure functions.
 */
#ifndef DOUDI_BUNDLE_README_H
#define DOUDI_BUNDLE_README_H

#include "base/str.h"

#define README_NAME "README.txt"

/** Appends the text, with a list of the files of bundle/extract.h. The same for every bundle. */
void readme_add(struct str *text);

#endif
