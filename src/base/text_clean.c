/*
 * Brings text into one form: invisible characters, blanks, full-width forms, spreadsheets' marks.
 */
#include "base/text.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum {
    FULL_WIDTH_FIRST = 0xff01,
    FULL_WIDTH_LAST = 0xff5e,
    FULL_WIDTH_OFFSET = 0xfee0,
};

/* Invisible: format characters and variant selectors. */
static bool is_invisible(uint32_t code)
{
    return (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e) ||
           (code >= 0x2060 && code <= 0x206f) || (code >= 0xfe00 && code <= 0xfe0f) ||
           (code >= 0xe0000 && code <= 0xe0fff) || code == 0xfeff || code == 0xad ||
           code == 0x61c || code == 0x180e;
}

bool text_is_blank(uint32_t code)
{
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0x85 || code == 0xa0 ||
           code == 0x1680 || (code >= 0x2000 && code <= 0x200a) || code == 0x2028 ||
           code == 0x2029 || code == 0x202f || code == 0x205f || code == 0x3000;
}

/* Bytes of blanks and invisible characters at the start. */
static size_t blank_span(const char *text)
{
    size_t span = 0;
    uint32_t code;
    for (size_t length; (length = text_next(text + span, &code)) > 0; span += length)
        if (!text_is_blank(code) && !is_invisible(code))
            break;
    return span;
}

bool text_is_empty(const char *text)
{
    return text[blank_span(text)] == '\0';
}

/* Which full-width characters become half-width. */
enum narrowing { NARROW_NONE, NARROW_NOT_SENTENCES, NARROW_ALL };

/* ！，：；？ */
static bool is_sentence_mark(uint32_t code)
{
    return code == 0xff01 || code == 0xff0c || code == 0xff1a || code == 0xff1b || code == 0xff1f;
}

static bool is_narrowed(uint32_t code, enum narrowing narrowing)
{
    return narrowing == NARROW_ALL ||
           (narrowing == NARROW_NOT_SENTENCES && !is_sentence_mark(code));
}

/* Appends a code point in its clean form; skips invisible ones. */
static void add_clean(struct str *clean, const char *text, size_t length, uint32_t code,
                      enum narrowing narrowing)
{
    if (is_invisible(code))
        return;
    if (is_narrowed(code, narrowing) && code >= FULL_WIDTH_FIRST && code <= FULL_WIDTH_LAST)
        str_add_char(clean, (char)(code - FULL_WIDTH_OFFSET));
    else if (text_is_blank(code) && code > 0x7f)
        str_add_char(clean, ' ');
    else
        str_add_bytes(clean, text, length);
}

static char *clean_text(const char *text, enum narrowing narrowing)
{
    struct str clean = {0};
    size_t kept = 0; /* length up to the last non-blank code point */
    uint32_t code;
    text += blank_span(text);
    for (size_t length; (length = text_next(text, &code)) > 0; text += length) {
        add_clean(&clean, text, length, code, narrowing);
        if (!text_is_blank(code) && !is_invisible(code))
            kept = clean.length;
    }
    if (clean.text != NULL) {
        clean.length = kept;
        clean.text[kept] = '\0';
    }
    return str_take(&clean);
}

/* A quick check: true for nearly all text, if no blank is at either end and no byte begins a
 * full-width, invisible or blank character. Invalid bytes stay in any case. */
static bool is_clean(const char *text)
{
    static const char beginnings[] = "\xc2\xd8\xe1\xe2\xe3\xef\xf3";
    size_t length = strlen(text);
    return length > 0 && (unsigned char)text[0] > ' ' && (unsigned char)text[length - 1] > ' ' &&
           strpbrk(text, beginnings) == NULL;
}

char *text_clean(const char *text)
{
    return is_clean(text) ? mem_copy(text) : clean_text(text, NARROW_ALL);
}

char *text_clean_line(const char *text)
{
    return is_clean(text) ? mem_copy(text) : clean_text(text, NARROW_NOT_SENTENCES);
}

char *text_trim(const char *text)
{
    return is_clean(text) ? mem_copy(text) : clean_text(text, NARROW_NONE);
}

// ---- a spreadsheet's marks

/* The text inside ="…", by which systems keep digits as text in spreadsheets; new string, NULL if
 * it has another form. */
static char *take_formula_text(const char *text)
{
    struct str inner = {0};
    size_t length = strlen(text);
    if (!text_starts(text, "=\"") || length < 3 || text[length - 1] != '"')
        return NULL;
    for (const char *at = text + 2; at < text + length - 1; at++) {
        str_add_char(&inner, *at);
        at += at[0] == '"' && at[1] == '"';
    }
    return str_take(&inner);
}

char *text_clean_cell(const char *text)
{
    static const char *const marks[] = {"'", "＇", "`"};
    char *clean = text_trim(text);
    char *inner = take_formula_text(clean);
    if (inner != NULL) {
        free(clean);
        clean = text_trim(inner);
        free(inner);
    }
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (!text_starts(clean, marks[i]))
            continue;
        char *rest = text_trim(clean + strlen(marks[i]));
        free(clean);
        return rest;
    }
    return clean;
}

static size_t apostrophe_at(const char *text)
{
    static const char *const marks[] = {"'", "‘", "’"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (text_starts(text, marks[i]))
            return strlen(marks[i]);
    return 0;
}

char *text_clean_code(const char *text)
{
    if (text[strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0')
        return mem_copy(text);
    char *clean = text_clean(text);
    struct str code = {0};
    size_t kept = 0; /* length up to the last character that is not an apostrophe */
    size_t length;
    for (const char *from = clean; *from != '\0'; from += length) {
        size_t mark = apostrophe_at(from);
        bool lower_case = *from >= 'a' && *from <= 'z';
        length = mark > 0 ? mark : 1;
        if ((*from > 0 && *from <= ' ') || (mark > 0 && kept == 0))
            continue;
        if (lower_case)
            str_add_char(&code, (char)(*from - 'a' + 'A'));
        else
            str_add_bytes(&code, from, length);
        if (mark == 0)
            kept = code.length;
    }
    if (code.text != NULL) {
        code.length = kept;
        code.text[kept] = '\0';
    }
    free(clean);
    return str_take(&code);
}
