#include "base/mem.h"
#include "base/paths.h"
#include "wire/client.h"
#include "wire/socket.h"

#include "service/officers/officer.h"
#include "unit.h"

#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * The real server, started by its clients: what becomes of a home, a session and a request when
 * servers are killed, started twice, or not wanted.
 */

struct fixture {
    char *directory;
    char *home;
};

/** The server answers for its whole process: the pid of whoever listens. 0 if nobody does. */
static pid_t server_pid(const char *home)
{
    char *path = socket_path(home);
    struct ucred peer = {0};
    socklen_t size = sizeof peer;
    int fd;

    if (socket_connect(path, &fd) == 0) {
        getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size);
        close(fd);
    }
    free(path);
    return peer.pid;
}

static void kill_server(const char *home, int number)
{
    pid_t pid = server_pid(home);

    if (pid != 0)
        kill(pid, number);
    while (pid != 0 && unit_is_alive(pid))
        usleep(1000);
}

static int begin(void **state)
{
    struct fixture *fixture = mem_new(sizeof *fixture);

    fixture->directory = unit_folder("doudid");
    fixture->home = paths_join(fixture->directory, "home");
    setenv("DOUDI_BINDIR", getenv("builddir") != NULL ? getenv("builddir") : ".", 1);
    setenv("DOUDI_TODAY", "2026-11-23", 1);
    *state = fixture;
    return 0;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    return remove(path);
}

static int end(void **state)
{
    struct fixture *fixture = *state;

    kill_server(fixture->home, SIGKILL);
    nftw(fixture->directory, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(fixture->home);
    free(fixture->directory);
    free(fixture);
    return 0;
}

static enum result open_home(const char *home, bool create, struct client **ret_client,
                             char **ret_message)
{
    struct client_options options = {
        .home = home, .create = create, .as_system = true, .patience = 20};

    return client_open(&options, ret_client, ret_message);
}

static struct client *open_client(const char *home)
{
    struct client *client = NULL;
    char *message = NULL;

    if (open_home(home, true, &client, &message) != 0)
        fail_msg("%s", message);
    return client;
}

static enum result call(struct client *client, Wire__Request *request)
{
    Wire__Response *response = NULL;
    enum result result = client_call(client, request, &response);

    if (result != 0)
        print_message("%s\n", client_words(result, response));
    client_response_free(&response);
    return result;
}

static enum result ask_status(struct client *client)
{
    Wire__Status status = WIRE__STATUS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    request.what_case = WIRE__REQUEST__WHAT_STATUS;
    request.status = &status;
    return call(client, &request);
}

#define TEXT(text) ((char[]){text})

static void init_home(struct client *client)
{
    char *columns[] = {TEXT("code"), TEXT("name"), TEXT("parent"), TEXT("level")};
    char *cells[] = {TEXT("210000000000"), TEXT("辽宁省"),       TEXT(""),
                     TEXT("province"),     TEXT("211100000000"), TEXT("盘锦市"),
                     TEXT("210000000000"), TEXT("city"),         TEXT("211102000000"),
                     TEXT("双台子区"),     TEXT("211100000000"), TEXT("county"),
                     TEXT("211102002000"), TEXT("胜利街道"),     TEXT("211102000000"),
                     TEXT("street"),       TEXT("211102002001"), TEXT("旌旗社区"),
                     TEXT("211102002000"), TEXT("village")};
    Wire__Sheet divisions = WIRE__SHEET__INIT;
    Wire__Init init = WIRE__INIT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    divisions.n_columns = COUNT(columns);
    divisions.columns = columns;
    divisions.n_cells = COUNT(cells);
    divisions.cells = cells;
    init.area = TEXT("211102002");
    init.divisions = &divisions;
    request.what_case = WIRE__REQUEST__WHAT_INIT;
    request.init = &init;
    assert_int_equal(call(client, &request), RESULT_OK);
}

static enum result add_officer(struct client *client, int number)
{
    Wire__OfficerAdd add = WIRE__OFFICER_ADD__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    char *id = mem_printf("9%05d", number);
    enum result result;

    add.id = id;
    add.name = TEXT("张敏");
    add.role = TEXT("street");
    add.area = TEXT("211102002");
    request.what_case = WIRE__REQUEST__WHAT_OFFICER_ADD;
    request.officer_add = &add;
    result = call(client, &request);
    free(id);
    return result;
}

static void starts_for_its_client(void **state)
{
    const struct fixture *fixture = *state;
    struct client *client = open_client(fixture->home);
    struct stat status;

    assert_false(client_welcome(client)->initialised);
    assert_string_equal(client_welcome(client)->today, "2026-11-23");
    assert_true(client_welcome(client)->test_date);
    init_home(client);
    assert_int_equal(ask_status(client), RESULT_OK);
    client_close(&client);
    client = open_client(fixture->home);
    assert_true(client_welcome(client)->initialised);
    assert_string_equal(client_welcome(client)->home_area_name, "胜利街道");
    client_close(&client);
    assert_int_equal(stat(fixture->home, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
}

static void says_that_there_is_no_home(void **state)
{
    const struct fixture *fixture = *state;
    struct client *client = NULL;
    char *message = NULL;

    assert_int_equal(open_home(fixture->home, false, &client, &message), RESULT_NOINPUT);
    assert_non_null(strstr(message, "没有数据目录"));
    assert_non_null(strstr(message, fixture->home));
    free(message);
}

/** What a program prints to stderr, and its exit status. */
static int run_program(const char *const arguments[], char *said, size_t size)
{
    int ends[2];
    int status;
    size_t length = 0;
    ssize_t got;
    pid_t pid;

    assert_int_equal(pipe(ends), 0);
    pid = fork();
    if (pid == 0) {
        dup2(ends[1], STDERR_FILENO);
        execv(arguments[0], (char *const *)(uintptr_t)arguments);
        _exit(127);
    }
    close(ends[1]);
    while ((got = read(ends[0], said + length, size - 1 - length)) > 0)
        length += (size_t)got;
    said[length] = '\0';
    close(ends[0]);
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/** Starts a server that lasts, as by hand, and waits until it has the home. */
static pid_t start_lasting(const char *home)
{
    char *program = paths_program("doudid");
    pid_t pid = fork();

    if (pid == 0) {
        execl(program, program, "--home", home, NULL);
        _exit(127);
    }
    free(program);
    for (int tries = 0; tries < 2000 && server_pid(home) != pid; tries++)
        usleep(10000);
    assert_int_equal(server_pid(home), pid);
    return pid;
}

static void end_lasting(pid_t pid)
{
    kill(pid, SIGTERM);
    waitpid(pid, NULL, 0);
}

static void a_second_server_is_refused_in_words(void **state)
{
    const struct fixture *fixture = *state;
    struct client *client = open_client(fixture->home);
    pid_t lasting;
    char *program = paths_program("doudid");
    const char *arguments[] = {program, "--home", fixture->home, NULL};
    char said[1000];

    init_home(client);
    lasting = start_lasting(fixture->home);
    assert_int_equal(run_program(arguments, said, sizeof said), 75);
    assert_non_null(strstr(said, "另一个服务正在使用"));
    assert_int_equal(ask_status(client), RESULT_OK);
    assert_int_equal(server_pid(fixture->home), lasting);
    client_close(&client);
    end_lasting(lasting);
    free(program);
}

/** How many servers have served this home. */
static int count_servers(const char *home)
{
    char *path = mem_printf("%s/log/doudid.log", home);
    FILE *file = fopen(path, "r");
    char line[500];
    int count = 0;

    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL)
        count += strstr(line, "serving") != NULL;
    fclose(file);
    free(path);
    return count;
}

/** Many terminals at once start one server and are all served by it. */
static void many_starts_make_one_server(void **state)
{
    enum { MANY = 8 };
    const struct fixture *fixture = *state;
    pid_t children[MANY];

    for (size_t i = 0; i < MANY; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            struct client *client = NULL;
            char *message = NULL;

            _exit((int)open_home(fixture->home, true, &client, &message));
        }
    }
    for (size_t i = 0; i < MANY; i++) {
        int status;

        waitpid(children[i], &status, 0);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), RESULT_OK);
    }
    assert_int_equal(count_servers(fixture->home), 1);
}

static void a_client_finds_the_next_server(void **state)
{
    static const int SIGNALS[] = {SIGKILL, SIGTERM, SIGINT, SIGHUP};
    const struct fixture *fixture = *state;
    struct client *client = open_client(fixture->home);

    init_home(client);
    for (size_t i = 0; i < COUNT(SIGNALS); i++) {
        kill_server(fixture->home, SIGNALS[i]);
        assert_int_equal(server_pid(fixture->home), 0);
        assert_int_equal(ask_status(client), RESULT_OK);
        assert_int_equal(add_officer(client, (int)i), RESULT_OK);
    }
    client_close(&client);
}

static enum result ask_areas(struct client *client)
{
    Wire__Areas areas = WIRE__AREAS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    request.what_case = WIRE__REQUEST__WHAT_AREAS;
    request.areas = &areas;
    return call(client, &request);
}

/** Adds an officer and logs in as that one, with a password of the officer's own. */
static struct client *log_in(struct client *admin, const char *home)
{
    Wire__OfficerAdd add = WIRE__OFFICER_ADD__INIT;
    Wire__Login login = WIRE__LOGIN__INIT;
    Wire__Password password = WIRE__PASSWORD__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    struct client_options options = {.home = home, .patience = 20};
    struct client *client = NULL;
    char *message = NULL;

    add.id = TEXT("101");
    add.name = TEXT("张敏");
    add.role = TEXT("street");
    add.area = TEXT("211102002");
    request.what_case = WIRE__REQUEST__WHAT_OFFICER_ADD;
    request.officer_add = &add;
    assert_int_equal(client_call(admin, &request, &response), RESULT_OK);
    assert_int_equal(client_open(&options, &client, &message), RESULT_OK);
    assert_null(client_welcome(client)->account);
    login.officer = add.id;
    login.password = response->officer->password;
    request.what_case = WIRE__REQUEST__WHAT_LOGIN;
    request.login = &login;
    assert_int_equal(call(client, &request), RESULT_OK);
    assert_true(client_welcome(client)->account->must_change);
    password.old = login.password;
    password.new_ = TEXT("Qiu2026-tian");
    request.what_case = WIRE__REQUEST__WHAT_PASSWORD;
    request.password = &password;
    assert_int_equal(call(client, &request), RESULT_OK);
    assert_false(client_welcome(client)->account->must_change);
    client_response_free(&response);
    return client;
}

/** Who has logged in stays so when the server is killed, but not after logging out. */
static void a_login_outlives_the_server(void **state)
{
    const struct fixture *fixture = *state;
    struct client *admin = open_client(fixture->home);
    struct client *client;
    Wire__Logout logout = WIRE__LOGOUT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    init_home(admin);
    client = log_in(admin, fixture->home);
    kill_server(fixture->home, SIGKILL);
    assert_int_equal(ask_areas(client), RESULT_OK);
    assert_int_equal(ask_status(client), RESULT_DENIED);
    request.what_case = WIRE__REQUEST__WHAT_LOGOUT;
    request.logout = &logout;
    assert_int_equal(call(client, &request), RESULT_OK);
    assert_null(client_welcome(client)->account);
    kill_server(fixture->home, SIGKILL);
    assert_int_equal(ask_areas(client), RESULT_LOGIN);
    client_close(&client);
    client_close(&admin);
}

/** The night's work: a bundle from a restored backup, and nothing left behind. */
static void exports_from_a_restored_backup(void **state)
{
    const struct fixture *fixture = *state;
    struct client *client = open_client(fixture->home);
    char *directory = paths_join(fixture->directory, "out");
    char *scratch = paths_join(fixture->home, "tmp");
    Wire__Export export = WIRE__EXPORT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    struct stat status;

    init_home(client);
    export.directory = directory;
    request.what_case = WIRE__REQUEST__WHAT_EXPORT;
    request.export = &export;
    if (client_call(client, &request, &response) != 0)
        fail_msg("%s", response->message);
    assert_string_equal(strrchr(response->written->path, '/') + 1,
                        "doudi-211102002000-20261123.tar.zst");
    assert_int_equal(stat(response->written->path, &status), 0);
    assert_int_equal(response->written->bytes, status.st_size);
    assert_true(response->written->rows > 0);
    assert_int_equal(rmdir(scratch), 0);
    client_response_free(&response);
    client_close(&client);
    free(scratch);
    free(directory);
}

/** A backup becomes a home that can be served, but never over another one. */
static void restores_into_a_new_home(void **state)
{
    const struct fixture *fixture = *state;
    struct client *client = open_client(fixture->home);
    char *program = paths_program("doudid");
    char *backup = paths_join(fixture->directory, "backup");
    char *other = paths_join(fixture->directory, "other");
    const char *restore[] = {program, "--restore", backup, "--home", other, NULL};
    const char *verify[] = {program, "--verify", "--home", other, NULL};
    Wire__Backup ask = WIRE__BACKUP__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    char said[1000];

    init_home(client);
    ask.directory = backup;
    request.what_case = WIRE__REQUEST__WHAT_BACKUP;
    request.backup = &ask;
    assert_int_equal(call(client, &request), RESULT_OK);
    client_close(&client);
    assert_int_equal(run_program(restore, said, sizeof said), 0);
    assert_int_equal(run_program(restore, said, sizeof said), 65);
    assert_non_null(strstr(said, "已有数据库"));
    assert_int_equal(run_program(verify, said, sizeof said), 0);
    client = open_client(other);
    assert_true(client_welcome(client)->initialised);
    assert_int_equal(run_program(verify, said, sizeof said), 75);
    client_close(&client);
    kill_server(other, SIGTERM);
    free(other);
    free(backup);
    free(program);
}

/** Kills the home's server a moment after each byte that comes through the pipe. */
static pid_t start_killer(const char *home, int *ret_trigger)
{
    int ends[2];
    pid_t pid;

    assert_int_equal(pipe(ends), 0);
    pid = fork();
    if (pid == 0) {
        unsigned char delay;

        close(ends[1]);
        while (read(ends[0], &delay, 1) == 1) {
            usleep(delay * 20);
            kill_server(home, SIGKILL);
        }
        _exit(0);
    }
    close(ends[0]);
    *ret_trigger = ends[1];
    return pid;
}

/** An officer that was added twice would be refused the second time. */
static void nothing_is_done_twice(void **state)
{
    enum { MANY = 300, EACH = 10 };
    const struct fixture *fixture = *state;
    struct client *client = open_client(fixture->home);
    pid_t killer;
    int trigger;

    init_home(client);
    killer = start_killer(fixture->home, &trigger);
    for (int i = 0; i < MANY; i++) {
        unsigned char delay = (unsigned char)(i * 7);

        if (i % EACH == 0)
            assert_int_equal(write(trigger, &delay, 1), 1);
        assert_int_equal(add_officer(client, i), RESULT_OK);
    }
    close(trigger);
    waitpid(killer, NULL, 0);
    assert_true(count_servers(fixture->home) > 2);
    client_close(&client);
}

static void serves_deep_homes(void **state)
{
    const struct fixture *fixture = *state;
    char *deep = mem_copy(fixture->directory);
    struct client *client;

    for (int i = 0; i < 12; i++) {
        char *next = paths_join(deep, "民政办低保特困探访台账");

        assert_int_equal(mkdir(next, 0700), 0);
        free(deep);
        deep = next;
    }
    client = open_client(deep);
    init_home(client);
    assert_int_equal(ask_status(client), RESULT_OK);
    client_close(&client);
    kill_server(deep, SIGTERM);
    free(deep);
}

static void only_the_owner_serves_a_home(void **state)
{
    const struct fixture *fixture = *state;
    char *program = paths_program("doudid");
    const char *arguments[] = {program, "--home", fixture->home, NULL};
    char said[1000];

    if (geteuid() != 0) {
        free(program);
        skip();
    }
    assert_int_equal(mkdir(fixture->home, 0700), 0);
    assert_int_equal(chown(fixture->home, 12345, 12345), 0);
    assert_int_equal(run_program(arguments, said, sizeof said), 77);
    assert_non_null(strstr(said, "属于另一个账号"));
    free(program);
}

/** malloc's store of a thread (server/main.c) is bounded whoever starts the server. */
static void threads_keep_little_memory(void **state)
{
    static const char WANTED[] = "GLIBC_TUNABLES=glibc.malloc.tcache_count=1";
    const struct fixture *fixture = *state;
    struct client *client = open_client(fixture->home);
    char path[64];
    char settings[64 * 1024];
    size_t length;
    FILE *file;

    if (getenv("GLIBC_TUNABLES") != NULL)
        skip();
    snprintf(path, sizeof path, "/proc/%d/environ", (int)server_pid(fixture->home));
    file = fopen(path, "r");
    assert_non_null(file);
    length = fread(settings, 1, sizeof settings, file);
    fclose(file);
    assert_non_null(memmem(settings, length, WANTED, sizeof WANTED));
    client_close(&client);
}

#define DOUDID_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DOUDID_TEST(starts_for_its_client),
        DOUDID_TEST(says_that_there_is_no_home),
        DOUDID_TEST(a_second_server_is_refused_in_words),
        DOUDID_TEST(many_starts_make_one_server),
        DOUDID_TEST(a_client_finds_the_next_server),
        DOUDID_TEST(a_login_outlives_the_server),
        DOUDID_TEST(nothing_is_done_twice),
        DOUDID_TEST(serves_deep_homes),
        DOUDID_TEST(only_the_owner_serves_a_home),
        DOUDID_TEST(threads_keep_little_memory),
        DOUDID_TEST(exports_from_a_restored_backup),
        DOUDID_TEST(restores_into_a_new_home),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
