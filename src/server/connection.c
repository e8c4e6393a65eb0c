#include "server/connection.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/settle.h"
#include "service/officers/session.h"
#include "wire/frame.h"
#include "wire/socket.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

/** An answer larger than this is sent by the connection's own thread, so that no other answer waits
 *  for it. */
enum { DEFERRED_MOST = 64 << 10 };

struct connection {
    struct settle settle; /**< the first member */
    struct connection_host *host;
    int fd;
    uid_t uid;
    pthread_t thread;
    atomic_bool done;
    /** When a stranger's request, or the rest of a frame, must have come (session_clock()); 0 = no
     *  limit. */
    _Atomic int64_t deadline;
    int64_t second; /**< when the current second of its pace began; only its thread uses it */
    unsigned requests, bytes;
    /** The answer to send once its changes are on the disk, while the thread already waits for the
     *  next request. NULL = nothing to send. */
    uint8_t *answer;
    size_t answer_length;
    /** The request that is being answered, NULL = it is counted or was none; for the meters. */
    const struct handler *handled;
    enum result outcome;
    int64_t began;
    bool settling; /**< the changes are not on the disk yet, or the answer is not sent yet */
    pthread_mutex_t lock;
    pthread_cond_t settled; /**< signalled when `settling` becomes false */
};

/** Counts one request; waits for the next second if this second's share is used up. */
static void pace(struct connection *connection, bool known, size_t length)
{
    const struct limits *limits = &connection->host->options->limits;
    unsigned most = known ? limits->pace : limits->pace_before_login;
    int64_t past = session_clock() - connection->second;

    if (connection->uid == connection->host->options->owner)
        return;
    bool full = connection->requests >= most || connection->bytes >= limits->pace_bytes;
    if (past < 1000 && full)
        usleep((useconds_t)(1000 - past) * 1000);
    if (past >= 1000 || full) {
        connection->second = session_clock();
        connection->requests = connection->bytes = 0;
    }
    connection->requests++;
    connection->bytes += (unsigned)length;
}

// ---- answers that wait for the disk

/** After a disk fault only the next server knows whether the change was stored: send no answer, so
 *  that the client asks that server under the same number. Damage would stop the next server too,
 *  so it is answered here. */
static bool may_answer(const struct connection *connection)
{
    enum result failure = server_failure(connection->host->options);

    return failure == 0 || failure == RESULT_CORRUPT;
}

static void count_answered(struct connection *connection)
{
    if (connection->handled != NULL)
        meters_answered(connection->host->meters, connection->handled, connection->outcome,
                        connection->began);
    connection->handled = NULL;
}

/** If no answer can be sent, or the client does not read, shuts the socket down; the reading thread
 *  then sees the end. */
static void send_settled(struct settle *settle)
{
    struct connection *connection = (struct connection *)settle;
    uint8_t *answer = connection->answer;

    if (answer != NULL && (!may_answer(connection) ||
                           frame_write_now(connection->fd, answer, connection->answer_length) != 0))
        shutdown(connection->fd, SHUT_RDWR);
    if (answer != NULL)
        count_answered(connection);
    free(answer);
    pthread_mutex_lock(&connection->lock);
    connection->settling = false;
    pthread_cond_signal(&connection->settled);
    pthread_mutex_unlock(&connection->lock);
}

static void wait_settled(struct connection *connection)
{
    pthread_mutex_lock(&connection->lock);
    while (connection->settling)
        pthread_cond_wait(&connection->settled, &connection->lock);
    pthread_mutex_unlock(&connection->lock);
}

/** Sends the answer (or nothing, for NULL) once everything written so far is on the disk. Takes the
 *  answer. */
static void settle(struct connection *connection, uint8_t *answer, size_t length)
{
    const struct server_options *options = connection->host->options;

    connection->answer = answer;
    connection->answer_length = length;
    connection->settling = true;
    options->settle(options->service, &connection->settle);
}

/** Sends an answer and frees it. */
static enum result send_answer(struct connection *connection, bool unsettled, uint8_t *answer,
                               size_t length)
{
    enum result result = RESULT_IO;

    if (unsettled && length <= DEFERRED_MOST) {
        settle(connection, answer, length);
        return RESULT_OK;
    }
    if (unsettled) {
        settle(connection, NULL, 0);
        wait_settled(connection);
    }
    if (may_answer(connection))
        result = frame_write(connection->fd, answer, length);
    count_answered(connection);
    free(answer);
    return result;
}

static void set_deadline(struct connection *connection, int seconds)
{
    atomic_store(&connection->deadline, session_clock() + seconds * (int64_t)1000);
}

/** Reads a request. A logged-in client may wait before its first byte, not after it. */
static enum result read_request(struct connection *connection, bool known, uint8_t **ret_bytes,
                                size_t *ret_length)
{
    const struct limits *limits = &connection->host->options->limits;
    size_t most = known ? FRAME_REQUEST_MAX : LIMIT_FRAME_BEFORE_LOGIN;
    enum result result = RESULT_OK;

    if (known) {
        result = frame_await(connection->fd);
        set_deadline(connection, limits->frame_seconds);
    } else {
        set_deadline(connection, limits->silent_seconds);
    }
    if (result == 0)
        result = frame_read(connection->fd, most, ret_bytes, ret_length);
    atomic_store(&connection->deadline, 0);
    return result;
}

/** Answers a request; false when the connection is over. */
static bool dispatch(struct connection *connection, struct session *session, const uint8_t *bytes,
                     size_t length, uint8_t **ret_answer, size_t *ret_length)
{
    bool known = session_known(session);

    connection->began = meters_clock();
    bool keep = dispatch_frame(session, &connection->host->options->handlers, bytes, length,
                               ret_answer, ret_length);
    connection->handled = session->handled;
    connection->outcome = session->outcome;
    if (session_known(session) != known)
        meters_logged_in(connection->host->meters, known ? -1 : 1);
    return keep;
}

/** Reads and answers one request; false when the connection is over. */
static bool serve_request(struct connection *connection, struct session *session)
{
    bool known = session_known(session);
    bool unsettled = false;
    uint8_t *bytes = NULL;
    uint8_t *answer;
    size_t length = 0;
    size_t answer_length;
    bool keep = false;
    enum result result;

    result = read_request(connection, known, &bytes, &length);
    if (result != 0 && result != RESULT_PROTOCOL)
        return false;
    /* Role or area have changed. Send no answer: the client resumes its session, which reads both
     * again, and asks once more under the same number. */
    if (session->service != NULL && session_is_old(session->service, &session->caller)) {
        free(bytes);
        return false;
    }
    pace(connection, known, length);
    wait_settled(connection); /* the client did not wait for its last answer */
    session->caller.unsettled = &unsettled;
    if (result == 0)
        keep = dispatch(connection, session, bytes, length, &answer, &answer_length);
    else
        dispatch_refuse(result, result_words(result), &answer, &answer_length);
    session->caller.unsettled = NULL;
    if (!keep)
        log_debug("uid %u sent what is no request", (unsigned)connection->uid);
    result = send_answer(connection, unsettled, answer, answer_length);
    free(bytes);
    return keep && result == 0 && server_failure(connection->host->options) == 0 &&
           !atomic_load(&connection->host->ending) && !atomic_load(&connection->host->yielding);
}

static void *connection_run(void *arg)
{
    struct connection *connection = arg;
    struct connection_host *host = connection->host;
    struct session session;

    session_start(&session, host->options->service, host->options->home, connection->fd);
    session.caller.uid = connection->uid;
    session.caller.owner = connection->uid == host->options->owner;
    session.giving_up = &host->giving_up;
    session.yielding = host->options->idle_exit > 0 ? &host->yielding : NULL;
    session.activity = host->activity;
    session.seats = host->seats;
    session.meters = host->meters;
    meters_connected(host->meters, 1);
    while (serve_request(connection, &session))
        continue;
    wait_settled(connection);
    if (session_known(&session))
        meters_logged_in(host->meters, -1);
    meters_connected(host->meters, -1);
    session_end(&session);
    /* The client must see the end now, not when the loop closes the socket. */
    shutdown(connection->fd, SHUT_RDWR);
    atomic_store(&connection->done, true);
    eventfd_write(host->wake_fd, 1);
    return NULL;
}

static void connection_free(struct connection **connection)
{
    close((*connection)->fd);
    pthread_cond_destroy(&(*connection)->settled);
    pthread_mutex_destroy(&(*connection)->lock);
    free(*connection);
    *connection = NULL;
}

enum result connection_open(struct connection_host *host, int fd, uid_t uid,
                            struct connection **ret_connection)
{
    struct connection *connection = mem_new(sizeof *connection);
    pthread_attr_t attributes;
    int error;

    connection->host = host;
    connection->fd = fd;
    connection->uid = uid;
    connection->settle.done = send_settled;
    pthread_mutex_init(&connection->lock, NULL);
    pthread_cond_init(&connection->settled, NULL);
    set_deadline(connection, host->options->limits.silent_seconds);
    socket_set_timeouts(fd, 0, host->options->limits.unread_seconds);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, LIMIT_STACK);
    error = pthread_create(&connection->thread, &attributes, connection_run, connection);
    pthread_attr_destroy(&attributes);
    if (error != 0) {
        connection_free(&connection);
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
    int64_t deadline = atomic_load(&connection->deadline);

    return deadline != 0 && session_clock() > deadline;
}

void connection_wake(struct connection *connection, bool hard)
{
    shutdown(connection->fd, hard ? SHUT_RDWR : SHUT_RD);
}

void connection_close(struct connection **connection)
{
    pthread_join((*connection)->thread, NULL);
    connection_free(connection);
}
