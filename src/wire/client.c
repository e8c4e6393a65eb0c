#include "config.h"

#include "wire/client.h"

#include "base/mem.h"
#include "wire/frame.h"
#include "wire/socket.h"
#include "wire/start.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    DEFAULT_PATIENCE = 10,
    /* Another server may be taking the home (recovery after a crash): wait longer. */
    TAKEOVER_PATIENCE = 60,
    /* Limits the tries of a request that kills the server each time. Where a slow server is killed
     * every second or two, four in a row were met by chance: an officer saw an error. */
    ATTEMPTS_MAX = 8,
    SILENCE_MS = 2000,
    START_TRIES = 3,
    PAUSE_MS = 50,
    /* As long as a server may take to start (wire/start.c). */
    ANSWER_SECONDS = 300,
    READ_SECONDS = 30,
    WRITE_SECONDS = 30
};

struct client {
    struct client_options options; /**< owns copies of its texts */
    int fd;                        /**< -1 = not connected */
    int64_t answer_until;          /**< when the first answer must be there, ms; 0 = no limit */
    bool silent;                   /**< it was not */
    uint64_t number;               /**< the last request's */
    unsigned long sent;            /**< frames sent */
    Wire__Welcome *welcome;        /**< NULL until the first Hello */
    Wire__Welcome *retired;        /**< the previous one; callers may still borrow it */
    bool resumes;                  /**< an officer is logged in: resume a lost session */
};

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t patience_end(const struct client *client)
{
    int patience = client->options.patience;

    return now_ms() + (patience > 0 ? patience : DEFAULT_PATIENCE) * (int64_t)1000;
}

static void pause_ms(int milliseconds)
{
    struct timespec time = {.tv_sec = milliseconds / 1000,
                            .tv_nsec = milliseconds % 1000 * 1000000L};

    nanosleep(&time, NULL);
}

static void tell(const struct client *client, uint64_t done, uint64_t total, const char *what)
{
    if (client->options.progress != NULL)
        client->options.progress(done, total, what, client->options.arg);
}

void client_set_progress(struct client *client,
                         void (*progress)(uint64_t done, uint64_t total, const char *what,
                                          void *arg),
                         void *arg)
{
    client->options.progress = progress;
    client->options.arg = arg;
}

static void disconnect(struct client *client)
{
    if (client->fd >= 0)
        close(client->fd);
    client->fd = -1;
}

static Wire__Response *make_response(enum result result, const char *message)
{
    Wire__Response *response = mem_new(sizeof *response);

    wire__response__init(response);
    response->result = (uint32_t)result;
    response->message = mem_copy(message);
    return response;
}

static enum result response_result(const Wire__Response *response)
{
    return response->result < RESULT_COUNT_ ? (enum result)response->result : RESULT_PROTOCOL;
}

/** Reads one response of any number; meanwhile shows that the program waits. */
static enum result read_response(struct client *client, Wire__Response **ret_response)
{
    struct pollfd wait = {.fd = client->fd, .events = POLLIN};
    uint8_t *bytes;
    size_t length;
    Wire__Response *response;
    int64_t deadline = patience_end(client);
    enum result result;
    int ready;

    while ((ready = poll(&wait, 1, SILENCE_MS)) <= 0) {
        if ((ready < 0 && errno != EINTR) || (client->options.watch && now_ms() > deadline))
            return RESULT_IO;
        client->silent = client->answer_until != 0 && now_ms() >= client->answer_until;
        if (client->silent)
            return RESULT_NOSERVER;
        tell(client, 0, 0, "正在等待服务答复…");
    }
    result = frame_read(client->fd, FRAME_RESPONSE_MAX, &bytes, &length);
    if (result != 0)
        return result;
    response = wire__response__unpack(NULL, length, bytes);
    free(bytes);
    if (response == NULL)
        return RESULT_PROTOCOL;
    *ret_response = response;
    return RESULT_OK;
}

/**
 * Sends a packed request and waits for its final answer. A response with number 0 concerns the
 * whole connection and answers any request.
 */
static enum result exchange(struct client *client, const uint8_t *bytes, size_t length,
                            uint64_t number, Wire__Response **ret_response)
{
    Wire__Response *response = NULL;
    /* If the server has hung up, its last response may still be readable. */
    enum result sent = frame_write(client->fd, bytes, length);
    enum result result;

    client->sent++;
    for (;;) {
        result = read_response(client, &response);
        if (result != 0)
            return sent != 0 ? sent : result;
        if (response->progress != NULL)
            tell(client, response->progress->done, response->progress->total,
                 response->progress->what);
        else if (response->number == number || response->number == 0)
            break;
        client_response_free(&response);
    }
    *ret_response = response;
    return RESULT_OK;
}

static uint8_t *pack_request(const Wire__Request *request, size_t *ret_length)
{
    size_t length = wire__request__get_packed_size(request);
    uint8_t *bytes = mem_new(length + 1);

    wire__request__pack(request, bytes);
    *ret_length = length;
    return bytes;
}

/** Keeps a copy; the original belongs to a response. */
static void keep_welcome(struct client *client, const Wire__Welcome *welcome)
{
    size_t length = wire__welcome__get_packed_size(welcome);
    uint8_t *bytes = mem_new(length + 1);

    wire__welcome__pack(welcome, bytes);
    if (client->welcome != NULL)
        wire__welcome__free_unpacked(client->welcome, NULL);
    client->welcome = wire__welcome__unpack(NULL, length, bytes);
    client->resumes = client->welcome->account != NULL;
    free(bytes);
}

bool client_is_another(const Wire__Account *before, const Wire__Account *now)
{
    if (before == NULL || now == NULL)
        return false;
    return strcmp(before->role, now->role) != 0 || strcmp(before->area, now->area) != 0 ||
           strcmp(before->name, now->name) != 0;
}

/** Callers may borrow the old welcome until their next call. */
static void retire_welcome(struct client *client)
{
    if (client->retired != NULL)
        wire__welcome__free_unpacked(client->retired, NULL);
    client->retired = client->welcome;
    client->welcome = NULL;
}

/** True if a new day has begun for the same officer. */
static bool is_another_day(const Wire__Welcome *before, const Wire__Welcome *now)
{
    bool known = before->account != NULL && now->account != NULL;

    return known && strcmp(before->today, now->today) != 0;
}

/** Replaces the welcome if the officer's record changed or a new day began; else takes only the
 *  session, which a reconnection may have changed. */
static void keep_session(struct client *client, const Wire__Response *hello)
{
    const Wire__Welcome *welcome = hello->welcome;
    Wire__Welcome *kept = client->welcome;

    if (hello->what_case != WIRE__RESPONSE__WHAT_WELCOME)
        return;
    kept->lasting = welcome->lasting;
    if (client_is_another(kept->account, welcome->account) || is_another_day(kept, welcome)) {
        retire_welcome(client);
        keep_welcome(client, welcome);
    } else if (welcome->session.len == kept->session.len && kept->session.len > 0) {
        memcpy(kept->session.data, welcome->session.data, kept->session.len);
    }
}

/**
 * Begins or resumes a session. RESULT_OK also if the answer refuses; without an answer the
 * connection is lost again.
 */
static enum result say_hello(struct client *client, Wire__Response **ret_response)
{
    Wire__Hello hello = WIRE__HELLO__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    const char *terminal = ttyname(STDIN_FILENO);
    uint8_t *bytes;
    size_t length;
    enum result result;

    hello.protocol = WIRE_PROTOCOL;
    hello.as_officer =
        (char *)(client->options.as_officer != NULL ? client->options.as_officer : "");
    hello.as_system = client->options.as_system;
    hello.terminal = (char *)(terminal != NULL ? terminal : "");
    hello.software = (char *)PACKAGE_STRING;
    if (client->resumes)
        hello.session = client->welcome->session;
    request.what_case = WIRE__REQUEST__WHAT_HELLO;
    request.hello = &hello;
    bytes = pack_request(&request, &length);
    client->answer_until = now_ms() + client->options.answer_seconds * (int64_t)1000;
    result = exchange(client, bytes, length, 0, ret_response);
    client->answer_until = 0;
    free(bytes);
    return result;
}

/** True if this account owns the home, or if there is no home yet. */
static bool may_start(const struct client *client)
{
    struct stat status;

    if (client->options.socket != NULL || client->options.never_starts || client->options.watch)
        return false;
    return stat(client->options.home, &status) != 0 ? errno == ENOENT || errno == ENOTDIR
                                                    : status.st_uid == geteuid();
}

static enum result connect_server(struct client *client)
{
    const struct client_options *options = &client->options;

    return options->socket != NULL ? socket_connect(options->socket, &client->fd)
                                   : socket_connect_home(options->home, &client->fd);
}

/** Starts a server for this home and connects to it. */
static enum result start_own_server(struct client *client, char **ret_message)
{
    const struct client_options *options = &client->options;
    enum result result;

    tell(client, 0, 0, "正在启动服务…");
    result = start_server(options->home, options->create, options->key_file, ret_message);
    return result == 0 ? connect_server(client) : result;
}

/** Says why no server is there, to whom may not start one. */
static char *absent_words(const struct client *client)
{
    char *service = socket_service_path(client->options.home);
    bool known = service != NULL && client->options.socket == NULL;

    free(service);
    return known ? mem_copy("服务没有运行，请系统管理员启动它（systemctl start doudid.socket）")
                 : NULL;
}

/** True for a client of a service that was stopped. A server of its own would get in the way of
 *  whatever the service was stopped for. */
static bool lost_service(const struct client *client)
{
    char *service = socket_service_path(client->options.home);
    bool lost = service != NULL && client->welcome != NULL && client->welcome->lasting;

    free(service);
    return lost;
}

/** One try to connect; RESULT_AGAIN and RESULT_NOTFOUND may be retried. */
static enum result reach_server(struct client *client, char **ret_message)
{
    enum result result = connect_server(client);

    if (result == RESULT_DENIED)
        *ret_message = mem_copy("本机账号无权连接服务，请联系系统管理员");
    if (result == RESULT_NOTFOUND && may_start(client) && !lost_service(client))
        return start_own_server(client, ret_message);
    if (result == RESULT_NOTFOUND)
        *ret_message = absent_words(client);
    return result;
}

/** Connects and says Hello; *ret_response is Hello's answer, if one came. */
static enum result greet(struct client *client, Wire__Response **ret_response, char **ret_message)
{
    Wire__Response *response = NULL;
    enum result result = reach_server(client, ret_message);

    if (result != 0)
        return result;
    socket_set_timeouts(client->fd, READ_SECONDS, WRITE_SECONDS);
    client->silent = false;
    result = say_hello(client, &response);
    if (result != 0) {
        disconnect(client);
        if (client->silent)
            *ret_message = mem_copy("服务一直没有答复，请系统管理员查看 systemctl status doudid");
        return client->silent ? RESULT_NOSERVER : RESULT_AGAIN;
    }
    result = response_result(response);
    if (result != 0)
        disconnect(client);
    /* A service without a home to serve: make the home with a server of our own. */
    if (result == RESULT_NOINPUT && client->options.create && may_start(client)) {
        client_response_free(&response);
        result = start_own_server(client, ret_message);
        disconnect(client);
        return result == 0 ? RESULT_AGAIN : result;
    }
    *ret_response = response;
    return result;
}

/** True if another try may help. At the first try no server is there for an account that may not
 *  start one, and a server that answers knows better. A service that ended before its answer is being
 *  started again. */
static bool is_passing(const struct client *client, enum result result,
                       const Wire__Response *response)
{
    bool first = client->welcome == NULL && !may_start(client);

    return (result == RESULT_AGAIN && !(first && response != NULL)) ||
           (result == RESULT_NOTFOUND && !first);
}

/**
 * Connects and gets a session, with retries until `deadline`. The response is Hello's answer; on an
 * error it gives the reason, if there is a response.
 */
static enum result establish(struct client *client, int64_t deadline, Wire__Response **ret_response)
{
    bool extended = false;
    int failures = 0;

    for (;;) {
        Wire__Response *response = NULL;
        char *message = NULL;
        enum result result = greet(client, &response, &message);

        if (response == NULL && message != NULL)
            response = make_response(result, message);
        if (result == RESULT_AGAIN && message != NULL && !extended) {
            deadline += TAKEOVER_PATIENCE * 1000;
            extended = true;
        }
        free(message);
        if (result == RESULT_NOSERVER && !client->silent && ++failures < START_TRIES)
            result = RESULT_AGAIN; /* perhaps killed during its start */
        if (!is_passing(client, result, response) || now_ms() >= deadline) {
            *ret_response = response;
            return result == RESULT_NOTFOUND ? RESULT_NOSERVER : result;
        }
        client_response_free(&response);
        tell(client, 0, 0, "正在连接服务…");
        pause_ms(PAUSE_MS);
    }
}

enum result client_open(const struct client_options *options, struct client **ret_client,
                        char **ret_message)
{
    struct client *client = mem_new(sizeof *client);
    Wire__Response *response = NULL;
    int64_t deadline;
    enum result result;

    client->options = *options;
    client->options.home = mem_copy(options->home);
    client->options.as_officer = options->as_officer != NULL ? mem_copy(options->as_officer) : NULL;
    client->options.key_file = options->key_file != NULL ? mem_copy(options->key_file) : NULL;
    client->options.socket = options->socket != NULL ? mem_copy(options->socket) : NULL;
    if (options->answer_seconds == 0)
        client->options.answer_seconds = ANSWER_SECONDS;
    client->fd = -1;
    deadline = patience_end(client);
    result = establish(client, deadline, &response);
    if (result == 0 && response->what_case != WIRE__RESPONSE__WHAT_WELCOME)
        result = RESULT_PROTOCOL;
    if (result == RESULT_AGAIN && response == NULL && options->watch)
        result = RESULT_NOSERVER; /* something listens and does not answer */
    if (result != 0) {
        *ret_message = mem_copy(client_words(result, response));
        client_close(&client);
    } else {
        keep_welcome(client, response->welcome);
        *ret_client = client;
    }
    client_response_free(&response);
    return result;
}

/** Ends the session, so that no one can resume it. Does not wait for the answer: after a failure
 *  the session token is lost with the client. */
static void say_goodbye(struct client *client)
{
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Logout logout = WIRE__LOGOUT__INIT;
    uint8_t *bytes;
    size_t length;

    if (client->fd < 0 || !client->resumes)
        return;
    request.number = ++client->number;
    request.what_case = WIRE__REQUEST__WHAT_LOGOUT;
    request.logout = &logout;
    bytes = pack_request(&request, &length);
    (void)frame_write_now(client->fd, bytes, length);
    free(bytes);
}

void client_close(struct client **client)
{
    struct client *old = *client;

    if (old == NULL)
        return;
    say_goodbye(old);
    disconnect(old);
    if (old->welcome != NULL)
        wire__welcome__free_unpacked(old->welcome, NULL);
    if (old->retired != NULL)
        wire__welcome__free_unpacked(old->retired, NULL);
    free((char *)old->options.home);
    free((char *)old->options.as_officer);
    free((char *)old->options.key_file);
    free((char *)old->options.socket);
    free(old);
    *client = NULL;
}

unsigned long client_sent(const struct client *client)
{
    return client->sent;
}

const Wire__Welcome *client_welcome(const struct client *client)
{
    return client->welcome;
}

bool client_may(const struct client *client, const char *action)
{
    const Wire__Account *account = client->welcome->account;

    for (size_t i = 0; account != NULL && i < account->n_actions; i++)
        if (strcmp(account->actions[i], action) == 0)
            return true;
    return false;
}

/** Sends the same bytes, and so the same number, until an answer comes. */
static enum result send_until_answered(struct client *client, const uint8_t *bytes, size_t length,
                                       Wire__Response **ret_response)
{
    int64_t deadline = 0;

    for (int attempt = 1;; attempt++) {
        enum result result = RESULT_OK;

        if (client->fd < 0) {
            Wire__Response *hello = NULL;

            if (deadline == 0)
                deadline = patience_end(client);
            result = establish(client, deadline, &hello);
            /* The session has ended: the next connection needs a login. */
            if (result == RESULT_LOGIN)
                client->resumes = false;
            if (result != 0) {
                *ret_response = hello;
                return result;
            }
            keep_session(client, hello);
            client_response_free(&hello);
        }
        result = exchange(client, bytes, length, client->number, ret_response);
        if (result == 0)
            return RESULT_OK;
        disconnect(client);
        if (attempt == ATTEMPTS_MAX || client->options.watch)
            return result == RESULT_PROTOCOL ? RESULT_PROTOCOL : RESULT_NOSERVER;
    }
}

enum result client_call(struct client *client, Wire__Request *request,
                        Wire__Response **ret_response)
{
    Wire__Response *response = NULL;
    uint8_t *bytes;
    size_t length;
    enum result result;

    *ret_response = NULL;
    request->number = ++client->number;
    bytes = pack_request(request, &length);
    if (length > FRAME_REQUEST_MAX) {
        free(bytes);
        return RESULT_PROTOCOL;
    }
    result = send_until_answered(client, bytes, length, &response);
    free(bytes);
    if (result == 0) {
        result = response_result(response);
        if (response->number == 0)
            disconnect(client);
        if (response->what_case == WIRE__RESPONSE__WHAT_WELCOME) {
            retire_welcome(client);
            keep_welcome(client, response->welcome);
        }
    }
    *ret_response = response;
    return result;
}

void client_response_free(Wire__Response **response)
{
    if (*response != NULL)
        wire__response__free_unpacked(*response, NULL);
    *response = NULL;
}

const char *client_words(enum result result, const Wire__Response *response)
{
    if (response != NULL && response->message != NULL && response->message[0] != '\0')
        return response->message;
    return result_words(result);
}
