/**
 * A document as plain text: for line printers, files and the screen.
 *
 * What a list shows is said by its plan (plan.h), as on paper. Every page begins with the title, the
 * page's number and the headings; a sheet (a village's) begins a page. Columns take what they need,
 * the widest become narrower until all fit, and what does not fit into a cell goes on in the next
 * line: nothing is cut. Widths are display columns, so that Chinese text lines up in a fixed-width
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

// ---- a single list, without a document

struct report {
    const char *title;    /**< 应访清单 2026年11月 */
    const char *subtitle; /**< area, officer, date; "" if none */
    const struct sheet *sheet;
    const char *const *columns; /**< ids to print, in order */
    const char *const *labels;  /**< headings; NULL, for all or for one: the label of
                                    base/columns.h */
    size_t column_count;
    const char *group;      /**< column id, NULL = no grouping */
    const char *group_name; /**< column shown in the page head for the group, NULL = `group` */
    const char *footer;     /**< last line of every sheet, "" if none */
    int width;              /**< display columns, 0 = 80 */
    int height;             /**< lines of a page, with a form feed after it; 0 = one endless page */
};

/** Appends the laid-out text to `str`, without control characters of cells. */
void report_text(const struct report *report, struct str *str);

#endif
