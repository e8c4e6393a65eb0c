/**
 * The listening core with a table of handlers that need no service. Some wait at a gate, so that a
 * test decides when a request is in the middle of its work.
 */
#ifndef DOUDI_TESTS_SERVER_FIXTURE_H
#define DOUDI_TESTS_SERVER_FIXTURE_H

#include "unit.h"

#include "server/server.h"
#include "wire/client.h"

#include <pthread.h>
#include <stdatomic.h>

struct gate {
    atomic_int entered;
    atomic_int finished;
    atomic_bool open;
};

extern struct gate gate;

/** Holds back what waits for the disk, until it is let go. */
struct disk {
    pthread_mutex_t lock;
    struct settle *held;
    atomic_int asked; /**< how often somebody has come */
    atomic_bool slow; /**< otherwise nobody is held */
};

extern struct disk disk;
void disk_let_go(void);

struct fixture {
    char *directory;
    char *path;
    struct server_options options;
    pthread_t thread;
    enum result result;
};

/** A server in a thread; the home is `owner`'s. */
struct fixture *server_start(int idle_exit, uid_t owner, struct limits limits);
/** Set-up and tear-down: a server with the real limits. */
int server_begin(void **state);
int server_end(void **state);
void *server_thread(void *fixture);
void ask_to_stop(const struct fixture *fixture);

struct client *open_client(const struct fixture *fixture);
enum result ask_status(struct client *client);

/** Without a client of the program: frames by hand. */
int connect_raw(const struct fixture *fixture);
void send_request(int fd, Wire__Request *request);
Wire__Response *read_answer(int fd);
void say_hello(int fd, bool as_system);

#endif
