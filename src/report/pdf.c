#include "report/pdf.h"

#include "base/mem.h"
#include "report/pdf_private.h"

#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>

#define A4_SHORT 595.276
#define A4_LONG 841.89
#define TURN 1.15 /**< a table so much wider than the paper turns it */

static int width_of(const char *text, void *arg)
{
    struct pdf *pdf = arg;

    return pdf_font_width(pdf->font, text, PDF_BODY);
}

/** Sets the tables that the page will have, with the widths that they want. */
static void gather_tables(struct pdf *pdf)
{
    for (size_t i = 0; i < PLAN_SECTIONS && pdf->plan->sections[i].table != NULL; i++) {
        const struct plan_section *section = &pdf->plan->sections[i];
        struct pdf_table *table = &pdf->tables[pdf->table_count];
        const struct sheet *sheet = document_table(pdf->document, section->table);
        if (sheet == NULL || (sheet->row_count == 0 && section->empty == NULL))
            continue;
        table->section = section;
        table->sheet = sheet;
        table->field_count = plan_fields(pdf->document, section, sheet, table->fields);
        plan_measure(table->fields, table->field_count, sheet, PDF_UNIT, width_of, pdf);
        pdf->table_count++;
    }
}

static double widest_table(const struct pdf *pdf)
{
    double most = 0;

    for (size_t i = 0; i < pdf->table_count; i++) {
        double width = 0;
        for (size_t k = 0; k < pdf->tables[i].field_count; k++)
            width += (double)pdf->tables[i].fields[k].width / PDF_POINT;
        most = width > most ? width : most;
    }
    return most;
}

static void choose_paper(struct pdf *pdf)
{
    double room = (A4_SHORT - 2 * PDF_MARGIN) * TURN;
    bool wide = pdf->plan->wide || widest_table(pdf) > room;

    pdf->width = wide ? A4_LONG : A4_SHORT;
    pdf->height = wide ? A4_SHORT : A4_LONG;
}

static cairo_status_t write_bytes(void *closure, const unsigned char *data, unsigned int length)
{
    str_add_bytes(closure, data, length);
    return CAIRO_STATUS_SUCCESS;
}

/** "2026-11-23 14:05" or with seconds, in the form of the file's own date. */
static void set_date(cairo_surface_t *surface, const char *printed_at)
{
    static const char FORM[] = "2000-01-01T00:00:00";
    char text[64];
    size_t length = strlen(printed_at);

    /* without a date of the document a constant one: equal documents are equal files */
    (void)snprintf(text, sizeof text, "%s+08:00", FORM);
    for (size_t i = 0; i < length && i < sizeof FORM - 1; i++)
        text[i] = printed_at[i] == ' ' ? 'T' : printed_at[i];
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, text);
}

static cairo_surface_t *open_surface(const struct pdf *pdf, struct str *bytes)
{
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(write_bytes, bytes, pdf->width, pdf->height);

    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, pdf->document->title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "doudi");
    set_date(surface, fields_get(&pdf->document->facts, "printed_at"));
    return surface;
}

static void draw(struct pdf *pdf, struct str *ret_bytes)
{
    cairo_surface_t *surface = open_surface(pdf, ret_bytes);

    pdf->cairo = cairo_create(surface);
    for (size_t page = 0; page < pdf->page_count; page++)
        pdf_page_draw(pdf, page);
    cairo_destroy(pdf->cairo);
    cairo_surface_finish(surface);
    cairo_surface_destroy(surface);
}

static enum result check_characters(struct pdf *pdf, char **ret_message)
{
    struct str missing = {0};

    pdf_font_missing(pdf->font, &missing);
    if (missing.length > 0)
        *ret_message = mem_printf("这些字没有字形，纸上是方框，请手写补上：%s", missing.text);
    enum result result = missing.length > 0 ? RESULT_PARTIAL : RESULT_OK;
    str_free(&missing);
    return result;
}

enum result pdf_write(const struct document *document, struct str *ret_bytes, char **ret_message)
{
    struct pdf pdf = {.document = document, .plan = plan_find(document->layout)};
    enum result result = pdf_font_open(&pdf.font, ret_message);

    if (result != 0)
        return result;
    gather_tables(&pdf);
    choose_paper(&pdf);
    pdf_page_measure(&pdf);
    for (size_t i = 0; i < pdf.table_count; i++)
        pdf_table_measure(&pdf, &pdf.tables[i], pdf.width - 2 * PDF_MARGIN);
    pdf_flow(&pdf);
    draw(&pdf, ret_bytes);
    result = check_characters(&pdf, ret_message);
    for (size_t i = 0; i < pdf.table_count; i++)
        free(pdf.tables[i].lines);
    free(pdf.blocks);
    free(pdf.pages);
    pdf_font_close(&pdf.font);
    return result;
}
