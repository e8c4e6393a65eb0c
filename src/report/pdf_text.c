/**
 * Text on pages: lines, wrapping, pieces side by side.
 */
#include "report/pdf_private.h"

#include <string.h>

/** Part of the leading above the baseline. */
#define ASCENT 0.98
#define PIECE_GAP 16.0

double pdf_text_height(double size, size_t lines)
{
    return size * PDF_LEADING * (double)lines;
}

double pdf_text_width(struct pdf *pdf, const char *text, double size)
{
    return (double)pdf_font_width(pdf->font, text, size) / PDF_POINT;
}

size_t pdf_text_lines(struct pdf *pdf, const char *text, double size, double width)
{
    /* most cells fit, and are not laid out to learn it */
    if (strchr(text, '\n') == NULL && pdf_text_width(pdf, text, size) <= width)
        return 1;
    return (size_t)pango_layout_get_line_count(pdf_font_lay_out(pdf->font, text, size, width));
}

static double indent(PangoLayoutLine *line, const struct pdf_text *where)
{
    PangoRectangle box;

    if (where->align == PDF_LEFT)
        return 0;
    pango_layout_line_get_extents(line, NULL, &box);
    double left = where->width - (double)box.width / PANGO_SCALE;
    return left <= 0 ? 0 : where->align == PDF_RIGHT ? left : left / 2;
}

void pdf_text_draw(struct pdf *pdf, const struct pdf_text *where, const char *text)
{
    if (text[0] == '\0')
        return;
    PangoLayout *layout = pdf_font_lay_out(pdf->font, text, where->size, where->width);
    size_t count = (size_t)pango_layout_get_line_count(layout);
    double y = where->y + where->size * ASCENT;

    if (where->most > 0 && where->first + where->most < count)
        count = where->first + where->most;
    /* line by line at our own distance: a rare character's font would push the others apart */
    for (size_t i = where->first; i < count; i++) {
        PangoLayoutLine *line = pango_layout_get_line_readonly(layout, (int)i);
        cairo_move_to(pdf->cairo, where->x + indent(line, where), y);
        pango_cairo_show_layout_line(pdf->cairo, line);
        y += where->size * PDF_LEADING;
    }
}

double pdf_text_pieces(struct pdf *pdf, const struct pdf_text *where, const char *pieces)
{
    double x = 0, y = 0;
    struct str piece = {0};

    while (*pieces != '\0') {
        size_t length = strcspn(pieces, "\n");
        str_clear(&piece);
        str_add_bytes(&piece, pieces, length);
        double width = pdf_text_width(pdf, str_text(&piece), where->size);
        if (x > 0 && x + width > where->width) {
            x = 0;
            y += pdf_text_height(where->size, 1);
        }
        size_t lines = pdf_text_lines(pdf, str_text(&piece), where->size, where->width - x);
        struct pdf_text at = {where->x + x, where->y + y, where->width - x, where->size};
        if (pdf->cairo != NULL)
            pdf_text_draw(pdf, &at, str_text(&piece));
        y += pdf_text_height(where->size, lines - 1);
        x += width + PIECE_GAP;
        pieces += length + (pieces[length] == '\n' ? 1 : 0);
    }
    str_free(&piece);
    return x > 0 ? y + pdf_text_height(where->size, 1) : 0;
}
