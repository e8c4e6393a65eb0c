/**
 * Keys: their numbers and names, and how bytes become characters.
 *
 * A key is an int: a code point for text (control characters included, ^R is 0x12) or one of the
 * K_ numbers above all code points. Names are those of the tables of actions: "F2", "Enter", "PgDn",
 * "^R", "Space", or the character itself. Threads: pure functions.
 */
#ifndef DOUDI_TUI_KIT_KEYS_H
#define DOUDI_TUI_KIT_KEYS_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum key {
    K_NONE = 0,
    K_FIRST = 0x200000,
    K_UP = K_FIRST,
    K_DOWN,
    K_LEFT,
    K_RIGHT,
    K_HOME,
    K_END,
    K_PGUP,
    K_PGDN,
    K_INSERT,
    K_DELETE,
    K_BACKSPACE,
    K_ENTER,
    K_ESC,
    K_TAB,
    K_BACKTAB,
    K_LINE, /**< a line break in text that was pasted */
    K_F0,
    K_F12 = K_F0 + 12,
};

/** Control-letter, e.g. K_CTRL('R'). */
#define K_CTRL(letter) ((letter)&0x1f)

/** The key called `name`; K_NONE if there is none. */
int key_named(const char *name, size_t length);
/** Adds the name that help and manual use for the key: ↓, 回车, Ctrl+X. */
void key_label(const char *name, size_t length, struct str *text);
/** True if `key` is among the blank-separated names in `names`. */
bool key_among(const char *names, int key);
/** True for a character that can be typed into a field. */
bool key_is_text(int key);

/**
 * Turns bytes of the locale's encoding into code points, in whatever pieces they arrive. Of an
 * invalid sequence only the first byte is dropped, so that the characters after it are kept.
 */
struct key_decoder {
    char pending[16];
    size_t length;
};

enum { KEY_DECODED_MAX = 16 };

/** Adds one byte; writes the characters that are complete now and returns their number. */
size_t key_decode(struct key_decoder *decoder, unsigned char byte, int codes[KEY_DECODED_MAX]);

#endif
