#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *mem_check(void *memory)
{
    if (memory == NULL) {
        fputs("doudi: out of memory\n", stderr);
        abort();
    }
    return memory;
}

void *mem_new(size_t size)
{
    return mem_array(1, size);
}

void *mem_array(size_t count, size_t size)
{
    /* calloc(0) may return NULL, which would look like a failure. */
    if (count == 0 || size == 0)
        return mem_check(calloc(1, 1));
    return mem_check(calloc(count, size));
}

void *mem_resize(void *old, size_t count, size_t size)
{
    if (count == 0 || size == 0)
        return mem_check(realloc(old, 1));
    return mem_check(reallocarray(old, count, size));
}

char *mem_copy(const char *text)
{
    if (text == NULL)
        text = "";
    return mem_copy_bytes(text, strlen(text));
}

char *mem_copy_bytes(const void *bytes, size_t length)
{
    if (length == SIZE_MAX)
        return mem_check(NULL);
    char *copy = mem_check(malloc(length + 1));
    if (length > 0)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *mem_printf(const char *format, ...)
{
    char *text = NULL;
    va_list args;
    va_start(args, format);
    int length = vasprintf(&text, format, args);
    va_end(args);
    return mem_check(length < 0 ? NULL : text);
}

void mem_replace(char **text, const char *value)
{
    char *copy = mem_copy(value);
    free(*text);
    *text = copy;
}

void mem_grow(void **items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return;
    size_t wanted = *capacity < 8 ? 8 : *capacity;
    while (wanted <= count) {
        if (wanted > SIZE_MAX / 2)
            mem_check(NULL);
        wanted *= 2;
    }
    *items = mem_resize(*items, wanted, size);
    *capacity = wanted;
}
