#include "server/connection.h"

#include "base/log.h"
#include "base/mem.h"
#include "service/session.h"
#include "wire/frame.h"
#include "wire/socket.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

struct connection {
    struct connection_host *host;
    int fd;
    uid_t uid;
    pthread_t thread;
    atomic_bool done;
    /** Since when a stranger is being waited for (session_clock()), 0 = not waiting for one. */
    _Atomic int64_t waiting_since;
    int64_t second; /**< when the current second of its pace began; its thread's alone */
    unsigned requests;
};

/** Takes one request into account; waits for the next second if this one's are used up. */
static void pace(struct connection *connection, bool known)
{
    const struct limits *limits = &connection->host->options->limits;
    unsigned most = known ? limits->pace : limits->pace_before_login;
    int64_t past = session_clock() - connection->second;

    if (connection->uid == connection->host->options->owner)
        return;
    if (past < 1000 && connection->requests >= most)
        usleep((useconds_t)(1000 - past) * 1000);
    if (past >= 1000 || connection->requests >= most) {
        connection->second = session_clock();
        connection->requests = 0;
    }
    connection->requests++;
}

/** Reads and answers one request; false when the connection is over. */
static bool serve_request(struct connection *connection, struct session *session)
{
    bool known = session_known(session);
    uint8_t *bytes = NULL;
    uint8_t *answer;
    size_t length;
    size_t answer_length;
    bool keep = false;
    enum result failure;
    enum result result;

    atomic_store(&connection->waiting_since, known ? 0 : session_clock());
    result = frame_read(connection->fd, known ? FRAME_REQUEST_MAX : LIMIT_FRAME_BEFORE_LOGIN,
                        &bytes, &length);
    atomic_store(&connection->waiting_since, 0);
    if (result != 0 && result != RESULT_PROTOCOL)
        return false;
    /* Role or area were changed: without an answer the client resumes its session, which reads them
     * again, and asks once more under the same number. */
    if (session->service != NULL && session_is_old(session->service, &session->caller)) {
        free(bytes);
        return false;
    }
    pace(connection, known);
    if (result == 0)
        keep = dispatch_frame(session, &connection->host->options->handlers, bytes, length, &answer,
                              &answer_length);
    else
        dispatch_refuse(result, result_words(result), &answer, &answer_length);
    if (!keep)
        log_debug("uid %u sent what is no request", (unsigned)connection->uid);
    failure = server_failure(connection->host->options);
    /* After a fault of the disk only the next server can tell what became of the request: without
     * an answer the client asks that one, under the same number. Damage would stop that one too. */
    if (failure == 0 || failure == RESULT_CORRUPT)
        result = frame_write(connection->fd, answer, answer_length);
    free(answer);
    free(bytes);
    return keep && failure == 0 && result == 0 && !atomic_load(&connection->host->ending);
}

static void *connection_run(void *arg)
{
    struct connection *connection = arg;
    struct connection_host *host = connection->host;
    struct session session;

    session_start(&session, host->options->service, host->options->home, connection->fd);
    session.owner = connection->uid == host->options->owner;
    session.giving_up = &host->giving_up;
    while (serve_request(connection, &session))
        continue;
    session_end(&session);
    /* The client must see the end at once, not when the loop gets round to closing. */
    shutdown(connection->fd, SHUT_RDWR);
    atomic_store(&connection->done, true);
    eventfd_write(host->wake_fd, 1);
    return NULL;
}

enum result connection_open(struct connection_host *host, int fd, uid_t uid,
                            struct connection **ret_connection)
{
    struct connection *connection = mem_new(sizeof(*connection));
    pthread_attr_t attributes;
    int error;

    connection->host = host;
    connection->fd = fd;
    connection->uid = uid;
    atomic_store(&connection->waiting_since, session_clock());
    socket_set_timeouts(fd, 0, host->options->limits.unread_seconds);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, LIMIT_STACK);
    error = pthread_create(&connection->thread, &attributes, connection_run, connection);
    pthread_attr_destroy(&attributes);
    if (error != 0) {
        close(fd);
        free(connection);
        return RESULT_AGAIN;
    }
    *ret_connection = connection;
    return RESULT_OK;
}

uid_t connection_uid(const struct connection *connection)
{
    return connection->uid;
}

bool connection_done(const struct connection *connection)
{
    return atomic_load(&connection->done);
}

bool connection_silent(const struct connection *connection)
{
    int64_t since = atomic_load(&connection->waiting_since);

    return since != 0 &&
           session_clock() - since > connection->host->options->limits.silent_seconds * 1000;
}

void connection_wake(struct connection *connection, bool hard)
{
    shutdown(connection->fd, hard ? SHUT_RDWR : SHUT_RD);
}

void connection_close(struct connection **connection)
{
    pthread_join((*connection)->thread, NULL);
    close((*connection)->fd);
    free(*connection);
    *connection = NULL;
}
