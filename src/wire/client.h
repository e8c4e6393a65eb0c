/**
 * A client's connection to the server of a home.
 *
 * client_open() connects to the server of the home, wherever it listens (wire/socket.h). If no server
 * listens it starts `doudid` for that home (which ends by itself some time after its last client).
 * A service that cannot start answers with the reason. client_call() sends one request and waits
 * for its answer. If it loses the server, it reconnects, resumes the session and sends the request
 * again with the same number, for up to `patience` seconds.
 *
 * Ownership: requests are borrowed; the caller frees responses (client_response_free()).
 * Threads: one thread for each client.
 */
#ifndef DOUDI_WIRE_CLIENT_H
#define DOUDI_WIRE_CLIENT_H

#include "base/result.h"
#include "wire/doudi.pb-c.h"

#include <stdbool.h>

struct client;

struct client_options {
    const char *home;
    const char *socket;     /**< only this one, and start no server; NULL = the home's */
    const char *as_officer; /**< act as this officer (owner of the home only), NULL = log in */
    bool as_system;         /**< maintenance: init, timers (owner of the home only) */
    bool never_starts;      /**< use a server that runs, or none */
    bool create;            /**< start the server even if the home does not exist yet */
    const char *key_file;   /**< absolute path of the new home's key, NULL = not encrypted */
    bool watch;             /**< monitoring: only a server that runs, and one try */
    int patience; /**< seconds to try reconnecting, 0 = 10; with `watch` to wait for an answer */
    int answer_seconds; /**< to wait for the first answer, which comes when the server has opened
                                 the home; 0 = 300 */
    /** Called with progress, and during a reconnection (done = total = 0); may be NULL. */
    void (*progress)(uint64_t done, uint64_t total, const char *what, void *arg);
    void *arg;
};

enum result client_open(const struct client_options *options, struct client **ret_client,
                        char **ret_message);
void client_close(struct client **client);
/** Replaces the options' callback: for a screen that starts after the connection. */
void client_set_progress(struct client *client,
                         void (*progress)(uint64_t done, uint64_t total, const char *what,
                                          void *arg),
                         void *arg);

/** Requests sent so far, with repetitions. */
unsigned long client_sent(const struct client *client);
/** The server's answer to Hello or Login; borrowed. A login or Today replaces it, and so does a
 *  call that finds a changed officer's record or a new day; the old one then lives until the next
 *  call. */
const Wire__Welcome *client_welcome(const struct client *client);
/** True if the officer's name, rights or area changed; false if either is NULL. */
bool client_is_another(const Wire__Account *before, const Wire__Account *now);
/** True if the logged-in account may do the action (ids of service/access.h). */
bool client_may(const struct client *client, const char *action);

/**
 * Sends `request` (and sets its number) and returns the answer's result. Sets *ret_response to the
 * answer, also for errors; NULL if no answer came (RESULT_NOSERVER, RESULT_PROTOCOL).
 */
enum result client_call(struct client *client, Wire__Request *request,
                        Wire__Response **ret_response);
void client_response_free(Wire__Response **response);

/** The sentence to show: the answer's message, else the result's words. */
const char *client_words(enum result result, const Wire__Response *response);

#endif
