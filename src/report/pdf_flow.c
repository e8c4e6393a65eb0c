/**
 * Divides a document into blocks and pages.
 */
#include "report/pdf_private.h"
#include "report/plan_beside.h"

#include "base/mem.h"

#define SECTION_HEIGHT 24.0
#define CHART_HEIGHT 150.0
#define PACE_HEIGHT 92.0 /**< so that 31 days stand on one page */
#define SIGNATURES_HEIGHT 40.0
#define GAP 10.0

/** Where the next block comes. */
struct flow {
    struct pdf *pdf;
    double y;
    size_t row;         /**< where the sheet begins */
    size_t sheet_first; /**< its first page */
};

static void begin_page(struct flow *flow)
{
    struct pdf *pdf = flow->pdf;

    mem_grow((void **)&pdf->pages, pdf->page_count, &pdf->page_capacity, sizeof pdf->pages[0]);
    pdf->pages[pdf->page_count] = (struct pdf_page){
        .block = pdf->block_count,
        .row = flow->row,
        .sheet_page = pdf->page_count - flow->sheet_first + 1,
    };
    pdf->page_count++;
    flow->y = pdf->top;
}

static void begin_sheet(struct flow *flow, size_t row)
{
    flow->row = row;
    flow->sheet_first = flow->pdf->page_count;
    begin_page(flow);
}

static void end_sheet(struct flow *flow)
{
    struct pdf *pdf = flow->pdf;

    for (size_t i = flow->sheet_first; i < pdf->page_count; i++)
        pdf->pages[i].sheet_pages = pdf->page_count - flow->sheet_first;
}

static double room_left(const struct flow *flow)
{
    return flow->pdf->bottom - flow->y;
}

static bool page_is_fresh(const struct flow *flow)
{
    const struct pdf *pdf = flow->pdf;

    return pdf->pages[pdf->page_count - 1].block == pdf->block_count;
}

static struct pdf_block *add_block(struct flow *flow, struct pdf_block block)
{
    struct pdf *pdf = flow->pdf;

    mem_grow((void **)&pdf->blocks, pdf->block_count, &pdf->block_capacity, sizeof pdf->blocks[0]);
    block.y = flow->y;
    pdf->blocks[pdf->block_count] = block;
    flow->y += block.height;
    return &pdf->blocks[pdf->block_count++];
}

/** A block that is on one page, with `more` below it. */
static void place(struct flow *flow, struct pdf_block block, double more)
{
    if (block.height + more > room_left(flow) && !page_is_fresh(flow))
        begin_page(flow);
    (void)add_block(flow, block);
}

// ---- rows

/** A row that no page holds: as many of its lines on each page as fit. */
static void place_high_row(struct flow *flow, const struct pdf_table *table, size_t row,
                           size_t number)
{
    double heading = pdf_table_heading_height(table);
    size_t all = table->lines[row], line = 0;

    while (line < all) {
        if (!page_is_fresh(flow))
            begin_page(flow);
        size_t lines = all - line;
        while (lines > 1 && heading + pdf_table_row_height(table, lines) > room_left(flow))
            lines--;
        (void)add_block(flow, (struct pdf_block){
                                  .kind = PDF_ROWS,
                                  .table = table,
                                  .row = row,
                                  .count = 1,
                                  .number = number,
                                  .line = line,
                                  .lines = lines,
                                  .height = heading + pdf_table_row_height(table, lines),
                              });
        line += lines;
    }
}

/** Rows of a sheet; `below` must stand on the page of the last one. */
static void place_rows(struct flow *flow, const struct pdf_table *table, size_t first, size_t end,
                       double below)
{
    double heading = pdf_table_heading_height(table);
    double page = flow->pdf->bottom - flow->pdf->top;
    struct pdf_block *block = NULL;

    for (size_t row = first; row < end; row++) {
        double height = pdf_table_row_height(table, table->lines[row]);
        double more = row + 1 == end ? below : 0;
        if (heading + height + more > page) {
            place_high_row(flow, table, row, row - first + 1);
            block = NULL;
            continue;
        }
        if (block != NULL && height + more > room_left(flow)) {
            begin_page(flow);
            block = NULL;
        }
        if (block == NULL) {
            if (heading + height + more > room_left(flow))
                begin_page(flow);
            block = add_block(flow, (struct pdf_block){.kind = PDF_ROWS,
                                                       .table = table,
                                                       .row = row,
                                                       .number = row - first + 1,
                                                       .height = heading});
        }
        block->count++;
        block->height += height;
        flow->y += height;
    }
}

// ---- sections

static double note_height(struct pdf *pdf)
{
    const char *note = pdf->plan->note;
    double width = pdf->width - 2 * PDF_MARGIN;

    return note == NULL
               ? 0
               : GAP / 2 + pdf_text_height(PDF_SMALL, pdf_text_lines(pdf, note, PDF_SMALL, width));
}

/** Height of what stands below the last row of a sheet. */
static double below_height(struct pdf *pdf)
{
    return note_height(pdf) + (pdf->plan->signatures != NULL ? SIGNATURES_HEIGHT : 0);
}

static void place_below(struct flow *flow)
{
    struct pdf *pdf = flow->pdf;

    if (pdf->plan->note != NULL)
        place(flow, (struct pdf_block){.kind = PDF_NOTE, .height = note_height(pdf)}, 0);
    if (pdf->plan->signatures != NULL)
        place(flow, (struct pdf_block){.kind = PDF_SIGNATURES, .height = SIGNATURES_HEIGHT}, 0);
}

static void place_title(struct flow *flow, const struct pdf_table *table)
{
    double more = pdf_table_heading_height(table) + pdf_table_row_height(table, 1);

    if (!page_is_fresh(flow))
        flow->y += GAP;
    if (table->section->title != NULL)
        place(
            flow,
            (struct pdf_block){.kind = PDF_SECTION_TITLE, .table = table, .height = SECTION_HEIGHT},
            more);
    if (table->section->look != PLAN_TABLE) {
        bool pace = table->section->look == PLAN_PACE;
        place(flow,
              (struct pdf_block){
                  .kind = PDF_CHART, .table = table, .height = pace ? PACE_HEIGHT : CHART_HEIGHT},
              0);
    }
}

/** The table that stands beside the main one, NULL if none. */
static const struct pdf_table *beside_table(const struct pdf *pdf)
{
    for (size_t i = 0; i < pdf->table_count; i++)
        if (pdf->tables[i].section->beside)
            return &pdf->tables[i];
    return NULL;
}

/** Below a sheet's own rows: those beside them. */
static void place_beside(struct flow *flow, const char *group)
{
    const struct pdf_table *table = beside_table(flow->pdf);
    size_t first = 0;
    size_t count =
        table == NULL ? 0 : plan_beside_rows(table->section, table->sheet, group, &first);

    if (count == 0)
        return;
    place_title(flow, table);
    place_rows(flow, table, first, first + count, below_height(flow->pdf));
}

/** Sheets for groups that have no rows of the main section. */
static void place_left(struct flow *flow, const struct sheet *rows)
{
    struct pdf *pdf = flow->pdf;
    const struct pdf_table *table = beside_table(pdf);
    size_t row = 0;

    while (table != NULL &&
           (row = plan_beside_left(pdf->plan, pdf->document, row)) < table->sheet->row_count) {
        size_t end = plan_sheet_end(table->section, table->sheet, row);
        if (rows->row_count + row > 0) { /* else the sheet that has no rows is its own */
            end_sheet(flow);
            begin_sheet(flow, rows->row_count + row);
        }
        place_title(flow, table);
        place_rows(flow, table, row, end, below_height(pdf));
        place_below(flow);
        row = end;
    }
}

static void place_section(struct flow *flow, const struct pdf_table *table, bool last)
{
    struct pdf *pdf = flow->pdf;
    const struct sheet *sheet = table->sheet;
    bool grouped = table->section->group != NULL;
    double below = grouped || last ? below_height(pdf) : 0;

    place_title(flow, table);
    if (sheet->row_count == 0)
        place(flow, (struct pdf_block){.kind = PDF_EMPTY, .table = table, .height = SECTION_HEIGHT},
              0);
    for (size_t row = 0; row < sheet->row_count;) {
        size_t end = plan_sheet_end(table->section, sheet, row);
        if (grouped && row > 0) {
            end_sheet(flow);
            begin_sheet(flow, row);
        }
        place_rows(flow, table, row, end, below);
        if (grouped)
            place_beside(flow, sheet_get(sheet, row, table->section->group));
        if (grouped)
            place_below(flow);
        row = end;
    }
    if (grouped)
        place_left(flow, sheet);
    if (last && (!grouped || (sheet->row_count == 0 && beside_table(pdf) == NULL)))
        place_below(flow);
}

void pdf_flow(struct pdf *pdf)
{
    struct flow flow = {.pdf = pdf};

    begin_sheet(&flow, 0);
    for (size_t i = 0; i < pdf->table_count; i++)
        if (!pdf->tables[i].section->beside)
            place_section(&flow, &pdf->tables[i],
                          i + 1 == pdf->table_count || pdf->tables[i + 1].section->beside);
    end_sheet(&flow);
}
