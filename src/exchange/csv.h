/**
 * CSV files: reading what offices keep in spreadsheets, writing what they can open.
 *
 * Reading: the whole file is read, brought to UTF-8 (exchange/input.h) and cut into rows by libcsv; a
 * row has the number a spreadsheet program shows beside it. A row that cannot be read costs
 * nothing but itself. Writing: a cell is quoted only when it must be, and text that a spreadsheet
 * would take for a formula gets an apostrophe in front.
 *
 * Threads: pure functions but for the files they name.
 */
#ifndef DOUDI_EXCHANGE_CSV_H
#define DOUDI_EXCHANGE_CSV_H

#include "base/result.h"
#include "base/sheet.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum csv_encoding { CSV_AUTO, CSV_UTF8, CSV_GB18030, CSV_UTF16LE, CSV_UTF16BE };

/** "auto", "utf-8", "gb18030", "utf-16" (case and dash as people write them). RESULT_USAGE
 *  otherwise. */
enum result csv_encoding_parse(const char *name, enum csv_encoding *ret_encoding);

/** How a file is written; also how one that was read had been written. */
struct csv_style {
    enum csv_encoding encoding; /**< anything but CSV_GB18030 writes UTF-8 */
    bool bom;
    bool crlf;
};

/** One row of a text. */
struct csv_record {
    uint32_t number;
    size_t count;
    const char *const *cells; /**< borrowed */
    const char *fault;        /**< why the row cannot be read, in Chinese; NULL if it can */
};
typedef enum result (*csv_record_fn)(const struct csv_record *record, void *arg);
typedef enum result (*csv_row_fn)(uint32_t number, const char *const *cells, size_t count,
                                  void *arg);

/**
 * Cuts a text (as by input_decode()) into rows, by the delimiter it uses: comma, tab, semicolon,
 * bar, or what a first line "sep=;" says. Rows without any text are counted but left out. A quotation
 * mark that is never closed, or closed rows later, costs the line it stands in. A result of
 * `each` other than RESULT_OK ends it and is returned.
 */
enum result csv_cut(const struct str *text, const struct csv_style *style, csv_record_fn each,
                    void *arg);

/**
 * Reads `path` and calls `row` for every row with text. *ret_style says how the file was written,
 * *ret_message (new string) what is wrong on failure: RESULT_NOINPUT when it cannot be read,
 * RESULT_INVALID when it is no CSV file or has a row that cannot be read. A row's result other
 * than RESULT_OK ends the reading and is returned.
 */
enum result csv_read(const char *path, enum csv_encoding encoding, csv_row_fn row, void *arg,
                     struct csv_style *ret_style, char **ret_message);

/** Appends one row, still in UTF-8, each cell as plain text (base/plain.h). */
void csv_add_row(struct str *str, const char *const *cells, size_t count, bool crlf);
/** Appends the headings (with the BOM of `style`) and rows of the first `columns` columns. */
void csv_add_sheet(struct str *str, const struct sheet *sheet, size_t columns, bool heading,
                   const struct csv_style *style);
/** The text in the style's encoding, new bytes. GB18030 covers Unicode; the few characters for private
 *  use that the C library does not map become 〓. */
enum result csv_encode(const struct str *text, const struct csv_style *style, struct str *to);

#endif
