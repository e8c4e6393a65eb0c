#include "cli/hook.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/plain.h"
#include "base/str.h"
#include "cli/cli.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MINUTE = 60, SAID_MOST = 4096, NOT_RUN = 127, STEP_MS = 100 };

/** A program that runs. */
struct hook {
    pid_t pid;
    int fd;          /**< what it prints */
    struct str line; /**< the unfinished last line */
    struct str last; /**< the last whole line */
    int seconds;     /**< how long it may run */
    time_t until;
};

// ---- which there are

static int is_program(const struct dirent *entry)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

    return entry->d_name[strspn(entry->d_name, allowed)] == '\0';
}

/** The programs' names, sorted; -1 without a folder. */
static int list_programs(const char *folder, struct dirent ***ret_entries)
{
    return folder != NULL ? scandir(folder, ret_entries, is_program, alphasort) : -1;
}

// ---- one of them

static void become(const char *path, const char *const arguments[], int out)
{
    const char *line[HOOK_ARGUMENTS + 2] = {path};

    for (size_t i = 0; i < HOOK_ARGUMENTS; i++)
        line[i + 1] = arguments[i];
    (void)setpgid(0, 0);
    (void)signal(SIGPIPE, SIG_DFL);
    (void)dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
    (void)dup2(out, STDOUT_FILENO);
    (void)dup2(out, STDERR_FILENO);
    execv(path, (char *const *)(uintptr_t)line);
    _exit(NOT_RUN);
}

static enum result start(struct hook *hook, const char *path, const char *const arguments[])
{
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) != 0)
        return RESULT_AGAIN;
    hook->pid = fork();
    if (hook->pid == 0)
        become(path, arguments, ends[1]);
    close(ends[1]);
    hook->fd = ends[0];
    hook->until = time(NULL) + hook->seconds;
    (void)setpgid(hook->pid, hook->pid); /* whoever of both comes first */
    if (hook->pid < 0)
        close(hook->fd);
    return hook->pid > 0 ? RESULT_OK : RESULT_AGAIN;
}

static void take_line(struct hook *hook)
{
    if (hook->line.length == 0)
        return;
    str_clear(&hook->last);
    str_add(&hook->last, str_text(&hook->line));
    cli_say("%s", str_text(&hook->line));
    str_clear(&hook->line);
}

static void take_said(struct hook *hook, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (bytes[i] == '\n')
            take_line(hook);
        else if (hook->line.length < SAID_MOST && bytes[i] != '\0')
            str_add_char(&hook->line, bytes[i]);
}

/** Passes on what it prints until it closes its output; false if its time is over. */
static bool follow(struct hook *hook)
{
    char part[1024];
    ssize_t got = 1;

    while (got != 0) {
        struct pollfd wait = {.fd = hook->fd, .events = POLLIN};
        if (time(NULL) >= hook->until)
            return false;
        if (poll(&wait, 1, STEP_MS) <= 0)
            continue;
        got = read(hook->fd, part, sizeof part);
        if (got > 0)
            take_said(hook, part, (size_t)got);
        else if (got < 0 && errno != EINTR)
            break;
    }
    take_line(hook);
    return true;
}

/** Waits for its end: it may close its output and go on. False if its time is over. */
static bool await(const struct hook *hook, int *ret_status)
{
    pid_t ended = 0;

    while ((ended = waitpid(hook->pid, ret_status, WNOHANG)) == 0 && time(NULL) < hook->until)
        (void)poll(NULL, 0, STEP_MS);
    return ended != 0;
}

/** Why it does not count as done; NULL = it does. New string. */
static char *explain(const struct hook *hook, const char *name, int status, bool in_time)
{
    const char *said = str_text(&hook->last);
    const char *colon = *said != '\0' ? "：" : "";

    if (!in_time)
        return mem_printf("%s 运行超过 %d %s，已停掉%s%s", name,
                          hook->seconds < MINUTE ? hook->seconds : hook->seconds / MINUTE,
                          hook->seconds < MINUTE ? "秒" : "分钟", colon, said);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return NULL;
    if (WIFSIGNALED(status))
        return mem_printf("%s 被信号 %d 停掉%s%s", name, WTERMSIG(status), colon, said);
    return mem_printf("%s 退出状态 %d%s%s", name, WEXITSTATUS(status), colon, said);
}

/** Runs it to its end. New string: why it failed; NULL = it handed the bundle over. */
static char *run_one(const char *folder, const char *name, const char *const arguments[],
                     int seconds)
{
    struct hook hook = {.seconds = seconds};
    char *path = paths_join(folder, name);
    char *fault;
    int status = 0;

    if (start(&hook, path, arguments) == 0) {
        bool in_time = follow(&hook) && await(&hook, &status);
        if (!in_time) {
            (void)kill(-hook.pid, SIGKILL);
            while (waitpid(hook.pid, &status, 0) < 0 && errno == EINTR)
                continue;
        }
        close(hook.fd);
        fault = explain(&hook, name, status, in_time);
    } else {
        fault = mem_printf("%s 启动不了：%s", name, result_reason(errno));
    }
    str_free(&hook.line);
    str_free(&hook.last);
    free(path);
    return fault;
}

enum result hook_run(const char *folder, const char *const arguments[HOOK_ARGUMENTS], int seconds,
                     char **ret_fault)
{
    struct dirent **entries = NULL;
    int count = list_programs(folder, &entries);
    char *fault = NULL;
    bool sent = false;

    for (int i = 0; i < count; i++) {
        char *path = paths_join(folder, entries[i]->d_name);
        if (!sent && access(path, X_OK) == 0) {
            free(fault);
            fault = run_one(folder, entries[i]->d_name, arguments, seconds);
            sent = fault == NULL;
        }
        free(path);
        free(entries[i]);
    }
    free(entries);
    if (!sent)
        *ret_fault = fault != NULL
                         ? fault
                         : mem_printf("%s 里没有可以运行的发送程序，请照运维手册“送出去”放一个",
                                      folder != NULL ? folder : "/etc/doudi/send.d");
    return sent ? RESULT_OK : RESULT_AGAIN;
}
