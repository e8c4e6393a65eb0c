#include "server/server.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/random.h"
#include "server/handlers.h"
#include "server/limits.h"
#include "wire/client.h"
#include "wire/frame.h"
#include "wire/socket.h"

#include "unit.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * The listening core with a table of handlers that need no service. The handlers wait at a gate,
 * so that a test decides when a request is in the middle of its work.
 */

struct gate {
    atomic_int entered;
    atomic_int finished;
    atomic_bool open;
};

static struct gate gate;

static enum result fake_hello(struct session *session, const Wire__Request *request,
                              Wire__Response *response, struct reply *reply)
{
    (void)reply;
    session->greeted = true;
    if (request->hello->as_system)
        session->caller.role = ROLE_SYSTEM;
    response->what_case = WIRE__RESPONSE__WHAT_WELCOME;
    response->welcome = mem_new(sizeof(*response->welcome));
    wire__welcome__init(response->welcome);
    return RESULT_OK;
}

static enum result fake_status(struct session *session, const Wire__Request *request,
                               Wire__Response *response, struct reply *reply)
{
    (void)request;
    (void)response;
    return reply_say(reply, session->owner ? RESULT_OK : RESULT_DENIED, "好");
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
    while (result == RESULT_OK) {
        result = caller->progress(1, 2, "演示数据", caller->arg);
        usleep(1000);
    }
    atomic_fetch_add(&gate.finished, 1);
    return result;
}

static const struct handler FAKES[] = {
    {WIRE__REQUEST__WHAT_HELLO, "hello", ACTION_LOGIN, fake_hello},
    {WIRE__REQUEST__WHAT_STATUS, "status", ACTION_LOGIN, fake_status},
    {WIRE__REQUEST__WHAT_FIND, "find", ACTION_LOGIN, fake_find},
    {WIRE__REQUEST__WHAT_VERIFY, "verify", ACTION_LOGIN, fake_verify},
    {WIRE__REQUEST__WHAT_DEMO, "demo", ACTION_LOGIN, fake_demo},
};

struct fixture {
    char *directory;
    char *path;
    struct server_options options;
    pthread_t thread;
    enum result result;
};

static void *run_server(void *arg)
{
    struct fixture *fixture = arg;

    fixture->result = server_run(&fixture->options);
    return NULL;
}

static struct fixture *start_server_for(int idle_exit)
{
    struct fixture *fixture = mem_new(sizeof(*fixture));

    gate.entered = 0;
    gate.finished = 0;
    gate.open = false;
    fixture->directory = unit_folder("server");
    fixture->path = paths_join(fixture->directory, "doudi.sock");
    fixture->options = (struct server_options){
        .home = fixture->directory,
        .handlers = {.rows = FAKES, .count = COUNT(FAKES)},
        .stop_fd = eventfd(0, 0),
        .idle_exit = idle_exit,
        .owner = geteuid(),
    };
    assert_int_equal(socket_listen(fixture->path, &fixture->options.listen_fd), RESULT_OK);
    assert_int_equal(pthread_create(&fixture->thread, NULL, run_server, fixture), 0);
    return fixture;
}

static int begin(void **state)
{
    *state = start_server_for(0);
    return 0;
}

static void ask_to_stop(const struct fixture *fixture)
{
    eventfd_write(fixture->options.stop_fd, 1);
}

static int end(void **state)
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

static struct client *open_client(const struct fixture *fixture)
{
    struct client_options options = {
        .home = fixture->directory, .socket = fixture->path, .as_system = true, .patience = 1};
    struct client *client = NULL;
    char *message = NULL;

    assert_int_equal(client_open(&options, &client, &message), RESULT_OK);
    return client;
}

static enum result ask_status(struct client *client)
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

static int connect_raw(const struct fixture *fixture)
{
    int fd;

    assert_int_equal(socket_connect(fixture->path, &fd), RESULT_OK);
    socket_set_timeouts(fd, 20, 20);
    return fd;
}

static void send_request(int fd, Wire__Request *request)
{
    uint8_t bytes[4096];

    request->number = 1;
    assert_int_equal(frame_write(fd, bytes, wire__request__pack(request, bytes)), RESULT_OK);
}

static Wire__Response *read_answer(int fd)
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

static void say_hello(int fd)
{
    Wire__Hello hello = WIRE__HELLO__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response;

    hello.as_system = true;
    request.what_case = WIRE__REQUEST__WHAT_HELLO;
    request.hello = &hello;
    send_request(fd, &request);
    response = read_answer(fd);
    assert_int_equal(response->result, RESULT_OK);
    client_response_free(&response);
}

static void wait_until(atomic_int *count, int value)
{
    while (atomic_load(count) < value)
        usleep(1000);
}

/** Every request of the protocol has one row, under its own name. */
static void every_request_has_a_handler(void **state)
{
    const ProtobufCMessageDescriptor *request = &wire__request__descriptor;
    size_t rows = 0;

    (void)state;
    for (unsigned i = 0; i < request->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &request->fields[i];
        const struct handler *handler;

        if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) == 0)
            continue;
        handler = handler_find(&HANDLERS, (Wire__Request__WhatCase)field->id);
        if (handler == NULL)
            fail_msg("no handler for %s", field->name);
        assert_string_equal(handler->name, field->name);
        assert_non_null(handler->handle);
        rows++;
    }
    assert_int_equal(rows, HANDLERS.count);
}

static void answers_with_result_and_words(void **state)
{
    struct client *client = open_client(*state);
    char text[] = "王桂兰";
    Wire__Find find = WIRE__FIND__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    assert_int_equal(ask_status(client), RESULT_OK);
    find.text = text;
    request.what_case = WIRE__REQUEST__WHAT_FIND;
    request.find = &find;
    assert_int_equal(client_call(client, &request, &response), RESULT_NOTFOUND);
    assert_string_equal(response->message, "没有找到：王桂兰");
    assert_int_equal(response->number, 2);
    client_response_free(&response);
    client_close(&client);
}

/** Text in another encoding is refused in words; the connection stays. */
static void refuses_other_encodings(void **state)
{
    struct client *client = open_client(*state);
    char text[] = "\xcd\xf5\xb9\xf0\xc0\xbc";
    Wire__Find find = WIRE__FIND__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    find.text = text;
    request.what_case = WIRE__REQUEST__WHAT_FIND;
    request.find = &find;
    assert_int_equal(client_call(client, &request, &response), RESULT_INVALID);
    client_response_free(&response);
    assert_int_equal(ask_status(client), RESULT_OK);
    client_close(&client);
}

#define SENT(text) (const uint8_t *)(text), sizeof(text) - 1

/** Whoever sends what is no request is told so and cut off; nobody else notices. */
static void cuts_off_who_speaks_another_language(void **state)
{
    static const struct {
        const char *what;
        const uint8_t *sent;
        size_t length;
    } cases[] = {
        {"oversized", SENT("\0\5\0\0")},
        {"a web browser", SENT("GET / HTTP/1.1\r\n\r\n")},
        {"no message", SENT("\0\0\0\3\377\377\377")},
        {"no request in it", SENT("\0\0\0\0")},
        {"a request without a handler", SENT("\0\0\0\3\232\1\0")},
        {"a request before Hello", SENT("\0\0\0\3\262\1\0")},
        {"an unknown request", SENT("\0\0\0\3\222\77\0")},
    };
    struct client *other = open_client(*state);

    for (size_t i = 0; i < COUNT(cases); i++) {
        int fd = connect_raw(*state);
        Wire__Response *response;
        uint8_t *bytes;
        size_t length;

        assert_int_equal(write(fd, cases[i].sent, cases[i].length), cases[i].length);
        response = read_answer(fd);
        if (response->result != RESULT_PROTOCOL || response->message[0] == '\0')
            fail_msg("%s: %s", cases[i].what, result_name((enum result)response->result));
        assert_int_equal(frame_read(fd, LIMIT_FRAME_BEFORE_LOGIN, &bytes, &length),
                         RESULT_NOTFOUND);
        client_response_free(&response);
        close(fd);
        assert_int_equal(ask_status(other), RESULT_OK);
    }
    client_close(&other);
}

static void hello_is_said_once(void **state)
{
    int fd = connect_raw(*state);
    Wire__Hello hello = WIRE__HELLO__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response;

    say_hello(fd);
    request.what_case = WIRE__REQUEST__WHAT_HELLO;
    request.hello = &hello;
    send_request(fd, &request);
    response = read_answer(fd);
    assert_int_equal(response->result, RESULT_PROTOCOL);
    client_response_free(&response);
    close(fd);
}

/** Half a frame and then nothing: the thread ends with its client. */
static void survives_truncated_and_random_frames(void **state)
{
    struct client *other = open_client(*state);
    struct random random = {.state = 5};

    for (int round = 0; round < 300; round++) {
        uint8_t noise[100];
        int fd = connect_raw(*state);

        if (round % 2 == 0)
            say_hello(fd);
        for (size_t i = 0; i < sizeof(noise); i++)
            noise[i] = (uint8_t)random_next(&random);
        memset(noise, 0, round % 5);
        assert_int_not_equal(
            send(fd, noise, 1 + random_below(&random, sizeof(noise) - 1), MSG_NOSIGNAL), -1);
        close(fd);
    }
    assert_int_equal(ask_status(other), RESULT_OK);
    client_close(&other);
}

static void serves_many_at_once(void **state)
{
    enum { MANY = 200 };
    struct client *clients[MANY];

    for (size_t i = 0; i < MANY; i++)
        clients[i] = open_client(*state);
    for (size_t i = 0; i < MANY; i++)
        assert_int_equal(ask_status(clients[i]), RESULT_OK);
    for (size_t i = 0; i < MANY; i++)
        client_close(&clients[i]);
}

static void ask_verify(int fd)
{
    Wire__Verify verify = WIRE__VERIFY__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    request.what_case = WIRE__REQUEST__WHAT_VERIFY;
    request.verify = &verify;
    send_request(fd, &request);
}

static void a_client_killed_in_a_request_harms_nobody(void **state)
{
    struct client *other = open_client(*state);
    int fd = connect_raw(*state);

    say_hello(fd);
    ask_verify(fd);
    wait_until(&gate.entered, 1);
    close(fd);
    assert_int_equal(ask_status(other), RESULT_OK);
    atomic_store(&gate.open, true);
    wait_until(&gate.finished, 1);
    assert_int_equal(ask_status(other), RESULT_OK);
    client_close(&other);
}

/** Work that reports its progress ends with the client that wanted it. */
static void long_work_ends_with_its_client(void **state)
{
    Wire__Demo demo = WIRE__DEMO__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response;
    int fd = connect_raw(*state);

    say_hello(fd);
    request.what_case = WIRE__REQUEST__WHAT_DEMO;
    request.demo = &demo;
    send_request(fd, &request);
    response = read_answer(fd);
    assert_non_null(response->progress);
    assert_int_equal(response->number, 1);
    assert_int_equal(response->progress->total, 2);
    client_response_free(&response);
    assert_int_equal(gate.finished, 0);
    close(fd);
    wait_until(&gate.finished, 1);
}

/** The end waits for the answer in progress, wakes who waits, and takes nobody else. */
static void finishes_what_was_begun(void **state)
{
    struct fixture *fixture = *state;
    int busy = connect_raw(fixture);
    int waiting = connect_raw(fixture);
    Wire__Response *response;
    uint8_t *bytes;
    size_t length;

    say_hello(busy);
    say_hello(waiting);
    ask_verify(busy);
    wait_until(&gate.entered, 1);
    ask_to_stop(fixture);
    assert_int_equal(frame_read(waiting, FRAME_RESPONSE_MAX, &bytes, &length), RESULT_NOTFOUND);
    assert_int_equal(gate.finished, 0);
    atomic_store(&gate.open, true);
    response = read_answer(busy);
    assert_int_equal(response->result, RESULT_OK);
    client_response_free(&response);
    assert_int_equal(frame_read(busy, FRAME_RESPONSE_MAX, &bytes, &length), RESULT_NOTFOUND);
    close(busy);
    close(waiting);
}

static void ends_a_while_after_its_last_client(void **state)
{
    struct fixture *fixture = start_server_for(1);
    struct client *client = open_client(fixture);
    void *lingering = fixture;

    (void)state;
    assert_int_equal(ask_status(client), RESULT_OK);
    client_close(&client);
    pthread_join(fixture->thread, NULL);
    assert_int_equal(fixture->result, RESULT_OK);
    assert_int_equal(pthread_create(&fixture->thread, NULL, run_server, fixture), 0);
    end(&lingering);
}

#define SERVER_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_request_has_a_handler),
        SERVER_TEST(answers_with_result_and_words),
        SERVER_TEST(refuses_other_encodings),
        SERVER_TEST(cuts_off_who_speaks_another_language),
        SERVER_TEST(hello_is_said_once),
        SERVER_TEST(survives_truncated_and_random_frames),
        SERVER_TEST(serves_many_at_once),
        SERVER_TEST(a_client_killed_in_a_request_harms_nobody),
        SERVER_TEST(long_work_ends_with_its_client),
        SERVER_TEST(finishes_what_was_begun),
        cmocka_unit_test(ends_a_while_after_its_last_client),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
