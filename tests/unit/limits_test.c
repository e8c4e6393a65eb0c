/* What a client may ask of the server (base/limits.h), and what becomes of one that wants more. */
#include "server_fixture.h"

#include "base/mem.h"
#include "wire/frame.h"
#include "wire/socket.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HANG_MS = 90000, REFUSAL_MS = 200, DRIP_US = 50000, DRIPS_MAX = 400 };

/** The account these tests run as owns the home, or does not. */
static struct fixture *start(bool owner, struct limits limits)
{
    return server_start(0, owner ? geteuid() : geteuid() + 1, limits);
}

static void stop(struct fixture *fixture)
{
    void *state = fixture;

    server_end(&state);
}

// ---- requests by hand

static enum result ask(int fd, Wire__Request *request)
{
    Wire__Response *response;
    enum result result;

    send_request(fd, request);
    response = read_answer(fd);
    result = (enum result)response->result;
    if (result == RESULT_INVALID || result == RESULT_PROTOCOL)
        assert_string_not_equal(response->message, "");
    client_response_free(&response);
    return result;
}

static enum result ask_raw_status(int fd)
{
    Wire__Status status = WIRE__STATUS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    request.what_case = WIRE__REQUEST__WHAT_STATUS;
    request.status = &status;
    return ask(fd, &request);
}

/** A client that is logged in, or a stranger that has said Hello. */
static int connect_as(const struct fixture *fixture, bool known)
{
    int fd = connect_raw(fixture);

    say_hello(fd, known);
    return fd;
}

static void expect_end(int fd)
{
    uint8_t *bytes;
    size_t length;

    assert_result(frame_read(fd, FRAME_RESPONSE_MAX, &bytes, &length), RESULT_NOTFOUND);
    close(fd);
}

/** A client for whom there is no place is told so. */
static void expect_refusal(const struct fixture *fixture)
{
    int fd = connect_raw(fixture);
    Wire__Response *response = read_answer(fd);

    assert_result((enum result)response->result, RESULT_AGAIN);
    assert_string_not_equal(response->message, "");
    client_response_free(&response);
    expect_end(fd);
}

/** True if there was a place. */
static bool try_connect(const struct fixture *fixture, int *ret_fd)
{
    struct pollfd wait = {.fd = connect_raw(fixture), .events = POLLIN};
    bool refused = poll(&wait, 1, REFUSAL_MS) == 1;

    if (refused)
        close(wait.fd);
    *ret_fd = wait.fd;
    return !refused;
}

// ---- places

static void an_account_has_its_share_of_places(void **state)
{
    struct limits limits = limits_default();
    struct fixture *fixture;
    int fds[3];

    (void)state;
    limits.clients_per_uid = 3;
    fixture = start(false, limits);
    for (size_t i = 0; i < COUNT(fds); i++)
        fds[i] = connect_as(fixture, true);
    expect_refusal(fixture);
    close(fds[0]);
    while (!try_connect(fixture, &fds[0]))
        continue; /* until the server has noticed that a place is free */
    say_hello(fds[0], true);
    for (size_t i = 0; i < COUNT(fds); i++) {
        assert_result(ask_raw_status(fds[i]), RESULT_DENIED);
        close(fds[i]);
    }
    stop(fixture);
}

static void the_owner_always_gets_in(void **state)
{
    struct limits limits = limits_default();
    struct fixture *fixture;
    int fds[3];

    (void)state;
    limits.clients = 3;
    limits.clients_reserved = 1;
    limits.clients_per_uid = 1;
    fixture = start(true, limits);
    for (size_t i = 0; i < COUNT(fds); i++)
        fds[i] = connect_as(fixture, true);
    expect_refusal(fixture);
    for (size_t i = 0; i < COUNT(fds); i++)
        close(fds[i]);
    stop(fixture);

    limits.clients_per_uid = 3;
    fixture = start(false, limits);
    for (size_t i = 0; i < 2; i++)
        fds[i] = connect_as(fixture, true);
    expect_refusal(fixture);
    for (size_t i = 0; i < 2; i++)
        close(fds[i]);
    stop(fixture);
}

/** An officer, whatever the account; the owner of the home is not counted. */
static void an_officer_has_a_share_of_places(void **state)
{
    static const struct {
        const char *officer;
        bool owner, sits;
    } comers[] = {
        {"1001", false, true}, {"1001", false, true},  {"1002", false, true},
        {"", false, true},     {"1001", false, false}, {"1001", true, true},
    };
    struct seats *seats = seats_new(2);
    struct session sessions[COUNT(comers)];
    struct reply reply = {0};

    (void)state;
    for (size_t i = 0; i < COUNT(comers); i++) {
        struct caller *caller = &sessions[i].caller;
        session_start(&sessions[i], NULL, NULL, -1);
        sessions[i].seats = seats;
        caller->owner = comers[i].owner;
        caller->role = comers[i].officer[0] != '\0' ? ROLE_STREET : ROLE_NONE;
        strcpy(caller->officer, comers[i].officer);
        assert_result(session_sit(&sessions[i], &reply), comers[i].sits ? RESULT_OK : RESULT_AGAIN);
        if (!comers[i].sits) {
            assert_non_null(strstr(reply.message, "处登录"));
            assert_int_equal(caller->role, ROLE_NONE);
        }
    }
    session_sit(&sessions[0], &reply); /* who sits needs no second place */
    session_end(&sessions[0]);
    sessions[4].caller.role = ROLE_STREET;
    strcpy(sessions[4].caller.officer, "1001");
    assert_result(session_sit(&sessions[4], &reply), RESULT_OK);
    sessions[1].caller.role = ROLE_NONE; /* logs out */
    assert_result(session_sit(&sessions[1], &reply), RESULT_OK);
    assert_true(seats_take(seats, "1001"));
    assert_false(seats_take(seats, "1001"));
    for (size_t i = 1; i < COUNT(comers); i++)
        session_end(&sessions[i]);
    reply_free(&reply);
    seats_free(&seats);
}

// ---- time

static void silent_strangers_are_cut_off(void **state)
{
    struct limits limits = limits_default();
    struct fixture *fixture;
    int mute, half, greeted, known;

    (void)state;
    limits.silent_seconds = 1;
    fixture = start(false, limits);
    known = connect_as(fixture, true);
    mute = connect_raw(fixture);
    greeted = connect_as(fixture, false);
    half = connect_raw(fixture);
    assert_int_equal(write(half, "\0\0\1", 3), 3);
    expect_end(mute);
    expect_end(greeted);
    expect_end(half);
    assert_result(ask_raw_status(known), RESULT_DENIED);
    close(known);
    stop(fixture);
}

/** A frame that comes byte by byte has no more time than one that does not come. */
static void slow_strangers_are_cut_off(void **state)
{
    struct limits limits = limits_default();
    struct fixture *fixture;
    int drips = 0;
    int fd;

    (void)state;
    limits.silent_seconds = 1;
    fixture = start(false, limits);
    fd = connect_raw(fixture);
    while (drips < DRIPS_MAX && send(fd, "", 1, MSG_NOSIGNAL) == 1) {
        drips++;
        usleep(drips < 4 ? 0 : DRIP_US);
        if (drips == 3)
            assert_int_equal(send(fd, "\377", 1, MSG_NOSIGNAL), 1); /* a frame of 255 bytes */
    }
    assert_in_range(drips, 4, DRIPS_MAX - 1);
    close(fd);
    stop(fixture);
}

/** A logged-in client may be silent, but not within a frame. */
static void a_frame_that_has_begun_must_come(void **state)
{
    struct limits limits = limits_default();
    struct fixture *fixture;
    int silent, begun, whole;

    (void)state;
    limits.frame_seconds = 1;
    fixture = start(false, limits);
    silent = connect_as(fixture, true);
    begun = connect_as(fixture, true);
    whole = connect_as(fixture, true);
    assert_int_equal(write(begun, "\0\0", 2), 2);
    assert_int_equal(write(whole, "\0\0\1\0\10", 5), 5); /* of 256 bytes one */
    expect_end(begun);
    expect_end(whole);
    assert_result(ask_raw_status(silent), RESULT_DENIED);
    close(silent);
    stop(fixture);
}

static void an_answer_does_not_wait_for_ever(void **state)
{
    struct limits limits = limits_default();
    Wire__Cases cases = WIRE__CASES__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct pollfd wait = {0};
    struct fixture *fixture;

    (void)state;
    limits.unread_seconds = 1;
    fixture = start(false, limits);
    wait.fd = connect_as(fixture, true);
    cases.limit = 32 << 20;
    request.what_case = WIRE__REQUEST__WHAT_CASES;
    request.cases = &cases;
    send_request(wait.fd, &request);
    assert_int_equal(poll(&wait, 1, HANG_MS), 1);
    assert_true((wait.revents & POLLHUP) != 0);
    close(wait.fd);
    stop(fixture);
}

/** So many requests over the pace take the seconds they are over it. */
static void check_pace(bool owner, bool known, int64_t least)
{
    struct limits limits = limits_default();
    struct fixture *fixture;
    int64_t begun = session_clock();
    int fd;

    limits.pace = limits.pace_before_login = 4;
    fixture = start(owner, limits);
    fd = connect_as(fixture, known);
    for (int i = 0; i < 8; i++)
        ask_raw_status(fd);
    assert_true(session_clock() - begun >= least);
    close(fd);
    stop(fixture);
}

static void nobody_asks_faster_than_the_pace(void **state)
{
    (void)state;
    check_pace(false, true, 2000 - 1);
    check_pace(false, false, 2000 - 1);
}

static void the_owner_sets_the_pace(void **state)
{
    struct limits limits = limits_default();
    struct fixture *fixture;
    int64_t begun = session_clock();
    int fd;

    (void)state;
    limits.pace = limits.pace_before_login = 1;
    fixture = start(true, limits);
    fd = connect_as(fixture, true);
    for (int i = 0; i < 100; i++)
        assert_result(ask_raw_status(fd), RESULT_OK);
    assert_true(session_clock() - begun < 90 * 1000);
    close(fd);
    stop(fixture);
}

// ---- sizes

/** Asks with a frame of exactly so many bytes, in a cell: nothing else bounds it. */
static enum result ask_long(const struct fixture *fixture, bool known, size_t length)
{
    Wire__Sheet sheet = WIRE__SHEET__INIT;
    Wire__Init init = WIRE__INIT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    char *text = mem_new(length + 1);
    int fd = connect_as(fixture, known);
    enum result result;

    memset(text, 'x', length);
    sheet.n_cells = 1;
    sheet.cells = &text;
    init.divisions = &sheet;
    request.number = 1;
    request.what_case = WIRE__REQUEST__WHAT_INIT;
    request.init = &init;
    text[2 * length - wire__request__get_packed_size(&request)] = '\0';
    assert_int_equal(wire__request__get_packed_size(&request), length);
    result = ask(fd, &request);
    free(text);
    close(fd);
    return result;
}

/** A frame that is too long is refused before it has come. */
static void refuse_long(const struct fixture *fixture, bool known, uint32_t length)
{
    uint32_t header = htonl(length);
    int fd = connect_as(fixture, known);
    Wire__Response *response;

    assert_int_equal(write(fd, &header, sizeof header), sizeof header);
    response = read_answer(fd);
    assert_result((enum result)response->result, RESULT_PROTOCOL);
    client_response_free(&response);
    expect_end(fd);
}

static void frames_are_as_long_as_they_may(void **state)
{
    struct fixture *fixture = start(false, limits_default());

    (void)state;
    assert_result(ask_long(fixture, false, LIMIT_FRAME_BEFORE_LOGIN), RESULT_OK);
    refuse_long(fixture, false, LIMIT_FRAME_BEFORE_LOGIN + 1);
    assert_result(ask_long(fixture, true, FRAME_REQUEST_MAX), RESULT_OK);
    refuse_long(fixture, true, FRAME_REQUEST_MAX + 1);
    stop(fixture);
}

static enum result ask_values(int fd, size_t count)
{
    Wire__Value value = WIRE__VALUE__INIT;
    Wire__CaseSave save = WIRE__CASE_SAVE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    enum result result;

    save.n_values = count;
    save.values = mem_array(count, sizeof *save.values);
    for (size_t i = 0; i < count; i++)
        save.values[i] = &value;
    request.what_case = WIRE__REQUEST__WHAT_CASE_SAVE;
    request.case_save = &save;
    result = ask(fd, &request);
    free(save.values);
    return result;
}

/** As for requests, with bytes. */
static void nobody_sends_more_than_the_pace(void **state)
{
    enum { BYTES = 1000 };
    struct limits limits = limits_default();
    struct fixture *fixture;
    int64_t begun = session_clock();

    (void)state;
    limits.pace_bytes = BYTES;
    fixture = start(false, limits);
    int fd = connect_as(fixture, true);
    for (int i = 0; i < 3; i++)
        assert_result(ask_values(fd, BYTES / 2), RESULT_OK); /* each takes two bytes */
    assert_true(session_clock() - begun >= 2000 - 1);
    close(fd);
    stop(fixture);
}

static enum result ask_cells(int fd, size_t count)
{
    char empty[] = "";
    Wire__Sheet sheet = WIRE__SHEET__INIT;
    Wire__Init init = WIRE__INIT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    enum result result;

    sheet.n_cells = count;
    sheet.cells = mem_array(count, sizeof *sheet.cells);
    for (size_t i = 0; i < count; i++)
        sheet.cells[i] = empty;
    init.divisions = &sheet;
    request.what_case = WIRE__REQUEST__WHAT_INIT;
    request.init = &init;
    result = ask(fd, &request);
    free(sheet.cells);
    return result;
}

/** Refused in words; the connection stays. */
static void lists_are_as_long_as_they_may(void **state)
{
    struct fixture *fixture = start(false, limits_default());
    int fd = connect_as(fixture, true);

    (void)state;
    assert_result(ask_values(fd, LIMIT_VALUES), RESULT_OK);
    assert_result(ask_values(fd, LIMIT_VALUES + 1), RESULT_INVALID);
    assert_result(ask_cells(fd, LIMIT_LIST), RESULT_OK);
    assert_result(ask_cells(fd, LIMIT_LIST + 1), RESULT_INVALID);
    close(fd);
    stop(fixture);
}

/** Many small things take more memory than they are long; the connection ends. */
static void a_request_takes_as_much_memory_as_it_may(void **state)
{
    enum { CELLS = 1300000 };
    struct fixture *fixture = start(false, limits_default());
    int fd = connect_as(fixture, true);

    (void)state;
    assert_result(ask_cells(fd, CELLS), RESULT_INVALID);
    expect_end(fd);
    fd = connect_as(fixture, true);
    assert_result(ask_raw_status(fd), RESULT_DENIED);
    close(fd);
    stop(fixture);
}

static void an_answer_that_is_too_long_is_said_to_be(void **state)
{
    struct fixture *fixture = start(false, limits_default());
    int fd = connect_as(fixture, true);
    Wire__Cases cases = WIRE__CASES__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    (void)state;
    cases.limit = FRAME_RESPONSE_MAX;
    request.what_case = WIRE__REQUEST__WHAT_CASES;
    request.cases = &cases;
    assert_result(ask(fd, &request), RESULT_INVALID);
    assert_result(ask_raw_status(fd), RESULT_DENIED);
    close(fd);
    stop(fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_account_has_its_share_of_places),
        cmocka_unit_test(the_owner_always_gets_in),
        cmocka_unit_test(an_officer_has_a_share_of_places),
        cmocka_unit_test(silent_strangers_are_cut_off),
        cmocka_unit_test(slow_strangers_are_cut_off),
        cmocka_unit_test(a_frame_that_has_begun_must_come),
        cmocka_unit_test(an_answer_does_not_wait_for_ever),
        cmocka_unit_test(nobody_asks_faster_than_the_pace),
        cmocka_unit_test(nobody_sends_more_than_the_pace),
        cmocka_unit_test(the_owner_sets_the_pace),
        cmocka_unit_test(frames_are_as_long_as_they_may),
        cmocka_unit_test(lists_are_as_long_as_they_may),
        cmocka_unit_test(a_request_takes_as_much_memory_as_it_may),
        cmocka_unit_test(an_answer_that_is_too_long_is_said_to_be),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
