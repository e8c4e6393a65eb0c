/**
 * doudid: serves a home, or works on a home that no server has open.
 */
#include "base/log.h"
#include "base/paths.h"
#include "base/streams.h"
#include "base/text.h"
#include "base/version.h"
#include "server/maintain.h"
#include "server/serve.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <locale.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum option_id {
    OPTION_HOME = 256,
    OPTION_SOCKET,
    OPTION_CREATE,
    OPTION_IDLE_EXIT,
    OPTION_READY_FD,
    OPTION_CACHE,
    OPTION_KEY_FILE,
    OPTION_NEW_KEY_FILE,
    OPTION_RESTORE,
    OPTION_LOGS,
    OPTION_UNTIL,
    OPTION_VERIFY,
    OPTION_REKEY,
    OPTION_EXTRACT,
    OPTION_SIGN_WITH,
    OPTION_SIGN_CERT,
    OPTION_SEAL_TO,
    OPTION_CIPHER,
    OPTION_SERVED,
    OPTION_FULL,
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
    {"cache", required_argument, NULL, OPTION_CACHE},
    {"key-file", required_argument, NULL, OPTION_KEY_FILE},
    {"new-key-file", required_argument, NULL, OPTION_NEW_KEY_FILE},
    {"restore", required_argument, NULL, OPTION_RESTORE},
    {"logs", required_argument, NULL, OPTION_LOGS},
    {"until", required_argument, NULL, OPTION_UNTIL},
    {"verify", no_argument, NULL, OPTION_VERIFY},
    {"rekey", no_argument, NULL, OPTION_REKEY},
    {"extract", required_argument, NULL, OPTION_EXTRACT},
    {"sign-with", required_argument, NULL, OPTION_SIGN_WITH},
    {"sign-cert", required_argument, NULL, OPTION_SIGN_CERT},
    {"seal-to", required_argument, NULL, OPTION_SEAL_TO},
    {"cipher", required_argument, NULL, OPTION_CIPHER},
    {"served", required_argument, NULL, OPTION_SERVED},
    {"full", no_argument, NULL, OPTION_FULL},
    {"debug", no_argument, NULL, OPTION_DEBUG},
    {"help", no_argument, NULL, OPTION_HELP},
    {"version", no_argument, NULL, OPTION_VERSION},
    {0},
};

enum { CACHE_MOST_MIB = 1024 * 1024 };

static const char HELP[] =
    "用法: doudid --home 目录 [--key-file 文件] [--socket 路径] [--create] [--idle-exit 秒]\n"
    "              [--cache MiB] [--debug]\n"
    "      doudid --restore 备份目录 --home 新目录 [--logs 目录 [--until 时刻]]\n"
    "             [--key-file 文件] [--new-key-file 文件]\n"
    "      doudid --verify --home 目录 [--key-file 文件]\n"
    "      doudid --rekey --home 目录 --new-key-file 文件 [--key-file 文件]\n"
    "      doudid --extract 输出目录 --restore 备份目录 --home 临时目录\n"
    "             [--key-file 文件] [--sign-with 私钥 [--sign-cert 证书]]\n"
    "             [--seal-to 证书]… [--cipher aes256|sm4] [--served 数据目录] [--full]";

struct arguments {
    struct serve_options serve;
    struct maintain maintain; /**< only the options that `serve` does not have */
    bool verify, rekey;
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

/** Where the text of a maintenance option goes; NULL for an option that is no plain text. */
static const char **find_text(int option, struct arguments *arguments)
{
    struct maintain *maintain = &arguments->maintain;

    switch (option) {
    case OPTION_KEY_FILE:
        return &arguments->serve.key_file;
    case OPTION_NEW_KEY_FILE:
        return &maintain->new_key_file;
    case OPTION_RESTORE:
        return &maintain->backup;
    case OPTION_LOGS:
        return &maintain->logs;
    case OPTION_UNTIL:
        return &maintain->until;
    case OPTION_EXTRACT:
        return &maintain->extract;
    case OPTION_SIGN_WITH:
        return &maintain->seal.sign_key;
    case OPTION_SIGN_CERT:
        return &maintain->seal.sign_certificate;
    case OPTION_CIPHER:
        return &maintain->seal.cipher;
    case OPTION_SERVED:
        return &maintain->served;
    case OPTION_SEAL_TO:
        return maintain->seal.receiver_count < SEAL_RECEIVERS
                   ? &maintain->seal.receivers[maintain->seal.receiver_count++]
                   : NULL;
    default:
        return NULL;
    }
}

static enum result parse_option(int option, struct arguments *arguments)
{
    const char **text = find_text(option, arguments);

    if (text != NULL) {
        *text = optarg;
        return RESULT_OK;
    }
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
    case OPTION_CACHE:
        return parse_number(optarg, CACHE_MOST_MIB, &arguments->serve.cache_mib);
    case OPTION_IDLE_EXIT:
        return parse_number(optarg, INT_MAX / 1000, &arguments->serve.idle_exit);
    case OPTION_READY_FD:
        return parse_number(optarg, INT_MAX, &arguments->serve.ready_fd);
    case OPTION_VERIFY:
        arguments->verify = true;
        return RESULT_OK;
    case OPTION_FULL:
        arguments->maintain.full = true;
        return RESULT_OK;
    case OPTION_REKEY:
        arguments->rekey = true;
        return RESULT_OK;
    case OPTION_DEBUG:
        log_set_level(LOG_LEVEL_DEBUG);
        return RESULT_OK;
    case OPTION_HELP:
        arguments->print = HELP;
        return RESULT_OK;
    case OPTION_VERSION:
        arguments->print = version_text();
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
    struct maintain ask = arguments->maintain;

    ask.home = arguments->serve.home;
    ask.key_file = arguments->serve.key_file;
    if (ask.extract != NULL)
        return ask.backup != NULL ? maintain_extract(&ask) : RESULT_USAGE;
    ask.speaker = program_invocation_short_name;
    if (ask.backup != NULL)
        return maintain_restore(&ask);
    if (arguments->rekey)
        return ask.new_key_file != NULL ? maintain_rekey(&ask) : RESULT_USAGE;
    if (arguments->verify)
        return maintain_verify(&ask);
    return serve_home(&arguments->serve, ret_unfinished);
}

/** Every request takes and frees memory. To give it back to the system each time costs more than
 *  the request, so malloc keeps it. Each arena keeps some, and has holes; eight arenas per
 *  processor, the default, are no quicker than two. */
static void keep_memory(void)
{
    enum { KEPT = 4 * 1024 * 1024, TAKEN = 1024 * 1024, ARENAS_OF_PROCESSOR = 2 };
    long processors = sysconf(_SC_NPROCESSORS_ONLN);

    mallopt(M_TRIM_THRESHOLD, KEPT);
    mallopt(M_TOP_PAD, TAKEN);
    mallopt(M_ARENA_MAX, ARENAS_OF_PROCESSOR * (processors > 0 ? (int)processors : 1));
}

/** malloc keeps seven freed blocks of each of 64 sizes for each thread, up to 230 kB, and every
 *  terminal has a thread. It reads the number only from the environment when the program starts, so
 *  the program starts itself once more. If that fails, it serves with more memory. */
static void keep_less_for_threads(char **argv)
{
    static const char NAME[] = "GLIBC_TUNABLES";
    char *self;

    if (getenv(NAME) != NULL || setenv(NAME, "glibc.malloc.tcache_count=1", 0) != 0)
        return;
    self = paths_self();
    if (self != NULL)
        execv(self, argv);
    free(self);
}

/** A core file would hold names, ID numbers and the key. */
static void keep_no_core(void)
{
    const struct rlimit none = {0};

    (void)setrlimit(RLIMIT_CORE, &none);
}

int main(int argc, char **argv)
{
    struct arguments arguments = {.serve = {.ready_fd = -1}};
    bool unfinished = false;
    char *home = NULL;
    enum result result;

    (void)streams_open();
    setlocale(LC_ALL, "");
    umask(077);
    keep_no_core();
    keep_memory();
    result = parse_arguments(argc, argv, &arguments);
    if (result == 0 && arguments.print != NULL) {
        puts(arguments.print);
    } else if (result == 0) {
        keep_less_for_threads(argv);
        home = paths_home(arguments.serve.home);
        arguments.serve.home = home;
        result = text_has_control(home) ? RESULT_USAGE : run(&arguments, &unfinished);
    }
    if (result == RESULT_USAGE)
        fputs(HELP, stderr);
    if (unfinished)
        _exit(result_exit(result));
    free(home);
    if (result == 0)
        result = streams_finish();
    return result_exit(result);
}
