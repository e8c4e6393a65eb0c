/**
 * Writes a command's table as CSV, JSON, laid-out text or a workbook, to stdout or a file.
 *
 * The options are the same for every command that prints a table: --format csv|text|json|xlsx,
 * --json, --excel, --encoding, --bom, -o FILE. CSV and JSON have the contract's columns; --excel
 * and the workbook those that people read (cli/view.h).
 */
#ifndef DOUDI_CLI_OUTPUT_H
#define DOUDI_CLI_OUTPUT_H

#include "base/str.h"
#include "cli/cli.h"

/** Rows of the option table that every printing command has. */
#define CLI_OUTPUT_OPTIONS                                                                         \
    {"format", "csv|text|json|xlsx", "输出格式，默认 csv；xlsx 是工作簿", false},                  \
        {"json", NULL, "同 --format json", false},                                                 \
        {"encoding", "utf-8|gb18030", "CSV 的编码，默认 utf-8", false},                            \
        {"excel", NULL, "给 Excel、WPS 的 CSV：中文列名，证件号等长号码和开头的零不走样", false},  \
        {"bom", NULL, "CSV 前加 BOM", false},                                                      \
    {                                                                                              \
        "output", "FILE", "写到文件（-o），默认标准输出", false                                    \
    }

/** What text output needs besides the sheet. */
struct output_page {
    const char *title;
    const char *subtitle;
    const char *naming;         /**< heading of the column "name"; NULL if it is of a person */
    const char *const *columns; /**< ids to print */
    size_t column_count;
    const char *group, *group_name;
};

/** Writes the sheet's first `columns` columns as the options say. */
enum result output_sheet(struct cli *cli, const struct sheet *sheet, size_t columns,
                         const struct output_page *page);
/** True if people will read it: then ids and words of programs are not for it. */
bool output_is_for_people(const struct cli *cli);
/** True if --json or --format json was given. */
bool output_is_json(const struct cli *cli);
/** Writes a text where the options say. */
enum result output_bytes(struct cli *cli, const struct str *bytes);

#endif
