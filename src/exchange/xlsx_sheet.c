/*
 * Reads the rows of one sheet, with merged cells.
 */
#include "exchange/xlsx_private.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/** No spreadsheet program has more rows; no ledger has nearly as many columns. */
enum { ROWS_MAX = 1048576, COLUMNS_MAX = 512, MERGES_MAX = 200000 };

// ---- places

/** "BC12" to column 54, from 0, and row 12, from 1; false for other text. */
static bool parse_place(const char *text, uint32_t *ret_column, uint32_t *ret_row)
{
    uint32_t column = 0;
    size_t letters = 0;

    for (; text[letters] >= 'A' && text[letters] <= 'Z' && letters < 3; letters++)
        column = column * 26 + (uint32_t)(text[letters] - 'A') + 1;
    unsigned long row = strtoul(text + letters, NULL, 10);
    if (letters == 0 || row == 0 || row > ROWS_MAX)
        return false;
    *ret_column = column - 1;
    *ret_row = (uint32_t)row;
    return true;
}

// ---- cells merged down

struct merge {
    uint32_t column, first, last; /**< column from 0; first and last row */
    char *text;                   /**< of the first cell; NULL before it was read */
};

struct merges {
    size_t count, capacity;
    struct merge *items; /**< sorted by first row, at the end */
    size_t begun;        /**< how many have reached their first row */
    size_t active_count, active_capacity;
    size_t *active; /**< those that have begun and not ended */
};

static void take_merge(void *arg, const XML_Char *name, const XML_Char **attributes)
{
    struct merges *merges = arg;
    struct merge merge = {0};
    uint32_t column = 0;
    const char *place = strcmp(name, "mergeCell") == 0 ? xlsx_attribute(attributes, "ref") : NULL;
    const char *colon = place != NULL ? strchr(place, ':') : NULL;

    if (colon == NULL || merges->count == MERGES_MAX ||
        !parse_place(place, &merge.column, &merge.first) ||
        !parse_place(colon + 1, &column, &merge.last) || merge.last <= merge.first ||
        merge.column >= COLUMNS_MAX)
        return;
    mem_grow((void **)&merges->items, merges->count, &merges->capacity, sizeof *merges->items);
    merges->items[merges->count++] = merge;
}

static int compare_merges(const void *a, const void *b)
{
    const struct merge *left = a;
    const struct merge *right = b;

    return (left->first > right->first) - (left->first < right->first);
}

static void merges_free(struct merges *merges)
{
    for (size_t i = 0; i < merges->count; i++)
        free(merges->items[i].text);
    free(merges->items);
    free(merges->active);
}

/** Adds the merges that begin up to this row, and drops the ended ones. False if they overlap,
 *  which no spreadsheet program allows and would take for ever. */
static bool merges_move(struct merges *merges, uint32_t row)
{
    size_t kept = 0;

    while (merges->begun < merges->count && merges->items[merges->begun].first <= row) {
        mem_grow((void **)&merges->active, merges->active_count, &merges->active_capacity,
                 sizeof *merges->active);
        merges->active[merges->active_count++] = merges->begun++;
    }
    for (size_t i = 0; i < merges->active_count; i++)
        if (merges->items[merges->active[i]].last >= row)
            merges->active[kept++] = merges->active[i];
    merges->active_count = kept;
    return kept <= COLUMNS_MAX;
}

// ---- rows

struct reader {
    struct xlsx_book *book;
    struct grid *grid;
    struct merges *merges;
    uint32_t row;    /**< the current row's number */
    uint32_t column; /**< of the current cell */
    char type;       /**< of the current cell: shared, text, bool, error, number */
    uint32_t style;
    bool in_value, in_text, in_reading;
    struct str value; /**< of the current cell */
    size_t count;     /**< cells of the row */
    char *cells[COLUMNS_MAX];
};

static char cell_type(const char *name)
{
    static const struct {
        const char *name;
        char type;
    } types[] = {{"s", 's'}, {"str", 't'}, {"inlineStr", 't'}, {"b", 'b'}, {"e", 't'}, {"d", 't'}};

    for (size_t i = 0; name != NULL && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i].name, name) == 0)
            return types[i].type;
    return 'n';
}

static void begin_row(struct reader *reader, const XML_Char **attributes)
{
    const char *number = xlsx_attribute(attributes, "r");
    unsigned long row = number != NULL ? strtoul(number, NULL, 10) : reader->row + 1;

    if (row <= reader->row || row > ROWS_MAX)
        xlsx_fault(reader->book, "工作表的行号不对，请打开后另存为 xlsx 或 CSV 再导入");
    reader->row = (uint32_t)row;
    reader->column = UINT32_MAX; /* so that the next is 0 */
    reader->count = 0;
}

static void begin_cell(struct reader *reader, const XML_Char **attributes)
{
    const char *place = xlsx_attribute(attributes, "r");
    const char *style = xlsx_attribute(attributes, "s");
    uint32_t row = 0;

    if (place == NULL || !parse_place(place, &reader->column, &row))
        reader->column++;
    reader->type = cell_type(xlsx_attribute(attributes, "t"));
    reader->style = style != NULL ? (uint32_t)strtoul(style, NULL, 10) : 0;
    str_clear(&reader->value);
}

static void begin_element(void *arg, const XML_Char *name, const XML_Char **attributes)
{
    struct reader *reader = arg;

    if (strcmp(name, "row") == 0)
        begin_row(reader, attributes);
    else if (strcmp(name, "c") == 0)
        begin_cell(reader, attributes);
    else if (strcmp(name, "rPh") == 0)
        reader->in_reading = true;
    reader->in_value = strcmp(name, "v") == 0;
    reader->in_text = strcmp(name, "t") == 0 && !reader->in_reading;
}

static void add_text(void *arg, const XML_Char *text, int length)
{
    enum { CELL_MAX = 1 << 20 };
    struct reader *reader = arg;

    if ((reader->in_value || reader->in_text) && reader->value.length < CELL_MAX)
        str_add_bytes(&reader->value, text, (size_t)length);
}

/** Decodes _x000D_ and the like, characters that XML cannot contain. Keeps line ends, drops the
 *  others. */
static char *unescape(const char *text)
{
    struct str plain = {0};

    for (const char *at = text; *at != '\0'; at++) {
        bool escape = strncmp(at, "_x", 2) == 0 && strspn(at + 2, "0123456789ABCDEFabcdef") >= 4 &&
                      at[6] == '_';
        if (!escape) {
            str_add_char(&plain, *at);
            continue;
        }
        unsigned long code = strtoul(at + 2, NULL, 16);
        str_add(&plain, code == '\n' || code == '\r' ? "\n" : code == '_' ? "_" : "");
        at += 6;
    }
    return str_take(&plain);
}

/** A text that the book does not have is no empty cell: the file has lost something. */
static const char *shared_text(struct xlsx_book *book, const char *number)
{
    if (*number == '\0')
        return "";
    size_t index = strtoul(number, NULL, 10);
    if (index >= book->text_count)
        xlsx_fault(book, "工作簿里缺了一部分文字，请打开后另存为 xlsx 或 CSV 再导入");
    return xlsx_text(book, index);
}

static char *cell_text(const struct reader *reader)
{
    static const struct xlsx_format plain;
    struct xlsx_book *book = reader->book;
    const char *value = str_text(&reader->value);
    struct str number = {0};

    switch (reader->type) {
    case 's':
        return unescape(shared_text(book, value));
    case 't':
        return unescape(value);
    case 'b':
        return mem_copy(*value == '\0' ? "" : *value == '1' ? "TRUE" : "FALSE");
    default:
        xlsx_add_number(book, value,
                        reader->style < book->format_count ? &book->formats[reader->style] : &plain,
                        &number);
        return str_take(&number);
    }
}

/** The file leaves out empty cells. */
static void put_cell(struct reader *reader, uint32_t column, char *text)
{
    if (*text == '\0' || column >= COLUMNS_MAX) {
        free(text);
        return;
    }
    for (; reader->count <= column; reader->count++)
        reader->cells[reader->count] = NULL;
    free(reader->cells[column]);
    reader->cells[column] = text;
}

/** Copies merged cells into a row, if the row has a text of its own. */
static void fill_merged(struct reader *reader)
{
    struct merges *merges = reader->merges;
    bool own = reader->count > 0;

    if (!merges_move(merges, reader->row))
        xlsx_fault(reader->book, "工作表的合并单元格互相重叠，请打开后另存为 xlsx 或 CSV 再导入");
    for (size_t i = 0; i < merges->active_count && reader->book->fault == NULL; i++) {
        struct merge *merge = &merges->items[merges->active[i]];
        const char *text = merge->column < reader->count ? reader->cells[merge->column] : NULL;
        if (merge->first == reader->row && merge->text == NULL)
            merge->text = mem_copy(text);
        else if (own && text == NULL && merge->text != NULL)
            put_cell(reader, merge->column, mem_copy(merge->text));
    }
}

static void end_row(struct reader *reader)
{
    fill_merged(reader);
    for (size_t i = 0; i < reader->count; i++)
        if (reader->cells[i] == NULL)
            reader->cells[i] = mem_copy("");
    if (reader->count > 0)
        grid_add(reader->grid, &(struct grid_cells){.number = reader->row,
                                                    .count = reader->count,
                                                    .cells = (const char *const *)reader->cells});
    for (size_t i = 0; i < reader->count; i++)
        free(reader->cells[i]);
    reader->count = 0;
}

static void end_element(void *arg, const XML_Char *name)
{
    struct reader *reader = arg;

    if (strcmp(name, "c") == 0)
        put_cell(reader, reader->column, cell_text(reader));
    else if (strcmp(name, "row") == 0)
        end_row(reader);
    else if (strcmp(name, "rPh") == 0)
        reader->in_reading = false;
    reader->in_value = false;
    reader->in_text = false;
}

/** Reads the sheet twice, because merged cells are listed after the rows. */
enum result xlsx_sheet_read(struct xlsx_book *book, const char *member, struct grid *grid)
{
    struct merges merges = {0};
    struct reader reader = {.book = book, .grid = grid, .merges = &merges};
    enum result result =
        xlsx_member(book, member, &(struct xlsx_handler){take_merge, NULL, NULL, &merges});

    if (result == 0 && merges.count > 0)
        qsort(merges.items, merges.count, sizeof *merges.items, compare_merges);
    if (result == 0)
        result = xlsx_member(book, member,
                             &(struct xlsx_handler){begin_element, end_element, add_text, &reader});
    if (result == RESULT_NOTFOUND)
        result = xlsx_fault(book, "工作簿不完整，请打开后另存为 xlsx 或 CSV 再导入");
    for (size_t i = 0; i < reader.count; i++)
        free(reader.cells[i]);
    merges_free(&merges);
    str_free(&reader.value);
    return result;
}
