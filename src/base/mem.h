/**
 * Memory.
 *
 * A failed allocation ends the process with abort(): the database recovers from a killed server by
 * design, and half-handled shortages would be a greater risk. No function returns NULL. Free all
 * results with free().
 */
#ifndef DOUDI_BASE_MEM_H
#define DOUDI_BASE_MEM_H

#include <stddef.h>

/** `size` zeroed bytes. */
void *mem_new(size_t size) __attribute__((returns_nonnull));

/** `count` zeroed elements of `size` bytes; the product is checked. */
void *mem_array(size_t count, size_t size) __attribute__((returns_nonnull));

/** Resizes `old` (may be NULL) to `count` elements; new bytes are not initialised. */
void *mem_resize(void *old, size_t count, size_t size) __attribute__((returns_nonnull));

/** A copy of the string (NULL gives an empty string). */
char *mem_copy(const char *text) __attribute__((returns_nonnull));

/** A copy of `length` bytes with a NUL added. */
char *mem_copy_bytes(const void *bytes, size_t length) __attribute__((returns_nonnull));

/** printf() into a new string. */
char *mem_printf(const char *format, ...) __attribute__((returns_nonnull, format(printf, 1, 2)));

/** Frees *text, then makes it a copy of `value` (which may lie inside *text). */
void mem_replace(char **text, const char *value);

/**
 * Makes room for one more element: grows `*items` (elements of `size` bytes) so that
 * `count + 1 <= *capacity`.
 */
void mem_grow(void **items, size_t count, size_t *capacity, size_t size);

#endif
