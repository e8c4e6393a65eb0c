/**
 * Files that are not tables: what they are, and what to do.
 *
 * Offices get web pages named .xls, scans, archives and old programs' workbooks; the message names
 * each. Private to src/exchange.
 */
#ifndef DOUDI_EXCHANGE_FOREIGN_H
#define DOUDI_EXCHANGE_FOREIGN_H

#include <stdbool.h>
#include <stddef.h>

/** True for a workbook of Excel 2007 or later, or WPS (xlsx): xlsx_read() reads it. */
bool foreign_is_workbook(const char *bytes, size_t length);
/** Chinese words for bytes that cannot be a text table, by their beginning; NULL if they may be
 *  one. */
const char *foreign_words(const char *bytes, size_t length);
/** The same for text converted to UTF-8: web pages, XML, RTF, JSON. */
const char *foreign_text_words(const char *text);

#endif
