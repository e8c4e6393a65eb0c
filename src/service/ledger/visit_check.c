/*
 * Checks a visit before it is recorded: dates, form, other visits of the day, excuse, closed month.
 */
#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "service/frame/clockwatch.h"
#include "service/ledger/duties.h"
#include "service/ledger/month.h"
#include "service/ledger/rows.h"
#include "service/ledger/visit_entry.h"
#include "service/memory/excuses.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const VISIT_HEAD[VISIT_HEAD_COUNT] = {"date", "mode", "result", "by"};

static enum result refuse_date(struct visit_entry *entry, const char *words)
{
    problems_add(&entry->usecase->reply->problems, "date", entry->input->date, "%s", words);
    return reply_say(entry->usecase->reply, RESULT_INVALID, "%s。", words);
}

enum result visit_entry_date(struct visit_entry *entry)
{
    const char *typed = entry->input->date == NULL ? "" : entry->input->date;

    if (*typed == '\0')
        return refuse_date(entry, "探访日期为空，请填写");
    if (date_parse_loose(typed, &entry->date) != 0)
        return refuse_date(entry, "探访日期不存在或写法不对，请写成 2026-11-23 这样");
    if (entry->date > entry->usecase->today)
        return refuse_date(entry, "探访日期在将来，请核对");
    entry->month = month_of(entry->date);
    if (entry->month > facts_opened_month(entry->usecase->service))
        return clockwatch_refuse(entry->usecase->service, entry->usecase->reply);
    return RESULT_OK;
}

/** A visit a year or more before the case's first day must have a mistyped year. */
enum { YEAR_DAYS = 365 };

/** On a day before the case or the system began, the visit is kept but does not count. */
static void check_books(struct visit_entry *entry)
{
    struct problems *problems = &entry->usecase->reply->problems;
    const struct service *service = entry->usecase->service;
    const Rec__Case *casefile = entry->main;
    const char *typed = entry->input->date;
    char day[DATE_TEXT];

    if (entry->date <= casefile->since - YEAR_DAYS)
        problems_add(problems, "date", typed, "探访日期比纳入日期（%s）早一年以上，请核对年份",
                     date_format(casefile->since, day));
    else if (entry->date < casefile->since)
        problems_warn(problems, "date", typed,
                      "探访日期早于纳入日期（%s），不计入任何月份，请核对日期",
                      date_format(casefile->since, day));
    else if (entry->month < service_first_month(service))
        problems_warn(problems, "date", typed, "%s 还没有启用本系统，不计入任何月份，请核对日期",
                      month_format(entry->month, day));
}

static void check_dates(struct visit_entry *entry)
{
    struct problems *problems = &entry->usecase->reply->problems;
    const Rec__Person *person = entry->person;
    const char *typed = entry->input->date;
    char day[DATE_TEXT];

    if (person->birth != 0 && entry->date < person->birth)
        problems_add(problems, "date", typed, "探访日期早于出生日期（%s），请核对",
                     date_format(person->birth, day));
    if (person->death != 0 && entry->date > person->death)
        problems_add(problems, "date", typed, "此人已于%s死亡，此后不能有探访，请核对",
                     date_format(person->death, day));
    check_books(entry);
}

/** Warns that in a closed month the visit changes the known figure, not the reported one. */
static enum result check_closed(struct visit_entry *entry)
{
    const Rec__Duty *duty = visit_entry_duty(entry, entry->main);
    bool closed = false;
    char month[MONTH_TEXT];

    if (duty == NULL)
        return RESULT_OK;
    enum result result = month_closed_in_time(entry->usecase, entry->month, duty->area, &closed);
    if (result == 0 && closed)
        problems_warn(&entry->usecase->reply->problems, "date", entry->input->date,
                      "%s 已月结：计入现况数，上报数不变，请核对日期",
                      month_format(entry->month, month));
    return result;
}

/** Runs the form's checks; entry->values then has the canonical values. */
static void check_form(struct visit_entry *entry)
{
    struct usecase *usecase = entry->usecase;
    const struct visit_input *input = entry->input;
    const struct form *form =
        forms_get(service_forms(usecase->service), entry->form->visits.record);
    struct type_context context = facts_type_context(usecase->service);
    bool given = input->by != NULL && *input->by != '\0';
    bool ledger = input->batch != NULL && *input->batch != '\0';
    char *by = /* a name, or a 工号 to resolve; a ledger must have it itself */
        ledger && !given ? mem_copy("")
                         : rows_officer_name(usecase, given ? input->by : usecase->caller->name);

    if (input->values != NULL)
        fields_copy(&entry->values, input->values);
    fields_set(&entry->values, "date", input->date);
    fields_set(&entry->values, "mode", input->mode);
    fields_set(&entry->values, "result", input->result);
    fields_set(&entry->values, "by", by);
    free(by);
    context.ledger = ledger;
    (ledger ? form_fill_ledger : form_fill)(form, &entry->values, usecase->today);
    form_check(form, &context, &entry->values, &usecase->reply->problems);
}

// ---- other visits of the day

struct day_scan {
    struct visit_entry *entry;
    bool doubled;  /**< there is a valid visit in the same mode */
    bool repeated; /**< there is a valid visit with the same values */
};

/** True if the entry has the same values as the visit. */
static bool is_same(const struct visit_entry *entry, const Rec__Visit *visit)
{
    struct fields values = {0};

    record_visit_read(visit, &values);
    bool same = fields_equal(&values, &entry->values);
    fields_free(&values);
    return same;
}

static void see_visit(const Rec__Visit *visit, struct day_scan *scan)
{
    struct visit_entry *entry = scan->entry;
    const Rec__Visit *replaced = entry->replaced;
    bool corrected =
        replaced != NULL && replaced->date == visit->date && replaced->seq == visit->seq;

    entry->seq = visit->seq + 1;
    if (recount_visit_stands(visit) && !corrected &&
        strcmp(visit->mode, fields_get(&entry->values, "mode")) == 0)
        scan->doubled = true;
    if (recount_visit_stands(visit) && is_same(entry, visit))
        scan->repeated = true;
}

static enum result check_day(struct visit_entry *entry)
{
    struct day_scan scan = {.entry = entry};
    enum result result =
        recount_month_load(entry->usecase, entry->person->id, entry->month, &entry->visits);

    for (size_t i = 0; i < entry->visits.count && result == 0; i++)
        if (entry->visits.items[i]->date == entry->date)
            see_visit(entry->visits.items[i], &scan);
    /* A file that is imported again after an interruption must not record its visits twice. */
    const char *batch = entry->input->batch;
    if (result == 0 && scan.repeated && batch != NULL && *batch != '\0')
        problems_add(&entry->usecase->reply->problems, "date", entry->input->date,
                     "这次探访已经登记过，重复的行不再导入");
    const char *mode = fields_get(&entry->values, "mode");
    if (result == 0 && scan.doubled && entry->input->refuse_double)
        problems_add(&entry->usecase->reply->problems, "mode", entry->input->mode,
                     "当天已登记过一次%s探访；确实又去过一次的，请加 --again", mode);
    else if (result == 0 && scan.doubled)
        problems_warn(&entry->usecase->reply->problems, "mode", entry->input->mode,
                      "当天已登记过一次%s探访，请确认不是重复登记", mode);
    return result;
}

/** Warns if the person was excused (away or in hospital) on the day of a successful visit. */
static void check_excuse(struct visit_entry *entry)
{
    const Rec__Duty *duty = visit_entry_duty(entry, entry->main);
    const Rec__Excuse *excuse = duty == NULL ? NULL : duty->excuse;

    if (excuse != NULL && strcmp(excuse->state, EXCUSE_GRANTED) == 0 &&
        excuse->from <= entry->date && entry->date <= excuse->to &&
        strcmp(fields_get(&entry->values, "result"), VISIT_SUCCESS) == 0)
        problems_warn(&entry->usecase->reply->problems, "date", entry->input->date,
                      "这一天已批准免访（%s），请确认探访属实", excuse->reason);
}

enum result visit_entry_check(struct visit_entry *entry)
{
    struct reply *reply = entry->usecase->reply;

    check_dates(entry);
    check_form(entry);
    check_excuse(entry);
    enum result result = check_day(entry);
    if (result == 0)
        result = check_closed(entry);
    visit_entry_check_ledger(entry);
    if (result != 0)
        return result;
    if (problems_any(&reply->problems))
        return reply_say(reply, RESULT_INVALID, "%s。", problems_first(&reply->problems));
    if (reply->problems.count > 0 && !entry->input->confirm)
        return reply_say(reply, RESULT_INVALID, "%s。", reply->problems.items[0].text);
    return RESULT_OK;
}
