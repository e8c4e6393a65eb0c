#include "service/officers/session.h"

#include "base/digest.h"
#include "base/plain.h"
#include "base/random.h"
#include "base/text.h"
#include "base/words.h"
#include "service/frame/clockwatch.h"
#include "service/frame/event.h"
#include "service/frame/usecase.h"
#include "service/memory/standards.h"
#include "service/memory/state.h"
#include "service/officers/hashing.h"
#include "service/officers/officer.h"
#include "service/officers/password.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { SESSION_SECONDS = 86400 };

/** Values of a session's first event: whether it began without a password, the system account that
 *  began it, the officer's generation, and the number of clock steps at that time. */
#define BY "by"
#define BY_OWNER "owner"
#define UID "uid"
#define GENERATION "generation"
#define CLOCK_STEPS "clock"

static const char REFUSED[] = "工号或密码不对，或者账户已锁定。连续多次失败会锁定一段时间；请核对后"
                              "再试，或请系统管理员解锁。";

// ---- the caller

static void set_caller(struct caller *caller, const Rec__Officer *officer)
{
    plain_fill(caller->officer, sizeof caller->officer, officer->id);
    plain_fill(caller->name, sizeof caller->name, officer->name);
    plain_fill(caller->area, sizeof caller->area, officer->area);
    caller->role = access_role_parse(officer->role);
    caller->must_change = caller->by_password = false;
}

/** The name of the session that a token opens. */
static void name_session(const uint8_t token[SESSION_SIZE], uint8_t session[SESSION_SIZE])
{
    static const char purpose[] = "doudi session";
    struct digest *digest = digest_new();
    uint8_t sum[DIGEST_SIZE];

    digest_add(digest, purpose, sizeof purpose);
    digest_add(digest, token, SESSION_SIZE);
    digest_end(&digest, sum);
    memcpy(session, sum, SESSION_SIZE);
}

static enum result new_session(struct caller *caller)
{
    enum result result = random_secret(caller->token, sizeof caller->token);

    if (result == 0)
        name_session(caller->token, caller->session);
    return result;
}

static void set_system(struct service *service, struct caller *caller)
{
    struct caller system = facts_system(service);

    memcpy(caller->officer, system.officer, sizeof caller->officer);
    memcpy(caller->name, system.name, sizeof caller->name);
    caller->area[0] = '\0';
    caller->role = system.role;
    caller->must_change = caller->by_password = false;
}

static void set_nobody(struct caller *caller)
{
    caller->officer[0] = caller->name[0] = caller->area[0] = '\0';
    caller->role = ROLE_NONE;
    caller->must_change = caller->by_password = false;
}

static bool is_expired(const struct service *service, const Rec__Officer *officer)
{
    int64_t days = facts_parameter(service, STANDARD_PASSWORD_DAYS, service_today(service));

    return officer->password_at + days * 86400 < facts_now(service);
}

struct lookup {
    const char *id;
    Rec__Officer *officer;
};

static enum result find_officer(struct txn *txn, void *arg)
{
    struct lookup *lookup = arg;

    return store_officer_get(txn, lookup->id, &lookup->officer);
}

static enum result read_officer(struct service *service, const char *id, Rec__Officer **ret_officer)
{
    struct lookup lookup = {.id = id};
    enum result result = store_run(service->store, STORE_READ, find_officer, &lookup);

    if (result == 0)
        *ret_officer = lookup.officer;
    return result;
}

// ---- beginning

static void set_number(struct fields *values, const char *name, int64_t number)
{
    char text[NUMBER_TEXT];

    snprintf(text, sizeof text, "%" PRId64, number);
    fields_set(values, name, text);
}

/** Notes the values that resuming the session will compare. */
static void note_origin(struct usecase *usecase, const char *by, uint32_t generation)
{
    struct fields *values = &usecase->reply->values;

    if (by != NULL)
        fields_set(values, BY, by);
    set_number(values, UID, usecase->caller->uid);
    set_number(values, GENERATION, generation);
    set_number(values, CLOCK_STEPS, (int64_t)clockwatch_steps(usecase->service));
}

static enum result write_begin(struct usecase *usecase, void *arg)
{
    const char *by = arg;
    Rec__Officer *officer = NULL;
    uint32_t generation = 0;

    event_name_record(usecase, usecase->caller->area, "officer:%s", usecase->caller->officer);
    if (by != NULL)
        event_add_note(usecase, "由数据目录所属的系统账户免密码进入");
    if (usecase->caller->role != ROLE_SYSTEM) {
        enum result result = store_officer_get(usecase->txn, usecase->caller->officer, &officer);
        if (result != 0)
            return result;
        generation = officer->generation;
        rec__officer__free_unpacked(officer, NULL);
    }
    note_origin(usecase, by, generation);
    return RESULT_OK;
}

/** Writes the session's first event. */
static enum result begin(struct service *service, struct caller *caller, const char *by,
                         struct reply *reply)
{
    caller->number = 0;
    if (service->read_only)
        return RESULT_OK;
    return usecase_write(service, caller, ACTION_LOGIN, NULL, write_begin, (void *)by, reply);
}

enum result session_begin_owner(struct service *service, const char *officer, struct caller *caller,
                                struct reply *reply)
{
    Rec__Officer *record;
    uint64_t moment = revoked_now(service->revoked); /* taken before the officer is read */
    enum result result = session_begin(service, caller, reply);

    if (result == 0 && *officer == '\0') {
        set_system(service, caller);
    } else if (result == 0) {
        result = read_officer(service, officer, &record);
        if (result == RESULT_NOTFOUND)
            return reply_say(reply, RESULT_LOGIN, "没有工号 %s，请核对 --as。", officer);
        if (result != 0)
            return result;
        bool locked = record->locked;
        set_caller(caller, record);
        caller->moment = moment;
        rec__officer__free_unpacked(record, NULL);
        if (locked)
            result =
                reply_say(reply, RESULT_LOGIN, "工号 %s 已被锁定，请联系系统管理员。", officer);
    }
    if (result == 0)
        result = begin(service, caller, BY_OWNER, reply);
    if (result != 0)
        set_nobody(caller);
    return result;
}

enum result session_begin(struct service *service, struct caller *caller, struct reply *reply)
{
    (void)service;
    reply_free(reply);
    set_nobody(caller);
    return new_session(caller);
}

// ---- resuming

struct resuming {
    struct service *service;
    const struct caller *caller;
    uint8_t session[SESSION_SIZE];
    Rec__Event *first, *last;
    Rec__Officer *officer; /**< NULL for the system */
    struct chain chain;
};

static void resuming_clear(struct resuming *resuming)
{
    if (resuming->first != NULL)
        rec__event__free_unpacked(resuming->first, NULL);
    if (resuming->last != NULL)
        rec__event__free_unpacked(resuming->last, NULL);
    if (resuming->officer != NULL)
        rec__officer__free_unpacked(resuming->officer, NULL);
    resuming->first = resuming->last = NULL;
    resuming->officer = NULL;
}

static enum result read_session(struct txn *txn, void *arg)
{
    struct resuming *resuming = arg;

    resuming_clear(resuming);
    resuming->chain = (struct chain){0};
    memcpy(resuming->chain.session, resuming->session, SESSION_SIZE);
    enum result result = store_event_get(txn, resuming->session, 0, &resuming->first);
    if (result == 0)
        result = chain_load(&resuming->chain, txn);
    if (result == 0)
        result = store_event_last(txn, resuming->session, &resuming->last);
    if (result == 0 && strcmp(resuming->first->officer, "system") != 0)
        result = store_officer_get(txn, resuming->first->officer, &resuming->officer);
    return result;
}

static const char *first_value(const struct resuming *resuming, const char *name)
{
    const Rec__Event *first = resuming->first;

    for (size_t i = 0; i < first->n_reply; i++)
        if (strcmp(first->reply[i]->name, name) == 0)
            return first->reply[i]->value;
    return "";
}

static bool began_without_password(const struct resuming *resuming)
{
    return strcmp(first_value(resuming, BY), BY_OWNER) == 0;
}

static bool is_number(const char *text, int64_t number)
{
    int64_t value = 0;

    return text_to_int(text, 0, UINT32_MAX, &value) == 0 && value == number;
}

/** True if the same system account asks that began the session; only the home's owner may resume a
 *  session that began without a password. */
static bool is_same_peer(const struct resuming *resuming)
{
    return is_number(first_value(resuming, UID), resuming->caller->uid) &&
           (!began_without_password(resuming) || resuming->caller->owner);
}

static bool is_alive(const struct resuming *resuming)
{
    const Rec__Event *first = resuming->first;
    const Rec__Officer *officer = resuming->officer;

    return strcmp(first->action, access_find(ACTION_LOGIN)->id) == 0 && first->result == 0 &&
           facts_now(resuming->service) - first->at < SESSION_SECONDS &&
           is_number(first_value(resuming, CLOCK_STEPS),
                     (int64_t)clockwatch_steps(resuming->service)) &&
           strcmp(resuming->last->action, access_find(ACTION_LOGOUT)->id) != 0 &&
           (officer == NULL || (!officer->locked &&
                                is_number(first_value(resuming, GENERATION), officer->generation)));
}

static void resume(const struct resuming *resuming, struct caller *caller, struct reply *reply)
{
    memcpy(caller->session, resuming->session, SESSION_SIZE);
    if (resuming->officer == NULL)
        set_system(resuming->service, caller);
    else
        set_caller(caller, resuming->officer);
    if (!began_without_password(resuming)) {
        caller->by_password = true;
        caller->must_change =
            resuming->officer->must_change || is_expired(resuming->service, resuming->officer);
    }
    set_number(&reply->values, "last_number", (int64_t)resuming->chain.number);
    set_number(&reply->values, "silent", facts_now(resuming->service) - resuming->last->at);
}

enum result session_resume(struct service *service, const uint8_t token[SESSION_SIZE],
                           struct caller *caller, struct reply *reply)
{
    struct resuming resuming = {.service = service, .caller = caller};
    uint64_t moment = revoked_now(service->revoked);

    reply_free(reply);
    set_nobody(caller);
    memcpy(caller->token, token, SESSION_SIZE);
    name_session(token, resuming.session);
    enum result result = store_run(service->store, STORE_READ, read_session, &resuming);
    if (result == RESULT_NOTFOUND ||
        (result == 0 && !(is_alive(&resuming) && is_same_peer(&resuming))))
        result = reply_say(reply, RESULT_LOGIN, "登录已失效，请重新登录。");
    else if (result == 0)
        resume(&resuming, caller, reply);
    caller->moment = moment;
    resuming_clear(&resuming);
    return result;
}

// ---- logging in

static bool is_shut(const Rec__Officer *officer, int64_t now)
{
    return officer->locked || officer->locked_until > now;
}

/** The last allowed failure locks the account for a while; failures during the lock are not
 *  counted. */
static void count_failure(struct usecase *usecase, Rec__Officer *officer)
{
    int64_t minutes = facts_parameter(usecase->service, STANDARD_PASSWORD_MINUTES, usecase->today);

    if (is_shut(officer, usecase->now)) {
        event_add_note(usecase, "登录失败：账户已锁定");
        return;
    }
    event_add_note(usecase, "登录失败：第 %u 次", ++officer->failures);
    if (officer->failures >=
        facts_parameter(usecase->service, STANDARD_PASSWORD_FAILURES, usecase->today)) {
        officer->failures = 0;
        officer->locked_until = usecase->now + minutes * 60;
        event_add_note(usecase, "登录失败：锁定 %" PRId64 " 分钟", minutes);
    }
}

/** Every failure runs this path, so that the time does not show which names exist. */
static enum result write_failure(struct usecase *usecase, void *arg)
{
    const char *id = arg;
    Rec__Officer *officer;
    enum result result = store_officer_get(usecase->txn, id, &officer);

    event_name_record(usecase, "", "officer:%s", id);
    if (result == RESULT_NOTFOUND) {
        event_add_note(usecase, "登录失败：没有这个工号");
        return RESULT_LOGIN;
    }
    if (result != 0)
        return result;
    count_failure(usecase, officer);
    result = store_officer_put(usecase->txn, officer);
    rec__officer__free_unpacked(officer, NULL);
    return result != 0 ? result : RESULT_LOGIN;
}

/** A failed login has no session yet: the event goes to the server's own session. */
static enum result refuse(struct service *service, const struct caller *caller, const char *id,
                          struct reply *reply)
{
    struct caller nobody = {.role = ROLE_NONE};
    char officer[sizeof nobody.officer];

    memcpy(nobody.terminal, caller->terminal, sizeof nobody.terminal);
    plain_fill(officer, sizeof officer, id);
    enum result result =
        usecase_write(service, &nobody, ACTION_LOGIN, NULL, write_failure, officer, reply);
    return result == RESULT_LOGIN ? reply_say(reply, RESULT_LOGIN, "%s", REFUSED) : result;
}

struct welcome {
    const char *hash; /**< the hash that the password was compared with */
};

static enum result write_login(struct usecase *usecase, void *arg)
{
    const struct welcome *welcome = arg;
    Rec__Officer *officer;
    enum result result = store_officer_get(usecase->txn, usecase->caller->officer, &officer);

    if (result != 0)
        return result;
    if (strcmp(officer->hash, welcome->hash) != 0 || is_shut(officer, usecase->now)) {
        result = RESULT_LOGIN; /* the officer was changed during the comparison */
    } else if (officer->failures != 0 || officer->locked_until != 0) {
        officer->failures = 0;
        officer->locked_until = 0;
        result = store_officer_put(usecase->txn, officer);
    }
    note_origin(usecase, NULL, officer->generation);
    rec__officer__free_unpacked(officer, NULL);
    event_name_record(usecase, usecase->caller->area, "officer:%s", usecase->caller->officer);
    return result;
}

/** Makes the caller of a successful login. The same officer keeps the session; another officer gets
 *  a new one. */
static enum result make_caller(const struct caller *caller, const Rec__Officer *officer,
                               struct caller *ret_caller)
{
    bool same = caller->role != ROLE_NONE && strcmp(caller->officer, officer->id) == 0;
    enum result result = RESULT_OK;

    *ret_caller = *caller;
    set_caller(ret_caller, officer);
    if (same)
        return RESULT_OK;
    ret_caller->number = 0;
    if (caller->role != ROLE_NONE)
        result = new_session(ret_caller);
    return result;
}

static enum result admit(struct service *service, struct caller *caller,
                         const Rec__Officer *officer, struct reply *reply)
{
    struct welcome welcome = {.hash = officer->hash};
    struct caller admitted;
    enum result result = make_caller(caller, officer, &admitted);

    if (result == 0)
        result =
            usecase_write(service, &admitted, ACTION_LOGIN, NULL, write_login, &welcome, reply);
    if (result == RESULT_LOGIN)
        return reply_say(reply, RESULT_LOGIN, "%s", REFUSED);
    if (result != 0)
        return result;
    *caller = admitted;
    caller->by_password = true;
    caller->must_change = officer->must_change || is_expired(service, officer);
    if (caller->must_change)
        reply_say(reply, RESULT_OK, "密码是一次性的或已到期，请先修改密码。");
    return RESULT_OK;
}

/** Compares the password within a turn for hashing. */
static enum result match(struct service *service, const struct caller *caller, const char *password,
                         const Rec__Officer *record, bool *ret_right, struct reply *reply)
{
    struct hashing_turn turn;
    enum result result = hashing_begin(service->hashing, caller, &turn, reply);

    if (result != 0)
        return result;
    *ret_right = password_matches(password, record != NULL ? record->hash : "");
    hashing_end(service->hashing, &turn);
    return RESULT_OK;
}

enum result session_login(struct service *service, struct caller *caller, const char *officer,
                          const char *password, struct reply *reply)
{
    Rec__Officer *record = NULL;
    uint64_t moment = revoked_now(service->revoked);
    bool right = false;
    enum result result = read_officer(service, officer, &record);

    reply_free(reply);
    if (result != 0 && result != RESULT_NOTFOUND)
        return result;
    result = match(service, caller, password, record, &right, reply);
    if (result == 0)
        result = record != NULL && right && !is_shut(record, facts_now(service))
                     ? admit(service, caller, record, reply)
                     : refuse(service, caller, officer, reply);
    if (result == 0)
        caller->moment = moment;
    if (record != NULL)
        rec__officer__free_unpacked(record, NULL);
    return result;
}

bool session_is_old(const struct service *service, const struct caller *caller)
{
    return caller->role != ROLE_NONE &&
           revoked_is_old(service->revoked, caller->officer, caller->moment);
}

static enum result write_logout(struct usecase *usecase, void *arg)
{
    (void)arg;
    event_name_record(usecase, usecase->caller->area, "officer:%s", usecase->caller->officer);
    return RESULT_OK;
}

enum result session_logout(struct service *service, struct caller *caller, struct reply *reply)
{
    enum result result = RESULT_OK;

    reply_free(reply);
    if (caller->role != ROLE_NONE && !service->read_only)
        result = usecase_write(service, caller, ACTION_LOGOUT, NULL, write_logout, NULL, reply);
    return result == 0 ? session_begin(service, caller, reply) : result;
}

int64_t session_idle_minutes(const struct service *service)
{
    return facts_parameter(service, STANDARD_IDLE_MINUTES, service_today(service));
}

// ---- the password

struct new_password {
    const char *old, *new;
};

static const char *find_fault(const struct usecase *usecase, const Rec__Officer *officer,
                              const struct new_password *change, char buffer[PASSWORD_FAULT])
{
    int64_t least = facts_parameter(usecase->service, STANDARD_PASSWORD_LENGTH, usecase->today);
    const char *fault = password_fault(change->new, officer->id, (size_t)least, buffer);
    bool used = fault == NULL && password_matches(change->new, officer->hash);

    for (size_t i = 0; i < officer->n_old_hashes && fault == NULL && !used; i++)
        used = password_matches(change->new, officer->old_hashes[i]);
    return used ? "新密码最近用过，请换一个没有用过的。" : fault;
}

/** Hashes within the transaction, although it is slow: a repeated request must find its receipt
 *  first. */
static enum result write_password(struct usecase *usecase, void *arg)
{
    const struct new_password *change = arg;
    Rec__Officer *officer;
    enum result result = store_officer_get(usecase->txn, usecase->caller->officer, &officer);

    if (result != 0)
        return result;
    char buffer[PASSWORD_FAULT];
    const char *fault = NULL;
    if (!password_matches(change->old, officer->hash)) {
        result = reply_say_at(usecase->reply, RESULT_INVALID, "old", "原密码不对，请重新输入。");
    } else if ((fault = find_fault(usecase, officer, change, buffer)) != NULL) {
        result = reply_say_at(usecase->reply, RESULT_INVALID, "new", "%s", fault);
    } else if ((result = officer_set_password(officer, change->new, usecase->now)) == 0) {
        officer->must_change = false;
        result = store_officer_put(usecase->txn, officer);
    }
    event_name_record(usecase, officer->area, "officer:%s", officer->id);
    rec__officer__free_unpacked(officer, NULL);
    return result;
}

enum result session_password(struct service *service, struct caller *caller, const char *old,
                             const char *new, struct reply *reply)
{
    struct new_password change = {.old = old, .new = new};
    uint64_t number = caller->number;
    struct reply unused = {0};
    struct hashing_turn turn;
    enum result result = hashing_begin(service->hashing, caller, &turn, reply);

    if (result != 0)
        return result;
    result = usecase_write(service, caller, ACTION_PASSWORD, NULL, write_password, &change, reply);
    hashing_end(service->hashing, &turn);
    if (result != 0)
        return result;
    revoked_renew(service->revoked, caller->officer);
    caller->moment = revoked_now(service->revoked);
    caller->must_change = false;
    result = new_session(caller);
    if (result == 0)
        result = begin(service, caller, caller->by_password ? NULL : BY_OWNER, &unused);
    caller->number = number;
    reply_free(&unused);
    return result;
}
