/**
 * Import of spreadsheets: good rows are stored, the others are listed with row, person, column and
 * reason.
 *
 * Rows are text under Chinese headings. The aliases of the programme file say which heading is
 * which field, or the importer says it with a map; the office can keep the map. A household is
 * stored whole or not at all: its rows are gathered until import_flush() with `end`. The import
 * never fills in a value that figures depend on. If the file's value differs from a person's stored
 * value, the stored one is kept and the difference is reported; an officer decides. Every record
 * carries its batch; a whole batch can be undone as long as nothing was built on it.
 *
 * Threads: an import belongs to one session.
 */
#ifndef DOUDI_SERVICE_IMPORT_IMPORT_H
#define DOUDI_SERVICE_IMPORT_IMPORT_H

#include "service/service.h"

struct import;

struct import_heading {
    const char *text;
    const char *group; /**< the heading above that spans several columns, "" if none */
    bool blank;        /**< no row has any text in the column */
};

/** A decided difference: store the file's value of this field in this row. */
struct import_take {
    uint32_t row;
    const char *field;
};

struct import_options {
    const char *kind; /**< a programme, or "visit" */
    const char *file; /**< its name, for people */
    bool dry_run;
    size_t heading_count;
    const struct import_heading *headings;
    size_t map_count;
    /** heading → a field's id, label or other heading; "" = skip the column */
    const struct field *map;
    const char *save_map; /**< keep the map under this name, "" = do not */
    size_t take_count;
    const struct import_take *takes;
};

/** A row of the file. */
struct import_input {
    uint32_t number; /**< the row's number in the spreadsheet */
    size_t count;
    const char *const *cells;
    const char *fault; /**< why the row cannot be read, "" if it can */
};

struct import_result {
    uint64_t rows, accepted, refused;
    uint64_t households, households_accepted; /**< 0 for kinds without households */
    struct sheet *refusals;                   /**< COLUMNS_REFUSALS of this call */
    struct sheet *remarks;                    /**< COLUMNS_REMARKS: warnings of accepted rows */
    struct sheet *differences; /**< COLUMNS_DIFFERENCES: values of the file that were not stored */
};

/** Reads the headings. An unknown column is skipped and reported. RESULT_INVALID if a required
 *  column is missing. *ret_headings (COLUMNS_HEADINGS, the field of each column) is set once the
 *  headings are read, even if one is missing; else NULL. values: batch. */
enum result import_open(struct service *service, const struct caller *caller,
                        const struct import_options *options, struct import **ret_import,
                        struct sheet **ret_headings, struct reply *reply);
/** Notes on how the headings were read, one per line; "" if none. */
const char *import_notes(const struct import *import);
/** Checks that another row fits in memory (base/limits.h); RESULT_INVALID or RESULT_AGAIN with
 *  words if not: then free the import, its rows are incomplete. Call before each import_row(). */
enum result import_room(struct import *import, const struct import_input *row, struct reply *reply);
enum result import_row(struct import *import, const struct import_input *row);
/** Records the gathered units that are complete; with `end` all of them. */
enum result import_flush(struct import *import, const struct caller *caller, bool end,
                         struct import_result *ret_result, struct reply *reply);
void import_result_free(struct import_result *result);
void import_free(struct import **import);
const char *import_batch(const struct import *import);

/** COLUMNS_FIELDS: the fields that columns of a kind may be, with all known headings. */
enum result import_fields(struct service *service, const struct caller *caller, const char *kind,
                          struct sheet **ret_sheet, struct reply *reply);

/** Undoes a batch: visits no longer count; cases are removed, or after the day of the import ended
 *  as of their first day; persons get their earlier values back. values: cases, visits. *ret_left
 *  (COLUMNS_UNRESTORED) lists the values that could not be restored; NULL if there are none. */
enum result import_undo(struct service *service, const struct caller *caller, const char *batch,
                        struct sheet **ret_left, struct reply *reply);

/** A village's name without 村委会, 居委会 and the like: 大亮村委会 as 大亮村. New string. */
char *import_place_office(const char *name);

#endif
