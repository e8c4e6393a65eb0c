#include "report/companion.h"

#include "base/child.h"
#include "base/mem.h"
#include "base/paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char PROGRAM[] = "doudi-report";

bool companion_is_installed(void)
{
    char *program = paths_program(PROGRAM);
    bool there = access(program, X_OK) == 0;

    free(program);
    return there;
}

/** The program's exit status as a result. */
static enum result result_of(int status)
{
    static const enum result results[] = {RESULT_OK, RESULT_PARTIAL, RESULT_INVALID};

    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++)
        if (status == result_exit(results[i]))
            return results[i];
    return RESULT_IO;
}

static enum result run(const struct child_order *order, struct str *ret_bytes, char **ret_message)
{
    enum { WAIT = 60 * 1000 };
    struct child *child = child_start(order);

    if (child == NULL) {
        *ret_message =
            mem_printf("找不到程序 %s，请系统管理员安装软件包 doudi-report", order->arguments[0]);
        return RESULT_CANTCREATE;
    }
    while (!child_step(child, WAIT))
        continue;
    enum result result = result_of(child_status(child));
    char *words = child_words(child);
    if (result == 0 || result == RESULT_PARTIAL) {
        *ret_bytes = *child_output(child);
        *child_output(child) = (struct str){0};
    } else if (*words == '\0') {
        free(words);
        words = mem_printf("%s 没有做完（%d），请再试一次", PROGRAM, child_status(child));
    }
    if (*words != '\0')
        *ret_message = words;
    else
        free(words);
    child_free(&child);
    return result;
}

enum result companion_make(const struct document *document, const char *format,
                           struct str *ret_bytes, char **ret_message)
{
    char *program = paths_program(PROGRAM);
    const char *const arguments[] = {program, "--format", format, NULL};
    struct child_order order = {.arguments = arguments, .most = (size_t)1 << 30};
    char *text = NULL;
    FILE *stream = open_memstream(&text, &order.length);
    enum result result = stream != NULL ? document_write(document, stream) : RESULT_IO;

    if (stream != NULL && fclose(stream) != 0 && result == 0)
        result = RESULT_IO;
    order.input = text;
    *ret_message = NULL;
    if (result == 0)
        result = run(&order, ret_bytes, ret_message);
    else
        *ret_message = mem_copy(result_words(result));
    free(text);
    free(program);
    return result;
}
