/**
 * UTF-8 text: check, clean, cut and measure.
 *
 * All text in the program, its files and its protocol is UTF-8, whatever the terminal's encoding.
 * Widths are display columns by wcwidth() of the locale; a code point that the locale cannot show
 * (wcwidth < 0) counts as the substitute 〓. A cluster is a code point with the zero-width ones
 * after it; text is never cut inside one.
 */
#ifndef DOUDI_BASE_TEXT_H
#define DOUDI_BASE_TEXT_H

#include "base/result.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Decodes the code point at `text` (NUL-terminated); returns its bytes, 0 at the end, -1 if they
 *  are not valid UTF-8 (surrogates and overlong forms are not). */
int text_decode(const char *text, uint32_t *ret_code);
/** The same, but a byte of invalid UTF-8 counts as one substitute (〓). */
size_t text_next(const char *text, uint32_t *ret_code);
/** The bytes of one character in UTF-8, without an end. */
enum { TEXT_CHARACTER = 4 };
/** Writes `code` as UTF-8 and returns the number of bytes (1 to 4). */
int text_encode(uint32_t code, char buffer[TEXT_CHARACTER]);

bool text_valid(const char *text);
/** Code points. */
size_t text_length(const char *text);
/** True if it contains a control character (C0 except tab and newline, DEL, C1) or a line break. */
bool text_has_control(const char *text);

/** A blank of any kind, with line breaks and U+3000. */
bool text_is_blank(uint32_t code);
/** True if nothing is visible: only blanks and format characters. */
bool text_is_empty(const char *text);

/**
 * Brings pasted text into one form: full-width ASCII becomes half-width, blanks of every kind (also
 * U+3000, U+00A0) are trimmed at both ends, invisible format characters are dropped. New string.
 */
char *text_clean(const char *text);
/** The same for one-line text: keeps ！，：；？. */
char *text_clean_line(const char *text);
/** The same for prose: keeps all full-width punctuation. */
char *text_trim(const char *text);
/** A spreadsheet cell as its user sees it: as text_trim(), without the text mark (a leading
 *  apostrophe) or ="…". */
char *text_clean_cell(const char *text);
/** As text_clean() for numbers of all kinds: also removes apostrophes at both ends (spreadsheets'
 *  text mark) and inner blanks, and makes letters upper-case. */
char *text_clean_code(const char *text);

bool text_equal_nocase(const char *a, const char *b); /**< ASCII letters only */
bool text_starts(const char *text, const char *prefix);
/** True for a text that ends so and has something before it. */
bool text_ends(const char *text, const char *ending);
bool text_is_digits(const char *text); /**< at least one, ASCII digits only */
/** True for 2.11103E+17 and the like: a spreadsheet destroyed the number. */
bool text_is_scientific(const char *text);

/** Display columns of one code point (0, 1 or 2) and of a text. */
int text_width_code(uint32_t code);
int text_width(const char *text);
/** Bytes of the longest prefix of whole clusters that fits `columns`. */
size_t text_fit(const char *text, int columns);
/** Takes a line off the front of *text, whose bytes are the result: up to a line break, else as much as
 *  fits. Words, numbers, dates and telephones are kept together where they can be. */
size_t text_take_line(const char **text, int columns);
/** Appends `text`, cut to `columns` (the last one is then "…", which no figure of up to nine digits stands
 *  before) and padded with blanks to exactly `columns`; `right` aligns to the right. */
void text_pad(struct str *str, const char *text, int columns, bool right);

/** ID number with the middle masked: 2111**********1234; shorter than 9: all masked. */
char *text_mask_id(const char *id_no);
/** A person's name with the second character masked (for 公示): 王*兰, 张*. */
char *text_mask_name(const char *name);

/** Splits at ; ； , ， 、 / and blanks; calls `each` with every non-empty piece (cleaned). */
void text_split(const char *text, void (*each)(const char *piece, void *arg), void *arg);

/** Whole number in [min, max]; RESULT_INVALID otherwise. */
enum result text_to_int(const char *text, int64_t min, int64_t max, int64_t *ret_value);
/** Money as typed ("1,250.00", "1250", "￥12.5", "-3"), in fen. */
enum result text_to_fen(const char *text, int64_t *ret_fen);
/** Fen as "1250.00". Returns a new string. */
char *text_from_fen(int64_t fen);

#endif
