/**
 * Writes a command's table as CSV, JSON or laid-out text, to stdout or a file.
 *
 * The options are the same for every command that prints a table: --format csv|text|json, --json,
 * --encoding, --bom, -o FILE.
 */
#ifndef DOUDI_CLI_OUTPUT_H
#define DOUDI_CLI_OUTPUT_H

#include "base/str.h"
#include "cli/cli.h"

/** Rows of the option table that every printing command has. */
#define CLI_OUTPUT_OPTIONS                                                                         \
    {"format", "csv|text|json", "输出格式，默认 csv", false},                                      \
        {"json", NULL, "同 --format json", false},                                                 \
        {"encoding", "utf-8|gb18030", "CSV 的编码，默认 utf-8", false},                            \
        {"bom", NULL, "CSV 前加 BOM，便于表格软件打开", false},                                    \
    {                                                                                              \
        "output", "FILE", "写到文件（-o），默认标准输出", false                                    \
    }

/** What text output needs besides the sheet. */
struct output_page {
    const char *title;
    const char *subtitle;
    const char *const *columns; /**< ids to print */
    size_t column_count;
    const char *group, *group_name;
};

/** Writes the sheet's first `columns` columns as the options say. */
enum result output_sheet(struct cli *cli, const struct sheet *sheet, size_t columns,
                         const struct output_page *page);
/** True if --json or --format json was given. */
bool output_is_json(const struct cli *cli);
/** Writes a text where the options say. */
enum result output_bytes(struct cli *cli, const struct str *bytes);

#endif
