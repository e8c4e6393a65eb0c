/**
 * CSV files: reading what offices keep in spreadsheets, writing what they can open.
 *
 * Reading: the whole file is read, brought to UTF-8 and cut into rows by libcsv; a row knows the
 * line it begins on (the heading is line 1). Files that are no text table — workbooks, PDF, images,
 * anything with NUL bytes — are refused in words. Writing: a cell is quoted only when it must be,
 * and text that a spreadsheet would take for a formula gets an apostrophe in front.
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

enum csv_encoding { CSV_AUTO, CSV_UTF8, CSV_GB18030 };

/** "auto", "utf-8", "gb18030" (case and dash as people write them). RESULT_USAGE otherwise. */
enum result csv_encoding_parse(const char *name, enum csv_encoding *ret_encoding);

/** How a file is written; also how one that was read had been written. */
struct csv_style {
    enum csv_encoding encoding; /**< CSV_AUTO writes UTF-8 */
    bool bom;
    bool crlf;
};

typedef enum result (*csv_row_fn)(uint32_t line, const char *const *cells, size_t count, void *arg);

/**
 * Reads `path` and calls `row` for every row, the heading included; rows without any text are
 * left out. *ret_style says how the file was written, *ret_message (new string) what is wrong on
 * failure: RESULT_NOINPUT when it cannot be read, RESULT_INVALID when it is no CSV file. A row's
 * result other than RESULT_OK ends the reading and is returned.
 */
enum result csv_read(const char *path, enum csv_encoding encoding, csv_row_fn row, void *arg,
                     struct csv_style *ret_style, char **ret_message);

/** Appends one row, still in UTF-8, each cell as plain text (base/plain.h). */
void csv_add_row(struct str *str, const char *const *cells, size_t count, bool crlf);
/** Appends the headings (with the BOM of `style`) and rows of the first `columns` columns. */
void csv_add_sheet(struct str *str, const struct sheet *sheet, size_t columns, bool heading,
                   const struct csv_style *style);
/** The text in the style's encoding, new bytes. Characters an encoding lacks do not occur: GB18030
 *  covers Unicode. */
enum result csv_encode(const struct str *text, const struct csv_style *style, struct str *to);

#endif
