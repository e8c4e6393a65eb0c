/*
 * Entering what a check found.
 */
#include "service/figures/spotcheck_record.h"
#include "service/frame/event.h"
#include "service/frame/reason.h"
#include "service/frame/record.h"

#include <inttypes.h>
#include <string.h>

struct job {
    const struct spotcheck_query *query;
    struct spotcheck_key key;
    enum spotcheck_finding finding;
    day_t date;
};

static Rec__SpotcheckRow *find_row(const Rec__Spotcheck *spotcheck, const char *case_no)
{
    for (size_t i = 0; i < spotcheck->n_rows; i++)
        if (strcmp(spotcheck->rows[i]->case_no, case_no) == 0)
            return spotcheck->rows[i];
    return NULL;
}

/** Nobody checks visits that are their own. */
static bool is_own(const struct caller *caller, const Rec__SpotcheckRow *row)
{
    for (size_t i = 0; i < row->n_visitors; i++)
        if (strcmp(row->visitors[i], caller->officer) == 0 ||
            strcmp(row->visitors[i], caller->name) == 0)
            return true;
    return false;
}

static enum result check_entry(struct usecase *usecase, const struct job *job,
                               const Rec__SpotcheckRow *row)
{
    char day[DATE_TEXT];

    if (row == NULL)
        return reply_say(usecase->reply, RESULT_NOTFOUND, "这次抽查没有抽到 %s，请从抽查名单里选。",
                         job->query->case_no);
    if (is_own(usecase->caller, row))
        return reply_say(usecase->reply, RESULT_DENIED,
                         "这个人由您探访或登记，抽查结果须由另一人登记。");
    if (job->date < row->reached_on || job->date > usecase->today)
        return reply_say(usecase->reply, RESULT_INVALID,
                         "抽查日期应在探访（%s）以后、今天以前（含）。",
                         date_format(row->reached_on, day));
    return usecase_allow(usecase, ACTION_SPOTCHECK_ENTER, row->area);
}

static void add_changes(struct usecase *usecase, const struct job *job,
                        const Rec__SpotcheckRow *row)
{
    char old_day[DATE_TEXT];
    char new_day[DATE_TEXT];

    event_add_note(usecase, "%s %s", row->case_no, row->name);
    event_add_change(usecase, "spotcheck.finding",
                     spotcheck_finding_label(spotcheck_finding_parse(row->finding)),
                     spotcheck_finding_label(job->finding));
    event_add_change(usecase, "spotcheck.note", row->note, job->query->note);
    event_add_change(usecase, "spotcheck.date", date_format(row->checked_on, old_day),
                     date_format(job->date, new_day));
}

static enum result put_finding(struct usecase *usecase, const struct job *job,
                               Rec__Spotcheck *spotcheck, Rec__SpotcheckRow *row)
{
    add_changes(usecase, job, row);
    record_set(&row->finding, spotcheck_finding_id(job->finding));
    record_set(&row->note, job->query->note);
    record_set(&row->by, usecase->caller->officer);
    row->checked_on = job->date;
    row->at = usecase->now;
    enum result result = store_spotcheck_put(usecase->txn, spotcheck);
    if (result != 0)
        return result;
    return reply_say(usecase->reply, RESULT_OK, "%s 已登记：%s。%s", row->name,
                     spotcheck_finding_label(job->finding),
                     job->finding == SPOTCHECK_WRONG ? "探访记录没有动；不真实的请作废，再补访。"
                                                     : "");
}

static enum result enter_body(struct usecase *usecase, void *arg)
{
    struct job *job = arg;
    Rec__Spotcheck *spotcheck = NULL;
    enum result result = spotcheck_find(usecase, &job->key, job->query->number, &spotcheck);

    if (result != 0)
        return result;
    spotcheck_name_event(usecase, spotcheck);
    if (job->query->date == NULL || *job->query->date == '\0')
        job->date = usecase->today;
    Rec__SpotcheckRow *row = find_row(spotcheck, job->query->case_no);
    result = check_entry(usecase, job, row);
    if (result == 0)
        result = put_finding(usecase, job, spotcheck, row);
    rec__spotcheck__free_unpacked(spotcheck, NULL);
    return result;
}

static enum result read_entry(struct job *job, struct reply *reply)
{
    const struct spotcheck_query *query = job->query;

    job->finding = spotcheck_finding_parse(query->finding);
    if (job->finding == SPOTCHECK_UNCHECKED || job->finding == SPOTCHECK_COUNT_)
        return reply_say(reply, RESULT_USAGE, "抽查结果（--result）应为属实、不属实或未见到。");
    if (job->finding != SPOTCHECK_RIGHT || *query->note != '\0') {
        enum result result = reason_check("note", query->note, "请写明查到的情况", reply);
        if (result != 0)
            return result;
    }
    if (query->date != NULL && *query->date != '\0' && date_parse(query->date, &job->date) != 0)
        return reply_say(reply, RESULT_USAGE, "抽查日期应写成 2026-11-23。");
    return RESULT_OK;
}

enum result spotcheck_enter(struct service *service, const struct caller *caller,
                            const struct spotcheck_query *query, struct reply *reply)
{
    struct job job = {.query = query};
    enum result result = read_entry(&job, reply);

    if (result == 0)
        result = spotcheck_key_read(service, caller, query, &job.key, reply);
    return result != 0 ? result
                       : usecase_write(service, caller, ACTION_SPOTCHECK_ENTER, job.key.area,
                                       enter_body, &job, reply);
}
