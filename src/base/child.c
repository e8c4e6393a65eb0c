#include "base/child.h"

#include "base/mem.h"
#include "base/plain.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    SLICE = 10,            /* milliseconds between looks whether a silent program has ended */
    WORDS_MOST = 64 * 1024 /* bytes of errors that are kept */
};

extern char **environ;

struct child {
    pid_t pid; /* 0 once it has ended */
    int status;
    int in, out, error; /* our ends of its pipes, -1 once closed */
    const char *input;
    size_t length, most;
    struct str output, words;
};

static void close_end(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
    *fd = -1;
}

// ---- start

/** A pipe whose end `ours` does not block; the other one is for the program. */
static bool make_pipe(int ends[2], int ours)
{
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    (void)fcntl(ends[ours], F_SETFL, O_NONBLOCK);
    return true;
}

static int spawn(struct child *child, const struct child_order *order, const int theirs[3])
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t all;
    sigset_t none;
    int error;

    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawn_file_actions_init(&actions);
    if (theirs[0] >= 0)
        posix_spawn_file_actions_adddup2(&actions, theirs[0], STDIN_FILENO);
    else
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, theirs[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, theirs[2], STDERR_FILENO);
    error = posix_spawn(&child->pid, order->arguments[0], &actions, &attributes,
                        (char *const *)(uintptr_t)order->arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return error;
}

struct child *child_start(const struct child_order *order)
{
    struct child *child = mem_new(sizeof *child);
    int in[2] = {-1, -1};
    int out[2] = {-1, -1};
    int error[2] = {-1, -1};
    bool piped =
        (order->length == 0 || make_pipe(in, 1)) && make_pipe(out, 0) && make_pipe(error, 0);
    int failure = piped ? spawn(child, order, (const int[]){in[0], out[1], error[1]}) : errno;

    child->in = in[1];
    child->out = out[0];
    child->error = error[0];
    child->input = order->input;
    child->length = order->length;
    child->most = order->most;
    close_end(&in[0]);
    close_end(&out[1]);
    close_end(&error[1]);
    if (failure == 0)
        return child;
    child->pid = 0;
    child_free(&child);
    errno = failure;
    return NULL;
}

// ---- while it runs

static bool is_passing(ssize_t result)
{
    return result < 0 && (errno == EINTR || errno == EAGAIN);
}

/** Writes what the pipe takes; a program that does not read its input goes without. */
static void feed(struct child *child)
{
    while (child->in >= 0) {
        ssize_t put = child->length > 0 ? write(child->in, child->input, child->length) : 0;
        if (is_passing(put))
            return;
        if (put <= 0) {
            close_end(&child->in);
            return;
        }
        child->input += put;
        child->length -= (size_t)put;
    }
}

/** Reads what is there; of what would be more than `most` nothing is kept. False if there was
 *  such. */
static bool drain(int *fd, struct str *to, size_t most)
{
    bool kept = true;
    char block[16384];

    while (*fd >= 0) {
        ssize_t got = read(*fd, block, sizeof block);
        if (is_passing(got))
            return kept;
        if (got <= 0)
            close_end(fd);
        else if ((size_t)got > most - to->length)
            kept = false;
        else
            str_add_bytes(to, block, (size_t)got);
    }
    return kept;
}

/** Takes the status if the program has ended. */
static void reap(struct child *child, int options)
{
    int status = 0;
    pid_t ended;

    while ((ended = waitpid(child->pid, &status, options)) < 0 && errno == EINTR)
        continue;
    if (ended == 0)
        return;
    child->pid = 0;
    if (child->status == 0)
        child->status = ended > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : CHILD_KILLED;
}

static void kill_all(struct child *child)
{
    if (child->pid == 0)
        return;
    (void)kill(-child->pid, SIGKILL); /* it leads a session, and so a group, of its own */
    reap(child, 0);
}

static void move_bytes(struct child *child)
{
    feed(child);
    (void)drain(&child->error, &child->words, WORDS_MOST);
    if (!drain(&child->out, &child->output, child->most)) {
        child->status = CHILD_TOO_MUCH;
        kill_all(child);
    }
}

static int64_t now_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool child_step(struct child *child, int milliseconds)
{
    int64_t end = now_ms() + milliseconds;

    for (;;) {
        struct pollfd polls[] = {{.fd = child->in, .events = POLLOUT},
                                 {.fd = child->out, .events = POLLIN},
                                 {.fd = child->error, .events = POLLIN}};
        int64_t left = end - now_ms();

        if (child->pid != 0)
            reap(child, WNOHANG);
        move_bytes(child); /* after the program's end: what it has left in the pipes */
        if (child->pid == 0 || left <= 0)
            return child->pid == 0;
        (void)poll(polls, sizeof polls / sizeof polls[0], left < SLICE ? (int)left : SLICE);
    }
}

// ---- afterwards

int child_status(const struct child *child)
{
    return child->status;
}

struct str *child_output(struct child *child)
{
    return &child->output;
}

char *child_words(const struct child *child)
{
    const char *text = str_text(&child->words);
    char *line = mem_copy_bytes(text, strcspn(text, "\n"));
    char *plain = plain_copy(line, PLAIN_LINE);

    free(line);
    return plain;
}

void child_free(struct child **child)
{
    if (*child == NULL)
        return;
    kill_all(*child);
    close_end(&(*child)->in);
    close_end(&(*child)->out);
    close_end(&(*child)->error);
    str_free(&(*child)->output);
    str_free(&(*child)->words);
    free(*child);
    *child = NULL;
}
