/**
 * The fonts of printed pages: WenQuanYi Zen Hei, and HanaMin for rare characters.
 *
 * They are found by the names of their files, whatever fonts and settings a machine has besides, so
 * that a list looks the same everywhere. TrueType only: of OpenType fonts (Noto CJK) cairo loses
 * characters when it embeds a part of them. A character's width is measured once and kept.
 *
 * Private to the program doudi-report. Threads: one at a time.
 */
#ifndef DOUDI_REPORT_PDF_FONT_H
#define DOUDI_REPORT_PDF_FONT_H

#include "base/result.h"
#include "base/str.h"

#include <pango/pangocairo.h>

/** Widths and heights on a page: tenths of a point. */
enum { PDF_POINT = 10 };

struct pdf_font;

/** RESULT_NOINPUT with words: which package is missing. */
enum result pdf_font_open(struct pdf_font **ret_font, char **ret_message);
void pdf_font_close(struct pdf_font **font);

/** The text in this size, broken at `width` (points). Layouts are kept, because most cells of a list
 *  say the same; borrowed until the next call. */
PangoLayout *pdf_font_lay_out(struct pdf_font *font, const char *text, double size, double width);
/** Width of a text on one line, in tenths of a point. */
int pdf_font_width(struct pdf_font *font, const char *text, double size);
/** Appends the characters without a glyph that were met, each once; at most a few. */
void pdf_font_missing(const struct pdf_font *font, struct str *str);

#endif
