/**
 * doudi: the terminal program and its commands.
 *
 * `doudi [--home DIR] [--as 工号] [COMMAND …]`; no command = full screen. `doudi --restricted
 * [--files DIR]`, or doudi as a login shell: the full screen only (cli/restricted.h). This is the
 * only place of the program that decides an exit status.
 */
#include "base/encoding.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/plain.h"
#include "base/str.h"
#include "base/streams.h"
#include "base/text.h"
#include "base/version.h"
#include "cli/commands.h"
#include "cli/restricted.h"
#include "tui/tui.h"

#include <getopt.h>
#include <libintl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static void print_help(FILE *file)
{
    const struct cli_command *command = NULL;

    fputs(
        "用法：doudi [--home 目录] [--as 工号] [--linear | 命令 …]\n"
        "      doudi --restricted [--home 目录] [--files 目录]   只能全屏办理业务\n"
        "不带命令：全屏操作（--linear：供读屏软件用）。数据目录也可用环境变量 DOUDI_HOME 指定。\n\n"
        "命令：\n",
        file);
    for (size_t i = 0; (command = cli_command_at(i)) != NULL; i++)
        fprintf(file, "  %-13s %s\n", command->name, command->help);
    fputs("\n“doudi 命令 --help” 看命令的选项。\n", file);
}

/** Shows the progress of long work on a terminal. */
static void show_progress(uint64_t done, uint64_t total, const char *what, void *arg)
{
    (void)arg;
    if (isatty(STDERR_FILENO) == 0)
        return;
    char *plain = plain_copy(what, PLAIN_LINE);
    if (total > 0) {
        fprintf(stderr, "\r\033[K%s %llu/%llu", plain, (unsigned long long)done,
                (unsigned long long)total);
    } else {
        fprintf(stderr, "\r\033[K%s", plain);
    }
    free(plain);
    if (total == 0 ? what[0] == '\0' : done >= total)
        fputs("\r\033[K", stderr);
}

// ---- the command line

/** Says which option getopt_long() refused, in Chinese like all messages. */
static void say_bad_option(int option, char **argv)
{
    const char *name = argv[optind - 1];
    char letter[] = {'-', (char)optopt, '\0'};

    if (strncmp(name, "--", 2) != 0)
        name = letter; /* within a group of letters */
    if (option == ':')
        cli_say("%s 后面缺少内容，请补上", name);
    else
        cli_say("没有选项 %s，请看 doudi --help", name);
}

/** True for "-3". */
static bool is_negative(const char *text)
{
    return text[0] == '-' && text[1] != '\0' && text[1 + strspn(text + 1, "0123456789")] == '\0';
}

/** Where the options end: getopt() would take a negative number for one. */
static int end_of_options(const struct cli *cli, int argc, char **argv)
{
    bool number = cli->command->signed_numbers && argc > 1 && is_negative(argv[argc - 1]);

    return number ? argc - 1 : argc;
}

static enum result parse_options(struct cli *cli, int argc, char **argv)
{
    struct option longs[CLI_OPTIONS_MAX + 2] = {{0}};
    const struct cli_option *options = cli->command->options;
    size_t count = 0;
    int option = 0;
    int index = 0;

    for (; count < CLI_OPTIONS_MAX && options[count].name != NULL; count++) {
        longs[count].name = options[count].name;
        longs[count].has_arg = options[count].value != NULL ? required_argument : no_argument;
    }
    longs[count] = (struct option){.name = "help", .has_arg = no_argument, .val = 'h'};
    optind = 0;
    int end = end_of_options(cli, argc, argv);
    while ((option = getopt_long(end, argv, ":o:h", longs, &index)) != -1) {
        if (option == 0) {
            cli->values[index] = optarg != NULL ? optarg : "";
            if (cli->given_count < CLI_GIVEN_MAX)
                cli->given[cli->given_count++] =
                    (struct cli_given){longs[index].name, cli->values[index]};
        } else if (option == 'o') {
            for (index = 0; (size_t)index < count; index++)
                if (strcmp(options[index].name, "output") == 0)
                    cli->values[index] = optarg;
        } else {
            if (option != 'h')
                say_bad_option(option, argv);
            cli_usage(cli->command);
            cli->helped = option == 'h';
            return cli->helped ? RESULT_OK : RESULT_USAGE;
        }
    }
    if (cli_option(cli, "home") != NULL)
        cli->home = cli_option(cli, "home");
    cli->argument_count = (size_t)(argc - optind);
    cli->arguments = argv + optind;
    return RESULT_OK;
}

static enum result check_line(const struct cli *cli)
{
    const struct cli_command *command = cli->command;

    for (size_t i = 0; i < CLI_OPTIONS_MAX && command->options[i].name != NULL; i++) {
        if (command->options[i].required && cli->values[i] == NULL) {
            cli_say("缺少 --%s（%s）", command->options[i].name, command->options[i].help);
            cli_usage(command);
            return RESULT_USAGE;
        }
    }
    if (cli->argument_count < command->argument_min ||
        cli->argument_count > command->argument_max) {
        cli_say("参数个数不对，应按下面的写法");
        cli_usage(command);
        return RESULT_USAGE;
    }
    return RESULT_OK;
}

// ---- the connection

/** Reads a password from the terminal without showing it. New string. */
static char *ask_password(const char *officer)
{
    struct termios shown;
    struct termios hidden;
    char *line = NULL;
    size_t capacity = 0;

    if (tcgetattr(STDIN_FILENO, &shown) != 0)
        return NULL;
    hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    char *plain = plain_copy(officer, PLAIN_LINE);
    fprintf(stderr, "%s 的密码：", plain);
    free(plain);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    if (getline(&line, &capacity, stdin) < 0) {
        free(line);
        line = NULL;
    } else {
        line[strcspn(line, "\r\n")] = '\0';
    }
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    fputc('\n', stderr);
    return line;
}

/** Asks an officer who does not own the home for the password. */
static enum result log_in(struct cli *cli)
{
    Wire__Login login = WIRE__LOGIN__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    enum result result = RESULT_LOGIN;

    if (cli->as == NULL) {
        cli_say("请用 --as 工号 说明您是谁");
        return RESULT_LOGIN;
    }
    login.officer = (char *)(uintptr_t)cli->as;
    login.password = ask_password(cli->as);
    if (login.password == NULL) {
        cli_say("没有终端，输不了密码；请在终端里运行");
        return RESULT_LOGIN;
    }
    request.what_case = WIRE__REQUEST__WHAT_LOGIN;
    request.login = &login;
    result = cli_call(cli, &request, &response);
    client_response_free(&response);
    explicit_bzero(login.password, strlen(login.password));
    free(login.password);
    return result;
}

static enum result connect_server(struct cli *cli, bool create, bool system)
{
    const char *key = create ? cli_option(cli, "encrypt-key-file") : NULL;
    char *key_file = key != NULL ? paths_absolute(key) : NULL;
    struct client_options options = {
        .home = cli->home,
        .as_officer = cli->as,
        .as_system = system && cli->as == NULL,
        .never_starts = cli->files != NULL,
        .create = create,
        .key_file = key_file,
        .progress = show_progress,
    };
    char *message = NULL;
    enum result result = client_open(&options, &cli->client, &message);

    if (result != 0)
        cli_say("%s", message != NULL ? message : result_words(result));
    free(message);
    free(key_file);
    return result;
}

/** Monitoring takes a server that runs, and no session: sessions leave events. */
static enum result connect_to_watch(struct cli *cli)
{
    struct client_options options = {.home = cli->home, .watch = true};
    char *message = NULL;
    enum result result = client_open(&options, &cli->client, &message);

    if (result != 0)
        cli_say("%s", message != NULL ? message : result_words(result));
    free(message);
    return result == RESULT_NOSERVER ? RESULT_OK : result;
}

static enum result run_command(struct cli *cli)
{
    enum result result = RESULT_OK;

    if (cli->command->connect == CLI_WATCH && command_watches(cli)) {
        result = connect_to_watch(cli);
    } else if (cli->command->connect != CLI_ALONE) {
        result = connect_server(cli, cli->command->connect == CLI_CREATE, true);
        if (result == 0 && client_welcome(cli->client)->account == NULL)
            result = log_in(cli);
    }
    if (result == 0)
        result = cli->command->run(cli);
    client_close(&cli->client);
    return result;
}

static enum result run_screen(struct cli *cli)
{
    if (isatty(STDIN_FILENO) == 0 || isatty(STDOUT_FILENO) == 0) {
        cli_say("全屏操作需要终端；命令见 doudi --help");
        return RESULT_USAGE;
    }
    char *shipped = paths_data("forms");
    char *office = paths_office("forms");
    struct forms_folders folders = {.shipped = shipped, .office = office};
    char *message = NULL;
    enum result result = connect_server(cli, false, false);
    if (result == 0) {
        log_set_level(LOG_LEVEL_ERROR);
        if (cli->linear)
            (void)setenv("DOUDI_LINEAR", "1", 1); /* as the environment may say, too */
        result = tui_run(cli->client, &folders, cli->files, &message);
        if (result != 0 && message != NULL)
            cli_say("%s", message);
    }
    client_close(&cli->client);
    free(message);
    free(office);
    free(shipped);
    return result;
}

static enum result run_line(struct cli *cli, int argc, char **argv)
{
    enum result result = RESULT_OK;

    if (argc == 0)
        return run_screen(cli);
    if (cli->linear) {
        cli_say("--linear 只用于全屏操作，命令不要它");
        return RESULT_USAGE;
    }
    cli->command = cli_command_find(argv[0]);
    if (cli->command == NULL) {
        cli_say("没有命令“%s”，请用下面的", argv[0]);
        print_help(stderr);
        return RESULT_USAGE;
    }
    result = parse_options(cli, argc, argv);
    if (result == 0 && !cli->helped)
        result = check_line(cli);
    return result == 0 && !cli->helped ? run_command(cli) : result;
}

/** Commands print Chinese as UTF-8 in any locale. Widths and the system's messages need a locale;
 *  no other category is set, because each one is a file to read. */
static void set_locale(void)
{
    (void)encoding_set(NULL);
    (void)setlocale(LC_MESSAGES, "");
    (void)bind_textdomain_codeset("libc", "UTF-8"); /* what strerror() answers */
}

/** Options that stand before the command. */
struct start {
    const char *home, *command, *files;
    bool restricted;
    bool linear; /* the screens are for a screen reader */
};

/** A start that only has the full screen. */
static enum result run_restricted(struct cli *cli, const struct start *start, int argc)
{
    char *files = NULL;
    enum result result = restricted_begin(start->command, start->files, &files);

    if (result == 0 && (argc > 0 || cli->as != NULL)) {
        cli_say("--restricted 只能全屏办理业务，不能带命令或 --as");
        result = RESULT_USAGE;
    }
    set_locale();
    cli->files = files;
    if (result == 0)
        result = run_screen(cli);
    free(files);
    return result;
}

/** Runs what the line asks for. */
static enum result run_start(struct cli *cli, const struct start *start, int argc, char **argv)
{
    cli->linear = start->linear;
    if (start->restricted)
        return run_restricted(cli, start, argc);
    if (start->command != NULL || start->files != NULL) {
        cli_say("没有选项 %s，请看 doudi --help",
                start->command != NULL ? "-c" : "--files（只和 --restricted 一起用）");
        return RESULT_USAGE;
    }
    set_locale();
    return run_line(cli, argc, argv);
}

/** Reads the options before the command. */
static enum result run(int argc, char **argv)
{
    static const struct option longs[] = {
        {"home", required_argument, NULL, 'H'}, {"as", required_argument, NULL, 'a'},
        {"restricted", no_argument, NULL, 'r'}, {"files", required_argument, NULL, 'f'},
        {"linear", no_argument, NULL, 'l'},     {"help", no_argument, NULL, 'h'},
        {"version", no_argument, NULL, 'v'},    {0},
    };
    struct cli cli = {0};
    struct start start = {.restricted = restricted_is_login(argv[0])};
    char *owned = NULL;
    enum result result = RESULT_OK;
    int option = 0;

    opterr = 0;
    while ((option = getopt_long(argc, argv, "+:hc:", longs, NULL)) != -1) {
        switch (option) {
        case 'H':
            start.home = optarg;
            break;
        case 'a':
            cli.as = optarg;
            break;
        case 'r':
            start.restricted = true;
            break;
        case 'l':
            start.linear = true;
            break;
        case 'c':
            start.command = optarg;
            break;
        case 'f':
            start.files = optarg;
            break;
        case 'h':
            print_help(stdout);
            return RESULT_OK;
        case 'v':
            puts(version_text());
            return RESULT_OK;
        default:
            say_bad_option(option, argv);
            print_help(stderr);
            return RESULT_USAGE;
        }
    }
    owned = start.restricted && start.home == NULL ? mem_copy(PATHS_SYSTEM_HOME)
                                                   : paths_home(start.home);
    cli.home = owned;
    if (text_has_control(owned)) {
        cli_say("数据目录的路径里有换行或别的控制字符，请换一个目录");
        result = RESULT_USAGE;
    } else {
        result = run_start(&cli, &start, argc - optind, argv + optind);
    }
    free(owned);
    return result;
}

int main(int argc, char **argv)
{
    enum result result = RESULT_IO;
    enum result written = RESULT_OK;
    /* Without a place for messages no command is run: nobody would hear how it went. */
    bool told = streams_open();

    signal(SIGPIPE, SIG_IGN);
    log_set_level(LOG_LEVEL_WARN);
    if (told)
        result = run(argc, argv);
    else
        cli_say("标准输出已关闭，命令没有执行；请打开再运行");
    written = streams_finish();
    if (written != 0 && result == 0 && streams_is_cut()) {
        streams_end_cut();
        result = written;
    } else if (written != 0 && result == 0) {
        cli_say("命令已执行，但输出没有写完：%s", result_words(written));
        result = written;
    }
    return result_exit(result);
}
