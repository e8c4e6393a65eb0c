#include "exchange/csv.h"

#include "base/mem.h"
#include "base/outfile.h"
#include "base/plain.h"
#include "base/text.h"
#include "exchange/input.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char BOM[] = "\xef\xbb\xbf";

enum result csv_encoding_parse(const char *name, enum csv_encoding *ret_encoding)
{
    static const struct {
        const char *name;
        enum csv_encoding encoding;
    } names[] = {
        {"auto", CSV_AUTO},        {"utf-8", CSV_UTF8},       {"utf8", CSV_UTF8},
        {"gb18030", CSV_GB18030},  {"gbk", CSV_GB18030},      {"gb2312", CSV_GB18030},
        {"ansi", CSV_GB18030},     {"cp936", CSV_GB18030},    {"utf-16", CSV_UTF16LE},
        {"utf-16le", CSV_UTF16LE}, {"utf-16be", CSV_UTF16BE},
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (text_equal_nocase(name, names[i].name)) {
            *ret_encoding = names[i].encoding;
            return RESULT_OK;
        }
    }
    return RESULT_USAGE;
}

// ---- reading

struct reader {
    csv_row_fn row;
    void *arg;
    const struct csv_style *style;
    char *fault; /**< new string: the first unreadable row */
};

static enum result pass_row(const struct csv_record *record, void *arg)
{
    struct reader *reader = arg;

    if (record->fault != NULL) {
        reader->fault = mem_printf("第%" PRIu32 "行：%s", record->number, record->fault);
        return RESULT_INVALID;
    }
    return reader->row(record->number, record->cells, record->count, reader->arg);
}

enum result csv_read(const char *path, enum csv_encoding encoding, csv_row_fn row, void *arg,
                     struct csv_style *ret_style, char **ret_message)
{
    struct str bytes = {0};
    struct reader reader = {.row = row, .arg = arg};
    enum result result = input_read(path, &bytes, ret_message);

    if (result == 0)
        result = input_decode(&bytes, encoding, ret_style, ret_message);
    if (result == 0)
        result = csv_cut(&bytes, ret_style, pass_row, &reader);
    if (reader.fault != NULL)
        *ret_message = reader.fault;
    str_free(&bytes);
    return result;
}

// ---- writing

/** A number below 0 is itself, whoever reads it: -5, -92.00. */
static bool is_negative(const char *cell)
{
    static const char digits[] = "0123456789";

    if (cell[0] != '-' || strspn(cell + 1, digits) == 0)
        return false;
    cell += 1 + strspn(cell + 1, digits);
    if (cell[0] == '.' && strspn(cell + 1, digits) > 0)
        cell += 1 + strspn(cell + 1, digits);
    return *cell == '\0';
}

/** A spreadsheet would run a text that begins like a formula. */
static bool looks_like_formula(const char *cell)
{
    if (is_negative(cell))
        return false;
    return cell[0] != '\0' && strchr("=+-@\t\r", cell[0]) != NULL;
}

static void add_plain_cell(struct str *str, const char *cell)
{
    bool formula = looks_like_formula(cell);

    if (strpbrk(cell, ",\"\r\n") == NULL) {
        str_add(str, formula ? "'" : "");
        str_add(str, cell);
        return;
    }
    str_add(str, formula ? "\"'" : "\"");
    for (const char *quote; (quote = strchr(cell, '"')) != NULL; cell = quote + 1) {
        str_add_bytes(str, cell, (size_t)(quote - cell) + 1);
        str_add_char(str, '"');
    }
    str_add(str, cell);
    str_add_char(str, '"');
}

static void add_cell(struct str *str, const char *cell)
{
    if (plain_is(cell, PLAIN_LINES)) {
        add_plain_cell(str, cell);
        return;
    }
    char *plain = plain_copy(cell, PLAIN_LINES);
    add_plain_cell(str, plain);
    free(plain);
}

void csv_add_row(struct str *str, const char *const *cells, size_t count, bool crlf)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            str_add_char(str, ',');
        add_cell(str, cells[i]);
    }
    str_add(str, crlf ? "\r\n" : "\n");
}

/** True for a text of digits and of what stands beside them in numbers, days and times. */
static bool looks_like_number(const char *cell)
{
    static const char *const words[] = {"年", "月", "日", "时", "分", "秒", "￥", "¥"};
    bool digit = false;

    for (const char *at = cell; *at != '\0';) {
        size_t length = strspn(at, "0123456789+-./:,%()$ eE");
        for (size_t i = 0; i < length && !digit; i++)
            digit = at[i] >= '0' && at[i] <= '9';
        for (size_t i = 0; i < sizeof words / sizeof words[0] && length == 0; i++)
            length = text_starts(at, words[i]) ? strlen(words[i]) : 0;
        if (length == 0)
            return false;
        at += length;
    }
    return digit;
}

/** True for a text that a spreadsheet program would change, and that a formula can hold. */
static bool is_converted(const char *cell)
{
    enum { FORMULA_TEXT_MAX = 255 };
    bool changed = looks_like_formula(cell) || looks_like_number(cell) ||
                   text_equal_nocase(cell, "true") || text_equal_nocase(cell, "false");

    return changed && strpbrk(cell, "\"\t\r\n") == NULL && strlen(cell) <= FORMULA_TEXT_MAX &&
           plain_is(cell, PLAIN_LINE);
}

void csv_add_spreadsheet_row(struct str *str, const char *const *cells, const bool *values,
                             size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            str_add_char(str, ',');
        if (values[i])
            str_add(str, cells[i]);
        else if (is_converted(cells[i]))
            str_printf(str, "\"=\"\"%s\"\"\"", cells[i]);
        else
            add_cell(str, cells[i]);
    }
    str_add(str, "\r\n");
}

void csv_add_bom(struct str *str, const struct csv_style *style)
{
    str_add(str, style->bom && style->encoding != CSV_GB18030 ? BOM : "");
}

void csv_add_sheet(struct str *str, const struct sheet *sheet, size_t columns, bool heading,
                   const struct csv_style *style)
{
    if (heading) {
        csv_add_bom(str, style);
        csv_add_row(str, (const char *const *)sheet->columns, columns, style->crlf);
    }
    const char **cells = mem_array(sheet->column_count, sizeof *cells);
    for (size_t row = 0; row < sheet->row_count; row++) {
        sheet_cells(sheet, row, cells);
        csv_add_row(str, cells, columns, style->crlf);
    }
    free(cells);
}

/** Skips a character that the C library's GB18030 does not have, and adds 〓 instead. */
static bool replace_one(const char **in, size_t *left, struct str *to)
{
    static const char mark[] = "\xA1\xFE";
    uint32_t code = 0;
    int length = text_decode(*in, &code);

    if (length <= 0 || (size_t)length > *left)
        return false;
    str_add(to, mark);
    *left -= (size_t)length;
    *in += length;
    return true;
}

/** RESULT_INVALID for invalid UTF-8; 〓 replaces private-use characters that GB18030 lacks. */
static enum result encode(const char *text, size_t length, struct str *to)
{
    enum result result = RESULT_OK;
    iconv_t converter = iconv_open("GB18030", "UTF-8");
    const char *in = text;
    size_t left = length;

    if (converter == (iconv_t)-1)
        return RESULT_IO;
    while (left > 0 && result == 0) {
        char block[65536];
        char *from = (char *)(uintptr_t)in;
        char *out = block;
        size_t room = sizeof block;
        size_t done = iconv(converter, &from, &left, &out, &room);

        in = from;
        str_add_bytes(to, block, sizeof block - room);
        if (done == (size_t)-1 && errno != E2BIG && !replace_one(&in, &left, to))
            result = RESULT_INVALID;
    }
    iconv_close(converter);
    return result;
}

enum result csv_encode(const struct str *text, const struct csv_style *style, struct str *to)
{
    if (style->encoding != CSV_GB18030) {
        str_add_bytes(to, str_text(text), text->length);
        return RESULT_OK;
    }
    return encode(str_text(text), text->length, to);
}
