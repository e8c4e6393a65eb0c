#include "wire/client.h"

#include "base/mem.h"
#include "base/paths.h"
#include "wire/frame.h"
#include "wire/socket.h"
#include "wire/start.h"

#include "unit.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NUMBERS_MAX = 64, STEPS = 9 };

/** What the server does when the next request comes. */
enum behaviour {
    ANSWER,
    DIE_RECEIVING, /**< hangs up without having done it */
    DIE_EXECUTING, /**< does it and hangs up before the answer */
    DIE_ANSWERING, /**< hangs up in the middle of the answer */
    GARBLE,        /**< answers what is no response */
    REFUSE,        /**< says that this was no request, and hangs up */
    CHATTER        /**< progress and an old answer first */
};

/** A server for one client at a time, which does as the script says. */
struct fake {
    char *path;
    int listen_fd;
    pthread_t thread;
    atomic_bool stop;
    const enum behaviour *script;
    size_t steps;
    size_t step;
    atomic_int hellos;
    atomic_int resumed;            /**< of them with the session of the first */
    atomic_int times[NUMBERS_MAX]; /**< how often each number was executed */
    bool anonymous;                /**< nobody is logged in after Hello */
};

static const uint8_t SESSION[16] = "0123456789abcde";

static void send_response(int fd, const Wire__Response *response)
{
    uint8_t bytes[4096];

    frame_write(fd, bytes, wire__response__pack(response, bytes));
}

static void answer_hello(struct fake *fake, int fd, const Wire__Hello *hello)
{
    Wire__Account account = WIRE__ACCOUNT__INIT;
    Wire__Welcome welcome = WIRE__WELCOME__INIT;
    Wire__Response response = WIRE__RESPONSE__INIT;
    char action[] = "visit.add";
    char *actions[] = {action};

    atomic_fetch_add(&fake->hellos, 1);
    if (hello->session.len == sizeof SESSION &&
        memcmp(hello->session.data, SESSION, sizeof SESSION) == 0)
        atomic_fetch_add(&fake->resumed, 1);
    account.n_actions = 1;
    account.actions = actions;
    welcome.session.data = (uint8_t *)(uintptr_t)SESSION;
    welcome.session.len = sizeof SESSION;
    welcome.account = fake->anonymous ? NULL : &account;
    response.what_case = WIRE__RESPONSE__WHAT_WELCOME;
    response.welcome = &welcome;
    send_response(fd, &response);
}

static void send_progress(int fd, uint64_t number)
{
    Wire__Progress progress = WIRE__PROGRESS__INIT;
    Wire__Response response = WIRE__RESPONSE__INIT;
    Wire__Response old = WIRE__RESPONSE__INIT;

    progress.done = 1;
    progress.total = 2;
    response.number = number;
    response.progress = &progress;
    send_response(fd, &response);
    old.number = number + 1000;
    send_response(fd, &old);
}

/** Does as told; false to hang up. */
static bool answer(struct fake *fake, int fd, uint64_t number)
{
    enum behaviour behaviour = fake->step < fake->steps ? fake->script[fake->step++] : ANSWER;
    Wire__Response response = WIRE__RESPONSE__INIT;
    char words[] = "好";

    if (behaviour == DIE_RECEIVING)
        return false;
    if (behaviour == GARBLE)
        return frame_write(fd, (const uint8_t *)"\xff\xff\xff", 3) == 0;
    response.message = words;
    if (behaviour == REFUSE) {
        response.result = RESULT_PROTOCOL;
        send_response(fd, &response);
        return false;
    }
    atomic_fetch_add(&fake->times[number % NUMBERS_MAX], 1);
    if (behaviour == DIE_EXECUTING)
        return false;
    if (behaviour == DIE_ANSWERING)
        return write(fd, "\0\0\0\11ab", 6) != 6;
    if (behaviour == CHATTER)
        send_progress(fd, number);
    response.number = number;
    send_response(fd, &response);
    return true;
}

static void serve_client(struct fake *fake, int fd)
{
    uint8_t *bytes;
    size_t length;
    bool going_on = true;

    while (going_on && frame_read(fd, FRAME_REQUEST_MAX, &bytes, &length) == 0) {
        Wire__Request *request = wire__request__unpack(NULL, length, bytes);

        if (request->what_case == WIRE__REQUEST__WHAT_HELLO)
            answer_hello(fake, fd, request->hello);
        else
            going_on = answer(fake, fd, request->number);
        wire__request__free_unpacked(request, NULL);
        free(bytes);
    }
    close(fd);
}

static void *run_fake(void *arg)
{
    struct fake *fake = arg;
    int fd;

    while ((fd = accept(fake->listen_fd, NULL, NULL)) >= 0 && !atomic_load(&fake->stop))
        serve_client(fake, fd);
    return NULL;
}

static void start_fake(struct fake *fake, const char *directory)
{
    fake->path = paths_join(directory, "doudi.sock");
    assert_int_equal(socket_listen(fake->path, &fake->listen_fd), RESULT_OK);
    assert_int_equal(pthread_create(&fake->thread, NULL, run_fake, fake), 0);
}

static void stop_fake(struct fake *fake)
{
    atomic_store(&fake->stop, true);
    shutdown(fake->listen_fd, SHUT_RDWR);
    pthread_join(fake->thread, NULL);
    close(fake->listen_fd);
    unlink(fake->path);
    free(fake->path);
}

static void count_progress(uint64_t done, uint64_t total, const char *what, void *arg)
{
    int *count = arg;

    (void)what;
    *count += done == 1 && total == 2;
}

struct outcome {
    enum result result;
    int times;    /**< the request was executed */
    int hellos;   /**< connections made */
    int progress; /**< real messages, not "waiting" */
};

static struct outcome run_script(const enum behaviour script[STEPS], bool anonymous)
{
    char *directory = unit_folder("client");
    struct fake fake = {.script = script, .steps = STEPS, .anonymous = anonymous};
    struct outcome outcome = {0};
    struct client_options options = {
        .home = directory, .patience = 5, .progress = count_progress, .arg = &outcome.progress};
    Wire__Status status = WIRE__STATUS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    struct client *client = NULL;
    char *message = NULL;

    start_fake(&fake, directory);
    assert_int_equal(client_open(&options, &client, &message), RESULT_OK);
    request.what_case = WIRE__REQUEST__WHAT_STATUS;
    request.status = &status;
    outcome.result = client_call(client, &request, &response);
    assert_int_equal(request.number, 1);
    if (outcome.result == 0)
        assert_string_equal(client_words(outcome.result, response), "好");
    client_response_free(&response);
    client_close(&client);
    assert_null(client);
    stop_fake(&fake);
    outcome.times = fake.times[1];
    outcome.hellos = fake.hellos;
    assert_int_equal(fake.resumed, anonymous ? 0 : fake.hellos - 1);
    rmdir(directory);
    free(directory);
    return outcome;
}

/** A request that got no answer is sent again under its number, within bounds. */
static void sends_again_what_was_not_answered(void **state)
{
    static const struct {
        const char *what;
        enum behaviour script[STEPS];
        struct outcome want;
    } cases[] = {
        {"all is well", {ANSWER}, {RESULT_OK, 1, 1, 0}},
        {"lost before it was done", {DIE_RECEIVING}, {RESULT_OK, 1, 2, 0}},
        {"lost after it was done", {DIE_EXECUTING}, {RESULT_OK, 2, 2, 0}},
        {"lost in the answer", {DIE_ANSWERING}, {RESULT_OK, 2, 2, 0}},
        {"lost twice", {DIE_EXECUTING, DIE_RECEIVING}, {RESULT_OK, 2, 3, 0}},
        {"it kills every server",
         {DIE_EXECUTING, DIE_EXECUTING, DIE_EXECUTING, DIE_EXECUTING, DIE_EXECUTING, DIE_EXECUTING,
          DIE_EXECUTING, DIE_EXECUTING, ANSWER},
         {RESULT_NOSERVER, 8, 8, 0}},
        {"no response",
         {GARBLE, GARBLE, GARBLE, GARBLE, GARBLE, GARBLE, GARBLE, GARBLE},
         {RESULT_PROTOCOL, 0, 8, 0}},
        {"refused as no request", {REFUSE}, {RESULT_PROTOCOL, 0, 1, 0}},
        {"progress first", {CHATTER}, {RESULT_OK, 1, 1, 1}},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct outcome got = run_script(cases[i].script, false);

        if (memcmp(&got, &cases[i].want, sizeof got) != 0)
            fail_msg("%s: %s, done %d times, %d connections, %d progress", cases[i].what,
                     result_name(got.result), got.times, got.hellos, got.progress);
    }
}

/** Before anybody has logged in there is no session worth going on with. */
static void begins_anew_before_login(void **state)
{
    const enum behaviour script[STEPS] = {DIE_RECEIVING};
    struct outcome got = run_script(script, true);

    (void)state;
    assert_int_equal(got.result, RESULT_OK);
    assert_int_equal(got.hellos, 2);
}

static void knows_what_the_account_may(void **state)
{
    char *directory = unit_folder("client");
    struct fake fake = {.stop = false};
    struct client_options options = {.home = directory};
    struct client *client = NULL;
    char *message = NULL;

    (void)state;
    start_fake(&fake, directory);
    assert_int_equal(client_open(&options, &client, &message), RESULT_OK);
    assert_true(client_may(client, "visit.add"));
    assert_false(client_may(client, "visit"));
    assert_memory_equal(client_welcome(client)->session.data, SESSION, sizeof SESSION);
    client_close(&client);
    client_close(&client);
    stop_fake(&fake);
    rmdir(directory);
    free(directory);
}

/** A home below more folders than a socket address has room for. */
static void reaches_deep_homes(void **state)
{
    char *directory = unit_folder("client");
    char *deep = mem_copy(directory);
    struct fake fake = {.stop = false};
    struct client_options options = {0};
    struct client *client = NULL;
    char *message = NULL;

    (void)state;
    for (int i = 0; i < 12; i++) {
        char *next = paths_join(deep, "民政办低保特困探访台账");

        assert_int_equal(mkdir(next, 0700), 0);
        free(deep);
        deep = next;
    }
    assert_true(strlen(deep) > 300);
    start_fake(&fake, deep);
    options.home = deep;
    assert_int_equal(client_open(&options, &client, &message), RESULT_OK);
    client_close(&client);
    stop_fake(&fake);
    while (strcmp(deep, directory) != 0) {
        assert_int_equal(rmdir(deep), 0);
        *strrchr(deep, '/') = '\0';
    }
    rmdir(directory);
    free(deep);
    free(directory);
}

static void sockets_have_one_server_and_no_strangers(void **state)
{
    char *directory = unit_folder("client");
    char *path = paths_join(directory, "doudi.sock");
    struct stat status;
    int first;
    int second;

    (void)state;
    assert_int_equal(socket_listen(path, &first), RESULT_OK);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0660);
    assert_int_equal(socket_listen(path, &second), RESULT_AGAIN);
    close(first);
    assert_int_equal(socket_connect(path, &second), RESULT_NOTFOUND);
    assert_int_equal(socket_listen(path, &first), RESULT_OK);
    close(first);
    unlink(path);
    assert_int_equal(socket_connect(path, &second), RESULT_NOTFOUND);
    assert_int_equal(close(open(path, O_CREAT | O_WRONLY, 0600)), 0);
    assert_int_equal(socket_listen(path, &first), RESULT_CANTCREATE);
    assert_int_equal(access(path, F_OK), 0);
    unlink(path);
    rmdir(directory);
    free(path);
    free(directory);
}

/** A program in place of doudid: a shell script that gets the pipe as descriptor 3. */
static void write_program(const char *directory, const char *script)
{
    char *path = paths_join(directory, "doudid");
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fprintf(file, "#!/bin/sh\n%s\n", script);
    fclose(file);
    assert_int_equal(chmod(path, 0700), 0);
    free(path);
}

static void a_servers_own_words_reach_the_user(void **state)
{
    static const struct {
        const char *script;
        enum result result;
        const char *words;
    } cases[] = {
        {"exit 0", RESULT_NOSERVER, "没有启动起来"},
        {"kill -9 $$", RESULT_NOSERVER, "没有启动起来"},
        {"printf '99 oops' >&3", RESULT_NOSERVER, "没有启动起来"},
        {"printf 'oops' >&3", RESULT_NOSERVER, "没有启动起来"},
        {"printf '4 没有数据目录 %s' \"$2\" >&3", RESULT_NOINPUT, "没有数据目录 /"},
    };
    char *directory = unit_folder("client");
    char *program;

    (void)state;
    setenv("DOUDI_BINDIR", directory, 1);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct client_options options = {.home = directory};
        struct client *client = NULL;
        char *message = NULL;

        write_program(directory, cases[i].script);
        assert_int_equal(client_open(&options, &client, &message), cases[i].result);
        assert_null(client);
        if (strstr(message, cases[i].words) == NULL)
            fail_msg("%s: %s", cases[i].script, message);
        free(message);
    }
    unsetenv("DOUDI_BINDIR");
    program = paths_join(directory, "doudid");
    unlink(program);
    free(program);
    rmdir(directory);
    free(directory);
}

/** Listens only after a while; `path` is the directory. */
static void *start_late(void *arg)
{
    struct fake *fake = arg;

    usleep(1500 * 1000);
    start_fake(fake, fake->path);
    return NULL;
}

/** Two terminals at once: the one whose server comes second finds the first one's. */
static void waits_for_the_server_that_was_faster(void **state)
{
    char *directory = unit_folder("client");
    char *program = paths_join(directory, "doudid");
    struct fake fake = {.stop = false};
    struct client_options options = {.home = directory, .patience = 1};
    struct client *client = NULL;
    char *message = NULL;
    pthread_t late;

    (void)state;
    write_program(directory, "printf '9 另一个服务正在使用数据目录' >&3");
    setenv("DOUDI_BINDIR", directory, 1);
    fake.path = directory;
    assert_int_equal(pthread_create(&late, NULL, start_late, &fake), 0);
    assert_int_equal(client_open(&options, &client, &message), RESULT_OK);
    pthread_join(late, NULL);
    client_close(&client);
    stop_fake(&fake);
    unsetenv("DOUDI_BINDIR");
    unlink(program);
    rmdir(directory);
    free(program);
    free(directory);
}

/** Something listens and never answers, as a server that hangs. */
static void a_watch_does_not_wait_for_ever(void **state)
{
    char *directory = unit_folder("watch");
    char *path = paths_join(directory, "doudi.sock");
    struct client_options options = {.home = directory, .watch = true, .patience = 1};
    struct client *client = NULL;
    char *message = NULL;
    int listen_fd = -1;

    (void)state;
    assert_int_equal(client_open(&options, &client, &message), RESULT_NOSERVER);
    free(message);
    assert_int_equal(access(path, F_OK), -1); /* nor has it started one */
    message = NULL;
    assert_int_equal(socket_listen(path, &listen_fd), RESULT_OK);
    assert_int_equal(client_open(&options, &client, &message), RESULT_NOSERVER);
    assert_null(client);
    free(message);
    close(listen_fd);
    unlink(path);
    rmdir(directory);
    free(path);
    free(directory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sends_again_what_was_not_answered),
        cmocka_unit_test(begins_anew_before_login),
        cmocka_unit_test(knows_what_the_account_may),
        cmocka_unit_test(reaches_deep_homes),
        cmocka_unit_test(sockets_have_one_server_and_no_strangers),
        cmocka_unit_test(a_servers_own_words_reach_the_user),
        cmocka_unit_test(waits_for_the_server_that_was_faster),
        cmocka_unit_test(a_watch_does_not_wait_for_ever),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
