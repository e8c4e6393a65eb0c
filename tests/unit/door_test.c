#include "server_fixture.h"

#include "server/door.h"
#include "server/handlers.h"
#include "wire/socket.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * Clients that are turned away, and the server that makes room for another.
 */

static enum result ask_to_yield(struct client *client)
{
    Wire__Yield yield = WIRE__YIELD__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    enum result result;

    request.what_case = WIRE__REQUEST__WHAT_YIELD;
    request.yield = &yield;
    result = client_call(client, &request, &response);
    client_response_free(&response);
    return result;
}

static void everybody_in_the_queue_hears_the_reason(void **state)
{
    enum { MANY = 20 };
    struct fixture fixture = {.directory = unit_folder("door")};
    int clients[MANY];
    int listen_fd = -1;
    char path[200];

    (void)state;
    snprintf(path, sizeof path, "%s/s", fixture.directory);
    fixture.path = path;
    assert_int_equal(socket_listen(path, &listen_fd), RESULT_OK);
    door_refuse_waiting(listen_fd, RESULT_INVALID, "没有人"); /* nobody waits: returns at once */
    for (size_t i = 0; i < MANY; i++)
        clients[i] = connect_raw(&fixture);
    door_refuse_waiting(listen_fd, RESULT_INVALID, "服务起不来");
    for (size_t i = 0; i < MANY; i++) {
        Wire__Response *answer = read_answer(clients[i]);

        assert_int_equal(answer->result, RESULT_INVALID);
        assert_string_equal(answer->message, "服务起不来");
        assert_int_equal(answer->number, 0);
        client_response_free(&answer);
        close(clients[i]);
    }
    close(listen_fd);
    unlink(path);
    rmdir(fixture.directory);
    free(fixture.directory);
}

/** What the server of `owner` answers; a server that lasts has no idle time. */
static void only_a_temporary_server_yields_to_its_owner(void **state)
{
    static const struct {
        int idle_exit;
        uid_t other;
        enum result expected;
    } ROWS[] = {{30, 0, RESULT_OK}, {0, 0, RESULT_EXISTS}, {30, 1, RESULT_DENIED}};

    (void)state;
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        struct fixture *fixture =
            server_start(ROWS[i].idle_exit, geteuid() + ROWS[i].other, limits_default());
        struct client *client = open_client(fixture);
        int other = connect_raw(fixture);
        char byte;

        say_hello(other, true);
        assert_int_equal(ask_to_yield(client), ROWS[i].expected);
        if (ROWS[i].expected == 0) {
            /* The server ends although nobody stopped it and a client is still there. */
            pthread_join(fixture->thread, NULL);
            assert_int_equal(fixture->result, RESULT_OK);
            assert_int_equal(recv(other, &byte, 1, 0), 0);
            assert_int_equal(pthread_create(&fixture->thread, NULL, server_thread, fixture), 0);
        } else {
            assert_int_equal(recv(other, &byte, 1, MSG_DONTWAIT), -1);
        }
        close(other);
        client_close(&client);
        server_end((void **)&fixture);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_in_the_queue_hears_the_reason),
        cmocka_unit_test(only_a_temporary_server_yields_to_its_owner),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
