/**
 * UTF-8 text: checking, cleaning, cutting and measuring.
 *
 * All text inside the program, its files and its protocol is UTF-8, whatever the terminal's
 * encoding. Widths are display columns by wcwidth() of the running locale; a code point the
 * locale cannot show (wcwidth < 0) counts as the substitute 〓. A cluster is a code point with
 * the zero-width ones that follow it; text is never cut inside one.
 */
#ifndef DOUDI_BASE_TEXT_H
#define DOUDI_BASE_TEXT_H

#include "base/result.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Decodes one code point at `text` (NUL-terminated); returns its bytes, 0 at the end, -1 if
 *  the bytes are not valid UTF-8 (surrogates and overlong forms included). */
int text_decode(const char *text, uint32_t *ret_code);
/** The same, but a byte that is not UTF-8 counts as one substitute (〓) of one byte. */
size_t text_next(const char *text, uint32_t *ret_code);
/** The bytes of one character in UTF-8, without an end. */
enum { TEXT_CHARACTER = 4 };
/** Writes `code` as UTF-8 and returns the number of bytes (1 to 4). */
int text_encode(uint32_t code, char buffer[TEXT_CHARACTER]);

bool text_valid(const char *text);
/** Code points. */
size_t text_length(const char *text);
/** True if a control character (C0 without tab and newline, DEL, C1) or a line break is in it. */
bool text_has_control(const char *text);

/** A blank of any kind, line breaks and U+3000 included. */
bool text_is_blank(uint32_t code);
/** True if there is nothing to be seen: blanks and format characters at the most. */
bool text_is_empty(const char *text);

/**
 * Brings what people paste into one form: full-width ASCII to half-width, blanks of every kind
 * (also U+3000, U+00A0) trimmed at both ends, format characters nobody sees left out. Returns a
 * new string.
 */
char *text_clean(const char *text);
/** The same for what people write in one line: ！，：；？ stay as they are. */
char *text_clean_line(const char *text);
/** The same for prose, whose full-width punctuation stays as it is. */
char *text_trim(const char *text);
/** A spreadsheet's cell as its user sees it: trimmed as by text_trim(), without the text mark (a
 *  leading apostrophe) or ="…" around it. */
char *text_clean_cell(const char *text);
/** As text_clean(), and leading and trailing apostrophes (spreadsheet's text mark) go as well,
 *  inner blanks are removed and letters become upper-case: for numbers of all kinds. */
char *text_clean_code(const char *text);

bool text_equal_nocase(const char *a, const char *b); /**< ASCII letters only */
bool text_starts(const char *text, const char *prefix);
bool text_is_digits(const char *text); /**< at least one, ASCII digits only */
/** True for 2.11103E+17 and the like: a number that a spreadsheet has destroyed. */
bool text_is_scientific(const char *text);

/** Display columns of one code point (0, 1 or 2) and of a text. */
int text_width_code(uint32_t code);
int text_width(const char *text);
/** Bytes of the longest prefix of whole clusters that fits `columns`. */
size_t text_fit(const char *text, int columns);
/** Appends `text` cut to `columns` (the last one "…" if it was cut) and padded with blanks;
 *  `right` aligns to the right. The columns written are exactly `columns`. */
void text_pad(struct str *str, const char *text, int columns, bool right);

/** ID number with the middle masked: 2111**********1234; shorter than 9: all masked. */
char *text_mask_id(const char *id_no);
/** A person's name with the second character masked (公示): 王*兰, 张*. */
char *text_mask_name(const char *name);

/** Splits at any of the separators ; ； , ， 、 / and blanks; calls `each` for every non-empty
 *  piece (cleaned). */
void text_split(const char *text, void (*each)(const char *piece, void *arg), void *arg);

/** Whole number in [min, max]; RESULT_INVALID otherwise. */
enum result text_to_int(const char *text, int64_t min, int64_t max, int64_t *ret_value);
/** Money as typed ("1,250.00", "1250", "￥12.5", "-3") to fen. */
enum result text_to_fen(const char *text, int64_t *ret_fen);
/** Fen as "1250.00". Returns a new string. */
char *text_from_fen(int64_t fen);

#endif
