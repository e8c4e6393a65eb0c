/**
 * The pages of a document while they are made. Private to src/report/pdf*.c.
 *
 * Everything is divided into blocks first, each with its page, place and height (pdf_flow.c), then
 * drawn block by block. All measures on a page are in points.
 */
#ifndef DOUDI_REPORT_PDF_PRIVATE_H
#define DOUDI_REPORT_PDF_PRIVATE_H

#include "report/pdf_font.h"
#include "report/plan.h"

#include <stdbool.h>
#include <stdint.h>

#define PDF_TITLE 17.0 /**< sizes of type */
#define PDF_SECTION 11.5
#define PDF_HEAD 10.0
#define PDF_BODY 9.5
#define PDF_SMALL 8.0
#define PDF_UNIT ((int)(PDF_BODY / 2 * PDF_POINT + 1)) /**< half a character of a table */
#define PDF_MARGIN 34.0
#define PDF_LEADING 1.3 /**< height of a line of type of size 1 */
#define PDF_QR 50.0
enum pdf_align { PDF_LEFT, PDF_CENTRE, PDF_RIGHT };

enum pdf_kind {
    PDF_SECTION_TITLE,
    PDF_CHART,
    PDF_ROWS, /**< headings and rows of a table */
    PDF_EMPTY,
    PDF_NOTE,
    PDF_SIGNATURES,
};

struct pdf_block {
    enum pdf_kind kind;
    const struct pdf_table *table;
    size_t row, count;  /**< rows of the table */
    size_t number;      /**< of the first in its sheet, from 1 */
    size_t line, lines; /**< of a single row that is higher than a page; 0, 0 = whole rows */
    double y, height;
};

struct pdf_page {
    size_t block; /**< the first one */
    size_t row;   /**< where its sheet begins */
    size_t sheet_page, sheet_pages;
};

/** A section's table, measured. */
struct pdf_table {
    const struct plan_section *section;
    const struct sheet *sheet;
    struct plan_field fields[DOCUMENT_COLUMNS];
    size_t field_count;
    uint16_t *lines; /**< of each row */
    size_t heading_lines;
    double least; /**< height of a row */
};

struct pdf {
    const struct document *document;
    const struct plan *plan;
    struct pdf_font *font;
    cairo_t *cairo;
    double width, height; /**< of the paper */
    double top, bottom;   /**< of what stands between head and foot */
    struct pdf_table tables[PLAN_SECTIONS];
    size_t table_count;
    struct pdf_block *blocks;
    size_t block_count, block_capacity;
    struct pdf_page *pages;
    size_t page_count, page_capacity;
};

// ---- pdf_text.c

/** Lines that a text takes within `width`, at least 1. */
size_t pdf_text_lines(struct pdf *pdf, const char *text, double size, double width);
/** Where lines of a text are drawn; a shorter one is aligned in `width`. */
struct pdf_text {
    double x, y, width, size;
    enum pdf_align align;
    size_t first, most; /**< of its lines; 0 = all */
};
void pdf_text_draw(struct pdf *pdf, const struct pdf_text *where, const char *text);
double pdf_text_height(double size, size_t lines);
double pdf_text_width(struct pdf *pdf, const char *text, double size);
/** Places pieces (one a line of `pieces`) side by side within `width`, as many on a line as fit;
 *  returns the height. Only measures without a surface to draw on. */
double pdf_text_pieces(struct pdf *pdf, const struct pdf_text *where, const char *pieces);

// ---- pdf_table.c

/** Gives a table's fields and rows their room on pages of `room` points. */
void pdf_table_measure(struct pdf *pdf, struct pdf_table *table, double room);
double pdf_table_row_height(const struct pdf_table *table, size_t lines);
double pdf_table_heading_height(const struct pdf_table *table);
void pdf_table_draw(struct pdf *pdf, const struct pdf_block *block);

// ---- pdf_flow.c

/** Divides the measured tables into blocks and pages. */
void pdf_flow(struct pdf *pdf);

// ---- pdf_page.c
/** Sets top and bottom: what head and foot leave. */
void pdf_page_measure(struct pdf *pdf);
void pdf_page_draw(struct pdf *pdf, size_t page);

// ---- pdf_figure.c

void pdf_figure_code(struct pdf *pdf, const char *code, double x, double y, double side);
/** Columns: the months' rates; who is left on each day, with a line for an even pace. */
void pdf_figure_trend(struct pdf *pdf, const struct pdf_block *block);
void pdf_figure_pace(struct pdf *pdf, const struct pdf_block *block);
void pdf_figure_signatures(struct pdf *pdf, const struct pdf_block *block);

#endif
