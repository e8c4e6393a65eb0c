#include "bench.h"

#include "base/mem.h"
#include "base/paths.h"
#include "wire/socket.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { POLL_US = 500 };

int64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

double seconds_since(int64_t begun_ns)
{
    return (double)(now_ns() - begun_ns) / 1e9;
}

void pause_us(unsigned microseconds)
{
    struct timespec time = {.tv_sec = microseconds / 1000000,
                            .tv_nsec = (long)(microseconds % 1000000) * 1000};

    nanosleep(&time, NULL);
}

enum result bench_say(enum result result, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fputs("bench: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    return result;
}

enum result run_program(const char *const arguments[])
{
    posix_spawn_file_actions_t actions;
    pid_t pid;
    int status = 0;
    int error;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    error = posix_spawn(&pid, arguments[0], &actions, NULL, (char *const *)arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        return bench_say(RESULT_IO, "%s: %s", arguments[0], strerror(error));
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return bench_say(RESULT_IO, "%s %s ended with status %d", arguments[0], arguments[1],
                         WEXITSTATUS(status));
    return RESULT_OK;
}

// ---- the server

enum result server_open(const struct bench *bench, const char *officer, struct client **ret_client)
{
    struct client_options options = {
        .home = bench->home, .as_officer = officer, .as_system = officer == NULL, .patience = 60};
    char *message = NULL;
    enum result result = client_open(&options, ret_client, &message);

    if (result != 0)
        bench_say(result, "%s: %s", bench->home, message);
    free(message);
    return result;
}

enum result server_ask(struct client *client, Wire__Request *request, Wire__Response **ret_response)
{
    enum result result = client_call(client, request, ret_response);

    if (result != 0) {
        bench_say(result, "request %d: %s %s", (int)request->what_case, result_name(result),
                  client_words(result, *ret_response));
        client_response_free(ret_response);
    }
    return result;
}

pid_t server_pid(const struct bench *bench)
{
    char *path = socket_path(bench->home);
    struct ucred peer = {0};
    socklen_t size = sizeof peer;
    int fd;

    if (socket_connect(path, &fd) == 0) {
        getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size);
        close(fd);
    }
    free(path);
    return peer.pid;
}

/** The server is no child of ours; who adopts it may leave it a zombie for a while. */
static bool is_alive(pid_t pid)
{
    char path[64];
    char state = 'X';
    FILE *file;

    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    file = fopen(path, "re");
    if (file == NULL)
        return false;
    if (fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
        state = 'X';
    fclose(file);
    return state != 'Z' && state != 'X';
}

void server_end(const struct bench *bench, int signal)
{
    pid_t pid = server_pid(bench);

    if (pid == 0 || kill(pid, signal) != 0)
        return;
    while (is_alive(pid))
        pause_us(POLL_US);
}

double process_memory(pid_t pid, const char *figure)
{
    char path[64];
    char line[256];
    double kib = 0;
    size_t length = strlen(figure);
    FILE *file;

    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)pid);
    file = fopen(path, "re");
    if (file == NULL)
        return 0;
    while (fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, figure, length) == 0 && line[length] == ':')
            kib = strtod(line + length + 1, NULL);
    fclose(file);
    return kib * 1024;
}

/** Of one process: what its threads have run so far, to the nanosecond. */
static double process_seconds(pid_t pid)
{
    char *path = mem_printf("/proc/%d/task", (int)pid);
    DIR *tasks = opendir(path);
    const struct dirent *entry;
    double seconds = 0;

    free(path);
    while (tasks != NULL && (entry = readdir(tasks)) != NULL) {
        unsigned long long ns = 0;
        FILE *file;

        if (entry->d_name[0] == '.') /* "task/.." is the process, its first thread once more */
            continue;
        path = mem_printf("/proc/%d/task/%s/schedstat", (int)pid, entry->d_name);
        file = fopen(path, "re");
        free(path);
        if (file != NULL && fscanf(file, "%llu", &ns) == 1)
            seconds += (double)ns / 1e9;
        if (file != NULL)
            fclose(file);
    }
    if (tasks != NULL)
        closedir(tasks);
    return seconds;
}

/** 0 when it is gone. */
static pid_t parent_of(pid_t pid)
{
    char *path = mem_printf("/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "re");
    int parent = 0;

    free(path);
    if (file != NULL && fscanf(file, "%*d (%*[^)]) %*c %d", &parent) != 1)
        parent = 0;
    if (file != NULL)
        fclose(file);
    return parent;
}

double processor_seconds(pid_t server)
{
    struct rusage own;
    double seconds;
    DIR *directory = server != 0 ? opendir("/proc") : NULL;
    const struct dirent *entry;

    getrusage(RUSAGE_SELF, &own);
    seconds = (double)(own.ru_utime.tv_sec + own.ru_stime.tv_sec) +
              (double)(own.ru_utime.tv_usec + own.ru_stime.tv_usec) / 1e6;
    while (directory != NULL && (entry = readdir(directory)) != NULL) {
        pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
        if (pid > 0 && (pid == server || parent_of(pid) == server))
            seconds += process_seconds(pid);
    }
    if (directory != NULL)
        closedir(directory);
    return seconds;
}

void line_memory(const struct bench *bench, const char *name)
{
    struct str line = {0};
    double bytes = process_memory(server_pid(bench), "Rss");

    line_begin(&line, bench, name, "MiB");
    line_add(&line, "runs", 1);
    line_add(&line, "median", bytes / (1 << 20));
    line_add(&line, "bytes_per_case", bytes / (double)bench->cases);
    line_end(&line);
}

double server_files(const struct bench *bench, const char *prefix)
{
    char *path = paths_join(bench->home, "db");
    DIR *directory = opendir(path);
    const struct dirent *entry;
    double bytes = 0;

    while (directory != NULL && (entry = readdir(directory)) != NULL) {
        struct stat status;
        if (strncmp(entry->d_name, prefix, strlen(prefix)) == 0 &&
            fstatat(dirfd(directory), entry->d_name, &status, 0) == 0)
            bytes += (double)status.st_size;
    }
    if (directory != NULL)
        closedir(directory);
    free(path);
    return bytes;
}
