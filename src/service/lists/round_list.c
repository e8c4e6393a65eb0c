/*
 * The rounds of an area, and the people and figures of one.
 */
#include "service/lists/round.h"

#include "base/mem.h"
#include "base/str.h"
#include "db/round.h"
#include "service/frame/record.h"
#include "service/ledger/opening.h"
#include "service/ledger/rows.h"
#include "service/lists/board.h"
#include "service/lists/round_figures.h"
#include "service/lists/round_home.h"
#include "service/lists/round_read.h"
#include "service/lists/round_senders.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* FIGURES_SHOWN: counting one means reading the duties of its months. */
enum { FIGURES_SHOWN = 12 };

// ---- rounds

struct list_job {
    char area[AREA_TEXT];
    struct usecase *usecase;
    struct round_some some;
    struct round_senders senders;
    struct sheet *sheet;
};

static const char *state_words(const Rec__Round *round, day_t today)
{
    if (strcmp(round->state, ROUND_WITHDRAWN) == 0)
        return "已撤销";
    if (strcmp(round->state, ROUND_CLOSED) == 0)
        return "提前结束";
    struct round_days days;
    round_days(round, &days);
    return round_is_planned(&days, today) ? "未开始" : today > round->to ? "已结束" : "进行中";
}

/** Of a round still to come there is no rate yet. */
static void write_figures(struct sheet *sheet, const Rec__Round *round,
                          const struct figures *figures, day_t today)
{
    const struct {
        const char *id;
        uint64_t value;
    } cells[] = {{"owed", figures->owed},       {"reached", figures->reached},
                 {"pending", figures->pending}, {"missed", figures->missed},
                 {"excused", figures->excused}, {"not_counted", figures->not_counted}};
    char rate[RATE_TEXT];
    struct round_days days;
    size_t row = sheet->row_count - 1;

    round_days(round, &days);
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        sheet_setf(sheet, row, cells[i].id, "%" PRIu64, cells[i].value);
    if (!round_is_planned(&days, today))
        sheet_set(sheet, row, "rate", rate_format(figures->reached, figures->owed, "", rate));
}

static void write_places(struct usecase *usecase, const Rec__Round *round, struct sheet *sheet,
                         size_t row)
{
    struct str words = {0};

    for (size_t i = 0; i < round->n_areas; i++)
        str_printf(&words, "%s%s", i > 0 ? "、" : "",
                   service_area_name(usecase->service, round->areas[i]));
    sheet_set(sheet, row, "areas", str_text(&words));
    str_clear(&words);
    for (size_t i = 0; i < round->n_tiers; i++)
        str_printf(&words, "%s%s", i > 0 ? "、" : "", round->tiers[i]);
    sheet_set(sheet, row, "tiers", round->n_tiers > 0 ? str_text(&words) : "各档");
    str_free(&words);
}

/** Says of a list with rounds still to come whom their figures are about. */
static void write_basis(struct sheet *sheet, const Rec__Round *round, day_t today)
{
    struct round_days days;

    round_days(round, &days);
    if (round_is_planned(&days, today) && strcmp(round->state, ROUND_WITHDRAWN) != 0)
        mem_replace(&sheet->basis, "未开始的按今日在册，开始日重定");
}

static void write_round(struct list_job *job, const Rec__Round *round)
{
    struct usecase *usecase = job->usecase;
    const struct caller *caller = usecase->caller;
    struct sheet *sheet = job->sheet;
    size_t row = sheet_add_row(sheet);
    struct round_days days;
    char text[ROUND_WORDS], stamp[STAMP_TEXT];
    char *by = rows_officer_name_at(usecase, round->area, round->by);
    bool may = round_is_running(round, usecase->today) && !round_is_sent(usecase->service, round) &&
               access_allowed(caller->role, caller->area, ACTION_ROUND_MAKE, round->area);

    round_days(round, &days);
    sheet_set(sheet, row, "name", round->name);
    sheet_set(sheet, row, "reason", round->reason);
    sheet_set(sheet, row, "from", date_format(days.from, text));
    sheet_set(sheet, row, "to", date_format(days.last, text));
    sheet_set(
        sheet, row, "clock",
        strcmp(round->state, ROUND_WITHDRAWN) == 0 ? "" : round_clock(&days, usecase->today, text));
    sheet_set(sheet, row, "state", state_words(round, usecase->today));
    sheet_set(sheet, row, "by", by);
    sheet_set(sheet, row, "at", date_format_stamp(round->at, stamp));
    sheet_set(sheet, row, "remark", round->ended_reason);
    sheet_setf(sheet, row, "round", "%" PRIu64, round->id);
    sheet_set(sheet, row, "may", may ? "是" : "");
    sheet_set(sheet, row, "office", service_area_name(usecase->service, round->area));
    round_senders_words(&job->senders, round, usecase->today, sheet, row);
    write_places(usecase, round, sheet, row);
    write_basis(sheet, round, usecase->today);
    free(by);
}

/** The newest are counted, of the others what was counted before is shown. */
static enum result add_round(struct list_job *job, const Rec__Round *round, bool counted)
{
    struct figures figures = {0};
    enum result result = RESULT_OK;

    write_round(job, round);
    if (strcmp(round->state, ROUND_WITHDRAWN) == 0)
        return RESULT_OK;
    if (counted)
        result = round_figures(job->usecase, round, job->area, &figures);
    else if (!round_figures_kept(job->usecase, round, job->area, &figures))
        return RESULT_OK;
    if (result == 0)
        write_figures(job->sheet, round, &figures, job->usecase->today);
    return result;
}

static enum result list_body(struct usecase *usecase, void *arg)
{
    struct list_job *job = arg;

    sheet_free(&job->sheet);
    job->usecase = usecase;
    job->sheet = column_sheet(&COLUMNS_ROUNDS);
    enum result result = round_some_load(usecase, job->area, &job->some);
    if (result == 0)
        result = round_senders_load(usecase, &job->senders);
    for (size_t i = job->some.count; i > 0 && result == 0; i--)
        result = add_round(job, job->some.items[i - 1], job->some.count - i < FIGURES_SHOWN);
    if (result == 0)
        round_senders_say(&job->senders, usecase->reply);
    round_senders_free(&job->senders);
    round_some_free(&job->some);
    return result;
}

enum result round_list(struct service *service, const struct caller *caller, const char *area,
                       struct sheet **ret_sheet, struct reply *reply)
{
    struct list_job job = {0};
    enum result result = rows_query_area(service, caller, area, job.area, reply);

    if (result == 0)
        result = opening_await(service, service_this_month(service), job.area, reply);
    if (result == 0)
        result = usecase_read(service, caller, ACTION_ROUND_LIST, job.area, list_body, &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}

// ---- one round

struct show_job {
    struct usecase *usecase;
    const struct round_query *query;
    char area[AREA_TEXT];
    struct sheet *sheet;
};

static void write_words(struct sheet *sheet, size_t row, const struct round_person *person)
{
    char day[DATE_TEXT];
    const struct round_view *view = &person->view;

    if (view->state == ROUND_REACHED)
        sheet_setf(sheet, row, "words", "%s %s%s", round_state_label(view->state),
                   date_format(person->facts.reached_on, day),
                   person->facts.late ? "（补录）" : "");
    else
        sheet_setf(sheet, row, "words", "%s%s%s", round_state_label(view->state),
                   view->reason[0] != '\0' ? " " : "", view->reason);
    sheet_set(sheet, row, "state", round_state_name(view->state));
    sheet_setf(sheet, row, "attempts", "%d", person->facts.attempts);
    sheet_set(sheet, row, "last_visit", date_format(person->last_visit, day));
    sheet_set(sheet, row, "reached_on", date_format(person->facts.reached_on, day));
}

static void write_subject(struct usecase *usecase, const struct rows_subject *subject,
                          struct sheet *sheet, size_t row)
{
    char *categories = rows_categories(subject, usecase->today);
    const Rec__Person *person = subject->person;

    sheet_set(sheet, row, "case_no", subject->record->number);
    sheet_set(sheet, row, "name", person->name);
    if (person->birth != 0)
        sheet_setf(sheet, row, "age", "%d", date_age(person->birth, usecase->today));
    sheet_set(sheet, row, "categories", categories);
    sheet_set(sheet, row, "tier", subject->record->tier);
    sheet_set(sheet, row, "phone", person->phone);
    sheet_set(sheet, row, "address", person->address);
    sheet_setf(sheet, row, "person_id", "%" PRIu64, person->id);
    free(categories);
}

static enum result write_person(struct usecase *usecase, const struct round_person *person,
                                struct sheet *sheet)
{
    struct rows_subject subject = {0};
    Rec__Duty duty = REC__DUTY__INIT;

    duty.case_id = person->case_id;
    duty.person = person->person;
    duty.kind = (char *)person->form->kind;
    enum result result = rows_subject_load(usecase, &duty, &subject);
    if (result != 0)
        return result;
    size_t row = sheet_add_row(sheet);
    char *officer = rows_officer_name_at(usecase, person->area, person->officer);
    sheet_set(sheet, row, "area", person->area);
    sheet_set(sheet, row, "area_name", service_area_name(usecase->service, person->area));
    sheet_set(sheet, row, "kind", person->form->kind);
    sheet_set(sheet, row, "kind_name", person->form->brief);
    sheet_set(sheet, row, "officer", officer);
    sheet_setf(sheet, row, "case_id", "%" PRIu64, person->case_id);
    write_subject(usecase, &subject, sheet, row);
    write_words(sheet, row, person);
    free(officer);
    rows_subject_free(&subject);
    return RESULT_OK;
}

static bool is_wanted(const struct show_job *job, const struct round_person *person)
{
    return job->query->all || person->view.state == ROUND_PENDING ||
           person->view.state == ROUND_MISSED;
}

static enum result write_people(struct usecase *usecase, struct show_job *job,
                                const struct round_people *people)
{
    enum result result = RESULT_OK;

    job->sheet = column_sheet(&COLUMNS_ROUND);
    for (size_t i = 0; i < people->count && result == 0; i++)
        if (is_wanted(job, &people->items[i]))
            result = write_person(usecase, &people->items[i], job->sheet);
    return result;
}

static enum result write_counts(const char *area, const struct figures *figures, void *arg)
{
    struct show_job *job = arg;

    board_row(job->sheet, area, service_area_name(job->usecase->service, area), figures);
    return RESULT_OK;
}

static void write_planned(struct sheet *sheet, const Rec__Round *round, day_t today)
{
    struct round_days days;
    char words[ROUND_WORDS];

    round_days(round, &days);
    if (round_is_planned(&days, today))
        mem_replace(&sheet->basis, round_basis(&days, today, words));
}

static enum result show_round(struct usecase *usecase, struct show_job *job,
                              const Rec__Round *round)
{
    bool counts = *job->query->by != '\0';
    struct round_people people = {0};

    if (!round_concerns(usecase->service, round, job->area))
        return reply_say(usecase->reply, RESULT_NOTFOUND, "%s不包括%s，请选它包括的区划。",
                         round->name, service_area_name(usecase->service, job->area));
    if (!counts && area_level(job->area) < AREA_STREET)
        return reply_say(usecase->reply, RESULT_USAGE, "请先选一个镇街，再看名单。");
    enum result result = round_read(usecase, round, job->area, usecase->today, &people);
    if (result == 0 && counts) {
        job->sheet = column_sheet(&COLUMNS_BOARD);
        result = round_figures_each(
            &people, strcmp(job->query->by, "street") == 0 ? AREA_STREET : AREA_VILLAGE,
            write_counts, job);
    } else if (result == 0) {
        result = write_people(usecase, job, &people);
    }
    round_people_free(&people);
    if (result == 0)
        write_planned(job->sheet, round, usecase->today);
    return result;
}

static enum result show_body(struct usecase *usecase, void *arg)
{
    struct show_job *job = arg;
    Rec__Round *round = NULL;

    job->usecase = usecase;
    sheet_free(&job->sheet);
    enum result result = store_round_get(usecase->txn, job->query->round, &round);
    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "没有这次专项走访，请刷新清单。");
    if (result != 0)
        return result;
    result = show_round(usecase, job, round);
    rec__round__free_unpacked(round, NULL);
    return result;
}

enum result round_show(struct service *service, const struct caller *caller,
                       const struct round_query *query, struct sheet **ret_sheet,
                       struct reply *reply)
{
    struct show_job job = {.query = query};
    enum result result = rows_query_area(service, caller, query->area, job.area, reply);

    if (result == 0)
        result = opening_await(service, service_this_month(service), job.area, reply);
    if (result == 0)
        result = usecase_read(service, caller, ACTION_ROUND_LIST, job.area, show_body, &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
