/**
 * A document as PDF: A4 pages by pango and cairo.
 *
 * Rows are measured first and divided into pages, then drawn, so that each page knows how many
 * there are. Nothing is cut: cells wrap, and a row that is higher than a page goes on on the next.
 * Equal documents give equal bytes; the file's date is the fact printed_at. Fonts are those of
 * pdf_font.h, whatever else the machine has.
 *
 * Threads: one at a time.
 */
#ifndef DOUDI_REPORT_PDF_H
#define DOUDI_REPORT_PDF_H

#include "base/result.h"
#include "base/str.h"
#include "report/document.h"

/** RESULT_NOINPUT without the fonts, RESULT_PARTIAL if a character has no glyph (it is a box then);
 *  both with words in *ret_message (new string). */
enum result pdf_write(const struct document *document, struct str *ret_bytes, char **ret_message);

#endif
