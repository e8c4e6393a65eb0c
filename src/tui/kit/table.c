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

const char *table_label(const struct table_column *column)
{
    const struct sheet_column *known = column_find(column->id);

    return column->label != NULL ? column->label : known != NULL ? known->label : "";
}

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

/** True if a reading's initials contain the typed letters, or its syllables begin with them. */
static bool reading_matches(const char *text, const char *typed)
{
    struct pinyin_keys keys = pinyin_initials(text);
    bool match = pinyin_spells(text, typed, false);

    for (size_t i = 0; i < keys.count; i++)
        match = match || contains_nocase(keys.keys[i], typed);
    pinyin_keys_free(&keys);
    return match;
}

/** Columns by which people know a row, shown or not. Words are also found by their pinyin. */
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
        match = contains_nocase(text, typed) || (KNOWN_BY[i].words && reading_matches(text, typed));
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
            .label = text_width(table_label(&table->columns[i])),
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
        if (column->short_of != NULL)
            continue;
        char *value = table_cell(table, (size_t)row, column->id);
        add_line(text, table_label(column), value);
        free(value);
    }
    for (size_t i = 0; row >= 0 && more != NULL && more[i] != NULL; i++)
        add_line(text, table_label(&(struct table_column){.id = more[i]}),
                 table_text(table, more[i]));
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

void table_free(struct table *table)
{
    sheet_free(&table->sheet);
    free(table->left);
    list_free(&table->list);
    lineedit_free(&table->filter);
}
