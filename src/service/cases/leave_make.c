/*
 * Entering a leave, and ending it early.
 */
#include "service/cases/leave.h"

#include "base/mem.h"
#include "db/leave.h"
#include "domain/area.h"
#include "service/frame/event.h"
#include "service/frame/reason.h"
#include "service/frame/record.h"
#include "service/ledger/standin.h"
#include "service/memory/lent.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS_MOST = 366, DAYS_BACK = 3 };

// ---- who

/** `field`: of the request, in which the number stands. */
static enum result find_officer(struct usecase *usecase, const char *field, const char *id,
                                Rec__Officer **ret_officer)
{
    enum result result = store_officer_get(usecase->txn, id, ret_officer);

    if (result == RESULT_NOTFOUND)
        return reply_say_at(usecase->reply, result, field, "没有工号 %s，请核对。", id);
    return result;
}

/** The officer, or the chief. */
static enum result allow_entry(struct usecase *usecase, const Rec__Officer *officer)
{
    const struct caller *caller = usecase->caller;
    enum result result = usecase_allow(usecase, ACTION_LEAVE_ENTER, officer->area);
    bool own = strcmp(caller->officer, officer->id) == 0;

    if (result == 0 && !own && caller->role != ROLE_CHIEF && caller->role != ROLE_SYSTEM)
        result = reply_say_at(usecase->reply, RESULT_DENIED, "officer",
                              "别人的请假由本人或负责人登记。");
    return result;
}

/** True if the leave lends the role what it may do in its own village: both are of one street. */
static bool may_be_lent(const Rec__Officer *officer, const Rec__Officer *substitute)
{
    char own[AREA_TEXT], other[AREA_TEXT];

    area_ancestor(officer->area, AREA_STREET, other);
    area_ancestor(substitute->area, AREA_STREET, own);
    return own[0] != '\0' && strcmp(own, other) == 0 &&
           area_level(officer->area) >= area_level(substitute->area);
}

/** Who stands in must be able to visit the other one's people. */
static enum result check_substitute(struct usecase *usecase, const Rec__Officer *officer,
                                    const Rec__Officer *substitute)
{
    enum role role = access_role_parse(substitute->role);

    if (strcmp(officer->id, substitute->id) == 0)
        return reply_say_at(usecase->reply, RESULT_INVALID, "substitute",
                            "替班人不能是请假的本人，请换一位。");
    if (substitute->locked)
        return reply_say_at(usecase->reply, RESULT_INVALID, "substitute",
                            "%s 的工号已锁定，请换一位替班人。", substitute->name);
    if (!access_allowed(role, substitute->area, ACTION_VISIT_ADD, officer->area) &&
        (!access_allowed(role, "", ACTION_VISIT_ADD, NULL) || !may_be_lent(officer, substitute)))
        return reply_say_at(usecase->reply, RESULT_INVALID, "substitute",
                            "%s不能登记%s的探访，请选同一镇街的人员。", substitute->name,
                            service_area_name(usecase->service, officer->area));
    return RESULT_OK;
}

struct overlap {
    struct usecase *usecase;
    const Rec__Leave *leave;
};

static enum result see_other(const Rec__Leave *other, void *arg)
{
    struct overlap *overlap = arg;
    const Rec__Leave *leave = overlap->leave;
    struct reply *reply = overlap->usecase->reply;

    if (other->from > leave->to || standin_last(other) < leave->from)
        return RESULT_OK;
    if (strcmp(other->officer, leave->officer) == 0)
        return reply_say(reply, RESULT_EXISTS, "这几天已经登记了请假，请先结束那一次。");
    if (strcmp(other->officer, leave->substitute) == 0)
        return reply_say_at(reply, RESULT_INVALID, "substitute",
                            "替班人这几天自己也请假，请换一位。");
    if (strcmp(other->substitute, leave->officer) == 0)
        return reply_say_at(reply, RESULT_INVALID, "officer",
                            "请假的人这几天正替别人的班，请先结束那一次，另找替班人。");
    return RESULT_OK;
}

// ---- making

static enum result put_leave(struct usecase *usecase, Rec__Leave *leave,
                             const Rec__Officer *officer, const Rec__Officer *substitute)
{
    char from[DATE_TEXT], to[DATE_TEXT];
    enum result result = facts_next_id(usecase->service, "leave", &leave->id);

    if (result != 0)
        return result;
    record_set(&leave->area, officer->area);
    record_set(&leave->by, usecase->caller->officer);
    leave->at = usecase->now;
    result = store_leave_put(usecase->txn, leave);
    if (result != 0)
        return result;
    char *days = mem_printf("%s 至 %s", date_format(leave->from, from), date_format(leave->to, to));
    char *id = mem_printf("%" PRIu64, leave->id);
    event_name_record(usecase, leave->area, "officer:%s", officer->id);
    event_add_change(usecase, "leave", "", days);
    event_add_change(usecase, "leave.substitute", "", substitute->name);
    event_add_change(usecase, "leave.reason", "", leave->reason);
    fields_set(&usecase->reply->values, "leave", id);
    reply_say(usecase->reply, RESULT_OK,
              "已登记：%s %s 请假，由%s代，可登记他的人的探访。责任人和数字不变，过后自动结束。",
              officer->name, days, substitute->name);
    free(days);
    free(id);
    return RESULT_OK;
}

static enum result make_body(struct usecase *usecase, void *arg)
{
    Rec__Leave *leave = arg;
    Rec__Officer *officer = NULL, *substitute = NULL;
    struct overlap overlap = {usecase, leave};
    enum result result = find_officer(usecase, "officer", leave->officer, &officer);

    if (result == 0)
        result = allow_entry(usecase, officer);
    if (result == 0)
        result = find_officer(usecase, "substitute", leave->substitute, &substitute);
    if (result == 0)
        result = check_substitute(usecase, officer, substitute);
    if (result == 0)
        result = store_leave_scan(usecase->txn, see_other, &overlap);
    if (result == 0)
        result = put_leave(usecase, leave, officer, substitute);
    if (officer != NULL)
        rec__officer__free_unpacked(officer, NULL);
    if (substitute != NULL)
        rec__officer__free_unpacked(substitute, NULL);
    return result;
}

static enum result take_days(struct service *service, const struct leave_input *input,
                             Rec__Leave *leave, struct reply *reply)
{
    day_t today = service_today(service);

    if (date_parse(input->from, &leave->from) != 0 || date_parse(input->to, &leave->to) != 0)
        return reply_say_at(reply, RESULT_INVALID, "from", "起止日期应写成 2026-11-23。");
    if (leave->to < leave->from)
        return reply_say_at(reply, RESULT_INVALID, "to", "截止日早于起始日，请核对。");
    if (leave->from < today - DAYS_BACK || leave->to < today)
        return reply_say_at(reply, RESULT_INVALID, "from",
                            "只登记今后的请假，起始日最早为 %d 天前。", DAYS_BACK);
    if (leave->to - leave->from >= DAYS_MOST)
        return reply_say_at(reply, RESULT_INVALID, "to", "超过一年的不是请假，请办接管。");
    return RESULT_OK;
}

enum result leave_make(struct service *service, const struct caller *caller,
                       const struct leave_input *input, struct reply *reply)
{
    Rec__Leave empty = REC__LEAVE__INIT;
    Rec__Leave *leave = record_copy(&empty);
    enum result result = reason_check("reason", input->reason, "请写明请假的原因", reply);

    if (result == 0)
        result = take_days(service, input, leave, reply);
    record_set(&leave->officer, *input->officer != '\0' ? input->officer : caller->officer);
    record_set(&leave->substitute, input->substitute);
    record_set(&leave->reason, input->reason);
    if (result == 0)
        result = usecase_write(service, caller, ACTION_LEAVE_ENTER, NULL, make_body, leave, reply);
    if (result == 0)
        result = lent_load(service);
    rec__leave__free_unpacked(leave, NULL);
    return result;
}

// ---- ending

struct end_job {
    uint64_t id;
    const char *reason;
};

static enum result end_leave(struct usecase *usecase, const struct end_job *job, Rec__Leave *leave)
{
    Rec__Officer *officer = NULL;
    enum result result = find_officer(usecase, "officer", leave->officer, &officer);

    if (result == 0)
        result = allow_entry(usecase, officer);
    if (result == 0 && usecase->today > standin_last(leave))
        result = reply_say(usecase->reply, RESULT_CLOSED, "这次请假已经结束。");
    if (result == 0) {
        record_set(&leave->ended_by, usecase->caller->officer);
        record_set(&leave->ended_reason, job->reason);
        leave->ended_at = usecase->now;
        leave->ended_on = usecase->today - 1;
        event_name_record(usecase, leave->area, "officer:%s", leave->officer);
        event_add_change(usecase, "leave.end", "", job->reason);
        result = store_leave_put(usecase->txn, leave);
    }
    if (result == 0)
        reply_say(usecase->reply, RESULT_OK, "已结束：今天起%s自己探访。", officer->name);
    if (officer != NULL)
        rec__officer__free_unpacked(officer, NULL);
    return result;
}

static enum result end_body(struct usecase *usecase, void *arg)
{
    const struct end_job *job = arg;
    Rec__Leave *leave = NULL;
    enum result result = store_leave_get(usecase->txn, job->id, &leave);

    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "没有这次请假，请刷新清单。");
    if (result != 0)
        return result;
    result = end_leave(usecase, job, leave);
    rec__leave__free_unpacked(leave, NULL);
    return result;
}

enum result leave_end(struct service *service, const struct caller *caller, uint64_t leave,
                      const char *reason, struct reply *reply)
{
    struct end_job job = {.id = leave, .reason = reason};
    enum result result = reason_check("reason", reason, "请写明结束的原因", reply);

    if (result == 0)
        result = usecase_write(service, caller, ACTION_LEAVE_ENTER, NULL, end_body, &job, reply);
    return result == 0 ? lent_load(service) : result;
}
