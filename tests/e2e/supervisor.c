#include "supervisor.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/str.h"
#include "unit.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PASSED_FD = 3, LOOK_MS = 10, TRIES = 2000 };

struct supervisor {
    const struct world *world;
    const char *data;
    char *socket, *notify, *said; /**< paths */
    int listen_fd, notify_fd;
    pid_t pid;
};

static int make_socket(const char *path, int type)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);

    assert_true(fd >= 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

static void run_service(const struct supervisor *supervisor, int said)
{
    char *program = paths_join(getenv("builddir"), "doudid");
    char pid[16];

    dprintf(said, "PID=%d\n", (int)getpid());
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    snprintf(pid, sizeof pid, "%d", (int)getpid());
    setenv("LISTEN_PID", pid, 1);
    setenv("LISTEN_FDS", "1", 1);
    setenv("NOTIFY_SOCKET", supervisor->notify, 1);
    if (supervisor->data != NULL)
        setenv("DOUDI_DATADIR", supervisor->data, 1);
    if (supervisor->listen_fd == PASSED_FD)
        fcntl(PASSED_FD, F_SETFD, 0);
    else
        dup2(supervisor->listen_fd, PASSED_FD);
    execl(program, program, "--home", supervisor->world->home, NULL);
    _exit(127);
}

/** As the unit has it: RestartPreventExitStatus=. */
static bool is_lasting(int status)
{
    static const int LASTING[] = {64, 65, 66, 73, 77};

    for (size_t i = 0; i < COUNT(LASTING); i++)
        if (WIFEXITED(status) && WEXITSTATUS(status) == LASTING[i])
            return true;
    return false;
}

/** The supervisor's own process; does not return. */
static void supervise(const struct supervisor *supervisor, bool at_once)
{
    int said = open(supervisor->said, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    bool wanted = at_once;
    pid_t service = 0;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;) {
        struct pollfd waits[] = {
            {.fd = supervisor->notify_fd, .events = POLLIN},
            {.fd = service == 0 ? supervisor->listen_fd : -1, .events = POLLIN}};
        char words[1000];
        int status;

        poll(waits, 2, LOOK_MS);
        if (waits[0].revents != 0) {
            ssize_t got = recv(supervisor->notify_fd, words, sizeof words, 0);
            if (got > 0)
                dprintf(said, "%.*s\n", (int)got, words);
        }
        if (service > 0 && waitpid(service, &status, WNOHANG) == service) {
            service = 0;
            wanted = !(WIFEXITED(status) && WEXITSTATUS(status) == 0) && !is_lasting(status);
        }
        if (service == 0 && (wanted || waits[1].revents != 0)) {
            service = fork();
            if (service == 0)
                run_service(supervisor, said);
        }
    }
}

struct supervisor *supervisor_start(const struct world *world, const char *data, bool at_once)
{
    struct supervisor *supervisor = mem_new(sizeof *supervisor);

    supervisor->world = world;
    supervisor->data = data;
    supervisor->socket = mem_printf("%s.sock", world->home);
    supervisor->notify = mem_printf("%s.notify", world->home);
    supervisor->said = mem_printf("%s.said", world->home);
    supervisor->listen_fd = make_socket(supervisor->socket, SOCK_STREAM);
    assert_int_equal(listen(supervisor->listen_fd, SOMAXCONN), 0);
    supervisor->notify_fd = make_socket(supervisor->notify, SOCK_DGRAM);
    setenv("DOUDI_SOCKET", supervisor->socket, 1);
    supervisor->pid = fork();
    if (supervisor->pid == 0)
        supervise(supervisor, at_once);
    return supervisor;
}

/** All that was written down. New string. */
static char *read_said(const struct supervisor *supervisor)
{
    struct str text = {0};
    char block[4096];
    size_t got;
    FILE *file = fopen(supervisor->said, "re");

    while (file != NULL && (got = fread(block, 1, sizeof block, file)) > 0)
        str_add_bytes(&text, block, got);
    if (file != NULL)
        fclose(file);
    return str_take(&text);
}

void supervisor_await(const struct supervisor *supervisor, const char *text)
{
    char *said = read_said(supervisor);

    for (int tries = 0; tries < TRIES && strstr(said, text) == NULL; tries++) {
        free(said);
        usleep(LOOK_MS * 1000);
        said = read_said(supervisor);
    }
    if (strstr(said, text) == NULL)
        fail_msg("the service never said %s, but\n%s", text, said);
    free(said);
}

int supervisor_starts(const struct supervisor *supervisor)
{
    char *said = read_said(supervisor);
    int count = 0;

    for (const char *at = said; (at = strstr(at, "PID=")) != NULL; at++)
        count++;
    free(said);
    return count;
}

pid_t supervisor_pid(const struct supervisor *supervisor)
{
    char *said = read_said(supervisor);
    pid_t pid = 0;

    for (const char *at = said; (at = strstr(at, "PID=")) != NULL; at++)
        pid = (pid_t)strtol(at + 4, NULL, 10);
    free(said);
    return pid;
}

void supervisor_stop(struct supervisor **supervisor)
{
    struct supervisor *old = *supervisor;
    pid_t service = supervisor_pid(old);

    kill(old->pid, SIGKILL);
    waitpid(old->pid, NULL, 0);
    for (int tries = 0; tries < TRIES && service > 0 && unit_is_alive(service); tries++)
        usleep(LOOK_MS * 1000);
    close(old->listen_fd);
    close(old->notify_fd);
    unlink(old->socket);
    unlink(old->notify);
    unlink(old->said);
    unsetenv("DOUDI_SOCKET");
    free(old->socket);
    free(old->notify);
    free(old->said);
    free(old);
    *supervisor = NULL;
}
