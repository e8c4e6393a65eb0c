/**
 * Tables on pages: headings, rows, rules, bars.
 */
#include "report/pdf_private.h"

#include "base/mem.h"

#include <stdlib.h>

#define PAD_X 3.0
#define PAD_Y 2.6
#define TALL 26.0 /**< 9 mm, for a pen */
#define RULE 0.5
#define SHADE 0.92
#define BAR_SHADE 0.62

static double inner(const struct plan_field *field)
{
    return (double)field->width / PDF_POINT;
}

static size_t row_lines(struct pdf *pdf, const struct pdf_table *table, size_t row,
                        struct str *buffer)
{
    size_t most = 1;

    for (size_t i = 0; i < table->field_count; i++) {
        const struct plan_field *field = &table->fields[i];
        const char *text = plan_cell(field, table->sheet, row, table->sheet->row_count, buffer);
        size_t lines = pdf_text_lines(pdf, text, PDF_BODY, inner(field));
        most = lines > most ? lines : most;
    }
    return most < UINT16_MAX ? most : UINT16_MAX;
}

void pdf_table_measure(struct pdf *pdf, struct pdf_table *table, double room)
{
    double pads = 2 * PAD_X * (double)table->field_count;
    struct str buffer = {0};

    plan_fit(table->fields, table->field_count, (int)((room - pads) * PDF_POINT), PDF_UNIT, true);
    table->least = pdf->plan->tall ? TALL : 0;
    table->heading_lines = 1;
    for (size_t i = 0; i < table->field_count; i++) {
        size_t lines =
            pdf_text_lines(pdf, table->fields[i].heading, PDF_BODY, inner(&table->fields[i]));
        table->heading_lines = lines > table->heading_lines ? lines : table->heading_lines;
    }
    table->lines = mem_array(table->sheet->row_count + 1, sizeof table->lines[0]);
    for (size_t row = 0; row < table->sheet->row_count; row++)
        table->lines[row] = (uint16_t)row_lines(pdf, table, row, &buffer);
    str_free(&buffer);
}

double pdf_table_row_height(const struct pdf_table *table, size_t lines)
{
    double height = pdf_text_height(PDF_BODY, lines) + 2 * PAD_Y;

    return height > table->least ? height : table->least;
}

double pdf_table_heading_height(const struct pdf_table *table)
{
    return pdf_text_height(PDF_BODY, table->heading_lines) + 2 * PAD_Y;
}

// ---- drawing

static void draw_rule(struct pdf *pdf, double x1, double y1, double x2, double y2)
{
    cairo_move_to(pdf->cairo, x1, y1);
    cairo_line_to(pdf->cairo, x2, y2);
    cairo_stroke(pdf->cairo);
}

static void draw_box(struct pdf *pdf, double x, double y, double width, double height, double shade)
{
    cairo_set_source_rgb(pdf->cairo, shade, shade, shade);
    cairo_rectangle(pdf->cairo, x, y, width, height);
    cairo_fill(pdf->cairo);
    cairo_set_source_rgb(pdf->cairo, 0, 0, 0);
}

/** Where a table's lines of type stand in a row of this height: in its middle. */
static double middle(double height, size_t lines)
{
    return (height - pdf_text_height(PDF_BODY, lines)) / 2;
}

static void draw_headings(struct pdf *pdf, const struct pdf_table *table, double y)
{
    double height = pdf_table_heading_height(table);
    double x = PDF_MARGIN;

    draw_box(pdf, x, y, pdf->width - 2 * PDF_MARGIN, height, SHADE);
    for (size_t i = 0; i < table->field_count; i++) {
        const struct plan_field *field = &table->fields[i];
        double width = inner(field);
        size_t lines = pdf_text_lines(pdf, field->heading, PDF_BODY, width);
        struct pdf_text where = {x + PAD_X, y + middle(height, lines), width, PDF_BODY, PDF_CENTRE};
        pdf_text_draw(pdf, &where, field->heading);
        x += width + 2 * PAD_X;
    }
}

static void draw_bar(struct pdf *pdf, double x, double y, double width, double height,
                     const char *text)
{
    double share = strtod(text, NULL) / 100;
    double thick = PDF_BODY;

    if (text[0] == '\0')
        return;
    share = share < 0 ? 0 : share > 1 ? 1 : share;
    y += (height - thick) / 2;
    draw_box(pdf, x, y, width * share, thick, BAR_SHADE);
    cairo_rectangle(pdf->cairo, x, y, width, thick);
    cairo_stroke(pdf->cairo);
}

/** A bar of the cell's characters, all of one width. */
static void draw_strip(struct pdf *pdf, double x, double y, double width, double height,
                       const char *text)
{
    double step = text[0] == '\0' ? 0 : width / (double)strlen(text);
    double thick = PDF_BODY;

    y += (height - thick) / 2;
    for (; *text != '\0'; text++, x += step) {
        if (*text == '#')
            draw_box(pdf, x, y, step, thick, BAR_SHADE);
        if (*text != '|')
            continue;
        cairo_move_to(pdf->cairo, x + step / 2, y);
        cairo_line_to(pdf->cairo, x + step / 2, y + thick);
        cairo_stroke(pdf->cairo);
    }
}

/** One row, or `block->lines` lines of it. */
static void draw_row(struct pdf *pdf, const struct pdf_block *block, size_t index, double y,
                     double height)
{
    const struct pdf_table *table = block->table;
    struct str buffer = {0};
    double x = PDF_MARGIN;

    for (size_t i = 0; i < table->field_count; i++) {
        const struct plan_field *field = &table->fields[i];
        const char *text =
            plan_cell(field, table->sheet, block->row + index, block->number + index, &buffer);
        double width = inner(field);
        size_t lines = pdf_text_lines(pdf, text, PDF_BODY, width);
        struct pdf_text where = {x + PAD_X, y,           width,       PDF_BODY,
                                 PDF_LEFT,  block->line, block->lines};
        where.align = field->right ? PDF_RIGHT : field->whole ? PDF_CENTRE : PDF_LEFT;
        where.y += block->lines > 0 ? PAD_Y : middle(height, lines);
        if (field->kind == PLAN_BAR)
            draw_bar(pdf, x + PAD_X, y, width, height, text);
        else if (field->kind == PLAN_STRIP)
            draw_strip(pdf, x + PAD_X, y, width, height, text);
        else
            pdf_text_draw(pdf, &where, text);
        x += width + 2 * PAD_X;
    }
    str_free(&buffer);
}

static void draw_frame(struct pdf *pdf, const struct pdf_block *block, double y, double end)
{
    const struct pdf_table *table = block->table;
    double x = PDF_MARGIN;

    for (size_t i = 0; i <= table->field_count; i++) {
        draw_rule(pdf, x, y, x, end);
        if (i < table->field_count)
            x += inner(&table->fields[i]) + 2 * PAD_X;
    }
}

void pdf_table_draw(struct pdf *pdf, const struct pdf_block *block)
{
    const struct pdf_table *table = block->table;
    double y = block->y, right = PDF_MARGIN;

    for (size_t i = 0; i < table->field_count; i++)
        right += inner(&table->fields[i]) + 2 * PAD_X;
    cairo_set_line_width(pdf->cairo, RULE);
    draw_headings(pdf, table, y);
    draw_rule(pdf, PDF_MARGIN, y, right, y);
    y += pdf_table_heading_height(table);
    for (size_t i = 0; i < block->count; i++) {
        size_t lines = block->lines > 0 ? block->lines : table->lines[block->row + i];
        double height = pdf_table_row_height(table, lines);
        draw_rule(pdf, PDF_MARGIN, y, right, y);
        draw_row(pdf, block, i, y, height);
        y += height;
    }
    draw_rule(pdf, PDF_MARGIN, y, right, y);
    draw_frame(pdf, block, block->y, y);
}
