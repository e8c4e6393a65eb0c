#include "server/session.h"

#include "base/limits.h"
#include "base/mem.h"
#include "service/officers/session.h"
#include "wire/doudi.pb-c.h"
#include "wire/frame.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PROGRESS_MS = 200, PROGRESS_BYTES = 1024 };

int64_t session_clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/** Stops work when its client has gone, or when the server ends and cannot wait. */
static enum result send_progress(uint64_t done, uint64_t total, const char *what, void *arg)
{
    struct session *session = arg;
    Wire__Progress progress = WIRE__PROGRESS__INIT;
    Wire__Response response = WIRE__RESPONSE__INIT;
    uint8_t bytes[PROGRESS_BYTES];
    int64_t now = session_clock();

    if (atomic_load(session->giving_up))
        return RESULT_AGAIN;
    if (now - session->told < PROGRESS_MS)
        return RESULT_OK;
    session->told = now;
    progress.done = done;
    progress.total = total;
    progress.what = (char *)what;
    response.number = session->caller.number;
    response.progress = &progress;
    if (wire__response__get_packed_size(&response) > sizeof bytes)
        progress.what = (char *)"";
    return frame_write(session->fd, bytes, wire__response__pack(&response, bytes));
}

void session_start(struct session *session, struct service *service, const char *home, int fd)
{
    *session = (struct session){
        .service = service,
        .home = home,
        .fd = fd,
        .asked = session_clock(),
        .caller = {.role = ROLE_NONE, .progress = send_progress, .arg = session},
    };
}

static void leave_seat(struct session *session)
{
    if (session->seat != NULL)
        seats_leave(session->seats, session->seat);
    free(session->seat);
    session->seat = NULL;
}

enum result session_sit(struct session *session, struct reply *reply)
{
    const struct caller *caller = &session->caller;
    bool counted = session->seats != NULL && !caller->owner && caller->role != ROLE_NONE;

    if (session->seat != NULL && counted && strcmp(session->seat, caller->officer) == 0)
        return RESULT_OK;
    leave_seat(session);
    if (!counted)
        return RESULT_OK;
    if (seats_take(session->seats, caller->officer)) {
        session->seat = mem_copy(caller->officer);
        return RESULT_OK;
    }
    session_begin(session->service, &session->caller, reply);
    return reply_say(reply, RESULT_AGAIN,
                     "您已在 %d 处登录，不能再多了，请先退出其中一些，再重新登录。",
                     LIMIT_CLIENTS_PER_OFFICER);
}

void session_end(struct session *session)
{
    import_free(&session->import);
    leave_seat(session);
}

bool session_known(const struct session *session)
{
    return session->caller.role != ROLE_NONE;
}

static int64_t longest_silence(const struct session *session)
{
    return session_idle_minutes(session->service) * 60 * 1000 + LIMIT_IDLE_GRACE_MS;
}

void session_asked(struct session *session)
{
    session->asked = session_clock();
    if (session->activity != NULL && session->caller.by_password && !session->locked)
        activity_note(session->activity, session->caller.session, session->asked);
}

void session_resumed(struct session *session, int64_t seconds)
{
    if (session->activity == NULL ||
        !activity_last(session->activity, session->caller.session, &session->asked))
        session->asked = session_clock() - seconds * 1000;
    (void)session_idle(session); /* to connect again does not end the silence */
}

bool session_idle(struct session *session)
{
    if (session->caller.by_password && session_clock() - session->asked > longest_silence(session))
        session->locked = true;
    return session->locked;
}
