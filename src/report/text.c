#include "report/text.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/plain.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { GAP = 1, SHRINK_MIN = 6, WHOLE_MAX = 20, DEFAULT_WIDTH = 80 };

struct column {
    const char *label;
    int index; /**< in the sheet, -1 if the sheet does not have it */
    int width;
    bool right;
    bool whole; /**< never shrunk: a cut number, date or phone is useless */
};

struct page {
    const struct report *report;
    struct str *str;
    struct column *columns;
    int width;
    int line;   /**< lines written on this page */
    int number; /**< page number, from 1 */
};

static const char *cell(const struct report *report, size_t row, int index)
{
    return index < 0 ? "" : sheet_cell(report->sheet, row, (size_t)index);
}

/** True for pure ASCII: a number, a date or a phone, never a sentence. */
static bool is_plain(const char *text)
{
    while (*text != '\0' && (unsigned char)*text < 0x80)
        text++;
    return *text == '\0';
}

static void measure_columns(struct page *page)
{
    const struct report *report = page->report;

    for (size_t i = 0; i < report->column_count; i++) {
        const struct sheet_column *known = column_find(report->columns[i]);
        struct column *column = &page->columns[i];

        column->label = known != NULL ? known->label : report->columns[i];
        if (report->labels != NULL && report->labels[i] != NULL)
            column->label = report->labels[i];
        column->right = column_is_number(report->columns[i]);
        column->index = sheet_column_index(report->sheet, report->columns[i]);
        column->width = text_width(column->label);
        column->whole = true;
        for (size_t row = 0; row < report->sheet->row_count; row++) {
            const char *text = cell(report, row, column->index);
            int width = text_width(text);

            column->width = width > column->width ? width : column->width;
            column->whole = column->whole && width <= WHOLE_MAX && is_plain(text);
        }
    }
}

/** The widest column that may shrink, NULL if none is left. */
static struct column *widest_column(struct page *page)
{
    struct column *widest = NULL;

    for (size_t i = 0; i < page->report->column_count; i++) {
        struct column *column = &page->columns[i];
        if (!column->whole && column->width > SHRINK_MIN &&
            (widest == NULL || column->width > widest->width))
            widest = column;
    }
    return widest;
}

/** Narrows the widest column by one, again and again, until the line fits. */
static void shrink_columns(struct page *page)
{
    size_t count = page->report->column_count;
    int total = count > 0 ? (int)(count - 1) * GAP : 0;

    for (size_t i = 0; i < count; i++)
        total += page->columns[i].width;
    for (struct column *column = NULL;
         total > page->width && (column = widest_column(page)) != NULL; total--)
        column->width--;
}

static void end_line(struct page *page)
{
    struct str *str = page->str;

    while (str->length > 0 && str->text[str->length - 1] == ' ')
        str->text[--str->length] = '\0';
    str_add_char(str, '\n');
    page->line++;
}

/** Appends a cell without characters that could steer a printer. */
static void add_cell(struct page *page, const char *text, const struct column *column)
{
    char *plain = plain_copy(text, PLAIN_LINE);

    text_pad(page->str, plain, column->width, column->right);
    free(plain);
}

static void add_rule(struct page *page)
{
    for (int i = 0; i < page->width; i++)
        str_add_char(page->str, '-');
    end_line(page);
}

static void begin_page(struct page *page, size_t row)
{
    const struct report *report = page->report;
    const char *group = report->group_name != NULL ? report->group_name : report->group;

    page->number++;
    page->line = 0;
    str_add(page->str, report->title);
    if (group != NULL && report->sheet->row_count > 0)
        str_printf(page->str, "  %s", sheet_get(report->sheet, row, group));
    str_printf(page->str, "  第%d页", page->number);
    end_line(page);
    if (report->subtitle != NULL && report->subtitle[0] != '\0') {
        str_add(page->str, report->subtitle);
        end_line(page);
    }
    add_rule(page);
    for (size_t i = 0; i < report->column_count; i++) {
        text_pad(page->str, page->columns[i].label, page->columns[i].width, page->columns[i].right);
        str_add_char(page->str, ' ');
    }
    end_line(page);
    add_rule(page);
}

static void finish_page(struct page *page, bool last)
{
    const char *footer = page->report->footer;

    if (footer != NULL && footer[0] != '\0') {
        add_rule(page);
        str_add(page->str, footer);
        end_line(page);
    }
    if (page->report->height > 0)
        str_add_char(page->str, '\f');
    else if (!last)
        end_line(page);
}

static bool page_is_full(const struct page *page)
{
    bool footer = page->report->footer != NULL && page->report->footer[0] != '\0';
    int room = page->report->height - (footer ? 2 : 0);

    return page->report->height > 0 && page->line >= room;
}

void report_text(const struct report *report, struct str *str)
{
    struct page page = {.report = report, .str = str};

    page.width = report->width > 0 ? report->width : DEFAULT_WIDTH;
    page.columns = mem_array(report->column_count + 1, sizeof *page.columns);
    measure_columns(&page);
    shrink_columns(&page);
    begin_page(&page, 0);
    for (size_t row = 0; row < report->sheet->row_count; row++) {
        bool changed = report->group != NULL && row > 0 &&
                       strcmp(sheet_get(report->sheet, row, report->group),
                              sheet_get(report->sheet, row - 1, report->group)) != 0;
        if (changed || page_is_full(&page)) {
            finish_page(&page, false);
            begin_page(&page, row);
        }
        for (size_t i = 0; i < report->column_count; i++) {
            add_cell(&page, cell(report, row, page.columns[i].index), &page.columns[i]);
            str_add_char(str, ' ');
        }
        end_line(&page);
    }
    finish_page(&page, true);
    free(page.columns);
}
