/**
 * Handlers of the requests about sessions: hello, login, password.
 */
#include "base/plain.h"
#include "server/answer.h"
#include "server/handlers.h"
#include "service/officers/session.h"
#include "wire/frame.h"

#include <stdio.h>
#include <string.h>

/**
 * Only the account that owns the home may act without a password. Any other account gets a session
 * that must log in first.
 */
static enum result begin(struct session *session, const Wire__Hello *hello, struct reply *reply)
{
    bool named = hello->as_system || hello->as_officer[0] != '\0';

    return session->caller.owner && named
               ? session_begin_owner(session->service, hello->as_officer, &session->caller, reply)
               : session_begin(session->service, &session->caller, reply);
}

static enum result begin_or_resume(struct session *session, const Wire__Hello *hello,
                                   struct reply *reply)
{
    bool named = hello->as_system || hello->as_officer[0] != '\0';
    enum result result;

    if (hello->session.len == 0)
        return begin(session, hello, reply);
    if (hello->session.len != SESSION_SIZE)
        return RESULT_PROTOCOL;
    result = session_resume(session->service, hello->session.data, &session->caller, reply);
    if (result == 0)
        session_resumed(session, (int64_t)answer_number(reply, "silent"));
    /* An unknown session has recorded nothing, so the owner may begin a new one. */
    if (result != RESULT_LOGIN || !session->caller.owner || !named)
        return result;
    reply_free(reply);
    return begin(session, hello, reply);
}

enum result handle_hello(struct session *session, const Wire__Request *request,
                         Wire__Response *response, struct reply *reply)
{
    const Wire__Hello *hello = request->hello;
    enum result result;

    if (hello->protocol != WIRE_PROTOCOL)
        return reply_say(reply, RESULT_PROTOCOL,
                         "终端与服务的版本不一致，请退出所有终端、更新程序后再试");
    plain_fill(session->caller.terminal, sizeof session->caller.terminal, hello->terminal);
    result = begin_or_resume(session, hello, reply);
    if (result == 0)
        result = session_sit(session, reply);
    if (result != 0)
        return result;
    session->greeted = true;
    answer_welcome(session, reply, response);
    return RESULT_OK;
}

enum result handle_login(struct session *session, const Wire__Request *request,
                         Wire__Response *response, struct reply *reply)
{
    enum result result = session_login(session->service, &session->caller, request->login->officer,
                                       request->login->password, reply);

    if (result == 0)
        result = session_sit(session, reply);
    if (result == 0) {
        session->locked = false;
        answer_welcome(session, reply, response);
    }
    return result;
}

enum result handle_password(struct session *session, const Wire__Request *request,
                            Wire__Response *response, struct reply *reply)
{
    enum result result = session_password(session->service, &session->caller,
                                          request->password->old, request->password->new_, reply);

    if (result == 0)
        answer_welcome(session, reply, response);
    return result;
}

enum result handle_logout(struct session *session, const Wire__Request *request,
                          Wire__Response *response, struct reply *reply)
{
    enum result result = session_logout(session->service, &session->caller, reply);

    (void)request;
    if (result == 0)
        result = session_sit(session, reply);
    if (result == 0) {
        session->locked = false;
        answer_welcome(session, reply, response);
    }
    return result;
}

enum result handle_today(struct session *session, const Wire__Request *request,
                         Wire__Response *response, struct reply *reply)
{
    (void)request;
    answer_welcome(session, reply, response);
    return RESULT_OK;
}

enum result handle_yield(struct session *session, const Wire__Request *request,
                         Wire__Response *response, struct reply *reply)
{
    (void)request;
    (void)response;
    if (!session->caller.owner)
        return reply_say(reply, RESULT_DENIED,
                         "只有数据目录所属的账户能让服务结束；请用那个账户运行，或联系系统管理员");
    if (session->yielding == NULL)
        return reply_say(reply, RESULT_EXISTS, "这个服务不是命令临时启动的，请先停止它");
    atomic_store(session->yielding, true);
    return RESULT_OK;
}
