#include "bundle/boardbook.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/sheet.h"
#include "form/form.h"
#include "report/companion.h"
#include "service/service.h"

#include <stdlib.h>
#include <string.h>

enum { MONTHS = 13 };

struct boardbook {
    struct extract_file file; /**< first: rows() gets its address */
    const struct extract_file *inner;
    const struct service *service;
    struct sheet *sheet; /**< NULL before there are rows; given to the document in the end */
    size_t rows;
    /** What the rows are passed on to, while they are read. */
    extract_row_fn row;
    void *arg;
};

/** compliance.csv with the programmes' names, for a document. */
static struct sheet *new_sheet(const struct extract_file *file)
{
    const char **ids = mem_array(file->column_count, sizeof *ids);

    for (size_t i = 0; i < file->column_count; i++)
        ids[i] = strcmp(file->columns[i], "kind") == 0 ? "kind_name" : file->columns[i];
    struct sheet *sheet = sheet_new_ids(ids, file->column_count);
    free(ids);
    return sheet;
}

struct boardbook *boardbook_new(const struct service *service)
{
    struct boardbook *book = mem_new(sizeof *book);

    book->service = service;
    return book;
}

void boardbook_free(struct boardbook **book)
{
    if (*book == NULL)
        return;
    sheet_free(&(*book)->sheet);
    free(*book);
    *book = NULL;
}

size_t boardbook_rows(const struct boardbook *book)
{
    return book->rows;
}

// ---- the rows

static void keep_row(struct boardbook *book, const char *const *cells)
{
    const struct form *form = NULL;
    size_t row = sheet_add_row(book->sheet);

    for (size_t i = 0; i < book->sheet->column_count; i++) {
        const char *id = book->sheet->columns[i];
        const char *text = cells[i];
        if (strcmp(id, "kind_name") == 0) {
            form = forms_get(service_forms(book->service), text);
            text = form != NULL ? form->title : text;
        } else if (strcmp(id, "basis") == 0) {
            text = strcmp(text, "reported") == 0 ? "上报数" : "现况数";
        }
        sheet_set(book->sheet, row, id, text);
    }
}

static enum result take_row(const char *const *cells, void *arg)
{
    struct boardbook *book = arg;
    month_t month = 0;

    if (month_parse(cells[0], &month) == 0 &&
        month > month_of(service_today(book->service)) - MONTHS)
        keep_row(book, cells);
    return book->row(cells, book->arg);
}

static enum result read_rows(struct service *service, const struct extract_file *file,
                             extract_row_fn row, void *arg)
{
    struct boardbook *book = (struct boardbook *)(uintptr_t)file;

    book->row = row;
    book->arg = arg;
    return book->inner->rows(service, book->inner, take_row, book);
}

const struct extract_file *boardbook_watch(struct boardbook *book, const struct extract_file *file)
{
    if (strcmp(file->name, "compliance.csv") != 0)
        return file;
    if (book->sheet == NULL)
        book->sheet = new_sheet(file);
    book->inner = file;
    book->file = *file;
    book->file.rows = read_rows;
    return &book->file;
}

// ---- the workbook

enum result boardbook_make(struct boardbook *book, int64_t data_at, struct str *ret_bytes,
                           char **ret_message)
{
    if (book->sheet == NULL)
        return RESULT_NOTFOUND;
    const char *area = service_area_name(book->service, service_area(book->service));
    char *title = mem_printf("%s探访率", area);
    struct document *document = document_new("table", title);
    char stamp[STAMP_TEXT];

    book->rows = book->sheet->row_count;
    document_add_table(document, "rows", &book->sheet);
    fields_set(&document->facts, "printed_at", date_format_stamp(data_at, stamp));
    enum result result = companion_make(document, "xlsx", ret_bytes, ret_message);
    document_free(&document);
    free(title);
    return result;
}
