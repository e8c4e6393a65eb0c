/**
 * Drawings on pages: QR codes, signature lines.
 */
#include "report/pdf_private.h"

#include <qrencode.h>
#include <string.h>

#define RULE 0.5

void pdf_figure_code(struct pdf *pdf, const char *code, double x, double y, double side)
{
    QRcode *qr = QRcode_encodeString8bit(code, 0, QR_ECLEVEL_M);

    if (qr == NULL)
        return;
    double module = side / qr->width;
    for (int row = 0; row < qr->width; row++)
        for (int column = 0; column < qr->width; column++)
            if ((qr->data[row * qr->width + column] & 1) != 0)
                cairo_rectangle(pdf->cairo, x + column * module, y + row * module, module, module);
    cairo_fill(pdf->cairo);
    QRcode_free(qr);
}

static size_t count_pieces(const char *text)
{
    size_t count = 1;

    for (; *text != '\0'; text++)
        count += *text == '|' ? 1 : 0;
    return count;
}

void pdf_figure_signatures(struct pdf *pdf, const struct pdf_block *block)
{
    const char *at = pdf->plan->signatures;
    double room = (pdf->width - 2 * PDF_MARGIN) / (double)count_pieces(at);
    double y = block->y + block->height - pdf_text_height(PDF_HEAD, 1);
    struct str who = {0};

    cairo_set_line_width(pdf->cairo, RULE);
    for (double x = PDF_MARGIN; *at != '\0'; x += room) {
        size_t length = strcspn(at, "|");
        str_clear(&who);
        str_add_bytes(&who, at, length);
        str_add(&who, "：");
        double width = pdf_text_width(pdf, str_text(&who), PDF_HEAD);
        struct pdf_text where = {x, y, room, PDF_HEAD};
        pdf_text_draw(pdf, &where, str_text(&who));
        cairo_move_to(pdf->cairo, x + width, y + PDF_HEAD * PDF_LEADING);
        cairo_line_to(pdf->cairo, x + room - PDF_HEAD, y + PDF_HEAD * PDF_LEADING);
        cairo_stroke(pdf->cairo);
        at += length + (at[length] == '|' ? 1 : 0);
    }
    str_free(&who);
}
