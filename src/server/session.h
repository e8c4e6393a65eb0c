/**
 * A client's session as its handlers see it: who asks, and what lasts from one request to the next.
 *
 * Threads: a session belongs to its connection's thread.
 */
#ifndef DOUDI_SERVER_SESSION_H
#define DOUDI_SERVER_SESSION_H

#include "server/activity.h"
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
    bool locked;   /**< silent for too long: only a login or the end is answered */
    int64_t asked; /**< when the last request was answered (session_clock()) */
    struct caller caller;
    struct import *import;        /**< an import between its Open and its End, or NULL; owned */
    int64_t told;                 /**< when the last progress message went out, ms */
    const atomic_bool *giving_up; /**< the server ends and cannot wait for long work any more */
    struct seats *seats;       /**< the server's, NULL: connections of an officer are not counted */
    char *seat;                /**< officer whose seat this session holds, NULL = none; owned */
    struct activity *activity; /**< the server's, NULL: silence is known of this connection only */
};

/** An anonymous session on a socket; the caller's progress leads to progress messages. */
void session_start(struct session *session, struct service *service, const char *home, int fd);
/** Releases what the session still holds. */
void session_end(struct session *session);
/** True when somebody has logged in. */
bool session_known(const struct session *session);

/** Takes a seat for the officer who has come (server/seats.h), in place of an earlier one's. RESULT_AGAIN
 *  with words if there is none; the caller is nobody then. */
enum result session_sit(struct session *session, struct reply *reply);
/** Locks a session that came by password and said nothing for session_idle_minutes() and a little;
 *  true while it is locked. A terminal that no longer locks by itself is no way in. */
bool session_idle(struct session *session);
/** A request was answered: the silence begins anew. */
void session_asked(struct session *session);
/** The session was begun on another connection and last changed something so many seconds ago. */
void session_resumed(struct session *session, int64_t seconds);

/** Milliseconds of a clock that only goes forward. */
int64_t session_clock(void);

#endif
