#include "exchange/xlsx_private.h"

#include "base/mem.h"
#include "base/text.h"

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

static enum result refuse_sheet(struct xlsx_book *book, const char *wanted)
{
    enum { SHOWN = 12 };
    struct str words = {0};

    str_printf(&words, "没有“%s”这张工作表，这个工作簿有：", wanted);
    for (size_t i = 0; i < book->sheet_count && i < SHOWN; i++)
        str_printf(&words, "%s%zu“%s”", i > 0 ? "、" : "", i + 1, book->sheets[i].name);
    enum result result = xlsx_fault(book, str_text(&words));
    str_free(&words);
    return result;
}

static enum result read_book(struct xlsx_book *book, const char *wanted, struct workbook *to)
{
    bool all = wanted == NULL || *wanted == '\0';
    enum result result = xlsx_book_read(book);
    const struct xlsx_sheet *one = result == 0 && !all ? sheet_by_name(book, wanted) : NULL;

    if (result == 0 && !all && one == NULL)
        return refuse_sheet(book, wanted);
    for (size_t i = 0; i < book->sheet_count && result == 0; i++) {
        struct workbook_sheet *sheet = workbook_add(to, book->sheets[i].name);
        if (all ? !book->sheets[i].hidden : &book->sheets[i] == one)
            result = xlsx_sheet_read(book, book->sheets[i].member, &sheet->grid);
    }
    return result;
}

enum result xlsx_read(const char *path, const char *sheet, struct workbook *ret_book,
                      char **ret_message)
{
    struct xlsx_book book = {.archive = unzOpen64(path)};
    /* Numbers in a workbook have a decimal point in every locale. */
    locale_t plain = newlocale(LC_NUMERIC_MASK, "C", duplocale(LC_GLOBAL_LOCALE));
    locale_t before = uselocale(plain);
    enum result result =
        book.archive != NULL
            ? read_book(&book, sheet, ret_book)
            : xlsx_fault(&book, "工作簿读不出来，可能没有复制完，请重新复制后再导入");

    if (result != 0) {
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
