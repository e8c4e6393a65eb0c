/**
 * A client's connection to the server of a home.
 *
 * client_open() connects to HOME/doudi.sock and, when nobody answers, starts `doudid` for that home
 * (it ends by itself a while after its last client). client_call() sends one request and waits for
 * its answer; when the server is lost it connects again, resumes the session and sends the request
 * again under the same number, for up to `patience` seconds.
 *
 * Ownership: requests are borrowed, responses belong to the caller (client_response_free()).
 * Threads: a client is used by one thread.
 */
#ifndef DOUDI_WIRE_CLIENT_H
#define DOUDI_WIRE_CLIENT_H

#include "base/result.h"
#include "wire/doudi.pb-c.h"

#include <stdbool.h>

struct client;

struct client_options {
    const char *home;
    const char *socket;     /**< NULL = HOME/doudi.sock */
    const char *as_officer; /**< act as this officer (owner of the home only), NULL = log in */
    bool as_system;         /**< maintenance: init, timers (owner of the home only) */
    bool create;            /**< start the server for a home that does not exist yet */
    const char *key_file;   /**< whole path of the key it is made with, NULL = not encrypted */
    int patience;           /**< seconds to go on trying to reconnect, 0 = 10 */
    /** Called for progress messages and while reconnecting (done = total = 0); may be NULL. */
    void (*progress)(uint64_t done, uint64_t total, const char *what, void *arg);
    void *arg;
};

enum result client_open(const struct client_options *options, struct client **ret_client,
                        char **ret_message);
void client_close(struct client **client);
/** Replaces the callback of the options: for a screen that starts after the connection. */
void client_set_progress(struct client *client,
                         void (*progress)(uint64_t done, uint64_t total, const char *what,
                                          void *arg),
                         void *arg);

/** Requests sent so far, each time they were sent. */
unsigned long client_sent(const struct client *client);
/** What the server said at Hello or Login; borrowed. Replaced by the next login or Today, and when a
 *  call finds the officer's record changed or another day begun: the old one is then good until the
 *  call after that. */
const Wire__Welcome *client_welcome(const struct client *client);
/** True if the officer's name, rights or area are not what they were; false if either is NULL. */
bool client_is_another(const Wire__Account *before, const Wire__Account *now);
/** True if the logged-in account may use the action (ids of service/access.h). */
bool client_may(const struct client *client, const char *action);

/**
 * Sends `request` (its number is set here) and returns the answer's result. *ret_response is set
 * whenever an answer came, also for errors; NULL when none came (RESULT_NOSERVER,
 * RESULT_PROTOCOL).
 */
enum result client_call(struct client *client, Wire__Request *request,
                        Wire__Response **ret_response);
void client_response_free(Wire__Response **response);

/** The sentence to show for an answer (its message, else the result's own words). */
const char *client_words(enum result result, const Wire__Response *response);

#endif
