#include "rig.h"

#include "base/mem.h"
#include "base/paths.h"
#include "wire/socket.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { POLL_US = 500, SEIZE_MS = 60000 };

bool rig_is_long(void)
{
    const char *form = getenv("DOUDI_TORTURE");

    return form != NULL && strcmp(form, "long") == 0;
}

int rig_times(int in_short, int in_long)
{
    return rig_is_long() ? in_long : in_short;
}

// ---- time and files

void rig_pause(unsigned microseconds)
{
    struct timespec time = {.tv_sec = microseconds / 1000000,
                            .tv_nsec = (long)(microseconds % 1000000) * 1000};

    nanosleep(&time, NULL);
}

int64_t rig_now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

char *rig_path(const struct rig *rig, const char *name)
{
    return paths_join(rig->root, name);
}

bool rig_exists(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    return remove(path);
}

void rig_remove(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

// ---- the rig

struct rig *rig_new_empty(const char *root)
{
    struct rig *rig = mem_new(sizeof *rig);

    rig->root = root != NULL ? mem_copy(root) : unit_folder("torture");
    rig->home = paths_join(rig->root, "home");
    assert_result(random_secret(&rig->random.state, sizeof rig->random.state), RESULT_OK);
    setenv("DOUDI_BINDIR", getenv("builddir") != NULL ? getenv("builddir") : ".", 1);
    setenv("DOUDI_TODAY", RIG_TODAY, 1);
    return rig;
}

void rig_free(struct rig **rig)
{
    struct rig *old = *rig;

    if (old == NULL)
        return;
    rig_kill_server(old, SIGKILL);
    if (old->fault != NULL) {
        munmap(old->fault, sizeof *old->fault);
        unsetenv("LD_PRELOAD");
        unsetenv("DOUDI_FAULT");
    }
    if (old->trace != 0)
        close(old->trace);
    rig_remove(old->root);
    free(old->home);
    free(old->root);
    free(old);
    *rig = NULL;
}

// ---- faults

void rig_inject(struct rig *rig)
{
    const char *sanitizer = getenv("ASAN_OPTIONS");
    char *options = mem_printf("%s:verify_asan_link_order=0", sanitizer != NULL ? sanitizer : "");
    char *path = rig_path(rig, "fault");
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    void *shared;

    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, sizeof *rig->fault), 0);
    shared = mmap(NULL, sizeof *rig->fault, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    assert_true(shared != MAP_FAILED);
    close(fd);
    rig->fault = shared;
    setenv("DOUDI_FAULT", path, 1);
    setenv("LD_PRELOAD", "fault.so", 1);
    setenv("ASAN_OPTIONS", options, 1);
    rig_kill_server(rig, SIGKILL);
    free(path);
    free(options);
}

void rig_arm(struct rig *rig, enum fault_action action, int calls, const char *part, long left,
             int error)
{
    struct fault *fault = rig->fault;

    atomic_store(&fault->action, FAULT_NONE);
    snprintf(fault->part, sizeof fault->part, "%s", part);
    fault->calls = calls;
    fault->error = error;
    atomic_store(&fault->struck, 0);
    atomic_store(&fault->left, left);
    atomic_store(&fault->action, (int)action);
}

bool rig_disarm(struct rig *rig)
{
    atomic_store(&rig->fault->action, FAULT_NONE);
    return atomic_load(&rig->fault->struck) > 0;
}

uint64_t rig_traced(const struct rig *rig)
{
    struct stat status;

    if (rig->trace == 0)
        return 0;
    assert_int_equal(fstat(rig->trace, &status), 0);
    return (uint64_t)status.st_size;
}

// ---- clients

enum result rig_try_open(struct rig *rig, const char *officer, struct client **ret_client,
                         char **ret_message)
{
    struct client_options options = {.home = rig->home,
                                     .as_officer = officer,
                                     .as_system = officer == NULL,
                                     .create = true,
                                     .patience = 20};

    return client_open(&options, ret_client, ret_message);
}

struct client *rig_open(struct rig *rig, const char *officer)
{
    struct client *client = NULL;
    char *message = NULL;
    enum result result = rig_try_open(rig, officer, &client, &message);

    if (result != 0)
        fail_msg("no connection: %s %s", result_name(result), message);
    return client;
}

enum result rig_call(struct client *client, Wire__Request *request, Wire__Response **ret_response)
{
    return client_call(client, request, ret_response);
}

Wire__Response *rig_ask(struct client *client, Wire__Request *request)
{
    Wire__Response *response = NULL;
    enum result result = client_call(client, request, &response);

    if (result != 0)
        fail_msg("request %d: %s %s", (int)request->what_case, result_name(result),
                 client_words(result, response));
    return response;
}

pid_t rig_fork(struct rig *rig, int (*body)(struct rig *rig, void *arg), void *arg)
{
    pid_t pid;

    fflush(NULL);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        assert_result(random_secret(&rig->random.state, sizeof rig->random.state), RESULT_OK);
        _exit(body(rig, arg));
    }
    return pid;
}

int rig_wait(pid_t pid)
{
    int status = 0;

    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

void rig_verify(struct rig *rig)
{
    Wire__Verify verify = WIRE__VERIFY__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    struct client *client = rig_open(rig, NULL);
    enum result result;

    request.what_case = WIRE__REQUEST__WHAT_VERIFY;
    request.verify = &verify;
    result = client_call(client, &request, &response);
    if (response != NULL && response->what_case == WIRE__RESPONSE__WHAT_SHEET)
        for (size_t i = 0; result != 0 && i < response->sheet->n_cells && i < 20; i++)
            print_error("verify: %s\n", response->sheet->cells[i]);
    if (result != 0)
        fail_msg("verify: %s %s", result_name(result), client_words(result, response));
    client_response_free(&response);
    client_close(&client);
}

// ---- the server

pid_t rig_server(const struct rig *rig)
{
    char *path = socket_path(rig->home);
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

bool rig_kill_server(struct rig *rig, int signal)
{
    pid_t pid = rig_server(rig);

    if (pid == 0 || kill(pid, signal) != 0)
        return false;
    rig->kills += signal == SIGKILL;
    while (unit_is_alive(pid))
        rig_pause(POLL_US);
    return true;
}

int rig_seize(struct rig *rig)
{
    int64_t deadline = rig_now_ms() + SEIZE_MS;
    int lock = -1;

    while (store_lock_home(rig->home, false, &lock) != 0) {
        assert_true(rig_now_ms() < deadline);
        if (!rig_kill_server(rig, SIGKILL))
            rig_pause(POLL_US);
    }
    return lock;
}

static void copy_file(const char *from, const char *to)
{
    char block[65536];
    ssize_t got;
    int in = open(from, O_RDONLY | O_CLOEXEC);
    int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    assert_true(in >= 0 && out >= 0);
    while ((got = read(in, block, sizeof block)) > 0)
        assert_int_equal(write(out, block, (size_t)got), got);
    assert_int_equal(got, 0);
    close(in);
    close(out);
}

struct store *rig_open_copy(struct rig *rig)
{
    char *home = rig_path(rig, "copy");
    char *to = paths_join(home, "db");
    char *from = paths_join(rig->home, "db");
    DIR *directory = opendir(from);
    struct dirent *entry;
    struct store *store = NULL;
    enum result result;

    assert_non_null(directory);
    assert_int_equal(mkdir(home, 0700), 0);
    assert_int_equal(mkdir(to, 0700), 0);
    while ((entry = readdir(directory)) != NULL) {
        char *source = paths_join(from, entry->d_name);
        char *target = paths_join(to, entry->d_name);

        if (entry->d_name[0] != '.')
            copy_file(source, target);
        free(source);
        free(target);
    }
    closedir(directory);
    result = store_open(home, &(struct store_options){0}, &store);
    assert_result(result, RESULT_OK);
    free(from);
    free(to);
    free(home);
    return store;
}

void rig_close_copy(struct rig *rig, struct store **store)
{
    char *home = rig_path(rig, "copy");

    store_close(store);
    rig_remove(home);
    free(home);
}
