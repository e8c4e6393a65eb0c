#include "wire/frame.h"

#include "base/random.h"
#include "wire/doudi.pb-c.h"
#include "wire/socket.h"

#include "unit.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { LIMIT = 1000 };

static int make_pair(void **state)
{
    int *pair = malloc(2 * sizeof(int));

    *state = pair;
    return socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
}

static int drop_pair(void **state)
{
    int *pair = *state;

    close(pair[0]);
    close(pair[1]);
    free(pair);
    return 0;
}

#define SENT(text) (const uint8_t *)(text), sizeof(text) - 1

static const struct {
    const char *what;
    const uint8_t *sent;
    size_t sent_length;
    enum result result;
    size_t length;
} cases[] = {
    {"nothing", SENT(""), RESULT_NOTFOUND, 0},
    {"part of a header", SENT("\0\0\0"), RESULT_PROTOCOL, 0},
    {"empty frame", SENT("\0\0\0\0"), RESULT_OK, 0},
    {"a frame", SENT("\0\0\0\3abc"), RESULT_OK, 3},
    {"a frame and more", SENT("\0\0\0\3abcdef"), RESULT_OK, 3},
    {"truncated frame", SENT("\0\0\0\4abc"), RESULT_PROTOCOL, 0},
    {"header only", SENT("\0\0\0\1"), RESULT_PROTOCOL, 0},
    {"one too long", SENT("\0\0\3\351"), RESULT_PROTOCOL, 0},
    {"longest of all", SENT("\377\377\377\377abc"), RESULT_PROTOCOL, 0},
    {"a web browser", SENT("GET / HTTP/1.1\r\n\r\n"), RESULT_PROTOCOL, 0},
};

static void reads_what_was_sent(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        uint8_t *bytes = NULL;
        size_t length = 77;
        int pair[2];

        assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
        assert_int_equal(write(pair[0], cases[i].sent, cases[i].sent_length), cases[i].sent_length);
        close(pair[0]);
        if (frame_read(pair[1], LIMIT, &bytes, &length) != cases[i].result)
            fail_msg("%s", cases[i].what);
        if (cases[i].result == 0) {
            assert_int_equal(length, cases[i].length);
            assert_memory_equal(bytes, cases[i].sent + 4, length);
        } else {
            assert_null(bytes);
            assert_int_equal(length, 77);
        }
        free(bytes);
        close(pair[1]);
    }
}

static void the_limit_itself_is_allowed(void **state)
{
    int *pair = *state;
    uint8_t sent[LIMIT] = {1, 2, 3};
    uint8_t *bytes = NULL;
    size_t length = 0;

    assert_int_equal(frame_write(pair[0], sent, LIMIT), RESULT_OK);
    assert_int_equal(frame_read(pair[1], LIMIT, &bytes, &length), RESULT_OK);
    assert_int_equal(length, LIMIT);
    assert_memory_equal(bytes, sent, LIMIT);
    free(bytes);
}

struct large {
    int fd;
    uint8_t *bytes;
    size_t length;
};

static void *write_large(void *arg)
{
    struct large *large = arg;

    return (void *)(intptr_t)frame_write(large->fd, large->bytes, large->length);
}

/** More than a socket's buffer holds goes out in pieces. */
static void large_frames_arrive_whole(void **state)
{
    int *pair = *state;
    struct large large = {.fd = pair[0], .length = FRAME_REQUEST_MAX};
    struct random random = {.state = 7};
    uint8_t *bytes = NULL;
    size_t length = 0;
    pthread_t thread;
    void *written;

    large.bytes = malloc(large.length);
    for (size_t i = 0; i < large.length; i++)
        large.bytes[i] = (uint8_t)random_next(&random);
    assert_int_equal(pthread_create(&thread, NULL, write_large, &large), 0);
    assert_int_equal(frame_read(pair[1], FRAME_REQUEST_MAX, &bytes, &length), RESULT_OK);
    pthread_join(thread, &written);
    assert_int_equal((intptr_t)written, RESULT_OK);
    assert_int_equal(length, large.length);
    assert_memory_equal(bytes, large.bytes, length);
    free(bytes);
    free(large.bytes);
}

/** Without a reader there is room for some frames, and no more waiting for it than that. */
static void what_must_go_at_once_does_not_wait(void **state)
{
    int *pair = *state;
    uint8_t frame[60000] = {0};
    enum result result = RESULT_OK;
    int sent = 0;

    while ((result = frame_write_now(pair[0], frame, sizeof frame)) == 0)
        sent++;
    assert_int_equal(result, RESULT_AGAIN);
    assert_in_range(sent, 1, 1000);
}

static void refuses_to_write_what_nobody_may_read(void **state)
{
    int *pair = *state;

    assert_int_equal(frame_write(pair[0], (const uint8_t *)"", (size_t)FRAME_RESPONSE_MAX + 1),
                     RESULT_PROTOCOL);
}

static void waits_no_longer_than_the_socket(void **state)
{
    int *pair = *state;
    struct timeval soon = {.tv_usec = 1000};
    uint8_t large[1 << 20] = {0};
    uint8_t *bytes = NULL;
    size_t length;

    setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof soon);
    setsockopt(pair[0], SOL_SOCKET, SO_SNDTIMEO, &soon, sizeof soon);
    assert_int_equal(frame_read(pair[0], LIMIT, &bytes, &length), RESULT_AGAIN);
    assert_int_equal(frame_write(pair[0], large, sizeof large), RESULT_AGAIN);
}

/** A vanished reader is an error, not a signal. */
static void survives_a_reader_that_went_away(void **state)
{
    int pair[2];

    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    close(pair[1]);
    assert_int_equal(frame_write(pair[0], (const uint8_t *)"abc", 3), RESULT_IO);
    close(pair[0]);
}

static void on_alarm(int number)
{
    (void)number;
}

static void *write_late(void *arg)
{
    int *pair = arg;

    usleep(20000);
    return (void *)(intptr_t)frame_write(pair[0], (const uint8_t *)"late", 4);
}

static void goes_on_after_signals(void **state)
{
    int *pair = *state;
    struct sigaction action = {.sa_handler = on_alarm};
    struct itimerval often = {.it_interval = {.tv_usec = 500}, .it_value = {.tv_usec = 500}};
    struct itimerval never = {.it_value = {0}};
    uint8_t *bytes = NULL;
    size_t length;
    pthread_t thread;

    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
    assert_int_equal(pthread_create(&thread, NULL, write_late, pair), 0);
    assert_int_equal(frame_read(pair[1], LIMIT, &bytes, &length), RESULT_OK);
    setitimer(ITIMER_REAL, &never, NULL);
    pthread_join(thread, NULL);
    assert_int_equal(length, 4);
    free(bytes);
}

/** Whatever comes, reading ends, and what is read unpacks to a request or to nothing. */
static void noise_does_no_harm(void **state)
{
    struct random random = {.state = 20261123};
    size_t frames = 0;

    (void)state;
    for (int round = 0; round < 3000; round++) {
        uint8_t noise[64];
        uint8_t *bytes;
        size_t length;
        int pair[2];

        for (size_t i = 0; i < sizeof noise; i++)
            noise[i] = (uint8_t)random_next(&random);
        memset(noise, 0, 3);
        assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
        assert_int_equal(write(pair[0], noise, sizeof noise), sizeof noise);
        close(pair[0]);
        while (frame_read(pair[1], LIMIT, &bytes, &length) == 0) {
            Wire__Request *request = wire__request__unpack(NULL, length, bytes);

            if (request != NULL)
                wire__request__free_unpacked(request, NULL);
            free(bytes);
            frames++;
        }
        close(pair[1]);
    }
    assert_true(frames > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_was_sent),
        cmocka_unit_test_setup_teardown(the_limit_itself_is_allowed, make_pair, drop_pair),
        cmocka_unit_test_setup_teardown(large_frames_arrive_whole, make_pair, drop_pair),
        cmocka_unit_test_setup_teardown(what_must_go_at_once_does_not_wait, make_pair, drop_pair),
        cmocka_unit_test_setup_teardown(refuses_to_write_what_nobody_may_read, make_pair,
                                        drop_pair),
        cmocka_unit_test_setup_teardown(waits_no_longer_than_the_socket, make_pair, drop_pair),
        cmocka_unit_test(survives_a_reader_that_went_away),
        cmocka_unit_test_setup_teardown(goes_on_after_signals, make_pair, drop_pair),
        cmocka_unit_test(noise_does_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
