#include "exchange/csv.h"

#include "base/mem.h"
#include "base/plain.h"
#include "base/text.h"

#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char BOM[] = "\xef\xbb\xbf";
static const off_t FILE_MAX = (off_t)1 << 30;

enum result csv_encoding_parse(const char *name, enum csv_encoding *ret_encoding)
{
    static const struct {
        const char *name;
        enum csv_encoding encoding;
    } names[] = {
        {"auto", CSV_AUTO},       {"utf-8", CSV_UTF8},  {"utf8", CSV_UTF8},
        {"gb18030", CSV_GB18030}, {"gbk", CSV_GB18030}, {"gb2312", CSV_GB18030},
        {"ansi", CSV_GB18030},
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (text_equal_nocase(name, names[i].name)) {
            *ret_encoding = names[i].encoding;
            return RESULT_OK;
        }
    }
    return RESULT_USAGE;
}

/* ---- reading */

/** Beginnings of files that people give by mistake. */
static const struct foreign_file {
    const char *magic;
    size_t length;
    const char *words;
} FOREIGN_FILES[] = {
    {"PK\x03\x04", 4, "这是 Excel 工作簿(xlsx)或压缩包，请用“另存为”存成 CSV 再导入"},
    {"\xd0\xcf\x11\xe0", 4, "这是旧版 Excel 或 Word 文件，请用“另存为”存成 CSV 再导入"},
    {"%PDF", 4, "这是 PDF 文件，请换成 CSV 表格"},
    {"\x89PNG", 4, "这是图片，请换成 CSV 表格"},
    {"\xff\xd8\xff", 3, "这是图片，请换成 CSV 表格"},
    {"\x1f\x8b", 2, "这是压缩文件，请解压后再导入"},
    {"\x28\xb5\x2f\xfd", 4, "这是压缩文件，请解压后再导入"},
};

/** Why a file could not be opened, in the user's language for what happens every day. */
static const char *open_words(int error)
{
    return error == ENOENT ? "没有这个文件" : error == EACCES ? "没有读它的权限" : strerror(error);
}

static enum result read_whole(const char *path, struct str *bytes, char **ret_message)
{
    enum result result = RESULT_NOINPUT;
    struct stat status;
    char block[65536];
    ssize_t got = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0) {
        *ret_message = mem_printf("打不开文件 %s：%s", path, open_words(errno));
        return RESULT_NOINPUT;
    }
    if (fstat(fd, &status) != 0 || S_ISDIR(status.st_mode)) {
        *ret_message = mem_printf("%s 不是文件，请检查路径", path);
        goto out;
    }
    if (status.st_size > FILE_MAX) {
        *ret_message = mem_printf("%s 超过 1 GiB，请拆分后分批导入", path);
        result = RESULT_INVALID;
        goto out;
    }
    while ((got = read(fd, block, sizeof(block))) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            *ret_message = mem_printf("读文件 %s 出错：%s", path, strerror(errno));
            goto out;
        }
        str_add_bytes(bytes, block, (size_t)got);
    }
    result = RESULT_OK;
out:
    close(fd);
    return result;
}

static enum result refuse_foreign(const struct str *bytes, char **ret_message)
{
    for (size_t i = 0; i < sizeof(FOREIGN_FILES) / sizeof(FOREIGN_FILES[0]); i++) {
        const struct foreign_file *file = &FOREIGN_FILES[i];
        if (bytes->length >= file->length &&
            memcmp(str_text(bytes), file->magic, file->length) == 0) {
            *ret_message = mem_copy(file->words);
            return RESULT_INVALID;
        }
    }
    if (bytes->length > 0 && memchr(bytes->text, '\0', bytes->length) != NULL) {
        *ret_message = mem_copy("文件里有非文本内容，不是 CSV 表格，请另存为 CSV 再导入");
        return RESULT_INVALID;
    }
    return RESULT_OK;
}

/** Converts between encodings; RESULT_INVALID if the text is not in the first one. */
static enum result convert(const char *from, const char *to, const char *text, size_t length,
                           struct str *ret_text)
{
    enum result result = RESULT_INVALID;
    iconv_t converter = iconv_open(to, from);
    char *in = (char *)(uintptr_t)text;
    size_t left = length;

    if (converter == (iconv_t)-1)
        return RESULT_IO;
    while (left > 0) {
        char block[65536];
        char *out = block;
        size_t room = sizeof(block);
        size_t done = iconv(converter, &in, &left, &out, &room);

        str_add_bytes(ret_text, block, sizeof(block) - room);
        if (done == (size_t)-1 && errno != E2BIG)
            goto out;
    }
    result = RESULT_OK;
out:
    iconv_close(converter);
    return result;
}

/** Brings the bytes to UTF-8 without a BOM, in place. */
static enum result decode(struct str *bytes, enum csv_encoding encoding, struct csv_style *style,
                          char **ret_message)
{
    struct str text = {0};

    if (bytes->length >= 3 && memcmp(bytes->text, BOM, 3) == 0) {
        style->bom = true;
        memmove(bytes->text, bytes->text + 3, bytes->length - 2);
        bytes->length -= 3;
    }
    if (encoding != CSV_GB18030 && text_valid(str_text(bytes))) {
        style->encoding = CSV_UTF8;
        return RESULT_OK;
    }
    if (encoding == CSV_UTF8 || style->bom) {
        *ret_message = mem_copy("文件不是 UTF-8 编码，请用 --encoding gb18030 或另存为 UTF-8");
        return RESULT_INVALID;
    }
    if (convert("GB18030", "UTF-8", str_text(bytes), bytes->length, &text) != 0) {
        str_free(&text);
        *ret_message =
            mem_copy("文件编码无法识别（不是 UTF-8 也不是 GB18030），请另存为 CSV 再导入");
        return RESULT_INVALID;
    }
    style->encoding = CSV_GB18030;
    str_free(bytes);
    *bytes = text;
    return RESULT_OK;
}

struct reader {
    csv_row_fn row;
    void *arg;
    char **cells;
    size_t count;
    size_t capacity;
    uint32_t line;     /**< line the parser is in */
    uint32_t row_line; /**< line the current row began on, 0 = none yet */
    bool any;          /**< the row has some text */
    enum result result;
};

static void take_cell(void *bytes, size_t length, void *arg)
{
    struct reader *reader = arg;

    if (reader->row_line == 0)
        reader->row_line = reader->line;
    mem_grow((void **)&reader->cells, reader->count, &reader->capacity, sizeof(*reader->cells));
    reader->cells[reader->count++] = mem_copy_bytes(bytes, length);
    reader->any = reader->any || length > 0;
}

static void reader_clear(struct reader *reader)
{
    for (size_t i = 0; i < reader->count; i++)
        free(reader->cells[i]);
    reader->count = 0;
    reader->any = false;
    reader->row_line = 0;
}

static void take_row(int end, void *arg)
{
    struct reader *reader = arg;

    (void)end;
    if (reader->any && reader->result == RESULT_OK) {
        reader->result = reader->row(reader->row_line, (const char *const *)reader->cells,
                                     reader->count, reader->arg);
    }
    reader_clear(reader);
}

/** Tabs where the heading has no comma: what spreadsheets call "Unicode text". */
static unsigned char delimiter_of(const struct str *text)
{
    const char *end = memchr(text->text, '\n', text->length);
    size_t length = end != NULL ? (size_t)(end - text->text) : text->length;

    if (memchr(text->text, ',', length) == NULL && memchr(text->text, '\t', length) != NULL)
        return '\t';
    return ',';
}

/** Bytes up to and with the line's end, which may be LF, CR LF or CR alone. */
static size_t line_length(const char *at, size_t left)
{
    const char *feed = memchr(at, '\n', left);
    size_t length = feed != NULL ? (size_t)(feed - at) + 1 : left;
    const char *carriage = memchr(at, '\r', length);

    return carriage == NULL || carriage + 1 == feed ? length : (size_t)(carriage - at) + 1;
}

/** Feeds line by line, so that a row knows where it began. */
static enum result parse(const struct str *text, struct reader *reader, char **ret_message)
{
    struct csv_parser parser;
    const char *at = text->text;
    const char *end = text->text + text->length;

    if (csv_init(&parser, CSV_APPEND_NULL | CSV_REPALL_NL) != 0)
        return RESULT_IO;
    csv_set_delim(&parser, delimiter_of(text));
    reader->line = 1;
    while (at < end && reader->result == RESULT_OK) {
        size_t length = line_length(at, (size_t)(end - at));

        if (reader->row_line == 0 && reader->count == 0)
            reader->row_line = reader->line;
        if (csv_parse(&parser, at, length, take_cell, take_row, reader) != length) {
            *ret_message = mem_printf("第 %u 行不是 CSV 格式，请检查引号", reader->line);
            reader->result = RESULT_INVALID;
        }
        at += length;
        reader->line++;
    }
    csv_fini(&parser, take_cell, take_row, reader);
    csv_free(&parser);
    return reader->result;
}

enum result csv_read(const char *path, enum csv_encoding encoding, csv_row_fn row, void *arg,
                     struct csv_style *ret_style, char **ret_message)
{
    struct str bytes = {0};
    struct reader reader = {.row = row, .arg = arg};
    struct csv_style style = {0};
    enum result result = read_whole(path, &bytes, ret_message);

    if (result != 0)
        goto out;
    result = refuse_foreign(&bytes, ret_message);
    if (result != 0)
        goto out;
    result = decode(&bytes, encoding, &style, ret_message);
    if (result != 0)
        goto out;
    if (bytes.length == 0) {
        *ret_message = mem_copy("文件是空的，没有表头");
        result = RESULT_INVALID;
        goto out;
    }
    style.crlf = memchr(bytes.text, '\r', bytes.length) != NULL;
    *ret_style = style;
    result = parse(&bytes, &reader, ret_message);
out:
    reader_clear(&reader);
    free(reader.cells);
    str_free(&bytes);
    return result;
}

/* ---- writing */

/** A spreadsheet would run text that begins like a formula. */
static bool looks_like_formula(const char *cell)
{
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

void csv_add_sheet(struct str *str, const struct sheet *sheet, size_t columns, bool heading,
                   const struct csv_style *style)
{
    if (heading) {
        str_add(str, style->bom && style->encoding != CSV_GB18030 ? BOM : "");
        csv_add_row(str, (const char *const *)sheet->columns, columns, style->crlf);
    }
    const char **cells = mem_array(sheet->column_count, sizeof(*cells));
    for (size_t row = 0; row < sheet->row_count; row++) {
        sheet_cells(sheet, row, cells);
        csv_add_row(str, cells, columns, style->crlf);
    }
    free(cells);
}

enum result csv_encode(const struct str *text, const struct csv_style *style, struct str *to)
{
    if (style->encoding != CSV_GB18030) {
        str_add_bytes(to, str_text(text), text->length);
        return RESULT_OK;
    }
    return convert("UTF-8", "GB18030", str_text(text), text->length, to);
}
