/**
 * A client's session: who asks, and what stays from one request to the next.
 *
 * Threads: a session belongs to its connection's thread.
 */
#ifndef DOUDI_SERVER_SESSION_H
#define DOUDI_SERVER_SESSION_H

#include "server/activity.h"
#include "server/meters.h"
#include "server/seats.h"
#include "service/import/import.h"
#include "service/service.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct session {
    struct service *service;
    const char *home;
    int fd;
    bool greeted;  /**< Hello was said */
    bool locked;   /**< silent for too long: only a login or a logout is answered */
    int64_t asked; /**< when the last request was answered (session_clock()) */
    struct caller caller;
    struct import *import;        /**< an import between its Open and its End, or NULL; owned */
    int64_t told;                 /**< when the last progress message went out, ms */
    const atomic_bool *giving_up; /**< set when the server ends and cannot wait for long work */
    /** set by a request to make room for another server; NULL: this server does not make room */
    atomic_bool *yielding;
    struct seats *seats;       /**< the server's, NULL: connections of an officer are not counted */
    char *seat;                /**< officer whose seat this session holds, NULL = none; owned */
    struct activity *activity; /**< the server's; NULL: only this connection's silence is known */
    struct meters *meters;     /**< the server's */
    const struct handler *handled; /**< of the last request, NULL if it was none */
    enum result outcome;           /**< … and its result */
};

/** Begins an anonymous session on a socket. Long work sends progress messages to it. */
void session_start(struct session *session, struct service *service, const char *home, int fd);
/** Frees what the session still owns. */
void session_end(struct session *session);
/** True when somebody has logged in. */
bool session_known(const struct session *session);

/** Takes a seat for the officer who logged in (server/seats.h), and gives an earlier officer's
 *  back. RESULT_AGAIN with words if there is none; the caller is then nobody. */
enum result session_sit(struct session *session, struct reply *reply);
/** Locks a session that came by password and was silent for a little more than
 *  session_idle_minutes(); true while it is locked. So a terminal that does not lock itself gives
 *  no way in. */
bool session_idle(struct session *session);
/** Notes that a request was answered: the silence begins anew. */
void session_asked(struct session *session);
/** Notes that the session began on another connection and last changed something `seconds` ago. */
void session_resumed(struct session *session, int64_t seconds);

/** Milliseconds of a clock that never goes back. */
int64_t session_clock(void);

#endif
