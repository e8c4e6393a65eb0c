/*
 * What officers do about leads.
 */
#include "domain/lead.h"
#include "service/frame/event.h"
#include "service/frame/reason.h"
#include "service/frame/record.h"
#include "service/lists/lead.h"
#include "service/lists/lead_run.h"
#include "service/lists/lead_steps.h"

#include <inttypes.h>
#include <string.h>

/** What can be done with an open lead. */
static const struct deed {
    const char *what, *state;
    enum action right;
    const char *ask; /**< asks for the words; NULL = none are needed */
    const char *said;
} DEEDS[] = {
    {"take", LEAD_TAKEN, ACTION_LEAD_ACT, NULL, "已接手，办好后请登记办理结果。"},
    {"done", LEAD_DONE, ACTION_LEAD_ACT, "请写明办了什么", "已登记办理结果。"},
    {"dismiss", LEAD_DISMISSED, ACTION_LEAD_DISMISS, "请写明为什么不需办理", "已登记不需办理。"},
};

struct act_job {
    const struct lead_act *act;
    const struct deed *deed;
    day_t until;
};

static enum result load_lead(struct usecase *usecase, const struct act_job *job,
                             Rec__Lead **ret_lead)
{
    enum result result = store_lead_get(usecase->txn, job->act->person, job->act->rule, ret_lead);

    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "没有这条线索，请刷新后再看。");
    if (result != 0)
        return result;
    result = usecase_allow(usecase, job->deed->right, (*ret_lead)->area);
    if (result == 0 && !store_lead_is_open(*ret_lead))
        result = reply_say(usecase->reply, RESULT_CLOSED, "这条线索%s，不用再办。",
                           lead_state_words((*ret_lead)->state));
    if (result != 0) {
        rec__lead__free_unpacked(*ret_lead, NULL);
        *ret_lead = NULL;
    }
    return result;
}

static enum result act_body(struct usecase *usecase, void *arg)
{
    const struct act_job *job = arg;
    const char *words = job->act->words != NULL ? job->act->words : "";
    Rec__Lead *lead = NULL;
    enum result result = load_lead(usecase, job, &lead);

    if (result != 0)
        return result;
    event_name_record(usecase, lead->area, "case:%" PRIu64, lead->case_id);
    event_add_change(usecase, "lead", lead_state_words(lead->state),
                     lead_state_words(job->deed->state));
    record_set(&lead->state, job->deed->state);
    lead->until = job->until;
    result = lead_add_step(usecase, lead, usecase->caller->officer, words);
    if (result == 0)
        result = store_lead_put(usecase->txn, lead);
    rec__lead__free_unpacked(lead, NULL);
    return result == 0 ? reply_say(usecase->reply, RESULT_OK, "%s", job->deed->said) : result;
}

static enum result read_until(struct service *service, struct act_job *job, struct reply *reply)
{
    const char *text = job->act->until != NULL ? job->act->until : "";
    day_t today = service_today(service);

    job->until = 0;
    if (strcmp(job->deed->state, LEAD_DONE) == 0)
        job->until = today + LEAD_DONE_DAYS;
    if (strcmp(job->deed->state, LEAD_DISMISSED) != 0)
        return RESULT_OK;
    if (date_parse_loose(text, &job->until) == 0 && job->until > today &&
        job->until <= today + LEAD_DISMISSED_MOST)
        return RESULT_OK;
    problems_add(&reply->problems, "until", text, "请写明到哪一天再看，明天起一年以内");
    return reply_say(reply, RESULT_INVALID, "请写明到哪一天再看，明天起一年以内。");
}

enum result lead_act(struct service *service, const struct caller *caller,
                     const struct lead_act *act, struct reply *reply)
{
    struct act_job job = {.act = act};
    enum result result = RESULT_OK;

    for (size_t i = 0; i < sizeof DEEDS / sizeof DEEDS[0]; i++)
        if (act->what != NULL && strcmp(DEEDS[i].what, act->what) == 0)
            job.deed = &DEEDS[i];
    /* Who has no right to anything here is told so first. */
    if (job.deed == NULL)
        result = service_check(service, caller, ACTION_LEAD_ACT, NULL, reply);
    if (job.deed == NULL)
        return result != 0
                   ? result
                   : reply_say(reply, RESULT_USAGE, "没有这样的办理方式，请按 Ctrl+R 重取后再选。");
    if (job.deed->ask != NULL)
        result = reason_check("words", act->words, job.deed->ask, reply);
    if (result == 0)
        result = read_until(service, &job, reply);
    if (result == 0)
        result = usecase_write(service, caller, job.deed->right, NULL, act_body, &job, reply);
    return result;
}
