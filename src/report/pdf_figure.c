/**
 * Drawings on pages: QR codes, rates of months, signature lines.
 */
#include "report/pdf_private.h"

#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#define RULE 0.5
#define SHADE 0.62
#define GRID_SHADE 0.8
#define AXIS 30.0 /**< room for the figures beside the columns */
#define THICK 0.5 /**< of a column, part of its month's room */

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

// ---- rates of months

/** Where the columns stand. */
struct chart {
    struct pdf *pdf;
    double x, y, width, height; /**< of the area from 0 to 100 % */
};

static void draw_small(struct pdf *pdf, double x, double y, double width, enum pdf_align align,
                       const char *text)
{
    struct pdf_text where = {x, y, width, PDF_SMALL, align};

    pdf_text_draw(pdf, &where, text);
}

/** Five lines; `top` is the number at the upper one, `unit` what stands behind it. */
static void draw_grid(const struct chart *chart, unsigned long top, const char *unit)
{
    enum { LINES = 4 };
    cairo_t *cairo = chart->pdf->cairo;
    struct str text = {0};

    cairo_set_line_width(cairo, RULE);
    cairo_set_source_rgb(cairo, GRID_SHADE, GRID_SHADE, GRID_SHADE);
    for (int i = 0; i <= LINES; i++) {
        double y = chart->y + chart->height * i / LINES;
        cairo_move_to(cairo, chart->x, y);
        cairo_line_to(cairo, chart->x + chart->width, y);
        cairo_stroke(cairo);
    }
    cairo_set_source_rgb(cairo, 0, 0, 0);
    for (int i = 0; i <= LINES; i++) {
        str_clear(&text);
        str_printf(&text, "%lu%s", top * (unsigned long)(LINES - i) / LINES, unit);
        draw_small(chart->pdf, chart->x - AXIS,
                   chart->y + chart->height * i / LINES - PDF_SMALL * PDF_LEADING / 2,
                   AXIS - PDF_SMALL / 2, PDF_RIGHT, str_text(&text));
    }
    str_free(&text);
}

static void draw_month(const struct chart *chart, double x, double width, const char *month,
                       const char *rate)
{
    cairo_t *cairo = chart->pdf->cairo;
    double share = strtod(rate, NULL) / 100;
    double height = chart->height * (share < 0 ? 0 : share > 1 ? 1 : share);
    double top = chart->y + chart->height - height;

    cairo_set_source_rgb(cairo, SHADE, SHADE, SHADE);
    cairo_rectangle(cairo, x + width * (1 - THICK) / 2, top, width * THICK, height);
    cairo_fill(cairo);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    draw_small(chart->pdf, x, top - PDF_SMALL * PDF_LEADING, width, PDF_CENTRE,
               rate[0] != '\0' ? rate : "—");
    draw_small(chart->pdf, x, chart->y + chart->height + RULE, width, PDF_CENTRE, month);
}

void pdf_figure_trend(struct pdf *pdf, const struct pdf_block *block)
{
    const struct sheet *sheet = block->table->sheet;
    double line = pdf_text_height(PDF_SMALL, 1);
    struct chart chart = {pdf, PDF_MARGIN + AXIS, block->y + 2 * line,
                          pdf->width - 2 * PDF_MARGIN - AXIS, block->height - 4 * line};
    double width = sheet->row_count > 0 ? chart.width / (double)sheet->row_count : 0;

    draw_grid(&chart, 100, "%");
    for (size_t row = 0; row < sheet->row_count; row++)
        draw_month(&chart, chart.x + width * (double)row, width, sheet_get(sheet, row, "month"),
                   sheet_get(sheet, row, "rate"));
}

// ---- the days of a month

static unsigned long number(const struct sheet *sheet, size_t row, const char *id)
{
    return strtoul(sheet_get(sheet, row, id), NULL, 10);
}

/** Those who are left of the row's people; a document from outside may say anything. */
static unsigned long left_of(const struct sheet *sheet, size_t row, const char *done)
{
    unsigned long owed = number(sheet, row, "owed");
    unsigned long gone = number(sheet, row, done);

    return gone < owed ? owed - gone : 0;
}

static double height_of(const struct chart *chart, unsigned long part, unsigned long whole)
{
    return whole == 0 ? 0 : chart->height * (double)part / (double)whole;
}

/** The people left at the end of a day; nothing of a day to come. */
static void draw_day(const struct chart *chart, const struct sheet *sheet, size_t row, double width)
{
    cairo_t *cairo = chart->pdf->cairo;
    unsigned long owed = number(sheet, row, "owed");
    double x = chart->x + width * (double)row;
    double bottom = chart->y + chart->height;
    struct str text = {0};

    str_printf(&text, "%zu", row + 1);
    draw_small(chart->pdf, x, bottom + RULE, width, PDF_CENTRE, str_text(&text));
    if (sheet_get(sheet, row, "so_far")[0] != '\0') {
        double height = height_of(chart, left_of(sheet, row, "so_far"), owed);
        cairo_set_source_rgb(cairo, SHADE, SHADE, SHADE);
        cairo_rectangle(cairo, x + width * (1 - THICK) / 2, bottom - height, width * THICK, height);
        cairo_fill(cairo);
        cairo_set_source_rgb(cairo, 0, 0, 0);
    }
    str_free(&text);
}

/** The even pace: from everybody down to nobody. */
static void draw_pace(const struct chart *chart, const struct sheet *sheet, double width)
{
    cairo_t *cairo = chart->pdf->cairo;

    cairo_set_line_width(cairo, 2 * RULE);
    for (size_t row = 0; row < sheet->row_count; row++) {
        unsigned long owed = number(sheet, row, "owed");
        double y = chart->y + chart->height - height_of(chart, left_of(sheet, row, "pace"), owed);
        double x = chart->x + width * ((double)row + 1 - THICK);
        if (row == 0)
            cairo_move_to(cairo, x, y);
        else
            cairo_line_to(cairo, x, y);
    }
    cairo_stroke(cairo);
    cairo_set_line_width(cairo, RULE);
}

void pdf_figure_pace(struct pdf *pdf, const struct pdf_block *block)
{
    const struct sheet *sheet = block->table->sheet;
    double line = pdf_text_height(PDF_SMALL, 1);
    struct chart chart = {pdf, PDF_MARGIN + AXIS, block->y + 2 * line,
                          pdf->width - 2 * PDF_MARGIN - AXIS, block->height - 4 * line};
    double width = sheet->row_count > 0 ? chart.width / (double)sheet->row_count : 0;

    draw_small(pdf, chart.x, block->y, chart.width, PDF_LEFT,
               "灰柱：当天还没访到的人；黑线：按进度应剩的人");
    draw_grid(&chart, sheet->row_count > 0 ? number(sheet, 0, "owed") : 0, "");
    for (size_t row = 0; row < sheet->row_count; row++)
        draw_day(&chart, sheet, row, width);
    if (sheet->row_count > 0)
        draw_pace(&chart, sheet, width);
}

// ---- signatures

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
