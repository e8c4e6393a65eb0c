/**
 * Import of spreadsheets: good rows go in, the others are named with row, person, column and reason.
 *
 * Rows come as text under Chinese headings; the programme file's aliases say which field each is, or
 * the importer does (a map, which can be kept for the office). A household goes in whole or not at all:
 * its rows are gathered until import_flush() with `end`. Nothing that a figure depends on is put in
 * by itself, and what is known of somebody is not overwritten: a value that differs is a difference
 * for somebody to decide. Every record carries the batch, so that a whole batch can be undone while
 * nothing later was built on it.
 *
 * Threads: an import belongs to one session.
 */
#ifndef DOUDI_SERVICE_IMPORT_IMPORT_H
#define DOUDI_SERVICE_IMPORT_IMPORT_H

#include "service/service.h"

struct import;

struct import_heading {
    const char *text;
    const char *group; /**< heading above it that spans several columns, "" if none */
    bool blank;        /**< no row has any text in the column */
};

/** A difference that was decided: the file's value of this field in this row. */
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
    const struct field *map; /**< heading: field's id, label or another heading; "" = pass over */
    const char *save_map;    /**< keep the map under this name, "" = do not */
    size_t take_count;
    const struct import_take *takes;
};

/** A row of the file. */
struct import_input {
    uint32_t number; /**< as the spreadsheet shows it */
    size_t count;
    const char *const *cells;
    const char *fault; /**< why it cannot be read, "" if it can */
};

struct import_result {
    uint64_t rows, accepted, refused;
    uint64_t households, households_accepted; /**< 0 for kinds without */
    struct sheet *refusals;                   /**< COLUMNS_REFUSALS of this call */
    struct sheet *remarks;                    /**< COLUMNS_REMARKS: warnings of accepted rows */
    struct sheet *differences; /**< COLUMNS_DIFFERENCES: values that were not taken */
};

/** Understands the headings. An unknown column is passed over and named; RESULT_INVALID when one that
 *  must be there is missing. *ret_headings (COLUMNS_HEADINGS, what each column is) is set as soon as
 *  they were read, also when one is missing; NULL otherwise. values: batch. */
enum result import_open(struct service *service, const struct caller *caller,
                        const struct import_options *options, struct import **ret_import,
                        struct sheet **ret_headings, struct reply *reply);
/** What need be said of how the headings were read, a line each; "" if nothing. */
const char *import_notes(const struct import *import);
/** Whether another row has room in memory (base/limits.h); RESULT_INVALID or RESULT_AGAIN with words.
 *  Free the import then: what it gathered is incomplete. Call before each import_row(). */
enum result import_room(struct import *import, const struct import_input *row, struct reply *reply);
enum result import_row(struct import *import, const struct import_input *row);
/** Takes in what was gathered (all that is complete; everything when `end`). */
enum result import_flush(struct import *import, const struct caller *caller, bool end,
                         struct import_result *ret_result, struct reply *reply);
void import_result_free(struct import_result *result);
void import_free(struct import **import);
const char *import_batch(const struct import *import);

/** What columns of a kind may be, with all headings that are known: COLUMNS_FIELDS. */
enum result import_fields(struct service *service, const struct caller *caller, const char *kind,
                          struct sheet **ret_sheet, struct reply *reply);

/** Takes a batch back: visits count no more, cases are removed or (later than on their day) ended as
 *  of their first day, persons get back what they had. values: cases, visits. *ret_left
 *  (COLUMNS_UNRESTORED) names what could not be restored; NULL if everything could. */
enum result import_undo(struct service *service, const struct caller *caller, const char *batch,
                        struct sheet **ret_left, struct reply *reply);

#endif
