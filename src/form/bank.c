#include "form/bank.h"

#include "base/mem.h"
#include "base/text.h"

#include <iconv.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// ---- files

size_t bank_file_count(const struct bank_format *format, size_t payments)
{
    if (format->rows == 0 || payments == 0)
        return payments > 0;
    return (payments + format->rows - 1) / format->rows;
}

size_t bank_file_rows(const struct bank_format *format, size_t payments, size_t file)
{
    size_t count = bank_file_count(format, payments);

    return count == 0 ? 0 : payments / count + (file < payments % count);
}

// ---- encoding

/** The encoding's name for iconv, and for people. */
static const struct {
    const char *name, *label;
} ENCODINGS[] = {
    [BANK_UTF8] = {"UTF-8", "UTF-8"},
    [BANK_GB18030] = {"GB18030", "GB18030"},
    [BANK_GBK] = {"GBK", "GBK"},
};

/** Adds one character; false if the encoding does not have it. */
static bool add_encoded(iconv_t converter, const char *character, size_t length, struct str *to)
{
    char bytes[16];
    char *in = (char *)(uintptr_t)character;
    char *out = bytes;
    size_t room = sizeof bytes;

    if (iconv(converter, &in, &length, &out, &room) != 0)
        return false;
    str_add_bytes(to, bytes, (size_t)(out - bytes));
    return true;
}

/** Adds the text in the format's encoding; on failure *ret_fault names the character. */
static enum result encode(const struct bank_format *format, const char *text, struct str *to,
                          char **ret_fault)
{
    iconv_t converter = iconv_open(ENCODINGS[format->encoding].name, "UTF-8");
    size_t before = to->length;
    uint32_t code = 0;
    int length;

    if (converter == (iconv_t)-1) {
        *ret_fault = mem_printf("本机没有 %s 编码", ENCODINGS[format->encoding].label);
        return RESULT_INVALID;
    }
    while ((length = text_decode(text, &code)) > 0 &&
           add_encoded(converter, text, (size_t)length, to))
        text += length;
    iconv_close(converter);
    if (length == 0)
        return RESULT_OK;
    to->length = before;
    if (to->text != NULL)
        to->text[before] = '\0';
    *ret_fault = mem_printf("“%.*s”不在 %s 编码里，请改用别的格式，或请银行改户名",
                            length > 0 ? length : 1, text, ENCODINGS[format->encoding].label);
    return RESULT_INVALID;
}

static const char *line_end(const struct bank_format *format)
{
    return format->crlf ? "\r\n" : "\n";
}

// ---- a line

/** Without blanks if the format wants that. New string. */
static char *without_blanks(const char *text)
{
    struct str kept = {0};
    uint32_t code = 0;
    int length;

    for (; (length = text_decode(text, &code)) > 0; text += length)
        if (!text_is_blank(code))
            str_add_bytes(&kept, text, (size_t)length);
    return str_take(&kept);
}

static bool has_blank(const char *text)
{
    char *without = without_blanks(text);
    bool has = strcmp(without, text) != 0;

    free(without);
    return has;
}

static bool is_name(const struct bank_field *field)
{
    return field->is == BANK_VALUE &&
           (strcmp(field->value, "holder") == 0 || strcmp(field->value, "name") == 0);
}

/** A column's text before quoting; NULL with a fault. New string. */
static char *cell_text(const struct bank_format *format, const struct bank_field *field,
                       size_t number, const struct fields *payment, char **ret_fault)
{
    const char *value = fields_get(payment, field->value);
    int64_t fen = 0;

    switch (field->is) {
    case BANK_NUMBER:
        return mem_printf("%zu", number);
    case BANK_TEXT:
        return mem_copy(field->value);
    case BANK_YUAN:
    case BANK_FEN:
        if (text_to_fen(fields_get(payment, "total"), &fen) != 0 || fen <= 0) {
            *ret_fault = mem_copy("没有金额");
            return NULL;
        }
        return field->is == BANK_FEN ? mem_printf("%" PRId64, fen) : text_from_fen(fen);
    case BANK_VALUE:
        break;
    }
    if (*value == '\0' && !field->empty) {
        *ret_fault = mem_printf("没有%s，这个格式不能没有", field->label);
        return NULL;
    }
    if (is_name(field) && format->blanks == BANK_BLANKS_REMOVE)
        return without_blanks(value);
    if (is_name(field) && format->blanks == BANK_BLANKS_REFUSE && has_blank(value)) {
        *ret_fault = mem_printf("%s中有空格", field->label);
        return NULL;
    }
    return mem_copy(value);
}

static void add_quoted(const char *cell, struct str *line)
{
    str_add_char(line, '"');
    for (; *cell != '\0'; cell++) {
        if (*cell == '"')
            str_add_char(line, '"');
        str_add_char(line, *cell);
    }
    str_add_char(line, '"');
}

static enum result add_cell(const struct bank_format *format, const struct bank_field *field,
                            const char *cell, struct str *line, char **ret_fault)
{
    bool special = strstr(cell, format->separator) != NULL || strchr(cell, '"') != NULL;

    if (text_has_control(cell) || strchr(cell, '\t') != NULL) {
        *ret_fault = mem_printf("%s中有换行或控制字符", field->label);
        return RESULT_INVALID;
    }
    if (format->quote == BANK_QUOTE_NONE && strstr(cell, format->separator) != NULL) {
        *ret_fault = mem_printf("%s中有分隔符“%s”", field->label, format->separator);
        return RESULT_INVALID;
    }
    if (format->quote == BANK_QUOTE_ALWAYS || (format->quote == BANK_QUOTE_NEEDED && special))
        add_quoted(cell, line);
    else
        str_add(line, cell);
    return RESULT_OK;
}

enum result bank_add_line(const struct bank_format *format, size_t number,
                          const struct fields *payment, struct str *to, char **ret_fault)
{
    struct str line = {0};
    enum result result = RESULT_OK;

    for (size_t i = 0; i < format->field_count && result == 0; i++) {
        char *cell = cell_text(format, &format->fields[i], number, payment, ret_fault);
        if (i > 0)
            str_add(&line, format->separator);
        result = cell == NULL ? RESULT_INVALID
                              : add_cell(format, &format->fields[i], cell, &line, ret_fault);
        free(cell);
    }
    if (format->trailing)
        str_add(&line, format->separator);
    str_add(&line, line_end(format));
    if (result == 0)
        result = encode(format, str_text(&line), to, ret_fault);
    str_free(&line);
    return result;
}

// ---- the first line

void bank_add_header(const struct bank_format *format, size_t rows, int64_t fen, struct str *to)
{
    struct str line = {0};
    char *yuan = text_from_fen(fen);
    char *fault = NULL;

    for (const char *at = format->header; *at != '\0';) {
        if (text_starts(at, "{rows}")) {
            str_printf(&line, "%zu", rows);
        } else if (text_starts(at, "{fen}")) {
            str_printf(&line, "%" PRId64, fen);
        } else if (text_starts(at, "{yuan}")) {
            str_add(&line, yuan);
        } else {
            str_add_char(&line, *at++);
            continue;
        }
        at = strchr(at, '}') + 1;
    }
    if (line.length > 0) {
        str_add(&line, line_end(format));
        (void)encode(format, str_text(&line), to, &fault); /* checked when it was loaded */
    }
    free(fault);
    free(yuan);
    str_free(&line);
}
