#include "server/serve.h"

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/paths.h"
#include "form/form.h"
#include "server/door.h"
#include "server/handlers.h"
#include "server/scratch.h"
#include "server/server.h"
#include "server/session.h"
#include "server/systemd.h"
#include "server/takeover.h"
#include "server/timers.h"
#include "service/keeping/homedir.h"
#include "service/keeping/homekey.h"
#include "wire/socket.h"
#include "wire/start.h"

#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

enum {
    /* How long a service waits for a server that does not make room; when systemd hears so, and
     * when the clients. */
    LOCK_SECONDS = 60,
    TELL_MS = 500,
    HINT_MS = 3000,
    FAULT_SECONDS = 10
};

/** What a server owns from its start to its end. */
struct serving {
    const struct serve_options *options;
    bool managed; /**< systemd made the socket and starts the server again when it fails */
    bool waited;  /**< the journal has the reason for waiting */
    int lock;
    int stop_fd;
    int listen_fd;
    char *path; /**< of a socket to remove at the end, NULL if it is systemd's */
    char *link; /**< that leads to the socket, to remove at the end, NULL = none */
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

    if (serving->managed) {
        path = socket_bound_path(serving->listen_fd);
        serving->link = path != NULL ? socket_lead(options->home, path) : NULL;
        free(path);
        return RESULT_OK;
    }
    path = options->socket != NULL ? paths_absolute(options->socket) : socket_path(options->home);
    result = socket_listen(path, &serving->listen_fd);
    if (result == 0) {
        serving->path = path;
        serving->link = socket_lead(options->home, path);
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

/** Finds out why the store did not open. Returns the result, and puts better words in place of its
 *  own: what is wrong with the home and what to do. */
static enum result explain(const char *home, enum result result, char **message)
{
    /* Berkeley DB tells a file that it may not open as it tells a broken disk. */
    bool refused = result == RESULT_DENIED || result == RESULT_IO;
    char *foreign = refused ? homedir_foreign_file(home) : NULL;
    /* cppcheck-suppress getpwuidCalled ; no other thread asks for accounts */
    const struct passwd *account = getpwuid(geteuid());
    char *words = NULL;

    if (result == RESULT_NOINPUT && !homedir_exists(home))
        words = mem_printf("数据目录 %s 里还没有数据，请先用 doudi init 建立", home);
    if (foreign != NULL && account != NULL) {
        words =
            mem_printf("%s 属于别的账号，请执行 chown -R %s: %s", foreign, account->pw_name, home);
        result = RESULT_DENIED;
    }
    if (words != NULL) {
        free(*message);
        *message = words;
    }
    free(foreign);
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
    bool known = result == 0;

    options.key_file = key;
    if (result == 0)
        result = service_open(&options, &serving->service, ret_message);
    if (result == 0 && forms_office(service_forms(serving->service)) != NULL)
        log_info("forms of the office: %s", forms_office(service_forms(serving->service)));
    if (result == 0)
        result = timers_start(serving->service, &serving->timers);
    else if (known)
        result = explain(options.home, result, ret_message);
    free(key);
    free(office);
    free(forms);
    return result;
}

/** Tells why the service waits: systemd first, after a while the clients. */
static void tell_waiting(const char *words, int64_t waited_ms, void *arg)
{
    struct serving *serving = arg;

    if (waited_ms < TELL_MS)
        return;
    if (!serving->waited) {
        log_warn("%s", words);
        systemd_say("正在等数据目录空出来：%s", words);
    }
    serving->waited = true;
    if (waited_ms >= HINT_MS)
        door_refuse_waiting(serving->listen_fd, RESULT_AGAIN,
                            "数据正在维护，请过几分钟再试；一直这样，请告诉系统管理员");
}

/** Gets the home's lock. A server for one command drives nobody away and does not wait. */
static enum result take_home(struct serving *serving, char **ret_message)
{
    const struct serve_options *options = serving->options;
    struct takeover ask = {
        .home = options->home,
        .create = options->create,
        .stop_fd = serving->stop_fd,
        .patience = serving->managed ? LOCK_SECONDS : 0,
        .waiting = serving->managed ? tell_waiting : NULL,
        .arg = serving,
    };

    if (options->idle_exit > 0)
        return homedir_lock(options->home, options->create, &serving->lock, ret_message);
    return takeover_lock(&ask, &serving->lock, ret_message);
}

/** Starts everything that must run before clients can be answered. */
static enum result begin(struct serving *serving, char **ret_message)
{
    const struct serve_options *options = serving->options;
    enum result result;

    serving->listen_fd = systemd_take_socket();
    serving->managed = serving->listen_fd >= 0;
    serving->stop_fd = open_signals();
    if (serving->stop_fd < 0)
        return RESULT_IO;
    result = take_home(serving, ret_message);
    if (result != 0)
        return result;
    if (options->ready_fd >= 0)
        redirect_log(options->home);
    scratch_clear(options->home);
    raise_limits();
    systemd_say("正在打开 %s（断电以后先要恢复，请等它做完）", options->home);
    /* Clients that come during a recovery wait in the socket's queue. */
    result = open_socket(serving, ret_message);
    return result == 0 ? open_service(serving, ret_message) : result;
}

static void remove_file(char **path)
{
    if (*path != NULL)
        unlink(*path);
    free(*path);
    *path = NULL;
}

/** Closes the socket: new clients look for the next server while running requests finish here. */
static void stop_listening(struct serving *serving)
{
    remove_file(&serving->link);
    remove_file(&serving->path);
    if (serving->listen_fd >= 0)
        close(serving->listen_fd);
    serving->listen_fd = -1;
}

/** The server has ended its loop, requests may still run. */
static void close_door(void *arg)
{
    systemd_tell("STOPPING=1");
    systemd_say("正在结束：先办完手头的请求");
    stop_listening(arg);
}

static bool asked_to_stop(const struct serving *serving)
{
    struct pollfd wait = {.fd = serving->stop_fd, .events = POLLIN};

    return poll(&wait, 1, 0) > 0;
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

/** True if only somebody who mends something helps: systemd does not start the service again (see
 *  RestartPreventExitStatus= of its unit), but the next client does. */
static bool is_lasting(enum result result)
{
    static const int LASTING[] = {EX_USAGE, EX_DATAERR, EX_NOINPUT, EX_CANTCREAT, EX_NOPERM};

    for (size_t i = 0; i < sizeof LASTING / sizeof LASTING[0]; i++)
        if (result_exit(result) == LASTING[i])
            return true;
    return false;
}

/** Answers the clients of a service that did not start. A fault that may pass is answered for a
 *  while, so that systemd starts the service again only now and then. */
static void refuse_clients(const struct serving *serving, enum result result, const char *words)
{
    int64_t until = session_clock() + FAULT_SECONDS * (int64_t)1000;
    bool once = is_lasting(result) || result == RESULT_AGAIN;
    char *said = mem_printf("服务起不来：%s（请告诉系统管理员）", words);
    struct pollfd waits[] = {{.fd = serving->stop_fd, .events = POLLIN},
                             {.fd = serving->listen_fd, .events = POLLIN}};

    do {
        door_refuse_waiting(serving->listen_fd, result, said);
        if (once || poll(waits, 2, FAULT_SECONDS * 1000) < 0 || waits[0].revents != 0)
            break;
    } while (session_clock() < until);
    free(said);
}

/** Tells systemd, waiting clients and the client that started this server how its start went. */
static void report_start(const struct serving *serving, enum result result, const char *message)
{
    const struct serve_options *options = serving->options;
    const char *words = message != NULL ? message : result_words(result);

    if (result != 0)
        log_error("%s", words);
    else
        log_info("serving %s", options->home);
    if (options->ready_fd >= 0)
        start_report(options->ready_fd, result, words);
    if (result == 0) {
        systemd_say("正在服务 %s", options->home);
        systemd_tell("READY=1");
        return;
    }
    systemd_say("起不来：%s", words);
    if (serving->managed)
        refuse_clients(serving, result, words);
}

enum result serve_home(const struct serve_options *options, bool *ret_unfinished)
{
    struct serving serving = {.options = options, .lock = -1, .stop_fd = -1, .listen_fd = -1};
    char *message = NULL;
    enum result result = begin(&serving, &message);

    bool stopped = result == RESULT_AGAIN && asked_to_stop(&serving);

    if (!stopped)
        report_start(&serving, result, message);
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
            .closing = close_door,
            .arg = &serving,
        };

        /* A server that lives for one command or screen may never get a search; do not preload. */
        if (options->idle_exit == 0)
            service_prepare(serving.service);
        result = server_run(&server);
        if (result != 0) {
            systemd_say("数据库停了，马上重新启动");
            log_error("%s; the store recovers at the next start",
                      result == RESULT_IO ? "the database has stopped" : "some work did not end");
            *ret_unfinished = true;
            return result;
        }
        log_info("ended");
    }
    end(&serving);
    return stopped ? RESULT_OK : result;
}
