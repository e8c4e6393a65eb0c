/**
 * What a text becomes in a cell of a spreadsheet. Threads: pure functions.
 */
#ifndef DOUDI_REPORT_VALUE_H
#define DOUDI_REPORT_VALUE_H

#include "base/str.h"

#include <stdbool.h>

enum value_kind {
    VALUE_TEXT,
    VALUE_NUMBER,
    VALUE_MONEY,
    VALUE_RATE,
    VALUE_DATE,
    VALUE_MONTH,
    VALUE_TIME,
    VALUE_KINDS,
};

/** By the column's row in base/columns.h. */
enum value_kind value_kind_of(const char *column);

/**
 * The number that the cell holds. False if it is a text: for VALUE_TEXT, and for whatever would
 * not come back as it was, such as leading zeros, more than fifteen digits, or words.
 */
bool value_read(enum value_kind kind, const char *text, double *ret_number);

/** Replaces `to` by the text as a workbook has it: what looks like the escape of a character
 *  (_x0041_) is escaped itself. */
void value_escape(const char *text, struct str *to);

#endif
