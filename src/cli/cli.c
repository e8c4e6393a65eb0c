#include "cli/cli.h"

#include "wire/pages.h"

#include "base/encoding.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/plain.h"
#include "base/str.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *cli_option(const struct cli *cli, const char *name)
{
    const struct cli_option *options = cli->command->options;

    for (size_t i = 0; i < CLI_OPTIONS_MAX && options[i].name != NULL; i++)
        if (strcmp(options[i].name, name) == 0)
            return cli->values[i];
    return NULL;
}

const char *cli_option_nth(const struct cli *cli, const char *name, size_t nth)
{
    for (size_t i = 0; i < cli->given_count; i++)
        if (strcmp(cli->given[i].name, name) == 0 && nth-- == 0)
            return cli->given[i].value;
    return NULL;
}

char *cli_text(const struct cli *cli, const char *name)
{
    const char *value = cli_option(cli, name);

    return (char *)(value != NULL ? value : "");
}

/** Prints text as plain text: it comes from the server or the command line and goes to a
 *  terminal. Messages are for people and in the terminal's encoding; data are always UTF-8. */
__attribute__((format(printf, 3, 0))) static void print_plain(FILE *stream, const char *begin,
                                                              const char *format, va_list args)
{
    struct str words = {0};
    struct str plain = {0};

    str_vprintf(&words, format, args);
    plain_add(&plain, str_text(&words), PLAIN_LINES);
    if (stream == stderr && isatty(STDERR_FILENO) != 0) {
        char *encoded = encoding_words(str_text(&plain));
        fprintf(stream, "%s%s\n", begin, encoded);
        free(encoded);
    } else {
        fprintf(stream, "%s%s\n", begin, str_text(&plain));
    }
    str_free(&words);
    str_free(&plain);
}

void cli_say(const char *format, ...)
{
    va_list args;

    fputs(log_priority(LOG_LEVEL_ERROR), stderr);
    va_start(args, format);
    print_plain(stderr, "doudi: ", format, args);
    va_end(args);
}

void cli_say_lines(const char *text)
{
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");

        cli_say("%.*s", (int)length, text);
        text += length + (text[length] == '\n');
    }
}

void cli_print(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    print_plain(stdout, "", format, args);
    va_end(args);
}

void cli_usage(const struct cli_command *command)
{
    struct str text = {0};

    str_printf(&text, "用法: doudi [--home 目录] [--as 工号] %s%s%s", command->name,
               command->arguments[0] != '\0' ? " " : "", command->arguments);
    for (size_t i = 0; i < CLI_OPTIONS_MAX && command->options[i].name != NULL; i++) {
        const struct cli_option *option = &command->options[i];
        str_printf(&text, option->required ? " --%s%s%s" : " [--%s%s%s]", option->name,
                   option->value != NULL ? " " : "", option->value != NULL ? option->value : "");
    }
    str_printf(&text, "\n%s\n", command->help);
    for (size_t i = 0; i < CLI_OPTIONS_MAX && command->options[i].name != NULL; i++)
        str_printf(&text, "  --%-16s %s\n", command->options[i].name, command->options[i].help);
    fputs(str_text(&text), stderr);
    str_free(&text);
}

/** True if the sentence is the first problem's own, so that it would be told twice. */
static bool is_first_problem(const char *words, const Wire__Response *response)
{
    const char *text =
        response != NULL && response->n_problems > 0 ? response->problems[0]->text : "";
    size_t length = strlen(text);

    return length > 0 && strncmp(words, text, length) == 0 &&
           (words[length] == '\0' || strcmp(words + length, "。") == 0);
}

/** Prints the answer's sentence and, below it, each problem. */
static void say_failure(enum result result, const Wire__Response *response)
{
    const char *words = client_words(result, response);

    if (!is_first_problem(words, response))
        cli_say("%s", words);
    for (size_t i = 0; response != NULL && i < response->n_problems; i++) {
        const Wire__Problem *problem = response->problems[i];
        cli_say("  %s%s%s", problem->value, problem->value[0] != '\0' ? "：" : "", problem->text);
    }
}

enum result cli_call(struct cli *cli, Wire__Request *request, Wire__Response **ret_response)
{
    Wire__Response *response = NULL;
    enum result result = client_call(cli->client, request, &response);

    if (result != 0 && result != RESULT_PARTIAL) {
        say_failure(result, response);
        client_response_free(&response);
        return result;
    }
    *ret_response = response;
    return result;
}

/** `ret_more`: whether another page follows, which `pages` then says. `speaks`: prints the answer's sentence, as for the first page of a list. */
static enum result call_sheet(struct cli *cli, Wire__Request *request, bool speaks,
                              struct pages *pages, bool *ret_more, struct sheet **ret_sheet)
{
    Wire__Response *response = NULL;
    enum result result = cli_call(cli, request, &response);

    if (result != 0)
        return result;
    if (response->what_case != WIRE__RESPONSE__WHAT_SHEET) {
        cli_say("%s", result_words(RESULT_PROTOCOL));
        result = RESULT_PROTOCOL;
    } else {
        *ret_sheet = wire_sheet_read(response->sheet);
        *ret_more = pages_take(pages, response);
        if (speaks && response->message[0] != '\0')
            cli_say("%s", response->message);
    }
    client_response_free(&response);
    return result;
}

enum result cli_call_words(struct cli *cli, Wire__Request *request)
{
    Wire__Response *response = NULL;
    enum result result = cli_call(cli, request, &response);

    if (result == 0)
        cli_print("%s", client_words(result, response));
    client_response_free(&response);
    return result;
}

enum result cli_call_sheet(struct cli *cli, Wire__Request *request, struct sheet **ret_sheet)
{
    struct pages pages = {0};
    bool more;
    enum result result = call_sheet(cli, request, true, &pages, &more, ret_sheet);

    pages_free(&pages, request, NULL);
    return result;
}

enum result cli_call_pages(struct cli *cli, Wire__Request *request, char **after,
                           struct sheet **ret_sheet)
{
    struct sheet *whole = NULL;
    struct pages pages = {0};
    bool more = false;
    enum result result = RESULT_OK;

    do {
        struct sheet *page = NULL;

        pages_ask(&pages, request, after);
        result = call_sheet(cli, request, whole == NULL, &pages, &more, &page);
        if (result != 0)
            break;
        if (whole == NULL)
            whole = page;
        else
            sheet_append(whole, &page);
    } while (more);
    pages_free(&pages, request, after);
    if (result == 0)
        *ret_sheet = whole;
    else
        sheet_free(&whole);
    return result;
}

enum result cli_read_line(const char *path, char **ret_line)
{
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length = 0;

    if (file == NULL) {
        cli_say("打不开文件 %s：%s；请核对文件名和权限", path, result_reason(errno));
        return RESULT_NOINPUT;
    }
    length = getline(&line, &capacity, file);
    fclose(file);
    if (length <= 0) {
        free(line);
        cli_say("文件 %s 是空的，请核对文件", path);
        return RESULT_NOINPUT;
    }
    line[strcspn(line, "\r\n")] = '\0';
    *ret_line = line;
    return RESULT_OK;
}
