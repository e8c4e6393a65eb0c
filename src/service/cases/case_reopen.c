#include "service/cases/case_edit.h"

#include "base/mem.h"
#include "service/cases/deceased.h"
#include "service/cases/elsewhere.h"
#include "service/frame/reason.h"
#include "service/ledger/counted.h"
#include "service/ledger/duties.h"
#include "service/memory/census.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/*
 * A case that was closed by mistake goes on as if it had never ended: its duties in the open months
 * come back, with the visits that were made meanwhile. Closed months stay as they were reported.
 */

struct reopen_job {
    uint64_t case_id;
    const char *reason;
    uint32_t version;
};

/** What has come into being since may stand in the way: another case of the same person. */
static enum result check_others(struct work *work, const Rec__Case *record)
{
    struct case_input input = {.case_id = record->id, .kind = record->kind};
    struct case_edit edit = {.work = work, .input = &input};
    enum result result = RESULT_OK;

    edit.form = forms_get(service_forms(work->service), record->kind);
    if (edit.form == NULL)
        return reply_say(work->reply, RESULT_FORMAT, "缺少业务文件 %s，请联系系统管理员。",
                         record->kind);
    edit.old = record_copy(record);
    result = record_values(work, edit.form, record, &edit.values);
    if (result == RESULT_OK)
        result = case_edit_find(&edit);
    if (result == RESULT_OK)
        result = case_edit_check_others(&edit);
    if (result == RESULT_OK && problems_any(&work->reply->problems))
        result = reply_say(work->reply, RESULT_INVALID, "不能撤销退出：%s。",
                           problems_first(&work->reply->problems));
    case_edit_free(&edit);
    return result;
}

static enum result reopen_one(struct work *work, Rec__Case *record)
{
    Rec__Case *old = record_copy(record);
    char day[DATE_TEXT];

    work_change(work, "closed_on", date_format(record->closed_on, day), "");
    work_change(work, "exit_reason", record->exit_reason, "");
    record_set(&record->state, "active");
    record_set(&record->exit_reason, "");
    record_set(&record->by, work->caller->officer);
    record->closed_on = 0;
    record->deceased = 0;
    record->at = work->now;
    record->version++;
    enum result result = counted_case_put(work, old, record);
    if (result == RESULT_OK)
        result = work_case_duties(work, old, record);
    rec__case__free_unpacked(old, NULL);
    return result;
}

enum result case_reopen_along(struct work *work, Rec__Case *record)
{
    enum result result = check_others(work, record);

    if (result == RESULT_OK)
        result = reopen_one(work, record);
    if (result == RESULT_OK && !elsewhere_is(work, record))
        case_note_also(work, record);
    return result;
}

static enum result load(struct work *work, const struct reopen_job *job, Rec__Case **ret_record)
{
    enum result result = store_case_get(work->txn, job->case_id, ret_record);

    if (result == RESULT_NOTFOUND)
        return reply_say(work->reply, result, "没有这个个案，请重新查找。");
    if (result == RESULT_OK)
        result = work_allow(work, ACTION_CASE_REOPEN, (*ret_record)->area);
    if (result == RESULT_OK && census_is_active(*ret_record))
        return reply_say(work->reply, RESULT_EXISTS, "个案没有退出，不需要撤销。");
    if (result == RESULT_OK && job->version != 0 && job->version != (*ret_record)->version)
        return reply_say(work->reply, RESULT_CONFLICT,
                         "他人刚刚修改了这个个案，请重新打开后再办。");
    return result;
}

/** Whether it stays open: somebody who has died meanwhile has it ended again. */
static enum result answer(struct work *work, const Rec__Case *record, const char *along)
{
    Rec__Case *stored = NULL;
    enum result result = store_case_get(work->txn, record->id, &stored);

    if (result != RESULT_OK)
        return result;
    bool open = census_is_active(stored);
    fields_set(&work->reply->values, "number", record->number);
    reply_say(work->reply, RESULT_OK, "%s 已撤销退出%s，%s。", record->number, along,
              open ? "未月结月份的任务已恢复" : "此人已登记死亡，改按死亡退出");
    rec__case__free_unpacked(stored, NULL);
    return RESULT_OK;
}

static enum result reopen(struct work *work, const struct reopen_job *job, Rec__Case *record)
{
    bool by_death = strcmp(record->exit_reason, EXIT_DEATH) == 0;
    uint64_t deceased = record->deceased != 0 ? record->deceased : record->person;
    enum result result = check_others(work, record);

    work_record(work, record->area, "case:%" PRIu64, record->id);
    work_note(work, "撤销退出：%s", job->reason);
    if (result == RESULT_OK)
        result = reopen_one(work, record);
    if (result == RESULT_OK && by_death)
        result = deceased_revoke(work, deceased, record);
    const char *also = fields_get(&work->reply->values, "also");
    char *along = mem_printf("%s%s", *also != '\0' ? "，同时恢复 " : "", also);
    if (result == RESULT_OK)
        result = deceased_case_reopened(work, record);
    if (result == RESULT_OK)
        result = answer(work, record, along);
    free(along);
    return result;
}

static enum result reopen_body(struct work *work, void *arg)
{
    const struct reopen_job *job = arg;
    Rec__Case *record = NULL;
    enum result result = load(work, job, &record);

    if (result == RESULT_OK)
        result = reopen(work, job, record);
    if (record != NULL)
        rec__case__free_unpacked(record, NULL);
    return result;
}

enum result case_reopen(struct service *service, const struct caller *caller, uint64_t case_id,
                        const char *reason, uint32_t version, struct reply *reply)
{
    struct reopen_job job = {case_id, reason == NULL ? "" : reason, version};

    enum result result = reason_check("reason", job.reason, "请写明撤销退出的原因", reply);

    if (result != RESULT_OK)
        return result;
    return service_write(service, caller, ACTION_CASE_REOPEN, NULL, reopen_body, &job, reply);
}
