#include "base/str.h"

#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Makes space for `more` bytes and the NUL. */
static void str_reserve(struct str *str, size_t more)
{
    if (more >= SIZE_MAX / 2 - str->length)
        abort();
    size_t wanted = str->length + more + 1;
    if (wanted <= str->capacity)
        return;
    size_t capacity = str->capacity < 32 ? 32 : str->capacity * 2;
    if (capacity < wanted)
        capacity = wanted;
    str->text = mem_resize(str->text, capacity, 1);
    str->capacity = capacity;
}

void str_add(struct str *str, const char *text)
{
    str_add_bytes(str, text, strlen(text));
}

void str_add_bytes(struct str *str, const void *bytes, size_t length)
{
    str_reserve(str, length);
    if (length > 0)
        memcpy(str->text + str->length, bytes, length);
    str->length += length;
    str->text[str->length] = '\0';
}

void str_add_char(struct str *str, char c)
{
    str_add_bytes(str, &c, 1);
}

void str_printf(struct str *str, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    str_vprintf(str, format, args);
    va_end(args);
}

void str_vprintf(struct str *str, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    str_reserve(str, 64); /* enough for most texts */
    size_t room = str->capacity - str->length;
    int length = vsnprintf(str->text + str->length, room, format, args);
    if (length < 0)
        abort();
    if ((size_t)length >= room) {
        str_reserve(str, (size_t)length);
        vsnprintf(str->text + str->length, (size_t)length + 1, format, again);
    }
    va_end(again);
    str->length += (size_t)length;
}

void str_clear(struct str *str)
{
    str->length = 0;
    if (str->text != NULL)
        str->text[0] = '\0';
}

const char *str_text(const struct str *str)
{
    return str->text != NULL ? str->text : "";
}

char *str_take(struct str *str)
{
    char *text = str->text != NULL ? str->text : mem_copy("");
    *str = (struct str){0};
    return text;
}

void str_free(struct str *str)
{
    free(str->text);
    *str = (struct str){0};
}
