/**
 * Files that are no tables: what they are and what to do about it.
 *
 * Offices are given web pages called .xls, scans, archives, books of older programs. Each is called
 * what it is. Private to src/exchange.
 */
#ifndef DOUDI_EXCHANGE_FOREIGN_H
#define DOUDI_EXCHANGE_FOREIGN_H

#include <stdbool.h>
#include <stddef.h>

/** True for a workbook of Excel 2007 and later or WPS (xlsx): xlsx_read() reads it. */
bool foreign_is_workbook(const char *bytes, size_t length);
/** Chinese words for bytes that are no text table, by how they begin; NULL if nothing speaks against
 *  them. */
const char *foreign_words(const char *bytes, size_t length);
/** The same for text of any encoding once it is UTF-8: web pages, XML, RTF, JSON. */
const char *foreign_text_words(const char *text);

#endif
