/**
 * A text file of any encoding as UTF-8.
 *
 * Understood are UTF-8 and GB18030 (GBK, GB2312, "ANSI" of a Chinese Windows) with or without a BOM,
 * and UTF-16 of either order, with a BOM or without. A byte that is no text stays where it was as
 * one INPUT_DAMAGE, so that it costs its row and not the file. Private to src/exchange.
 */
#ifndef DOUDI_EXCHANGE_INPUT_H
#define DOUDI_EXCHANGE_INPUT_H

#include "exchange/csv.h"

/** Never part of UTF-8. */
#define INPUT_DAMAGE '\xff'

/** Reads a file whole. RESULT_NOINPUT or RESULT_INVALID with *ret_message (new string). */
enum result input_read(const char *path, struct str *ret_bytes, char **ret_message);

/**
 * Brings bytes to UTF-8, in place; *ret_style says how they had been written. RESULT_INVALID with words
 * for files that are no tables, empty, in no encoding that is known, or another than `asked`.
 */
enum result input_decode(struct str *bytes, enum csv_encoding asked, struct csv_style *ret_style,
                         char **ret_message);

/** What to say of a row with INPUT_DAMAGE in it. */
const char *input_damage_words(const struct csv_style *style);

#endif
