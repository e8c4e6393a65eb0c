#include "server_fixture.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/str.h"
#include "server/handlers.h"
#include "wire/frame.h"
#include "wire/socket.h"

#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct gate gate;
struct disk disk = {.lock = PTHREAD_MUTEX_INITIALIZER};

static enum result fake_hello(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply)
{
    (void)reply;
    session->greeted = true;
    if (request->hello->as_system)
        session->caller.role = ROLE_SYSTEM;
    response->what_case = WIRE__RESPONSE__WHAT_WELCOME;
    response->welcome = mem_new(sizeof *response->welcome);
    wire__welcome__init(response->welcome);
    return RESULT_OK;
}

static enum result fake_status(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply)
{
    (void)request;
    (void)response;
    return reply_say(reply, session->caller.owner ? RESULT_OK : RESULT_DENIED, "好");
}

static enum result fake_find(struct session *session, const Wire__Request *request,
                             Wire__Response *response, struct reply *reply)
{
    (void)session;
    (void)response;
    return reply_say(reply, RESULT_NOTFOUND, "没有找到：%s", request->find->text);
}

static enum result fake_verify(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply)
{
    (void)session;
    (void)request;
    (void)response;
    (void)reply;
    atomic_fetch_add(&gate.entered, 1);
    while (!atomic_load(&gate.open))
        usleep(1000);
    atomic_fetch_add(&gate.finished, 1);
    return RESULT_OK;
}

static enum result fake_demo(struct session *session, const Wire__Request *request,
                             Wire__Response *response, struct reply *reply)
{
    const struct caller *caller = &session->caller;
    enum result result = RESULT_OK;

    (void)request;
    (void)response;
    (void)reply;
    atomic_fetch_add(&gate.entered, 1);
    while (result == 0) {
        result = caller->progress(1, 2, "演示数据", caller->arg);
        usleep(1000);
    }
    atomic_fetch_add(&gate.finished, 1);
    return result;
}

/** An answer as long as the request's limit says. */
static enum result fake_cases(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply)
{
    (void)session;
    (void)response;
    reply->message = mem_new((size_t)request->cases->limit + 1);
    memset(reply->message, 'x', request->cases->limit);
    return RESULT_OK;
}

/** A write that says its values again, once it is on the disk. */
static enum result fake_draft_put(struct session *session, const Wire__Request *request,
                                  Wire__Response *response, struct reply *reply)
{
    (void)response;
    atomic_fetch_add(&gate.entered, 1);
    *session->caller.unsettled = true;
    struct str text = {0};

    for (size_t i = 0; i < request->draft_put->n_values; i++)
        str_add(&text, request->draft_put->values[i]->value);
    reply->message = str_take(&text);
    return RESULT_OK;
}

static void fake_settle(struct service *service, struct settle *settle)
{
    bool slow = atomic_load(&disk.slow);

    (void)service;
    pthread_mutex_lock(&disk.lock);
    if (slow) {
        settle->next = disk.held;
        disk.held = settle;
    }
    pthread_mutex_unlock(&disk.lock);
    atomic_fetch_add(&disk.asked, 1);
    if (!slow)
        settle->done(settle);
}

void disk_let_go(void)
{
    pthread_mutex_lock(&disk.lock);
    struct settle *settle = disk.held;
    disk.held = NULL;
    pthread_mutex_unlock(&disk.lock);
    while (settle != NULL) {
        struct settle *next = settle->next;
        settle->done(settle);
        settle = next;
    }
}

static enum result fake_nothing(struct session *session, const Wire__Request *request,
                                Wire__Response *response, struct reply *reply)
{
    (void)session;
    (void)request;
    (void)response;
    (void)reply;
    return RESULT_OK;
}

static const struct handler FAKES[] = {
    {WIRE__REQUEST__WHAT_HELLO, "hello", ACTION_LOGIN, fake_hello},
    {WIRE__REQUEST__WHAT_STATUS, "status", ACTION_LOGIN, fake_status},
    {WIRE__REQUEST__WHAT_FIND, "find", ACTION_LOGIN, fake_find},
    {WIRE__REQUEST__WHAT_VERIFY, "verify", ACTION_LOGIN, fake_verify},
    {WIRE__REQUEST__WHAT_DEMO, "demo", ACTION_LOGIN, fake_demo},
    {WIRE__REQUEST__WHAT_CASES, "cases", ACTION_LOGIN, fake_cases},
    {WIRE__REQUEST__WHAT_CASE_SAVE, "case_save", ACTION_LOGIN, fake_nothing},
    {WIRE__REQUEST__WHAT_DRAFT_PUT, "draft_put", ACTION_LOGIN, fake_draft_put},
    {WIRE__REQUEST__WHAT_INIT, "init", ACTION_LOGIN, fake_nothing},
    {WIRE__REQUEST__WHAT_YIELD, "yield", ACTION_LOGIN, handle_yield},
};

void *server_thread(void *arg)
{
    struct fixture *fixture = arg;

    fixture->result = server_run(&fixture->options);
    return NULL;
}

struct fixture *server_start(int idle_exit, uid_t owner, struct limits limits)
{
    struct fixture *fixture = mem_new(sizeof *fixture);

    gate.entered = 0;
    gate.finished = 0;
    gate.open = false;
    disk.asked = 0;
    disk.slow = false;
    fixture->directory = unit_folder("server");
    fixture->path = paths_join(fixture->directory, "doudi.sock");
    fixture->options = (struct server_options){
        .home = fixture->directory,
        .settle = fake_settle,
        .handlers = {.rows = FAKES, .count = COUNT(FAKES)},
        .stop_fd = eventfd(0, 0),
        .idle_exit = idle_exit,
        .owner = owner,
        .limits = limits,
    };
    assert_int_equal(socket_listen(fixture->path, &fixture->options.listen_fd), RESULT_OK);
    assert_int_equal(pthread_create(&fixture->thread, NULL, server_thread, fixture), 0);
    return fixture;
}

int server_begin(void **state)
{
    *state = server_start(0, geteuid(), limits_default());
    return 0;
}

void ask_to_stop(const struct fixture *fixture)
{
    eventfd_write(fixture->options.stop_fd, 1);
}

int server_end(void **state)
{
    struct fixture *fixture = *state;

    atomic_store(&gate.open, true);
    ask_to_stop(fixture);
    pthread_join(fixture->thread, NULL);
    close(fixture->options.stop_fd);
    close(fixture->options.listen_fd);
    unlink(fixture->path);
    rmdir(fixture->directory);
    free(fixture->path);
    free(fixture->directory);
    free(fixture);
    return 0;
}

struct client *open_client(const struct fixture *fixture)
{
    struct client_options options = {
        .home = fixture->directory, .socket = fixture->path, .as_system = true, .patience = 1};
    struct client *client = NULL;
    char *message = NULL;

    assert_int_equal(client_open(&options, &client, &message), RESULT_OK);
    return client;
}

enum result ask_status(struct client *client)
{
    Wire__Status status = WIRE__STATUS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    enum result result;

    request.what_case = WIRE__REQUEST__WHAT_STATUS;
    request.status = &status;
    result = client_call(client, &request, &response);
    client_response_free(&response);
    return result;
}

int connect_raw(const struct fixture *fixture)
{
    int fd;

    assert_int_equal(socket_connect(fixture->path, &fd), RESULT_OK);
    socket_set_timeouts(fd, 60, 60);
    return fd;
}

void send_request(int fd, Wire__Request *request)
{
    uint8_t *bytes;

    request->number = 1;
    bytes = mem_new(wire__request__get_packed_size(request) + 1);
    assert_int_equal(frame_write(fd, bytes, wire__request__pack(request, bytes)), RESULT_OK);
    free(bytes);
}

Wire__Response *read_answer(int fd)
{
    Wire__Response *response;
    uint8_t *bytes;
    size_t length;

    assert_int_equal(frame_read(fd, FRAME_RESPONSE_MAX, &bytes, &length), RESULT_OK);
    response = wire__response__unpack(NULL, length, bytes);
    assert_non_null(response);
    free(bytes);
    return response;
}

void say_hello(int fd, bool as_system)
{
    Wire__Hello hello = WIRE__HELLO__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response;

    hello.as_system = as_system;
    request.what_case = WIRE__REQUEST__WHAT_HELLO;
    request.hello = &hello;
    send_request(fd, &request);
    response = read_answer(fd);
    assert_int_equal(response->result, RESULT_OK);
    client_response_free(&response);
}
