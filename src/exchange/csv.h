/**
 * CSV files: reads the exports of offices' spreadsheets, writes files that spreadsheets open.
 *
 * Reading: the whole file is converted to UTF-8 (exchange/input.h), and libcsv cuts it into rows. A
 * row has the number that a spreadsheet program shows beside it. An unreadable row does not affect
 * the others. Writing: a cell is quoted only if necessary; a text that a spreadsheet would take for
 * a formula gets an apostrophe in front; a number below 0 does not.
 *
 * Threads: pure functions, except for the files they name.
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

/** "auto", "utf-8", "gb18030", "utf-16" (case and dash do not matter). RESULT_USAGE otherwise. */
enum result csv_encoding_parse(const char *name, enum csv_encoding *ret_encoding);

/** How to write a file, or how a read file was written. */
struct csv_style {
    enum csv_encoding encoding; /**< all values except CSV_GB18030 write UTF-8 */
    bool bom;
    bool crlf;
};

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
 * Cuts a text (made by input_decode()) into rows, at its delimiter: comma, tab, semicolon, bar, or
 * the one in a first line "sep=;". Rows without text are counted but left out. A quotation mark
 * that is never closed, or closed only rows later, makes only its own line unreadable. A result of
 * `each` other than RESULT_OK ends the cutting and is returned.
 */
enum result csv_cut(const struct str *text, const struct csv_style *style, csv_record_fn each,
                    void *arg);

/**
 * Reads `path` and calls `row` for every row with text. *ret_style says how the file was written,
 * *ret_message (new string) why it failed: RESULT_NOINPUT if it cannot be read, RESULT_INVALID if
 * it is not CSV or has an unreadable row. A result of `row` other than RESULT_OK ends the reading
 * and is returned.
 */
enum result csv_read(const char *path, enum csv_encoding encoding, csv_row_fn row, void *arg,
                     struct csv_style *ret_style, char **ret_message);

/** Appends a row in UTF-8, each cell as plain text (base/plain.h). */
void csv_add_row(struct str *str, const char *const *cells, size_t count, bool crlf);
/**
 * The same for a spreadsheet program, which would make numbers and days of whatever looks like
 * them, and lose leading zeros and all digits behind the fifteenth. Cells of which `values` is true
 * are for it to calculate with; of the others, those that it would change are written as ="…",
 * which Excel and WPS take for the text within. CRLF.
 */
void csv_add_spreadsheet_row(struct str *str, const char *const *cells, const bool *values,
                             size_t count);
/** Appends the BOM of `style`, if it has one. */
void csv_add_bom(struct str *str, const struct csv_style *style);
/** Appends headings (with the BOM of `style`) and rows, of the first `columns` columns. */
void csv_add_sheet(struct str *str, const struct sheet *sheet, size_t columns, bool heading,
                   const struct csv_style *style);
/** Converts the text to the style's encoding. GB18030 covers Unicode; a few private-use characters
 *  that the C library cannot map become 〓. */
enum result csv_encode(const struct str *text, const struct csv_style *style, struct str *to);

#endif
