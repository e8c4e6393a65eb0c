#include "base/text.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

enum {
    CODE_SUBSTITUTE = 0x3013, /* 〓 */
    CODE_ELLIPSIS = 0x2026,   /* … */
    CODE_WIDE_YEN = 0xffe5,
    CODE_YEN = 0xa5,
    CODE_MINUS = 0x2212,
};

int text_decode(const char *text, uint32_t *ret_code)
{
    static const struct {
        uint8_t mask, lead; /* first byte & mask == lead */
        uint32_t least;     /* a smaller code is an overlong form */
    } forms[] = {{0x80, 0x00, 0}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}};
    const uint8_t *bytes = (const uint8_t *)text;
    if (bytes[0] == 0)
        return 0;
    for (int more = 0; more < 4; more++) {
        if ((bytes[0] & forms[more].mask) != forms[more].lead)
            continue;
        uint32_t code = bytes[0] & (uint8_t)~forms[more].mask;
        for (int i = 1; i <= more; i++) {
            if ((bytes[i] & 0xc0) != 0x80)
                return -1;
            code = code << 6 | (bytes[i] & 0x3f);
        }
        if (code < forms[more].least || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
            return -1;
        *ret_code = code;
        return more + 1;
    }
    return -1;
}

int text_encode(uint32_t code, char buffer[TEXT_CHARACTER])
{
    static const uint8_t leads[] = {0x00, 0xc0, 0xe0, 0xf0};
    int more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    for (int i = more; i > 0; i--) {
        buffer[i] = (char)(0x80 | (code & 0x3f));
        code >>= 6;
    }
    buffer[0] = (char)(leads[more] | code);
    return more + 1;
}

size_t text_next(const char *text, uint32_t *ret_code)
{
    int length = text_decode(text, ret_code);
    if (length >= 0)
        return (size_t)length;
    *ret_code = CODE_SUBSTITUTE;
    return 1;
}

bool text_valid(const char *text)
{
    uint32_t code;
    int length;
    while ((length = text_decode(text, &code)) > 0)
        text += length;
    return length == 0;
}

size_t text_length(const char *text)
{
    size_t count = 0;
    uint32_t code;
    for (size_t length; (length = text_next(text, &code)) > 0; text += length)
        count++;
    return count;
}

bool text_has_control(const char *text)
{
    uint32_t code;
    for (size_t length; (length = text_next(text, &code)) > 0; text += length) {
        bool control = code < 0x20 || (code >= 0x7f && code < 0xa0);
        bool line_break = code == 0x2028 || code == 0x2029;
        if ((control && code != '\t') || line_break)
            return true;
    }
    return false;
}

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

bool text_equal_nocase(const char *a, const char *b)
{
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return lower(*a) == lower(*b);
}

bool text_starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool text_ends(const char *text, const char *ending)
{
    size_t length = strlen(text);
    size_t cut = strlen(ending);

    return length > cut && strcmp(text + length - cut, ending) == 0;
}

static size_t digit_span(const char *text)
{
    return strspn(text, "0123456789");
}

bool text_is_digits(const char *text)
{
    size_t span = digit_span(text);
    return span > 0 && text[span] == '\0';
}

bool text_is_scientific(const char *text)
{
    text += *text == '+' || *text == '-';
    size_t whole = digit_span(text);
    text += whole;
    if (*text == '.')
        text += 1 + digit_span(text + 1);
    if (whole == 0 || (*text != 'e' && *text != 'E'))
        return false;
    text++;
    text += *text == '+' || *text == '-';
    return text_is_digits(text);
}

int text_width_code(uint32_t code)
{
    int width = wcwidth((wchar_t)code);
    if (width >= 0)
        return width;
    width = wcwidth(CODE_SUBSTITUTE);
    return width >= 0 ? width : 1;
}

/* Bytes and columns of the cluster at `text`; 0 bytes at the end. */
static size_t next_cluster(const char *text, int *ret_columns)
{
    uint32_t code;
    size_t bytes = text_next(text, &code);
    if (bytes == 0)
        return 0;
    *ret_columns = text_width_code(code);
    size_t more;
    while ((more = text_next(text + bytes, &code)) > 0 && text_width_code(code) == 0)
        bytes += more;
    return bytes;
}

int text_width(const char *text)
{
    int width = 0;
    int columns;
    for (size_t length; (length = next_cluster(text, &columns)) > 0; text += length)
        width += columns;
    return width;
}

size_t text_fit(const char *text, int columns)
{
    size_t fitting = 0;
    int width;
    for (size_t length; (length = next_cluster(text + fitting, &width)) > 0; fitting += length) {
        if (width > columns)
            break;
        columns -= width;
    }
    return fitting;
}

static void add_blanks(struct str *str, int count)
{
    while (count-- > 0)
        str_add_char(str, ' ');
}

static bool is_of_figure(char c)
{
    return (c >= '0' && c <= '9') || c == '.';
}

/** The bytes before `cut`, without a short figure at their end: nobody could tell whether it goes on.
 *  Long numbers (telephones, IDs) are known by their beginning. */
static size_t keep_figures(const char *text, size_t cut)
{
    enum { FIGURE_MOST = 9 };
    size_t from = cut, end = cut;

    while (from > 0 && is_of_figure(text[from - 1]))
        from--;
    while (is_of_figure(text[end]))
        end++;
    return end - from <= FIGURE_MOST ? from : cut;
}

void text_pad(struct str *str, const char *text, int columns, bool right)
{
    int width = text_width(text);
    if (width <= columns) {
        add_blanks(str, right ? columns - width : 0);
        str_add(str, text);
        add_blanks(str, right ? 0 : columns - width);
        return;
    }
    int mark = text_width_code(CODE_ELLIPSIS);
    if (columns < mark) {
        add_blanks(str, columns);
        return;
    }
    struct str cut = {0};
    str_add_bytes(&cut, text, keep_figures(text, text_fit(text, columns - mark)));
    str_add(&cut, "…");
    /* A double-width character that did not fit leaves a column free. */
    int left = columns - text_width(str_text(&cut));
    add_blanks(str, right ? left : 0);
    str_add(str, str_text(&cut));
    add_blanks(str, right ? 0 : left);
    str_free(&cut);
}

char *text_mask_id(const char *id_no)
{
    enum { SHOWN = 4, SHORTEST = 9 };
    size_t count = text_length(id_no);
    struct str masked = {0};
    uint32_t code;
    size_t length;
    for (size_t i = 0; i < count; i++, id_no += length) {
        length = text_next(id_no, &code);
        bool shown = count >= SHORTEST && (i < SHOWN || i >= count - SHOWN);
        if (shown)
            str_add_bytes(&masked, id_no, length);
        else
            str_add_char(&masked, '*');
    }
    return str_take(&masked);
}

char *text_mask_name(const char *name)
{
    struct str masked = {0};
    int columns;
    size_t length;
    for (int i = 0; (length = next_cluster(name, &columns)) > 0; i++, name += length)
        if (i == 1)
            str_add_char(&masked, '*');
        else
            str_add_bytes(&masked, name, length);
    return str_take(&masked);
}

static size_t separator_at(const char *text)
{
    static const char *const separators[] = {";", ",", "/", "、", " ", "\t", "\r", "\n"};
    for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++)
        if (text_starts(text, separators[i]))
            return strlen(separators[i]);
    return 0;
}

void text_split(const char *text, void (*each)(const char *piece, void *arg), void *arg)
{
    char *clean = text_clean(text); /* turns ；，／ and wide blanks into ASCII */
    char *piece = clean;
    char *at = clean;
    while (*at != '\0') {
        size_t length = separator_at(at);
        if (length == 0) {
            at++;
            continue;
        }
        *at = '\0';
        if (*piece != '\0')
            each(piece, arg);
        at += length;
        piece = at;
    }
    if (*piece != '\0')
        each(piece, arg);
    free(clean);
}

/* Reads digits, with or without "," between groups of three; *text moves past them. */
static enum result take_whole(const char **text, bool grouped, uint64_t *ret_value)
{
    uint64_t value = 0;
    size_t span = digit_span(*text);
    bool groups = grouped && span <= 3 && (*text)[span] == ',';
    if (span == 0)
        return RESULT_INVALID;
    for (;;) {
        for (size_t i = 0; i < span; i++)
            if (__builtin_mul_overflow(value, 10u, &value) ||
                __builtin_add_overflow(value, (uint64_t)((*text)[i] - '0'), &value))
                return RESULT_INVALID;
        *text += span;
        if (!groups || **text != ',')
            break;
        ++*text;
        span = digit_span(*text);
        if (span != 3)
            return RESULT_INVALID;
    }
    *ret_value = value;
    return RESULT_OK;
}

static enum result apply_sign(uint64_t magnitude, bool negative, int64_t *ret_value)
{
    if (magnitude > (uint64_t)INT64_MAX + (negative ? 1 : 0))
        return RESULT_INVALID;
    *ret_value = negative ? (int64_t)(0 - magnitude) : (int64_t)magnitude;
    return RESULT_OK;
}

/* Moves past a sign; true if it was a minus. */
static bool take_sign(const char **text)
{
    uint32_t code;
    size_t length = text_next(*text, &code);
    bool minus = length > 0 && (code == '-' || code == CODE_MINUS);
    if (minus || (length > 0 && code == '+'))
        *text += length;
    return minus;
}

enum result text_to_int(const char *text, int64_t min, int64_t max, int64_t *ret_value)
{
    char *clean = text_clean(text);
    const char *rest = clean;
    uint64_t magnitude = 0;
    int64_t value = 0;
    bool negative = take_sign(&rest);
    enum result result = take_whole(&rest, false, &magnitude);
    if (result == 0 && *rest != '\0')
        result = RESULT_INVALID;
    if (result == 0)
        result = apply_sign(magnitude, negative, &value);
    free(clean);
    if (result != 0 || value < min || value > max)
        return RESULT_INVALID;
    *ret_value = value;
    return RESULT_OK;
}

static void take_currency(const char **text)
{
    uint32_t code;
    size_t length = text_next(*text, &code);
    if (length > 0 && (code == CODE_YEN || code == CODE_WIDE_YEN))
        *text += length;
}

/* Reads "12", "1,250.5" or "3.07元" as fen. */
static enum result parse_fen(const char *text, uint64_t *ret_fen)
{
    uint64_t fen = 0;
    enum result result = take_whole(&text, true, &fen);
    if (result != 0)
        return result;
    unsigned cents = 0;
    if (*text == '.') {
        size_t span = digit_span(++text);
        if (span < 1 || span > 2)
            return RESULT_INVALID;
        cents = (unsigned)(text[0] - '0') * 10 + (span == 2 ? (unsigned)(text[1] - '0') : 0);
        text += span;
    }
    if (text_starts(text, "元"))
        text += strlen("元");
    if (*text != '\0' || __builtin_mul_overflow(fen, 100u, &fen) ||
        __builtin_add_overflow(fen, cents, &fen))
        return RESULT_INVALID;
    *ret_fen = fen;
    return RESULT_OK;
}

enum result text_to_fen(const char *text, int64_t *ret_fen)
{
    char *clean = text_clean(text);
    const char *rest = clean;
    bool negative = take_sign(&rest);
    take_currency(&rest);
    if (!negative && rest != clean)
        negative = take_sign(&rest);
    uint64_t magnitude = 0;
    enum result result = parse_fen(rest, &magnitude);
    free(clean);
    return result == 0 ? apply_sign(magnitude, negative, ret_fen) : result;
}

char *text_from_fen(int64_t fen)
{
    uint64_t magnitude = fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen;
    return mem_printf("%s%llu.%02llu", fen < 0 ? "-" : "", (unsigned long long)(magnitude / 100),
                      (unsigned long long)(magnitude % 100));
}
