#include "service/ledger/visit_last.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/ledger/recount.h"
#include "service/ledger/rows.h"
#include "service/ledger/standin.h"
#include "service/ledger/visit_entry.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** A visit that the caller recorded, and when. */
struct recorded {
    int64_t at;
    uint32_t micros;
    uint64_t event; /**< its number in the session: in one session it says what came later */
    uint64_t person;
    day_t date;
    uint32_t seq;
};

struct job {
    struct usecase *usecase;
    uint64_t case_id;
    size_t count, capacity;
    struct recorded *recorded; /**< of one day */
    struct visit_last found;
};

static void forget(struct job *job)
{
    job->count = 0;
    visit_last_free(&job->found);
}

/** Takes the visit over: what the answer says of it. */
static enum result answer(struct job *job, const Rec__Visit *visit, const Rec__Case *casefile)
{
    struct visit_last *found = &job->found;
    char date[DATE_TEXT];
    Rec__Person *person = NULL;
    enum result result = store_person_get(job->usecase->txn, visit->person, &person);

    if (result != 0)
        return result;
    found->case_id = casefile->id;
    found->kind = mem_copy(casefile->kind);
    found->name = mem_copy(person->name);
    found->visit = mem_printf("%s:%" PRIu32, date_format(visit->date, date), (uint32_t)visit->seq);
    found->stood_for = rows_officer_name(job->usecase, visit->stood_for);
    record_visit_read(visit, &found->values);
    rec__person__free_unpacked(person, NULL);
    return RESULT_OK;
}

// ---- the officer's own

/** Parses "visit:PERSON:DATE:SEQ". */
static bool parse_record(const char *text, struct recorded *recorded)
{
    static const char prefix[] = "visit:";
    char date[DATE_TEXT];
    char *end = NULL;

    if (!text_starts(text, prefix))
        return false;
    recorded->person = strtoull(text + strlen(prefix), &end, 10);
    if (*end != ':' || strlen(end) < DATE_TEXT + 1)
        return false;
    (void)snprintf(date, sizeof date, "%s", end + 1);
    recorded->seq = (uint32_t)strtoul(end + 1 + DATE_TEXT, NULL, 10);
    return date_parse(date, &recorded->date) == 0;
}

static enum result see_event(const Rec__Event *event, void *arg)
{
    struct job *job = arg;
    struct recorded recorded = {
        .at = event->at, .micros = event_micros(event), .event = event->seq};

    if (event->result != 0 || strcmp(event->action, access_find(ACTION_VISIT_ADD)->id) != 0 ||
        !parse_record(event->record, &recorded))
        return RESULT_OK;
    mem_grow((void **)&job->recorded, job->count, &job->capacity, sizeof *job->recorded);
    job->recorded[job->count++] = recorded;
    return RESULT_OK;
}

static int newest_first(const void *a, const void *b)
{
    const struct recorded *x = a, *y = b;

    if (x->at != y->at)
        return x->at < y->at ? 1 : -1;
    if (x->micros != y->micros)
        return x->micros < y->micros ? 1 : -1;
    return (x->event < y->event) - (x->event > y->event);
}

/** The first thing that stands in the way is told: later ones were recorded earlier. */
static void note(struct job *job, const Rec__Visit *visit, const char *why)
{
    char date[DATE_TEXT];
    Rec__Person *person = NULL;

    if (job->found.note != NULL || store_person_get(job->usecase->txn, visit->person, &person) != 0)
        return;
    job->found.note = mem_printf("%s %s（%s）", person->name, date_format(visit->date, date), why);
    rec__person__free_unpacked(person, NULL);
}

struct correction {
    const Rec__Visit *of;
    char *by; /**< who entered it, owned; NULL = nobody */
};

static enum result see_correction(const Rec__Visit *visit, void *arg)
{
    struct correction *correction = arg;

    if (visit->replaces == correction->of->seq + 1 && visit->replaces_date == correction->of->date)
        mem_replace(&correction->by, visit->officer);
    return RESULT_OK;
}

/** What the caller did is known to the caller; what somebody else did with the record is told. */
static enum result note_gone(struct job *job, const Rec__Visit *visit)
{
    struct usecase *usecase = job->usecase;
    struct correction correction = {.of = visit};
    bool voided = visit->voided != NULL;
    enum result result = RESULT_OK;

    if (voided)
        correction.by = mem_copy(visit->voided->by);
    else
        result = store_visit_scan(usecase->txn, visit->person, 0, usecase->today, see_correction,
                                  &correction);
    if (result == 0 && correction.by != NULL &&
        strcmp(correction.by, usecase->caller->officer) != 0) {
        char *by = rows_officer_name(usecase, correction.by);
        char *why = mem_printf("%s已%s", by, voided ? "作废" : "更正");
        note(job, visit, why);
        free(why);
        free(by);
    }
    free(correction.by);
    return result;
}

/** Takes the visit if the caller may void it today. */
static enum result take_if_free(struct job *job, Rec__Visit *visit)
{
    struct usecase *usecase = job->usecase;
    char area[AREA_TEXT], month[MONTH_TEXT];
    Rec__Case *casefile = NULL;
    bool closed = false;
    enum result result = visit_find_case(usecase, visit, area, &casefile);

    if (result == 0)
        result = usecase_month_closed(usecase, month_of(visit->date), area, &closed);
    if (result != 0 || casefile == NULL) /* an undone import has taken the case away */
        return result;
    if (!standin_may(usecase, ACTION_VISIT_VOID, area)) {
        note(job, visit, *visit->stood_for != '\0' ? "代人登记，替班已结束" : "人已转出您的辖区");
    } else if (closed) {
        char *why = mem_printf("%s 已月结", month_format(month_of(visit->date), month));
        note(job, visit, why);
        free(why);
    } else {
        result = answer(job, visit, casefile);
    }
    rec__case__free_unpacked(casefile, NULL);
    return result;
}

static enum result try_record(struct job *job, const struct recorded *recorded)
{
    Rec__Visit *visit = NULL;
    enum result result =
        store_visit_get(job->usecase->txn, recorded->person, recorded->date, recorded->seq, &visit);

    if (result == RESULT_NOTFOUND) /* merged into another person, or taken away */
        return RESULT_OK;
    if (result == 0 && strcmp(visit->officer, job->usecase->caller->officer) == 0)
        result = recount_visit_stands(visit) ? take_if_free(job, visit) : note_gone(job, visit);
    if (visit != NULL)
        rec__visit__free_unpacked(visit, NULL);
    return result;
}

static enum result try_day(struct job *job, day_t day)
{
    struct usecase *usecase = job->usecase;

    job->count = 0;
    enum result result =
        store_event_of_officer(usecase->txn, day, usecase->caller->officer, see_event, job);
    if (job->count > 1)
        qsort(job->recorded, job->count, sizeof *job->recorded, newest_first);
    for (size_t i = 0; i < job->count && job->found.visit == NULL && result == 0; i++)
        result = try_record(job, &job->recorded[i]);
    return result;
}

/** A visit of a month is recorded in it or later, so nothing before that day can be taken back. */
static enum result first_open_day(struct usecase *usecase, day_t *ret_day)
{
    month_t first = service_first_month(usecase->service);

    *ret_day = month_first(month_of(usecase->today));
    for (month_t month = month_of(usecase->today); month >= first; month--) {
        bool closed = false;
        enum result result = usecase_month_closed(usecase, month, usecase->caller->area, &closed);
        if (result != 0)
            return result;
        if (!closed)
            *ret_day = month_first(month);
    }
    return RESULT_OK;
}

static enum result find_own(struct job *job)
{
    struct usecase *usecase = job->usecase;
    day_t first = 0;
    enum result result = first_open_day(usecase, &first);

    for (day_t day = usecase->today; day >= first && job->found.visit == NULL && result == 0; day--)
        result = try_day(job, day);
    if (result != 0 || job->found.visit != NULL)
        return result;
    if (job->found.note != NULL)
        return reply_say(usecase->reply, RESULT_NOTFOUND,
                         "您最近登记的 %s不能撤销；别的请在个案里更正、作废。", job->found.note);
    return reply_say(usecase->reply, RESULT_NOTFOUND,
                     "没有您登记的、还能撤销的探访；别人登记的请在个案里更正、作废。");
}

// ---- of a person

struct last_standing {
    const char *kind;
    Rec__Visit *visit; /* owned */
};

static enum result see_visit(const Rec__Visit *visit, void *arg)
{
    struct last_standing *last = arg;

    if (strcmp(visit->kind, last->kind) != 0 || !recount_visit_stands(visit))
        return RESULT_OK;
    if (last->visit != NULL)
        rec__visit__free_unpacked(last->visit, NULL);
    last->visit = record_copy(visit);
    return RESULT_OK;
}

static enum result find_of_case(struct job *job)
{
    struct usecase *usecase = job->usecase;
    Rec__Case *casefile = NULL;
    enum result result = store_case_get(usecase->txn, job->case_id, &casefile);

    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "没有这个个案，请重新查找。");
    if (result != 0)
        return result;
    struct last_standing last = {.kind = casefile->kind};
    result = usecase_allow(usecase, ACTION_CASE_LIST, casefile->area);
    if (result == 0)
        result =
            store_visit_scan(usecase->txn, casefile->person, 0, usecase->today, see_visit, &last);
    if (result == 0 && last.visit == NULL)
        result =
            reply_say(usecase->reply, RESULT_NOTFOUND, "这个人没有可以更正的探访，请按 F2 登记。");
    if (result == 0)
        result = answer(job, last.visit, casefile);
    if (last.visit != NULL)
        rec__visit__free_unpacked(last.visit, NULL);
    rec__case__free_unpacked(casefile, NULL);
    return result;
}

static enum result get_body(struct usecase *usecase, void *arg)
{
    struct job *job = arg;

    forget(job); /* a body may run again */
    job->usecase = usecase;
    return job->case_id != 0 ? find_of_case(job) : find_own(job);
}

enum result visit_last_get(struct service *service, const struct caller *caller, uint64_t case_id,
                           struct visit_last *ret_last, struct reply *reply)
{
    struct job job = {.case_id = case_id};
    enum result result =
        usecase_read(service, caller, ACTION_CASE_LIST, NULL, get_body, &job, reply);

    if (result == 0)
        *ret_last = job.found;
    else
        visit_last_free(&job.found);
    free(job.recorded);
    return result;
}

void visit_last_free(struct visit_last *last)
{
    free(last->name);
    free(last->kind);
    free(last->visit);
    free(last->stood_for);
    free(last->note);
    fields_free(&last->values);
    *last = (struct visit_last){0};
}
