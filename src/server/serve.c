#include "server/serve.h"

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/paths.h"
#include "form/form.h"
#include "server/handlers.h"
#include "server/scratch.h"
#include "server/server.h"
#include "server/systemd.h"
#include "server/timers.h"
#include "service/keeping/homedir.h"
#include "service/keeping/homekey.h"
#include "wire/socket.h"
#include "wire/start.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

/** What a server owns from its start to its end. */
struct serving {
    const struct serve_options *options;
    int lock;
    int stop_fd;
    int listen_fd;
    char *path; /**< of a socket to remove at the end, NULL if it is systemd's */
    struct service *service;
    struct timers *timers;
};

/**
 * A server that a client started has no terminal: it writes to HOME/log/doudid.log. A log that has
 * grown large is put aside.
 */
static void redirect_log(const char *home)
{
    char *directory = paths_join(home, "log");
    char *path = paths_join(directory, "doudid.log");
    char *aside = mem_printf("%s.1", path);
    struct stat status;
    int fd;

    mkdir(directory, 0700);
    if (stat(path, &status) == 0 && status.st_size > LIMIT_LOG)
        rename(path, aside);
    fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd >= 0) {
        dup2(fd, STDOUT_FILENO);
        dup2(fd, STDERR_FILENO);
        close(fd);
    }
    free(aside);
    free(path);
    free(directory);
}

/** The signals that end the server, as a descriptor; threads inherit that they are blocked. */
static int open_signals(void)
{
    sigset_t signals;

    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &signals, SFD_CLOEXEC);
}

/** Allows one descriptor per client, and those of the store. */
static void raise_limits(void)
{
    struct rlimit files;

    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
}

static enum result open_socket(struct serving *serving, char **ret_message)
{
    const struct serve_options *options = serving->options;
    enum result result;
    char *path;

    serving->listen_fd = systemd_take_socket();
    if (serving->listen_fd >= 0)
        return RESULT_OK;
    path = options->socket != NULL ? mem_copy(options->socket)
                                   : paths_join(options->home, "doudi.sock");
    result = socket_listen(path, &serving->listen_fd);
    if (result == 0) {
        serving->path = path;
        return RESULT_OK;
    }
    *ret_message = result == RESULT_AGAIN ? mem_printf("另一个服务正在使用套接字 %s", path)
                                          : mem_printf("建立不了套接字 %s，请检查目录和权限", path);
    free(path);
    return result;
}

/** The key of the home. A new home remembers the key that was given. NULL = none. */
static enum result find_key(const struct serve_options *options, char **ret_key, char **ret_message)
{
    char *database = homedir_database(options->home);
    enum result result;

    if (options->create && options->key_file != NULL && !homedir_exists(options->home)) {
        result = homekey_take(options->key_file, ret_key, ret_message);
        if (result == 0)
            result = homekey_remember(options->home, *ret_key, NULL);
    } else {
        result = homekey_find(options->home, database, options->key_file, ret_key, ret_message);
    }
    free(database);
    return result;
}

static enum result open_service(struct serving *serving, char **ret_message)
{
    char *forms = paths_data("forms");
    char *office = paths_office("forms");
    char *key = NULL;
    struct service_options options = {
        .home = serving->options->home,
        .forms = forms,
        .office_forms = office,
        .create = serving->options->create,
        .background = true,
        .cache_bytes = (size_t)serving->options->cache_mib << 20,
        .today = getenv("DOUDI_TODAY"),
    };
    enum result result = find_key(serving->options, &key, ret_message);

    options.key_file = key;
    if (result == 0)
        result = service_open(&options, &serving->service, ret_message);
    free(key);
    free(office);
    free(forms);
    if (result == 0 && forms_office(service_forms(serving->service)) != NULL)
        log_info("forms of the office: %s", forms_office(service_forms(serving->service)));
    if (result == 0)
        result = timers_start(serving->service, &serving->timers);
    return result;
}

/** Starts everything that must run before clients can be answered. */
static enum result begin(struct serving *serving, char **ret_message)
{
    const struct serve_options *options = serving->options;
    enum result result = homedir_lock(options->home, options->create, &serving->lock, ret_message);

    if (result != 0)
        return result;
    if (options->ready_fd >= 0)
        redirect_log(options->home);
    scratch_clear(options->home);
    raise_limits();
    serving->stop_fd = open_signals();
    if (serving->stop_fd < 0)
        return RESULT_IO;
    /* Clients that come during a recovery wait in the socket's queue. */
    result = open_socket(serving, ret_message);
    return result == 0 ? open_service(serving, ret_message) : result;
}

/** Closes the socket: new clients look for the next server while running requests finish here. */
static void stop_listening(void *arg)
{
    struct serving *serving = arg;

    systemd_tell("STOPPING=1");
    if (serving->path != NULL)
        unlink(serving->path);
    free(serving->path);
    serving->path = NULL;
    if (serving->listen_fd >= 0)
        close(serving->listen_fd);
    serving->listen_fd = -1;
}

static void end(struct serving *serving)
{
    stop_listening(serving);
    timers_stop(&serving->timers);
    service_close(&serving->service);
    if (serving->stop_fd >= 0)
        close(serving->stop_fd);
    if (serving->lock >= 0)
        close(serving->lock);
}

/** Tells the client that started this server how its start went. */
static void report_start(const struct serve_options *options, enum result result,
                         const char *message)
{
    const char *words = message != NULL ? message : result_words(result);

    if (result != 0)
        log_error("%s", words);
    else
        log_info("serving %s", options->home);
    if (options->ready_fd >= 0)
        start_report(options->ready_fd, result, words);
    if (result == 0)
        systemd_tell("READY=1");
}

enum result serve_home(const struct serve_options *options, bool *ret_unfinished)
{
    struct serving serving = {.options = options, .lock = -1, .stop_fd = -1, .listen_fd = -1};
    char *message = NULL;
    enum result result = begin(&serving, &message);

    report_start(options, result, message);
    free(message);
    if (result == 0) {
        struct server_options server = {
            .home = options->home,
            .service = serving.service,
            .settle = service_settle,
            .handlers = HANDLERS,
            .listen_fd = serving.listen_fd,
            .stop_fd = serving.stop_fd,
            .idle_exit = options->idle_exit,
            .owner = geteuid(),
            .limits = limits_default(),
            .closing = stop_listening,
            .arg = &serving,
        };

        /* A server that lives for one command or screen may never get a search; do not preload. */
        if (options->idle_exit == 0)
            service_prepare(serving.service);
        result = server_run(&server);
        if (result != 0) {
            log_error("%s; the store recovers at the next start",
                      result == RESULT_IO ? "the database has stopped" : "some work did not end");
            *ret_unfinished = true;
            return result;
        }
        log_info("ended");
    }
    end(&serving);
    return result;
}
