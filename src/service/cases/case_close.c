#include "service/cases/case_edit.h"

#include "base/mem.h"
#include "base/text.h"
#include "service/cases/deceased.h"
#include "service/ledger/counted.h"
#include "service/ledger/duties.h"
#include "service/memory/census.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// ---- ending

enum result case_end(struct work *work, Rec__Case *record, day_t date, const char *reason)
{
    Rec__Case *old = record_copy(record);
    char day[DATE_TEXT];

    record_set(&record->state, "closed");
    record_set(&record->exit_reason, reason);
    record_set(&record->by, work->caller->officer);
    record->closed_on = date;
    record->at = work->now;
    record->version++;
    work_change(work, "closed_on", "", date_format(date, day));
    work_change(work, "exit_reason", "", reason);
    enum result result = counted_case_put(work, old, record);
    if (result == RESULT_OK)
        result = work_case_duties(work, old, record);
    rec__case__free_unpacked(old, NULL);
    return result;
}

void case_note_also(struct work *work, const Rec__Case *record)
{
    const char *so_far = fields_get(&work->reply->values, "also");
    char *numbers = mem_printf("%s%s%s", so_far, *so_far != '\0' ? " " : "", record->number);

    fields_set(&work->reply->values, "also", numbers);
    free(numbers);
}

enum result case_end_deceased(struct work *work, uint64_t person, day_t date)
{
    return deceased_follow(work, person, date, 0);
}

// ---- closing a case

struct change_job {
    uint64_t case_id;
    const char *date, *reason, *note;
    uint32_t version;
    uint64_t named;  /**< who is said to have died, 0 = nobody */
    uint64_t person; /**< who died */
    size_t living;   /**< members whom that leaves */
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

static enum result load_case(struct work *work, struct change_job *job, enum action action)
{
    enum result result = store_case_get(work->txn, job->case_id, &job->record);

    if (result == RESULT_NOTFOUND)
        return reply_say(work->reply, result, "没有这个个案，请重新查找。");
    if (result == RESULT_OK)
        result = work_allow(work, action, job->record->area);
    if (result == RESULT_OK && !census_is_active(job->record))
        return reply_say(work->reply, RESULT_EXISTS, "个案已经退出。");
    if (result == RESULT_OK && job->version != 0 && job->version != job->record->version)
        return reply_say(work->reply, RESULT_CONFLICT,
                         "他人刚刚修改了这个个案，请重新打开后再办。");
    return result;
}

static bool by_death(const struct change_job *job)
{
    return strcmp(job->reason, EXIT_DEATH) == 0;
}

/** `since`: not before the case began. */
static void check_day(struct work *work, struct change_job *job, bool since)
{
    struct problems *problems = &work->reply->problems;
    char day[DATE_TEXT];

    if (date_parse_loose(job->date == NULL ? "" : job->date, &job->day) != RESULT_OK)
        problems_add(problems, "date", job->date, "日期不存在或写法不对，请写成 2026-11-23 这样");
    else if (job->day > work->today)
        problems_add(problems, "date", job->date, "日期在将来，请核对");
    else if (since && job->day < job->record->since)
        problems_add(problems, "date", job->date, "日期早于起始日期（%s），请核对",
                     date_format(job->record->since, day));
}

/** Who died: in a household a member; whoever enters it says who, unless only one is alive. */
static enum result check_who(struct work *work, struct change_job *job)
{
    const Rec__Case *record = job->record;
    struct problems *problems = &work->reply->problems;
    size_t living = 0;

    if (!by_death(job) || record->n_members == 0) {
        job->person = record->person;
        return RESULT_OK;
    }
    enum result result = deceased_count_living(work, record, 0, &job->person, &living);
    if (result == RESULT_OK && (living == 1 || job->named != 0)) {
        job->person = job->named != 0 ? job->named : job->person;
        result = deceased_count_living(work, record, job->person, NULL, &job->living);
    }
    if (result != RESULT_OK)
        return result;
    if (living == 0)
        problems_add(problems, "reason", job->reason, "该户已没有在世成员，请选其他原因退出");
    else if (living > 1 && job->named == 0)
        problems_add(problems, "person", "", "请选择是谁死亡");
    else if (!deceased_is_member(record, job->person))
        problems_add(problems, "person", "", "这个人不在这一户，请重新选择是谁死亡");
    return RESULT_OK;
}

static enum result check_close(struct work *work, struct change_job *job)
{
    const struct form *form = forms_get(service_forms(work->service), job->record->kind);
    struct problems *problems = &work->reply->problems;

    check_day(work, job, !by_death(job));
    if (!has_exit(form, job->reason))
        problems_add(problems, "reason", job->reason, "请从列表中选择退出原因");
    enum result result = check_who(work, job);
    if (result == RESULT_OK && problems_any(problems))
        result = reply_say(work->reply, RESULT_INVALID, "%s。", problems_first(problems));
    return result;
}

static void job_free(struct change_job *job)
{
    if (job->record != NULL)
        rec__case__free_unpacked(job->record, NULL);
    job->record = NULL;
}

/** What became of it; `words` is what else a death did. */
static enum result answer_close(struct work *work, const struct change_job *job, const char *words)
{
    const Rec__Case *record = job->record;
    Rec__Person *person = NULL;
    char day[DATE_TEXT];

    fields_set(&work->reply->values, "number", record->number);
    if (job->living == 0)
        return reply_say(work->reply, RESULT_OK, "%s 已退出（%s），当月已访的照旧计入%s。",
                         record->number, job->reason, words);
    enum result result = store_person_get(work->txn, job->person, &person);
    if (result != RESULT_OK)
        return result;
    result = reply_say(work->reply, RESULT_OK, "%s 已登记于 %s 死亡%s。", person->name,
                       date_format(job->day, day), words);
    rec__person__free_unpacked(person, NULL);
    return result;
}

static enum result end_one(struct work *work, struct change_job *job)
{
    enum result result = case_end(work, job->record, job->day, job->reason);

    return result == RESULT_OK ? deceased_check_household(work, job->record) : result;
}

static enum result close_body(struct work *work, void *arg)
{
    struct change_job job = *(const struct change_job *)arg;
    enum result result = load_case(work, &job, ACTION_CASE_CLOSE);

    if (result == RESULT_OK)
        result = check_close(work, &job);
    if (result == RESULT_OK) {
        work_record(work, job.record->area, "case:%" PRIu64, job.record->id);
        result = by_death(&job) ? deceased_enter(work, job.person, job.day, job.record->id)
                                : end_one(work, &job);
    }
    if (result == RESULT_OK) {
        char *words = deceased_words(work);
        result = answer_close(work, &job, words);
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

    return service_write(service, caller, ACTION_CASE_CLOSE, NULL, close_body, &job, reply);
}

enum result case_close(struct service *service, const struct caller *caller, uint64_t case_id,
                       const char *date, const char *reason, uint32_t version, struct reply *reply)
{
    struct case_exit exit = {
        .case_id = case_id, .date = date, .reason = reason, .version = version};

    return case_exit(service, caller, &exit, reply);
}

// ---- reviews

static enum result check_review(struct work *work, struct change_job *job)
{
    enum { RESULT_MAX = 60 };
    struct problems *problems = &work->reply->problems;

    check_day(work, job, true);
    if (*job->reason == '\0' || text_length(job->reason) > RESULT_MAX ||
        text_has_control(job->reason))
        problems_add(problems, "result", job->reason, "请填写复核结果（%d字以内）", RESULT_MAX);
    if (problems_any(problems))
        return reply_say(work->reply, RESULT_INVALID, "%s。", problems_first(problems));
    return RESULT_OK;
}

/** Inserts by date. */
static void add_review(struct work *work, const struct change_job *job, Rec__Case *record)
{
    Rec__Review empty = REC__REVIEW__INIT;
    Rec__Review *review = record_copy(&empty);
    size_t at = record->n_reviews;

    review->date = job->day;
    review->at = work->now;
    record_set(&review->result, job->reason);
    record_set(&review->note, job->note);
    record_set(&review->by, work->caller->officer);
    record->reviews = mem_resize(record->reviews, at + 1, sizeof *record->reviews);
    for (; at > 0 && record->reviews[at - 1]->date > review->date; at--)
        record->reviews[at] = record->reviews[at - 1];
    record->reviews[at] = review;
    record->n_reviews++;
}

static enum result store_review(struct work *work, struct change_job *job)
{
    Rec__Case *old = record_copy(job->record);
    char day[DATE_TEXT];

    add_review(work, job, job->record);
    job->record->version++;
    job->record->at = work->now;
    record_set(&job->record->by, work->caller->officer);
    work_record(work, job->record->area, "case:%" PRIu64, job->record->id);
    work_change(work, "review", "", date_format(job->day, day));
    work_change(work, "review.result", "", job->reason);
    enum result result = counted_case_put(work, old, job->record);
    if (result == RESULT_OK)
        result = work_case_duties(work, old, job->record);
    rec__case__free_unpacked(old, NULL);
    return result;
}

static enum result review_body(struct work *work, void *arg)
{
    struct change_job *job = arg;
    enum result result = load_case(work, job, ACTION_REVIEW_ADD);

    if (result == RESULT_OK)
        result = check_review(work, job);
    if (result == RESULT_OK)
        result = store_review(work, job);
    if (result == RESULT_OK) {
        fields_set(&work->reply->values, "number", job->record->number);
        result = reply_say(work->reply, RESULT_OK, "%s 复核已登记。", job->record->number);
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

    return service_write(service, caller, ACTION_REVIEW_ADD, NULL, review_body, &job, reply);
}
