/**
 * Converts a text file of any encoding to UTF-8.
 *
 * It knows UTF-8, GB18030 (GBK, GB2312, "ANSI" of a Chinese Windows) and UTF-16 of either byte
 * order, each with or without a BOM. An invalid byte becomes one INPUT_DAMAGE at its place, so that
 * only its row is lost, not the file. Private to src/exchange.
 */
#ifndef DOUDI_EXCHANGE_INPUT_H
#define DOUDI_EXCHANGE_INPUT_H

#include "exchange/csv.h"

/** Never part of UTF-8. */
#define INPUT_DAMAGE '\xff'

/** Reads a whole file. RESULT_NOINPUT or RESULT_INVALID with *ret_message (new string). */
enum result input_read(const char *path, struct str *ret_bytes, char **ret_message);

/**
 * Converts bytes to UTF-8, in place; *ret_style says how they were written. RESULT_INVALID with
 * words if the file is not a table, is empty, or has an unknown encoding or another one than
 * `asked`.
 */
enum result input_decode(struct str *bytes, enum csv_encoding asked, struct csv_style *ret_style,
                         char **ret_message);

/** Words for a row that contains INPUT_DAMAGE. */
const char *input_damage_words(const struct csv_style *style);

#endif
