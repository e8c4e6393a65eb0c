#include "service/frame/usecase.h"

#include "base/log.h"
#include "base/mem.h"
#include "service/frame/event.h"
#include "service/frame/night.h"
#include "service/frame/record.h"
#include "service/frame/stranger.h"
#include "service/memory/catching_up.h"
#include "service/memory/reading.h"
#include "service/memory/state.h"
#include "service/memory/stored.h"

#include <string.h>

/** One run of a use case. */
struct frame {
    struct usecase usecase;
    const struct access_action *action;
    usecase_body body; /**< NULL: write only the event */
    void *arg;
    struct event_draft event;
    struct delta delta;
    struct stranger_list met;
    struct chain *chain;       /**< held while writing */
    uint64_t seq;              /**< of the event */
    uint8_t hash[DIGEST_SIZE]; /**< hash of the event */
    enum result outcome;       /**< result of the body */
    bool done_before;          /**< an earlier request left the receipt */
    bool misnumbered;          /**< another request has used the number */
    bool succeeded;            /**< the body succeeded and has filled the reply */
};

static void frame_begin(struct frame *frame, struct service *service, const struct caller *caller,
                        enum action action, struct reply *reply)
{
    *frame = (struct frame){
        .action = access_find(action),
        .usecase =
            {
                .service = service,
                .caller = caller,
                .reply = reply,
                .today = service_today(service),
            },
    };
    frame->usecase.now = facts_moment(service, &frame->usecase.micros);
    frame->usecase.event = &frame->event;
    frame->usecase.delta = &frame->delta;
    frame->usecase.met = &frame->met;
}

/** Clears the results of an earlier run of the body. */
static void frame_reset(struct frame *frame, struct txn *txn)
{
    frame->usecase.txn = txn;
    reply_free(frame->usecase.reply);
    event_draft_clear(&frame->event);
    delta_clear(&frame->delta);
    frame->met.count = 0;
    frame->usecase.awaits_closing = false;
    frame->usecase.made_person = 0;
    frame->done_before = frame->misnumbered = false;
    frame->succeeded = false;
}

static void frame_end(struct frame *frame)
{
    event_draft_clear(&frame->event);
    delta_clear(&frame->delta);
    stranger_list_free(&frame->met);
}

// ---- rights

/** A division that is gone is in the area of the officers of the one that has followed it. */
static bool is_in_area(const struct frame *frame, const char *area)
{
    const struct caller *caller = frame->usecase.caller;
    enum action action = frame->action->action;

    return access_allowed(caller->role, caller->area, action, area) ||
           access_allowed(caller->role, caller->area, action,
                          facts_area_present(frame->usecase.service, area)) ||
           (frame->action->lent && area != NULL &&
            lent_has(frame->usecase.service, caller->officer, area, frame->usecase.today));
}

static enum result check_right(const struct frame *frame, const char *area)
{
    const struct service *service = frame->usecase.service;
    const struct caller *caller = frame->usecase.caller;
    enum action action = frame->action->action;
    struct reply *reply = frame->usecase.reply;

    if (!service_initialised(service) && action != ACTION_INIT && action != ACTION_LOGIN)
        return reply_say(reply, RESULT_INVALID, "数据目录尚未初始化，请先运行 doudi init。");
    if (caller->role == ROLE_NONE && !access_allowed(ROLE_NONE, "", action, NULL))
        return reply_say(reply, RESULT_LOGIN, "请先登录。");
    if (revoked_has(service->revoked, caller->officer))
        return reply_say(reply, RESULT_LOGIN, "账户已被锁定，请联系系统管理员。");
    if (caller->must_change && action != ACTION_PASSWORD && action != ACTION_LOGIN &&
        action != ACTION_LOGOUT)
        return reply_say(reply, RESULT_DENIED, "请先修改密码，再办理其他业务。");
    if (!access_allowed(caller->role, caller->area, action, NULL))
        return reply_say(reply, RESULT_DENIED, "%s没有“%s”的权限，请由有权限的人员办理。",
                         access_role_label(caller->role), frame->action->label);
    if (!is_in_area(frame, area))
        return reply_say(reply, RESULT_DENIED, "不在您的辖区内，请由所属辖区的人员办理。");
    if (frame->action->at_source && service_collects(service))
        return reply_say(
            reply, RESULT_DENIED,
            "这里是%s的汇总，只能看；“%s”请在所在单位自己的系统里办理，下次报送后这里就有。",
            service_area_name(service, service_area(service)), frame->action->label);
    if (frame->action->collecting && !service_collects(service))
        return reply_say(
            reply, RESULT_USAGE,
            "这里不汇总别处的报送包。收包的数据目录要用 doudi init --level county 建。");
    return RESULT_OK;
}

enum result usecase_allow(struct usecase *usecase, enum action action, const char *area)
{
    struct frame asking;

    frame_begin(&asking, usecase->service, usecase->caller, action, usecase->reply);
    return check_right(&asking, area);
}

enum result usecase_refuse_maker(struct usecase *usecase, const char *maker, const char *words)
{
    if (strcmp(maker, usecase->caller->officer) != 0)
        return RESULT_OK;
    return reply_say(usecase->reply, RESULT_DENIED, "%s，请由另一名有权限的人员办理。", words);
}

// ---- events

static bool is_numbered(const struct caller *caller)
{
    return caller->number != 0;
}

/** Requests with a number, logins and logouts leave their event in the caller's session; all others
 *  in the server's own session. */
static const uint8_t *frame_session(const struct frame *frame)
{
    const struct caller *caller = frame->usecase.caller;
    enum action action = frame->action->action;
    bool ends = action == ACTION_LOGIN || action == ACTION_LOGOUT;
    bool own = is_numbered(caller) || (ends && caller->role != ROLE_NONE);

    return own ? caller->session : frame->usecase.service->session;
}

/** The event of a write with a number is a receipt. Readings and refusals have no body here. */
static bool is_receipt(const struct frame *frame)
{
    return is_numbered(frame->usecase.caller) && frame->body != NULL;
}

enum { FORMAT_OF_DAYS = 2, FORMAT_OF_SALTS = 3 };

/** The database has this format or a later one: no older program can open it, which would not know
 *  what the format brought (db/upgrade.c). */
static bool has_format(const struct frame *frame, unsigned format)
{
    return store_format(frame->usecase.service->store) >= format;
}

/** Then the index by day needs no entry of it. */
static bool is_same_day(const struct frame *frame)
{
    const struct chain *chain = frame->chain;

    return !chain->empty && chain->day == date_of_time(frame->usecase.now) &&
           has_format(frame, FORMAT_OF_DAYS);
}

static enum result write_event(struct frame *frame)
{
    const struct chain *chain = frame->chain;

    /* seq 0 is the beginning of a session */
    frame->seq = chain->empty ? is_numbered(frame->usecase.caller) : chain->seq + 1;
    return event_put(&frame->usecase, frame->action,
                     &(struct event_place){
                         .session = frame_session(frame),
                         .digest = chain->digest,
                         .seq = frame->seq,
                         .previous = chain->empty ? NULL : chain->hash,
                         .written = chain->written,
                         .is_receipt = is_receipt(frame),
                         .same_day = is_same_day(frame),
                         .salted = has_format(frame, FORMAT_OF_SALTS),
                     },
                     frame->outcome, frame->hash);
}

/** The numbers of writes only rise, so a client can repeat only its last write. */
static bool is_used(const struct frame *frame)
{
    const struct caller *caller = frame->usecase.caller;

    return is_numbered(caller) && caller->number <= frame->chain->number;
}

/** Sets `done_before` and takes over the answer if this request was answered before; sets
 *  `misnumbered` if another request has used its number. */
static enum result find_receipt(struct frame *frame)
{
    const struct caller *caller = frame->usecase.caller;
    Rec__Event *event = NULL;
    enum result result;

    if (!is_used(frame))
        return RESULT_OK;
    frame->misnumbered = true;
    if (caller->number < frame->chain->number)
        return RESULT_OK;
    if ((result = store_event_get(frame->usecase.txn, caller->session, frame->chain->written,
                                  &event)) != 0)
        return result == RESULT_NOTFOUND ? RESULT_CORRUPT : result;
    if (event_answers(frame->chain->digest, event, caller, frame->action)) {
        event_reply(event, frame->usecase.reply);
        frame->outcome = (enum result)event->result;
        frame->done_before = true;
        frame->misnumbered = false;
    }
    rec__event__free_unpacked(event, NULL);
    return RESULT_OK;
}

/** Writes the event of a reading or a refusal; it is no receipt. A reading under a used number is
 *  refused. */
static enum result write_log(struct frame *frame)
{
    if (frame->outcome == 0 && is_used(frame))
        frame->misnumbered = true;
    if (frame->misnumbered) {
        frame->outcome = RESULT_PROTOCOL;
        event_add_note(&frame->usecase, "请求序号已用过，未办理");
    }
    return write_event(frame);
}

// ---- writing

/** A failed login is committed too, because it is counted. */
static bool is_committed(const struct frame *frame)
{
    return frame->outcome == 0 || frame->outcome == RESULT_PARTIAL ||
           (frame->outcome == RESULT_LOGIN && frame->action->action == ACTION_LOGIN);
}

static enum result run_write(struct txn *txn, void *arg)
{
    struct frame *frame = arg;
    enum result result;

    if (frame->body != NULL)
        frame_reset(frame, txn);
    frame->usecase.txn = txn;
    if ((result = chain_load(frame->chain, txn)) != 0)
        return result;
    if (frame->body == NULL)
        return write_log(frame);
    if ((result = find_receipt(frame)) != 0 || frame->done_before)
        return result;
    if (frame->misnumbered)
        return RESULT_PROTOCOL;
    frame->outcome = frame->body(&frame->usecase, frame->arg);
    if (!is_committed(frame))
        return frame->outcome;
    frame->succeeded = true;
    return write_event(frame);
}

/** Applies the transaction's changes to the totals and the other figures in memory. */
static void apply_delta(struct service *service, const struct delta *delta)
{
    for (size_t i = 0; i < delta->mark_count; i++)
        closed_months_set(service->closed, delta->marks[i].month, delta->marks[i].area,
                          delta->marks[i].closed ? MONTH_CLOSED : MONTH_REOPENED);
    totals_apply(service->totals, delta, NULL);
    reading_apply(&service->loading, delta);
    census_apply(service->census, delta);
}

/** Updates the memory after a commit: the end of the chain, the totals, the closed months. */
static void after_commit(struct frame *frame)
{
    struct service *service = frame->usecase.service;

    if (frame->done_before) {
        atomic_fetch_add(&service->repeated, 1);
        return;
    }
    frame->chain->seq = frame->seq;
    frame->chain->empty = false;
    frame->chain->day = date_of_time(frame->usecase.now);
    memcpy(frame->chain->hash, frame->hash, sizeof frame->hash);
    if (is_receipt(frame)) {
        frame->chain->written = frame->seq;
        frame->chain->number = frame->usecase.caller->number;
    }
    apply_delta(service, &frame->delta);
}

/** Waits for the disk, or tells the caller to wait. */
static enum result settle_frame(struct frame *frame)
{
    bool *unsettled = frame->usecase.caller->unsettled;

    if (unsettled == NULL)
        return store_wait(frame->usecase.service->store);
    *unsettled = true;
    return RESULT_OK;
}

static enum result write_frame(struct frame *frame, enum store_mode mode)
{
    struct service *service = frame->usecase.service;
    bool unsettled;

    if (frame->action->alone)
        pthread_rwlock_wrlock(&service->gate);
    else
        pthread_rwlock_rdlock(&service->gate);
    frame->chain = chain_hold(service->chains, frame_session(frame));
    enum result result = store_commit(service->store, mode, run_write, frame, &unsettled);
    if (result == 0)
        after_commit(frame);
    else
        frame->chain->known = false; /* read it from the store again */
    chain_release(service->chains, &frame->chain);
    pthread_rwlock_unlock(&service->gate);
    if (unsettled)
        result = settle_frame(frame);
    if (result == RESULT_FULL)
        night_note_full(service);
    /* A write that failed at the end must not keep the message of success. */
    if (result != 0 && frame->succeeded)
        reply_free(frame->usecase.reply);
    return result;
}

/** Leaves the event of a refusal or a logged reading. The reply is the answer already and stays as
 *  it is. */
static enum result log_event(struct frame *frame, enum result outcome)
{
    struct reply unused = {0}, *reply = frame->usecase.reply;

    if (frame->usecase.service->read_only || frame->usecase.caller->role == ROLE_NONE ||
        !service_initialised(frame->usecase.service))
        return RESULT_OK;
    frame->body = NULL;
    frame->outcome = outcome;
    frame->usecase.reply = &unused;
    delta_clear(&frame->delta);
    enum result result = write_frame(frame, STORE_EVENT);
    frame->usecase.reply = reply;
    reply_free(&unused);
    if (result != 0)
        log_error("event not written: %s", result_name(result));
    if (result == 0 && frame->misnumbered)
        result = reply_say(reply, RESULT_PROTOCOL, "请求序号不对，请重新进入后再办理。");
    return result;
}

/** If a meeting could not be recorded, the answer is withheld. */
static enum result settle_met(const struct frame *frame, enum result result)
{
    enum result settled =
        frame->done_before ? RESULT_OK : stranger_settle(&frame->usecase, frame->action->action);

    if (settled != 0)
        reply_free(frame->usecase.reply);
    return settled != 0 ? settled : result;
}

static enum result write_mode(struct service *service, const struct caller *caller,
                              enum action action, const char *area, usecase_body body, void *arg,
                              struct reply *reply, enum store_mode mode)
{
    struct frame frame;

    frame_begin(&frame, service, caller, action, reply);
    enum result result = check_right(&frame, area);
    if (result == 0 && service->read_only)
        result = reply_say(reply, RESULT_INVALID, "这是只读的副本，不能修改。");
    if (result == 0) {
        frame.body = body;
        frame.arg = arg;
        result = write_frame(&frame, mode);
        /* The month awaits its timed closing: wait, then retry once. */
        if (result == RESULT_AGAIN && frame.usecase.awaits_closing && catching_up_wait(service))
            result = write_frame(&frame, mode);
        if (result == 0)
            result = frame.outcome;
    }
    if (result == RESULT_DENIED || frame.misnumbered)
        log_event(&frame, result);
    result = settle_met(&frame, result);
    frame_end(&frame);
    return result;
}

enum result usecase_write(struct service *service, const struct caller *caller, enum action action,
                          const char *area, usecase_body body, void *arg, struct reply *reply)
{
    return write_mode(service, caller, action, area, body, arg, reply,
                      access_find(action)->reserve ? STORE_EVENT : STORE_WRITE);
}

enum result usecase_write_bulk(struct service *service, const struct caller *caller,
                               enum action action, usecase_body body, void *arg,
                               struct reply *reply)
{
    return write_mode(service, caller, action, NULL, body, arg, reply, STORE_BULK);
}

static enum result run_quiet(struct txn *txn, void *arg)
{
    struct frame *frame = arg;

    frame_reset(frame, txn);
    return frame->body(&frame->usecase, frame->arg);
}

enum result usecase_write_unlogged(struct service *service, const struct caller *caller,
                                   enum store_mode mode, usecase_body body, void *arg,
                                   struct reply *reply)
{
    struct frame frame;

    frame_begin(&frame, service, caller, ACTION_MONTH_OPEN, reply);
    frame.body = body;
    frame.arg = arg;
    pthread_rwlock_rdlock(&service->gate);
    enum result result = store_run(service->store, mode, run_quiet, &frame);
    if (result == 0)
        apply_delta(service, &frame.delta);
    pthread_rwlock_unlock(&service->gate);
    if (result == RESULT_FULL)
        night_note_full(service);
    frame_end(&frame);
    return result;
}

enum result service_check(struct service *service, const struct caller *caller, enum action action,
                          const char *area, struct reply *reply)
{
    struct frame frame;

    frame_begin(&frame, service, caller, action, reply);
    enum result result = check_right(&frame, area);
    if (result == RESULT_DENIED)
        log_event(&frame, result);
    frame_end(&frame);
    return result;
}

// ---- reading

static enum result run_read(struct txn *txn, void *arg)
{
    struct frame *frame = arg;

    frame_reset(frame, txn);
    return frame->body(&frame->usecase, frame->arg);
}

enum result usecase_read(struct service *service, const struct caller *caller, enum action action,
                         const char *area, usecase_body body, void *arg, struct reply *reply)
{
    struct frame frame;

    frame_begin(&frame, service, caller, action, reply);
    enum result result = check_right(&frame, area);
    if (result == 0) {
        frame.body = body;
        frame.arg = arg;
        result = store_run(service->store, STORE_READ, run_read, &frame);
    }
    if (result == RESULT_DENIED || (result == 0 && frame.action->logged)) {
        /* If the reading could not be recorded, its result is withheld. */
        enum result logged = log_event(&frame, result);
        if (result == 0)
            result = logged;
    }
    result = settle_met(&frame, result);
    frame_end(&frame);
    return result;
}

// ---- months

enum result usecase_month_state(struct usecase *usecase, month_t month, const char *area,
                                enum month_state *ret_state)
{
    return closed_months_ask(usecase->service->closed, usecase->txn, month, area, ret_state);
}

enum result usecase_month_closed(struct usecase *usecase, month_t month, const char *area,
                                 bool *ret_closed)
{
    enum month_state state;
    enum result result = usecase_month_state(usecase, month, area, &state);

    if (result == 0)
        *ret_closed = state == MONTH_CLOSED;
    return result;
}

void usecase_month_mark(struct usecase *usecase, month_t month, const char *street, bool closed)
{
    delta_mark(usecase->delta, month, street, closed);
}
