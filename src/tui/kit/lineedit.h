/**
 * A line of text being edited: content, cursor, horizontal scroll.
 *
 * The unit is the cluster: a code point with the zero-width ones that follow it. The cursor stands
 * between clusters and neither moves nor deletes inside one. Widths are those of the running locale
 * (base/text.h). No function uses a terminal; lineedit_view() says what to show.
 */
#ifndef DOUDI_TUI_KIT_LINEEDIT_H
#define DOUDI_TUI_KIT_LINEEDIT_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lineedit {
    uint32_t *codes; /**< owned */
    size_t count;
    size_t capacity;
    size_t cursor;                 /**< index into codes, at a cluster's start or the end */
    size_t first;                  /**< first cluster shown */
    size_t max_codes;              /**< 0 = no limit */
    size_t max_bytes;              /**< in UTF-8, 0 = no limit */
    bool secret;                   /**< shows '*' */
    bool lines;                    /**< may have line breaks (tui/kit/memo.h); ^N makes one */
    bool (*accept)(uint32_t code); /**< NULL = everything */
};

/** What a field of some width shows. */
struct lineedit_view {
    struct str text;  /**< visible part; str_free() */
    int cursor;       /**< column of the cursor in the field */
    bool left, right; /**< more text on that side: the sign takes a column of the field */
    int start;        /**< column where the text begins (1 with a left sign) */
};

enum { LINEEDIT_MIN_WIDTH = 2 };

/** Replaces the content and puts the cursor behind it; cuts the text at the limits. */
void lineedit_set(struct lineedit *edit, const char *text);
/** The content in UTF-8; new string. */
char *lineedit_text(const struct lineedit *edit);
/** False (and nothing changes) if the character is not accepted or exceeds a limit. */
bool lineedit_insert(struct lineedit *edit, uint32_t code);
/**
 * Left Right Home End Del BS ^A ^E ^K ^U and text; a pasted line break becomes a blank unless
 * `lines` is set. True if the key was one of these, even if it changed nothing.
 */
bool lineedit_key(struct lineedit *edit, int key);
/** Scrolls so that the cursor is visible in `width` columns (at least LINEEDIT_MIN_WIDTH). */
struct lineedit_view lineedit_view(struct lineedit *edit, int width);
void lineedit_free(struct lineedit *edit);

#endif
