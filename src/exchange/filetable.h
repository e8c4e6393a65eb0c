/**
 * The table in a file, found as a person finds it.
 *
 * A file may be CSV in any encoding or an XLSX workbook; above the headings may stand titles, the
 * headings may take two rows, below the data may stand sums and signatures, between them blank
 * rows. A table has the headings and the data rows, each with the number a spreadsheet program
 * shows; what was passed over is named. What a heading means is not known here: the caller is asked.
 *
 * Threads: pure functions but for the files they name.
 */
#ifndef DOUDI_EXCHANGE_FILETABLE_H
#define DOUDI_EXCHANGE_FILETABLE_H

#include "exchange/csv.h"

struct filetable_column {
    char *heading; /**< "" for a column without one */
    char *group;   /**< heading above it that spans several columns, "" if none */
    char *sample;  /**< the first text below it, "" if there is none at all */
};

struct filetable_row {
    uint32_t number;
    size_t count;             /**< cells, which may be fewer or more than there are columns */
    const char *const *cells; /**< borrowed until the next call */
    const char *fault;        /**< why the row cannot be read, in Chinese; NULL if it can */
};

struct filetable;

struct filetable_options {
    enum csv_encoding encoding;
    const char
        *sheet; /**< of a workbook: number from 1 or name; "" is the one with most known headings */
    /** Whether a heading (with the one that spans it, or "") is known. */
    bool (*known)(const char *group, const char *heading, void *arg);
    void *arg;
};

/**
 * Reads a file. On failure *ret_message (new string) says in Chinese what is wrong and what to do:
 * RESULT_NOINPUT when it cannot be read, RESULT_INVALID when there is no table in it. filetable_free()
 * releases the table.
 */
enum result filetable_read(const char *path, const struct filetable_options *options,
                           struct filetable **ret_table, char **ret_message);
void filetable_free(struct filetable **table);

size_t filetable_column_count(const struct filetable *table);
const struct filetable_column *filetable_column(const struct filetable *table, size_t column);
size_t filetable_row_count(const struct filetable *table);
/** A data row; its cells are valid until the next call. */
struct filetable_row filetable_row(struct filetable *table, size_t row);
/** How the file was written, for a file that goes back beside it. */
const struct csv_style *filetable_style(const struct filetable *table);
/** What was passed over and which sheet was read, a line each; "" if nothing need be said. */
const char *filetable_notes(const struct filetable *table);
/** Sheets of a workbook, 0 for other files; the name of one from 0; the one that was read. */
size_t filetable_sheet_count(const struct filetable *table);
const char *filetable_sheet_name(const struct filetable *table, size_t sheet);
size_t filetable_sheet_read(const struct filetable *table);

#endif
