#include "server_fixture.h"

#include "base/mem.h"
#include "base/random.h"
#include "server/handlers.h"
#include "wire/frame.h"
#include "wire/socket.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void wait_until(atomic_int *count, int value)
{
    enum { WAITS = 60 * 1000 };

    for (int i = 0; atomic_load(count) < value; i++) {
        assert_true(i < WAITS);
        usleep(1000);
    }
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
        handler = dispatch_find_handler(&HANDLERS, (Wire__Request__WhatCase)field->id);
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

    say_hello(fd, true);
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
            say_hello(fd, true);
        for (size_t i = 0; i < sizeof noise; i++)
            noise[i] = (uint8_t)random_next(&random);
        memset(noise, 0, round % 5);
        assert_int_not_equal(
            send(fd, noise, 1 + random_below(&random, sizeof noise - 1), MSG_NOSIGNAL), -1);
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

    say_hello(fd, true);
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

    say_hello(fd, true);
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

    say_hello(busy, true);
    say_hello(waiting, true);
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

// ---- answers that wait for the disk

/** Writes `text` in pieces, whose answer says it again; false if the connection is gone. */
static bool try_draft(int fd, uint64_t number, const char *text)
{
    enum { PIECES = 50, PIECE = 5000 };
    char pieces[PIECES][PIECE + 1];
    Wire__Value values[PIECES];
    Wire__Value *pointers[PIECES];
    Wire__DraftPut put = WIRE__DRAFT_PUT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    for (put.values = pointers; *text != '\0'; text += strlen(pieces[put.n_values++])) {
        assert_true(put.n_values < PIECES);
        (void)snprintf(pieces[put.n_values], sizeof pieces[0], "%s", text);
        wire__value__init(&values[put.n_values]);
        values[put.n_values].value = pieces[put.n_values];
        pointers[put.n_values] = &values[put.n_values];
    }
    request.number = number;
    request.what_case = WIRE__REQUEST__WHAT_DRAFT_PUT;
    request.draft_put = &put;
    size_t length = wire__request__get_packed_size(&request);
    uint8_t *bytes = mem_new(length);
    wire__request__pack(&request, bytes);
    bool sent = frame_write(fd, bytes, length) == 0;
    free(bytes);
    return sent;
}

static void expect_draft(int fd, const char *text)
{
    Wire__Response *response = read_answer(fd);

    assert_int_equal(response->result, RESULT_OK);
    assert_string_equal(response->message, text);
    client_response_free(&response);
}

static void expect_silence(int fd)
{
    char byte;

    assert_int_equal(recv(fd, &byte, 1, MSG_DONTWAIT | MSG_PEEK), -1);
    assert_int_equal(errno, EAGAIN);
}

static char *make_text(size_t length)
{
    char *text = mem_new(length + 1);

    memset(text, 'x', length);
    return text;
}

/** Short and long, an answer goes out when what it says is on the disk, and others go on. */
static void an_answer_waits_for_the_disk(void **state)
{
    static const size_t lengths[] = {0, 1, 60000, 200000};
    struct client *other = open_client(*state);
    int fd = connect_raw(*state);

    say_hello(fd, true);
    for (size_t i = 0; i < COUNT(lengths); i++) {
        char *text = make_text(lengths[i]);

        atomic_store(&disk.slow, true);
        assert_true(try_draft(fd, 2 + i, text));
        wait_until(&disk.asked, (int)i + 1);
        assert_int_equal(ask_status(other), RESULT_OK);
        expect_silence(fd);
        disk_let_go();
        expect_draft(fd, text);
        free(text);
    }
    client_close(&other);
    close(fd);
}

/** Whoever asks on without waiting is answered in order, one write after the other. */
static void a_request_waits_for_the_answer_before(void **state)
{
    int fd = connect_raw(*state);

    say_hello(fd, true);
    atomic_store(&disk.slow, true);
    assert_true(try_draft(fd, 2, "一") && try_draft(fd, 3, "二"));
    for (int i = 1; i <= 2; i++) {
        wait_until(&disk.asked, i);
        usleep(20000);
        assert_int_equal(gate.entered, i);
        expect_silence(fd);
        disk_let_go();
        expect_draft(fd, i == 1 ? "一" : "二");
    }
    close(fd);
}

/** Others wait for the same disk, so nobody waits for a client that reads no answers. */
static void who_reads_no_answers_is_cut_off(void **state)
{
    enum { MANY = 100, LENGTH = 60000 };
    struct client *other = open_client(*state);
    char *text = make_text(LENGTH);
    int fd = connect_raw(*state);
    int answers = 0;
    uint8_t *bytes;
    size_t length;

    say_hello(fd, true);
    for (uint64_t i = 0; i < MANY && try_draft(fd, 2 + i, text); i++)
        continue;
    while (frame_read(fd, FRAME_RESPONSE_MAX, &bytes, &length) == 0) {
        free(bytes);
        answers++;
    }
    assert_in_range(answers, 1, MANY - 1);
    assert_int_equal(ask_status(other), RESULT_OK);
    free(text);
    client_close(&other);
    close(fd);
}

/** The end of the server waits for the disk, and the answer still goes out. */
static void the_last_answer_is_not_lost(void **state)
{
    int fd = connect_raw(*state);

    say_hello(fd, true);
    atomic_store(&disk.slow, true);
    assert_true(try_draft(fd, 2, "末"));
    wait_until(&disk.asked, 1);
    ask_to_stop(*state);
    usleep(20000);
    expect_silence(fd);
    disk_let_go();
    expect_draft(fd, "末");
    close(fd);
}

static void ends_a_while_after_its_last_client(void **state)
{
    struct fixture *fixture = server_start(1, geteuid(), limits_default());
    struct client *client = open_client(fixture);
    void *lingering = fixture;

    (void)state;
    assert_int_equal(ask_status(client), RESULT_OK);
    client_close(&client);
    pthread_join(fixture->thread, NULL);
    assert_int_equal(fixture->result, RESULT_OK);
    assert_int_equal(pthread_create(&fixture->thread, NULL, server_thread, fixture), 0);
    server_end(&lingering);
}

#define SERVER_TEST(test) cmocka_unit_test_setup_teardown(test, server_begin, server_end)

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
        SERVER_TEST(an_answer_waits_for_the_disk),
        SERVER_TEST(a_request_waits_for_the_answer_before),
        SERVER_TEST(who_reads_no_answers_is_cut_off),
        SERVER_TEST(the_last_answer_is_not_lost),
        cmocka_unit_test(ends_a_while_after_its_last_client),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
