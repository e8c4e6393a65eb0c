#include "cli/output.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/outfile.h"
#include "base/plain.h"
#include "base/text.h"
#include "cli/view.h"
#include "exchange/csv.h"
#include "report/companion.h"
#include "report/text.h"
#include "report/value.h"

#include <json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
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

static void add_text(struct str *str, const struct sheet *sheet, size_t columns,
                     const struct output_page *page)
{
    struct report report = {
        .title = page->title,
        .subtitle = page->subtitle,
        .sheet = sheet,
        .columns = page->columns,
        .column_count = page->column_count,
        .group = page->group,
        .group_name = page->group_name,
        .width = 100,
        .height = page->group != NULL ? 60 : 0,
    };

    if (report.columns == NULL) {
        report.columns = (const char *const *)sheet->columns;
        report.column_count = columns;
    }
    report_text(&report, str);
}

static enum result write_out(const char *path, const struct str *bytes)
{
    enum result result = RESULT_OK;

    if (path != NULL) {
        result = outfile_write(path, bytes);
        if (result != 0)
            cli_say("写不了文件 %s：%s", path, result_words(result));
        return result;
    }
    if (fwrite(str_text(bytes), 1, bytes->length, stdout) != bytes->length || fflush(stdout) != 0) {
        cli_say("输出没有写完，请检查磁盘空间");
        return RESULT_IO;
    }
    return RESULT_OK;
}

bool output_is_json(const struct cli *cli)
{
    return cli_option(cli, "json") != NULL || strcmp(cli_text(cli, "format"), "json") == 0;
}

bool output_is_for_people(const struct cli *cli)
{
    const char *format = cli_text(cli, "format");

    return cli_option(cli, "excel") != NULL ||
           (!output_is_json(cli) && *format != '\0' && strcmp(format, "csv") != 0);
}

enum result output_bytes(struct cli *cli, const struct str *bytes)
{
    return write_out(cli_option(cli, "output"), bytes);
}

/** What is written: the same for all formats. */
struct output {
    struct cli *cli;
    const struct sheet *sheet;
    size_t columns;
    const struct output_page *page;
    struct csv_style style;
};

static enum result make_csv(const struct output *output, struct str *bytes)
{
    struct str text = {0};

    csv_add_sheet(&text, output->sheet, output->columns, true, &output->style);
    enum result result = csv_encode(&text, &output->style, bytes);
    str_free(&text);
    return result;
}

static enum result make_text(const struct output *output, struct str *bytes)
{
    add_text(bytes, output->sheet, output->columns, output->page);
    return RESULT_OK;
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

/** CSV that a spreadsheet program opens as it is meant. */
static enum result make_excel(const struct output *output, struct str *bytes)
{
    struct csv_style style = {.encoding = output->style.encoding, .bom = true};
    struct view view = {0};
    struct str text = {0};

    view_make(output->sheet, output->columns, output->page->naming, &view);
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

/** The name of the division that --area names; "" if it is not given. New string. */
static char *area_name(struct cli *cli)
{
    enum { CODE = 12 };
    const char *asked = cli_text(cli, "area");
    Wire__Areas areas = WIRE__AREAS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;
    char *name = mem_copy(asked);

    areas.all = true;
    request.what_case = WIRE__REQUEST__WHAT_AREAS;
    request.areas = &areas;
    if (*asked == '\0' || cli_call_sheet(cli, &request, &sheet) != 0)
        return name;
    for (size_t row = 0; row < sheet->row_count; row++) {
        const char *code = sheet_get(sheet, row, "code");
        size_t length = strlen(asked);
        if (strncmp(code, asked, length) == 0 && strspn(code + length, "0") == CODE - length)
            mem_replace(&name, sheet_get(sheet, row, "name"));
    }
    sheet_free(&sheet);
    return name;
}

static struct document *make_document(const struct output *output)
{
    const struct output_page *page = output->page;
    const Wire__Welcome *welcome = client_welcome(output->cli->client);
    struct document *document = document_new(output->cli->command->name, page->title);
    struct view view = {0};
    char stamp[STAMP_TEXT];
    char *area = area_name(output->cli);

    view_make(output->sheet, output->columns, page->naming, &view);
    struct sheet *sheet = view_sheet(&view);
    document_add_table(document, "rows", &sheet);
    fields_set(&document->facts, "area_name", area);
    fields_set(&document->facts, "basis", sheet_basis(output->sheet));
    fields_set(&document->facts, "heading.name", page->naming);
    fields_set(&document->facts, "printed_at", date_format_stamp((int64_t)time(NULL), stamp));
    fields_set(&document->facts, "printed_by",
               welcome->account != NULL ? welcome->account->name : "");
    free(area);
    view_free(&view);
    return document;
}

static enum result make_workbook(const struct output *output, struct str *bytes)
{
    char *message = NULL;

    if (cli_option(output->cli, "output") == NULL && isatty(STDOUT_FILENO) == 1) {
        cli_say("工作簿不能显示在终端上，请加 -o 文件.xlsx");
        return RESULT_USAGE;
    }
    struct document *document = make_document(output);
    enum result result = companion_make(document, "xlsx", bytes, &message);
    if (message != NULL)
        cli_say("%s", message);
    if (result == RESULT_CANTCREATE)
        cli_say("没有它也可以用 --excel 存成表格软件能打开的 CSV");
    free(message);
    document_free(&document);
    return result;
}

// ---- all formats

typedef enum result output_fn(const struct output *output, struct str *bytes);

static const struct {
    const char *name;
    output_fn *make;
} FORMATS[] = {
    {"csv", make_csv},
    {"text", make_text},
    {"json", make_json},
    {"xlsx", make_workbook},
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
        cli_say("不认识的格式：%s，可用 csv、text、json、xlsx", format);
    return NULL;
}

enum result output_sheet(struct cli *cli, const struct sheet *sheet, size_t columns,
                         const struct output_page *page)
{
    struct output output = {.cli = cli, .sheet = sheet, .columns = columns, .page = page};
    struct str bytes = {0};

    output.style.bom = cli_option(cli, "bom") != NULL;
    if (cli_option(cli, "encoding") != NULL &&
        csv_encoding_parse(cli_text(cli, "encoding"), &output.style.encoding) != 0) {
        cli_say("不认识的编码：%s，可用 utf-8、gb18030", cli_text(cli, "encoding"));
        return RESULT_USAGE;
    }
    output_fn *make = find_format(cli);
    enum result result = make != NULL ? make(&output, &bytes) : RESULT_USAGE;
    if (result == 0)
        result = write_out(cli_option(cli, "output"), &bytes);
    str_free(&bytes);
    return result;
}
