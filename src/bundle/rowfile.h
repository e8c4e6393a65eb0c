/**
 * Reads a CSV file of a bundle, row by row, as bundle/part.h has written it.
 *
 * The file comes from outside: a row has a limited size, the columns that the reader needs must be
 * there, each row has as many cells as the heading, and the text is plain (base/plain.h). Other
 * columns are passed over: a newer sender may have more. Only a block of the file is in memory.
 *
 * Private to src/bundle. Threads: one thread uses a rowfile.
 */
#ifndef DOUDI_BUNDLE_ROWFILE_H
#define DOUDI_BUNDLE_ROWFILE_H

#include "base/result.h"

#include <stddef.h>
#include <stdint.h>

enum { ROWFILE_ROW = 4 << 20 /**< bytes of a row, at most */ };

struct rowfile;

/** `columns`: those that the reader wants, in its order; the cells come in that order. A column whose
 *  name ends with '?' here may be missing (an older sender): its cell is "". RESULT_INVALID with
 *  words otherwise. */
enum result rowfile_open(const char *path, const char *name, const char *const *columns,
                         size_t count, struct rowfile **ret_file, char **ret_message);
void rowfile_free(struct rowfile **file);

/** The next row's cells, borrowed until the next call; NULL at the end. RESULT_INVALID with
 *  words for a row that cannot be read. */
enum result rowfile_next(struct rowfile *file, const char *const **ret_cells, char **ret_message);

/** Rows handed over so far; the file's name, for words. */
uint64_t rowfile_rows(const struct rowfile *file);
const char *rowfile_name(const struct rowfile *file);

#endif
