/**
 * doudid — the server of a home, and the work that is done on a home without a server.
 */
#include "config.h"

#include "base/log.h"
#include "base/paths.h"
#include "base/text.h"
#include "server/maintain.h"
#include "server/serve.h"

#include <getopt.h>
#include <limits.h>
#include <locale.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum option_id {
    OPTION_HOME = 256,
    OPTION_SOCKET,
    OPTION_CREATE,
    OPTION_IDLE_EXIT,
    OPTION_READY_FD,
    OPTION_RESTORE,
    OPTION_VERIFY,
    OPTION_EXTRACT,
    OPTION_DATE,
    OPTION_DEBUG,
    OPTION_HELP,
    OPTION_VERSION
};

static const struct option OPTIONS[] = {
    {"home", required_argument, NULL, OPTION_HOME},
    {"socket", required_argument, NULL, OPTION_SOCKET},
    {"create", no_argument, NULL, OPTION_CREATE},
    {"idle-exit", required_argument, NULL, OPTION_IDLE_EXIT},
    {"ready-fd", required_argument, NULL, OPTION_READY_FD},
    {"restore", required_argument, NULL, OPTION_RESTORE},
    {"verify", no_argument, NULL, OPTION_VERIFY},
    {"extract", required_argument, NULL, OPTION_EXTRACT},
    {"date", required_argument, NULL, OPTION_DATE},
    {"debug", no_argument, NULL, OPTION_DEBUG},
    {"help", no_argument, NULL, OPTION_HELP},
    {"version", no_argument, NULL, OPTION_VERSION},
    {0},
};

static const char HELP[] =
    "用法: doudid --home 目录 [--socket 路径] [--create] [--idle-exit 秒]\n"
    "      doudid --restore 备份目录 --home 新目录\n"
    "      doudid --verify --home 目录\n"
    "      doudid --extract 输出目录 --restore 备份目录 --home 临时目录 [--date 日期]\n";

struct arguments {
    struct serve_options serve;
    const char *restore;
    const char *extract;
    const char *date;
    bool verify;
    const char *print; /**< text to print instead of doing anything */
};

static enum result parse_number(const char *text, int64_t max, int *ret_number)
{
    int64_t number;
    enum result result = text_to_int(text, 0, max, &number);

    if (result != 0)
        return RESULT_USAGE;
    *ret_number = (int)number;
    return RESULT_OK;
}

static enum result parse_option(int option, struct arguments *arguments)
{
    switch (option) {
    case OPTION_HOME:
        arguments->serve.home = optarg;
        return RESULT_OK;
    case OPTION_SOCKET:
        arguments->serve.socket = optarg;
        return RESULT_OK;
    case OPTION_CREATE:
        arguments->serve.create = true;
        return RESULT_OK;
    case OPTION_IDLE_EXIT:
        return parse_number(optarg, INT_MAX / 1000, &arguments->serve.idle_exit);
    case OPTION_READY_FD:
        return parse_number(optarg, INT_MAX, &arguments->serve.ready_fd);
    case OPTION_RESTORE:
        arguments->restore = optarg;
        return RESULT_OK;
    case OPTION_VERIFY:
        arguments->verify = true;
        return RESULT_OK;
    case OPTION_EXTRACT:
        arguments->extract = optarg;
        return RESULT_OK;
    case OPTION_DATE:
        arguments->date = optarg;
        return RESULT_OK;
    case OPTION_DEBUG:
        log_set_level(LOG_LEVEL_DEBUG);
        return RESULT_OK;
    case OPTION_HELP:
        arguments->print = HELP;
        return RESULT_OK;
    case OPTION_VERSION:
        arguments->print = PACKAGE_STRING "\n";
        return RESULT_OK;
    default:
        return RESULT_USAGE;
    }
}

static enum result parse_arguments(int argc, char **argv, struct arguments *arguments)
{
    enum result result = RESULT_OK;
    int option;

    while (result == 0 && (option = getopt_long(argc, argv, "", OPTIONS, NULL)) != -1)
        result = parse_option(option, arguments);
    return result == 0 && optind < argc ? RESULT_USAGE : result;
}

static enum result run(const struct arguments *arguments, bool *ret_unfinished)
{
    const char *home = arguments->serve.home;

    if (arguments->extract != NULL && arguments->restore != NULL)
        return maintain_extract(arguments->restore, home, arguments->extract, arguments->date);
    if (arguments->extract != NULL)
        return RESULT_USAGE;
    if (arguments->restore != NULL)
        return maintain_restore(arguments->restore, home);
    if (arguments->verify)
        return maintain_verify(home);
    return serve_home(&arguments->serve, ret_unfinished);
}

/** Memory comes and goes with every request, in every thread: given back to the system each time, it
 *  costs more than the request. */
static void keep_memory(void)
{
    enum { KEPT = 16 * 1024 * 1024, TAKEN = 1024 * 1024 };

    mallopt(M_TRIM_THRESHOLD, KEPT);
    mallopt(M_TOP_PAD, TAKEN);
}

int main(int argc, char **argv)
{
    struct arguments arguments = {.serve = {.ready_fd = -1}};
    bool unfinished = false;
    char *home = NULL;
    enum result result;

    setlocale(LC_ALL, "");
    umask(077);
    keep_memory();
    result = parse_arguments(argc, argv, &arguments);
    if (result == 0 && arguments.print != NULL) {
        fputs(arguments.print, stdout);
        return EXIT_SUCCESS;
    }
    if (result == 0) {
        home = paths_home(arguments.serve.home);
        arguments.serve.home = home;
        result = run(&arguments, &unfinished);
    }
    if (result == RESULT_USAGE)
        fputs(HELP, stderr);
    if (unfinished)
        _exit(result_exit(result));
    free(home);
    return result_exit(result);
}
