#include "cli/output.h"

#include "base/mem.h"
#include "base/outfile.h"
#include "base/plain.h"
#include "base/streams.h"
#include "base/text.h"
#include "cli/paper.h"
#include "exchange/csv.h"
#include "report/plan.h"
#include "report/value.h"
#include "report/view.h"

#include <json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** Adds an array of objects, one per row; every value is text, as in CSV. */
static void add_json(struct str *str, const struct sheet *sheet, size_t columns)
{
    struct json_object *rows = json_object_new_array();

    for (size_t row = 0; row < sheet->row_count; row++) {
        struct json_object *object = json_object_new_object();
        for (size_t i = 0; i < columns; i++) {
            char *cell = plain_copy(sheet_cell(sheet, row, i), PLAIN_LINES);
            json_object_object_add(object, sheet->columns[i], json_object_new_string(cell));
            free(cell);
        }
        json_object_array_add(rows, object);
    }
    str_add(str, json_object_to_json_string_ext(rows, JSON_C_TO_STRING_PRETTY |
                                                          JSON_C_TO_STRING_NOSLASHESCAPE));
    str_add_char(str, '\n');
    json_object_put(rows);
}

/** A list of people on its way out: printing it is an event. */
struct paper {
    struct cli *cli;
    const char *what;          /**< NULL: no event */
    struct document *document; /**< NULL unless the output is paper */
    enum result logged;
};

/** Records the print once the list is written whole: a print that failed did not happen. */
static enum result log_paper(void *arg)
{
    struct paper *paper = arg;

    if (paper->what != NULL && paper->document != NULL)
        paper->logged = paper_log(paper->cli, paper->what, paper->document);
    return paper->logged;
}

static enum result write_file(const char *path, const struct str *bytes, struct paper *paper)
{
    enum result result = outfile_write_ready(path, bytes, log_paper, paper);

    if (result != 0 && paper->logged == 0) /* else it is said already */
        cli_say("写不了文件 %s：%s；请换个文件名或文件夹", path, result_words(result));
    return result;
}

enum result output_stdout(const struct str *bytes)
{
    if ((fwrite(str_text(bytes), 1, bytes->length, stdout) == bytes->length &&
         fflush(stdout) == 0) ||
        streams_is_cut())
        return RESULT_OK;
    cli_say("输出没有写完，请检查磁盘空间");
    return RESULT_IO;
}

static enum result write_out(const char *path, const struct str *bytes, struct paper *paper)
{
    if (path != NULL)
        return write_file(path, bytes, paper);
    enum result result = output_stdout(bytes);
    /* What nobody reads is no print. */
    return result == 0 && ferror(stdout) == 0 ? log_paper(paper) : result;
}

bool output_is_json(const struct cli *cli)
{
    return cli_option(cli, "json") != NULL || strcmp(cli_text(cli, "format"), "json") == 0;
}

bool output_is_paper(const struct cli *cli)
{
    const char *format = output_is_json(cli) ? "json" : cli_text(cli, "format");

    return strcmp(format, "text") == 0 || strcmp(format, "pdf") == 0;
}

bool output_is_for_people(const struct cli *cli)
{
    return output_is_paper(cli) || cli_option(cli, "excel") != NULL ||
           strcmp(cli_text(cli, "format"), "xlsx") == 0;
}

enum result output_bytes(struct cli *cli, const struct str *bytes)
{
    struct paper paper = {.cli = cli};

    return write_out(cli_option(cli, "output"), bytes, &paper);
}

/** What is written: the same for all formats. */
struct output {
    struct cli *cli;
    const struct sheet *sheet;
    size_t columns;
    const struct output_page *page;
    struct csv_style style;
    struct paper *paper;
};

static enum result make_csv(const struct output *output, struct str *bytes)
{
    struct str text = {0};

    csv_add_sheet(&text, output->sheet, output->columns, true, &output->style);
    enum result result = csv_encode(&text, &output->style, bytes);
    str_free(&text);
    return result;
}

static enum result make_json(const struct output *output, struct str *bytes)
{
    add_json(bytes, output->sheet, output->columns);
    return RESULT_OK;
}

// ---- for spreadsheet programs

/** A month alone is no day, so it is no value in CSV. */
static bool is_value(const char *column, const char *cell)
{
    enum value_kind kind = value_kind_of(column);
    double number;

    return kind != VALUE_MONTH && value_read(kind, cell, &number);
}

static const struct plan *plan_of(const struct output *output)
{
    return output->page->layout != NULL ? plan_find(output->page->layout) : NULL;
}

/** CSV that a spreadsheet program opens as it is meant. */
static enum result make_excel(const struct output *output, struct str *bytes)
{
    struct csv_style style = {.encoding = output->style.encoding, .bom = true};
    struct view view = {0};
    struct str text = {0};

    view_make(output->sheet, output->columns, output->page->naming, plan_of(output), &view);
    const char **cells = mem_array(view.count, sizeof *cells);
    bool *values = mem_array(view.count, sizeof *values);
    csv_add_bom(&text, &style);
    csv_add_spreadsheet_row(&text, view.headings, values, view.count);
    for (size_t row = 0; row < output->sheet->row_count; row++) {
        for (size_t i = 0; i < view.count; i++) {
            cells[i] = sheet_cell(output->sheet, row, view.columns[i]);
            values[i] = is_value(view_id(&view, i), cells[i]);
        }
        csv_add_spreadsheet_row(&text, cells, values, view.count);
    }
    enum result result = csv_encode(&text, &style, bytes);
    free(cells);
    free(values);
    view_free(&view);
    str_free(&text);
    return result;
}

// ---- documents

static struct sheet *copy_sheet(const struct sheet *sheet)
{
    struct sheet *copy = sheet_new_ids((const char *const *)sheet->columns, sheet->column_count);
    const char **cells = mem_array(sheet->column_count + 1, sizeof *cells);

    for (size_t row = 0; row < sheet->row_count; row++) {
        sheet_cells(sheet, row, cells);
        (void)sheet_add_cells(copy, cells);
    }
    free(cells);
    return copy;
}

/** For a workbook, and for paper without a layout of its own: the columns that people read. */
static enum result make_document(const struct output *output, const char *layout,
                                 struct document **ret_document)
{
    const struct output_page *page = output->page;
    struct view view = {0};
    struct sheet *sheet = NULL;
    enum result result = RESULT_OK;

    if (layout != NULL) {
        sheet = copy_sheet(output->sheet);
    } else {
        view_make(output->sheet, output->columns, page->naming, plan_of(output), &view);
        sheet = view_sheet(&view);
    }
    if (output->sheet->basis != NULL)
        mem_replace(&sheet->basis, output->sheet->basis);
    struct sheet *areas = paper_areas(output->cli);
    struct document *document =
        paper_document(output->cli, areas, layout != NULL ? layout : output->cli->command->name,
                       page->title, page->area, &sheet);
    fields_set(&document->facts, "heading.name", page->naming);
    view_name_headings(&view, &document->facts);
    view_free(&view);
    if (layout != NULL && page->add_more != NULL)
        result = page->add_more(output->cli, document, page->arg);
    paper_name_streets(document, areas);
    sheet_free(&areas);
    if (result != 0)
        document_free(&document);
    else
        *ret_document = document;
    return result;
}

static enum result make_workbook(const struct output *output, struct str *bytes)
{
    struct document *document = NULL;
    enum result result = make_document(output, NULL, &document);

    if (result == 0)
        result = paper_make(output->cli, document, "xlsx", bytes);
    document_free(&document);
    return result;
}

static const char *layout_of(const struct output *output)
{
    return output->page->layout != NULL ? output->page->layout : "table";
}

/** The document that is written on paper; borrowed from `output`. */
static enum result make_paper(const struct output *output)
{
    struct paper *paper = output->paper;
    enum result result = make_document(output, output->page->layout, &paper->document);

    if (result == 0)
        mem_replace(&paper->document->layout, layout_of(output));
    return result;
}

static enum result make_pdf(const struct output *output, struct str *bytes)
{
    enum result result = make_paper(output);

    return result == 0 ? paper_make(output->cli, output->paper->document, "pdf", bytes) : result;
}

static enum result make_text(const struct output *output, struct str *bytes)
{
    enum result result = make_paper(output);

    return result == 0 ? paper_text(output->cli, output->paper->document,
                                    output->page->layout != NULL, bytes)
                       : result;
}

// ---- all formats

typedef enum result output_fn(const struct output *output, struct str *bytes);

static const struct {
    const char *name;
    output_fn *make;
} FORMATS[] = {
    {"csv", make_csv},   {"text", make_text},     {"pdf", make_pdf},
    {"json", make_json}, {"xlsx", make_workbook},
};

static output_fn *find_format(const struct cli *cli)
{
    const char *format = output_is_json(cli) ? "json" : cli_text(cli, "format");
    bool excel = cli_option(cli, "excel") != NULL;

    for (size_t i = 0; i < sizeof FORMATS / sizeof FORMATS[0]; i++)
        if (strcmp(FORMATS[i].name, *format != '\0' ? format : "csv") == 0 && (!excel || i == 0))
            return excel ? make_excel : FORMATS[i].make;
    if (excel)
        cli_say("--excel 只用于 csv；要工作簿请用 --format xlsx");
    else
        cli_say("不认识的格式：%s，可用 csv、text、pdf、json、xlsx", format);
    return NULL;
}

enum result output_sheet(struct cli *cli, const struct sheet *sheet, size_t columns,
                         const struct output_page *page)
{
    struct paper paper = {.cli = cli, .what = page->what};
    struct output output = {
        .cli = cli, .sheet = sheet, .columns = columns, .page = page, .paper = &paper};
    struct str bytes = {0};

    output.style.bom = cli_option(cli, "bom") != NULL;
    if (cli_option(cli, "encoding") != NULL &&
        csv_encoding_parse(cli_text(cli, "encoding"), &output.style.encoding) != 0) {
        cli_say("不认识的编码：%s，可用 utf-8、gb18030", cli_text(cli, "encoding"));
        return RESULT_USAGE;
    }
    output_fn *make = find_format(cli);
    enum result result = make != NULL ? make(&output, &bytes) : RESULT_USAGE;
    if (result == 0 || result == RESULT_PARTIAL) {
        enum result written = write_out(cli_option(cli, "output"), &bytes, &paper);
        result = written != 0 ? written : result;
    }
    document_free(&paper.document);
    str_free(&bytes);
    return result;
}

enum result output_answer(struct cli *cli, Wire__Request *request, const struct output_page *page)
{
    struct sheet *sheet = NULL;
    enum result result = cli_call_sheet(cli, request, &sheet);

    if (result == 0)
        result = output_sheet(cli, sheet, sheet->column_count, page);
    sheet_free(&sheet);
    return result;
}

enum result output_request(struct cli *cli, Wire__Request *request, size_t columns,
                           const struct output_page *page)
{
    struct sheet *sheet = NULL;
    enum result result = cli_call_sheet(cli, request, &sheet);

    if (result == 0)
        result = output_sheet(cli, sheet, columns, page);
    sheet_free(&sheet);
    return result;
}

enum result output_add_kind(struct cli *cli, struct document *document, const void *arg)
{
    const struct sheet *sheet = document_table(document, "rows");

    (void)arg;
    if (cli_option(cli, "kind") != NULL && sheet->row_count > 0)
        fields_set(&document->facts, "kind_name", sheet_get(sheet, 0, "kind_name"));
    return RESULT_OK;
}
