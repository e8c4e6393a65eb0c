#include "service/case_edit.h"

#include "base/mem.h"
#include "base/text.h"
#include "service/duties.h"

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
    enum result result = work_case_put(work, old, record);
    if (result == RESULT_OK)
        result = work_case_duties(work, old, record);
    rec__case__free_unpacked(old, NULL);
    return result;
}

/** A household outlives one of its members. */
static bool ends_with(const Rec__Case *record, uint64_t person)
{
    size_t others = 0;

    for (size_t i = 0; i < record->n_members; i++)
        others += record->members[i]->until == 0 && record->members[i]->person != person;
    return record_is_active(record) && record->person == person && others == 0;
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
    struct record_cases cases = {0};
    enum result result = record_cases_load(work, person, &cases);

    for (size_t i = 0; i < cases.count && result == RESULT_OK; i++) {
        Rec__Case *record = cases.items[i];
        if (!ends_with(record, person))
            continue;
        result = case_end(work, record, date > record->since ? date : record->since, EXIT_DEATH);
        case_note_also(work, record);
    }
    record_cases_free(&cases);
    return result;
}

static enum result note_death(struct work *work, uint64_t id, day_t date)
{
    Rec__Person *person = NULL;
    char day[DATE_TEXT];
    enum result result = store_person_get(work->txn, id, &person);

    if (result != RESULT_OK)
        return result;
    if (person->death == 0) {
        person->death = date;
        person->version++;
        person->at = work->now;
        record_set(&person->by, work->caller->officer);
        work_change(work, "person.death", "", date_format(date, day));
        result = work_person_put(work, person, false);
    }
    rec__person__free_unpacked(person, NULL);
    return result != RESULT_OK ? result : case_end_deceased(work, id, date);
}

// ---- closing a case

struct change_job {
    uint64_t case_id;
    const char *date, *reason, *note;
    uint32_t version;
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
    if (result == RESULT_OK && !record_is_active(job->record))
        return reply_say(work->reply, RESULT_EXISTS, "个案已经退出。");
    if (result == RESULT_OK && job->version != 0 && job->version != job->record->version)
        return reply_say(work->reply, RESULT_CONFLICT,
                         "他人刚刚修改了这个个案，请重新打开后再办。");
    return result;
}

static void check_day(struct work *work, struct change_job *job)
{
    struct problems *problems = &work->reply->problems;
    char since[DATE_TEXT];

    if (date_parse_loose(job->date == NULL ? "" : job->date, &job->day) != RESULT_OK)
        problems_add(problems, "date", job->date, "日期不存在或写法不对，请写成 2026-11-23 这样");
    else if (job->day > work->today)
        problems_add(problems, "date", job->date, "日期在将来，请核对");
    else if (job->day < job->record->since)
        problems_add(problems, "date", job->date, "日期早于起始日期（%s），请核对",
                     date_format(job->record->since, since));
}

static enum result check_close(struct work *work, struct change_job *job)
{
    const struct form *form = forms_get(service_forms(work->service), job->record->kind);
    struct problems *problems = &work->reply->problems;

    check_day(work, job);
    if (!has_exit(form, job->reason))
        problems_add(problems, "reason", job->reason, "请从列表中选择退出原因");
    if (problems_any(problems))
        return reply_say(work->reply, RESULT_INVALID, "%s。", problems_first(problems));
    return RESULT_OK;
}

static void job_free(struct change_job *job)
{
    if (job->record != NULL)
        rec__case__free_unpacked(job->record, NULL);
    job->record = NULL;
}

static enum result close_body(struct work *work, void *arg)
{
    struct change_job *job = arg;
    enum result result = load_case(work, job, ACTION_CASE_CLOSE);

    if (result == RESULT_OK)
        result = check_close(work, job);
    if (result == RESULT_OK) {
        work_record(work, job->record->area, "case:%" PRIu64, job->record->id);
        result = case_end(work, job->record, job->day, job->reason);
    }
    if (result == RESULT_OK && strcmp(job->reason, EXIT_DEATH) == 0 && job->record->n_members == 0)
        result = note_death(work, job->record->person, job->day);
    if (result == RESULT_OK) {
        fields_set(&work->reply->values, "number", job->record->number);
        const char *also = fields_get(&work->reply->values, "also");
        result =
            reply_say(work->reply, RESULT_OK, "%s 已退出（%s）%s%s，当月已访的照旧计入。",
                      job->record->number, job->reason, *also != '\0' ? "，同时退出 " : "", also);
    }
    job_free(job);
    return result;
}

enum result case_close(struct service *service, const struct caller *caller, uint64_t case_id,
                       const char *date, const char *reason, uint32_t version, struct reply *reply)
{
    struct change_job job = {
        .case_id = case_id,
        .date = date,
        .reason = reason == NULL ? "" : reason,
        .version = version,
    };

    return service_write(service, caller, ACTION_CASE_CLOSE, NULL, close_body, &job, reply);
}

// ---- reviews

static enum result check_review(struct work *work, struct change_job *job)
{
    enum { RESULT_MAX = 60 };
    struct problems *problems = &work->reply->problems;

    check_day(work, job);
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
    enum result result = work_case_put(work, old, job->record);
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
