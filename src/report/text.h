/**
 * Page layout as plain text: lists for a printer, a file or the screen.
 *
 * A report is a sheet with a title and the columns to print. Every page begins with the title, the
 * page number and the headings. With `group` a new page begins where that column's value changes
 * (one page for each village). Columns take what they need; the widest shrink first to fit `width`.
 * Widths are display columns, so that Chinese text lines up in a fixed-width font.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_REPORT_TEXT_H
#define DOUDI_REPORT_TEXT_H

#include "base/sheet.h"
#include "base/str.h"

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
    const char *footer;     /**< last line of every page, "" if none */
    int width;              /**< display columns, 0 = 80 */
    int height;             /**< lines of a page, with a form feed after it; 0 = one endless page */
};

/** Appends the laid-out text to `str`, without control characters of cells. */
void report_text(const struct report *report, struct str *str);

#endif
