/**
 * Writes a command's table as CSV, JSON, text and PDF for paper, or a workbook, to stdout or a
 * file.
 *
 * The options are the same for every command that prints a table: --format
 * csv|text|pdf|json|xlsx, --width, --json, --excel, --encoding, --bom, -o FILE. CSV and JSON have the contract's columns; --excel
 * and the workbook those that people read (report/view.h).
 */
#ifndef DOUDI_CLI_OUTPUT_H
#define DOUDI_CLI_OUTPUT_H

#include "base/str.h"
#include "cli/cli.h"
#include "report/document.h"

/** Rows of the option table that every printing command has. */
#define CLI_OUTPUT_OPTIONS                                                                         \
    {"format", "csv|text|pdf|json|xlsx", "输出格式，默认 csv；text 和 pdf 打印用，xlsx 是工作簿",  \
     false},                                                                                       \
        {"width", "80|132", "text 的宽度，默认 132 列", false},                                    \
        {"json", NULL, "同 --format json", false},                                                 \
        {"encoding", "utf-8|gb18030", "CSV 的编码，默认 utf-8", false},                            \
        {"excel", NULL, "给 Excel、WPS 的 CSV：中文列名，证件号等长号码和开头的零不走样", false},  \
        {"bom", NULL, "CSV 前加 BOM", false},                                                      \
    {                                                                                              \
        "output", "FILE", "写到文件（-o），默认标准输出", false                                    \
    }

/** What paper and workbooks need besides the sheet. */
struct output_page {
    const char *title;
    const char *naming; /**< heading of the column "name"; NULL if it is of a person */
    const char *layout; /**< of the print, from all columns of the sheet; NULL: "table", of the
                             columns that people read */
    const char *area;   /**< whose list it is; NULL or "": the one asked for */
    const char *what;   /**< its id in the history; NULL: printing it is no event */
    /** Adds tables and facts that the layout has besides, from `arg`; prints why if it cannot.
     *  NULL = none. */
    enum result (*add_more)(struct cli *cli, struct document *document, const void *arg);
    const void *arg;
};

/** Writes the sheet's first `columns` columns as the options say. */
enum result output_sheet(struct cli *cli, const struct sheet *sheet, size_t columns,
                         const struct output_page *page);
/** Asks for a sheet and writes it so. */
enum result output_request(struct cli *cli, Wire__Request *request, size_t columns,
                           const struct output_page *page);
/** For `add_more`: the programme as the list calls it, if one was asked for. */
enum result output_add_kind(struct cli *cli, struct document *document, const void *arg);
/** True if people will read it: then words stand in it, not the ids of programs. */
bool output_is_for_people(const struct cli *cli);
/** Sends a request whose answer is a sheet, and writes all of that. */
enum result output_answer(struct cli *cli, Wire__Request *request, const struct output_page *page);
/** True if it is for paper: --format text or pdf. */
bool output_is_paper(const struct cli *cli);
/** True if --json or --format json was given. */
bool output_is_json(const struct cli *cli);
/** Writes to standard output, and says what went wrong. RESULT_OK if its reader has gone, too: main()
 *  sees that from the stream. */
enum result output_stdout(const struct str *bytes);
/** Writes a text where the options say. */
enum result output_bytes(struct cli *cli, const struct str *bytes);

#endif
