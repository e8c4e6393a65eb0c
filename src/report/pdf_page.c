/**
 * What stands on every page: title, facts, page numbers, the sheet's code, the foot.
 */
#include "report/pdf_private.h"

#include <string.h>

#define TITLE_HEIGHT 30.0
#define NUMBER_ROOM 120.0 /**< beside the title, on both sides */
#define FOOT 16.0
#define GAP 6.0

static const struct sheet *first_sheet(const struct pdf *pdf)
{
    return document_table(pdf->document, plan_main(pdf->plan)->table);
}

/** The code of the sheet that begins at the row, "" if it has none. */
static const char *code_of(const struct pdf *pdf, size_t row)
{
    const struct sheet *sheet = first_sheet(pdf);
    const char *code =
        sheet != NULL && row < sheet->row_count ? sheet_get(sheet, row, "sheet_code") : "";

    return code[0] != '\0' ? code : fields_get(&pdf->document->facts, "sheet_code");
}

/** Draws the facts of a sheet's head, or only measures them. */
static double head_pieces(struct pdf *pdf, size_t row)
{
    struct str pieces = {0};
    struct pdf_text where = {PDF_MARGIN, PDF_MARGIN + TITLE_HEIGHT, pdf->width - 2 * PDF_MARGIN,
                             PDF_HEAD};
    bool coded = code_of(pdf, row)[0] != '\0';

    where.width -= coded ? PDF_QR + GAP : 0;
    plan_head(pdf->plan, pdf->document, row, &pieces);
    double height = pdf_text_pieces(pdf, &where, str_text(&pieces)) + TITLE_HEIGHT;
    str_free(&pieces);
    return coded && height < PDF_QR ? PDF_QR : height;
}

void pdf_page_measure(struct pdf *pdf)
{
    const struct sheet *sheet = first_sheet(pdf);
    const struct plan_section *section = plan_main(pdf->plan);
    double height = head_pieces(pdf, 0);

    /* the same room on all pages: that of the highest head */
    for (size_t row = 0; sheet != NULL && row < sheet->row_count;
         row = plan_sheet_end(section, sheet, row)) {
        double one = head_pieces(pdf, row);
        height = one > height ? one : height;
    }
    pdf->top = PDF_MARGIN + height + GAP;
    pdf->bottom = pdf->height - PDF_MARGIN - FOOT;
}

/** Smaller for a title that would run into the page number. */
static void draw_title(struct pdf *pdf)
{
    const char *title = pdf->document->title;
    double room = pdf->width - 2 * PDF_MARGIN - 2 * NUMBER_ROOM;
    double width = pdf_text_width(pdf, title, PDF_TITLE);
    double size = width > room ? PDF_TITLE * room / width : PDF_TITLE;

    size = size < PDF_HEAD ? PDF_HEAD : size;
    struct pdf_text where = {PDF_MARGIN + NUMBER_ROOM, PDF_MARGIN, room, size, PDF_CENTRE, 0, 2};
    pdf_text_draw(pdf, &where, title);
}

static void draw_right(struct pdf *pdf, double right, double y, double size, const char *text)
{
    struct pdf_text where = {right - NUMBER_ROOM, y, NUMBER_ROOM, size, PDF_RIGHT};

    pdf_text_draw(pdf, &where, text);
}

static void draw_head(struct pdf *pdf, const struct pdf_page *page)
{
    const char *code = code_of(pdf, page->row);
    double right = pdf->width - PDF_MARGIN;
    struct str number = {0};

    draw_title(pdf);
    if (code[0] != '\0') {
        pdf_figure_code(pdf, code, right - PDF_QR, PDF_MARGIN - GAP, PDF_QR);
        right -= PDF_QR + GAP;
        draw_right(pdf, right, PDF_MARGIN + PDF_HEAD * PDF_LEADING, PDF_HEAD, code);
    }
    str_printf(&number, "第 %zu 页　共 %zu 页", page->sheet_page, page->sheet_pages);
    draw_right(pdf, right, PDF_MARGIN, PDF_HEAD, str_text(&number));
    (void)head_pieces(pdf, page->row);
    str_free(&number);
}

static void draw_foot(struct pdf *pdf, size_t page)
{
    const struct fields *facts = &pdf->document->facts;
    double y = pdf->height - PDF_MARGIN - PDF_SMALL * PDF_LEADING;
    struct pdf_text left = {PDF_MARGIN, y, pdf->width - 2 * PDF_MARGIN - NUMBER_ROOM, PDF_SMALL};
    const char *at = fields_get(facts, "printed_at"), *by = fields_get(facts, "printed_by");
    struct str text = {0};

    left.most = 1;
    if (at[0] != '\0' || by[0] != '\0')
        str_printf(&text, "打印：%s%s%s", at, at[0] != '\0' && by[0] != '\0' ? "　" : "", by);
    pdf_text_draw(pdf, &left, str_text(&text));
    str_clear(&text);
    if (pdf->pages[page].sheet_pages != pdf->page_count)
        str_printf(&text, "总第 %zu/%zu 页", page + 1, pdf->page_count);
    draw_right(pdf, pdf->width - PDF_MARGIN, y, PDF_SMALL, str_text(&text));
    str_free(&text);
}

static void draw_line(struct pdf *pdf, const struct pdf_block *block, double size, const char *text)
{
    double height = pdf_text_height(size, 1);
    struct pdf_text where = {PDF_MARGIN, block->y + (block->height - height) / 2,
                             pdf->width - 2 * PDF_MARGIN, size};

    pdf_text_draw(pdf, &where, text);
}

static void draw_note(struct pdf *pdf, const struct pdf_block *block)
{
    struct pdf_text where = {PDF_MARGIN, block->y + GAP / 2, pdf->width - 2 * PDF_MARGIN,
                             PDF_SMALL};

    pdf_text_draw(pdf, &where, pdf->plan->note);
}

static void draw_block(struct pdf *pdf, const struct pdf_block *block)
{
    switch (block->kind) {
    case PDF_SECTION_TITLE:
        draw_line(pdf, block, PDF_SECTION, block->table->section->title);
        break;
    case PDF_EMPTY:
        draw_line(pdf, block, PDF_HEAD, block->table->section->empty);
        break;
    case PDF_ROWS:
        pdf_table_draw(pdf, block);
        break;
    case PDF_NOTE:
        draw_note(pdf, block);
        break;
    case PDF_SIGNATURES:
        pdf_figure_signatures(pdf, block);
        break;
    case PDF_CHART:
        if (block->table->section->look == PLAN_PACE)
            pdf_figure_pace(pdf, block);
        else
            pdf_figure_trend(pdf, block);
        break;
    }
}

void pdf_page_draw(struct pdf *pdf, size_t page)
{
    size_t end = page + 1 < pdf->page_count ? pdf->pages[page + 1].block : pdf->block_count;

    draw_head(pdf, &pdf->pages[page]);
    draw_foot(pdf, page);
    for (size_t i = pdf->pages[page].block; i < end; i++)
        draw_block(pdf, &pdf->blocks[i]);
    cairo_show_page(pdf->cairo);
}
