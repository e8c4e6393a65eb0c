#include "feed/rows.h"

#include "base/mem.h"
#include "domain/area.h"
#include "feed/cell.h"

#include <csv.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
    CELL_GROWTH = 1 << 16, /* bytes; libcsv would copy a long cell every 128 */
    CELL_BYTES = 1 << 20,  /* at most */
    ROW_BYTES = 4 << 20,   /* at most */
    SEND_BYTES = 1 << 16,
    PORTION = 1 << 14, /* bytes between two looks at the limits */
    EQUAL_MAX = 20000  /* rows that stand together in a numbered table */
};

/** Keys of the rows that stand together, to count equal ones. */
struct family {
    char *name; /**< their first key columns */
    size_t count, capacity;
    char **keys;
};

struct rows {
    const struct feed_table *table;
    const char *origin;
    rows_send_fn send;
    rows_each_fn each; /**< instead of `send` */
    void *arg;
    struct csv_parser parser;
    struct str text; /**< the row's cells, each with its NUL */
    size_t count;
    size_t offset[FEED_COLUMNS + 1];
    bool headed;
    size_t width;               /**< columns of the file */
    size_t place[FEED_COLUMNS]; /**< where the file has the table's column; SIZE_MAX = nowhere */
    uint64_t number;            /**< rows without the heading */
    uint64_t unseen;            /**< bytes since the last cell */
    struct family family;
    struct str lines;
    enum result result;
    char *message;
};

static __attribute__((format(printf, 2, 3))) void refuse(struct rows *rows, const char *format, ...)
{
    struct str text = {0};
    va_list args;

    if (rows->result != 0)
        return;
    str_printf(&text, "%s ", rows->table->file->name);
    va_start(args, format);
    str_vprintf(&text, format, args);
    va_end(args);
    rows->message = str_take(&text);
    rows->result = RESULT_INVALID;
}

/** The row that is being read, counting the heading. */
static uint64_t row_read(const struct rows *rows)
{
    return rows->number + 1 + (rows->headed ? 1 : 0);
}

// ---- the heading

static const char *cell_at(const struct rows *rows, size_t index)
{
    return rows->text.text + rows->offset[index];
}

static size_t find_column(const struct rows *rows, const char *name)
{
    for (size_t i = 0; i < rows->count; i++)
        if (strcmp(cell_at(rows, i), name) == 0)
            return i;
    return SIZE_MAX;
}

static bool has_column(const struct feed_table *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->file->columns[i], name) == 0)
            return true;
    return false;
}

static void take_heading(struct rows *rows)
{
    const struct feed_table *table = rows->table;

    rows->headed = true;
    rows->width = rows->count;
    for (size_t i = 0; i < rows->count; i++)
        if (!has_column(table, cell_at(rows, i)))
            refuse(rows, "有不认识的列（第 %zu 列），由更新的版本写成，请先升级 doudi-feed", i + 1);
        else if (find_column(rows, cell_at(rows, i)) != i)
            refuse(rows, "有两列都叫 %s", cell_at(rows, i));
    for (size_t i = 0; i < table->column_count; i++) {
        rows->place[i] = find_column(rows, table->file->columns[i]);
        if (rows->place[i] == SIZE_MAX && table->columns[i].required)
            refuse(rows, "没有 %s 列", table->file->columns[i]);
    }
}

// ---- rows

static void family_clear(struct family *family)
{
    for (size_t i = 0; i < family->count; i++)
        free(family->keys[i]);
    free(family->name);
    family->name = NULL;
    family->count = 0;
}

/** How many rows of the same key there are so far, this one included. */
static size_t count_equal(struct rows *rows)
{
    struct family *family = &rows->family;
    struct str name = {0};
    struct str key = {0};
    size_t keys = 0;
    size_t equal = 1;

    for (size_t i = 0; i < rows->table->column_count; i++)
        if (rows->table->columns[i].key)
            str_printf(keys++ < rows->table->group_count ? &name : &key, "%s\n",
                       cell_at(rows, rows->place[i]));
    if (family->name == NULL || strcmp(family->name, str_text(&name)) != 0) {
        family_clear(family);
        family->name = str_take(&name);
    }
    for (size_t i = 0; i < family->count; i++)
        equal += strcmp(family->keys[i], str_text(&key)) == 0;
    mem_grow((void **)&family->keys, family->count, &family->capacity, sizeof *family->keys);
    family->keys[family->count++] = str_take(&key);
    if (family->count > EQUAL_MAX)
        refuse(rows, "第 %" PRIu64 " 行：同一条记录下的行太多", rows->number + 1);
    str_free(&name);
    return equal;
}

static void add_cell(struct rows *rows, size_t index)
{
    const struct feed_column *column = &rows->table->columns[index];
    const char *cell =
        rows->place[index] != SIZE_MAX ? cell_unmark(cell_at(rows, rows->place[index])) : "";
    const char *fault;

    str_add_char(&rows->lines, '\t');
    fault = cell_add(&rows->lines, column, cell);
    if (fault == NULL && column->inside && !area_contains(rows->origin, cell))
        fault = "不在报送单位的区划里";
    if (fault != NULL)
        refuse(rows, "第 %" PRIu64 " 行的 %s %s", rows->number + 1, column->words->id, fault);
}

static void hand_cells(struct rows *rows)
{
    const char *cells[FEED_COLUMNS];

    for (size_t i = 0; i < rows->table->column_count; i++)
        cells[i] = cell_unmark(cell_at(rows, rows->place[i]));
    rows->result = rows->each(cells, rows->arg);
}

static void add_line(struct rows *rows)
{
    str_add(&rows->lines, rows->origin);
    for (size_t i = 0; i < rows->table->column_count; i++)
        add_cell(rows, i);
    if (rows->table->numbered)
        str_printf(&rows->lines, "\t%zu", count_equal(rows));
    str_add_char(&rows->lines, '\n');
    if (rows->result == 0 && rows->lines.length >= SEND_BYTES) {
        rows->result = rows->send(&rows->lines, rows->arg);
        str_clear(&rows->lines);
    }
}

static void take_row(struct rows *rows)
{
    rows->number++;
    if (rows->count != rows->width)
        refuse(rows, "第 %" PRIu64 " 行有 %zu 列，应有 %zu 列", rows->number + 1, rows->count,
               rows->width);
    else if (rows->each != NULL)
        hand_cells(rows);
    else
        add_line(rows);
}

// ---- the parser

static void on_cell(void *bytes, size_t length, void *arg)
{
    struct rows *rows = arg;

    rows->unseen = 0;
    if (rows->result != 0)
        return;
    if ((length > 0 && memchr(bytes, '\0', length) != NULL) || length > CELL_BYTES ||
        rows->text.length + length > ROW_BYTES) {
        refuse(rows, "第 %" PRIu64 " 行有太长的或不是文字的单元格", row_read(rows));
        return;
    }
    if (rows->count < FEED_COLUMNS)
        rows->offset[rows->count] = rows->text.length;
    else
        refuse(rows, "第 %" PRIu64 " 行列太多", row_read(rows));
    rows->count++;
    if (length > 0)
        str_add_bytes(&rows->text, bytes, length);
    str_add_bytes(&rows->text, "", 1);
}

static void on_row(int end, void *arg)
{
    struct rows *rows = arg;

    (void)end;
    if (rows->result == 0 && rows->headed)
        take_row(rows);
    else if (rows->result == 0)
        take_heading(rows);
    str_clear(&rows->text);
    rows->count = 0;
}

/** Blanks at a cell's ends are part of it. */
static int is_no_blank(unsigned char c)
{
    (void)c;
    return 0;
}

struct rows *rows_new(const struct feed_table *table, const char *origin, rows_send_fn send,
                      void *arg)
{
    struct rows *rows = mem_new(sizeof *rows);

    rows->table = table;
    rows->origin = origin;
    rows->send = send;
    rows->arg = arg;
    if (csv_init(&rows->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0)
        abort();
    csv_set_space_func(&rows->parser, is_no_blank);
    csv_set_blk_size(&rows->parser, CELL_GROWTH);
    return rows;
}

struct rows *rows_new_each(const struct feed_table *table, rows_each_fn each, void *arg)
{
    struct rows *rows = rows_new(table, "", NULL, arg);

    rows->each = each;
    return rows;
}

enum result rows_add(struct rows *rows, const void *bytes, size_t length)
{
    const char *at = bytes;

    while (rows->result == 0 && length > 0) {
        size_t portion = length < PORTION ? length : PORTION;
        rows->unseen += portion;
        if (csv_parse(&rows->parser, at, portion, on_cell, on_row, rows) != portion)
            refuse(rows, "第 %" PRIu64 " 行的引号不成对", row_read(rows));
        else if (rows->unseen > CELL_BYTES)
            refuse(rows, "第 %" PRIu64 " 行有太长的单元格", row_read(rows));
        at += portion;
        length -= portion;
    }
    return rows->result;
}

enum result rows_end(struct rows *rows, uint64_t *ret_rows)
{
    if (rows->result == 0 && csv_fini(&rows->parser, on_cell, on_row, rows) != 0)
        refuse(rows, "到末尾引号也没有成对");
    if (rows->result == 0 && !rows->headed)
        refuse(rows, "是空的，连列名都没有");
    if (rows->result == 0 && rows->lines.length > 0)
        rows->result = rows->send(&rows->lines, rows->arg);
    if (rows->result == 0)
        *ret_rows = rows->number;
    return rows->result;
}

size_t rows_heading(const struct rows *rows, size_t columns[FEED_COLUMNS])
{
    for (size_t i = 0; i < rows->table->column_count; i++)
        if (rows->place[i] != SIZE_MAX)
            columns[rows->place[i]] = i;
    return rows->width;
}

const char *rows_message(const struct rows *rows)
{
    return rows->message;
}

void rows_free(struct rows **rows)
{
    struct rows *old = *rows;

    if (old == NULL)
        return;
    csv_free(&old->parser);
    family_clear(&old->family);
    free(old->family.keys);
    str_free(&old->text);
    str_free(&old->lines);
    free(old->message);
    free(old);
    *rows = NULL;
}
