#include "server/server.h"

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "server/connection.h"
#include "server/door.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { SWEEP_MS = 1000, CRAMPED_NS = 100 * 1000 * 1000 };

struct server {
    const struct server_options *options;
    struct connection_host host;
    size_t count;
    struct connection *connections[LIMIT_CLIENTS];
    int64_t idle_since;
};

/** Whether one more client of this account fits; NULL, or the words that refuse it. */
static const char *refuse_client(const struct server *server, uid_t uid)
{
    static const char FULL[] = "连接的终端太多，请稍后再试";
    const struct limits *limits = &server->options->limits;
    size_t same = 0;

    if (uid == server->options->owner)
        return server->count < limits->clients ? NULL : FULL;
    for (size_t i = 0; i < server->count; i++)
        same += connection_uid(server->connections[i]) == uid;
    if (same >= limits->clients_per_uid)
        return "本机账号连接的终端太多，请关闭一些后再试";
    return server->count < limits->clients - limits->clients_reserved ? NULL : FULL;
}

static void take_client(struct server *server)
{
    struct ucred peer;
    socklen_t size = sizeof peer;
    struct connection *connection;
    const char *refusal;
    /* cppcheck-suppress nullPointer ; the peer's account is read below */
    int fd = accept4(server->options->listen_fd, NULL, NULL, SOCK_CLOEXEC);

    if (fd < 0) {
        if (errno == EMFILE || errno == ENFILE || errno == ENOMEM) {
            log_error("no room for another client: %d connected", (int)server->count);
            nanosleep(&(struct timespec){.tv_nsec = CRAMPED_NS}, NULL);
        }
        return;
    }
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
        close(fd);
        return;
    }
    refusal = refuse_client(server, peer.uid);
    if (refusal != NULL) {
        log_warn("client of uid %u refused, %d connected", (unsigned)peer.uid, (int)server->count);
        door_refuse(fd, RESULT_AGAIN, refusal);
        return;
    }
    if (connection_open(&server->host, fd, peer.uid, &connection) == 0)
        server->connections[server->count++] = connection;
    else
        log_error("no thread for another client: %d connected", (int)server->count);
}

/** Closes connections that are done, and ends those of silent strangers. */
static void sweep(struct server *server)
{
    size_t kept = 0;

    for (size_t i = 0; i < server->count; i++) {
        if (connection_done(server->connections[i])) {
            connection_close(&server->connections[i]);
            continue;
        }
        if (connection_silent(server->connections[i]))
            connection_wake(server->connections[i], true);
        server->connections[kept++] = server->connections[i];
    }
    if (kept == 0 && server->count > 0)
        server->idle_since = session_clock();
    server->count = kept;
}

/** How many milliseconds the loop may sleep; 0 = it has been idle long enough to end. */
static int sleep_time(const struct server *server)
{
    int64_t left;

    if (server->count > 0)
        return SWEEP_MS;
    if (server->options->idle_exit == 0)
        return -1;
    left = server->idle_since + server->options->idle_exit * (int64_t)1000 - session_clock();
    return left > 0 ? (int)left : 0;
}

static void take_clients(struct server *server)
{
    int sleep;

    while ((sleep = sleep_time(server)) != 0) {
        struct pollfd waits[] = {{.fd = server->options->stop_fd, .events = POLLIN},
                                 {.fd = server->host.wake_fd, .events = POLLIN},
                                 {.fd = server->options->listen_fd, .events = POLLIN}};
        eventfd_t wakes;

        if (poll(waits, 3, sleep) < 0 && errno != EINTR)
            break;
        if (waits[0].revents != 0)
            break;
        if (waits[1].revents != 0)
            eventfd_read(server->host.wake_fd, &wakes);
        sweep(server);
        if (server_failure(server->options) != 0 || atomic_load(&server->host.yielding))
            break;
        if (waits[2].revents != 0)
            take_client(server);
    }
}

/** Waits for running requests; RESULT_AGAIN if some do not finish. */
static enum result end_clients(struct server *server)
{
    int64_t begun = session_clock();

    atomic_store(&server->host.ending, true);
    for (size_t i = 0; i < server->count; i++)
        connection_wake(server->connections[i], false);
    for (sweep(server); server->count > 0; sweep(server)) {
        struct pollfd wait = {.fd = server->host.wake_fd, .events = POLLIN};
        bool failed = server_failure(server->options) != 0;
        int64_t waited = session_clock() - begun;
        int64_t left = (failed ? LIMIT_FAILED_MS : LIMIT_ENDED_SECONDS * 1000) - waited;
        eventfd_t wakes;

        if (left < 0)
            return RESULT_AGAIN;
        if (waited > LIMIT_ENDING_SECONDS * 1000)
            atomic_store(&server->host.giving_up, true);
        if (poll(&wait, 1, left < SWEEP_MS ? (int)left + 1 : SWEEP_MS) > 0)
            eventfd_read(server->host.wake_fd, &wakes);
    }
    return RESULT_OK;
}

enum result server_failure(const struct server_options *options)
{
    return options->service != NULL ? service_failure(options->service) : RESULT_OK;
}

enum result server_run(const struct server_options *options)
{
    struct server *server = mem_new(sizeof *server);
    enum result result;

    server->options = options;
    server->host.options = options;
    server->idle_since = session_clock();
    server->host.wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (server->host.wake_fd < 0) {
        free(server);
        return RESULT_IO;
    }
    server->host.activity = activity_new();
    server->host.seats = seats_new(options->limits.clients_per_officer);
    server->host.meters = meters_new(&options->handlers);
    take_clients(server);
    if (options->closing != NULL)
        options->closing(options->arg);
    result = end_clients(server);
    if (result == 0) {
        close(server->host.wake_fd);
        activity_free(&server->host.activity);
        seats_free(&server->host.seats);
        meters_free(&server->host.meters);
        free(server);
    }
    return result == 0 && server_failure(options) != 0 ? RESULT_IO : result;
}
