#include "report/text.h"

#include "base/mem.h"
#include "base/plain.h"
#include "base/text.h"
#include "report/plan_beside.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { GAP = 1, TAIL_GAP = 2, BLANK_LINE = 14 };

/** A document while it is written. The first pass only counts the pages of each sheet. */
struct writer {
    const struct document *document;
    const struct plan *plan;
    struct str *str;
    int width, height;
    int line;      /**< lines written on this page */
    size_t row;    /**< where the sheet begins */
    size_t page;   /**< of the sheet, from 1 */
    size_t sheet;  /**< from 0 */
    size_t *pages; /**< of each sheet, once counted */
    size_t capacity;
    bool counted;
};

/** A section's table while it is written. */
struct table {
    struct writer *writer;
    const struct sheet *sheet;
    struct plan_field fields[DOCUMENT_COLUMNS];
    size_t count; /**< on the line */
    size_t total; /**< with those that stand below it */
};

// ---- lines

static void end_line(struct writer *writer)
{
    struct str *str = writer->str;

    while (str->length > 0 && str->text[str->length - 1] == ' ')
        str->text[--str->length] = '\0';
    str_add_char(str, '\n');
    writer->line++;
}

static void add_many(struct str *str, char c, int count)
{
    for (int i = 0; i < count; i++)
        str_add_char(str, c);
}

static void add_rule(struct writer *writer)
{
    add_many(writer->str, '-', writer->width);
    end_line(writer);
}

static int count_wrapped(const char *text, int width)
{
    int lines = 0;

    for (; *text != '\0'; lines++)
        (void)text_take_line(&text, width);
    return lines;
}

static void add_wrapped(struct writer *writer, const char *text)
{
    while (*text != '\0') {
        const char *line = text;
        size_t length = text_take_line(&text, writer->width);
        str_add_bytes(writer->str, line, length);
        end_line(writer);
    }
}

// ---- pages

static const char *fact(const struct writer *writer, const char *name)
{
    return fields_get(&writer->document->facts, name);
}

static bool has_foot(const struct writer *writer)
{
    return fact(writer, "printed_at")[0] != '\0' || fact(writer, "printed_by")[0] != '\0';
}

/** The code by which the sheet comes back, "" if it has none. */
static const char *code_of(const struct writer *writer)
{
    const struct sheet *rows = document_table(writer->document, plan_main(writer->plan)->table);

    return rows != NULL && writer->row < rows->row_count
               ? sheet_get(rows, writer->row, "sheet_code")
               : "";
}

/** Adds a fact to the head's line, or begins the next line with it where it does not fit. */
static void add_piece(struct writer *writer, struct str *line, const char *piece)
{
    if (line->length > 0 && text_width(str_text(line)) + 2 + text_width(piece) > writer->width) {
        add_wrapped(writer, str_text(line));
        str_clear(line);
    }
    str_printf(line, "%s%s", line->length > 0 ? "  " : "", piece);
}

static void add_head(struct writer *writer)
{
    struct str pieces = {0}, line = {0};

    str_printf(&line, "%s  第%zu页 共%zu页", writer->document->title, writer->page,
               writer->counted ? writer->pages[writer->sheet] : writer->page);
    add_wrapped(writer, str_text(&line));
    str_clear(&line);
    plan_head(writer->plan, writer->document, writer->row, &pieces);
    if (code_of(writer)[0] != '\0')
        str_printf(&pieces, "表号 %s\n", code_of(writer));
    char *rest = pieces.text;
    for (char *piece = strsep(&rest, "\n"); rest != NULL; piece = strsep(&rest, "\n"))
        add_piece(writer, &line, piece);
    add_wrapped(writer, str_text(&line));
    str_free(&line);
    str_free(&pieces);
}

static void begin_page(struct writer *writer)
{
    writer->page++;
    writer->line = 0;
    add_head(writer);
}

static void end_page(struct writer *writer, bool last)
{
    if (has_foot(writer)) {
        str_printf(writer->str, "打印：%s  %s", fact(writer, "printed_at"),
                   fact(writer, "printed_by"));
        end_line(writer);
    }
    if (writer->height > 0)
        str_add_char(writer->str, '\f');
    else if (!last)
        end_line(writer);
}

static void begin_sheet(struct writer *writer, size_t row)
{
    writer->row = row;
    writer->page = 0;
    mem_grow((void **)&writer->pages, writer->sheet, &writer->capacity, sizeof writer->pages[0]);
    begin_page(writer);
}

static void end_sheet(struct writer *writer, bool last)
{
    end_page(writer, last);
    writer->pages[writer->sheet++] = writer->page;
}

/** Whether so many lines still fit on the page. */
static bool page_has(const struct writer *writer, int lines)
{
    int room = writer->height - (has_foot(writer) ? 1 : 0);

    return writer->height <= 0 || writer->line + lines <= room;
}

// ---- tables

static int width_of(const char *text, void *arg)
{
    (void)arg;
    return text_width(text);
}

/** A bar as long as the percentage says, and the percentage. */
static void make_bar(struct str *str, int width)
{
    double share = strtod(str_text(str), NULL) / 100;

    if (str->length == 0)
        return;
    share = share < 0 ? 0 : share > 1 ? 1 : share;
    str_clear(str);
    add_many(str, '#', (int)(share * width));
}

/** The row's cells, each to be written in lines; headings for row == row_count. */
static void fill_cells(const struct table *table, size_t row, size_t number, struct str *cells)
{
    for (size_t i = 0; i < table->total; i++) {
        const struct plan_field *field = &table->fields[i];
        if (row == table->sheet->row_count) {
            str_clear(&cells[i]);
            str_add(&cells[i], field->heading);
        } else {
            (void)plan_cell(field, table->sheet, row, number, &cells[i]);
            if (field->kind == PLAN_BAR)
                make_bar(&cells[i], field->width);
        }
    }
}

static int count_lines(const struct table *table, const struct str *cells)
{
    int most = 1;

    for (size_t i = 0; i < table->count; i++) {
        int lines = count_wrapped(str_text(&cells[i]), table->fields[i].width);
        most = lines > most ? lines : most;
    }
    return most;
}

static void add_cell(struct writer *writer, const struct plan_field *field, const char **rest,
                     bool last)
{
    const char *text = *rest;
    char *line = mem_copy_bytes(text, text_take_line(rest, field->width));

    text_pad(writer->str, line, field->width, field->right);
    if (!last)
        add_many(writer->str, writer->plan->tall ? '|' : ' ', GAP);
    free(line);
}

/** Writes line after line; a page that is full goes on on the next, below its headings. */
static void add_lines(struct table *table, const struct str *cells, int lines, bool heading);

static void add_headings(struct table *table)
{
    struct str cells[DOCUMENT_COLUMNS] = {{0}};

    fill_cells(table, table->sheet->row_count, 0, cells);
    add_rule(table->writer);
    add_lines(table, cells, count_lines(table, cells), true);
    add_rule(table->writer);
    for (size_t i = 0; i < table->total; i++)
        str_free(&cells[i]);
}

static void next_page(struct table *table)
{
    end_page(table->writer, false);
    begin_page(table->writer);
    add_headings(table);
}

static void add_lines(struct table *table, const struct str *cells, int lines, bool heading)
{
    struct writer *writer = table->writer;
    const char *rest[DOCUMENT_COLUMNS];

    for (size_t i = 0; i < table->count; i++)
        rest[i] = str_text(&cells[i]);
    for (int line = 0; line < lines; line++) {
        if (!heading && !page_has(writer, 1))
            next_page(table);
        for (size_t i = 0; i < table->count; i++)
            add_cell(writer, &table->fields[i], &rest[i], i + 1 == table->count);
        end_line(writer);
    }
}

/** Appends the cells that stand below a row, each with its heading and whole on a line if it fits. */
static void make_tail(const struct table *table, const struct str *cells, struct str *tail)
{
    struct str item = {0};
    int used = 0;

    for (size_t i = table->count; i < table->total; i++) {
        if (cells[i].length == 0)
            continue;
        str_clear(&item);
        str_printf(&item, "%s：%s", table->fields[i].heading, str_text(&cells[i]));
        for (size_t at = 0; at < item.length; at++)
            item.text[at] = item.text[at] == '\n' ? ' ' : item.text[at];
        int width = text_width(str_text(&item));
        bool fits = used > 0 && used + TAIL_GAP + width <= table->writer->width;
        if (used > 0)
            str_add(tail, fits ? "  " : "\n");
        str_add(tail, str_text(&item));
        used = fits ? used + TAIL_GAP + width : width;
    }
    str_free(&item);
}

static void add_tail(struct table *table, const char *tail)
{
    struct writer *writer = table->writer;

    while (*tail != '\0') {
        const char *line = tail;
        if (!page_has(writer, 1))
            next_page(table);
        str_add_bytes(writer->str, line, text_take_line(&tail, writer->width));
        end_line(writer);
    }
}

/** Rows of one sheet; `below` lines must stand on the page of the last one. */
static void add_rows(struct table *table, size_t first, size_t end, int below)
{
    struct writer *writer = table->writer;
    struct str cells[DOCUMENT_COLUMNS] = {{0}};
    struct str tail = {0};
    int ruled = writer->plan->tall ? 1 : 0;

    for (size_t row = first; row < end; row++) {
        fill_cells(table, row, row - first + 1, cells);
        int lines = count_lines(table, cells);
        str_clear(&tail);
        make_tail(table, cells, &tail);
        int all = lines + count_wrapped(str_text(&tail), writer->width);
        if (!page_has(writer, all + ruled + (row + 1 == end ? below : 0)) && row > first)
            next_page(table);
        add_lines(table, cells, lines, false);
        add_tail(table, str_text(&tail));
        if (ruled > 0)
            add_rule(writer);
    }
    for (size_t i = 0; i < table->total; i++)
        str_free(&cells[i]);
    str_free(&tail);
}

// ---- sections

/** Lines below a sheet's last row. */
static int below_lines(const struct plan *plan)
{
    return (plan->note != NULL ? 1 : 0) + (plan->signatures != NULL ? 2 : 0);
}

static void add_below(struct writer *writer)
{
    const struct plan *plan = writer->plan;

    if (plan->note != NULL)
        add_wrapped(writer, plan->note);
    if (plan->signatures == NULL)
        return;
    end_line(writer);
    for (const char *at = plan->signatures; *at != '\0';) {
        size_t length = strcspn(at, "|");
        str_add_bytes(writer->str, at, length);
        str_add(writer->str, "：");
        add_many(writer->str, '_', BLANK_LINE);
        str_add(writer->str, "  ");
        at += length + (at[length] == '|' ? 1 : 0);
    }
    end_line(writer);
}

static void open_table(struct table *table, const struct plan_section *section)
{
    struct writer *writer = table->writer;

    table->total = plan_fields(writer->document, section, table->sheet, table->fields);
    plan_measure(table->fields, table->total, table->sheet, 1, width_of, NULL);
    table->count = plan_part(table->fields, table->total, writer->width, GAP, 1);
    plan_fit(table->fields, table->count, writer->width - GAP * (int)(table->count - 1), 1, false);
}

/** Rows [first, end) of the section that stands beside the main one. */
static void write_beside(struct writer *writer, size_t first, size_t end)
{
    const struct plan_section *section = plan_beside(writer->plan, writer->document);
    struct table table = {.writer = writer};

    table.sheet = document_table(writer->document, section->table);
    open_table(&table, section);
    end_line(writer);
    add_wrapped(writer, section->title);
    add_headings(&table);
    add_rows(&table, first, end, below_lines(writer->plan));
}

/** Below a sheet's own rows: those beside them. */
static void add_beside(struct writer *writer, const char *group)
{
    const struct plan_section *section = plan_beside(writer->plan, writer->document);
    size_t first, count = 0;

    if (section != NULL)
        count = plan_beside_rows(section, document_table(writer->document, section->table), group,
                                 &first);
    if (count > 0)
        write_beside(writer, first, first + count);
}

/** Sheets for groups that have no rows of the main section. */
static void add_left(struct writer *writer, const struct sheet *rows)
{
    const struct plan_section *section = plan_beside(writer->plan, writer->document);
    const struct sheet *sheet =
        section == NULL ? NULL : document_table(writer->document, section->table);
    size_t row = 0;

    while (sheet != NULL &&
           (row = plan_beside_left(writer->plan, writer->document, row)) < sheet->row_count) {
        size_t end = plan_sheet_end(section, sheet, row);
        if (rows->row_count + row > 0) { /* else the sheet that has no rows is its own */
            end_sheet(writer, false);
            begin_sheet(writer, rows->row_count + row);
        }
        write_beside(writer, row, end);
        add_below(writer);
        row = end;
    }
}

static void write_section(struct writer *writer, const struct plan_section *section, bool last)
{
    struct table table = {.writer = writer};
    bool grouped = section->group != NULL;
    int below = grouped || last ? below_lines(writer->plan) : 0;

    table.sheet = document_table(writer->document, section->table);
    open_table(&table, section);
    if (section->title != NULL) {
        end_line(writer);
        add_wrapped(writer, section->title);
    }
    add_headings(&table);
    if (table.sheet->row_count == 0)
        add_wrapped(writer, section->empty);
    for (size_t row = 0; row < table.sheet->row_count;) {
        size_t end = plan_sheet_end(section, table.sheet, row);
        add_rows(&table, row, end, below);
        if (grouped)
            add_beside(writer, sheet_get(table.sheet, row, section->group));
        if (grouped)
            add_below(writer);
        if (grouped && end < table.sheet->row_count) {
            end_sheet(writer, false);
            begin_sheet(writer, end);
            add_headings(&table);
        }
        row = end;
    }
    if (grouped)
        add_left(writer, table.sheet);
    if (last && (!grouped || (table.sheet->row_count == 0 &&
                              plan_beside(writer->plan, writer->document) == NULL)))
        add_below(writer);
}

/** Whether a section has anything to show in this document. */
static bool has_section(const struct document *document, const struct plan_section *section)
{
    const struct sheet *sheet = document_table(document, section->table);

    return sheet != NULL && !section->beside && (sheet->row_count > 0 || section->empty != NULL);
}

static void write_document(struct writer *writer)
{
    const struct plan_section *sections = writer->plan->sections;
    size_t last = 0;

    for (size_t i = 0; i < PLAN_SECTIONS && sections[i].table != NULL; i++)
        last = has_section(writer->document, &sections[i]) ? i : last;
    writer->sheet = 0;
    begin_sheet(writer, 0);
    for (size_t i = 0; i <= last; i++)
        if (has_section(writer->document, &sections[i]))
            write_section(writer, &sections[i], i == last);
    end_sheet(writer, true);
}

void text_document(const struct document *document, int width, int height, struct str *str)
{
    struct str counting = {0};
    struct writer writer = {
        .document = document,
        .plan = plan_find(document->layout),
        .str = &counting,
        .width = width,
        .height = height,
    };

    write_document(&writer);
    str_free(&counting);
    writer.str = str;
    writer.counted = true;
    write_document(&writer);
    free(writer.pages);
}
