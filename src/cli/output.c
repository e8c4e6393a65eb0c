#include "cli/output.h"

#include "base/mem.h"
#include "base/outfile.h"
#include "base/plain.h"
#include "base/text.h"
#include "exchange/csv.h"
#include "report/text.h"

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

enum result output_bytes(struct cli *cli, const struct str *bytes)
{
    return write_out(cli_option(cli, "output"), bytes);
}

enum result output_sheet(struct cli *cli, const struct sheet *sheet, size_t columns,
                         const struct output_page *page)
{
    const char *format = output_is_json(cli) ? "json" : cli_text(cli, "format");
    struct csv_style style = {.bom = cli_option(cli, "bom") != NULL};
    struct str text = {0};
    struct str bytes = {0};
    enum result result = RESULT_USAGE;

    if (cli_option(cli, "encoding") != NULL &&
        csv_encoding_parse(cli_text(cli, "encoding"), &style.encoding) != 0) {
        cli_say("不认识的编码：%s，可用 utf-8、gb18030", cli_text(cli, "encoding"));
        return RESULT_USAGE;
    }
    if (format[0] == '\0' || strcmp(format, "csv") == 0) {
        csv_add_sheet(&text, sheet, columns, true, &style);
        result = csv_encode(&text, &style, &bytes);
    } else if (strcmp(format, "json") == 0) {
        add_json(&bytes, sheet, columns);
        result = RESULT_OK;
    } else if (strcmp(format, "text") == 0) {
        add_text(&bytes, sheet, columns, page);
        result = RESULT_OK;
    } else {
        cli_say("不认识的格式：%s，可用 csv、text、json", format);
    }
    if (result == 0)
        result = write_out(cli_option(cli, "output"), &bytes);
    str_free(&text);
    str_free(&bytes);
    return result;
}
