#include "server/answer.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "server/session.h"
#include "service/officers/session.h"
#include "wire/convert.h"

Wire__Sheet *answer_take_sheet(struct sheet **sheet)
{
    return *sheet != NULL ? wire_sheet_take(sheet) : NULL;
}

void answer_sheet(Wire__Response *response, struct sheet **sheet)
{
    if (*sheet == NULL)
        return;
    response->what_case = WIRE__RESPONSE__WHAT_SHEET;
    response->sheet = answer_take_sheet(sheet);
}

uint64_t answer_number(const struct reply *reply, const char *name)
{
    int64_t number = 0;

    if (text_to_int(fields_get(&reply->values, name), 0, INT64_MAX, &number) != 0)
        return 0;
    return (uint64_t)number;
}

char *answer_text(const struct reply *reply, const char *name)
{
    return mem_copy(fields_get(&reply->values, name));
}

bool answer_flag(const struct reply *reply, const char *name)
{
    return fields_get(&reply->values, name)[0] != '\0';
}

static Wire__Account *make_account(const struct session *session)
{
    const struct caller *caller = &session->caller;
    Wire__Account *account = mem_new(sizeof *account);

    wire__account__init(account);
    account->id = mem_copy(caller->officer);
    account->name = mem_copy(caller->name);
    account->role = mem_copy(access_role_name(caller->role));
    account->area = mem_copy(caller->area);
    account->area_name = mem_copy(service_area_name(session->service, caller->area));
    account->street_name = mem_copy(service_street_name(session->service, caller->area));
    account->must_change = caller->must_change;
    account->actions = mem_array(ACTION_COUNT_, sizeof(char *));
    for (int action = 0; action < ACTION_COUNT_; action++)
        if (access_allowed(caller->role, caller->area, (enum action)action, NULL) &&
            (!access_find((enum action)action)->collecting || service_collects(session->service)))
            account->actions[account->n_actions++] = mem_copy(access_find((enum action)action)->id);
    return account;
}

void answer_welcome(const struct session *session, const struct reply *reply,
                    Wire__Response *response)
{
    const struct service *service = session->service;
    Wire__Welcome *welcome = mem_new(sizeof *welcome);
    char day[DATE_TEXT];
    char month[MONTH_TEXT];

    wire__welcome__init(welcome);
    welcome->session.len = SESSION_SIZE;
    welcome->session.data = (uint8_t *)mem_copy_bytes(session->caller.token, SESSION_SIZE);
    welcome->last_number = answer_number(reply, "last_number");
    welcome->initialised = service_initialised(service);
    welcome->home_area = mem_copy(service_area(service));
    welcome->home_area_name = mem_copy(service_area_name(service, service_area(service)));
    welcome->today = mem_copy(date_format(service_today(service), day));
    welcome->test_date = service_test_date(service);
    welcome->first_month = mem_copy(month_format(service_first_month(service), month));
    welcome->current_month = mem_copy(month_format(service_this_month(session->service), month));
    welcome->idle_minutes = (uint32_t)session_idle_minutes(service);
    welcome->lasting = session->yielding == NULL;
    welcome->encrypted = service_key_file(service) != NULL;
    if (session_known(session))
        welcome->account = make_account(session);
    response->what_case = WIRE__RESPONSE__WHAT_WELCOME;
    response->welcome = welcome;
}
