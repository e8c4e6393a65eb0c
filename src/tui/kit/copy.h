/**
 * Copies a text to the clipboard of the machine at which the officer sits: OSC 52.
 *
 * Only when a key asks for it. Threads: the one that draws.
 */
#ifndef DOUDI_TUI_KIT_COPY_H
#define DOUDI_TUI_KIT_COPY_H

#include <stdbool.h>

enum { COPY_MOST = 48 * 1024 /* bytes of text */ };

/** False for types of terminals (TERM) that are known to show or drop what asks for a copy. */
bool copy_possible(const char *type);
/** The bytes that ask the terminal to copy a text, without control characters but tabs and line breaks;
 *  new string. */
char *copy_bytes(const char *text);
/** Sends them; false if the terminal is of a type that cannot, or the text is too long. */
bool copy_text(const char *text);

#endif
