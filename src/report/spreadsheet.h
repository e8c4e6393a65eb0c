/**
 * A document as a workbook (XLSX), for Excel, WPS and LibreOffice.
 *
 * Each table is a worksheet: the title, a line of facts, the headings, the rows. Headings stay in
 * sight, can be filtered and stand on every printed page. What base/columns.h calls numbers, rates,
 * dates, months and times are cells that a spreadsheet calculates with, if they read as such;
 * everything else is text and stays as it is: numbers of 16 and more digits, leading zeros, words
 * that begin like a formula. Nothing is cut: what does not fit into a cell or a sheet is refused.
 *
 * Equal documents make equal bytes. Rows are not held in memory, apart from the document's own.
 *
 * Threads: one thread for each document.
 */
#ifndef DOUDI_REPORT_SPREADSHEET_H
#define DOUDI_REPORT_SPREADSHEET_H

#include "base/str.h"
#include "report/document.h"

/** RESULT_INVALID, RESULT_FULL or RESULT_IO with words (new string) on failure. */
enum result spreadsheet_write(const struct document *document, struct str *ret_bytes,
                              char **ret_message);

#endif
