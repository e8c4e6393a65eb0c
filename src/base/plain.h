/**
 * Plain text: valid UTF-8 without control characters.
 *
 * Control characters steer terminals and printers; direction marks disguise a text. Plain text has
 * neither. The server cleans text on entry (server/texts.h); output to a terminal or a file cleans
 * it again, because older records may hold anything. Threads: pure functions.
 */
#ifndef DOUDI_BASE_PLAIN_H
#define DOUDI_BASE_PLAIN_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum plain {
    PLAIN_LINE,  /**< line breaks and tabs become blanks */
    PLAIN_LINES, /**< line breaks and tabs stay */
};

/** True for marks that turn the writing direction. */
bool plain_is_turning(uint32_t code);
bool plain_is(const char *text, enum plain kind);
/** Appends `text` without characters that plain text must not have. */
void plain_add(struct str *to, const char *text, enum plain kind);
/** The same as a new string. */
char *plain_copy(const char *text, enum plain kind);
/** Copies one plain line into a buffer of `size` bytes; cuts at a whole character. */
void plain_fill(char *buffer, size_t size, const char *text);

#endif
