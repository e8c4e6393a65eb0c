#include "tui/kit/table.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/pinyin.h"
#include "base/text.h"
#include "tui/kit/canvas.h"
#include "tui/kit/keys.h"
#include "tui/kit/tableorder.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

char *table_cell(const struct table *table, size_t row, const char *id)
{
    if (table->cell != NULL)
        return table->cell(table, row, id);
    return mem_copy(sheet_get(table->sheet, row, id));
}

/** The row with that key, -1 if it is not among the rows. */
static long find_key(const struct table *table, const char *key)
{
    for (size_t row = 0; row < table->sheet->row_count; row++)
        if (strcmp(sheet_get(table->sheet, row, table->key), key) == 0)
            return (long)row;
    return -1;
}

void table_find(struct table *table, const char *key)
{
    long row = find_key(table, key);

    if (row >= 0)
        list_select(&table->list, (size_t)row);
}

static bool contains_nocase(const char *text, const char *part)
{
    size_t length = strlen(part);

    for (; *text != '\0'; text++)
        if (strncasecmp(text, part, length) == 0)
            return true;
    return length == 0;
}

/** True if a reading of the text's initials contains the typed letters. */
static bool initials_match(const char *text, const char *typed)
{
    struct pinyin_keys keys = pinyin_initials(text);
    bool match = false;

    for (size_t i = 0; i < keys.count; i++)
        match = match || contains_nocase(keys.keys[i], typed);
    pinyin_keys_free(&keys);
    return match;
}

/** Columns by which people know a row, shown or not. Words are also found by their initials. */
static const struct {
    const char *id;
    bool words;
} KNOWN_BY[] = {
    {"name", true}, {"area_name", true}, {"officer", true},  {"by", true},    {"kind_name", true},
    {"text", true}, {"title", true},     {"case_no", false}, {"area", false}, {"phone", false},
};

static bool is_known_by(const struct table *table, size_t row, const char *typed)
{
    bool match = false;

    for (size_t i = 0; !match && i < sizeof KNOWN_BY / sizeof KNOWN_BY[0]; i++) {
        char *text = table_cell(table, row, KNOWN_BY[i].id);
        match = contains_nocase(text, typed) || (KNOWN_BY[i].words && initials_match(text, typed));
        free(text);
    }
    return match;
}

struct filter_arg {
    const struct table *table;
    size_t row;
    bool match;
};

/** Each typed piece must be somewhere in the row. */
static void match_piece(const char *piece, void *arg)
{
    struct filter_arg *filter = arg;
    const struct table *table = filter->table;
    bool match = is_known_by(table, filter->row, piece);

    for (size_t i = 0; filter->match && !match && i < table->column_count; i++) {
        char *text = table_cell(table, filter->row, table->columns[i].id);
        match = contains_nocase(text, piece);
        free(text);
    }
    filter->match = filter->match && match;
}

struct filter {
    const struct table *table;
    const char *typed;
};

static bool row_matches(size_t row, void *arg)
{
    const struct filter *filter = arg;
    struct filter_arg one = {.table = filter->table, .row = row, .match = true};

    text_split(filter->typed, match_piece, &one);
    return one.match;
}

static void apply_filter(struct table *table)
{
    char *typed = lineedit_text(&table->filter);
    struct filter arg = {.table = table, .typed = typed};

    list_filter(&table->list, row_matches, &arg);
    free(typed);
}

static const char *column_label(const char *id, const char *label)
{
    const struct sheet_column *known = column_find(id);

    return label != NULL ? label : known != NULL ? known->label : "";
}

static bool is_right(const struct table_column *column)
{
    return column->right || column_is_number(column->id);
}

/** The width each column needs to show all of its cells; a very long list is measured by its first
 *  rows. */
static void measure(struct table *table)
{
    enum { ROWS_MEASURED = 2000 };
    assert(table->column_count <= TABLE_COLUMNS_MAX);
    size_t rows = table->sheet->row_count < ROWS_MEASURED ? table->sheet->row_count : ROWS_MEASURED;

    for (size_t i = 0; i < table->column_count; i++) {
        int widest = 0;
        for (size_t row = 0; row < rows; row++) {
            char *text = table_cell(table, row, table->columns[i].id);
            int width = text_width(text);
            widest = width > widest ? width : widest;
            free(text);
        }
        table->needs[i] = (struct table_need){
            .cells = widest,
            .label = text_width(column_label(table->columns[i].id, table->columns[i].label)),
            .unknown = rows == 0,
        };
    }
}

// ---- from the old rows to the new ones

void table_leave(struct table *table, const char *column, const char *text)
{
    const struct sheet *sheet = table->sheet;

    for (size_t row = 0; sheet != NULL && row < sheet->row_count; row++) {
        if (strcmp(sheet_get(sheet, row, column), text) != 0)
            continue;
        if (table->left == NULL)
            table->left = mem_array(sheet->row_count, sizeof table->left[0]);
        table->left[row] = true;
    }
}

/** Place in the old view behind the last row that was left; 0 if none of those rows is shown. */
static size_t behind_left(const struct table *table)
{
    size_t place = table->list.view_count;

    while (place > 0 && !table->left[table->list.view[place - 1]])
        place--;
    return place;
}

/** The keys of the old rows in the order in which the cursor tries them, NULL behind the last. */
static const char **next_keys(const struct table *table)
{
    const struct list *list = &table->list;
    const char **keys = mem_array(list->view_count + 1, sizeof keys[0]);
    size_t from = behind_left(table);
    size_t count = 0;

    for (size_t i = 0; i < list->view_count; i++) {
        size_t row = list->view[(from + i) % list->view_count];
        if (!table->left[row])
            keys[count++] = sheet_get(table->sheet, row, table->key);
    }
    return keys;
}

/** Selects the first of the rows that is still shown and waits, or no row. */
static void go_on(struct table *table, const char *const *keys)
{
    for (; *keys != NULL; keys++) {
        long row = find_key(table, *keys);
        if (row < 0 || (table->waits != NULL && !table->waits(table, (size_t)row)))
            continue;
        list_select(&table->list, (size_t)row);
        if (list_row(&table->list) == row)
            return;
    }
    list_leave(&table->list);
}

/** What the new rows take over from the old ones. */
struct carried {
    struct sheet *sheet;
    const char *at;    /* key of the selected row */
    const char **keys; /* of rows that the cursor tries next, NULL = it stays */
    bool *marked;      /* NULL = none */
};

/** Marks again the rows that were marked and not left. */
static void keep_marks(struct table *table, const struct carried *old)
{
    bool *marks = mem_array(table->sheet->row_count, sizeof marks[0]);

    for (size_t row = 0; row < old->sheet->row_count; row++) {
        long now = old->marked[row] && (table->left == NULL || !table->left[row])
                       ? find_key(table, sheet_get(old->sheet, row, table->key))
                       : -1;
        if (now >= 0)
            marks[now] = true;
    }
    list_set_marks(&table->list, marks);
    free(marks);
}

static struct carried take_old(struct table *table)
{
    const struct list *list = &table->list;
    struct carried old = {.sheet = table->sheet, .at = ""};

    if (old.sheet == NULL || table->key == NULL)
        return old;
    old.at = table_text(table, table->key);
    if (table->left != NULL)
        old.keys = next_keys(table);
    if (list->mark_count > 0) {
        old.marked = mem_array(list->count, sizeof old.marked[0]);
        (void)memcpy(old.marked, list->marks, list->count * sizeof old.marked[0]);
    }
    return old;
}

void table_fill(struct table *table, struct sheet **sheet)
{
    struct carried old = take_old(table);

    table->sheet = *sheet;
    *sheet = NULL;
    table->fills++;
    table->failed = false;
    tableorder_sort(table);
    list_reset(&table->list, table->sheet->row_count);
    measure(table);
    if (old.marked != NULL)
        keep_marks(table, &old);
    if (old.keys == NULL && old.at[0] != '\0')
        table_find(table, old.at);
    if (table->filter.count > 0)
        apply_filter(table);
    if (old.keys != NULL)
        go_on(table, old.keys);
    sheet_free(&old.sheet);
    free(table->left);
    table->left = NULL;
    free(old.keys);
    free(old.marked);
}

void table_forget(struct table *table)
{
    list_unmark(&table->list);
    table->list.away = false;
}

void table_clear(struct table *table)
{
    sheet_free(&table->sheet);
    free(table->left);
    table->left = NULL;
    list_reset(&table->list, 0);
    table->failed = true;
}

const char *table_text(const struct table *table, const char *column)
{
    long row = table->sheet == NULL ? -1 : list_row(&table->list);

    return row < 0 ? "" : sheet_get(table->sheet, (size_t)row, column);
}

const char *table_aimed(const struct table *table, const char *column)
{
    if (table->list.mark_count != 1)
        return table_text(table, column);
    for (size_t row = 0; row < table->sheet->row_count; row++)
        if (list_marked(&table->list, row))
            return sheet_get(table->sheet, row, column);
    return "";
}

void table_filter(struct table *table)
{
    table->filtering = true;
}

void table_set_filter(struct table *table, const char *text)
{
    lineedit_set(&table->filter, text);
    table->filtering = false;
    if (table->sheet != NULL) {
        table->list.away = false;
        apply_filter(table);
    }
}

bool table_key(struct table *table, int key)
{
    if (!table->filtering && (key != K_ESC || table->filter.count == 0))
        return false;
    switch (key) {
    case K_ESC:
        table_set_filter(table, "");
        return true;
    case K_ENTER:
        table->filtering = false;
        return true;
    default:
        if (!lineedit_key(&table->filter, key))
            return false;
    }
    if (table->sheet != NULL) {
        table->list.away = false;
        apply_filter(table);
    }
    return true;
}

void table_chosen(const struct table *table, void (*each)(size_t row, void *arg), void *arg)
{
    long selected = list_row(&table->list);

    if (table->list.mark_count == 0 && selected >= 0)
        each((size_t)selected, arg);
    for (size_t row = 0; table->list.mark_count > 0 && row < table->list.count; row++)
        if (list_marked(&table->list, row))
            each(row, arg);
}

static bool is_picked(const struct table *table, const char *key)
{
    const struct list *list = &table->list;

    for (size_t row = 0; list->mark_count > 0 && row < list->count; row++)
        if (list_marked(list, row) && strcmp(sheet_get(table->sheet, row, table->key), key) == 0)
            return true;
    for (size_t place = 0; list->mark_count == 0 && place < list->view_count; place++)
        if (strcmp(sheet_get(table->sheet, list->view[place], table->key), key) == 0)
            return true;
    return false;
}

char *table_pick(const struct table *table, struct sheet *sheet)
{
    const struct list *list = &table->list;
    size_t *rows;
    size_t count = 0;

    tableorder_arrange(table, sheet);
    if (list->mark_count == 0 && list->view_count == list->count)
        return mem_copy("");
    rows = mem_array(sheet->row_count + 1, sizeof rows[0]);
    for (size_t row = 0; row < sheet->row_count; row++)
        if (is_picked(table, sheet_get(sheet, row, table->key)))
            rows[count++] = row;
    sheet_pick(sheet, rows, count);
    free(rows);
    return mem_printf("（%s %zu 行）", list->mark_count > 0 ? "选中" : "筛选出", count);
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

static void add_line(struct str *text, const char *label, const char *value)
{
    if (value[0] != '\0')
        str_printf(text, "%s%s%s\n", label, label[0] != '\0' ? "：" : "", value);
}

void table_row_text(const struct table *table, const char *const *more, struct str *text)
{
    long row = table->sheet == NULL ? -1 : list_row(&table->list);

    for (size_t i = 0; row >= 0 && i < table->column_count; i++) {
        const struct table_column *column = &table->columns[i];
        char *value = table_cell(table, (size_t)row, column->id);
        add_line(text, column_label(column->id, column->label), value);
        free(value);
    }
    for (size_t i = 0; row >= 0 && more != NULL && more[i] != NULL; i++)
        add_line(text, column_label(more[i], NULL), table_text(table, more[i]));
}

static void paint_head(const struct table *table, struct canvas *canvas, int x, const int *widths)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const struct table_column *column = &table->columns[i];
        const char *label = column_label(column->id, column->label);
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

static void paint_row(const struct table *table, struct canvas *canvas, int y, size_t place,
                      const int *widths)
{
    size_t row = table->list.view[place];
    bool selected = place == table->list.cursor && !table->list.away;
    int digits = number_width(table);
    int x = 1;

    if (selected) { /* the fewest columns that the eye sees at once */
        draw_cell(canvas, y, 0, digits > 0 ? 1 : 2, draw_marker(canvas), false,
                  digits > 0 ? STYLE_PLAIN : STYLE_SELECTED);
    }
    if (digits > 0) {
        bool none = table->numbered > 0 && place >= table->numbered;
        bool said = canvas->look.linear && list_marked(&table->list, row); /* the mark, in a word */
        char *number = none ? mem_copy("") : said ? mem_copy("选") : mem_printf("%zu", place + 1);
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
        else if (selected && canvas->look.contrast && style == STYLE_PLAIN)
            style = STYLE_STRONG;
        char *text = shown_text(table, place, column, canvas->look.linear);
        draw_cell(canvas, y, x, widths[i], text, is_right(column), style);
        free(text);
        x += widths[i] + 1;
    }
    if (selected)
        draw_cursor(canvas, y, 0);
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

    if (behind < list->view_count) {
        (void)draw_format(canvas, y, 1, STYLE_FAINT, "第 %zu-%zu 行，共 %zu 行，下面还有 %zu 行",
                          list->top + 1, behind, list->view_count, list->view_count - behind);
    } else {
        (void)draw_format(canvas, y, 1, STYLE_FAINT, "第 %zu-%zu 行，共 %zu 行", list->top + 1,
                          list->view_count, list->view_count);
    }
}

const char *table_lack(const struct table *table)
{
    if (table->failed)
        return "没有取到内容，请按 Ctrl+R 再取";
    if (table->list.view_count > 0)
        return "没有选中的行；↑↓ 选一行";
    return table->filter.count > 0 && table->list.count > 0 ? "没有符合筛选的行；Esc 清除筛选"
                                                            : table->empty;
}

void table_paint(struct table *table, struct canvas *canvas)
{
    int widths[TABLE_COLUMNS_MAX] = {0};
    int left = 2 + number_width(table);
    bool filter = table->filtering || table->filter.count > 0;
    int lines = canvas->rows - 1 - (filter ? 1 : 0);
    bool part = lines > 1 && table->list.view_count > (size_t)lines;

    assert(table->column_count <= TABLE_COLUMNS_MAX);
    lines -= part ? 1 : 0;
    table_layout(table->columns, table->column_count, table->needs, canvas->columns - left, widths);
    paint_head(table, canvas, left, widths);
    list_scroll(&table->list, lines > 0 ? (size_t)lines : 1);
    table->list.line = canvas_line(canvas, 1);
    for (int y = 0; y < lines && table->list.top + (size_t)y < table->list.view_count; y++)
        paint_row(table, canvas, y + 1, table->list.top + (size_t)y, widths);
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

void table_free(struct table *table)
{
    sheet_free(&table->sheet);
    free(table->left);
    list_free(&table->list);
    lineedit_free(&table->filter);
}
