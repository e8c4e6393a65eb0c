/**
 * A document as plain text: for line printers, files and the screen.
 *
 * What a list shows is said by its plan (plan.h), as on paper. Every page begins with the title, the
 * page's number and the headings; a sheet (a village's) begins a page. Columns take what they need,
 * the widest become narrower until all fit, and what does not fit into a cell goes on in the next
 * line: nothing is cut. Where numbers, dates and telephones would have to be split, the widest
 * columns stand below the row, each behind its heading. Widths are display columns, so that Chinese text lines up in a fixed-width
 * font.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_REPORT_TEXT_H
#define DOUDI_REPORT_TEXT_H

#include "base/str.h"
#include "report/document.h"

enum {
    TEXT_WIDTH = 80,       /**< of a narrow printer */
    TEXT_WIDTH_WIDE = 132, /**< of a wide one, and of most prints */
    TEXT_HEIGHT = 60,      /**< lines of a page */
};

/** Appends the document in `width` columns. With `height` > 0 pages of so many lines, each ended by
 *  a form feed; 0 = one endless page for each sheet. */
void text_document(const struct document *document, int width, int height, struct str *str);

#endif
