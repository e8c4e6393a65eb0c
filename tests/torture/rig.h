/**
 * A home to be tortured: streets with people who are owed visits, the real server, and means to
 * kill it, to spoil its disk and to look at what is left.
 *
 * The server is started by its clients, as always. Every function fails the cmocka test on what
 * must not happen. Threads: none; client_open() forks.
 */
#ifndef DOUDI_TESTS_RIG_H
#define DOUDI_TESTS_RIG_H

#include "unit.h"

#include "base/random.h"
#include "db/tables.h"
#include "fault.h"
#include "wire/client.h"
#include "wire/convert.h"

#include <sys/types.h>

enum { RIG_STREETS = 4, RIG_PEOPLE = 400 };

#define RIG_COUNTY "211102"
#define RIG_TODAY "2026-11-23"
#define RIG_MONTH "2026-10" /**< the first month, over and not closed */

struct rig {
    char *root; /**< holds everything; removed at the end */
    char *home;
    struct fault *fault; /**< NULL until rig_inject() */
    int trace;           /**< 0 until powercut_new() */
    struct random random;
    unsigned kills;
};

/** True in the long form (DOUDI_TORTURE=long); the number for this form. */
bool rig_is_long(void);
int rig_times(int in_short, int in_long);

/** An empty home-to-be in a new folder, or in `root`, which must exist. */
struct rig *rig_new_empty(const char *root);
/** Makes divisions, officers and people in it. */
void rig_fill(struct rig *rig);
void rig_free(struct rig **rig);
/** From the next start of the server on, faults can be armed. */
void rig_inject(struct rig *rig);
void rig_arm(struct rig *rig, enum fault_action action, int calls, const char *part, long left,
             int error);
/** Disarms; true if the fault has struck. */
bool rig_disarm(struct rig *rig);

/** Officer of a street: role 1 = street, 2 = chief. */
const char *rig_officer(size_t street, int role);
const char *rig_street(size_t street);
/** ID number of a person; people go round the streets. */
void rig_id_no(size_t person, char id_no[19]);

/** A client of the officer, of the system (NULL). */
enum result rig_try_open(struct rig *rig, const char *officer, struct client **ret_client,
                         char **ret_message);
struct client *rig_open(struct rig *rig, const char *officer);
enum result rig_call(struct client *client, Wire__Request *request, Wire__Response **ret_response);
/** The same, failing the test on anything but RESULT_OK; the answer belongs to the caller. */
Wire__Response *rig_ask(struct client *client, Wire__Request *request);
/** A child that runs `body` and exits with its result. */
pid_t rig_fork(struct rig *rig, int (*body)(struct rig *rig, void *arg), void *arg);
int rig_wait(pid_t pid);

/** Rows of a spreadsheet: cells separated by commas, no quotes. */
struct rig_rows {
    const char *kind;
    const char *headers;
    size_t count;
    char *(*row)(size_t number); /**< new string */
};
struct rig_figures {
    uint64_t accepted, refused, households_accepted;
};
/** Sends the rows as the system; stops at the first request that fails. */
enum result rig_import(struct rig *rig, const struct rig_rows *rows,
                       struct rig_figures *ret_figures);

/** `verify` through the server: everything must agree. */
void rig_verify(struct rig *rig);

pid_t rig_server(const struct rig *rig);
/** Kills the server that answers, if one does, and waits until it is gone. */
bool rig_kill_server(struct rig *rig, int signal);
/** No server runs and none can start until the descriptor is closed. */
int rig_seize(struct rig *rig);
/** The files as the dead server left them, recovered in a copy; free with rig_close_copy(). */
struct store *rig_open_copy(struct rig *rig);
void rig_close_copy(struct rig *rig, struct store **store);

/** How much has been traced; 0 where nothing is. */
uint64_t rig_traced(const struct rig *rig);
void rig_pause(unsigned microseconds);
int64_t rig_now_ms(void);
char *rig_path(const struct rig *rig, const char *name);
bool rig_exists(const char *path);
void rig_remove(const char *path);

#endif
