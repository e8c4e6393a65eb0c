/**
 * A growing string.
 *
 * `struct str s = {0};` is empty; after the first addition the text ends with a NUL. str_free()
 * frees it and leaves it empty. Do not append a string to itself.
 */
#ifndef DOUDI_BASE_STR_H
#define DOUDI_BASE_STR_H

#include <stdarg.h>
#include <stddef.h>

struct str {
    char *text;      /**< ends with a NUL; NULL before the first addition */
    size_t length;   /**< bytes without the NUL */
    size_t capacity; /**< bytes allocated */
};

void str_add(struct str *str, const char *text);
void str_add_bytes(struct str *str, const void *bytes, size_t length);
void str_add_char(struct str *str, char c);
void str_printf(struct str *str, const char *format, ...) __attribute__((format(printf, 2, 3)));
void str_vprintf(struct str *str, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/** Empties it but keeps the memory. */
void str_clear(struct str *str);

/** The text, "" when empty; borrowed until the next change. */
const char *str_text(const struct str *str);

/** Gives the text to the caller (never NULL; free()) and leaves the string empty. */
char *str_take(struct str *str);

void str_free(struct str *str);

#endif
