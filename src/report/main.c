/* doudi-report: lays a document (report/document.h) out for paper, or makes a workbook of it. */
#include "base/mem.h"
#include "base/outfile.h"
#include "base/streams.h"
#include "base/text.h"
#include "base/version.h"
#include "report/document.h"
#include "report/pdf.h"
#include "report/spreadsheet.h"
#include "report/text.h"

#include <getopt.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* Pango keeps fonts until the program's end; the leak checker of the sanitizers asks for this by its
 * name. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}

enum { WIDTH_MIN = 40, WIDTH_MAX = 400 };

static const char HELP[] =
    "用法: doudi-report --format pdf|text|xlsx [--width 80|132] [-o 文件]\n"
    "从标准输入读要打印的内容，写成 A4 的 PDF、宽 80、132 列的文本，或工作簿；\n"
    "默认写到标准输出。\n"
    "一般由 doudi 启动，不用直接使用。\n";

struct arguments {
    const struct format *format;
    int width;          /**< columns of text */
    const char *output; /**< NULL: standard output */
    const char *print;  /**< text to print instead of doing anything */
};

// ---- formats

static enum result write_pdf(const struct document *document, const struct arguments *arguments,
                             struct str *ret_bytes, char **ret_message)
{
    (void)arguments;
    return pdf_write(document, ret_bytes, ret_message);
}

static enum result write_text(const struct document *document, const struct arguments *arguments,
                              struct str *ret_bytes, char **ret_message)
{
    (void)ret_message;
    text_document(document, arguments->width, TEXT_HEIGHT, ret_bytes);
    return RESULT_OK;
}

static enum result write_xlsx(const struct document *document, const struct arguments *arguments,
                              struct str *ret_bytes, char **ret_message)
{
    (void)arguments;
    return spreadsheet_write(document, ret_bytes, ret_message);
}

static const struct format {
    const char *name;
    /** RESULT_PARTIAL: written, with words about it. */
    enum result (*write)(const struct document *document, const struct arguments *arguments,
                         struct str *ret_bytes, char **ret_message);
} FORMATS[] = {
    {"pdf", write_pdf},
    {"text", write_text},
    {"xlsx", write_xlsx},
};

static const struct format *find_format(const char *name)
{
    for (size_t i = 0; i < sizeof FORMATS / sizeof FORMATS[0]; i++)
        if (strcmp(FORMATS[i].name, name) == 0)
            return &FORMATS[i];
    return NULL;
}

// ---- the command line

static enum result parse_width(const char *text, int *ret_width)
{
    int64_t width = 0;

    if (text_to_int(text, WIDTH_MIN, WIDTH_MAX, &width) != 0)
        return RESULT_USAGE;
    *ret_width = (int)width;
    return RESULT_OK;
}

static enum result parse_option(int option, struct arguments *arguments)
{
    switch (option) {
    case 'f':
        arguments->format = find_format(optarg);
        return arguments->format != NULL ? RESULT_OK : RESULT_USAGE;
    case 'w':
        return parse_width(optarg, &arguments->width);
    case 'o':
        arguments->output = optarg;
        return RESULT_OK;
    case 'h':
        arguments->print = HELP;
        return RESULT_OK;
    case 'v':
        arguments->print = version_text();
        return RESULT_OK;
    default:
        return RESULT_USAGE;
    }
}

static enum result parse_arguments(int argc, char **argv, struct arguments *arguments)
{
    static const struct option options[] = {
        {"format", required_argument, NULL, 'f'}, {"width", required_argument, NULL, 'w'},
        {"output", required_argument, NULL, 'o'}, {"help", no_argument, NULL, 'h'},
        {"version", no_argument, NULL, 'v'},      {0}};
    enum result result = RESULT_OK;
    int option;

    while (result == 0 && (option = getopt_long(argc, argv, "o:h", options, NULL)) != -1)
        result = parse_option(option, arguments);
    if (result == 0 && arguments->print == NULL && (arguments->format == NULL || optind < argc))
        result = RESULT_USAGE;
    return result;
}

// ---- the work

static void say(const char *message)
{
    (void)fprintf(stderr, "%s\n", message);
}

static enum result write_out(const char *path, const struct str *bytes)
{
    enum result result = RESULT_OK;

    if (path != NULL)
        result = outfile_write(path, bytes);
    else if (fwrite(str_text(bytes), 1, bytes->length, stdout) != bytes->length)
        result = RESULT_IO;
    else
        result = streams_finish();
    if (result != 0)
        say(result_words(result));
    return result;
}

static enum result run(const struct arguments *arguments)
{
    struct document *document = NULL;
    struct str bytes = {0};
    char *message = NULL;
    enum result result = document_read(stdin, &document, &message);

    if (result == 0)
        result = arguments->format->write(document, arguments, &bytes, &message);
    if (message != NULL)
        say(message);
    if (result == 0 || result == RESULT_PARTIAL) {
        enum result written = write_out(arguments->output, &bytes);
        result = written != 0 ? written : result;
    }
    free(message);
    str_free(&bytes);
    document_free(&document);
    return result;
}

int main(int argc, char **argv)
{
    static const struct rlimit none = {0};
    struct arguments arguments = {.width = TEXT_WIDTH_WIDE};

    (void)streams_open();
    (void)setlocale(LC_CTYPE, "C.UTF-8");
    umask(077);
    (void)setrlimit(RLIMIT_CORE, &none); /* it would hold names */
    enum result result = parse_arguments(argc, argv, &arguments);
    if (result == RESULT_USAGE)
        (void)fputs(HELP, stderr);
    else if (arguments.print != NULL)
        (void)puts(arguments.print);
    else
        result = run(&arguments);
    return result_exit(result);
}
