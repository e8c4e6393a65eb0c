/* How a table is painted: table_paint(). */
#include "base/columns.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/kit/table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static bool is_right(const struct table_column *column)
{
    return column->right || column_is_number(column->id);
}

static int number_width(const struct table *table)
{
    int width = 2;

    if (!table->numbers)
        return 0;
    for (size_t n = table->list.count; n >= 100; n /= 10)
        width++;
    return width;
}

static void paint_head(const struct table *table, struct canvas *canvas, int x, const int *widths)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const struct table_column *column = &table->columns[i];
        const char *label = table_label(column);
        if (widths[i] > 0) {
            bool ordered = table->order != NULL && strcmp(table->order, column->id) == 0;
            draw_cell(canvas, 0, x, widths[i], label, is_right(column),
                      ordered ? STYLE_STRONG : STYLE_FAINT);
            x += widths[i] + 1;
        }
    }
}

/** The text of a cell as it is shown in line `place`; new string. */
static char *shown_text(const struct table *table, size_t place, const struct table_column *column,
                        bool whole)
{
    char *text = table_cell(table, table->list.view[place], column->id);

    if (column->once && !whole && place > table->list.top) {
        char *above = table_cell(table, table->list.view[place - 1], column->id);
        if (strcmp(text, above) == 0)
            mem_replace(&text, "");
        free(above);
    }
    return text;
}

/** The number of a line; for a screen reader a mark is a word. New string. */
static char *number_text(const struct table *table, const struct canvas *canvas, size_t place)
{
    bool none = table->numbered > 0 && place >= table->numbered;
    bool said = canvas->look.linear && list_marked(&table->list, table->list.view[place]);

    return none ? mem_copy("") : said ? mem_copy("选") : mem_printf("%zu", place + 1);
}

static void paint_row(const struct table *table, struct canvas *canvas, int y, size_t place,
                      const int *widths)
{
    size_t row = table->list.view[place];
    bool selected = place == table->list.cursor && !table->list.away;
    enum style whole = table->style == NULL ? STYLE_PLAIN : table->style(table, row, "");
    int digits = number_width(table);
    int x = 1;

    if (selected) { /* the fewest columns that the eye sees at once */
        draw_cell(canvas, y, 0, digits > 0 ? 1 : 2, draw_marker(canvas), false,
                  digits > 0 ? STYLE_PLAIN : STYLE_SELECTED);
    }
    if (digits > 0) {
        char *number = number_text(table, canvas, place);
        draw_cell(canvas, y, x, digits, number, true, selected ? STYLE_SELECTED : STYLE_PLAIN);
        x += digits;
        free(number);
    }
    if (list_marked(&table->list, row))
        (void)draw_text(canvas, y, x, 1, "*", STYLE_STRONG);
    x += 1;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct table_column *column = &table->columns[i];
        enum style style =
            table->style == NULL ? STYLE_PLAIN : table->style(table, row, column->id);
        if (widths[i] == 0)
            continue;
        if (selected && table->pick != NULL && strcmp(table->pick, column->id) == 0)
            style = STYLE_SELECTED;
        else if (selected && canvas->look.contrast && (style == STYLE_PLAIN || style == STYLE_LATE))
            style = STYLE_STRONG;
        char *text = shown_text(table, place, column, canvas->look.linear);
        draw_cell(canvas, y, x, widths[i], text, is_right(column), style);
        free(text);
        x += widths[i] + 1;
        if (whole == STYLE_LATE)
            (void)draw_text(canvas, y, x - 1, 1, " ", whole);
    }
    if (selected)
        draw_cursor(canvas, y, 0);
}

// ---- whole rows, for screen readers

enum { INDENT = 4 };

static bool is_cut(const struct table *table, size_t place, const int *widths)
{
    bool cut = false;

    for (size_t i = 0; i < table->column_count && !cut; i++) {
        char *text = table_cell(table, table->list.view[place], table->columns[i].id);
        cut = widths[i] > 0 && text_width(text) > widths[i];
        free(text);
    }
    return cut;
}

/** The row as one text: what stands under the headings, figures with theirs. New string. */
static char *row_words(const struct table *table, const struct canvas *canvas, size_t place,
                       const int *widths)
{
    struct str words = {0};
    size_t row = table->list.view[place];
    char *number = number_width(table) > 0 ? number_text(table, canvas, place) : mem_copy("");

    str_add(&words, number);
    if (*number == '\0' && list_marked(&table->list, row))
        str_add(&words, "选");
    for (size_t i = 0; i < table->column_count; i++) {
        const struct table_column *column = &table->columns[i];
        char *text = table_cell(table, row, column->id);
        if (widths[i] > 0 && *text != '\0')
            str_printf(&words, "%s%s%s%s", words.length > 0 ? "  " : "",
                       is_right(column) ? table_label(column) : "", is_right(column) ? " " : "",
                       text);
        free(text);
    }
    free(number);
    return str_take(&words);
}

/** The lines that a row takes; with `y` ≥ 0 paints them, as far as there is room above `end`. */
static int flow_row(const struct table *table, struct canvas *canvas, int y, int end, size_t place,
                    const int *widths)
{
    bool selected = place == table->list.cursor && !table->list.away;
    char *words = row_words(table, canvas, place, widths);
    const char *rest = words;
    int lines = 0;

    for (; *rest != '\0'; lines++) {
        int x = lines == 0 ? 2 : INDENT;
        const char *line = rest;
        size_t length = text_take_line(&rest, canvas->columns - x);
        if (y < 0 || y + lines >= end)
            continue;
        char *text = mem_copy_bytes(line, length);
        (void)draw_text(canvas, y + lines, x, canvas->columns - x, text,
                        selected && canvas->look.contrast ? STYLE_STRONG : STYLE_PLAIN);
        free(text);
    }
    free(words);
    if (selected && y >= 0) {
        (void)draw_text(canvas, y, 0, 1, draw_marker(canvas), STYLE_SELECTED);
        draw_cursor(canvas, y, 0);
    }
    return lines > 0 ? lines : 1;
}

static int row_lines(const struct table *table, struct canvas *canvas, size_t place,
                     const int *widths)
{
    return is_cut(table, place, widths) ? flow_row(table, canvas, -1, 0, place, widths) : 1;
}

/** The rows that fit, from the top of the list, so that the cursor's row is among them. */
static size_t scroll_whole(struct table *table, struct canvas *canvas, int lines, const int *widths)
{
    struct list *list = &table->list;
    int used = 0;
    size_t count = 0;

    list_scroll(list, lines > 0 ? (size_t)lines : 1);
    if (list->view_count == 0)
        return 0;
    for (size_t place = list->cursor + 1; place-- > list->top;) {
        used += row_lines(table, canvas, place, widths);
        if (used > lines && place < list->cursor)
            list->top = place + 1;
    }
    used = 0;
    for (size_t place = list->top; place < list->view_count; place++, count++) {
        used += row_lines(table, canvas, place, widths);
        if (used > lines && count > 0)
            break;
    }
    list->page = count > 0 ? count : 1;
    return count;
}

static void paint_whole(struct table *table, struct canvas *canvas, int lines, const int *widths)
{
    size_t count = scroll_whole(table, canvas, lines, widths);
    int y = 1;

    for (size_t i = 0; i < count; i++) {
        size_t place = table->list.top + i;
        if (is_cut(table, place, widths)) {
            y += flow_row(table, canvas, y, 1 + lines, place, widths);
        } else {
            paint_row(table, canvas, y, place, widths);
            y++;
        }
    }
    table->list.line =
        canvas->rows + canvas_line(canvas, 0); /* a click names no row of several lines */
}

static void paint_rows(struct table *table, struct canvas *canvas, int lines, const int *widths)
{
    list_scroll(&table->list, lines > 0 ? (size_t)lines : 1);
    table->list.line = canvas_line(canvas, 1);
    for (int y = 0; y < lines && table->list.top + (size_t)y < table->list.view_count; y++)
        paint_row(table, canvas, y + 1, table->list.top + (size_t)y, widths);
}

static void paint_filter(struct table *table, struct canvas *canvas, int y)
{
    int x = draw_text(canvas, y, 1, canvas->columns, "筛选 / ", STYLE_STRONG) + 1;
    int width = canvas->columns > 60 ? 24 : canvas->columns / 3;
    struct lineedit_view view = lineedit_view(&table->filter, width);

    (void)draw_text(canvas, y, x + view.start, width, str_text(&view.text), STYLE_FIELD);
    if (table->filtering)
        draw_cursor(canvas, y, x + view.cursor);
    (void)draw_format(canvas, y, x + width + 2, STYLE_FAINT, "%zu / %zu 行", table->list.view_count,
                      table->list.count);
    str_free(&view.text);
}

/** Says which part of a longer list is shown and how many rows follow. Changes only when the list
 *  scrolls. */
static void paint_part(const struct table *table, struct canvas *canvas, int y)
{
    const struct list *list = &table->list;
    size_t behind = list->top + list->page;
    size_t end = behind < list->view_count ? behind : list->view_count;
    int x = 1 + draw_format(canvas, y, 1, STYLE_FAINT, "第 %zu-%zu 行，共 %zu 行", list->top + 1,
                            end, list->view_count);

    if (end < list->view_count)
        (void)draw_format(canvas, y, x, STYLE_FAINT, "，下面还有 %zu 行", list->view_count - end);
}

/** True if some rows have no place, so that a line says how many. */
static bool is_part(const struct table *table, struct canvas *canvas, int lines, const int *widths)
{
    size_t rows = table->list.view_count;
    size_t used = 0;

    if (lines <= 1 || rows > (size_t)lines || !canvas->look.linear)
        return lines > 1 && rows > (size_t)lines;
    for (size_t place = 0; place < rows; place++)
        used += (size_t)row_lines(table, canvas, place, widths);
    return used > (size_t)lines;
}

void table_paint(struct table *table, struct canvas *canvas)
{
    int widths[TABLE_COLUMNS_MAX] = {0};
    int left = 2 + number_width(table);
    bool filter = table->filtering || table->filter.count > 0;
    int lines = canvas->rows - 1 - (filter ? 1 : 0);

    assert(table->column_count <= TABLE_COLUMNS_MAX);
    table_layout(table->columns, table->column_count, table->needs, canvas->columns - left, widths);
    bool part = is_part(table, canvas, lines, widths);
    lines -= part ? 1 : 0;
    paint_head(table, canvas, left, widths);
    if (canvas->look.linear)
        paint_whole(table, canvas, lines, widths);
    else
        paint_rows(table, canvas, lines, widths);
    if (table->list.view_count == 0 && (table->sheet != NULL || table->failed))
        (void)draw_text(canvas, 2, left, canvas->columns,
                        filter && !table->failed ? "没有符合筛选的行，请改筛选的字"
                                                 : table_lack(table),
                        STYLE_FAINT);
    if (part)
        paint_part(table, canvas, lines + 1);
    if (filter)
        paint_filter(table, canvas, canvas->rows - 1);
}
