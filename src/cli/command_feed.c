/**
 * The feed command: becomes doudi-feed, so that this program does not load the database's library.
 */
#include "cli/commands.h"

#include "base/mem.h"
#include "base/paths.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** Replaces this process; returns only if that fails. */
static enum result become_feed(const char *const *arguments)
{
    char *program = paths_program("doudi-feed");

    execv(program, (char *const *)(uintptr_t)arguments);
    if (errno == ENOENT)
        cli_say("没有安装 %s，请先安装软件包 doudi-feed", program);
    else
        cli_say("启动不了 %s：%s；请系统管理员重装 doudi-feed", program, result_reason(errno));
    free(program);
    return RESULT_NOSERVER;
}

enum result command_feed(struct cli *cli)
{
    static const char *const passed[] = {"--after-gap", "--taken", "--check", "--schema"};
    static const char *const valued[] = {"--unseal-with", "--trust"};
    enum { PASSED = sizeof passed / sizeof passed[0], VALUED = sizeof valued / sizeof valued[0] };
    /* The name, the options, "--", the arguments, the end. */
    const char **arguments =
        mem_array(PASSED + 2 * VALUED + cli->argument_count + 3, sizeof *arguments);
    size_t count = 0;

    arguments[count++] = "doudi-feed";
    for (size_t i = 0; i < PASSED; i++)
        if (cli_option(cli, passed[i] + strlen("--")) != NULL)
            arguments[count++] = passed[i];
    for (size_t i = 0; i < VALUED; i++) {
        const char *value = cli_option(cli, valued[i] + strlen("--"));
        if (value == NULL)
            continue;
        arguments[count++] = valued[i];
        arguments[count++] = value;
    }
    arguments[count++] = "--";
    for (size_t i = 0; i < cli->argument_count; i++)
        arguments[count++] = cli->arguments[i];
    enum result result = become_feed(arguments);
    free(arguments);
    return result;
}
