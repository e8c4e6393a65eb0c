/*
 * Ends cases, and adds reviews to them.
 */
#include "service/cases/case_edit.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/words.h"
#include "service/cases/deceased.h"
#include "service/frame/event.h"
#include "service/ledger/counted.h"
#include "service/ledger/duties.h"
#include "service/memory/census.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// ---- ending

enum result case_end(struct usecase *usecase, Rec__Case *casefile, day_t date, const char *reason)
{
    Rec__Case *old = record_copy(casefile);
    char day[DATE_TEXT];

    record_set(&casefile->state, CASE_CLOSED);
    record_set(&casefile->exit_reason, reason);
    record_set(&casefile->by, usecase->caller->officer);
    casefile->closed_on = date;
    casefile->at = usecase->now;
    casefile->version++;
    event_add_change(usecase, "closed_on", "", date_format(date, day));
    event_add_change(usecase, "exit_reason", "", reason);
    enum result result = counted_case_put(usecase, old, casefile);
    if (result == 0)
        result = duties_follow_case(usecase, old, casefile);
    rec__case__free_unpacked(old, NULL);
    return result;
}

void case_note_also(struct usecase *usecase, const Rec__Case *casefile)
{
    const char *so_far = fields_get(&usecase->reply->values, "also");
    char *numbers = mem_printf("%s%s%s", so_far, *so_far != '\0' ? " " : "", casefile->number);

    fields_set(&usecase->reply->values, "also", numbers);
    free(numbers);
}

enum result case_end_deceased(struct usecase *usecase, uint64_t person, day_t date)
{
    return deceased_follow(usecase, person, date, 0);
}

// ---- closing a case

struct change_job {
    uint64_t case_id;
    const char *date, *reason, *note;
    uint32_t version;
    uint64_t named;  /**< the member named by the officer, 0 = nobody */
    uint64_t person; /**< the person who died, or the case's person */
    size_t living;   /**< members alive after this death */
    day_t day;
    Rec__Case *record;
};

static bool has_exit(const struct form *form, const char *reason)
{
    for (size_t i = 0; form != NULL && form->exits[i] != NULL; i++)
        if (strcmp(form->exits[i], reason) == 0)
            return true;
    return false;
}

static enum result load_case(struct usecase *usecase, struct change_job *job, enum action action)
{
    enum result result = store_case_get(usecase->txn, job->case_id, &job->record);

    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "没有这个个案，请重新查找。");
    if (result == 0)
        result = usecase_allow(usecase, action, job->record->area);
    if (result == 0 && !census_is_active(job->record))
        return reply_say(usecase->reply, RESULT_EXISTS, "个案已经退出；误办的请先撤销退出。");
    if (result == 0 && job->version != 0 && job->version != job->record->version)
        return reply_say(usecase->reply, RESULT_CONFLICT,
                         "他人刚刚修改了这个个案，请重新打开后再办。");
    return result;
}

static bool by_death(const struct change_job *job)
{
    return strcmp(job->reason, EXIT_DEATH) == 0;
}

/** With `since`, the day may not be before the case's first day. */
static void check_day(struct usecase *usecase, struct change_job *job, bool since)
{
    struct problems *problems = &usecase->reply->problems;
    char day[DATE_TEXT];

    if (date_parse_loose(job->date == NULL ? "" : job->date, &job->day) != 0)
        problems_add(problems, "date", job->date, "日期不存在或写法不对，请写成 2026-11-23 这样");
    else if (job->day > usecase->today)
        problems_add(problems, "date", job->date, "日期在将来，请核对");
    else if (since && job->day < job->record->since)
        problems_add(problems, "date", job->date, "日期早于起始日期（%s），请核对",
                     date_format(job->record->since, day));
}

/** Finds the person who died. In a household with several living members the officer must name the
 *  member. */
static enum result check_who(struct usecase *usecase, struct change_job *job)
{
    const Rec__Case *casefile = job->record;
    struct problems *problems = &usecase->reply->problems;
    size_t living = 0;

    if (!by_death(job) || casefile->n_members == 0) {
        job->person = casefile->person;
        return RESULT_OK;
    }
    enum result result = deceased_count_living(usecase, casefile, 0, &job->person, &living);
    if (result == 0 && (living == 1 || job->named != 0)) {
        job->person = job->named != 0 ? job->named : job->person;
        result = deceased_count_living(usecase, casefile, job->person, NULL, &job->living);
    }
    if (result != 0)
        return result;
    if (living == 0)
        problems_add(problems, "reason", job->reason, "该户已没有在世成员，请选其他原因退出");
    else if (living > 1 && job->named == 0)
        problems_add(problems, "person", "", "请选择是谁死亡");
    else if (!deceased_is_member(casefile, job->person))
        problems_add(problems, "person", "", "这个人不在这一户，请重新选择是谁死亡");
    return RESULT_OK;
}

static enum result check_close(struct usecase *usecase, struct change_job *job)
{
    const struct form *form = forms_get(service_forms(usecase->service), job->record->kind);
    struct problems *problems = &usecase->reply->problems;

    check_day(usecase, job, !by_death(job));
    if (!has_exit(form, job->reason))
        problems_add(problems, "reason", job->reason, "请从列表中选择退出原因");
    enum result result = check_who(usecase, job);
    if (result == 0 && problems_any(problems))
        result = reply_say(usecase->reply, RESULT_INVALID, "%s。", problems_first(problems));
    return result;
}

static void job_free(struct change_job *job)
{
    if (job->record != NULL)
        rec__case__free_unpacked(job->record, NULL);
    job->record = NULL;
}

/** Says the result; `words` are the other effects of a death. */
static enum result answer_close(struct usecase *usecase, const struct change_job *job,
                                const char *words)
{
    const Rec__Case *casefile = job->record;
    Rec__Person *person = NULL;
    char day[DATE_TEXT];

    fields_set(&usecase->reply->values, "number", casefile->number);
    if (job->living == 0)
        return reply_say(usecase->reply, RESULT_OK, "%s 已退出（%s），当月已访的照旧计入%s。",
                         casefile->number, job->reason, words);
    enum result result = store_person_get(usecase->txn, job->person, &person);
    if (result != 0)
        return result;
    result = reply_say(usecase->reply, RESULT_OK, "%s 已登记于 %s 死亡%s。", person->name,
                       date_format(job->day, day), words);
    rec__person__free_unpacked(person, NULL);
    return result;
}

static enum result end_one(struct usecase *usecase, struct change_job *job)
{
    enum result result = case_end(usecase, job->record, job->day, job->reason);

    return result == 0 ? deceased_check_household(usecase, job->record) : result;
}

static enum result close_body(struct usecase *usecase, void *arg)
{
    struct change_job job = *(const struct change_job *)arg;
    enum result result = load_case(usecase, &job, ACTION_CASE_CLOSE);

    if (result == 0)
        result = check_close(usecase, &job);
    if (result == 0) {
        event_name_record(usecase, job.record->area, "case:%" PRIu64, job.record->id);
        result = by_death(&job) ? deceased_enter(usecase, job.person, job.day, job.record->id)
                                : end_one(usecase, &job);
    }
    if (result == 0) {
        char *words = deceased_words(usecase);
        result = answer_close(usecase, &job, words);
        free(words);
    }
    job_free(&job);
    return result;
}

enum result case_exit(struct service *service, const struct caller *caller,
                      const struct case_exit *exit, struct reply *reply)
{
    struct change_job job = {
        .case_id = exit->case_id,
        .date = exit->date,
        .reason = exit->reason == NULL ? "" : exit->reason,
        .version = exit->version,
        .named = exit->person,
    };

    return usecase_write(service, caller, ACTION_CASE_CLOSE, NULL, close_body, &job, reply);
}

enum result case_close(struct service *service, const struct caller *caller, uint64_t case_id,
                       const char *date, const char *reason, uint32_t version, struct reply *reply)
{
    struct case_exit exit = {
        .case_id = case_id, .date = date, .reason = reason, .version = version};

    return case_exit(service, caller, &exit, reply);
}

// ---- reviews

static enum result check_review(struct usecase *usecase, struct change_job *job)
{
    enum { RESULT_MAX = 60 };
    struct problems *problems = &usecase->reply->problems;

    check_day(usecase, job, true);
    if (*job->reason == '\0' || text_length(job->reason) > RESULT_MAX ||
        text_has_control(job->reason))
        problems_add(problems, "result", job->reason, "请填写复核结果（%d字以内）", RESULT_MAX);
    if (problems_any(problems))
        return reply_say(usecase->reply, RESULT_INVALID, "%s。", problems_first(problems));
    return RESULT_OK;
}

/** Inserts the review by date. */
static void add_review(struct usecase *usecase, const struct change_job *job, Rec__Case *casefile)
{
    Rec__Review empty = REC__REVIEW__INIT;
    Rec__Review *review = record_copy(&empty);
    size_t at = casefile->n_reviews;

    review->date = job->day;
    review->at = usecase->now;
    record_set(&review->result, job->reason);
    record_set(&review->note, job->note);
    record_set(&review->by, usecase->caller->officer);
    casefile->reviews = mem_resize(casefile->reviews, at + 1, sizeof *casefile->reviews);
    for (; at > 0 && casefile->reviews[at - 1]->date > review->date; at--)
        casefile->reviews[at] = casefile->reviews[at - 1];
    casefile->reviews[at] = review;
    casefile->n_reviews++;
}

static enum result store_review(struct usecase *usecase, struct change_job *job)
{
    Rec__Case *old = record_copy(job->record);
    char day[DATE_TEXT];

    add_review(usecase, job, job->record);
    job->record->version++;
    job->record->at = usecase->now;
    record_set(&job->record->by, usecase->caller->officer);
    event_name_record(usecase, job->record->area, "case:%" PRIu64, job->record->id);
    event_add_change(usecase, "review", "", date_format(job->day, day));
    event_add_change(usecase, "review.result", "", job->reason);
    enum result result = counted_case_put(usecase, old, job->record);
    if (result == 0)
        result = duties_follow_case(usecase, old, job->record);
    rec__case__free_unpacked(old, NULL);
    return result;
}

static enum result review_body(struct usecase *usecase, void *arg)
{
    struct change_job *job = arg;
    enum result result = load_case(usecase, job, ACTION_REVIEW_ADD);

    if (result == 0)
        result = check_review(usecase, job);
    if (result == 0)
        result = store_review(usecase, job);
    if (result == 0) {
        fields_set(&usecase->reply->values, "number", job->record->number);
        result = reply_say(usecase->reply, RESULT_OK, "%s 复核已登记。", job->record->number);
    }
    job_free(job);
    return result;
}

enum result case_review(struct service *service, const struct caller *caller, uint64_t case_id,
                        const char *date, const char *result, const char *note, struct reply *reply)
{
    struct change_job job = {
        .case_id = case_id,
        .date = date,
        .reason = result == NULL ? "" : result,
        .note = note,
    };

    return usecase_write(service, caller, ACTION_REVIEW_ADD, NULL, review_body, &job, reply);
}
