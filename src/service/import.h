/**
 * Import of spreadsheets: good rows go in, the others are named with line, column and reason.
 *
 * Rows come as text under Chinese headings; the programme file's aliases say which field each is.
 * A household goes in whole or not at all: its rows (the same head's ID number) are gathered until
 * import_end(). Every record carries the batch, so that a whole batch can be undone while nothing
 * later was built on it.
 *
 * Threads: an import belongs to one session.
 */
#ifndef DOUDI_SERVICE_IMPORT_H
#define DOUDI_SERVICE_IMPORT_H

#include "service/service.h"

struct import;

struct import_result {
    uint64_t rows, accepted, refused;
    uint64_t households, households_accepted; /**< 0 for kinds without */
    struct sheet *refusals;                   /**< COLUMNS_REFUSALS of this call */
};

/** `kind`: a programme, or "visit". A heading that is no field's is refused by name, unless
 *  nothing is lost by ignoring it (an empty column). values: batch. */
enum result import_open(struct service *service, const struct caller *caller, const char *kind,
                        const char *file, const char *const *headers, size_t count, bool dry_run,
                        struct import **ret_import, struct reply *reply);
/** Whether another row has room in memory (base/limits.h); RESULT_INVALID or RESULT_AGAIN with words. What
 *  was gathered is of no use then: free the import. Before each import_row(). */
enum result import_room(struct import *import, const char *const *cells, size_t count,
                        struct reply *reply);
enum result import_row(struct import *import, uint32_t line, const char *const *cells,
                       size_t count);
/** Takes in what was gathered (all that is complete; everything when `end`). */
enum result import_flush(struct import *import, const struct caller *caller, bool end,
                         struct import_result *ret_result, struct reply *reply);
void import_result_free(struct import_result *result);
void import_free(struct import **import);
const char *import_batch(const struct import *import);

/** values: cases, visits. */
enum result import_undo(struct service *service, const struct caller *caller, const char *batch,
                        struct reply *reply);

#endif
