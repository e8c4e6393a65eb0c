/*
 * Cutting a text into lines.
 */
#include "base/text.h"

#include <stdbool.h>
#include <string.h>

static bool is_word(char c)
{
    return (unsigned char)c > ' ' && (unsigned char)c < 0x80;
}

/** Of a word too long for a line. */
static bool is_part(char c)
{
    return is_word(c) && c != '-' && c != '/';
}

/** The length before the word in which `fit` lies, 0 if that begins the line. */
static size_t before_word(const char *text, size_t fit, bool (*is_inside)(char c))
{
    size_t length = fit;

    while (length > 0 && is_inside(text[length - 1]) && is_inside(text[length]))
        length--;
    return length;
}

/** Bytes of the next line: up to a line break, else as much as fits; words, numbers, dates and
 *  telephones are kept together where they can be. */
static size_t line_length(const char *text, int width)
{
    size_t end = strcspn(text, "\n");
    size_t fit = text_fit(text, width);
    uint32_t code = 0;

    if (fit >= end)
        return end;
    size_t length = before_word(text, fit, is_word);
    length = length > 0 ? length : before_word(text, fit, is_part);
    length = length > 0 ? length : fit;
    return length > 0 ? length : text_next(text, &code);
}

size_t text_take_line(const char **text, int width)
{
    size_t length = line_length(*text, width);

    *text += length;
    if (**text == '\n')
        (*text)++;
    else
        while (**text == ' ')
            (*text)++;
    return length;
}
