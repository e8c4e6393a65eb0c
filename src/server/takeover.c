#include "server/takeover.h"

#include "server/session.h"
#include "service/keeping/homedir.h"
#include "wire/client.h"
#include "wire/socket.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>

enum {
    LOOK_MS = 50,
    /* A server that asks a second time: a client may have started another one meanwhile. */
    ASK_MS = 1000,
    ANSWER_SECONDS = 2,
    /* It may be about to end: it listens no more but still has the home. */
    LEAST_SECONDS = 2,
    /* A server that makes room still ends its requests (LIMIT_ENDED_SECONDS). */
    YIELD_SECONDS = 70
};

/** A server that a client started listens at HOME/doudi.sock itself. Behind a link is a service, and
 *  perhaps the caller's own socket. */
static bool is_socket(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0 && S_ISSOCK(status.st_mode);
}

/** Asks whoever has the home to make room. RESULT_OK: it does; RESULT_EXISTS: it never will. */
static enum result ask_to_yield(const char *home)
{
    char *path = socket_path(home);
    struct client_options options = {
        .home = home, .socket = path, .patience = 1, .answer_seconds = ANSWER_SECONDS};
    Wire__Yield yield = WIRE__YIELD__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    struct client *client = NULL;
    char *message = NULL;
    enum result result =
        is_socket(path) ? client_open(&options, &client, &message) : RESULT_NOSERVER;

    if (result == 0) {
        request.what_case = WIRE__REQUEST__WHAT_YIELD;
        request.yield = &yield;
        result = client_call(client, &request, &response);
    }
    client_response_free(&response);
    client_close(&client);
    free(message);
    free(path);
    return result;
}

/** Waits a moment; true if the caller is to stop. */
static bool stops(const struct takeover *ask)
{
    struct pollfd wait = {.fd = ask->stop_fd, .events = POLLIN};

    return poll(&wait, 1, LOOK_MS) > 0;
}

enum result takeover_lock(const struct takeover *ask, int *ret_lock, char **ret_message)
{
    int64_t begun = session_clock();
    int64_t until = begun + (ask->patience > 0 ? ask->patience : LEAST_SECONDS) * (int64_t)1000;
    int64_t asked = 0;

    for (;;) {
        char *message = NULL;
        enum result result = homedir_lock(ask->home, ask->create, ret_lock, &message);
        enum result answer = RESULT_AGAIN;
        int64_t now = session_clock();

        if (result == RESULT_AGAIN && (asked == 0 || now - asked >= ASK_MS)) {
            answer = ask_to_yield(ask->home);
            asked = session_clock();
        }
        if (answer == 0 && until < now + YIELD_SECONDS * (int64_t)1000)
            until = now + YIELD_SECONDS * (int64_t)1000;
        if (result == RESULT_AGAIN && ask->waiting != NULL)
            ask->waiting(message, now - begun, ask->arg);
        if (result != RESULT_AGAIN || now >= until || stops(ask) ||
            (answer == RESULT_EXISTS && ask->patience == 0)) {
            *ret_message = message;
            return result;
        }
        free(message);
    }
}
