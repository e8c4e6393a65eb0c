#include "bundle/rowfile.h"

#include "base/mem.h"
#include "base/plain.h"
#include "base/str.h"

#include <csv.h>
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 1 << 16, COLUMNS_MOST = 64 };

/** Rows that are cut and not yet handed over: their cells one after the other, each with its NUL. */
struct queue {
    struct str text;
    size_t *cells; /**< offsets */
    size_t cell_count, cell_capacity;
    size_t *ends; /**< of each row: its cells end before this one */
    size_t row_count, row_capacity;
    size_t row; /**< the next to hand over */
};

struct rowfile {
    FILE *stream;
    char *name;
    struct csv_parser parser;
    struct queue queue;
    size_t row_begin; /**< in queue.text: the unfinished row */
    bool ended, broken;
    size_t width;             /**< cells of a row */
    int places[COLUMNS_MOST]; /**< of the wanted columns, -1 = missing */
    size_t wanted;
    const char *row_cells[COLUMNS_MOST];
    uint64_t rows;
};

static enum result refuse(const struct rowfile *file, char **ret_message, const char *words)
{
    if (*ret_message == NULL)
        *ret_message = mem_printf("%s 第 %" PRIu64 " 行%s", file->name, file->rows + 2, words);
    return RESULT_INVALID;
}

// ---- cutting

static void take_cell(void *cell, size_t length, void *arg)
{
    struct rowfile *file = arg;
    struct queue *queue = &file->queue;

    file->broken |= memchr(cell, '\0', length) != NULL;
    mem_grow((void **)&queue->cells, queue->cell_count, &queue->cell_capacity,
             sizeof *queue->cells);
    queue->cells[queue->cell_count++] = queue->text.length;
    str_add_bytes(&queue->text, cell, length);
    str_add_bytes(&queue->text, "", 1);
}

static void take_row(int end, void *arg)
{
    struct rowfile *file = arg;
    struct queue *queue = &file->queue;

    (void)end;
    mem_grow((void **)&queue->ends, queue->row_count, &queue->row_capacity, sizeof *queue->ends);
    queue->ends[queue->row_count++] = queue->cell_count;
    file->row_begin = queue->text.length;
}

/** Blanks at the ends of a cell are a part of it. */
static int is_space(unsigned char c)
{
    (void)c;
    return 0;
}

/** Keeps the cells of an unfinished row, drops those that were handed over. */
static void drop_handed(struct queue *queue)
{
    size_t first = queue->row > 0 ? queue->ends[queue->row - 1] : 0;
    size_t offset = first < queue->cell_count ? queue->cells[first] : queue->text.length;

    if (first < queue->cell_count)
        memmove(queue->cells, queue->cells + first,
                (queue->cell_count - first) * sizeof *queue->cells);
    queue->cell_count -= first;
    for (size_t i = 0; i < queue->cell_count; i++)
        queue->cells[i] -= offset;
    if (queue->text.text != NULL)
        memmove(queue->text.text, queue->text.text + offset, queue->text.length - offset);
    queue->text.length -= offset;
    queue->row_count = queue->row = 0;
}

static enum result read_block(struct rowfile *file, char **ret_message)
{
    char block[BLOCK];
    size_t got;

    drop_handed(&file->queue);
    file->row_begin = 0;
    got = fread(block, 1, sizeof block, file->stream);
    if (got < sizeof block && ferror(file->stream) != 0)
        return refuse(file, ret_message, "读不出来");
    bool cut = got == 0 ? csv_fini(&file->parser, take_cell, take_row, file) == 0
                        : csv_parse(&file->parser, block, got, take_cell, take_row, file) == got;
    file->ended = got == 0;
    if (!cut || file->broken)
        return refuse(file, ret_message, "的引号或字节不对");
    if (file->queue.text.length - file->row_begin + file->parser.entry_pos > ROWFILE_ROW)
        return refuse(file, ret_message, "太长");
    return RESULT_OK;
}

/** The cells of the next row: *ret_first and their number; 0 cells at the end. */
static enum result next_row(struct rowfile *file, size_t *ret_first, size_t *ret_count,
                            char **ret_message)
{
    struct queue *queue = &file->queue;

    while (queue->row == queue->row_count && !file->ended) {
        enum result result = read_block(file, ret_message);
        if (result != 0)
            return result;
    }
    *ret_count = 0;
    if (queue->row == queue->row_count)
        return queue->cell_count > 0 && queue->row_count == 0
                   ? refuse(file, ret_message, "没有写完")
                   : RESULT_OK;
    *ret_first = queue->row > 0 ? queue->ends[queue->row - 1] : 0;
    *ret_count = queue->ends[queue->row] - *ret_first;
    queue->row++;
    return RESULT_OK;
}

// ---- opening

static bool same_column(const char *wanted, const char *heading)
{
    size_t length = strcspn(wanted, "?");

    return strncmp(wanted, heading, length) == 0 && heading[length] == '\0';
}

static enum result find_columns(struct rowfile *file, const char *const *columns, size_t count,
                                size_t first, char **ret_message)
{
    for (size_t i = 0; i < count; i++) {
        file->places[i] = -1;
        for (size_t k = 0; k < file->width && file->places[i] < 0; k++)
            if (same_column(columns[i], file->queue.text.text + file->queue.cells[first + k]))
                file->places[i] = (int)k;
        if (file->places[i] < 0 && strchr(columns[i], '?') == NULL) {
            *ret_message = mem_printf("%s 缺少列 %s", file->name, columns[i]);
            return RESULT_INVALID;
        }
    }
    file->wanted = count;
    return RESULT_OK;
}

enum result rowfile_open(const char *path, const char *name, const char *const *columns,
                         size_t count, struct rowfile **ret_file, char **ret_message)
{
    struct rowfile *file = mem_new(sizeof *file);
    size_t first = 0;
    enum result result = RESULT_OK;

    file->name = mem_copy(name);
    file->stream = fopen(path, "re");
    csv_init(&file->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_space_func(&file->parser, is_space);
    csv_set_blk_size(&file->parser, BLOCK); /* a long cell would be copied every 128 bytes */
    if (file->stream == NULL) {
        *ret_message = mem_printf("没有 %s", name);
        result = RESULT_INVALID;
    }
    if (result == 0)
        result = next_row(file, &first, &file->width, ret_message);
    if (result == 0 && (file->width == 0 || count > COLUMNS_MOST))
        result = refuse(file, ret_message, "没有列名");
    if (result == 0)
        result = find_columns(file, columns, count, first, ret_message);
    if (result == 0)
        *ret_file = file;
    else
        rowfile_free(&file);
    return result;
}

void rowfile_free(struct rowfile **file)
{
    struct rowfile *old = *file;

    if (old == NULL)
        return;
    if (old->stream != NULL)
        fclose(old->stream);
    csv_free(&old->parser);
    str_free(&old->queue.text);
    free(old->queue.cells);
    free(old->queue.ends);
    free(old->name);
    free(old);
    *file = NULL;
}

// ---- rows

/** Without the apostrophe that marks what looks like a formula, or like a mark. */
static const char *unmarked(const char *cell)
{
    const char *behind = cell + strspn(cell, "'");

    return behind > cell && *behind != '\0' && strchr("=+-@\t\r", *behind) != NULL ? cell + 1
                                                                                   : cell;
}

enum result rowfile_next(struct rowfile *file, const char *const **ret_cells, char **ret_message)
{
    size_t first = 0, count = 0;
    enum result result = next_row(file, &first, &count, ret_message);

    *ret_cells = NULL;
    if (result != 0 || count == 0)
        return result;
    if (count != file->width)
        return refuse(file, ret_message, "的列数不对");
    for (size_t i = 0; i < file->wanted; i++) {
        const char *cell =
            file->places[i] < 0
                ? ""
                : file->queue.text.text + file->queue.cells[first + (size_t)file->places[i]];
        if (!plain_is(cell, PLAIN_LINES))
            return refuse(file, ret_message, "有不是文字的内容");
        file->row_cells[i] = unmarked(cell);
    }
    file->rows++;
    *ret_cells = file->row_cells;
    return RESULT_OK;
}

uint64_t rowfile_rows(const struct rowfile *file)
{
    return file->rows;
}

const char *rowfile_name(const struct rowfile *file)
{
    return file->name;
}
