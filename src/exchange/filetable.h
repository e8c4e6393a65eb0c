/**
 * Finds the table in a file, as a person would.
 *
 * A file is CSV in any encoding or an XLSX workbook. It may have titles above the headings,
 * headings in two rows, blank rows, and sums and signatures below the data. A table has the
 * headings and the data rows, each with the number that a spreadsheet program shows; the notes name
 * skipped rows. The caller says which headings are known.
 *
 * Threads: pure functions, except for the files they name.
 */
#ifndef DOUDI_EXCHANGE_FILETABLE_H
#define DOUDI_EXCHANGE_FILETABLE_H

#include "exchange/csv.h"

struct filetable_column {
    char *heading; /**< "" if it has none */
    char *group;   /**< the heading above that spans several columns, "" if none */
    char *sample;  /**< the first text below the heading, "" if none */
};

struct filetable_row {
    uint32_t number;
    size_t count;             /**< of cells; may differ from the number of columns */
    const char *const *cells; /**< borrowed until the next call */
    const char *fault;        /**< why the row cannot be read, in Chinese; NULL if it can */
};

struct filetable;

struct filetable_options {
    enum csv_encoding encoding;
    const char
        *sheet; /**< of a workbook: number from 1 or name; "" is the one with most known headings */
    /** Whether a heading is known (with the one above that spans it, or ""). */
    bool (*known)(const char *group, const char *heading, void *arg);
    void *arg;
};

/**
 * Reads a file; free the table with filetable_free(). On failure *ret_message (new string) says in
 * Chinese what is wrong and what to do: RESULT_NOINPUT if the file cannot be read, RESULT_INVALID
 * if it has no table.
 */
enum result filetable_read(const char *path, const struct filetable_options *options,
                           struct filetable **ret_table, char **ret_message);
void filetable_free(struct filetable **table);

size_t filetable_column_count(const struct filetable *table);
const struct filetable_column *filetable_column(const struct filetable *table, size_t column);
size_t filetable_row_count(const struct filetable *table);
/** A data row; its cells are valid until the next call. */
struct filetable_row filetable_row(struct filetable *table, size_t row);
/** How the file was written, so that files written beside it have the same style. */
const struct csv_style *filetable_style(const struct filetable *table);
/** Writes a sheet's first `columns` columns to PATH.ENDING.csv in that style, mode 0600; deletes an
 *  earlier run's file instead of writing an empty one. On failure *ret_message (new string) names
 *  the file. */
enum result filetable_write_beside(const struct filetable *table, const char *path,
                                   const char *ending, const struct sheet *sheet, size_t columns,
                                   char **ret_message);
/** Skipped rows and the sheet read, one line each; "" if there is nothing to say. */
const char *filetable_notes(const struct filetable *table);
/** The number of a workbook's sheets, 0 for other files; a sheet's name, from 0; the sheet read. */
size_t filetable_sheet_count(const struct filetable *table);
const char *filetable_sheet_name(const struct filetable *table, size_t sheet);
size_t filetable_sheet_read(const struct filetable *table);

#endif
