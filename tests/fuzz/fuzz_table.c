/* Ledgers as people keep them: the table in a file of bytes, and the parts of a workbook. */
#define _GNU_SOURCE 1
#include "tests/fuzz/fuzz.h"

#include "base/mem.h"
#include "base/text.h"
#include "exchange/filetable.h"
#include "exchange/xlsx.h"
#include "tests/unit/book.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct memory_file {
    int fd;
    char *path;
};

static struct memory_file make_file(const void *bytes, size_t length)
{
    int fd = memfd_create("ledger", MFD_CLOEXEC);

    fuzz_expect(fd >= 0 && write(fd, bytes, length) == (ssize_t)length, "memfd");
    return (struct memory_file){.fd = fd, .path = mem_printf("/proc/self/fd/%d", fd)};
}

static void drop_file(struct memory_file *file)
{
    free(file->path);
    close(file->fd);
}

// ---- tables

static bool is_known(const char *group, const char *heading, void *arg)
{
    (void)group;
    (void)arg;
    return strcmp(heading, "姓名") == 0 || strcmp(heading, "身份证号") == 0 ||
           strcmp(heading, "备注") == 0;
}

static void look_at(struct filetable *table)
{
    uint32_t number = 0;

    for (size_t i = 0; i < filetable_column_count(table); i++) {
        const struct filetable_column *column = filetable_column(table, i);
        fuzz_expect(text_valid(column->heading) && text_valid(column->group) &&
                        text_valid(column->sample),
                    "column %zu: no text", i);
    }
    for (size_t i = 0; i < filetable_row_count(table); i++) {
        struct filetable_row row = filetable_row(table, i);
        fuzz_expect(row.number > number, "row %u behind row %u", row.number, number);
        number = row.number;
        fuzz_expect(row.fault == NULL || text_valid(row.fault), "row %u: no words", number);
        for (size_t cell = 0; cell < row.count; cell++)
            fuzz_expect(text_valid(row.cells[cell]), "row %u: no text", number);
    }
    fuzz_expect(text_valid(filetable_notes(table)), "no words");
}

void table_run(const uint8_t *bytes, size_t length)
{
    struct filetable_options options = {.sheet = "", .known = is_known};

    /* A workbook is read by another program, and is a target of its own. */
    if (length >= 2 && memcmp(bytes, "PK", 2) == 0)
        return;
    for (options.encoding = CSV_AUTO; options.encoding <= CSV_GB18030; options.encoding++) {
        struct memory_file file = make_file(bytes, length);
        struct filetable *table = NULL;
        char *message = NULL;
        enum result result = filetable_read(file.path, &options, &table, &message);

        fuzz_expect(result == 0 || (message != NULL && text_valid(message)), "no words");
        if (result == 0)
            look_at(table);
        filetable_free(&table);
        free(message);
        drop_file(&file);
    }
}

// ---- workbooks

static void look_at_grids(const struct grid *grid, const struct grid *piped)
{
    uint32_t number = 0;

    fuzz_expect(grid->count == piped->count, "%zu rows became %zu", grid->count, piped->count);
    for (size_t i = 0; i < grid->count; i++) {
        const struct grid_row *row = &grid->rows[i];
        fuzz_expect(row->number > number, "row %u behind row %u", row->number, number);
        number = row->number;
        fuzz_expect(row->count == piped->rows[i].count, "row %u: other cells", number);
        for (size_t cell = 0; cell < row->count; cell++)
            fuzz_expect(text_valid(grid_cell(row, cell)) &&
                            strcmp(grid_cell(row, cell), grid_cell(&piped->rows[i], cell)) == 0,
                        "row %u: another text", number);
    }
}

/** What was read, through the pipe of the program. */
static void look_at_book(const struct workbook *book, const char *message)
{
    struct workbook piped = {0};
    struct str bytes = {0};
    char *words = NULL;

    workbook_write(book, message, &bytes);
    enum result result = workbook_parse(&bytes, &piped, &words);
    fuzz_expect((result == 0) == (message == NULL), "%s", words != NULL ? words : "no words");
    fuzz_expect(message == NULL || strcmp(words, message) == 0, "other words");
    fuzz_expect(book->count == piped.count, "other sheets");
    /* Rows of a book that ends in words are of no use to anybody. */
    for (size_t i = 0; message == NULL && i < book->count; i++)
        look_at_grids(&book->sheets[i].grid, &piped.sheets[i].grid);
    workbook_free(&piped);
    str_free(&bytes);
    free(words);
}

/** Bytes that somebody else put into the pipe. */
static void look_at_pipe(const uint8_t *bytes, size_t length)
{
    struct workbook book = {0};
    struct str piped = {0};
    char *message = NULL;

    str_add_bytes(&piped, bytes, length);
    enum result result = workbook_parse(&piped, &book, &message);
    fuzz_expect(result == 0 || message != NULL, "no words");
    workbook_free(&book);
    str_free(&piped);
    free(message);
}

/** Writes the three parts of the input, each ended by a form feed, as sheet, texts and formats. */
static void write_parts(const char *path, char *text)
{
    char *rest = text;
    const char *sheet = strsep(&rest, "\f");
    const char *texts = rest != NULL ? strsep(&rest, "\f") : "";
    const char *styles = rest != NULL ? rest : "";

    book_write_sheet(path, sheet, texts, styles);
}

void book_run(const uint8_t *bytes, size_t length)
{
    bool whole = length >= 2 && memcmp(bytes, "PK", 2) == 0;
    struct memory_file file = make_file(bytes, whole ? length : 0);
    struct workbook book = {0};
    char *text = fuzz_text(bytes, length);
    char *message = NULL;

    if (!whole)
        write_parts(file.path, text);
    enum result result = xlsx_read(file.path, "", &book, &message);
    fuzz_expect(result == 0 || (message != NULL && text_valid(message)), "no words");
    look_at_book(&book, message);
    look_at_pipe(bytes, length);
    workbook_free(&book);
    free(message);
    free(text);
    drop_file(&file);
}
