/**
 * Page layout as plain text: lists for a printer, a file or the screen.
 *
 * A report is a sheet with a title and the columns to print. Every page begins with the title, the
 * page's number and the headings; with `group` a new page begins where that column's value changes
 * (one page per village). Columns take what they need and shrink to fit `width`, the widest first;
 * widths are display columns, so Chinese text lines up in a fixed-width font.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_REPORT_TEXT_H
#define DOUDI_REPORT_TEXT_H

#include "base/sheet.h"
#include "base/str.h"

struct report {
    const char *title;    /**< 应访清单 2026年11月 */
    const char *subtitle; /**< area, officer, date; "" for none */
    const struct sheet *sheet;
    const char *const *columns; /**< ids to print, in order */
    const char *const *labels; /**< their heads; NULL, for all or for one: that of base/columns.h */
    size_t column_count;
    const char *group;      /**< column id, NULL = no grouping */
    const char *group_name; /**< column shown in the page head for the group, NULL = `group` */
    const char *footer;     /**< last line of every page, "" for none */
    int width;              /**< display columns, 0 = 80 */
    int height;             /**< lines of a page with a form feed behind it, 0 = one endless page */
};

/** Appends the laid-out text to `str`. Control characters in cells are left out. */
void report_text(const struct report *report, struct str *str);

#endif
