#include "exchange/xlsx_part.h"

#include "base/mem.h"
#include "base/text.h"

#include <inttypes.h>
#include <locale.h>
#include <minizip/unzip.h>
#include <stdlib.h>
#include <string.h>

// ---- which sheet

static const struct xlsx_sheet *sheet_by_name(const struct xlsx_book *book, const char *wanted)
{
    for (size_t i = 0; i < book->sheet_count; i++)
        if (strcmp(book->sheets[i].name, wanted) == 0)
            return &book->sheets[i];
    size_t number = text_is_digits(wanted) ? strtoul(wanted, NULL, 10) : 0;
    return number >= 1 && number <= book->sheet_count ? &book->sheets[number - 1] : NULL;
}

static void list_sheets(const struct xlsx_book *book, const struct xlsx_sheet *except,
                        struct str *text)
{
    enum { SHOWN = 12 };
    size_t listed = 0;

    for (size_t i = 0; i < book->sheet_count && listed < SHOWN; i++)
        if (&book->sheets[i] != except)
            str_printf(text, "%s%zu“%s”", listed++ > 0 ? "、" : "", i + 1, book->sheets[i].name);
}

static enum result refuse_sheet(struct xlsx_book *book, const char *wanted)
{
    struct str known = {0};

    list_sheets(book, NULL, &known);
    char *words = mem_printf("没有“%s”这张工作表，这个工作簿有：%s", wanted, str_text(&known));
    enum result result = xlsx_fault(book, words);
    free(words);
    str_free(&known);
    return result;
}

static void note_sheet(const struct xlsx_book *book, const struct xlsx_sheet *sheet,
                       struct str *notes)
{
    if (book->sheet_count == 1)
        return;
    str_printf(notes, "读的是工作表 %zu“%s”，没有读：", (size_t)(sheet - book->sheets) + 1,
               sheet->name);
    list_sheets(book, sheet, notes);
    str_add(notes, "（要读别的用 --sheet）\n");
}

static enum result read_wanted(struct xlsx_book *book, const char *wanted, struct grid *grid,
                               struct str *notes)
{
    const struct xlsx_sheet *sheet = sheet_by_name(book, wanted);

    if (sheet == NULL)
        return refuse_sheet(book, wanted);
    note_sheet(book, sheet, notes);
    return xlsx_sheet_read(book, sheet->member, grid);
}

/** Covers and explanations have a row or two; a table has more. */
static enum result read_first(struct xlsx_book *book, struct grid *grid, struct str *notes)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < book->sheet_count && result == RESULT_OK && grid->count == 0; i++) {
        if (book->sheets[i].hidden)
            continue;
        result = xlsx_sheet_read(book, book->sheets[i].member, grid);
        if (grid->count > 0)
            note_sheet(book, &book->sheets[i], notes);
    }
    return result;
}

// ---- all of it

static enum result read_book(struct xlsx_book *book, const char *sheet, struct grid *grid,
                             struct str *notes)
{
    enum result result = xlsx_book_read(book);

    if (result != RESULT_OK)
        return result;
    return sheet != NULL && *sheet != '\0' ? read_wanted(book, sheet, grid, notes)
                                           : read_first(book, grid, notes);
}

enum result xlsx_read(const char *path, const char *sheet, struct grid *grid, struct str *notes,
                      char **ret_message)
{
    struct xlsx_book book = {.archive = unzOpen64(path)};
    /* Numbers in a workbook have a point, wherever the user lives. */
    locale_t plain = newlocale(LC_NUMERIC_MASK, "C", duplocale(LC_GLOBAL_LOCALE));
    locale_t before = uselocale(plain);
    enum result result =
        book.archive != NULL
            ? read_book(&book, sheet, grid, notes)
            : xlsx_fault(&book, "工作簿读不出来，可能没有复制完，请重新复制后再导入");

    if (result != RESULT_OK) {
        *ret_message = book.fault;
        book.fault = NULL;
    }
    uselocale(before);
    freelocale(plain);
    if (book.archive != NULL)
        unzClose(book.archive);
    xlsx_book_free(&book);
    return result;
}
