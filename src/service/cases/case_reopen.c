/*
 * Reopens a case that was closed by mistake, as if it had never ended: its duties in the open
 * months come back, with the visits made meanwhile. Closed months stay as reported.
 */
#include "service/cases/case_edit.h"

#include "base/mem.h"
#include "base/words.h"
#include "service/cases/deceased.h"
#include "service/cases/elsewhere.h"
#include "service/cases/merge.h"
#include "service/frame/event.h"
#include "service/frame/reason.h"
#include "service/ledger/counted.h"
#include "service/ledger/duties.h"
#include "service/memory/census.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct reopen_job {
    uint64_t case_id;
    const char *reason;
    uint32_t version;
};

/** Refuses if the person has another case since then that forbids this one. */
static enum result check_others(struct usecase *usecase, const Rec__Case *casefile)
{
    struct case_input input = {.case_id = casefile->id, .kind = casefile->kind};
    struct case_edit edit = {.usecase = usecase, .input = &input};
    enum result result = RESULT_OK;

    edit.form = forms_get(service_forms(usecase->service), casefile->kind);
    if (edit.form == NULL)
        return reply_say(usecase->reply, RESULT_FORMAT, "缺少业务文件 %s，请联系系统管理员。",
                         casefile->kind);
    edit.old = record_copy(casefile);
    result = record_values(usecase, edit.form, casefile, &edit.values);
    if (result == 0)
        result = case_edit_find(&edit);
    if (result == 0)
        result = case_edit_check_others(&edit);
    if (result == 0 && problems_any(&usecase->reply->problems))
        result = reply_say(usecase->reply, RESULT_INVALID, "不能撤销退出：%s。请新增个案。",
                           problems_first(&usecase->reply->problems));
    case_edit_free(&edit);
    return result;
}

static enum result reopen_one(struct usecase *usecase, Rec__Case *casefile)
{
    Rec__Case *old = record_copy(casefile);
    char day[DATE_TEXT];

    event_add_change(usecase, "closed_on", date_format(casefile->closed_on, day), "");
    event_add_change(usecase, "exit_reason", casefile->exit_reason, "");
    record_set(&casefile->state, CASE_ACTIVE);
    record_set(&casefile->exit_reason, "");
    record_set(&casefile->by, usecase->caller->officer);
    casefile->closed_on = 0;
    casefile->deceased = 0;
    casefile->at = usecase->now;
    casefile->version++;
    enum result result = counted_case_put(usecase, old, casefile);
    if (result == 0)
        result = duties_follow_case(usecase, old, casefile);
    rec__case__free_unpacked(old, NULL);
    return result;
}

enum result case_reopen_along(struct usecase *usecase, Rec__Case *casefile)
{
    enum result result = check_others(usecase, casefile);

    if (result == 0)
        result = reopen_one(usecase, casefile);
    if (result == 0 && !elsewhere_is(usecase, casefile))
        case_note_also(usecase, casefile);
    return result;
}

/** A household that went into another one comes back by taking the merge back, as one step. */
static enum result refuse_merged(struct usecase *usecase, const Rec__Case *casefile)
{
    struct merge_gone_cases gone = {0};
    enum result result = merge_gone_cases_load(usecase, &gone);

    if (result == 0 && merge_gone_case_find(&gone, casefile->id) != casefile->id)
        result = reply_say(usecase->reply, RESULT_CONFLICT,
                           "%s 是合户时退出的（%s），请在“合并”里撤销那次合并。", casefile->number,
                           casefile->exit_reason);
    free(gone.items);
    return result;
}

static enum result load(struct usecase *usecase, const struct reopen_job *job,
                        Rec__Case **ret_record)
{
    enum result result = store_case_get(usecase->txn, job->case_id, ret_record);

    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "没有这个个案，请重新查找。");
    if (result == 0)
        result = usecase_allow(usecase, ACTION_CASE_REOPEN, (*ret_record)->area);
    if (result == 0 && census_is_active(*ret_record))
        return reply_say(usecase->reply, RESULT_EXISTS, "个案没有退出，不需要撤销。");
    if (result == 0 && job->version != 0 && job->version != (*ret_record)->version)
        return reply_say(usecase->reply, RESULT_CONFLICT,
                         "他人刚刚修改了这个个案，请重新打开后再办。");
    return result == 0 ? refuse_merged(usecase, *ret_record) : result;
}

/** Says whether the case is open now: if the person has died meanwhile, it has ended again. */
static enum result answer(struct usecase *usecase, const Rec__Case *casefile, const char *along)
{
    Rec__Case *stored = NULL;
    enum result result = store_case_get(usecase->txn, casefile->id, &stored);

    if (result != 0)
        return result;
    bool open = census_is_active(stored);
    fields_set(&usecase->reply->values, "number", casefile->number);
    reply_say(usecase->reply, RESULT_OK, "%s 已撤销退出%s，%s。", casefile->number, along,
              open ? "未月结月份的任务已恢复" : "此人已登记死亡，改按死亡退出");
    rec__case__free_unpacked(stored, NULL);
    return RESULT_OK;
}

static enum result reopen(struct usecase *usecase, const struct reopen_job *job,
                          Rec__Case *casefile)
{
    bool by_death = strcmp(casefile->exit_reason, EXIT_DEATH) == 0;
    uint64_t deceased = casefile->deceased != 0 ? casefile->deceased : casefile->person;
    enum result result = check_others(usecase, casefile);

    event_name_record(usecase, casefile->area, "case:%" PRIu64, casefile->id);
    event_add_note(usecase, "撤销退出：%s", job->reason);
    if (result == 0)
        result = reopen_one(usecase, casefile);
    if (result == 0 && by_death)
        result = deceased_revoke(usecase, deceased, casefile);
    const char *also = fields_get(&usecase->reply->values, "also");
    char *along = mem_printf("%s%s", *also != '\0' ? "，同时恢复 " : "", also);
    if (result == 0)
        result = deceased_case_reopened(usecase, casefile);
    if (result == 0)
        result = answer(usecase, casefile, along);
    free(along);
    return result;
}

static enum result reopen_body(struct usecase *usecase, void *arg)
{
    const struct reopen_job *job = arg;
    Rec__Case *casefile = NULL;
    enum result result = load(usecase, job, &casefile);

    if (result == 0)
        result = reopen(usecase, job, casefile);
    if (casefile != NULL)
        rec__case__free_unpacked(casefile, NULL);
    return result;
}

enum result case_reopen(struct service *service, const struct caller *caller, uint64_t case_id,
                        const char *reason, uint32_t version, struct reply *reply)
{
    struct reopen_job job = {case_id, reason == NULL ? "" : reason, version};

    enum result result = reason_check("reason", job.reason, "请写明撤销退出的原因", reply);

    if (result != 0)
        return result;
    return usecase_write(service, caller, ACTION_CASE_REOPEN, NULL, reopen_body, &job, reply);
}
