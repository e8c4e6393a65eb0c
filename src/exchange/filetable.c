#include "exchange/filetable.h"

#include "base/mem.h"
#include "base/outfile.h"
#include "base/text.h"
#include "exchange/foreign.h"
#include "exchange/grid.h"
#include "exchange/input.h"
#include "exchange/layout.h"
#include "exchange/workbook.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct filetable {
    struct csv_style style;
    struct grid grid;
    struct layout layout;
    struct str notes;
    size_t sheet_count, sheet; /**< of a workbook; the sheet that was read */
    char **sheets;
    size_t capacity; /**< of `cells` */
    const char **cells;
};

void filetable_free(struct filetable **table)
{
    struct filetable *old = *table;

    if (old == NULL)
        return;
    layout_free(&old->layout);
    grid_free(&old->grid);
    str_free(&old->notes);
    for (size_t i = 0; i < old->sheet_count; i++)
        free(old->sheets[i]);
    free(old->sheets);
    free(old->cells);
    free(old);
    *table = NULL;
}

// ---- reading

static enum result take_record(const struct csv_record *record, void *arg)
{
    grid_add(arg, &(struct grid_cells){.number = record->number,
                                       .count = record->count,
                                       .cells = record->cells,
                                       .fault = record->fault});
    return RESULT_OK;
}

static enum result read_text(struct str *bytes, const struct filetable_options *options,
                             struct filetable *table, char **ret_message)
{
    enum result result = input_decode(bytes, options->encoding, &table->style, ret_message);

    if (result == 0)
        result = csv_cut(bytes, &table->style, take_record, &table->grid);
    /* Files written beside it are UTF-8; spreadsheet programs need the BOM to see that. */
    table->style.bom |=
        table->style.encoding == CSV_UTF16LE || table->style.encoding == CSV_UTF16BE;
    return result;
}

/** Names the sheet that was read, if there are several. */
static void note_sheet(struct filetable *table, const struct workbook *book, size_t chosen)
{
    enum { SHOWN = 12 };

    if (book->count == 1)
        return;
    str_printf(&table->notes, "读的是工作表 %zu“%s”，没有读：", chosen + 1,
               book->sheets[chosen].name);
    for (size_t i = 0, listed = 0; i < book->count && listed < SHOWN; i++)
        if (i != chosen)
            str_printf(&table->notes, "%s%zu“%s”", listed++ > 0 ? "、" : "", i + 1,
                       book->sheets[i].name);
    str_add_char(&table->notes, '\n');
}

static void take_names(struct filetable *table, const struct workbook *book)
{
    table->sheets = mem_array(book->count, sizeof *table->sheets);
    for (; table->sheet_count < book->count; table->sheet_count++)
        table->sheets[table->sheet_count] = mem_copy(book->sheets[table->sheet_count].name);
}

/** The first sheet with the most known headings; if no heading is known, the first with text. */
static size_t choose_sheet(const struct workbook *book, const struct filetable_options *options)
{
    size_t best = book->count;
    size_t most = 0;

    for (size_t i = 0; i < book->count; i++) {
        struct layout layout = {0};
        if (book->sheets[i].grid.count == 0)
            continue;
        layout_find(&book->sheets[i].grid, options, &layout);
        if (best == book->count || layout.known > most) {
            best = i;
            most = layout.known;
        }
        layout_free(&layout);
    }
    return best;
}

static enum result read_book(const char *path, const struct filetable_options *options,
                             struct filetable *table, char **ret_message)
{
    struct workbook book = {0};
    enum result result = workbook_read(path, options->sheet, &book, ret_message);
    size_t chosen = result == 0 ? choose_sheet(&book, options) : book.count;

    if (chosen < book.count) {
        note_sheet(table, &book, chosen);
        take_names(table, &book);
        table->sheet = chosen;
        table->grid = book.sheets[chosen].grid;
        book.sheets[chosen].grid = (struct grid){0};
    }
    table->style = (struct csv_style){.encoding = CSV_UTF8, .bom = true, .crlf = true};
    workbook_free(&book);
    return result;
}

static enum result read_grid(const char *path, const struct filetable_options *options,
                             struct filetable *table, char **ret_message)
{
    struct str bytes = {0};
    enum result result = input_read(path, &bytes, ret_message);

    if (result == 0 && foreign_is_workbook(str_text(&bytes), bytes.length)) {
        str_free(&bytes);
        return read_book(path, options, table, ret_message);
    }
    if (result == 0 && options->sheet != NULL && *options->sheet != '\0') {
        *ret_message = mem_copy("只有工作簿（xlsx）才有工作表，CSV 请去掉 --sheet");
        result = RESULT_INVALID;
    }
    if (result == 0)
        result = read_text(&bytes, options, table, ret_message);
    str_free(&bytes);
    return result;
}

// ---- the table in it

/** Takes the first text below each heading. */
static void take_samples(struct filetable *table)
{
    struct layout *layout = &table->layout;
    size_t missing = layout->column_count;

    for (size_t i = 0; i < layout->row_count && missing > 0; i++) {
        struct filetable_row row = filetable_row(table, i);
        for (size_t k = 0; k < row.count && k < layout->column_count; k++) {
            struct filetable_column *column = &layout->columns[k];
            if (*column->sample != '\0' || *row.cells[k] == '\0')
                continue;
            free(column->sample);
            column->sample = text_clean_cell(row.cells[k]);
            missing -= *column->sample != '\0';
        }
    }
}

/** An unreadable heading would lose its whole column. */
static enum result check_headings(const struct filetable *table, char **ret_message)
{
    size_t top = table->layout.heading - (table->layout.grouped ? 1 : 0);

    for (size_t i = top; i <= table->layout.heading; i++) {
        const struct grid_row *row = &table->grid.rows[i];
        if (row->fault == NULL)
            continue;
        *ret_message = mem_printf("表头（第%" PRIu32 "行）读不出来：%s", row->number, row->fault);
        return RESULT_INVALID;
    }
    return RESULT_OK;
}

static enum result find_table(const struct filetable_options *options, struct filetable *table,
                              char **ret_message)
{
    if (table->grid.count == 0) {
        *ret_message = mem_copy("文件里没有内容，没有表头");
        return RESULT_INVALID;
    }
    layout_find(&table->grid, options, &table->layout);
    str_add(&table->notes, str_text(&table->layout.notes));
    enum result result = check_headings(table, ret_message);
    if (result == 0)
        take_samples(table);
    return result;
}

enum result filetable_read(const char *path, const struct filetable_options *options,
                           struct filetable **ret_table, char **ret_message)
{
    struct filetable *table = mem_new(sizeof *table);
    enum result result = read_grid(path, options, table, ret_message);

    if (result == 0)
        result = find_table(options, table, ret_message);
    if (result != 0) {
        filetable_free(&table);
        return result;
    }
    *ret_table = table;
    return RESULT_OK;
}

// ---- questions about the table

size_t filetable_column_count(const struct filetable *table)
{
    return table->layout.column_count;
}

const struct filetable_column *filetable_column(const struct filetable *table, size_t column)
{
    return &table->layout.columns[column];
}

size_t filetable_row_count(const struct filetable *table)
{
    return table->layout.row_count;
}

struct filetable_row filetable_row(struct filetable *table, size_t row)
{
    const struct grid_row *found = &table->grid.rows[table->layout.rows[row]];

    if (found->count > table->capacity) {
        table->capacity = found->count;
        table->cells = mem_resize(table->cells, table->capacity, sizeof *table->cells);
    }
    grid_cells(found, table->cells);
    return (struct filetable_row){.number = found->number,
                                  .count = found->count,
                                  .cells = table->cells,
                                  .fault = found->fault};
}

const struct csv_style *filetable_style(const struct filetable *table)
{
    return &table->style;
}

const char *filetable_notes(const struct filetable *table)
{
    return str_text(&table->notes);
}

size_t filetable_sheet_count(const struct filetable *table)
{
    return table->sheet_count;
}

const char *filetable_sheet_name(const struct filetable *table, size_t sheet)
{
    return table->sheets[sheet];
}

size_t filetable_sheet_read(const struct filetable *table)
{
    return table->sheet;
}

enum result filetable_write_beside(const struct filetable *table, const char *path,
                                   const char *ending, const struct sheet *sheet, size_t columns,
                                   char **ret_message)
{
    char *beside = mem_printf("%s.%s.csv", path, ending);
    struct str text = {0};
    struct str bytes = {0};
    enum result result = RESULT_OK;

    if (sheet->row_count == 0) {
        (void)unlink(beside); /* else it would seem to be from this run */
    } else {
        csv_add_sheet(&text, sheet, columns, true, &table->style);
        result = csv_encode(&text, &table->style, &bytes);
        if (result == 0)
            result = outfile_write(beside, &bytes);
    }
    if (result != 0)
        *ret_message = mem_printf("写不了 %s：%s", beside, result_words(result));
    str_free(&text);
    str_free(&bytes);
    free(beside);
    return result;
}
