#include "wire/start.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* After a crash, recovery of a large home takes seconds; longer silence means a broken server. */
enum { READY_FD = 3, READY_SECONDS = 300, ARGUMENTS_MAX = 12 };

/** Runs between fork() and exec(): only calls that are safe there. Does not return. */
static void run_program(const char *const arguments[], int ready)
{
    static const int INHERITED[] = {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGALRM, SIGTERM, SIGCHLD};
    sigset_t none;
    int null = open("/dev/null", O_RDWR);

    setsid();
    /* Fork twice: the server is then no child of ours and leaves no zombie. */
    if (fork() != 0)
        _exit(0);
    for (size_t i = 0; i < sizeof INHERITED / sizeof INHERITED[0]; i++)
        signal(INHERITED[i], SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (ready == READY_FD)
        fcntl(READY_FD, F_SETFD, 0);
    else
        dup2(ready, READY_FD);
    for (int fd = 0; fd < READY_FD; fd++)
        dup2(null, fd);
    close_range(READY_FD + 1, ~0U, 0);
    if (chdir("/") == 0)
        execv(arguments[0], (char *const *)arguments);
    _exit(127);
}

/** Reads the pipe until it is closed. */
static char *read_report(int fd)
{
    struct str text = {0};
    char part[512];

    for (;;) {
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        int ready = poll(&wait, 1, READY_SECONDS * 1000);
        ssize_t got = ready > 0 ? read(fd, part, sizeof part) : ready;

        if (got > 0)
            str_add_bytes(&text, part, (size_t)got);
        else if (got == 0 || errno != EINTR)
            break;
    }
    return str_take(&text);
}

/** Reads start_report()'s "RESULT words". */
static enum result parse_report(const char *report, const char *program, char **ret_message)
{
    char *words = NULL;
    long result = strtol(report, &words, 10);

    if (words == report || result < 0 || result >= RESULT_COUNT_) {
        *ret_message =
            mem_printf("服务没有启动起来(%s)，请查看数据目录下的 log/doudid.log", program);
        return RESULT_NOSERVER;
    }
    if (result != 0)
        *ret_message = mem_copy(words[0] == ' ' ? words + 1 : words);
    return (enum result)result;
}

enum result start_server(const char *home, bool create, const char *key_file, char **ret_message)
{
    char *program = paths_program("doudid");
    char idle[16];
    char ready[16];
    const char *arguments[ARGUMENTS_MAX] = {
        program, "--home", home, "--idle-exit", idle, "--ready-fd", ready,
    };
    size_t count = 7;
    char *report = NULL;
    int ends[2];
    pid_t child;
    enum result result;

    if (access(program, X_OK) != 0) {
        *ret_message = mem_printf("找不到服务程序 %s，请重新安装", program);
        free(program);
        return RESULT_NOSERVER;
    }
    if (create)
        arguments[count++] = "--create";
    if (key_file != NULL) {
        arguments[count++] = "--key-file";
        arguments[count++] = key_file;
    }
    snprintf(idle, sizeof idle, "%d", START_IDLE_EXIT);
    snprintf(ready, sizeof ready, "%d", READY_FD);
    if (pipe2(ends, O_CLOEXEC) != 0) {
        free(program);
        *ret_message = mem_copy(result_words(RESULT_NOSERVER));
        return RESULT_NOSERVER;
    }
    child = fork();
    if (child == 0)
        run_program(arguments, ends[1]);
    close(ends[1]);
    while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
        continue;
    report = read_report(ends[0]);
    close(ends[0]);
    result = parse_report(report, program, ret_message);
    free(report);
    free(program);
    return result;
}

void start_report(int fd, enum result result, const char *words)
{
    char *report = mem_printf("%d %s", (int)result, words);
    size_t length = strlen(report);

    /* The starter may have gone: ignore that. */
    for (size_t done = 0; done < length;) {
        ssize_t written = write(fd, report + done, length - done);

        if (written > 0)
            done += (size_t)written;
        else if (errno != EINTR)
            break;
    }
    close(fd);
    free(report);
}
